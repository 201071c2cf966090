"""The brands of each sector."""

from collections import defaultdict

from omnigrid.model.names import SectorId
from omnigrid.model.portfolio import Brand, Portfolio
from omnigrid.model.views import SectorCard
from omnigrid.plan.cards import sector_card


class Families:
    """The brands of each sector, in the order of their ids."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._brands: dict[SectorId, list[Brand]] = defaultdict(list)
        for brand in portfolio.brands:
            self._brands[brand.sector].append(brand)

    def of(self, sector: SectorId) -> list[Brand]:
        """Return a sector's brands."""
        return self._brands[sector]

    def cards(self, root: str) -> tuple[SectorCard, ...]:
        """Return every sector with its health and size, seen from a page below ``root``."""
        return tuple(
            sector_card(sector, len(self._brands[sector.id]), root)
            for sector in self._portfolio.sectors
        )
