"""Where a pack may come from, and which texts are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.errors import InputError
from omnigrid.packs.sources import (
    DRIVE_ACCOUNT,
    ArchiveSource,
    DriveSource,
    FolderSource,
    GitSource,
    Source,
    parse_source,
)

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("git+https://host.example/a/b@v1.2", GitSource("https://host.example/a/b", "v1.2")),
        (
            f"git+https://host.example/a.git@{COMMIT}#packs/plain",
            GitSource("https://host.example/a.git", COMMIT, "packs/plain"),
        ),
        ("git+ssh://git@host.example/a@1.0", GitSource("ssh://git@host.example/a", "1.0")),
        ("git+file:///srv/packs@rel/1", GitSource("file:///srv/packs", "rel/1")),
        ("https://host.example/p.zip", ArchiveSource("https://host.example/p.zip")),
        (
            "https://host.example/p.tar.gz?x=1#a",
            ArchiveSource("https://host.example/p.tar.gz?x=1", "a"),
        ),
        ("http://127.0.0.1:80/p.zip", ArchiveSource("http://127.0.0.1:80/p.zip")),
        ("http://localhost/p.zip", ArchiveSource("http://localhost/p.zip")),
        ("../packs/plain", FolderSource("../packs/plain")),
        ("C:\\packs\\plain", FolderSource("C:/packs/plain")),
        ("gdrive:1AbCdEfGhIjKl", DriveSource("1AbCdEfGhIjKl", DRIVE_ACCOUNT)),
        ("gdrive:1AbCdEfGhIjKl@OUR_KEY", DriveSource("1AbCdEfGhIjKl", "OUR_KEY")),
    ],
)
def test_a_source_is_understood(text: str, source: Source) -> None:
    assert parse_source(text) == source


@pytest.mark.parametrize(
    "text",
    [
        "",
        " https://host.example/p.zip",
        "http://host.example/p.zip",
        "http://127.0.0.1.evil.example/p.zip",
        "http://localhost.evil.example/p.zip",
        "ftp://host.example/p.zip",
        "file:///etc/passwd",
        "data:application/zip;base64,UEs",
        "javascript:alert(1)",
        "https:///p.zip",
        "https://host.example/p.exe",
        "https://host.example/p",
        "https://host.example:99999/p.zip",
        "https://[::1/p.zip",
        "https://host.example\\@evil.example/p.zip",
        "https://host.example/p.zip#../../etc",
        "https://host.example/a b.zip",
        "https://höst.example/p.zip",
        "git+http://host.example/a@v1",
        "git+ext::sh -c touch% /pwned@v1",
        "git+ext::sh@v1",
        "ext::sh -c id",
        "git+file://host/share@v1",
        "git+file://../../x@v1",
        "git+fd://17/a@v1",
        "git+https://host.example/a",
        "git+https://host.example@v1",
        "git+https://-oProxyCommand=id/a@v1",
        "git+ssh://-oProxyCommand=id/a@v1",
        "git+ssh://git@-oProxyCommand=id/a@v1",
        "git+https://host.example/a?x=1@v1",
        "git+https://host.example/a@-v1",
        "git+https://host.example/a@--upload-pack=id",
        "git+https://host.example/a@v1..v2",
        "git+https://host.example/a@v1^{commit}",
        "git+https://host.example/a@v1:path",
        "git+https://host.example/a@+refs/heads/x",
        "git+https://host.example/a@v*",
        "git+https://host.example/a@a//b",
        "git+https://host.example/a@a.lock",
        "git+https://host.example/a@v1\x07",
        "git+https://host.example/a@v1\nv2",
        "git+https://host.example/a@v1#-x",
        "git+https://host.example/a@v1#..",
        "git+https://host.example/a@v1#a/../../b",
        "-u",
        "--help",
        "gdrive:",
        "gdrive:short",
        "gdrive:1AbCdEfGhIjKl' or '1'='1",
        "gdrive:1AbCdEfGhIjKl@lower",
    ],
)
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_source(text)
    assert caught.value.hint
    assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    "text",
    [
        "https://me:hunter2secret@host.example/p.zip",
        "https://hunter2secret@host.example/p.zip",
        "git+https://x-token:hunter2secret@host.example/a@v1",
        "git+https://hunter2secret@host.example/a@v1",
        "git+ssh://git:hunter2secret@host.example/a@v1",
        "ftp://me:hunter2secret@host.example/p.zip",
    ],
)
def test_a_password_is_refused_and_never_repeated(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_source(text)
    assert "hunter2secret" not in caught.value.message + caught.value.hint


@given(st.text(max_size=60) | st.from_regex(r"git\+\w+://\S{0,30}@\S{0,20}", fullmatch=True))
def test_every_text_is_a_source_or_refused(text: str) -> None:
    try:
        source = parse_source(text)
    except InputError:
        return
    if isinstance(source, GitSource):
        assert source.url.startswith(("https://", "ssh://", "file:///"))
        assert not source.ref.startswith("-")
        assert source.ref.isascii()
        assert source.ref.isprintable()
        assert ".." not in source.folder.split("/")
