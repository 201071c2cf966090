"""What a forge has before its git: answers of its own, such as 429, to chosen requests."""

import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from http import HTTPStatus

from support.servers.relay import BLOCK, Relay
from support.servers.tls import Certificate


@dataclass(frozen=True)
class Request:
    """The head of a request."""

    method: str
    target: str
    headers: Mapping[str, str]

    @property
    def pushes(self) -> bool:
        """Whether it brings a push, rather than asking for something."""
        return self.method == "POST" and self.target.endswith("/git-receive-pack")


@dataclass(frozen=True)
class Answer:
    """What is answered instead of git."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def encode(self) -> bytes:
        """Return it as HTTP/1.1 wants it."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        body = self.body.encode()
        fixed = {"Content-Type": "text/plain", "Content-Length": str(len(body))}
        all_headers = {**fixed, **self.headers, "Connection": "close"}
        lines += [f"{name}: {value}" for name, value in all_headers.items()]
        return "\r\n".join([*lines, "", ""]).encode() + body


Rule = Callable[[Request], Answer | None]
"""What is answered to a request; None: git answers."""


def too_many(seconds: int) -> Answer:
    """The answer of a forge that was asked too often."""
    return Answer(429, "Too many requests.\n", {"Retry-After": str(seconds)})


def git_answers(_request: Request) -> None:
    """Git answers everything."""


def always(answer: Answer) -> Rule:
    """Every request is answered so."""
    return lambda _request: answer


class Times:
    """The first ``count`` requests, or pushes, are answered so; git answers later ones."""

    def __init__(self, count: int, answer: Answer, *, pushes: bool = False) -> None:
        self._left, self._answer, self._pushes = count, answer, pushes

    def __call__(self, request: Request) -> Answer | None:
        if self._left == 0 or (self._pushes and not request.pushes):
            return None
        self._left -= 1
        return self._answer


class Allowance:
    """So many pushes are let through; then ``answer``, until :meth:`renew` begins a new minute."""

    def __init__(self, pushes: int, answer: Answer) -> None:
        self._allowed, self._answer = pushes, answer
        self.renew()

    def renew(self) -> None:
        """Let as many through again."""
        self._left = self._allowed

    def __call__(self, request: Request) -> Answer | None:
        if not request.pushes:
            return None
        self._left -= 1
        return self._answer if self._left < 0 else None


class Front(Relay):
    """An https server before the http port of a GitHttp; keeps every request's head."""

    def __init__(self, upstream: int, certificate: Certificate, rule: Rule = git_answers) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.certificate, certificate.key)
        super().__init__(upstream, context)
        self.rule = rule
        self.requests: list[Request] = []

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Answer one request, or let git answer it; each has a connection of its own."""
        head = await reader.readuntil(b"\r\n\r\n")
        request = _parse(head)
        self.requests.append(request)
        answer = self.rule(request)
        if answer is not None:
            writer.write(answer.encode())
            await writer.drain()
            return
        async with AsyncExitStack() as stack:
            from_git, to_git = await self.connect(stack)
            to_git.write(head[:-2] + b"Connection: close\r\n\r\n")
            await _forward(reader, to_git, request)
            while data := await from_git.read(BLOCK):
                writer.write(data)
                await writer.drain()


async def _forward(reader: StreamReader, writer: StreamWriter, request: Request) -> None:
    """Pass a request's body on: of a known length, or in chunks (RFC 9112, 6 and 7.1)."""
    if request.headers.get("transfer-encoding") == "chunked":
        while True:
            line = await reader.readuntil(b"\r\n")
            size = int(line.split(b";")[0], 16)
            writer.write(line + await reader.readexactly(size + 2))
            await writer.drain()
            if size == 0:
                return
    left = int(request.headers.get("content-length", "0"))
    while left:
        data = await reader.read(min(left, BLOCK))
        if not data:
            raise ConnectionResetError
        writer.write(data)
        await writer.drain()
        left -= len(data)


def _parse(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    method, target, _ = first.split(" ")
    pairs = (line.partition(":") for line in lines)
    return Request(method, target, {name.lower(): value.strip() for name, _, value in pairs})
