"""A pack from a folder of Google Drive, with a service account (Drive API v3, files.list and get).

Tried against a server that speaks these two calls, and never against Google itself.
"""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from omnigrid.model.digests import digest_bytes
from omnigrid.model.errors import InputError, Transient
from omnigrid.packs.fetch_https import Web, get, post
from omnigrid.packs.fetched import Fetched
from omnigrid.packs.sifting import MAX_DEPTH, MAX_FILE, MAX_FILES, check_name, refused, sift
from omnigrid.packs.sources import DriveSource

_SCOPE = "https://www.googleapis.com/auth/drive.readonly"
_FOLDER = "application/vnd.google-apps.folder"
_GOOGLE = "application/vnd.google-apps."
_FIELDS = "nextPageToken,files(id,name,mimeType,size,modifiedTime)"
_LISTING = 4 * 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


DRIVE = "https://www.googleapis.com"
"""Where the API is."""


class _Item(Struct, frozen=True):
    """A file of a folder, as listed."""

    id: str
    name: str
    changed: str


def fetch_drive(
    source: DriveSource, web: Web, environment: Mapping[str, str], endpoint: str = DRIVE
) -> Fetched:
    """Return the pack in a folder of Drive.

    Raises InputError where there is none, or no key, and Transient where Drive is away.
    """
    head = {"Authorization": f"Bearer {_token(source.account, web, environment)}"}
    asked = _Folder(endpoint, web, head)
    items = list(asked.items(source.folder, "", depth=1))
    files = sift((item.name, asked.read(item)) for item in items)
    listed = digest_bytes("\n".join(sorted(f"{i.name} {i.id} {i.changed}" for i in items)).encode())
    newest = max((item.changed[:10] for item in items), default="")
    return Fetched(files, f"gdrive:{source.folder}", listed, _day(newest))


class _Folder:
    """Asks Drive about folders and files."""

    def __init__(self, endpoint: str, web: Web, head: Mapping[str, str]) -> None:
        self._base, self._web, self._head = f"{endpoint}/drive/v3/files", web, head
        self._count = 0

    def items(self, folder: str, prefix: str, depth: int) -> Iterator[_Item]:
        """Yield every file below a folder. Raises InputError at what cannot be part of a pack."""
        if depth > MAX_DEPTH:
            raise refused(prefix, f"stands more than {MAX_DEPTH} folders deep")
        for found in self._listed(folder):
            name, kind = prefix + str(found.get("name")), str(found.get("mimeType"))
            item_id = str(found.get("id"))
            self._count += 1
            if self._count > 4 * MAX_FILES or not _ID.fullmatch(item_id):
                raise refused(name, f"is one file too many: a pack may have {MAX_FILES}")
            if "/" in str(found.get("name")):
                raise refused(name, "has a slash in its name")
            check_name(name)
            if kind == _FOLDER:
                yield from self.items(item_id, f"{name}/", depth + 1)
            elif kind.startswith(_GOOGLE):
                raise refused(name, "is a document or a shortcut of Google, and no file")
            else:
                yield _Item(item_id, name, str(found.get("modifiedTime", "")))

    def read(self, item: _Item) -> bytes:
        """Return a file's bytes."""
        url = f"{self._base}/{quote(item.id, safe='')}?alt=media&supportsAllDrives=true"
        return get(self._web, url, MAX_FILE, self._head).data

    def _listed(self, folder: str) -> Iterator[dict[str, Any]]:
        page = ""
        for _ in range(MAX_FILES):
            asked = {
                "q": f"'{folder}' in parents and trashed = false",
                "fields": _FIELDS,
                "pageSize": "200",
                "supportsAllDrives": "true",
                "includeItemsFromAllDrives": "true",
                **({"pageToken": page} if page else {}),
            }
            answer = get(self._web, f"{self._base}?{urlencode(asked)}", _LISTING, self._head)
            listing = _object(answer.data)
            files = listing.get("files")
            yield from (each for each in files or [] if isinstance(each, dict))
            page = str(listing.get("nextPageToken") or "")
            if not page:
                return
        raise refused(folder, "is a folder whose list has no end")


def _object(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Transient("Drive sent something else than was asked for", "try again later")
    return found


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _token(variable: str, web: Web, environment: Mapping[str, str]) -> str:
    """Return an access token for the service account (RFC 7523). Raises as ``fetch_drive``."""
    try:
        from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415  (an extra)
        from google.oauth2.service_account import Credentials  # noqa: PLC0415
    except ImportError:
        raise InputError(
            "packs from Google Drive need more than is installed",
            'run `pip install "omnigrid[drive]"`',
        ) from None
    text = environment.get(variable, "")
    if not text:
        raise InputError(
            f"the variable {variable} is not set",
            "let it hold the key of a service account, as JSON, that may read the folder",
        )
    try:
        account = Credentials.from_service_account_info(json.loads(text), scopes=[_SCOPE])
        account.refresh(_Transport(web))
    except (ValueError, TypeError, AttributeError):
        raise InputError(  # Whatever was wrong with it: the key is not repeated.
            f"{variable} does not hold the key of a service account", "it is a JSON object"
        ) from None
    except GoogleAuthError:
        raise InputError("Google does not accept the service account", "look at its key") from None
    return str(account.token)


class _Transport:
    """Lets google-auth ask for its token the way we ask for everything."""

    def __init__(self, web: Web) -> None:
        self._web = web

    def __call__(
        self,
        url: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> "_Response":
        try:
            answer = post(self._web, url, _LISTING, headers or {}, body or b"")
        except InputError:
            return _Response(400, b"{}")
        return _Response(200, answer.data)


class _Response(Struct, frozen=True):
    """What google-auth wants to know of an answer."""

    status: int
    data: bytes
    headers: Mapping[str, str] = {}
