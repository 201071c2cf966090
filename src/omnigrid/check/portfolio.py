"""The judgement: a checked portfolio, or everything that is wrong with it."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from omnigrid.check.files import Files, Typed, check_file_names, read_files
from omnigrid.check.forge import check_forge
from omnigrid.check.references import (
    REFERENCES,
    check_references,
    check_targets,
    check_unique,
    text_at,
)
from omnigrid.check.rules import check_rules
from omnigrid.check.tangles import check_tangles
from omnigrid.check.texts import check_texts
from omnigrid.model.files import BrandFile, ConfigFile, FrontMatter, SectorFile
from omnigrid.model.findings import Finding, Place, Severity
from omnigrid.model.palette import own_accent
from omnigrid.model.portfolio import Brand, Page, Portfolio, Sector
from omnigrid.model.source import Snapshot

DEFAULT_COLOUR = "#3451b2"


class Checked(NamedTuple):
    """``portfolio`` is None where a finding is an error."""

    portfolio: Portfolio | None
    findings: tuple[Finding, ...]


def check_portfolio(snapshot: Snapshot, dated: dt.date | None, drafts: bool = False) -> Checked:
    """Return the portfolio that the files describe, and every finding.

    ``dated`` is the day that counts as today: pages that have expired by then are left out, and so
    are drafts unless asked for.
    """
    files = read_files(snapshot)
    findings = [
        *snapshot.findings,
        *_without_references(files.findings, snapshot),
        *check_file_names(snapshot.documents),
        *check_references(snapshot.documents, snapshot.pack_ids),
        *check_unique(snapshot.documents),
        *_check_packs(files),
        *(check_targets(files.config) if files.config else ()),
        *(check_forge(files.config) if files.config else ()),
        *check_texts(snapshot.documents),
        *check_tangles(snapshot.documents),
        *check_rules(files, dated),
    ]
    if files.config is None or any(f.severity is Severity.ERROR for f in findings):
        return Checked(None, tuple(findings))
    return Checked(_resolve(files, files.config, dated, drafts), tuple(findings))


def _without_references(findings: list[Finding], snapshot: Snapshot) -> Iterator[Finding]:
    """Leave out that a name is badly formed: the check of references says which is meant."""
    names = {
        (document.path, (key,))
        for document in snapshot.documents
        for key in REFERENCES.get(document.kind, ())
        if text_at(document, key) is not None
    }
    for finding in findings:
        if (finding.place.path, finding.place.keys) not in names:
            yield finding


def _check_packs(files: Files) -> list[Finding]:
    return [
        Finding(
            "OG401",
            f'the pack\'s id "{pack.file.id}" differs from the name of its folder',
            Place(pack.path, ("id",)),
            f"write `id: {folder}`, or rename the folder",
        )
        for pack in files.packs
        if pack.file.id != (folder := pack.path.split("/")[1])
    ]


def _resolve(files: Files, config: ConfigFile, dated: dt.date | None, drafts: bool) -> Portfolio:
    sectors = {typed.file.id: _sector(typed) for typed in files.sectors}
    brands = [_brand(typed, sectors[typed.file.sector]) for typed in files.brands]
    pages = (page for page in files.pages if _is_shown(page.file, dated, drafts))
    return Portfolio(
        config=config,
        sectors=tuple(sorted(sectors.values(), key=lambda sector: sector.id)),
        brands=tuple(sorted(brands, key=lambda brand: brand.id)),
        pages=tuple(_page(page) for page in pages),
        packs={pack.file.id: pack.file for pack in files.packs},
        dated=dated,
    )


def _is_shown(page: FrontMatter, dated: dt.date | None, drafts: bool) -> bool:
    expired = page.expires is not None and dated is not None and page.expires <= dated
    return drafts or not (page.draft or expired)


def _sector(typed: Typed[SectorFile]) -> Sector:
    file = typed.file
    return Sector(
        id=file.id,
        slug=typed.slug,
        source=typed.path,
        name=file.name,
        description=file.description,
        health=file.health,
        template=file.template,
        color=file.theme.accent or file.color or DEFAULT_COLOUR,
    )


def _brand(typed: Typed[BrandFile], sector: Sector) -> Brand:
    file = typed.file
    return Brand(
        slug=typed.slug,
        source=typed.path,
        template=file.template or sector.template,
        accent=file.theme.accent or own_accent(sector.color, file.id),
        **{name: getattr(file, name) for name in _AS_WRITTEN},
    )


_AS_WRITTEN = tuple(
    name
    for name in BrandFile.__struct_fields__
    if name in Brand.__struct_fields__ and name not in {"template", "accent"}
)


def _page(typed: Typed[FrontMatter]) -> Page:
    file = typed.file
    return Page(
        slug=typed.slug,
        source=typed.path,
        body=typed.body,
        **{
            name: getattr(file, name)
            for name in FrontMatter.__struct_fields__
            if name in Page.__struct_fields__
        },
    )
