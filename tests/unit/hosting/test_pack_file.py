"""Packs that we write, as git reads them."""

import os
import subprocess
import zlib
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from isal import isal_zlib

from omnigrid.hosting import pack_file
from omnigrid.hosting.pack_file import write_pack
from omnigrid.model.digests import blob_id
from omnigrid.model.names import BlobId

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


def git(repository: Path, *arguments: str, data: bytes = b"") -> bytes:
    command = ["git", "--git-dir", str(repository), *arguments]
    done = subprocess.run(command, input=data, capture_output=True, check=True, env=ENVIRONMENT)
    return done.stdout


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "r.git"
    git(folder, "init", "--quiet", "--bare")
    return folder


def packed(repository: Path, contents: list[bytes]) -> dict[BlobId, bytes]:
    blobs = {blob_id(data): data for data in contents}
    sizes = write_pack(repository / "objects" / "pack", blobs, blobs.__getitem__)
    assert sizes == {blob: len(data) for blob, data in blobs.items()}
    return blobs


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=300) | st.integers(0, 70_000).map(bytes), max_size=200))
def test_git_reads_what_was_written(repository: Path, contents: list[bytes]) -> None:
    for blob, data in packed(repository, contents).items():
        assert git(repository, "cat-file", "blob", blob) == data
        break
    asked = "".join(f"{blob_id(data)}\n" for data in contents).encode()
    answer = git(repository, "cat-file", "--batch-check=%(objecttype) %(objectsize)", data=asked)
    assert answer.splitlines() == [b"blob %d" % len(data) for data in contents]


@pytest.mark.parametrize("compressor", [zlib, isal_zlib])
def test_git_finds_no_fault_in_it(
    repository: Path, compressor: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_file, "_compressor", compressor)
    packed(repository, [os.urandom(n % 97) * n for n in range(1500)])
    git(repository, "fsck", "--strict", "--full", "--no-dangling")
    for index in (repository / "objects" / "pack").glob("*.idx"):
        git(repository, "verify-pack", str(index))
        assert index.stat().st_mode & 0o222 == 0


def test_what_cannot_be_read_leaves_no_pack(tmp_path: Path) -> None:
    def read(blob: BlobId) -> bytes:
        raise FileNotFoundError(blob)

    with pytest.raises(FileNotFoundError):
        write_pack(tmp_path, [BlobId("a" * 40)], read)
    assert [path.name[:9] for path in tmp_path.iterdir()] == ["tmp_pack_"]


def test_nothing_is_nothing(tmp_path: Path) -> None:
    assert write_pack(tmp_path, [], bytes.fromhex) == {}
    assert list(tmp_path.iterdir()) == []
