"""The static API: what stands below ``build/api/``. Every file carries its ``version``."""

import datetime as dt
from collections import Counter
from typing import Any

import msgspec

from omnigrid.model.health import WEIGHTS
from omnigrid.model.matching import FoundBy, Matches, Placement
from omnigrid.model.names import OutPath
from omnigrid.model.portfolio import Brand, Page, Portfolio, Sector, health_status
from omnigrid.model.sharing import Scoring
from omnigrid.model.views import ApiView, Figures
from omnigrid.plan.cards import SITES, brand_address
from omnigrid.plan.families import Families
from omnigrid.plan.health import Healths

API = "api/"
MATCH = "api/match/"
WORDS = "words.bin"
VERSION = 1
MATCH_VERSION = 3
"""Of what browsers match intents with."""
PULSE_SECONDS = 9
"""How often a served heatmap asks for news."""
OVERVIEW_FILES = (
    "index.json",
    "intents.json",
    "match.json",
    "sectors.json",
    "status.json",
    "templates.json",
)


def brand_document(
    brand: Brand, portfolio: Portfolio, pages: list[Page], logo: str | None = None
) -> dict[str, Any]:
    """Return what ``api/brands/<id>.json`` says; ``logo`` is its address within the site."""
    facts = msgspec.to_builtins(brand)
    for internal in ("source", "digest", "examples", "family", "own_accent"):
        del facts[internal]
    facts["template"] = {"id": brand.template, "name": portfolio.packs[brand.template].name}
    return {
        "version": VERSION,
        **facts,
        "accent": brand.accent,
        "logo": f"{SITES}{brand.slug}/{logo}" if logo else None,
        "url": f"{SITES}{brand.slug}/index.html",
        "pages": [
            {"title": page.title, "url": f"{SITES}{brand.slug}/{page.slug}.html"} for page in pages
        ],
    }


def sector_summary(sector: Sector, health: int | None, brand_count: int) -> dict[str, Any]:
    """Return a sector as the API's lists show it."""
    return {
        "id": sector.id,
        "slug": sector.slug,
        "name": sector.name,
        "health": health,
        "status": health_status(health),
        "declared_health": sector.health,
        "color": sector.color,
        "brand_count": brand_count,
    }


def sector_document(sector: Sector, families: Families, brands: list[Brand]) -> dict[str, Any]:
    """Return what ``api/sectors/<id>.json`` says; it lists these brands."""
    healths, family = families.healths, families.of(sector.id)
    parts = healths.shares(sector, family)
    return {
        "version": VERSION,
        **sector_summary(sector, families.health(sector), len(family)),
        "description": sector.description,
        "measured_at": measured_at(healths),
        "health_parts": [
            {"part": s.part, "good": s.good, "of": s.of, "weight": WEIGHTS[s.part]} for s in parts
        ],
        "brands": [_listed(brand, sector, healths) for brand in brands],
    }


def measured_at(healths: Healths) -> str | None:
    """Return when health was measured, by RFC 3339 in UTC; None where it never was."""
    measured = healths.measured
    return f"{measured.measured_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}" if measured else None


def _listed(brand: Brand, sector: Sector, healths: Healths) -> dict[str, Any]:
    """Return a brand as the document of its sector lists it: what the front page searches.

    Its address is relative to ``build/``; its health is null where nothing was measured.
    """
    health = healths.of_brand(brand, sector)
    return {
        "id": brand.id,
        "name": brand.name,
        "tagline": brand.tagline,
        "url": brand_address(brand, ""),
        "accent": brand.accent,
        "template": brand.template,
        "priority": brand.priority,
        "health": health,
        "status": health_status(health),
    }


def overview(
    portfolio: Portfolio, families: Families, numbers: Figures, matches: Matches, scoring: Scoring
) -> ApiView:
    """Return the API's small files about the whole portfolio."""
    sectors = [
        sector_summary(s, families.health(s), len(families.of(s.id))) for s in portfolio.sectors
    ]
    dated = portfolio.dated.isoformat() if portfolio.dated else None
    documents: dict[str, Any] = {
        "index.json": {
            "portfolio": portfolio.config.name,
            "figures": numbers,
            "brands": "brands/{id}.json",
            "sectors": "sectors/{id}.json",
            "files": [
                "sectors.json",
                "templates.json",
                "intents.json",
                "status.json",
                "match.json",
            ],
        },
        "sectors.json": {"sectors": sectors},
        "templates.json": {"templates": _templates(portfolio)},
        "intents.json": {"intents": [_intent(p) for p in matches if p.ranking is not None]},
        "match.json": {
            "threshold": portfolio.config.matching.threshold,
            "files": [f"match/{sector.id}.json" for sector in portfolio.sectors],
            "words": f"match/{WORDS}",
            "scoring": scoring,
        },
        "status.json": {
            "data_as_of": dated,
            "measured_at": measured_at(families.healths),
            "pulse_seconds": PULSE_SECONDS,
            "figures": numbers,
            "sectors": sectors,
        },
    }
    return ApiView(
        tuple(
            (OutPath(API + name), {"version": VERSION, **value})
            for name, value in sorted(documents.items())
        )
    )


def match_view(sector: Sector, brands: list[Brand], found_by: FoundBy) -> ApiView:
    """Return the file from which a browser matches intents with a sector's brands.

    Both are in one order. Addresses are relative to ``build/``.
    """
    rows = [
        {**msgspec.to_builtins(each, str_keys=True), "url": brand_address(brand, "")}
        for brand, each in zip(brands, found_by.brands, strict=True)
    ]
    document = {
        "version": MATCH_VERSION,
        "sector": sector.id,
        "name": sector.name,
        "stems": found_by.stems,
        "brands": rows,
    }
    return ApiView(((OutPath(f"{MATCH}{sector.id}.json"), document),))


def words_view(table: bytes) -> ApiView:
    """Return the file of word vectors, as it stands."""
    return ApiView(((OutPath(f"{MATCH}{WORDS}"), table),))


def _templates(portfolio: Portfolio) -> list[dict[str, Any]]:
    counts = Counter([brand.template for brand in portfolio.brands])
    return [
        {
            "id": pack_id,
            "name": pack.name,
            "version": pack.version,
            "description": pack.description,
            "features": pack.features,
            "brand_count": counts[pack_id],
        }
        for pack_id, pack in sorted(portfolio.packs.items())
    ]


def _intent(placement: Placement) -> dict[str, Any]:
    ranking = placement.ranking
    assert ranking is not None  # noqa: S101  (the caller lists matched pages only)
    return {
        "source": placement.source,
        "intent": ranking.intent,
        "unmatched": ranking.unmatched,
        "brand": placement.brand,
        "matches": ranking.matches,
    }
