"""Where sites stand, and so what their links to each other and to the portfolio can be."""

from functools import cached_property
from pathlib import Path

from omnigrid.model.digests import digest_value
from omnigrid.model.labels import PortfolioLabel, SectorLabel
from omnigrid.model.names import Digest, Slug
from omnigrid.model.portfolio import Brand, Portfolio, Sector
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import TargetFile
from omnigrid.model.views import BrandCard
from omnigrid.plan.cards import SECTORS, SITES, brand_card, portfolio_label
from omnigrid.plan.destinations import destinations_of

_ROOT = "../../"
"""From a page of a site to ``build/``."""


class Surroundings:
    """What is around the site of each brand.

    A site that is published without the rest of the portfolio cannot go up to it: what it names
    has a whole address there, or no address at all.
    """

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        base = portfolio.config.base_url
        self._base = f"{base.rstrip('/')}/" if base else None

    @property
    def digest(self) -> Digest:
        """What stands for all that links depend on, beside the brands themselves."""
        config = self._portfolio.config
        alone = [each for each in config.targets if _may_part(each)]
        return digest_value([config.base_url, alone] if alone else config.base_url)

    def label(self, brand: Brand) -> PortfolioLabel:
        """Return the portfolio as a site names it."""
        root = self._root(brand)
        label = portfolio_label(self._portfolio, root or "")
        home = label.home if root == _ROOT else root
        return PortfolioLabel(label.name, label.language, home, label.direction)

    def sector(self, brand: Brand, sector: Sector) -> SectorLabel:
        """Return a sector as the site of one of its brands names it."""
        root = self._root(brand)
        page = "index.html" if root == _ROOT else ""
        url = None if root is None else f"{root}{SECTORS}{sector.slug}/{page}"
        return SectorLabel(sector.id, sector.name, sector.description, sector.color, url)

    def card(self, brand: Brand, other: Brand) -> BrandCard:
        """Return another brand as the site of a brand shows it."""
        card = brand_card(other, self._portfolio, _ROOT)
        if self._root(brand) == _ROOT:
            return card
        known = {name: getattr(card, name) for name in card.__struct_fields__}
        return BrandCard(**(known | {"url": self.address(other)}))

    def address(self, brand: Brand) -> str | None:
        """Return where a site will stand, with a slash at its end, when that is known."""
        domain = brand.domain or self._domains.get(brand.slug)
        if domain:
            return f"https://{domain}/"
        reached = brand.slug not in self._alone or self._has_whole
        return f"{self._base}{SITES}{brand.slug}/" if self._base and reached else None

    def _root(self, brand: Brand) -> str | None:
        return self._base if brand.slug in self._alone else _ROOT

    @cached_property
    def _destinations(self) -> tuple[Destination, ...]:
        if not any(map(_may_part, self._portfolio.config.targets)):
            return ()
        return destinations_of(self._portfolio, Path("/")).all

    @cached_property
    def _alone(self) -> frozenset[Slug]:
        return frozenset(slug for each in self._destinations for slug in each.folders or ())

    @cached_property
    def _domains(self) -> dict[Slug, str]:
        """The domains that targets give to the brands of which each has one alone."""
        return {
            slug: each.domain
            for each in self._destinations
            if each.domain and each.folders and len(each.folders) == 1
            for slug, folder in each.folders.items()
            if not folder
        }

    @cached_property
    def _has_whole(self) -> bool:
        return any(each.folders is None for each in self._destinations)


def _may_part(rule: TargetFile) -> bool:
    """Whether a target may take sites out of the portfolio."""
    chosen = rule.sectors or rule.brands
    return bool(chosen) or "{" in rule.repository or "{" in (rule.folder or "")
