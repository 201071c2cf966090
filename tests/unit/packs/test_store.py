"""The cache of packs: by digest, whole or absent, and counted."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.digests import digest_files
from omnigrid.model.names import Digest
from omnigrid.packs.store import PackStore

FILES = {"pack.yaml": b"id: plain", "../odd\\name": b"stays inside"}
_LOG = 64 * 1024


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    digest = store.keep(FILES)
    assert digest == digest_files(FILES)
    assert store.read(digest) == FILES
    assert store.has(digest)


def test_no_name_reaches_the_disk(tmp_path: Path) -> None:
    PackStore(tmp_path / "store").keep(FILES)
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".pack"]


@given(st.binary(max_size=60), st.integers(0, 60))
def test_a_damaged_pack_is_absent(tmp_path_factory, data: bytes, cut: int) -> None:  # type: ignore[no-untyped-def]
    store = PackStore(tmp_path_factory.mktemp("store"))
    digest = store.keep(FILES)
    path = next(store._folder.glob("*.pack"))
    whole = path.read_bytes()
    path.write_bytes(whole[:cut] + data)
    expected = FILES if path.read_bytes() == whole else None
    assert store.read(digest) == expected


def test_a_pack_under_the_name_of_another_is_absent(tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    digest = store.keep(FILES)
    other = Digest("0" * 64)
    (tmp_path / f"{digest}.pack").rename(tmp_path / f"{other}.pack")
    assert store.read(other) is None


def test_hits_and_misses_are_counted(tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    assert store.size().rate is None
    digest = store.keep(FILES)
    for asked in (digest, digest, digest, Digest("0" * 64)):
        store.read(asked)
    size = store.size()
    assert (size.packs, size.hits, size.misses, size.rate) == (1, 3, 1, 0.75)


def test_the_count_does_not_grow_for_ever(tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    digest = store.keep(FILES)
    (tmp_path / "asked").write_bytes(b"h" * _LOG)
    store.read(digest)
    assert (tmp_path / "asked").stat().st_size <= _LOG


def test_pruning_keeps_what_is_wanted(tmp_path: Path) -> None:
    store = PackStore(tmp_path)
    kept, gone = store.keep(FILES), store.keep({"pack.yaml": b"id: old"})
    count, freed = store.prune([kept])
    assert (count, freed > 0) == (1, True)
    assert store.has(kept)
    assert not store.has(gone)


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = PackStore(tmp_path / "file" / "store")
    assert store.read(store.keep(FILES)) is None
