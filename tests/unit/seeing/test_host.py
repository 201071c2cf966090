"""The host that pages are looked at on does what static hosts do."""

import gzip
import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from seeing.host import hosted


class Host:
    """Asks a host for paths."""

    def __init__(self, address: str) -> None:
        self._netloc = urlsplit(address).netloc

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection(self._netloc)
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read()
        line.close()
        return found


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "build" / "sites" / "a"
    site.mkdir(parents=True)
    (site / "index.html").write_text("home " * 100)
    (site / "404.html").write_text("lost")
    (site / "_headers").write_text("# ours\n/*\n  X-All: yes\n/app.js\n  Cache-Control: no-store\n")
    with hosted(tmp_path / "build") as address:
        yield Host(address)


def test_a_folder_is_its_first_page_and_text_is_packed(host: Host) -> None:
    status, headers, body = host.get("/sites/a/", **{"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert int(headers["Content-Length"]) == len(body) < 100
    assert gzip.decompress(body) == b"home " * 100
    assert host.get("/sites/a/index.html")[2] == b"home " * 100


def test_the_nearest_page_for_lost_visitors_answers(host: Host) -> None:
    assert host.get("/sites/a/b/c?d")[::2] == (404, b"lost")
    assert host.get("/sites/b/")[::2] == (404, b"not found")


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/sites/a/../../../secret.txt"]
)
def test_nothing_outside_is_given(host: Host, path: str) -> None:
    status, _, body = host.get(path)
    assert (status, b"secret" in body) == (404, False)


def test_headers_are_those_of_the_site(host: Host) -> None:
    home, script = host.get("/sites/a/")[1], host.get("/sites/a/app.js")[1]
    assert (home["X-All"], "Cache-Control" in home) == ("yes", False)
    assert (script["X-All"], script["Cache-Control"]) == ("yes", "no-store")
    assert "X-All" not in host.get("/")[1]
