"""Writes a made-up portfolio of any size, in the shape of the catalogue that omnigrid must carry.

    python scripts/catalogue.py COUNT FOLDER [--pages]

Deterministic. The shares of the sectors and regions are those of the catalogue of 13,713 brands.
"""

import argparse
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]

SECTORS = {
    "Technology": 2156,
    "Retail and E-commerce": 1897,
    "Financial Services": 1842,
    "Healthcare": 1523,
    "Manufacturing": 1234,
    "Real Estate": 1045,
    "Media and Entertainment": 987,
    "Energy and Utilities": 892,
    "Food and Beverage": 756,
    "Transportation and Logistics": 634,
    "Telecommunications": 523,
    "Education": 224,
}
REGIONS = {
    "North America": 4114,
    "Asia-Pacific": 3700,
    "Europe": 3428,
    "Latin America": 1371,
    "Middle East and Africa": 1100,
}
TEMPLATES = (
    "compliance_dashboard ip_tracking sustainability_portal algorithm_verification "
    "analytics_platform governance_portal operations_monitor market_compliance"
).split()
FIRST = (
    "nova zen terra luma vexo quanta orbi prism halo kite mira sol arc flux bora tero niva cora "
    "dyna echo alder birch cedar delta ember fjord grove helix iris juno"
).split()
SECOND = (
    "pay care grid mart cast trip lex farm learn play move home ware glow fit dish loom forge "
    "reach tally path crest harbor beacon"
).split()
WORDS = (
    "brand portfolio market signal customer service platform network quality local trusted simple "
    "fast secure green digital global partner growth design insight support value team product "
    "supply launch direct modern clear open daily future craft bright core smart active prime "
    "solid invoice ledger permit audit claim energy carbon patient tenant freight parcel recipe "
    "lesson antenna turbine lease audience"
).split()


def slug(name: str) -> str:
    """Return the slug of a plain name."""
    return name.lower().replace(" ", "-")


def sector_id(name: str) -> str:
    """Return the id of a sector."""
    return name.replace(" ", "_").replace("-", "_")


def text(chance: random.Random, count: int) -> str:
    """Return ``count`` words as a sentence without its full stop."""
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize()


class Facts(NamedTuple):
    """What the file of a brand says."""

    id: str
    name: str
    sector: str
    keywords: tuple[str, ...]
    template: str
    tagline: str
    description: tuple[str, str]
    priority: str
    rest: str
    """The lines that nobody looks for."""

    @property
    def path(self) -> str:
        """Where the file stands."""
        plain = self.name.removesuffix("™")
        return f"brands/{slug(self.sector)}/{slug(plain)}.yaml"


def brand_files(count: int, pages: bool) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each brand, and of its page when ``pages``."""
    chance = random.Random(13713)  # noqa: S311  (made-up words, no secrets)
    for number in range(1, count + 1):
        facts = made_up(chance, number)
        yield facts.path, brand(facts)
        if pages:
            plain = facts.name.removesuffix("™")
            path = f"content/{slug(facts.sector)}/about-{slug(plain)}.md"
            yield path, page(chance, facts.id, plain)


def brand_facts(count: int) -> Iterator[Facts]:
    """Yield what the files say of the brands of a portfolio without pages."""
    chance = random.Random(13713)  # noqa: S311  (made-up words, no secrets)
    return (made_up(chance, number) for number in range(1, count + 1))


def made_up(chance: random.Random, number: int) -> Facts:
    """Return a made-up brand."""
    name = (chance.choice(FIRST) + chance.choice(SECOND)).title() + f" {number}™"
    sector = chance.choices(list(SECTORS), list(SECTORS.values()))[0]
    region = chance.choices(list(REGIONS), list(REGIONS.values()))[0]
    return Facts(
        id=f"CAT-{number:06d}",
        name=name,
        sector=sector,
        keywords=tuple(text(chance, 2).lower() for _ in range(6)),
        template=chance.choice(TEMPLATES),
        tagline=text(chance, 7),
        description=(text(chance, 14), f"{text(chance, 10).lower()}, for {region}."),
        priority=chance.choice(("low", "medium", "high")),
        rest=rest(chance),
    )


def brand(facts: Facts) -> str:
    """Return a brand's file, of about 600 bytes."""
    keywords = "\n".join(f"  - {keyword}" for keyword in facts.keywords)
    return f"""id: {facts.id}
name: {facts.name}
sector: {sector_id(facts.sector)}
template: {facts.template}
tagline: {facts.tagline}
description: >-
  {facts.description[0]}
  {facts.description[1]}
keywords:
{keywords}
priority: {facts.priority}
{facts.rest}"""


def rest(chance: random.Random) -> str:
    """Return the lines of a brand's file that nobody looks for."""
    return f"""owner: Team {chance.randrange(40):02d}
trademark:
  classes: [{chance.randint(1, 20)}, {chance.randint(21, 45)}]
  jurisdictions: [USPTO, EUIPO]
license:
  tier: {chance.choice(("Standard", "Professional", "Enterprise"))}
  expires: 20{chance.randint(27, 39)}-0{chance.randint(1, 9)}-15
"""


def page(chance: random.Random, brand_id: str, name: str) -> str:
    """Return a content page, of about 1.5 KB."""
    items = "\n".join(f"- **{text(chance, 1)}**: {text(chance, 9).lower()}" for _ in range(3))
    steps = "\n".join(f"{n}. {text(chance, 9)}." for n in (1, 2, 3))
    rows = "\n".join(
        f"| {text(chance, 1)} | {chance.randint(1, 999)} | {chance.randint(5, 400)} EUR |"
        for _ in range(3)
    )
    return f"""---
title: About {name}
brand: {brand_id}
---

## About {name}

{name} is a **{chance.choice(WORDS)}** brand: {text(chance, 28).lower()}.

### What we do

{items}

### Plans

| Plan | Users | Price |
| --- | ---: | ---: |
{rows}

### Get started

```sh
curl -s https://api.example.org/{slug(name)}/v1/{chance.choice(WORDS)}
```

{steps}

> {text(chance, 16)}.

{text(chance, 40)}. See also [{chance.choice(WORDS)}](https://example.org/{slug(name)}).
"""


def write(count: int, folder: Path, pages: bool) -> None:
    """Write a portfolio of ``count`` brands into a new folder."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "template_packs", folder / "template_packs")
    files = {"omnigrid.yaml": f"name: Catalogue of {count} brands\n"}
    for number, name in enumerate(SECTORS):
        files[f"sectors/{slug(name)}.yaml"] = (
            f"id: {sector_id(name)}\nname: {name}\ndescription: All brands of {name}.\n"
            f"health: {99 - number * 2}\ntemplate: {TEMPLATES[number % len(TEMPLATES)]}\n"
        )
    made = {folder}
    for path, content in (*files.items(), *brand_files(count, pages)):
        target = folder / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_text(content, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("count", type=int, help="how many brands")
    parser.add_argument("folder", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--pages", action="store_true", help="a content page for each brand, too")
    given = parser.parse_args()
    write(given.count, given.folder, given.pages)
