"""The brands of each sector."""

from collections import defaultdict
from functools import cached_property

from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.names import BrandId, Digest, SectorId
from omnigrid.model.portfolio import Brand, Portfolio, Sector
from omnigrid.model.views import SectorCard
from omnigrid.plan.cards import sector_card
from omnigrid.plan.health import Healths


class Families:
    """The brands of each sector, in the order of their ids."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio, self.healths = portfolio, Healths(portfolio)
        self._brands: dict[SectorId, list[Brand]] = defaultdict(list)
        for brand in portfolio.brands:
            self._brands[brand.sector].append(brand)
        self._rings: dict[SectorId, list[Digest]] = {}
        self._card_digests: dict[BrandId, Digest] = {}
        self._sector_healths: dict[SectorId, int | None] = {}

    def of(self, sector: SectorId) -> list[Brand]:
        """Return a sector's brands."""
        return self._brands[sector]

    def place(self, brand: Brand) -> int:
        """Return where a brand stands among those of its sector, from 0."""
        return self._places[brand.id]

    @cached_property
    def _places(self) -> dict[BrandId, int]:
        return {b.id: place for family in self._brands.values() for place, b in enumerate(family)}

    def cards(self, root: str) -> tuple[SectorCard, ...]:
        """Return every sector with its health and size, seen from a page below ``root``."""
        return tuple(
            sector_card(sector, self.health(sector), len(self._brands[sector.id]), root)
            for sector in self._portfolio.sectors
        )

    def health(self, sector: Sector) -> int | None:
        """Return the health of a sector: what it declares, blended with what was measured."""
        if sector.id not in self._sector_healths:
            found = self.healths.of_sector(sector, self._brands[sector.id])
            self._sector_healths[sector.id] = found
        return self._sector_healths[sector.id]

    def card_digest(self, brand: Brand) -> Digest:
        """Return the digest of all that a brand's card is made from."""
        known = self._card_digests.get(brand.id)
        if known is None:
            template = self._portfolio.packs[brand.template].name
            # Not the accent itself: it follows from these, and takes longer to make than the rest.
            accent = brand.own_accent or brand.family
            known = self._card_digests[brand.id] = digest_value(
                (
                    brand.id,
                    brand.name,
                    brand.tagline,
                    brand.domain or brand.slug,
                    brand.domain is None,
                    brand.priority,
                    template,
                    accent,
                    brand.own_accent is None,
                )
            )
        return known

    def ring_of_cards(self, sector: SectorId) -> list[Digest]:
        """Return the digests of a sector's cards, twice in a row: a ring, unrolled."""
        if sector not in self._rings:
            self._rings[sector] = [self.card_digest(brand) for brand in self._brands[sector]] * 2
        return self._rings[sector]

    def cards_digest(self, sector: SectorId) -> Digest:
        """Return the digest of all that the cards of a sector's brands are made from."""
        cards = [self.card_digest(brand) for brand in self._brands[sector]]
        return digest_bytes("".join(cards).encode())
