"""Rules between files: names that refer to something, and names that must be unique."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from heapq import nsmallest

from omnigrid.check.files import slug_of
from omnigrid.check.nearest import Names, did_you_mean
from omnigrid.model.files import ConfigFile
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.source import Document, Kind

_LISTED = 8
"""Names that a hint may list when none is near."""


REFERENCES: dict[Kind, tuple[str, ...]] = {
    Kind.SECTOR: ("template",),
    Kind.BRAND: ("sector", "template"),
    Kind.PAGE: ("sector", "template", "brand"),
}
"""The keys that name something else, by kind of file."""


def check_references(
    documents: Iterable[Document], pack_ids: frozenset[PackId]
) -> Iterator[Finding]:
    """Yield every reference to a sector, template or brand that does not exist.

    Looks at all files, also at those with other faults, and takes every id that a file claims for
    one that exists: one mistake is one finding.
    """
    documents = tuple(documents)
    known = {
        "template": _Known({str(pack): f"template_packs/{pack}/" for pack in pack_ids}),
        "sector": _Known(_first_claims(documents, Kind.SECTOR)),
        "brand": _Known(_first_claims(documents, Kind.BRAND)),
    }
    for document in documents:
        for key in REFERENCES.get(document.kind, ()):
            yield from _refer(document.path, key, text_at(document, key), known[key])
        if document.kind is Kind.PAGE and not (
            text_at(document, "intent") or text_at(document, "brand")
        ):
            yield Finding(
                "OG103",
                "the page says neither an intent nor a brand",
                Place(document.path, ("title",), on_key=True),
                "add `intent:` with the need in plain words, or `brand:` with a brand's id",
            )


def text_at(document: Document, key: str) -> str | None:
    """Return the text that a document has at a key of its first level."""
    value = document.data.get(key) if isinstance(document.data, dict) else None
    return value if isinstance(value, str) else None


def claimed_ids(documents: Iterable[Document], kind: Kind) -> dict[str, list[SourcePath]]:
    """Return every id that a file of a kind claims, valid or not, and the files that do."""
    return _by_text((d.path, text_at(d, "id")) for d in documents if d.kind is kind)


def _by_text(pairs: Iterable[tuple[SourcePath, str | None]]) -> dict[str, list[SourcePath]]:
    found: dict[str, list[SourcePath]] = defaultdict(list)
    for path, text in pairs:
        if text is not None:
            found[text].append(path)
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


def _first_claims(documents: Iterable[Document], kind: Kind) -> dict[str, str]:
    return {name: paths[0] for name, paths in claimed_ids(documents, kind).items()}


def _refer(path: SourcePath, key: str, name: str | None, known: _Known) -> Iterator[Finding]:
    if name is None or name in known.places:
        return
    near = known.names.nearest(name)
    if near:
        hint = did_you_mean(near, known.places[near])
    elif known.places:
        hint = f"known: {known.listed}"
    else:
        hint = f"this portfolio has no {key} yet"
    yield Finding("OG104", f'unknown {key} "{name}"', Place(path, (key,)), hint)


def check_unique(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield every id, address and domain that two files claim; each at the later file.

    Capitals make no difference: ids are names of files in the build, and on many disks "Garden"
    and "garden" are one file.
    """
    documents = tuple(documents)
    for kind in (Kind.SECTOR, Kind.BRAND):
        for name, paths in _claims_in_any_case(documents, kind):
            yield from _twice(paths, "OG201", f'the {kind.value} id "{name}"', ("id",))
        slugs = _by_text((d.path, slug_of(d.path).casefold()) for d in documents if d.kind is kind)
        for slug, paths in slugs.items():
            yield from _twice(paths, "OG202", f'the {kind.value} file name "{slug}"', ())
    brands = (document for document in documents if document.kind is Kind.BRAND)
    for domain, paths in _by_text((d.path, text_at(d, "domain")) for d in brands).items():
        yield from _twice(paths, "OG203", f'the domain "{domain}"', ("domain",))


def _claims_in_any_case(
    documents: Iterable[Document], kind: Kind
) -> Iterator[tuple[str, list[SourcePath]]]:
    """Yield each id as it is first written, and the files that claim it in any capitals."""
    found: dict[str, tuple[str, list[SourcePath]]] = {}
    for name, paths in claimed_ids(documents, kind).items():
        found.setdefault(name.casefold(), (name, []))[1].extend(paths)
    yield from found.values()


def check_targets(config: ConfigFile) -> Iterator[Finding]:
    """Yield every target whose name another one has."""
    seen: set[str] = set()
    for number, target in enumerate(config.targets):
        if target.name in seen:
            yield Finding(
                "OG201",
                f'two targets are named "{target.name}"',
                Place(SourcePath("omnigrid.yaml"), ("targets", number, "name")),
                "give each target a name of its own",
            )
        seen.add(target.name)


def _twice(
    paths: list[SourcePath], code: str, subject: str, keys: tuple[str, ...]
) -> Iterator[Finding]:
    for path in paths[1:]:
        yield Finding(
            code,
            f"{subject} is already used in {paths[0]}",
            Place(path, keys),
            f"give one of the two another {keys[0]}" if keys else "rename one of the two files",
        )
