"""Packs from elsewhere: their files, honest archives of them, and a server on this machine."""

import gzip
import io
import ssl
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[[BaseHTTPRequestHandler], None]
Packer = Callable[[Mapping[str, bytes]], bytes]

INDEX = b"""{% extends "base/layout.html" %}
{% block main %}
<h1>{{ brand.name }}</h1>
{% endblock %}
"""


def pack_files(pack_id: str = "meadow", version: str = "1.0.0", **more: bytes) -> dict[str, bytes]:
    """Return the files of a pack that builds."""
    head = f"id: {pack_id}\nname: {pack_id.title()}\nversion: {version}\napi: 1\n"
    return {
        "pack.yaml": f"{head}description: A pack from elsewhere.\n".encode(),
        "index.html": INDEX,
        "styles.css": b"h1 { margin: 0 }\n",
        **{name.replace("__", "."): data for name, data in more.items()},
    }


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return a zip as any program makes it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (2026, 5, 4, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return target.getvalue()


def tar_of(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar with gzip of these members."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form) as archive:
        for info, data in members:
            info.size = info.size or len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(target.getvalue(), mtime=0)


def tar_files(files: Mapping[str, bytes]) -> bytes:
    """Return a tar with gzip of plain files."""
    return tar_of(*((tarfile.TarInfo(name), data) for name, data in files.items()))


def bytes_reply(data: bytes, **headers: str) -> Reply:
    """Return what answers with some bytes."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def redirect_reply(address: str, status: int = 302) -> Reply:
    """Return what leads to another address."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", address)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return reply


class Site:
    """A web server on this machine; ``pages`` may change while it runs."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self._server, self._scheme = server, scheme
        self.pages: dict[str, Reply] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def at(self, path: str) -> str:
        """Return the address of a page."""
        return f"{self._scheme}://127.0.0.1:{self._server.server_address[1]}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: our side hangs up on purpose."""


@contextmanager
def website(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a web server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            path = self.path.partition("?")[0]
            page = site.pages.get(path)
            if page is None:
                self.send_error(404)
                return
            try:
                page(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(server, "https" if tls else "http")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
