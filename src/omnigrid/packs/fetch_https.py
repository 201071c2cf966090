"""A file from the web, bounded in bytes, time and redirects.

With Python's own ``http.client``: our rules about every hop (scheme, host, address, size, time) are
then ours to see, and no library has a scheme, a redirect or a decoder of its own that would have to
be switched off. Certificates are checked as Python does by default.
"""

import datetime as dt
import email.utils
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from msgspec import Struct

from omnigrid.model.errors import InputError, OmnigridError, Transient
from omnigrid.model.secrets import mask_secrets
from omnigrid.packs.sources import is_loopback

MAX_HOPS = 5
SILENCE = 20.0
"""Seconds in which a server has to say something."""
AWAY = frozenset({408, 425, 429, 500, 502, 503, 504})
_CHUNK = 256 * 1024


class WrongAnswer(InputError):  # noqa: N818  (named by consequence, as all errors are)
    """The server itself answered, over a safe connection, with something else than was meant."""


class Web(Struct, frozen=True):
    """How the web is asked: proxies by scheme, as the environment names them, and limits."""

    proxies: Mapping[str, str] = {}
    seconds: float = 120.0
    """For one answer, from the first byte to the last."""


class Answer(Struct, frozen=True):
    """What a server sent."""

    data: bytes
    url: str
    """After all redirects."""
    date: dt.date | None
    """When the file was last changed, if the server says so."""


class _Request(Struct, frozen=True):
    """What is asked of every server on the way."""

    method: str
    first: SplitResult
    limit: int
    headers: Mapping[str, str]
    body: bytes | None


def get(web: Web, url: str, limit: int, headers: Mapping[str, str] | None = None) -> Answer:
    """Return at most ``limit`` bytes from an https address (http on this machine only).

    Raises InputError where the answer will be the same next time, and Transient where the server
    is away. ``headers`` are not sent along to another host.
    """
    at = _checked(url, None)
    request = _Request("GET", at, limit, headers or {}, None)
    for _ in range(MAX_HOPS + 1):
        answer = _hop(web, request, at)
        if isinstance(answer, Answer):
            return answer
        at = _checked(_joined(at, answer), request.first)
    raise InputError(f"{shown(url)} leads to other addresses without an end", _HINT)


def post(web: Web, url: str, limit: int, headers: Mapping[str, str], body: bytes) -> Answer:
    """Send ``body`` and return the answer; as ``get``, but no redirect is followed."""
    at = _checked(url, None)
    answer = _hop(web, _Request("POST", at, limit, headers, body), at)
    if isinstance(answer, Answer):
        return answer
    raise InputError(f"{shown(url)} leads to another address", _HINT)


_HINT = "look at the address in a browser; name the one where the file itself is"


