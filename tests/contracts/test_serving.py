"""What is served beside what was pushed: real answers of a real https server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from omnigrid.model.digests import blob_id
from omnigrid.model.names import BrandId, OutPath
from omnigrid.model.stamp import STAMP_NAME
from omnigrid.model.states import Served
from omnigrid.plan.addresses import Witness
from omnigrid.serving import SIZE, Answer, ask, web_fetch
from support.servers.tls import Certificate, make_certificate
from support.web_host import Page, WebHost, web_host

DIGEST = "Digest: sha256:" + "0" * 64
STAMP = f"Brand: TST-001\n{DIGEST}\n".encode()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def web(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebHost]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))
    with web_host(certificate) as running:
        yield running


def answer(web: WebHost, page: Page | None = None) -> Answer:
    if page is not None:
        web.answer = lambda _path: page
    witness = Witness(BrandId("TST-001"), web.address + STAMP_NAME, OutPath(STAMP_NAME))
    return ask(web_fetch({}), witness, blob_id(STAMP))


def test_the_stamp_that_was_pushed_is_current(web: WebHost) -> None:
    assert answer(web, Page(200, STAMP)).served is Served.CURRENT


@pytest.mark.parametrize(
    ("body", "served", "reason"),
    [
        (STAMP + b"\n", Served.OLDER, "another publish"),
        (STAMP.replace(b"sha256:0", b"sha256:x"), Served.NOT_OURS, "no stamp"),
        (STAMP.replace(b"sha256:00", b"sha256:11"), Served.OLDER, "another publish"),
        (STAMP.replace(b"-001", b"-002"), Served.NOT_OURS, "the site of TST-002"),
        (b"", Served.NOT_OURS, "no stamp"),
        (b"<h1>Buy this domain</h1>", Served.NOT_OURS, "no stamp"),
        (STAMP + f"{DIGEST}\n".encode(), Served.NOT_OURS, "no stamp"),
        (STAMP + b" " * SIZE, Served.NOT_OURS, "sends more than"),
        (b"\xff\x00" * 9, Served.NOT_OURS, "no stamp"),
    ],
)
def test_anything_else_is_not(web: WebHost, body: bytes, served: Served, reason: str) -> None:
    found = answer(web, Page(200, body))
    assert found.served is served
    assert reason in found.reason


@pytest.mark.parametrize(
    ("status", "served"),
    [
        (404, Served.NOT_OURS),
        (403, Served.NOT_OURS),
        (410, Served.NOT_OURS),
        (429, Served.UNREACHABLE),
        (500, Served.UNREACHABLE),
        (503, Served.UNREACHABLE),
    ],
)
def test_a_server_without_the_file(web: WebHost, status: int, served: Served) -> None:
    found = answer(web, Page(status, STAMP))
    assert (found.served, f"answers {status}" in found.reason) == (served, True)


def test_a_way_that_ends_at_the_stamp_is_followed(web: WebHost) -> None:
    pages = {STAMP_NAME: Page(308, location=f"{web.address}there"), "there": Page(200, STAMP)}
    web.answer = pages.__getitem__
    assert answer(web).served is Served.CURRENT
    assert web.asked == [STAMP_NAME, "there"]


@pytest.mark.parametrize(
    "where", ["http://127.0.0.1:1/", "http://example.com/", "file:///etc/passwd"]
)
def test_a_way_that_leaves_https_is_not_gone(web: WebHost, where: str) -> None:
    found = answer(web, Page(302, location=where))
    assert found.served is Served.UNREACHABLE
    assert "not a safe address" in found.reason
    assert web.asked == [STAMP_NAME]


def test_a_way_without_end(web: WebHost) -> None:
    assert answer(web, Page(302, location=web.address)).served is Served.UNREACHABLE


def test_a_certificate_that_nobody_signed(web: WebHost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(Path("/dev/null")))
    found = answer(web, Page(200, STAMP))
    assert found.served is Served.UNREACHABLE
    assert "no valid certificate" in found.reason
    assert web.asked == []


def test_nobody_is_there(certificate: Certificate) -> None:
    with web_host(certificate) as gone:
        pass
    assert answer(gone).served is Served.UNREACHABLE
