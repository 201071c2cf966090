"""The health of brands and sectors: what is declared, and what was measured of them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from omnigrid.model.files import License, LicenseStatus
from omnigrid.model.health import Part, Share, health_of
from omnigrid.model.measurements import FoundFile
from omnigrid.model.names import BrandId, SectorId
from omnigrid.model.portfolio import Brand, Portfolio, Sector
from omnigrid.model.states import Served, State


class Condition(Struct, frozen=True):
    """A brand as it was found. None: that was not looked at."""

    built: bool | None = None
    linked: bool | None = None
    published: State | None = None
    served: Served | None = None
    licensed: bool | None = None

    def verdicts(self) -> Iterator[tuple[Part, bool]]:
        """Yield each part that is known, and whether it is good."""
        found = {
            Part.PUBLISHED: None if self.published is None else self.published is State.IN_SYNC,
            Part.SERVED: None if self.served is None else self.served is Served.CURRENT,
            Part.BUILT: self.built,
            Part.LINKED: self.linked,
            Part.LICENSED: self.licensed,
        }
        yield from ((part, good) for part, good in found.items() if good is not None)


UNKNOWN = Condition()


class Healths:
    """What is known of the health of a portfolio. Without measurements that is the declared one."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio, self.measured = portfolio, portfolio.measured
        self._of_condition: dict[tuple[int | None, Condition], int | None] = {}
        self._conditions: dict[BrandId, Condition] = {}
        self._shares: dict[tuple[SectorId, int | None], tuple[Share, ...]] = {}
        self._sound: dict[Condition, bool] = {}

    @cached_property
    def _found(self) -> dict[BrandId, FoundFile]:
        groups = self.measured.brands if self.measured else ()
        return {brand: group for group in groups for brand in group.brands}

    def condition(self, brand: Brand) -> Condition:
        """Return a brand as it was found; its licence counts from the first measurement on."""
        if self.measured is None:
            return UNKNOWN
        known = self._conditions.get(brand.id)
        if known is None:
            known = self._conditions[brand.id] = self._condition(brand)
        return known

    def _condition(self, brand: Brand) -> Condition:
        licensed = is_licensed(brand.license, self._portfolio.dated)
        found = self._found.get(brand.id)
        if found is None:
            return Condition(licensed=licensed)
        return Condition(found.built, found.linked, found.published, found.served, licensed)

    def ailing(self, brands: Iterable[Brand]) -> list[Brand]:
        """Return those brands of which something is known that is wrong."""
        return [brand for brand in brands if not self._is_sound(brand)] if self.measured else []

    def _is_sound(self, brand: Brand) -> bool:
        condition = self.condition(brand)
        known = self._sound.get(condition)
        if known is None:
            known = self._sound[condition] = all(good for _, good in condition.verdicts())
        return known

    def of_brand(self, brand: Brand, sector: Sector) -> int | None:
        """Return the health of a brand: its own findings beside what its sector declares."""
        if self.measured is None:
            return None
        condition = self.condition(brand)
        key = (sector.health, condition)
        if key not in self._of_condition:
            self._of_condition[key] = health_of(shares(sector, [condition]))
        return self._of_condition[key]

    def of_sector(self, sector: Sector, brands: Sequence[Brand]) -> int | None:
        """Return the health of a sector, which has these brands."""
        if self.measured is None:
            return sector.health
        return health_of(self.shares(sector, brands))

    def shares(self, sector: Sector, brands: Iterable[Brand]) -> tuple[Share, ...]:
        """Return what the health of a sector, which has these brands, is made of."""
        key = (sector.id, sector.health)
        if key not in self._shares:
            conditions = map(self.condition, brands) if self.measured else ()
            self._shares[key] = shares(sector, conditions)
        return self._shares[key]

    def by_sector(self) -> dict[SectorId, int | None]:
        """Return the health of every sector."""
        families: dict[SectorId, list[Brand]] = {each.id: [] for each in self._portfolio.sectors}
        for brand in self._portfolio.brands:
            families[brand.sector].append(brand)
        return {s.id: self.of_sector(s, families[s.id]) for s in self._portfolio.sectors}


def shares(sector: Sector, conditions: Iterable[Condition]) -> tuple[Share, ...]:
    """Return what health is made of, in the order of the parts; unknown ones are of 0."""
    counts: Counter[tuple[Part, bool]] = Counter()
    for condition, brands in Counter(conditions).items():
        counts.update(dict.fromkeys(condition.verdicts(), brands))
    declared = Share(Part.DECLARED, sector.health or 0, 0 if sector.health is None else 100)
    others = [part for part in Part if part is not Part.DECLARED]
    measured = (Share(p, counts[p, True], counts[p, True] + counts[p, False]) for p in others)
    return (declared, *measured)


def is_licensed(contract: License | None, today: dt.date | None) -> bool | None:
    """Whether a licence is valid; None where it is pending, or its end cannot be compared."""
    if contract is None:
        return False
    if contract.status is not LicenseStatus.ACTIVE:
        return None if contract.status is LicenseStatus.PENDING else False
    if contract.expires is None:
        return True
    return contract.expires > today if today else None
