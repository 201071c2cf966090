"""The web, as servers on this machine that keep to no rule."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from omnigrid.model.errors import InputError, OmnigridError, Transient
from omnigrid.packs.fetch_https import MAX_HOPS, Web, _checked, get, shown
from support.packing import Reply, Site, bytes_reply, redirect_reply, website
from support.servers.tls import make_certificate

WEB = Web()
LIMIT = 1000


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with website() as started:
        yield started


def refusal(site: Site, reply: Reply, web: Web = WEB) -> OmnigridError:
    site.pages["/p.zip"] = reply
    with pytest.raises(OmnigridError) as caught:
        get(web, site.at("/p.zip"), LIMIT)
    assert caught.value.hint
    return caught.value


def test_a_file_is_fetched_with_its_date(site: Site) -> None:
    site.pages["/p.zip"] = bytes_reply(b"data", Last_Modified="Mon, 04 May 2026 10:00:00 GMT")
    answer = get(WEB, site.at("/p.zip"), LIMIT)
    assert (answer.data, answer.url, f"{answer.date}") == (b"data", site.at("/p.zip"), "2026-05-04")


def test_a_redirect_is_followed(site: Site) -> None:
    site.pages["/old.zip"] = redirect_reply("/new.zip?signature=1")
    site.pages["/new.zip"] = bytes_reply(b"moved")
    answer = get(WEB, site.at("/old.zip"), LIMIT)
    assert (answer.data, answer.url) == (b"moved", site.at("/new.zip?signature=1"))


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/p.zip",
        "gopher://127.0.0.1/p.zip",
        "data:,x",
        "http://192.0.2.1/p.zip",
        "http://host.example/p.zip",
        "https://user:secretword@127.0.0.1/p.zip",
        "//host.example/p.zip",
        "https://[::1/p.zip",
        "https:///p.zip",
        "https://host.example:99999/",
        "https://host.example/\x00",
    ],
)
def test_a_redirect_to_another_scheme_or_host(site: Site, address: str) -> None:
    error = refusal(site, redirect_reply(address.replace("\x00", "%0A\t")))
    assert isinstance(error, InputError)
    assert "secretword" not in error.message


def test_a_redirect_from_the_web_to_this_machine() -> None:
    first = urlsplit("https://host.example/p.zip")
    for address in ("https://127.0.0.1/", "https://localhost/", "https://[::1]/", "http://[::1]/"):
        with pytest.raises(InputError, match="not a safe address"):
            _checked(address, first)


def test_a_redirect_without_an_end(site: Site) -> None:
    numbers = count()

    def onward(handler: BaseHTTPRequestHandler) -> None:
        redirect_reply(f"/p.zip?{next(numbers)}")(handler)

    assert "without an end" in refusal(site, onward).message
    assert next(numbers) == MAX_HOPS + 1


def test_a_header_is_not_sent_to_another_host(site: Site) -> None:
    with website() as other:
        other.pages["/p.zip"] = bytes_reply(b"x")
        site.pages["/p.zip"] = redirect_reply(other.at("/p.zip"))
        get(WEB, site.at("/p.zip"), LIMIT, {"Authorization": "Bearer secretword"})
        assert "Authorization" not in other.asked[-1][1]
        assert site.asked[-1][1]["Authorization"] == "Bearer secretword"


@pytest.mark.parametrize(
    "address",
    ["http://192.0.2.1/p.zip", "http://host.example/p.zip", "file:///etc/passwd", "https:///x"],
)
def test_an_address_that_may_not_be_asked(address: str) -> None:
    with pytest.raises(InputError):
        get(WEB, address, LIMIT)


def test_more_bytes_than_allowed(site: Site) -> None:
    assert "more than 1,000 bytes" in refusal(site, bytes_reply(b"x" * (LIMIT + 1))).message


def test_a_stream_without_an_end(site: Site) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 10_000)

    assert "more than 1,000 bytes" in refusal(site, endless).message


def test_fewer_bytes_than_stated(site: Site) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "500")
        handler.end_headers()
        handler.wfile.write(b"x" * 100)

    assert isinstance(refusal(site, short), Transient)


def test_more_bytes_than_stated_are_not_read(site: Site) -> None:
    def long(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "3")
        handler.end_headers()
        handler.wfile.write(b"abcdef")

    site.pages["/p.zip"] = long
    assert get(WEB, site.at("/p.zip"), LIMIT).data == b"abc"


def test_another_encoding(site: Site) -> None:
    assert "encoding" in refusal(site, bytes_reply(b"x", Content_Encoding="gzip")).message


@pytest.mark.parametrize(("status", "kind"), [(404, InputError), (403, InputError)])
def test_a_page_that_is_not_there(site: Site, status: int, kind: type[OmnigridError]) -> None:
    def gone(handler: BaseHTTPRequestHandler) -> None:
        handler.send_error(status)

    error = refusal(site, gone)
    assert isinstance(error, kind)
    assert str(status) in error.message


def test_a_server_that_is_busy(site: Site) -> None:
    def busy(handler: BaseHTTPRequestHandler) -> None:
        handler.send_error(503)

    assert isinstance(refusal(site, busy), Transient)


def _drip(handler: BaseHTTPRequestHandler, first: bytes, letter: bytes) -> None:
    stop = threading.Event()
    handler.wfile.write(first)
    while not stop.wait(0.02):
        handler.wfile.write(letter)


def test_a_body_that_drips(site: Site) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        _drip(handler, b"HTTP/1.0 200 OK\r\n\r\n", b"x")

    error = refusal(site, slow, Web(seconds=0.3))
    assert isinstance(error, Transient)
    assert "takes longer" in error.message


def test_headers_that_drip(site: Site) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        _drip(handler, b"HTTP/1.0 200 OK\r\nX: ", b"x")

    assert "takes longer" in refusal(site, slow, Web(seconds=0.3)).message


def test_headers_without_an_end(site: Site) -> None:
    def many(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        while True:
            handler.wfile.write(b"X: y\r\n" * 100)

    assert isinstance(refusal(site, many), Transient)


def test_what_is_no_answer(site: Site) -> None:
    def noise(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\x00\xff" * 100)

    assert isinstance(refusal(site, noise), Transient)


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Transient):
        get(WEB, f"http://127.0.0.1:{port}/p.zip", LIMIT)


@contextmanager
def encrypted(folder: Path) -> Iterator[tuple[str, Path]]:
    """Run a server with a certificate; yield its address, and the authority that vouches for it."""
    made = make_certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    with website(context) as started:
        started.pages["/p.zip"] = bytes_reply(b"sealed")
        yield started.at("/p.zip"), made.authority


def test_a_certificate_that_nobody_vouches_for(tmp_path: Path) -> None:
    with (
        encrypted(tmp_path) as (address, _),
        pytest.raises(InputError, match="no valid certificate"),
    ):
        get(WEB, address, LIMIT)


def test_a_certificate_that_is_vouched_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with encrypted(tmp_path) as (address, authority):
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert get(WEB, address, LIMIT).data == b"sealed"


def test_no_redirect_from_tls_to_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.authority))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made.certificate, made.key)
    with website(context) as started, website() as plain:
        plain.pages["/p.zip"] = bytes_reply(b"x")
        started.pages["/p.zip"] = redirect_reply(plain.at("/p.zip"))
        with pytest.raises(InputError, match="not a safe address"):
            get(WEB, started.at("/p.zip"), LIMIT)


def test_an_address_is_shown_without_its_query() -> None:
    said = shown("https://host.example/p.zip?token=secretword#x")
    assert said == "https://host.example/p.zip"
