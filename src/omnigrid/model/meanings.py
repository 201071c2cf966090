"""What each key of a portfolio's files means, in an editor's words, with an example.

The schemas, the reference pages and the comments in new files are made from this table. What a
value may be stands with the types in `files.py`; a group of keys takes its example from its keys.
"""

from typing import Any, NamedTuple

from msgspec import Struct

from omnigrid.model import files
from omnigrid.model.measured_meanings import MEASURED_MEANINGS
from omnigrid.model.pack_meanings import PACK_MEANINGS
from omnigrid.model.target_meanings import TARGET_MEANINGS


class Meaning(NamedTuple):
    """``example`` is plain data, as it would be written; None for a group of keys."""

    text: str
    example: Any = None


MEANINGS: dict[type[Struct], dict[str, Meaning]] = {
    files.BrandFile: {
        "id": Meaning("The brand's id. It never changes, even when the name does.", "FAA-001"),
        "name": Meaning("The name that visitors read, with ™ where it has one.", "Actuary™"),
        "sector": Meaning("The id of the brand's sector.", "Legal_Tech_Compliance"),
        "template": Meaning(
            "The id of the template pack that makes the site. Default: that of the sector.",
            "compliance_dashboard",
        ),
        "tagline": Meaning(
            "What the brand does, in one line. It stands below the name.",
            "One dashboard for every legal duty your company must meet",
        ),
        "description": Meaning(
            "What the brand does and for whom, in two or three sentences.",
            "Actuary brings duties, filings and deadlines into one dashboard for legal tracking.",
        ),
        "keywords": Meaning(
            "Words that people would search for. Intents are matched by them.",
            ["compliance dashboard", "legal tracking"],
        ),
        "examples": Meaning(
            "Whole phrases that should find this brand.",
            ["show me which filings are due this month"],
        ),
        "priority": Meaning("How soon the brand is to be served.", "high"),
        "owner": Meaning("Who owns the mark. It stands at the foot of the site.", "Example Ltd"),
        "trademark": Meaning("For what and where the name is protected."),
        "license": Meaning("The licence contract of the brand."),
        "theme": Meaning("The look of the site. Default: a colour near that of the sector."),
        "domain": Meaning("A domain of the brand's own.", "actuary.example"),
        "links": Meaning(
            "Other addresses of the brand: what the link is called, and where it leads.",
            {"Shop": "https://shop.actuary.example/"},
        ),
        "logo": Meaning(
            "The brand's logo, a picture below `logos/`. It stands at the head of its pages. "
            "An SVG must only show; the others are made smaller where they are large.",
            "logos/actuary.svg",
        ),
        "contact": Meaning("How a visitor reaches the brand."),
    },
    files.Trademark: {
        "classes": Meaning(
            "The classes of goods and services for which it is protected (Nice classification).",
            [9, 35, 42],
        ),
        "jurisdictions": Meaning("The offices where it is filed.", ["USPTO", "EUIPO"]),
    },
    files.License: {
        "tier": Meaning("The kind of contract.", "Enterprise"),
        "status": Meaning("Where the contract stands.", "active"),
        "expires": Meaning("The day from which it no longer holds.", "2027-06-30"),
    },
    files.Contact: {
        "email": Meaning("Where visitors write to.", "hello@actuary.example"),
        "phone": Meaning("Where visitors call, with the country's code.", "+44 20 7946 0000"),
        "address": Meaning("Where visitors come to, in one line.", "1 Example Street, London"),
    },
    files.SectorFile: {
        "id": Meaning("The sector's id. Brands name it.", "Legal_Tech_Compliance"),
        "name": Meaning("The name that visitors read.", "Legal Tech Compliance"),
        "description": Meaning(
            "What its brands have in common, in a sentence.",
            "Legal duties, contracts, courts and policy systems for compliant companies.",
        ),
        "health": Meaning(
            "How well the sector does: emerald from 95, amber from 85, red below. "
            "Without it the sector is grey.",
            96,
        ),
        "color": Meaning("The sector's colour on its page; never its status.", "#3451b2"),
        "template": Meaning(
            "The id of the template pack for brands of the sector that name none.",
            "compliance_dashboard",
        ),
        "theme": Meaning("The look of its brands' sites. It comes before `color`."),
    },
    files.FrontMatter: {
        "title": Meaning("The heading of the page.", "Read our supplier contracts"),
        "intent": Meaning(
            "The need, in the words of somebody who has it. It finds the brand.",
            "We need somebody to read our supplier contracts for risky clauses",
        ),
        "brand": Meaning("The id of the brand on whose site the page stands.", "FAA-001"),
        "sector": Meaning(
            "The id of the sector where the answer is expected.", "Legal_Tech_Compliance"
        ),
        "template": Meaning("The id of the type of site that is expected.", "compliance_dashboard"),
        "priority": Meaning("How soon the need is to be served.", "high"),
        "date": Meaning("The day of the page. Dated pages are listed newest first.", "2026-09-14"),
        "expires": Meaning("The day from which the page is left out.", "2027-09-14"),
        "draft": Meaning("Whether the page is left out for now.", False),
        "tags": Meaning("A few words that say what the page is about.", ["contracts", "suppliers"]),
    },
    **{
        shape: {key: Meaning(*said) for key, said in keys.items()}
        for shape, keys in PACK_MEANINGS.items()
    },
    files.ConfigFile: {
        "name": Meaning("The portfolio's name.", "Our brands"),
        "description": Meaning(
            "What the portfolio is, in a sentence. It stands on the front page.",
            "Everything that we make, each brand with a website of its own.",
        ),
        "language": Meaning("The language of all pages.", "en"),
        "base_url": Meaning(
            "Where the whole portfolio will stand, for sitemaps and canonical addresses.",
            "https://brands.example/",
        ),
        "markdown": Meaning(
            "The dialect of Markdown in which pages are written. `gfm`: as GitHub shows it.", "gfm"
        ),
        "images": Meaning(
            "Whether pictures are made: what is shown where a link is shared, icons, sizes of "
            "pictures. `auto`: where the extra `images` is installed; `on`: it must be; `off`: no.",
            "auto",
        ),
        "theme": Meaning(
            "The look of the portfolio's own pages, and of sites whose sector says nothing else."
        ),
        "matching": Meaning("How intents find their brands."),
        "publish": Meaning("How publishing behaves."),
        "targets": Meaning(
            "Where the build is published. Default: a repository below `.omnigrid/hosting/`, "
            "which needs no account."
        ),
        "forge": Meaning(
            "Where the portfolio's own files are edited. Every page then links to its file there."
        ),
        "packs": Meaning("Where template packs from elsewhere are looked for."),
    },
    files.ForgeFile: {
        "repository": Meaning(
            "The web address of the portfolio's repository.", "https://github.com/owner/name"
        ),
        "branch": Meaning("The branch that is edited.", "main"),
        "kind": Meaning(
            "Whose software runs there. Default: told from the address, where that is possible.",
            "github",
        ),
    },
    files.MatchingConfig: {
        "threshold": Meaning(
            "How sure the text alone must make of a brand before an intent is matched, in percent.",
            36,
        ),
        "synonyms": Meaning(
            "What means the same to your customers, a list each: a brand that says one of them is "
            "found by all of them.",
            [["sick note", "medical certificate"]],
        ),
    },
    files.PublishConfig: {
        "budget_seconds": Meaning("How long a publish may take.", 180),
        "audit": Meaning("Where the record of all publishes is kept."),
    },
    **{
        shape: {key: Meaning(*said) for key, said in keys.items()}
        for shape, keys in (TARGET_MEANINGS | MEASURED_MEANINGS).items()
    },
}
