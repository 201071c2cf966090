"""Who is answered: this machine's user, from pages of ours, in requests of bounded size.

A site of somebody else can have a browser send requests here, and name itself like us (DNS
rebinding); it can neither forge the headers Host, Origin and Sec-Fetch-Site nor read answers.
"""

import hmac
import ipaddress
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from msgspec import Struct
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from omnigrid.model.service import Problem
from omnigrid.serve.pages import OURS
from omnigrid.serve.problems import problem_response

COOKIE = "omnigrid_preview"
ENTER = f"/{OURS}/enter"
"""Where a browser shows the token once, and is given the cookie."""
EVENTS = f"/{OURS}/events"
LARGEST_BODY = 64 * 1024
_SAFE = frozenset({"GET", "HEAD"})
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "X-Frame-Options": "SAMEORIGIN",
}


class Door(Struct, frozen=True):
    """Who may come in."""

    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    """The names, without a port, by which this server may be called."""
    token: str = ""
    """What whoever is on another machine has to know; empty: nobody is."""
    bodies: Mapping[str, int] = {}
    """The largest body, in bytes, of requests to a path; ``LARGEST_BODY`` where none is named."""


class Guard:
    """Lets only those requests through to an application that a door admits."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._admit(scope)
        except Problem as problem:
            await problem_response(problem)(scope, receive, _hardened(send))
            return
        await self._app(scope, receive, _hardened(send))

    def _admit(self, scope: Scope) -> None:
        headers, door = Headers(scope=scope), self._door
        host = headers.getlist("host")
        if len(host) != 1 or not _is_ours(host[0], door):
            raise Problem(
                421,
                "this preview is not called by that name",
                "use the address that `omnigrid preview` printed",
            )
        if door.token and scope["path"] != ENTER and not _knows(headers, door.token):
            raise Problem(401, "the token is missing or wrong", "use the address that was printed")
        if scope["method"] not in _SAFE or scope["path"] == EVENTS:
            _refuse_strangers(headers, f"{scope['scheme']}://{host[0]}")
        limit = door.bodies.get(scope["path"], LARGEST_BODY)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 12 or int(length) > limit:
            raise Problem(413, f"a request has at most {limit:,} bytes", "send less")
        if "chunked" in headers.get("transfer-encoding", ""):
            raise Problem(411, "the length of the request is not said", "send Content-Length")


def _is_ours(host: str, door: Door) -> bool:
    name = _without_port(host.lower())
    if name in door.hosts:
        return True
    # A name can be rebound to another address, an address cannot; and a token is asked for.
    return bool(door.token) and _is_address(name)


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isascii() and port.isdigit() else host


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True


def _knows(headers: Headers, token: str) -> bool:
    kind, _, told = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return is_token(told.strip(), token)
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return False
    return COOKIE in cookies and is_token(cookies[COOKIE].value, token)


def is_token(told: str, token: str) -> bool:
    """Whether somebody knows the token; takes as long whatever they said."""
    return hmac.compare_digest(told.encode(), token.encode())


def _refuse_strangers(headers: Headers, own: str) -> None:
    """Raise Problem where a page of another site sends a request, or may do so."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
    if (origin is not None and origin != own) or site not in {"same-origin", "none"}:
        raise Problem(403, "this request comes from another site", "use the preview's own pages")


def _hardened(send: Send) -> Send:
    async def hardened(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS.items():
                headers.setdefault(name, value)
        await send(message)

    return hardened
