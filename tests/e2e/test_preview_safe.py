"""Who is answered by `omnigrid preview`, and what no request reaches."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.previewed import IMPATIENT, Answer, Previewed, previewed
from support.workspace import Workspace

TOKEN = "a-secret-of-this-test-0123456789"  # noqa: S105  (of this test)
QUERY = b'{"intent": "store rain water"}'
JSON = "application/json"
PIECES = b"/ .. . %2e %2f %5c \\ %00 way-out outside sites index.html ? # ; : __omnigrid".split()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("safe") / "portfolio"
    Workspace(root.parent).run("init", root.name)
    (root.parent / "outside").write_text("outside the folder")
    return root


@pytest.fixture(scope="module")
def preview(root: Path) -> Iterator[Previewed]:
    with previewed(Workspace(root)) as running:
        (root / "build" / "way-out").symlink_to(root.parent)
        (root / "build" / "inner").symlink_to(root / "build" / "index.html")
        yield running


def raw(preview: Previewed, request: bytes) -> bytes:
    """Send bytes as they are and return the answer's."""
    host, port = preview.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), 30) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while more := line.recv(65536):
            answer += more
    return answer


def asked(preview: Previewed, path: bytes) -> bytes:
    return raw(
        preview, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    )


def status_of(answer: bytes) -> int:
    found = re.match(rb"HTTP/1.1 (\d+)", answer)
    assert found, answer
    return int(found[1])


@pytest.mark.parametrize(
    "path",
    [
        b"/../outside",
        b"/%2e%2e/outside",
        b"/%2E%2E%2foutside",
        b"/..%2foutside",
        b"/sites/../../outside",
        b"/sites/%2e%2e/%2e%2e/outside",
        b"/..%5coutside",
        b"/..\\outside",
        b"/%252e%252e/outside",
        b"/way-out/outside",
        b"/way-out/",
        b"/inner",
        b"//outside",
        b"/.stage/files/manifest.json",
        b"/index.html%00.png",
        b"/%c0%ae%c0%ae/outside",
        b"/\xff\xfe",
        b"/sites",
        b"/sites/",
        b"/__omnigrid/../outside",
        b"/__omnigrid/..%2f..%2foutside",
        b"/" + b"a" * 5000,
    ],
)
def test_no_path_leaves_the_folder_or_lists_it(preview: Previewed, path: bytes) -> None:
    answer = asked(preview, path)
    assert 400 <= status_of(answer) < 500
    assert b"outside the folder" not in answer
    assert b"garden" not in answer.lower().partition(b"\r\n\r\n")[2] or path == b"/inner"


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES) | st.binary(min_size=1, max_size=3), max_size=8))
def test_any_path_at_all_is_answered_or_refused(preview: Previewed, pieces: list[bytes]) -> None:
    path = re.sub(rb"[\x00-\x20\x7f]", b"", b"/" + b"".join(pieces))
    answer = asked(preview, path)
    assert status_of(answer) < 500
    assert b"outside the folder" not in answer


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:4600", "localhost.evil.example", "127.0.0.1.nip.io", "[::2]"],
)
def test_another_name_is_not_answered(preview: Previewed, host: str) -> None:
    for path in ("/", "/health", "/__omnigrid/events"):
        answer = preview.ask(path, Host=host)
        assert (answer.status, answer.headers["content-type"]) == (421, "application/problem+json")
    assert preview.ask("/query/intent", "POST", QUERY, Host=host, Content_Type=JSON).status == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST:1"])
def test_our_names_are_answered(preview: Previewed, host: str) -> None:
    assert preview.ask("/health", Host=host).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_other_sites_change_nothing_and_hear_nothing(
    preview: Previewed, headers: dict[str, str]
) -> None:
    answers = [
        preview.ask("/query/intent", "POST", QUERY, Content_Type=JSON, **headers),
        preview.ask("/deploy/package?brand_id=X", "POST", b"", **headers),
        preview.ask("/__omnigrid/events", "GET", b"", **headers),
        preview.ask("/__omnigrid/%65vents", "GET", b"", **headers),
    ]
    assert [answer.status for answer in answers] == [403] * 4


def test_our_own_pages_may_ask(preview: Previewed) -> None:
    own = preview.address.rstrip("/")
    answer = preview.ask(
        "/query/intent", "POST", QUERY, Content_Type=JSON, Origin=own, Sec_Fetch_Site="same-origin"
    )
    assert answer.status == 200


def test_nobody_is_invited_from_elsewhere(preview: Previewed) -> None:
    answer = preview.ask(
        "/query/intent",
        "OPTIONS",
        Origin="https://evil.example",
        Access_Control_Request_Method="POST",
    )
    assert answer.status in {403, 405}
    for each in (answer, preview.ask("/"), preview.ask("/health")):
        assert not [name for name in each.headers if name.startswith("access-control")]
        assert each.headers["x-content-type-options"] == "nosniff"
        assert each.headers["cross-origin-resource-policy"] == "same-origin"


