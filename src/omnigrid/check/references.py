"""Rules between files: names that refer to something, and names that must be unique."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest

from omnigrid.check.files import REFERENCES, slug_of
from omnigrid.check.nearest import Names, did_you_mean
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.source import Kind, Reading

_LISTED = 8
"""Names that a hint may list when none is near."""


def check_references(readings: Sequence[Reading], pack_ids: frozenset[PackId]) -> Iterator[Finding]:
    """Yield every reference to a sector, template or brand that does not exist.

    Looks at all files, also at those with other faults, and takes every id that a file claims for
    one that exists: one mistake is one finding.
    """
    known = {
        "template": _Known({str(pack): f"template_packs/{pack}/" for pack in pack_ids}),
        "sector": _Known(_first_claims(readings, Kind.SECTOR)),
        "brand": _Known(_first_claims(readings, Kind.BRAND)),
    }
    places = {kind: [(key, known[key].places) for key in keys] for kind, keys in REFERENCES.items()}
    for reading in readings:
        claims = reading.claims
        for key, there in places.get(reading.kind, ()):
            name = getattr(claims, key)
            if name is not None and name not in there:
                yield _unknown(reading.path, key, name, known[key])
        if reading.kind is Kind.PAGE and not (claims.intent or claims.brand) and _has_data(reading):
            yield Finding(
                "OG103",
                "the page says neither an intent nor a brand",
                Place(reading.path, ("title",), on_key=True),
                "add `intent:` with the need in plain words, or `brand:` with a brand's id",
            )


def _has_data(reading: Reading) -> bool:
    """Whether a file could be read at all."""
    return reading.digest != ""


def claimed_ids(readings: Iterable[Reading], kind: Kind) -> dict[str, list[SourcePath]]:
    """Return every id that a file of a kind claims, valid or not, and the files that do."""
    return _by_text((each.path, each.claims.id) for each in readings if each.kind is kind)


def _by_text(pairs: Iterable[tuple[SourcePath, str | None]]) -> dict[str, list[SourcePath]]:
    found: dict[str, list[SourcePath]] = {}
    for path, text in pairs:
        if text is not None:
            found.setdefault(text, []).append(path)
    return found


class _Known:
    """The names that a key may refer to, and where each stands."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self.places = places

    @cached_property
    def names(self) -> Names:
        """The names, for the nearest one."""
        return Names(self.places)

    @cached_property
    def listed(self) -> str:
        """A few of them, for a hint."""
        first = nsmallest(_LISTED + 1, self.places)
        return ", ".join(first[:_LISTED]) + (", …" if len(first) > _LISTED else "")


def _first_claims(readings: Iterable[Reading], kind: Kind) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in readings:
        if each.kind is kind and each.claims.id is not None:
            found.setdefault(each.claims.id, each.path)
    return found


def _unknown(path: SourcePath, key: str, name: str, known: _Known) -> Finding:
    near = known.names.nearest(name)
    if near:
        hint = did_you_mean(near, known.places[near])
    elif known.places:
        hint = f"known: {known.listed}"
    else:
        hint = f"this portfolio has no {key} yet"
    return Finding("OG104", f'unknown {key} "{name}"', Place(path, (key,)), hint)


def check_unique(readings: Sequence[Reading]) -> Iterator[Finding]:
    """Yield every id, address and domain that two files claim; each at the later file.

    Capitals make no difference: ids are names of files in the build, and on many disks "Garden"
    and "garden" are one file.
    """
    for kind in (Kind.SECTOR, Kind.BRAND):
        group = [each for each in readings if each.kind is kind]
        ids = [each.claims.id.casefold() for each in group if each.claims.id is not None]
        slugs = [slug_of(each.path).casefold() for each in group]
        domains = [each.claims.domain for each in group if each.claims.domain is not None]
        if any(len({*texts}) < len(texts) for texts in (ids, slugs, domains)):
            yield from _doubles(group, kind)


def _doubles(group: Sequence[Reading], kind: Kind) -> Iterator[Finding]:
    for name, paths in _claims_in_any_case(group, kind):
        yield from _twice(paths, "OG201", f'the {kind.value} id "{name}"', ("id",))
    slugs = _by_text((each.path, slug_of(each.path).casefold()) for each in group)
    for slug, paths in slugs.items():
        yield from _twice(paths, "OG202", f'the {kind.value} file name "{slug}"', ())
    if kind is Kind.BRAND:
        domains = _by_text((each.path, each.claims.domain) for each in group)
        for domain, paths in domains.items():
            yield from _twice(paths, "OG203", f'the domain "{domain}"', ("domain",))


def _claims_in_any_case(
    readings: Iterable[Reading], kind: Kind
) -> Iterator[tuple[str, list[SourcePath]]]:
    """Yield each id as it is first written, and the files that claim it in any capitals."""
    found: dict[str, tuple[str, list[SourcePath]]] = {}
    for name, paths in claimed_ids(readings, kind).items():
        found.setdefault(name.casefold(), (name, []))[1].extend(paths)
    yield from found.values()


def _twice(
    paths: list[SourcePath], code: str, subject: str, keys: tuple[str, ...]
) -> Iterator[Finding]:
    if len(paths) == 1:
        return
    for path in paths[1:]:
        yield Finding(
            code,
            f"{subject} is already used in {paths[0]}",
            Place(path, keys),
            f"give one of the two another {keys[0]}" if keys else "rename one of the two files",
        )
