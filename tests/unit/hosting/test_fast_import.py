"""The fast-import stream, read back by git itself."""

import os
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.hosting.cache import Cache
from omnigrid.hosting.fast_import import Content, NewCommit, commit_stream, quote
from omnigrid.hosting.login import Login
from omnigrid.hosting.patience import PATIENCE
from omnigrid.model.digests import blob_id
from omnigrid.model.errors import Bug
from omnigrid.model.names import BlobId, CommitId

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}
REF = "refs/omnigrid/prepared/test"


def commit_of(
    parent: CommitId | None = None, delete: tuple[str, ...] = (), message: str = "Say it"
) -> NewCommit:
    return NewCommit(ref=REF, parent=parent, date=1_700_000_000, message=message, delete=delete)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return opened(tmp_path)


def opened(folder: Path) -> Cache:
    cache = Cache(folder, "/nowhere.git", ENVIRONMENT, Login({}), PATIENCE)
    cache.open()
    return cache


def fsck(cache: Cache) -> None:
    command = ["git", "--git-dir", str(cache.git.directory), "fsck", "--strict"]
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)


def is_writable(part: str) -> bool:
    """Not what git keeps for itself, on any file system (git's path.c: is_ntfs_dotgit)."""
    folded = part.casefold()
    return folded.strip(". ") not in {"", "git", "git~1"} and ".git" not in folded


parts = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(is_writable)
paths = st.lists(parts, min_size=1, max_size=3).map("/".join)
ODD = ['"', "\\", "\n", "\\n", "a b", " lead", "trail ", "-x", '"q"', "\t", "é", "e\u0301", "☃"]
odd = st.sampled_from([*ODD, "\\303", ":x", "\x7f"])
trees = st.dictionaries(paths | odd, st.binary(max_size=40), max_size=6)


def without_clashes(tree: dict[str, bytes]) -> bool:
    return not any(other.startswith(f"{path}/") for path in tree for other in tree)


@settings(max_examples=40, deadline=None)
@given(tree=trees.filter(without_clashes), message=st.text(max_size=30))
def test_odd_names_come_back_as_they_went(tree: dict[str, bytes], message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = opened(Path(folder))
        commit = cache.make_commit(commit_stream(commit_of(message="x" + message), tree.items()))
        assert cache.tree(commit) == {path: blob_id(data) for path, data in tree.items()}


def test_names_that_are_not_utf_8_are_deleted_as_they_stand(cache: Cache) -> None:
    odd_name = b"caf\xe9".decode("utf-8", "surrogateescape")
    files = [(odd_name, b"1"), ("kept", b"2")]
    first = cache.make_commit(commit_stream(commit_of(), files))
    assert odd_name in cache.tree(first)
    second = cache.make_commit(commit_stream(commit_of(first, delete=(odd_name,)), []))
    assert cache.tree(second) == {"kept": blob_id(b"2")}


def test_a_known_blob_is_named_and_not_sent(cache: Cache) -> None:
    first = cache.make_commit(commit_stream(commit_of(), [("a", b"data")]))
    stream = b"".join(commit_stream(commit_of(first), [("b", blob_id(b"data"))]))
    assert b"inline" not in stream
    second = cache.make_commit([stream])
    assert cache.tree(second) == {"a": blob_id(b"data"), "b": blob_id(b"data")}


def test_a_blob_of_the_same_stream_is_known_too(cache: Cache) -> None:
    files: list[tuple[str, Content]] = [("a", b"data"), ("b", blob_id(b"data"))]
    commit = cache.make_commit(commit_stream(commit_of(), files))
    assert set(cache.tree(commit)) == {"a", "b"}


def test_a_file_makes_room_for_a_folder(cache: Cache) -> None:
    first = cache.make_commit(commit_stream(commit_of(), [("a", b"1")]))
    second = cache.make_commit(commit_stream(commit_of(first, ("a",)), [("a/b", b"2")]))
    third = cache.make_commit(commit_stream(commit_of(second, ("a/b",)), [("a", b"3")]))
    assert list(cache.tree(second)) == ["a/b"]
    assert list(cache.tree(third)) == ["a"]


def test_equal_commits_have_equal_ids_and_are_sound(tmp_path: Path) -> None:
    files = [("a", b""), ("b/c", b"no line end"), ("d", b"done\n\ndata 3\n")]
    ids = []
    for name in ("one", "two"):
        cache = opened(tmp_path / name)
        ids.append(cache.make_commit(commit_stream(commit_of(), files)))
        fsck(cache)
    assert ids[0] == ids[1]


def test_a_stream_that_ends_early_makes_no_commit(cache: Cache) -> None:
    stream = b"".join(commit_stream(commit_of(), [("a", b"1")]))
    answer = cache.git.run("fast-import", "--quiet", "--force", stdin=[stream[: -len("done\n")]])
    assert answer.code != 0
    assert cache.git.run("rev-parse", "--verify", "--quiet", operands=[REF]).code != 0


UNHOLDABLE = ["", "/a", "a/", "a//b", "../a", "a/./b", ".git/config", "a/.GIT/x", "a\0b"]


@pytest.mark.parametrize("path", UNHOLDABLE)
def test_what_git_cannot_hold_is_refused(path: str) -> None:
    with pytest.raises(Bug):
        quote(path)


@pytest.mark.parametrize("blob", ["", "inline", "HEAD", "a" * 39, "a" * 40 + "\nD x"])
def test_only_ids_are_named(blob: str) -> None:
    with pytest.raises(Bug):
        list(commit_stream(commit_of(), [("a", BlobId(blob))]))