def test_bodies_are_bounded(preview: Previewed) -> None:
    large = b'{"intent": "' + b"a" * 100_000 + b'"}'
    assert preview.ask("/query/intent", "POST", large, Content_Type=JSON).status == 413
    head = b"POST /query/intent HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\n{\r\n0\r\n\r\n"
    assert status_of(raw(preview, chunked)) == 411
    nested = b'{"intent": ' + b"[" * 30_000 + b"]" * 30_000 + b"}"
    assert preview.ask("/query/intent", "POST", nested, Content_Type=JSON).status in {400, 422}


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (QUERY, "text/plain", 415),
        (b"", JSON, 400),
        (b"{", JSON, 400),
        (b"\xff", JSON, 400),
        (b"[]", JSON, 422),
        (b'{"intent": ""}', JSON, 422),
        (b'{"intent": "x", "other": 1}', JSON, 422),
        (b'{"intent": "x", "priority": "soon"}', JSON, 422),
        (b'{"intent": "x", "sector_preference": "Nowhere"}', JSON, 404),
    ],
)
def test_what_is_not_understood_is_a_problem(
    preview: Previewed, body: bytes, kind: str, status: int
) -> None:
    answer = preview.ask("/query/intent", "POST", body, Content_Type=kind)
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "NONSENSE"])
def test_other_methods_are_refused(preview: Previewed, method: str) -> None:
    request = f"{method} / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert 400 <= status_of(raw(preview, request.encode())) < 500


def test_a_request_with_two_hosts_or_none_is_refused(preview: Previewed) -> None:
    for hosts in (b"", b"Host: localhost\r\nHost: evil.example\r\n"):
        answer = raw(preview, b"GET / HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
        assert 400 <= status_of(answer) < 500


def test_connections_that_stay_silent_are_closed(workspace: Workspace) -> None:
    whole = b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    begun = (b"", b"GET / HTTP/1.1\r\nHost: loc", whole + b"GET / HTTP/1.1\r\n")
    with previewed(workspace, program=IMPATIENT) as preview:
        host, port = preview.address.removeprefix("http://").rstrip("/").split(":")
        lines = [socket.create_connection((host, int(port)), 30) for _ in begun]
        listening = socket.create_connection((host, int(port)), 30)
        listening.sendall(b"GET /__omnigrid/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        for line, sent in zip(lines, begun, strict=True):
            line.sendall(sent)
        for line in lines:
            with line:
                _drain(line)
        with listening:
            assert b"200 OK" in listening.recv(65536), "who listens may be silent"
            listening.settimeout(1)
            with pytest.raises(TimeoutError):
                _drain(listening)


def _drain(line: socket.socket) -> None:
    while line.recv(65536):
        pass


@pytest.mark.parametrize("token", ["", "short"])
def test_other_machines_are_let_in_by_a_long_token_only(root: Path, token: str) -> None:
    done = Workspace(root).run("preview", "--host", "0.0.0.0", "--token", token, code=2)  # noqa: S104
    assert "OMNIGRID_PREVIEW_TOKEN" in done.err


def test_with_a_token_everything_asks_for_it(workspace: Workspace) -> None:
    with previewed(workspace, "--host", "0.0.0.0", OMNIGRID_PREVIEW_TOKEN=TOKEN) as guarded:  # noqa: S104
        guarded.address = guarded.address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        paths = ("/", "/health", "/portfolio.css", "/__omnigrid/live.js", "/__omnigrid/events")
        assert {guarded.ask(path).status for path in paths} == {401}
        assert TOKEN not in guarded.said()
        wrong = guarded.ask("/health", Authorization=f"Bearer {TOKEN[:-1]}x")
        assert (wrong.status, wrong.headers["www-authenticate"]) == (401, "Bearer")
        assert guarded.ask("/health", Authorization=f"Bearer {TOKEN}").status == 200
        assert guarded.ask("/__omnigrid/enter?token=wrong").status == 401
        entered = _entered(guarded)
        assert entered.status in {200, 303}
        cookie = f"omnigrid_preview={TOKEN}"
        assert guarded.ask("/health", Cookie=cookie).status == 200
        assert guarded.ask("/health", Cookie=cookie, Host="evil.example").status == 421
        assert guarded.ask("/health", Cookie="omnigrid_preview=\x80").status == 401


def _entered(preview: Previewed) -> Answer:
    request = (
        f"GET /__omnigrid/enter?token={TOKEN} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Connection: close\r\n\r\n"
    )
    answer = raw(preview, request.encode())
    assert b"httponly" in answer.lower()
    assert b"samesite=strict" in answer.lower()
    return Answer(status_of(answer), {}, answer)
