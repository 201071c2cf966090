"""Locked packs: from the cache, else from their source, and never another content."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from omnigrid.fetching import DAY, Reach, Sources
from omnigrid.locking import add_pack, current_lock, remove_pack, update_packs, verify_packs
from omnigrid.model.errors import Conflict, InputError
from omnigrid.model.locks import LOCK_PATH, Change, LockedPack
from omnigrid.model.names import PackId
from omnigrid.packs.fetch_https import Web
from omnigrid.packs.mount import Supplied
from omnigrid.packs.registry import Offer
from omnigrid.supply import LockedSupply, pinned_source
from support.packing import Site, bytes_reply, pack_files, website, zip_of

MEADOW = PackId("meadow")
NEWER = pack_files(version="1.1.0", new__css=b"a{}")


class World:
    """A portfolio's folder, a cache, a clock that stands still, and a site with one archive."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.site, self.now = site, 1_800_000_000.0
        self.root, self.cache = folder / "portfolio", folder / "cache"
        (self.root / "template_packs").mkdir(parents=True)
        self.serve(pack_files())

    @property
    def source(self) -> str:
        return self.site.at("/meadow.zip")

    def serve(self, files: dict[str, bytes]) -> None:
        self.site.pages["/meadow.zip"] = bytes_reply(zip_of(files))

    def away(self) -> None:
        self.site.pages["/meadow.zip"] = lambda handler: handler.send_error(503)

    def reach(self, *, offline: bool = False, locked: bool = False) -> Reach:
        return Reach(
            self.root, self.cache, {}, Web(), lambda: self.now, offline=offline, locked=locked
        )

    def add(self, offer: Offer | None = None) -> Change:
        reach = self.reach()
        return add_pack(self.root, Sources(reach), LockedSupply(reach), self.source, offer)

    def update(self, *, dry_run: bool = False) -> tuple[Change, ...]:
        reach = self.reach()
        supply = LockedSupply(reach)
        return update_packs(self.root, Sources(reach), supply, (), dry_run=dry_run)

    def supply(self, *, offline: bool = False, locked: bool = False) -> Supplied:
        """Return what a new run is supplied with."""
        entry = current_lock(self.root).packs[MEADOW]
        return LockedSupply(self.reach(offline=offline, locked=locked)).pack(MEADOW, entry)

    def forget(self) -> None:
        for path in self.cache.glob("store/*.pack"):
            path.unlink()

    @property
    def lock(self) -> bytes:
        return (self.root / LOCK_PATH).read_bytes()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with website() as site:
        yield World(tmp_path, site)


def code(supplied: Supplied) -> str:
    return supplied.doubt.code if supplied.doubt else ""


def test_a_pack_is_locked_by_its_content_and_its_archive(world: World) -> None:
    entry = world.add().new
    assert entry is not None
    assert (entry.source, entry.resolved, entry.version) == (world.source, world.source, "1.0.0")
    assert entry.archive
    assert entry.files.keys() == pack_files().keys()
    assert world.supply().files == dict(sorted(pack_files().items()))


def test_adding_twice_changes_nothing(world: World) -> None:
    world.add()
    before = world.lock
    world.now += DAY
    assert world.add().old is not None
    assert world.lock == before


def test_the_cache_answers_for_a_day(world: World) -> None:
    world.add()
    world.supply()
    asked = len(world.site.asked)
    world.now += DAY - 1
    assert world.supply() == Supplied(dict(sorted(pack_files().items())))
    assert len(world.site.asked) == asked


def test_after_a_day_the_source_is_asked_once(world: World) -> None:
    world.add()
    world.supply()
    asked = len(world.site.asked)
    world.now += DAY
    assert code(world.supply()) == code(world.supply()) == ""
    assert len(world.site.asked) == asked + 1


