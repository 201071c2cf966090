"""Google Drive, as a server on this machine that speaks two calls of its API and checks the token.

It has never met Google itself.
"""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from omnigrid.model.errors import InputError, OmnigridError
from omnigrid.packs.fetch_drive import fetch_drive
from omnigrid.packs.fetch_https import Web
from omnigrid.packs.fetched import Fetched
from omnigrid.packs.sources import DriveSource
from support.packing import Site, bytes_reply, pack_files, website

pytest.importorskip("google.auth")
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

FOLDER = "application/vnd.google-apps.folder"
ROOT = "1RootFolderOfThePack"
VARIABLE = "OUR_DRIVE_KEY"
FILES = pack_files()


class FakeDrive:
    """Folders and files by id, two to a page, for whoever has the token that it gave."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.items: dict[str, list[dict[str, Any]]] = {ROOT: []}
        self.signed: list[dict[str, Any]] = []
        site.pages["/token"] = self._token
        site.pages["/drive/v3/files"] = self._list

    def add(self, name: str, data: bytes, folder: str = ROOT, **facts: Any) -> None:
        file_id = f"file-{folder}-{len(self.items[folder])}"
        facts = {"mimeType": "text/plain", "modifiedTime": "2026-05-04T10:00:00Z"} | facts
        self.items[folder].append({"id": file_id, "name": name, "size": f"{len(data)}", **facts})
        self.site.pages[f"/drive/v3/files/{file_id}"] = self._guarded(data)

    def add_folder(self, name: str, folder: str = ROOT) -> str:
        folder_id = f"folder-{len(self.items)}"
        self.items[folder_id] = []
        self.items[folder].append({"id": folder_id, "name": name, "mimeType": FOLDER})
        return folder_id

    @property
    def account(self) -> str:
        kind = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        pem = self._key.private_bytes(serialization.Encoding.PEM, *kind).decode()
        return json.dumps(
            {
                "type": "service_account",
                "client_email": "packs@portfolio.example",
                "private_key_id": "1",
                "private_key": pem,
                "token_uri": self.site.at("/token"),
            }
        )

    def fetch(self, **environment: str) -> Fetched:
        source, known = DriveSource(ROOT, VARIABLE), {VARIABLE: self.account} | environment
        return fetch_drive(source, Web(), known, self.site.at(""))

    def _token(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        asked = parse_qs(handler.rfile.read(length).decode())
        kind = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        certificate = self._key.public_key().public_bytes(*kind)
        claims = jwt.decode(asked["assertion"][0], certs=certificate, verify=True)
        self.signed.append(dict(claims))
        answer = {"access_token": "given", "expires_in": 3600, "token_type": "Bearer"}
        bytes_reply(json.dumps(answer).encode())(handler)

    def _list(self, handler: BaseHTTPRequestHandler) -> None:
        asked = parse_qs(urlsplit(handler.path).query)
        folder = asked["q"][0].split("'")[1]
        assert asked["q"][0] == f"'{folder}' in parents and trashed = false"
        start = int(asked.get("pageToken", ["0"])[0])
        listed = self.items[folder]
        page: dict[str, Any] = {"files": listed[start : start + 2]}
        if start + 2 < len(listed):
            page["nextPageToken"] = f"{start + 2}"
        self._guarded(json.dumps(page).encode())(handler)

    def _guarded(self, data: bytes) -> Any:
        def reply(handler: BaseHTTPRequestHandler) -> None:
            if handler.headers["Authorization"] == "Bearer given":
                bytes_reply(data)(handler)
            else:
                handler.send_error(401)

        return reply


@pytest.fixture
def drive() -> Iterator[FakeDrive]:
    with website() as site:
        made = FakeDrive(site)
        for name, data in FILES.items():
            made.add(name, data)
        yield made


def refusal(drive: FakeDrive, **environment: str) -> str:
    with pytest.raises(OmnigridError) as caught:
        drive.fetch(**environment)
    assert "PRIVATE KEY" not in caught.value.message
    return caught.value.message


def test_a_folder_over_several_pages(drive: FakeDrive) -> None:
    fetched = drive.fetch()
    assert fetched.files == dict(sorted(FILES.items()))
    assert (fetched.resolved, f"{fetched.date}") == (f"gdrive:{ROOT}", "2026-05-04")
    assert drive.signed[0]["scope"].endswith("drive.readonly")


def test_folders_in_folders(drive: FakeDrive) -> None:
    inner = drive.add_folder("deep", drive.add_folder("assets"))
    drive.add("logo.svg", b"<svg/>", inner)
    assert drive.fetch().files["assets/deep/logo.svg"] == b"<svg/>"


def test_the_key_is_named_and_never_written_down(drive: FakeDrive) -> None:
    assert f"the variable {VARIABLE} is not set" in refusal(drive, **{VARIABLE: ""})
    assert "does not hold the key" in refusal(drive, **{VARIABLE: "secretword"})
    assert "does not hold the key" in refusal(drive, **{VARIABLE: '{"private_key": "secretword"}'})


def test_a_key_that_is_not_accepted(drive: FakeDrive) -> None:
    drive.site.pages["/token"] = lambda handler: handler.send_error(400)
    assert "does not accept" in refusal(drive)


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("../evil.css", "text/css", "slash"),
        ("evil\\x.css", "text/css", "backslash"),
        ("Styles.css", "text/css", "many disks"),
        ("setup.py", "text/x-python", "of a kind"),
        ("Sheet", "application/vnd.google-apps.spreadsheet", "document or a shortcut"),
        ("link.css", "application/vnd.google-apps.shortcut", "document or a shortcut"),
        ("..", FOLDER, "leaves its folder"),
    ],
)
def test_a_hostile_entry(drive: FakeDrive, name: str, kind: str, why: str) -> None:
    drive.add(name, b"x", mimeType=kind)
    assert why in refusal(drive)


def test_a_name_that_stands_twice(drive: FakeDrive) -> None:
    drive.add("index.html", b"other")
    assert "stands there twice" in refusal(drive)


def test_a_folder_that_holds_itself(drive: FakeDrive) -> None:
    drive.items[ROOT].append({"id": ROOT, "name": "again", "mimeType": FOLDER})
    assert "folders deep" in refusal(drive)


def test_a_list_without_an_end(drive: FakeDrive) -> None:
    page = json.dumps({"files": [], "nextPageToken": "0"}).encode()
    drive.site.pages["/drive/v3/files"] = bytes_reply(page)
    assert "no end" in refusal(drive)


def test_an_id_that_is_no_id(drive: FakeDrive) -> None:
    page = json.dumps({"files": [{"id": "../../token", "name": "a.css"}]}).encode()
    drive.site.pages["/drive/v3/files"] = bytes_reply(page)
    assert '"a.css"' in refusal(drive)


def test_a_folder_that_may_not_be_read(drive: FakeDrive) -> None:
    drive.site.pages["/drive/v3/files"] = lambda handler: handler.send_error(404)
    with pytest.raises(InputError, match="404"):
        drive.fetch()
