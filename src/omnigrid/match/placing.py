"""Each content page finds its brand."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from omnigrid.match.score import Matcher
from omnigrid.model.findings import Finding, Place, Severity
from omnigrid.model.matching import Intent, Matches, Placement
from omnigrid.model.names import BrandId, SourcePath
from omnigrid.model.portfolio import Page, Portfolio


def match_intents(portfolio: Portfolio, matcher: Callable[[], Matcher]) -> Matches:
    """Return where each page goes: to the brand that it names, else to its best match, or nowhere.

    What matches nothing well is not forced onto a site. ``matcher`` makes what matches the intents
    with the portfolio's brands, if there are any.
    """
    made = lru_cache(maxsize=1)(matcher)
    return tuple(_place(page, made) for page in portfolio.pages)


def _place(page: Page, matcher: Callable[[], Matcher]) -> Placement:
    if page.brand is not None or page.intent is None:
        return Placement(page.source, page.slug, page.brand, None)
    ranking = matcher().rank(Intent(page.intent, page.sector, page.template, page.priority))
    brand = None if ranking.unmatched else ranking.matches[0].id
    return Placement(page.source, page.slug, brand, ranking)


def unmatched_findings(matches: Matches) -> tuple[Finding, ...]:
    """Return a warning for each page that found no brand."""
    return tuple(
        Finding(
            "OG301",
            "no confident match: this page is put on no site",
            Place(placement.source, ("intent",)),
            _nearest_hint(placement),
            Severity.WARNING,
        )
        for placement in matches
        if placement.ranking is not None and placement.brand is None
    )


def moved_findings(
    portfolio: Portfolio, matches: Matches, before: Mapping[SourcePath, BrandId]
) -> Iterator[Finding]:
    """Yield a warning for each intent that goes to another brand than ``before``, or to none.

    Not where the old brand is gone: then there is nothing to wonder about.
    """
    names = {brand.id: brand.name for brand in portfolio.brands}
    for placement in matches:
        old = before.get(placement.source)
        if placement.ranking is None or old is None or old == placement.brand or old not in names:
            continue
        now = f"{names[placement.brand]} ({placement.brand})" if placement.brand else "no brand"
        yield Finding(
            "OG302",
            f"in the last build this intent matched {names[old]} ({old}); now it matches {now}",
            Place(placement.source, ("intent",)),
            f"see `omnigrid match` for the reasons; write `brand: {old}` if it is to stay there",
            Severity.WARNING,
        )


def _nearest_hint(placement: Placement) -> str:
    assert placement.ranking is not None  # noqa: S101  (the caller filters)
    if not placement.ranking.matches:
        return "no brand knows any of its words; write `brand:` if one answers it all the same"
    best = placement.ranking.matches[0]
    return (
        f"nearest is {best.name} ({best.id}) with {best.parts.text:.0f} of 100; "
        f"write `brand: {best.id}` if it is the right one"
    )
