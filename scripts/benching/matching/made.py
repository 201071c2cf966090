"""Made-up brands in any number, as values: what `scripts/catalogue.py` would write to files."""

from collections.abc import Iterator

import catalogue
from omnigrid.model.digests import digest_bytes
from omnigrid.model.files import Contact, Priority, Trademark
from omnigrid.model.matching import Candidate
from omnigrid.model.names import BrandId, PackId, SectorId, SourcePath, slugify
from omnigrid.model.portfolio import Brand, Sector

_GREY = "#808080"


def made_brands(count: int) -> list[Brand]:
    """Return that many brands, in the order of their ids."""
    return [_brand(facts) for facts in catalogue.brand_facts(count)]


def made_sectors() -> Iterator[Sector]:
    """Yield the sectors that these brands are in."""
    for name in catalogue.SECTORS:
        yield Sector(
            id=SectorId(catalogue.sector_id(name)),
            slug=slugify(name),
            source=SourcePath(f"sectors/{catalogue.slug(name)}.yaml"),
            name=name,
            description=f"All brands of {name}.",
            health=None,
            template=PackId(catalogue.TEMPLATES[0]),
            color=_GREY,
        )


def candidate_of(brand: Brand) -> Candidate:
    """Return a made-up brand as intents see it."""
    return Candidate(
        id=brand.id,
        name=brand.name,
        sector=brand.sector,
        template=brand.template,
        priority=brand.priority,
        sector_name=brand.sector.replace("_", " "),
        template_name=brand.template.replace("_", " "),
        tagline=brand.tagline,
        description=brand.description,
        keywords=brand.keywords,
    )


def _brand(facts: catalogue.Facts) -> Brand:
    return Brand(
        id=BrandId(facts.id),
        slug=slugify(facts.name.removesuffix("™")),
        source=SourcePath(facts.path),
        digest=digest_bytes(facts.path.encode()),
        name=facts.name,
        sector=SectorId(catalogue.sector_id(facts.sector)),
        template=PackId(facts.template),
        tagline=facts.tagline,
        description=" ".join(facts.description),
        keywords=facts.keywords,
        examples=(),
        priority=Priority(facts.priority),
        owner="",
        trademark=Trademark(),
        license=None,
        family=_GREY,
        own_accent=None,
        domain=None,
        links={},
        logo=None,
        contact=Contact(),
    )
