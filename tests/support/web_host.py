"""A static host: serves over https what a branch held when it last looked, or anything else."""

import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

from support.servers.tls import Certificate


class Page(NamedTuple):
    """What is answered."""

    status: int
    body: bytes = b""
    location: str = ""


NOTHING = Page(404, b"not found")


class WebHost:
    """What stands at an address; ``answer`` says it for a path without the slash before it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[str] = []
        self.answer: Callable[[str], Page] = lambda _path: NOTHING

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}/"

    def deploy(self, repository: Path, branch: str = "main", root: str = "") -> None:
        """Serve the branch as it stands now, whatever is pushed later."""
        ask = ["git", "--git-dir", str(repository)]
        commit = subprocess.run(
            [*ask, "rev-parse", branch], check=True, capture_output=True, text=True
        ).stdout.strip()

        def answer(path: str) -> Page:
            got = subprocess.run(
                [*ask, "cat-file", "blob", f"{commit}:{root}{path}"],
                capture_output=True,
                check=False,
            )
            return Page(200, got.stdout) if got.returncode == 0 else NOTHING

        self.answer = answer


@contextmanager
def web_host(certificate: Certificate) -> Iterator[WebHost]:
    """Run a host on a free port until the end of the block."""

    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            held.asked.append(self.path[1:])
            page = held.answer(self.path[1:])
            self.send_response(page.status)
            if page.location:
                self.send_header("Location", page.location)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    held = WebHost(server.server_address[1])
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
