"""Rules between files: names that refer to something, and names that must be unique."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from omnigrid.check.files import Files
from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import PackId, SourcePath
from omnigrid.model.source import Kind

_LISTED = 8
"""Names that a hint may list when none is near."""


def check_references(files: Files, pack_ids: frozenset[PackId]) -> Iterator[Finding]:
    """Yield every reference to a sector, template or brand that does not exist."""
    packs = {str(pack): f"template_packs/{pack}/" for pack in pack_ids}
    sectors = {name: paths[0] for name, paths in files.ids[Kind.SECTOR].items()}
    brands = {name: paths[0] for name, paths in files.ids[Kind.BRAND].items()}
    for sector in files.sectors:
        yield from _refer(sector.path, "template", sector.file.template, packs)
    for brand in files.brands:
        yield from _refer(brand.path, "sector", brand.file.sector, sectors)
        yield from _refer(brand.path, "template", brand.file.template, packs)
    for page in files.pages:
        yield from _refer(page.path, "sector", page.file.sector, sectors)
        yield from _refer(page.path, "template", page.file.template, packs)
        yield from _refer(page.path, "brand", page.file.brand, brands)
        if page.file.brand is None and page.file.intent is None:
            yield Finding(
                "OG103",
                "the page says neither an intent nor a brand",
                Place(page.path, ("title",), on_key=True),
                "add `intent:` with the need in plain words, or `brand:` with a brand's id",
            )


def _refer(
    path: SourcePath, key: str, name: str | None, places: Mapping[str, str]
) -> Iterator[Finding]:
    if name is None or name in places:
        return
    near = nearest(name, places)
    hint = did_you_mean(near, places[near]) if near else _choices(key, places)
    yield Finding("OG104", f'unknown {key} "{name}"', Place(path, (key,)), hint)


def _choices(key: str, places: Mapping[str, str]) -> str:
    if not places:
        return f"this portfolio has no {key} yet"
    listed = ", ".join(sorted(places)[:_LISTED])
    return f"known: {listed}{', …' if len(places) > _LISTED else ''}"


def check_unique(files: Files) -> Iterator[Finding]:
    """Yield every id, address and domain that two files claim; each at the later file."""
    for kind in (Kind.SECTOR, Kind.BRAND):
        for name, paths in files.ids[kind].items():
            yield from _twice(paths, "OG201", f'the {kind.value} id "{name}"', ("id",))
    brands, sectors = files.brands, files.sectors
    yield from _same_address(((b.slug, b.path) for b in brands), "brand")
    yield from _same_address(((s.slug, s.path) for s in sectors), "sector")
    domains: dict[str, list[SourcePath]] = defaultdict(list)
    for brand in brands:
        if brand.file.domain:
            domains[brand.file.domain].append(brand.path)
    for domain, paths in domains.items():
        yield from _twice(paths, "OG203", f'the domain "{domain}"', ("domain",))


def _same_address(named: Iterable[tuple[str, SourcePath]], kind: str) -> Iterator[Finding]:
    places: dict[str, list[SourcePath]] = defaultdict(list)
    for slug, path in named:
        places[slug.casefold()].append(path)
    for slug, paths in places.items():
        yield from _twice(paths, "OG202", f'the {kind} file name "{slug}"', ())


def _twice(
    paths: list[SourcePath], code: str, subject: str, keys: tuple[str, ...]
) -> Iterator[Finding]:
    for path in paths[1:]:
        yield Finding(
            code,
            f"{subject} is already used in {paths[0]}",
            Place(path, keys),
            "rename one of the two files" if code == "OG202" else "give one of the two another",
        )
