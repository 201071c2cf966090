"""The judgement: a checked portfolio, or everything that is wrong with it."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from omnigrid.check.album import Album
from omnigrid.check.approvals import check_approvals
from omnigrid.check.files import Files, Typed
from omnigrid.check.forge import check_forge
from omnigrid.check.overrides import check_overrides
from omnigrid.check.references import check_references, check_unique
from omnigrid.check.rules import check_rules
from omnigrid.check.shelf import Shelf
from omnigrid.check.targets import check_targets
from omnigrid.check.themes import check_themes
from omnigrid.model.digests import digest_bytes
from omnigrid.model.files import BrandFile, ConfigFile, FrontMatter, SectorFile
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.names import Digest
from omnigrid.model.portfolio import Brand, Page, Portfolio, Sector
from omnigrid.model.source import Kind, Readings

DEFAULT_COLOUR = "#3451b2"
_BESIDE = frozenset({Kind.PICTURE, Kind.ATTACHMENT})
"""Kinds that matter where something names them or they stand beside it."""


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
    files, album = Files(readings.files), Album(readings.files)
    shelf = Shelf(readings.files, readings.others)
    findings = [
        *(f for each in readings.files if each.kind not in _BESIDE for f in each.findings),
        *album.findings(),
        *shelf.findings(),
        *readings.findings,
        *check_references(readings.files, readings.pack_ids),
        *check_unique(readings.files),
        *(check_targets(files.config) if files.config else ()),
        *(check_forge(files.config) if files.config else ()),
        *check_themes(files),
        *check_overrides(readings.replacing, readings.pack_ids),
        *check_approvals(files, dated),
        *(check_rules(files, dated) if doubts else ()),
    ]
    if files.config is None or any(f.severity is Severity.ERROR for f in findings):
        return Checked(None, tuple(findings))
    return Checked(
        _resolve(files, album, shelf, files.config, dated, drafts=drafts), tuple(findings)
    )


def _resolve(
    files: Files,
    album: Album,
    shelf: Shelf,
    config: ConfigFile,
    dated: dt.date | None,
    *,
    drafts: bool,
) -> Portfolio:
    sectors = {typed.file.id: sector_of(typed, config) for typed in files.sectors}
    brands = [brand_of(typed, sectors[typed.file.sector], album) for typed in files.brands]
    pages = (page for page in files.pages if is_shown(page.file, dated, drafts))
    return Portfolio(
        config=config,
        sectors=tuple(sorted(sectors.values(), key=lambda sector: sector.id)),
        brands=tuple(sorted(brands, key=lambda brand: brand.id)),
        pages=tuple(page_of(page, album, shelf) for page in pages),
        packs={pack.file.id: pack.file for pack in files.packs},
        dated=dated,
        measured=files.measured,
    )


def is_shown(page: FrontMatter, dated: dt.date | None, drafts: bool) -> bool:
    """Whether a page is part of the portfolio on a day."""
    expired = page.expires is not None and dated is not None and page.expires <= dated
    return drafts or not (page.draft or expired)


def sector_of(typed: Typed[SectorFile], config: ConfigFile) -> Sector:
    """Return a sector with its defaults filled in."""
    file = typed.file
    return Sector(
        id=file.id,
        slug=typed.slug,
        source=typed.path,
        name=file.name,
        description=file.description,
        health=file.health,
        template=file.template,
        color=file.theme.accent or file.color or config.theme.accent or DEFAULT_COLOUR,
        tokens=config.theme.tokens | file.theme.tokens,
    )


def brand_of(typed: Typed[BrandFile], sector: Sector, album: Album) -> Brand:
    """Return a brand with its defaults filled in."""
    file, logo = typed.file, album.logo(typed.file.logo)
    return Brand(
        id=file.id,
        slug=typed.slug,
        source=typed.path,
        digest=_with(typed.digest, [logo.digest] if logo else []),
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
        logo=logo,
        contact=file.contact,
        tokens=sector.tokens | file.theme.tokens if file.theme.tokens else sector.tokens,
    )


def page_of(typed: Typed[FrontMatter], album: Album, shelf: Shelf) -> Page:
    """Return a page with its pictures and the files that it hands out."""
    file, pictures = typed.file, album.of_page(typed.path)
    attachments = shelf.of_page(typed.path)
    beside: list[str] = [each.digest for _, each in pictures]
    beside += [f"{each.source} {each.digest}" for each in attachments]
    return Page(
        slug=typed.slug,
        source=typed.path,
        digest=_with(typed.digest, beside),
        title=file.title,
        intent=file.intent,
        brand=file.brand,
        sector=file.sector,
        template=file.template,
        priority=file.priority,
        date=file.date,
        tags=file.tags,
        body=typed.body,
        pictures=pictures,
        attachments=attachments,
    )


def _with(digest: Digest, beside: Sequence[str]) -> Digest:
    """Return the digest of a file and of what stands beside it."""
    return digest_bytes("".join([digest, *beside]).encode()) if beside else digest
