"""Which hosting branches there are, by the rules of the configuration, and who stands on each."""

import itertools
import os.path
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from omnigrid.model.files import ConfigFile, Priority
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import SectorId, SourcePath
from omnigrid.model.patterns import Pattern, brand_values, sector_values
from omnigrid.model.portfolio import Brand, Portfolio, Sector
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.model.tree import CONFIG_NAME
from omnigrid.plan.domains import domain_findings
from omnigrid.plan.hosts import root_of

_BY_BRAND = "{brand.slug}"
_RANK = {priority: rank for rank, priority in enumerate(Priority)}


class Destinations(NamedTuple):
    """All destinations, in the order of the configuration, and what speaks against them."""

    all: tuple[Destination, ...]
    findings: tuple[Finding, ...]


def destinations_of(portfolio: Portfolio, root: Path) -> Destinations:
    """Return every destination that the rules of the configuration give.

    Local repositories are resolved against ``root`` (absolute) without a look at the disk. Findings
    name rules that leave out everybody, two destinations that are one, and domains that are not
    theirs.
    """
    config = portfolio.config
    found: list[Destination] = []
    findings: list[Finding] = []
    for number, rule in enumerate(config.targets):
        destinations = list(_Rule(rule, portfolio, root).destinations())
        findings += [] if destinations else [_nobody(number, rule)]
        found += destinations
    findings += [*_clashes(found, config), *domain_findings(found, portfolio)]
    return Destinations(tuple(found), tuple(findings))


def whole_destinations(config: ConfigFile, root: Path) -> tuple[Destination, ...] | None:
    """Return all destinations where each takes the whole build, whatever brands there are.

    None where one does not. As ``destinations_of`` does, but for their priority: that of all is
    the same.
    """
    if not all(_takes_all(rule) for rule in config.targets):
        return None
    return tuple(_whole(rule, root, Priority.MEDIUM) for rule in config.targets)


def _takes_all(rule: TargetFile) -> bool:
    """Whether the whole build stands there."""
    named = Pattern(rule.repository)
    in_parts = rule.sectors or rule.brands or Pattern(rule.folder or "").fields
    return not (named.names_brands or named.names_sectors or in_parts)


def _whole(rule: TargetFile, root: Path, priority: Priority) -> Destination:
    return Destination(
        name=rule.name,
        rule=rule,
        repository=_resolved(rule.repository, rule.kind, root),
        branch=rule.branch,
        folder=_as_folder(rule.folder or ""),
        root=root_of(rule.kind),
        domain=rule.domain,
        priority=priority,
    )


class _Rule:
    """A target of the configuration, and the brands that it takes."""

    def __init__(self, rule: TargetFile, portfolio: Portfolio, root: Path) -> None:
        self._rule, self._root = rule, root
        self._sectors = {sector.id: sector for sector in portfolio.sectors}
        self._brands = [brand for brand in portfolio.brands if self._takes(brand)]
        self._repository = Pattern(rule.repository)
        self._domain = Pattern(rule.domain or "")

    def destinations(self) -> Iterator[Destination]:
        """Yield one destination, or one a sector, or one a brand."""
        rule = self._rule
        if self._repository.names_brands:
            for brand in self._brands:
                yield self._place(brand.slug, self._values(brand), [brand], rule.folder or "")
        elif self._repository.names_sectors:
            for sector, brands in self._by_sector():
                values = sector_values(sector)
                yield self._place(sector.slug, values, brands, rule.folder or _BY_BRAND)
        elif _takes_all(rule):
            yield _whole(rule, self._root, _highest(self._brands))
        elif self._brands:
            yield self._place("", {}, self._brands, rule.folder or _BY_BRAND)

    def _place(
        self, part: str, values: Mapping[str, str], brands: list[Brand], folder: str
    ) -> Destination:
        rule = self._rule
        address = self._repository.fill(values)
        return Destination(
            name=f"{rule.name}/{part}" if part else rule.name,
            rule=rule,
            repository=_resolved(address, rule.kind, self._root),
            branch=rule.branch,
            folders={b.slug: _as_folder(Pattern(folder).fill(self._values(b))) for b in brands},
            root=root_of(rule.kind),
            domain=self._domain_of(brands, values),
            priority=_highest(brands),
        )

    def _domain_of(self, brands: list[Brand], values: Mapping[str, str]) -> str | None:
        """A brand's own domain comes before the pattern, which may not apply to it."""
        if self._repository.names_brands and brands[0].domain:
            return brands[0].domain
        if self._rule.domain is None or not set(self._domain.fields) <= values.keys():
            return None
        return self._domain.fill(values)

    def _values(self, brand: Brand) -> dict[str, str]:
        return brand_values(brand, self._sectors[brand.sector])

    def _takes(self, brand: Brand) -> bool:
        rule = self._rule
        in_sector = not rule.sectors or brand.sector in rule.sectors
        return in_sector and (not rule.brands or brand.id in rule.brands)

    def _by_sector(self) -> Iterator[tuple[Sector, list[Brand]]]:
        found: dict[SectorId, list[Brand]] = {}
        for brand in self._brands:
            found.setdefault(brand.sector, []).append(brand)
        for sector, brands in sorted(found.items()):
            yield self._sectors[sector], brands


def _resolved(address: str, kind: HostKind, root: Path) -> str:
    is_path = kind is HostKind.LOCAL or address.startswith(("/", "./", "../"))
    return os.path.normpath(root / address) if is_path else address


def _as_folder(text: str) -> str:
    inner = text.strip("/")
    return f"{inner}/" if inner else ""


def _highest(brands: Iterable[Brand]) -> Priority:
    return max((brand.priority for brand in brands), key=_RANK.__getitem__, default=Priority.LOW)


def _nobody(number: int, rule: TargetFile) -> Finding:
    return Finding(
        "OG502",
        f'target "{rule.name}" takes no brand at all',
        Place(SourcePath(CONFIG_NAME), ("targets", number, "name")),
        "name sectors or brands that there are, or take the target out",
    )


def _clashes(found: list[Destination], config: ConfigFile) -> Iterator[Finding]:
    """Yield every place that is written twice: a branch by two targets, a folder by two sites."""
    numbers = {rule.name: number for number, rule in enumerate(config.targets)}
    owners: dict[tuple[str, str], Destination] = {}
    for each in found:
        place = Place(SourcePath(CONFIG_NAME), ("targets", numbers[each.rule.name], "repository"))
        other = owners.setdefault((each.repository.casefold(), each.branch), each)
        if other is not each:
            yield Finding(
                "OG501",
                f'targets "{other.name}" and "{each.name}" both write branch {each.branch} of '
                "the same repository",
                place,
                "give each target a repository or a branch of its own; one target may hold many "
                "brands by a `folder` such as {brand.slug}",
            )
        yield from _nested(each, place)


def _nested(destination: Destination, place: Place) -> Iterator[Finding]:
    """Yield the first two sites of a branch of which one stands inside the other."""
    by_folder = sorted((folder, slug) for slug, folder in (destination.folders or {}).items())
    for (folder, one), (inner, two) in itertools.pairwise(by_folder):
        if inner.startswith(folder):
            yield Finding(
                "OG501",
                f'on target "{destination.name}" the sites {one} and {two} would stand in one '
                "folder",
                place,
                "name the brand in the folder, such as {brand.slug}, or in the repository",
            )
            return
