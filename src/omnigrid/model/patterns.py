"""Patterns in the configuration: ``git@host:faa/{brand.slug}.git``."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from omnigrid.model.portfolio import Brand, Sector

BRAND_FIELDS = ("brand.slug", "brand.id", "brand.domain")
SECTOR_FIELDS = ("sector.slug", "sector.id")
FIELDS = (*BRAND_FIELDS, *SECTOR_FIELDS)

_FIELD = re.compile(r"\{([^{}]*)\}")


class Pattern(NamedTuple):
    """A text with names in braces."""

    text: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The names in braces, as they are written."""
        return tuple(_FIELD.findall(self.text))

    @property
    def names_brands(self) -> bool:
        """Whether it gives something else for each brand."""
        return any(field in BRAND_FIELDS for field in self.fields)

    @property
    def names_sectors(self) -> bool:
        """Whether it gives something else for each sector."""
        return any(field in SECTOR_FIELDS for field in self.fields)

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with each name replaced. Raises KeyError for a name without a value."""
        return _FIELD.sub(lambda found: values[found[1]], self.text)


def stray_brace(text: str) -> bool:
    """Whether a text holds a brace that belongs to no name."""
    return any(brace in _FIELD.sub("", text) for brace in "{}")


def sector_values(sector: Sector) -> dict[str, str]:
    """Return what the names of a sector's pattern stand for."""
    return {"sector.slug": sector.slug, "sector.id": sector.id}


def brand_values(brand: Brand, sector: Sector) -> dict[str, str]:
    """Return what the names of a brand's pattern stand for; no domain where it has none."""
    values = {"brand.slug": brand.slug, "brand.id": brand.id, **sector_values(sector)}
    return values | ({"brand.domain": brand.domain} if brand.domain else {})
