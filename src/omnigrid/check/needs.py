"""What packs show of brands: whether the brands have it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from omnigrid.model.files import Contact, Trademark
from omnigrid.model.findings import Finding, Keys, Place, Severity
from omnigrid.model.names import BrandId
from omnigrid.model.portfolio import Brand, Page, Portfolio

_EMPTY = (Contact(), Trademark())
"""Groups of keys that are there even where a file has none of them."""


def check_needs(portfolio: Portfolio, pages: Mapping[BrandId, Sequence[Page]]) -> Iterator[Finding]:
    """Yield every brand without something that its pack must show."""
    families = Counter(brand.sector for brand in portfolio.brands)
    required = {pack.id: pack.needs.required for pack in portfolio.packs.values()}
    for brand in portfolio.brands:
        for need in required[brand.template]:
            first, *rest = need.split(".")
            counts = {"pages": len(pages.get(brand.id, ())), "related": families[brand.sector] - 1}
            if not (_has(brand, rest) if first == "brand" else counts.get(first, True)):
                yield _lacking(brand, need, tuple(rest))


def _has(brand: Brand, keys: Sequence[str]) -> bool:
    value: object = brand
    for key in keys:
        value = getattr(value, key, None)
    return bool(value) and value not in _EMPTY


def _lacking(brand: Brand, need: str, keys: Keys) -> Finding:
    return Finding(
        "OG405",
        f'{brand.name} has no "{need}", which the pages of its pack "{brand.template}" show',
        Place(brand.source, keys),
        "add it to the brand, or choose another `template:`",
        Severity.WARNING,
    )