def _checked(url: str, first: SplitResult | None) -> SplitResult:
    """Return an address in parts. Raises InputError where it may not be asked."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise InputError(f"{shown(url)} is not an address", _HINT) from None
    host = parts.hostname or ""
    if parts.username is not None or not url.isascii() or any(c <= " " for c in url):
        raise InputError(f"{shown(url)} is not an address that may be asked", _HINT)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    if first is not None:  # Nothing on the web leads to this machine, nor from TLS to none.
        safe = parts.scheme == "https" or (safe and first.scheme == "http")
        safe = safe and (not is_loopback(host) or is_loopback(first.hostname or ""))
    if not safe or not host:
        led = f"{shown(first.geturl())} leads to " if first else ""
        raise InputError(f"{led}{shown(url)}, which is not a safe address", "https:// is needed")
    return parts


def _joined(at: SplitResult, location: str) -> str:
    try:
        return urljoin(at.geturl(), location)
    except ValueError:
        raise InputError(f"{shown(at.geturl())} leads to no address", _HINT) from None


def _hop(web: Web, request: _Request, at: SplitResult) -> Answer | str:
    """Return what one server sent; or the address to which it leads."""
    address = shown(at.geturl())
    connection, target = _connection(web, at)
    with closing(connection):
        try:
            connection.connect()
            _check_peer(connection, at, request.first)
            with _deadline(connection.sock, web.seconds, address):
                return _talk(connection, target, request, at)
        except ssl.SSLCertVerificationError as error:
            raise InputError(
                f"{address} has no valid certificate: {error.verify_message}",
                "nothing was fetched; tell whoever runs that server",
            ) from None
        except OmnigridError:
            raise
        except (OSError, HTTPException, ValueError) as error:
            said = f"{type(error).__name__}: {error}".strip(": ")
            raise Transient(
                f"{address} could not be read: {mask_secrets(said)}",
                "try again when it can be reached",
            ) from None


def _connection(web: Web, at: SplitResult) -> tuple[HTTPConnection, str]:
    """Return a connection that is not open yet, and what to ask on it."""
    host, path = at.hostname or "", (at.path or "/") + (f"?{at.query}" if at.query else "")
    proxy = urlsplit(web.proxies.get(at.scheme, ""))
    if proxy.hostname and not is_loopback(host) and not _is_bypassed(host, web):
        tunnel = HTTPSConnection(
            proxy.hostname, proxy.port, timeout=SILENCE, context=ssl.create_default_context()
        )
        tunnel.set_tunnel(host, at.port or 443)
        return tunnel, path
    if at.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(host, at.port, timeout=SILENCE, context=context), path
    return HTTPConnection(host, at.port, timeout=SILENCE), path


def _is_bypassed(host: str, web: Web) -> bool:
    """Whether ``no_proxy`` names a host, or a domain around it."""
    spared = [name.strip().lstrip(".").lower() for name in web.proxies.get("no", "").split(",")]
    return any(name in {"*", host} or host.endswith(f".{name}") for name in spared if name)


def _check_peer(connection: HTTPConnection, at: SplitResult, first: SplitResult) -> None:
    """Refuse a redirect into the network around this machine, whatever the name says."""
    if at.netloc == first.netloc or connection.host != at.hostname:  # Behind a proxy: its network.
        return
    peer = ipaddress.ip_address(str(connection.sock.getpeername()[0]).partition("%")[0])
    if not peer.is_global and not is_loopback(first.hostname or ""):
        raise InputError(
            f"{shown(first.geturl())} leads into the network of this machine",
            "nothing was fetched; tell whoever runs that server",
        )


@contextmanager
def _deadline(sock: socket.socket, seconds: float, address: str) -> Iterator[None]:
    """End a conversation that takes too long, however it is drawn out. Raises Transient then."""
    late = Transient(f"{address} takes longer than {seconds:.0f} s", "try again later")
    passed = []

    def end() -> None:
        passed.append(True)
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except Exception:
        if passed:
            raise late from None
        raise
    finally:
        timer.cancel()
    if passed:  # What looks like an end may be where we hung up.
        raise late


def _talk(
    connection: HTTPConnection, target: str, request: _Request, at: SplitResult
) -> Answer | str:
    address = shown(at.geturl())
    headers = {"Accept-Encoding": "identity", "User-Agent": "omnigrid", "Connection": "close"}
    if at.netloc == request.first.netloc:
        headers |= request.headers
    connection.request(request.method, target, request.body, headers)
    with closing(connection.getresponse()) as response:
        return _answer(response, address, request, at)


def _answer(
    response: HTTPResponse, address: str, request: _Request, at: SplitResult
) -> Answer | str:
    if response.status in {301, 302, 303, 307, 308}:
        return response.headers.get("Location") or ""
    if response.status in AWAY:
        raise Transient(f"{address} answers {response.status}", "try again later")
    if response.status != 200:
        raise WrongAnswer(f"{address} answers {response.status} {response.reason[:60]}", _HINT)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise WrongAnswer(f"{address} sends another encoding than was asked for", _HINT)
    return Answer(_body(response, address, request.limit), at.geturl(), _date(response))


def _body(response: HTTPResponse, address: str, limit: int) -> bytes:
    stated = response.headers.get("Content-Length", "")
    parts: list[bytes] = []
    size = 0
    read: Callable[[int], bytes] = response.read1
    while part := read(min(_CHUNK, limit - size + 1)):
        parts.append(part)
        size += len(part)
        if size > limit:
            raise WrongAnswer(f"{address} sends more than {limit:,} bytes", _HINT)
    if stated.isascii() and stated.isdigit() and int(stated) != size:
        raise Transient(f"{address} broke off after {size:,} of {stated} bytes", "try again later")
    return b"".join(parts)


def _date(response: HTTPResponse) -> dt.date | None:
    try:
        found = email.utils.parsedate_to_datetime(response.headers.get("Last-Modified", ""))
    except (ValueError, TypeError, IndexError):
        return None
    return found.astimezone(dt.UTC).date() if found.tzinfo else found.date()


def shown(url: str) -> str:
    """Return an address as a message may show it: no query, no secrets, no odd signs."""
    plain = url.partition("?")[0].partition("#")[0]
    return mask_secrets(plain.encode("unicode_escape").decode())[:200]