def test_time_never_overrides_the_lock(world: World) -> None:
    world.add()
    world.supply()
    world.serve(NEWER)
    before = world.lock
    world.now += 10 * DAY
    supplied = world.supply()
    assert supplied.files == dict(sorted(pack_files().items()))
    assert code(supplied) == code(world.supply()) == "OG434"
    assert world.lock == before


def test_locked_stops_where_the_source_has_changed(world: World) -> None:
    world.add()
    world.serve(NEWER)
    world.now += DAY
    with pytest.raises(Conflict, match="--locked"):
        world.supply(locked=True)


def test_another_content_is_a_stop(world: World) -> None:
    world.add()
    world.forget()
    world.serve(NEWER)
    with pytest.raises(Conflict, match="is not what was locked"):
        world.supply()


def test_a_damaged_copy_is_fetched_anew(world: World) -> None:
    world.add()
    path = next(world.cache.glob("store/*.pack"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert world.supply().files == dict(sorted(pack_files().items()))


def test_offline_with_a_copy_is_a_warning(world: World) -> None:
    world.add()
    world.supply()
    world.now += DAY
    asked = len(world.site.asked)
    supplied = world.supply(offline=True)
    assert supplied.files
    assert code(supplied) == "OG435"
    assert world.supply(offline=True, locked=True).files
    assert len(world.site.asked) == asked


def test_offline_without_a_copy(world: World) -> None:
    world.add()
    world.forget()
    supplied = world.supply(offline=True)
    assert supplied.files is None
    assert code(supplied) == "OG433"
    with pytest.raises(Conflict):
        world.supply(offline=True, locked=True)


def test_a_source_that_is_away_is_a_warning_and_asked_again_later(world: World) -> None:
    world.add()
    world.supply()
    world.now += DAY
    world.away()
    assert code(world.supply()) == "OG435"
    asked = len(world.site.asked)
    assert code(world.supply()) == "OG435"
    assert len(world.site.asked) == asked
    world.serve(pack_files())
    world.now += DAY
    assert code(world.supply()) == ""


def test_a_source_that_is_away_without_a_copy(world: World) -> None:
    world.add()
    world.forget()
    world.away()
    assert code(world.supply()) == "OG433"


def test_a_clock_that_was_set_back_asks_again(world: World) -> None:
    world.add()
    world.supply()
    asked = len(world.site.asked)
    world.now -= DAY
    world.supply()
    assert len(world.site.asked) == asked + 1


def test_an_update_shows_each_file_before_it_is_locked(world: World) -> None:
    world.add()
    world.serve(NEWER)
    before = world.lock
    (change,) = world.update(dry_run=True)
    assert (change.added, change.removed, change.changed) == (("new.css",), (), ("pack.yaml",))
    assert change.old is not None
    assert change.new is not None
    assert (change.old.version, change.new.version) == ("1.0.0", "1.1.0")
    assert world.lock == before
    assert world.update() == (change,)
    assert world.update() == ()
    assert world.supply().files == dict(sorted(NEWER.items()))


def test_an_update_to_another_pack(world: World) -> None:
    world.add()
    world.serve(pack_files("field"))
    before = world.lock
    with pytest.raises(InputError, match='the pack "field", not "meadow"'):
        world.update()
    assert world.lock == before


def test_what_is_not_locked_cannot_be_updated_or_removed(world: World) -> None:
    reach = world.reach()
    with pytest.raises(InputError, match="is locked"):
        update_packs(world.root, Sources(reach), LockedSupply(reach), ("no",), dry_run=True)
    with pytest.raises(InputError, match="is locked"):
        remove_pack(world.root, "no")


def test_a_removed_pack(world: World) -> None:
    world.add()
    remove_pack(world.root, "meadow")
    assert current_lock(world.root).packs == {}


@pytest.mark.parametrize("folder", ["meadow", "Meadow"])
def test_a_name_that_a_folder_has(world: World, folder: str) -> None:
    (world.root / "template_packs" / folder).mkdir()
    with pytest.raises(Conflict, match="already"):
        world.add()
    assert not (world.root / LOCK_PATH).exists()


def test_a_name_that_another_source_has(world: World) -> None:
    world.add()
    world.site.pages["/other.zip"] = bytes_reply(zip_of(NEWER))
    reach = world.reach()
    with pytest.raises(Conflict, match="locked already"):
        add_pack(world.root, Sources(reach), LockedSupply(reach), world.site.at("/other.zip"), None)


@pytest.mark.parametrize(
    "text",
    [b"id: ../../etc\n", b"id: meadow\n", b"", b"a: &a [*a]\n", b"\xff\xfe", b"id: [" * 5000],
)
def test_a_pack_whose_own_file_has_faults(world: World, text: bytes) -> None:
    world.serve({**pack_files(), "pack.yaml": text})
    with pytest.raises(InputError) as caught:
        world.add()
    assert all("pack.yaml" in each.path for each in caught.value.diagnostics)
    assert caught.value.diagnostics
    assert not (world.root / LOCK_PATH).exists()


def offer(entry: LockedPack, **given: str) -> Offer:
    facts = {"id": "meadow", "name": "Meadow", "source": entry.source, "sha256": entry.sha256}
    return Offer(**(facts | {"version": "1.0.0"} | given))  # type: ignore[arg-type]


def test_a_pack_that_is_not_what_the_registry_says(world: World) -> None:
    entry = world.add().new
    assert entry is not None
    remove_pack(world.root, "meadow")
    with pytest.raises(Conflict, match="not what the registry says"):
        world.add(offer(entry, sha256="0" * 64))
    with pytest.raises(InputError, match='not "field"'):
        world.add(offer(entry, id="field"))
    assert world.add(offer(entry)).new == entry


def test_verifying_hashes_again(world: World) -> None:
    world.add()
    (verdict,) = verify_packs(world.root, LockedSupply(world.reach()))
    assert (verdict.id, verdict.intact, verdict.said) == (MEADOW, True, "")


def test_verifying_finds_a_lock_that_was_edited(world: World) -> None:
    world.add()
    (world.root / LOCK_PATH).write_bytes(world.lock.replace(b'"Meadow"', b'"Meadows"'))
    with pytest.raises(Conflict, match="not what its files say"):
        list(verify_packs(world.root, LockedSupply(world.reach())))


def test_verifying_a_pack_that_cannot_be_had(world: World) -> None:
    world.add()
    world.forget()
    (verdict,) = verify_packs(world.root, LockedSupply(world.reach(offline=True)))
    assert not verdict.intact
    assert verdict.said


COMMIT = "0123456789abcdef0123456789abcdef01234567"
_ENTRY = LockedPack(source="../x", resolved="../x", sha256="ab" * 32, bytes=1, pack={}, files={})


@pytest.mark.parametrize(
    "resolved",
    [
        f"git+https://evil.example/a@{COMMIT}",
        f"git+file:///srv/a@{COMMIT}",
        f"git+https://host.example/a@{COMMIT}#other",
        "git+https://host.example/a@v2",
        "../a",
    ],
)
def test_a_lock_cannot_fetch_from_elsewhere_than_it_says(resolved: str) -> None:
    entry = replace(_ENTRY, source="git+https://host.example/a@v1", resolved=resolved)
    with pytest.raises(InputError):
        pinned_source(entry)
    honest = f"git+https://host.example/a@{COMMIT}"
    assert pinned_source(replace(entry, resolved=honest)) == honest


@given(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40))
def test_any_lock_is_supplied_or_told_why_not(
    tmp_path_factory: pytest.TempPathFactory, source: str, resolved: str
) -> None:
    root = tmp_path_factory.mktemp("any")
    reach = Reach(root, root / "cache", {}, Web(), lambda: 0.0, offline=True)
    entry = replace(_ENTRY, source=source, resolved=resolved)
    supplied = LockedSupply(reach).pack(MEADOW, entry)
    assert supplied.files is None
    assert code(supplied) == "OG433"
