"""The lock's text: stable, reviewable, and refused where it was changed by hand into nonsense."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.findings import Finding
from omnigrid.model.locks import Lock, LockedPack
from omnigrid.model.names import PackId
from omnigrid.packs.lock import lock_text, parse_lock

SHA = "ab" * 32


def locked(**given: object) -> LockedPack:
    facts: dict[str, object] = {
        "source": "../plain",
        "resolved": "../plain",
        "sha256": SHA,
        "bytes": 12,
        "pack": {"id": "plain", "version": "1.0.0"},
        "files": {"index.html": SHA, "pack.yaml": SHA},
    }
    return LockedPack(**(facts | given))  # type: ignore[arg-type]


_IDS = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,20}", fullmatch=True).map(PackId)
_PACKS = st.builds(
    locked,
    source=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1),
    archive=st.none() | st.just("cd" * 32),
    bytes=st.integers(0, 2**40),
    date=st.none() | st.dates(),
    files=st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=20), st.just(SHA)),
)
_LOCKS = st.dictionaries(_IDS, _PACKS, max_size=4).map(lambda packs: Lock(packs=packs))


@given(_LOCKS)
def test_a_lock_is_read_as_it_was_written(lock: Lock) -> None:
    assert parse_lock(lock_text(lock).encode()) == lock


@given(_LOCKS)
def test_equal_locks_have_equal_texts(lock: Lock) -> None:
    turned = Lock(packs=dict(reversed(lock.packs.items())))
    assert lock_text(turned) == lock_text(lock)


def test_one_changed_file_is_one_changed_line() -> None:
    old = lock_text(Lock(packs={PackId("plain"): locked()})).splitlines()
    files = {"index.html": "cd" * 32, "pack.yaml": SHA}
    new = lock_text(Lock(packs={PackId("plain"): locked(files=files)})).splitlines()
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


def test_no_clock_is_in_it() -> None:
    entry = locked(date=dt.date(2026, 5, 4))
    plain = json.loads(lock_text(Lock(packs={PackId("plain"): entry})))
    assert plain["packs"]["plain"]["date"] == "2026-05-04"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("<<<<<<< ours\n{}", "not JSON"),
        ("[]", "object"),
        ('{"version": 2}', "version"),
        ('{"version": 1, "packs": {"../x": {}}}', "packs"),
        ('{"version": 1, "packs": {"a": {"source": "x"}}}', "packs"),
        ('{"version": 1, "more": 1}', "more"),
        ('{"version": 1, "version": 1}', "twice"),
        ("[" * 100_000, "readable"),
        ('{"version": ' + "9" * 5000 + "}", ""),
    ],
)
def test_a_damaged_lock_is_a_finding(text: str, why: str) -> None:
    found = parse_lock(text.encode())
    assert isinstance(found, Finding)
    assert found.code == "OG431"
    assert why in found.message
    assert found.hint


def test_a_digest_of_another_form_is_named_by_its_place() -> None:
    entry = json.loads(lock_text(Lock(packs={PackId("plain"): locked()})))
    entry["packs"]["plain"]["sha256"] = "AB"
    found = parse_lock(json.dumps(entry).encode())
    assert isinstance(found, Finding)
    assert found.place.keys[0] == "packs"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_lock_or_a_finding(data: bytes) -> None:
    assert isinstance(parse_lock(data), Lock | Finding)
