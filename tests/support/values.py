"""A small portfolio as checked values."""

import datetime as dt
from functools import partial
from typing import Any

from omnigrid.finder import Finder
from omnigrid.match.placing import match_intents
from omnigrid.matching import matcher_of
from omnigrid.model.digests import digest_bytes, digest_files, digest_value
from omnigrid.model.files import ConfigFile, Contact, PackFile, Priority, Trademark
from omnigrid.model.matching import Matches
from omnigrid.model.names import BrandId, PackId, SectorId, Slug, SourcePath, slugify
from omnigrid.model.packs import BASE_PACK, PORTFOLIO_PACK, Pack, Packs
from omnigrid.model.portfolio import Brand, Page, Portfolio, Sector
from omnigrid.plan.overall import LAUNCH_FILES
from omnigrid.plan.sites import pages_by_brand
from omnigrid.plan.views import Views

PACK = PackId("plain")
BODIES: dict[str, str] = {}
"""The Markdown of every page that was made here, by its digest."""
TODAY = dt.date(2026, 11, 1)


def sector(name: str = "Garden", **given: Any) -> Sector:
    facts: dict[str, Any] = {
        "id": SectorId(name),
        "slug": slugify(name),
        "source": SourcePath(f"sectors/{slugify(name)}.yaml"),
        "name": name,
        "description": f"All of {name}.",
        "health": 96,
        "template": PACK,
        "color": "#2b8a3e",
    }
    return Sector(**(facts | given))


def brand(number: int, name: str, **given: Any) -> Brand:
    facts: dict[str, Any] = {
        "id": BrandId(f"TST-{number:03d}"),
        "slug": slugify(name),
        "source": SourcePath(f"brands/{slugify(name)}.yaml"),
        "name": name,
        "sector": SectorId("Garden"),
        "template": PACK,
        "tagline": f"{name} for everyone",
        "description": f"{name} is a brand.",
        "keywords": (),
        "examples": (),
        "priority": Priority.MEDIUM,
        "owner": "Tester",
        "trademark": Trademark(),
        "license": None,
        "family": "#2b8a3e",
        "own_accent": "#2b8a3e",
        "domain": None,
        "links": {},
        "logo": None,
        "contact": Contact(),
    }
    facts |= given
    return Brand(**facts, digest=digest_value(facts))


def page(slug: str = "news", **given: Any) -> Page:
    facts: dict[str, Any] = {
        "slug": Slug(slug),
        "source": SourcePath(f"content/{slug}.md"),
        "title": slug.title(),
        "intent": None,
        "brand": BrandId("TST-001"),
        "sector": None,
        "template": None,
        "priority": None,
        "date": None,
        "tags": (),
        "body": "Some *words*.",
    }
    facts |= given
    text = facts["body"]
    facts["body"] = digest_bytes(text.encode())
    BODIES[facts["body"]] = text
    return Page(**facts, digest=digest_value(facts))


def pack_file(pack_id: PackId = PACK) -> PackFile:
    return PackFile(id=pack_id, name="Plain", version="1.0.0", api=1, description="A plain pack.")


def portfolio(*brands: Brand, **given: Any) -> Portfolio:
    facts: dict[str, Any] = {
        "config": ConfigFile(name="Test brands"),
        "sectors": (sector(),),
        "brands": brands or (brand(1, "Spade"), brand(2, "Rake")),
        "pages": (),
        "packs": {PACK: pack_file()},
        "dated": TODAY,
    }
    return Portfolio(**(facts | given))


def views(given: Portfolio) -> Views:
    """Return what the jobs of a portfolio may see, its pages matched."""
    matches = matched(given)
    pages = pages_by_brand(given, matches)
    return Views(given, matches, pages, Finder(given), lambda page: BODIES[page.body])


def matched(given: Portfolio) -> Matches:
    """Return where each page of a portfolio goes."""
    return match_intents(given, partial(matcher_of, given))


def pack(files: dict[str, str], pack_id: PackId = PACK) -> Pack:
    data = {path: text.encode() for path, text in files.items()}
    return Pack(pack_id, pack_file(pack_id), data, digest_files(data))


def packs(index: str = "<h1>{{ brand.name }}</h1>", **files: str) -> Packs:
    page_template = "<h1>{{ page.title }}</h1>{{ page.html }}"
    base = {"404.html": "gone", "page.html": page_template, "styles.css": "", "app.js": ""}
    pages = ("home.html", "sector.html", "heatmap.html", "heatmap.js", "directory.js")
    finder, launch = ("finder.js", "finder-worker.js", "match.js"), ("launch.html", *LAUNCH_FILES)
    shared = dict.fromkeys((*pages, *finder, *launch), "x")
    return {
        PACK: pack({"index.html": index, **files}),
        BASE_PACK: pack(base, BASE_PACK),
        PORTFOLIO_PACK: pack({**shared, "styles.css": "", "app.js": ""}, PORTFOLIO_PACK),
    }
