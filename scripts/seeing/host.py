"""A static host on loopback, as faithful as the pages can tell: gzip, `404.html`, `_headers`."""

import fnmatch
import functools
import gzip
import http.server
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SMALL_WHEN_PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest")
HEADERS = "_headers"


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve what is, or will be, in a folder; yields the address, which ends with a slash."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(http.server.ThreadingHTTPServer):
    """Hangs up on everybody when it closes: a browser keeps its connections open."""

    daemon_threads = True

    def server_activate(self) -> None:
        self._lines: set[Any] = set()
        super().server_activate()

    def process_request(self, request: Any, client_address: Any) -> None:
        self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._lines.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a visitor may leave at any time
            super().handle_error(request, client_address)

    def server_close(self) -> None:
        super().server_close()
        for line in list(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


class _Host(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript; charset=utf-8",
        ".webmanifest": "application/manifest+json",
        ".woff2": "font/woff2",
    }

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        root = Path(self.directory)
        path = unquote(urlsplit(self.path).path)
        status, file = _found(root, path)
        body = file.read_bytes() if file else b"not found"
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(file or "x.txt")))
        packed = file is not None and file.suffix in SMALL_WHEN_PACKED
        if packed and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        for name, value in _headers_of(root, path):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def _found(root: Path, path: str) -> tuple[HTTPStatus, Path | None]:
    """Return the file of an address, or the nearest page for lost visitors."""
    asked = (root / path.lstrip("/")).resolve()
    if not asked.is_relative_to(root.resolve()):
        return HTTPStatus.NOT_FOUND, None
    if asked.is_dir():
        asked /= "index.html"
    if asked.is_file():
        return HTTPStatus.OK, asked
    lost = (folder / "404.html" for folder in asked.parents if folder.is_relative_to(root))
    return HTTPStatus.NOT_FOUND, next((page for page in lost if page.is_file()), None)


def _headers_of(root: Path, path: str) -> list[tuple[str, str]]:
    """Return what the nearest `_headers` says of a path, which it names from its own folder on."""
    for folder in [root / path.lstrip("/"), *(root / path.lstrip("/")).parents]:
        file = folder / HEADERS
        if file.is_file():
            return list(_rules(file, "/" + path.lstrip("/").removeprefix(_below(root, folder))))
        if folder == root:
            break
    return []


def _below(root: Path, folder: Path) -> str:
    return "" if folder == root else f"{folder.relative_to(root).as_posix()}/"


def _rules(file: Path, path: str) -> Iterator[tuple[str, str]]:
    """Yield the headers of each pattern that fits, as Netlify and Cloudflare Pages read them."""
    fits = False
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            fits = fnmatch.fnmatchcase(path, line.strip())
        elif fits:
            name, _, value = line.strip().partition(":")
            yield name.strip(), value.strip()
