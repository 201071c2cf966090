"""As much of GitHub's API as our workflows use, on a port of this machine."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "us/brands"


@dataclass
class GitHub:
    """What the API holds, and every change that was asked for."""

    address: str = ""
    head: str = "a" * 40
    comments: list[dict[str, Any]] = field(default_factory=list)
    writes: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    def add(self, author: str, body: str) -> None:
        known = len(self.comments) + 1
        self.comments.append({"id": known, "user": {"login": author}, "body": body})

    def read(self, path: str, query: dict[str, list[str]]) -> Any:
        if path == "":
            return {"default_branch": "main"}
        if path.startswith("/pulls/"):
            return {"head": {"sha": self.head}}
        size, page = int(query["per_page"][0]), int(query["page"][0])
        return self.comments[size * (page - 1) : size * page]

    def write(self, method: str, path: str, value: dict[str, Any]) -> Any:
        self.writes.append((method, path, value))
        if method == "PATCH":
            self.comments[int(path.rpartition("/")[2]) - 1]["body"] = value["body"]
        elif path.endswith("/comments"):
            self.add("github-actions[bot]", value["body"])
        return {"html_url": "https://github.com/us/brands/pull/9"}


@contextmanager
def github_api() -> Iterator[GitHub]:
    """Serve the API until the end of the block."""
    held = GitHub()

    class Requests(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        do_PATCH = do_POST  # noqa: N815

        def _answer(self, body: bytes | None) -> None:
            url = urlsplit(self.path)
            prefix = f"/repos/{REPOSITORY}"
            if not url.path.startswith(prefix) or self.headers["Authorization"] != "Bearer secret":
                self.send_error(404)
                return
            path = url.path.removeprefix(prefix)
            if body is None:
                value = held.read(path, parse_qs(url.query))
            else:
                value = held.write(self.command, path, json.loads(body))
            data = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Requests)
    held.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
