"""Where a pack may come from: the text that somebody writes, as a typed source or refused."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from omnigrid.model.errors import InputError
from omnigrid.model.secrets import mask_secrets

_FORMS = (
    "write git+https://HOST/REPOSITORY@TAG, https://….zip, https://….tar.gz, gdrive:FOLDER_ID, "
    "a folder such as ../packs/plain, or the id of a pack of the registry"
)
_REF = re.compile(r"(?!.*(?:\.\.|//|@\{|/\.|\.lock(?:/|$)))[A-Za-z0-9][A-Za-z0-9._/+-]{0,199}")
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
_GIT = {"git+https", "git+ssh", "git+file"}
_DRIVE = re.compile(r"([A-Za-z0-9_-]{10,100})(?:@([A-Z][A-Z0-9_]{2,63}))?")
DRIVE_ACCOUNT = "OMNIGRID_DRIVE_ACCOUNT"
"""The environment variable that holds the key of a service account, where none is named."""
_ARCHIVES = (".zip", ".tar.gz", ".tgz")


class GitSource(Struct, frozen=True):
    """A tag, a branch or a commit of a git repository; in it, a folder."""

    url: str
    ref: str
    folder: str = ""


class ArchiveSource(Struct, frozen=True):
    """A zip or gzipped tar on the web; in it, a folder."""

    url: str
    folder: str = ""


class FolderSource(Struct, frozen=True):
    """A folder on this disk, relative to the portfolio or absolute."""

    path: str


class DriveSource(Struct, frozen=True):
    """A folder of Google Drive, by its id, and the variable that holds the service account."""

    folder: str
    account: str


Source = GitSource | ArchiveSource | FolderSource | DriveSource


def parse_source(text: str) -> Source:
    """Return the source that a text names. Raises InputError for every other text."""
    if not text or text != text.strip() or not text.isprintable():
        raise _refused(text, "it is empty or holds characters that cannot be seen")
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower()
    if not colon or len(scheme) == 1 or "/" in scheme:
        return _folder_source(text)
    if scheme in _GIT:
        return _git_source(text)
    if scheme in {"https", "http"}:
        return _archive_source(text)
    if scheme == "gdrive":
        found = _DRIVE.fullmatch(rest)
        if found is None:
            raise _refused(text, "a folder of Drive is named by its id, the end of its address")
        return DriveSource(found[1], found[2] or DRIVE_ACCOUNT)
    raise _refused(text, f'"{scheme}:" is not a way to fetch a pack')


def _git_source(text: str) -> GitSource:
    address, _, folder = text.removeprefix("git+").partition("#")
    address, at, ref = address.rpartition("@")
    # ssh://git@host/path has an @ of its own: a ref never stands before the path.
    if not at or "/" not in address.partition("://")[2]:
        raise _refused(text, "it names no tag: packs are pinned", "add @TAG, such as @v1.2.0")
    if not _REF.fullmatch(ref):
        raise _refused(text, f'"{ref}" cannot be the name of a tag')
    parts = _split(address, text)
    _check_user(parts, allowed={"git"} if parts.scheme == "ssh" else set())
    if parts.scheme == "file" and (parts.netloc or not parts.path.startswith("/")):
        raise _refused(text, "a repository on this disk is written git+file:///PATH@TAG")
    if parts.scheme != "file" and not parts.hostname:
        raise _refused(text, "it names no host")
    if (parts.hostname or "").startswith("-") or "::" in address or parts.query:
        raise _refused(text, "that is not the address of a repository")
    return GitSource(address, ref, _inner(folder, text))


def _archive_source(text: str) -> ArchiveSource:
    address, _, folder = text.partition("#")
    parts = _split(address, text)
    _check_user(parts, allowed=set())
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise _refused(text, "http:// can be read and changed on the way", "write https://")
    if not parts.hostname:
        raise _refused(text, "it names no host")
    if not parts.path.lower().endswith(_ARCHIVES):
        raise _refused(text, f"its path ends in none of {', '.join(_ARCHIVES)}")
    return ArchiveSource(address, _inner(folder, text))


def _folder_source(text: str) -> FolderSource:
    if text.startswith("-"):
        raise _refused(text, "it looks like an option", "write ./ before the folder's name")
    return FolderSource(text.replace("\\", "/") if re.match(r"[A-Za-z]:\\", text) else text)


def _split(address: str, text: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise _refused(text, "that is not an address") from None
    if any(sign in address for sign in ' \\<>"^`{|}') or not address.isascii():
        raise _refused(text, "an address has no spaces, backslashes or other unusual signs")
    return parts


def _check_user(parts: SplitResult, allowed: set[str]) -> None:
    if parts.password is not None or (parts.username or "") not in {"", *allowed}:
        raise InputError(
            "the source holds a name or a password before its host; it is not repeated here",
            "take it out: git's credential helper or the ssh agent know it",
        )


def _inner(folder: str, text: str) -> str:
    """Return a folder inside a repository or an archive, without a slash at either end."""
    folder = folder.strip("/")
    if folder and not all(_PART.fullmatch(part) for part in folder.split("/")):
        raise _refused(text, f'"{folder}" cannot be a folder in it')
    return folder


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name alone."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _refused(text: str, why: str, hint: str = _FORMS) -> InputError:
    shown = mask_secrets(text.encode("unicode_escape").decode())
    if "@" in shown.partition("://")[2].partition("/")[0]:
        shown = shown.partition("://")[0] + "://…"
    return InputError(f'"{shown[:200]}" is no source of a pack: {why}', hint)
