"""`git http-backend` behind nginx and fcgiwrap: http and https, with basic authentication."""

import base64
import hashlib
import os
import socket
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from support.servers.program import LOOPBACK, Program, listen, need
from support.servers.remote import PASSWORD, USER, Remote, write_askpass
from support.servers.repository import ISOLATED, Repository
from support.servers.tls import make_certificate

_AT_ONCE = 8
"""How many requests git answers at the same time."""
_CONFIGURATION = Path(__file__).with_name("nginx.conf")
_BACKEND = """\
#!/bin/sh
# Of a request that is cut off, git would wait for the rest for ever, and never rest: so it is not
# told how much is to come. What it leaves unread is taken: else fcgiwrap drops git's answer.
unset CONTENT_LENGTH
git http-backend
exec cat >/dev/null
"""


class GitHttp:
    """Repositories below ``root``, for who knows the password, at http and https addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.root = folder, folder / "repositories"
        self._nginx = need("nginx", "nginx")
        self._fcgiwrap = need("fcgiwrap", "fcgiwrap")
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        (self.folder / "temporary").mkdir(parents=True)
        self.certificate = make_certificate(self.folder)
        (self.folder / "passwords").write_text(f"{USER}:{_hashed(PASSWORD)}\n")
        self._askpass = write_askpass(self.folder)
        self._start_git()
        self._start_nginx()
        self._wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def new(self, name: str, kind: str = "https") -> Remote:
        """Return a new, empty repository."""
        return self.remote(Repository(self.root / name).create(), kind)

    def remote(self, repository: Repository, kind: str = "https") -> Remote:
        """Return the way to a repository of this server by ``http`` or ``https``."""
        path = repository.folder.relative_to(self.root)
        return Remote(
            kind,
            f"{kind}://{LOOPBACK}:{self.ports[kind]}/{path}",
            repository,
            secret=PASSWORD,
            trust={"GIT_SSL_CAINFO": str(self.certificate.authority)},
            askpass=self._askpass,
        )

    def _start_git(self) -> None:
        with socket.socket(socket.AF_UNIX) as waiting:
            waiting.bind(str(self.folder / "git.socket"))
            waiting.listen(128)
            command: list[str | Path] = [self._fcgiwrap, "-f", "-c", str(_AT_ONCE)]
            started = Program(command, self.folder / "fcgiwrap.log", stdin=waiting)
        self._stack.enter_context(started)

    def _start_nginx(self) -> None:
        with listen() as http, listen() as https:
            self.ports = {"http": http.getsockname()[1], "https": https.getsockname()[1]}
            self._configure()
            command: list[str | Path] = [self._nginx, "-p", self.folder, "-c", "nginx.conf"]
            # As nginx hands its sockets to a newer nginx: they wait for it, and no port is lost.
            handed = {"NGINX": f"{http.fileno()};{https.fileno()};"}
            log = self.folder / "nginx.log"
            self._program = Program(command, log, handed, listening=[http, https])
        self._stack.enter_context(self._program)

    def _wait(self) -> None:
        """Until nginx has read its configuration; who connects before then waits, or is dropped."""
        while not (self.folder / "nginx.pid").exists():
            assert not self._program.ended, self._program.log.read_text()
            time.sleep(0.005)

    def _configure(self) -> None:
        text = _CONFIGURATION.read_text()
        words = {
            # Who is not root cannot become somebody else, and nginx says so in its log.
            "user": "user root;" if os.geteuid() == 0 else "",
            "folder": str(self.folder),
            "certificate": str(self.certificate.certificate),
            "key": str(self.certificate.key),
            **{kind: f"{LOOPBACK}:{port}" for kind, port in self.ports.items()},
        }
        for word, meaning in words.items():
            text = text.replace(f"{{{word}}}", meaning)
        (self.folder / "nginx.conf").write_text(text)
        (self.folder / "git.conf").write_text(self._git_parameters())
        backend = self.folder / "backend"
        backend.write_text(_BACKEND)
        backend.chmod(0o755)

    def _git_parameters(self) -> str:
        parameters = {
            "SCRIPT_FILENAME": str(self.folder / "backend"),
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_PROTOCOL": "$http_git_protocol",
            "PATH_INFO": "$path",
            "REMOTE_USER": "$who",
            "REMOTE_ADDR": "$remote_addr",
            "REQUEST_METHOD": "$request_method",
            "QUERY_STRING": "$query_string",
            "CONTENT_TYPE": "$content_type",
            "CONTENT_LENGTH": "$content_length",
            "HTTP_CONTENT_ENCODING": "$http_content_encoding",
            **ISOLATED,
        }
        lines = [f'fastcgi_param {name} "{value}";\n' for name, value in parameters.items()]
        passed = f"fastcgi_pass unix:{self.folder}/git.socket;\n"
        return "".join([passed, "fastcgi_request_buffering off;\n", *lines])


def under(remote: Remote, rule: str) -> Remote:
    """The same repository where a rule of nginx.conf holds: ``open``, ``limited``, ``small``, …"""
    start, slashes, rest = remote.address.partition("://")
    host, _, path = rest.partition("/")
    return replace(remote, address=f"{start}{slashes}{host}/{rule}/{path}")


def _hashed(password: str) -> str:
    """As ``openssl passwd`` cannot: RFC 2307's {SHA}, which is checked at once."""
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
    return f"{{SHA}}{base64.b64encode(digest).decode()}"
