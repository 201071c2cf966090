"""The judgement: a checked portfolio, or everything that is wrong with it."""

import datetime as dt
from typing import NamedTuple

from omnigrid.check.files import Files, Typed
from omnigrid.check.forge import check_forge
from omnigrid.check.references import check_references, check_targets, check_unique
from omnigrid.check.rules import check_rules
from omnigrid.model.files import BrandFile, ConfigFile, FrontMatter, SectorFile
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.portfolio import Brand, Page, Portfolio, Sector
from omnigrid.model.source import Readings

DEFAULT_COLOUR = "#3451b2"


class Checked(NamedTuple):
    """``portfolio`` is None where a finding is an error."""

    portfolio: Portfolio | None
    findings: tuple[Finding, ...]


def check_portfolio(
    readings: Readings, dated: dt.date | None, *, drafts: bool = False, doubts: bool = True
) -> Checked:
    """Return the portfolio that the files describe, and every finding; no ``doubts`` on request.

    ``dated`` is the day that counts as today: pages that have expired by then are left out, and so
    are drafts unless asked for.
    """
    files = Files(readings.files)
    findings = [
        *(finding for each in readings.files for finding in each.findings),
        *check_references(readings.files, readings.pack_ids),
        *check_unique(readings.files),
        *(check_targets(files.config) if files.config else ()),
        *(check_forge(files.config) if files.config else ()),
        *(check_rules(files, dated) if doubts else ()),
    ]
    if files.config is None or any(f.severity is Severity.ERROR for f in findings):
        return Checked(None, tuple(findings))
    return Checked(_resolve(files, files.config, dated, drafts), tuple(findings))


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
        id=file.id,
        slug=typed.slug,
        source=typed.path,
        digest=typed.digest,
        name=file.name,
        sector=file.sector,
        template=file.template or sector.template,
        tagline=file.tagline,
        description=file.description,
        keywords=file.keywords,
        examples=file.examples,
        priority=file.priority,
        owner=file.owner,
        trademark=file.trademark,
        license=file.license,
        family=sector.color,
        own_accent=file.theme.accent,
        domain=file.domain,
        links=file.links,
        logo=file.logo,
        contact=file.contact,
    )


def _page(typed: Typed[FrontMatter]) -> Page:
    file = typed.file
    return Page(
        slug=typed.slug,
        source=typed.path,
        digest=typed.digest,
        title=file.title,
        intent=file.intent,
        brand=file.brand,
        sector=file.sector,
        template=file.template,
        priority=file.priority,
        date=file.date,
        tags=file.tags,
        body=typed.body,
    )
