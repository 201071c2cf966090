"""What the preview's API answers, from a portfolio that was built: nothing is read or written."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.foretaste import Known
from omnigrid.match.score import Matcher
from omnigrid.model.files import ConfigFile
from omnigrid.model.matching import Intent, Match
from omnigrid.model.names import JobId, PackId, SectorId
from omnigrid.model.portfolio import Brand, Sector, health_status
from omnigrid.model.secrets import mask_secrets
from omnigrid.model.service import Found, Problem, Query
from omnigrid.model.views import ApiView
from omnigrid.plan.api import VERSION, brand_document, sector_document
from omnigrid.plan.cards import SITES
from omnigrid.plan.gallery import shown_logo
from omnigrid.plan.registries import HEATMAP_COLOURS

TOP = 5
Document = dict[str, Any]
Named = TypeVar("Named")


class Desk:
    """Answers questions about one state of a portfolio. All of it is safe to ask in threads."""

    def __init__(self, known: Known, matcher: Callable[[], Matcher]) -> None:
        """``matcher`` gives what matches intents, maybe with the brands before the last edit."""
        self._views, self._matcher = known.views, matcher
        self.portfolio = portfolio = known.views.portfolio
        self._brands = {brand.id: brand for brand in portfolio.brands}
        self._sectors = {sector.id: sector for sector in portfolio.sectors}

    def find(self, query: Query) -> tuple[Found, ...]:
        """Return the brands that answer an intent, best first; none where none fits well.

        Raises Problem for a sector or template that there is not.
        """
        if query.sector_preference is not None:
            _known("sector", query.sector_preference, self._sectors)
        if query.template_type is not None:
            _known("template", query.template_type, self.portfolio.packs)
        intent = Intent(
            query.intent,
            SectorId(query.sector_preference) if query.sector_preference is not None else None,
            PackId(query.template_type) if query.template_type is not None else None,
            query.priority,
        )
        ranking = self._matcher().rank(intent, TOP)
        if ranking.unmatched:
            return ()
        return tuple(self._found(each) for each in ranking.matches if each.id in self._brands)

    def _found(self, match: Match) -> Found:
        brand = self._brands[match.id]
        status = health_status(self.health(self._sectors[brand.sector]))
        return Found(
            brand_id=brand.id,
            brand_name=brand.name,
            sector=brand.sector,
            template_id=brand.template,
            template_type=self.portfolio.packs[brand.template].name,
            confidence_score=match.confidence,
            deployment_priority=brand.priority,
            heatmap_color=HEATMAP_COLOURS[status],
            url=f"/{SITES}{brand.slug}/",
            because=match.terms,
        )

    def brand(self, brand_id: str) -> Brand:
        """Return a brand. Raises Problem where there is none."""
        return _known("brand", brand_id, self._brands)

    def brand_document(self, brand_id: str) -> Document:
        """Return what the build says of a brand. Raises Problem where there is none."""
        brand, sites = self.brand(brand_id), self._views.sites
        logo = shown_logo(brand, makes=sites.makes_pictures)
        pages = sites.pages_of(brand)
        return brand_document(brand, self.portfolio, pages, logo.file if logo else None)

    def sector(self, name: str) -> Sector:
        """Return a sector by its id or its name. Raises Problem where there is none."""
        named = {sector.name: sector for sector in self.portfolio.sectors}
        return named.get(name) or _known("sector", name, self._sectors)

    def sector_document(self, name: str) -> Document:
        """Return what the build says of a sector. Raises Problem where there is none."""
        sector = self.sector(name)
        families = self._views.families
        return sector_document(sector, families, families.of(sector.id))

    def health(self, sector: Sector) -> int | None:
        """Return the health of a sector."""
        return self._views.families.health(sector)

    def template_document(self, template_id: str) -> Document:
        """Return what the build says of a template pack. Raises Problem where there is none."""
        _known("template", template_id, self.portfolio.packs)
        templates = self.overview("templates.json")["templates"]
        found: Document = next(each for each in templates if each["id"] == template_id)
        return {"version": VERSION, **found}

    def overview(self, name: str) -> Document:
        """Return a file of the build that is about the whole portfolio."""
        view = self._views.of(JobId("api"))
        assert isinstance(view, ApiView)  # noqa: S101  (the view of data)
        return next(value for path, value in view.documents if path.endswith(f"/{name}"))

    def stats(self) -> Document:
        """Return the portfolio in numbers."""
        numbers: Document = msgspec.to_builtins(self._views.numbers)
        return {"version": VERSION, "portfolio": self.portfolio.config.name, **numbers}


def _known(kind: str, name: str, known: Mapping[Any, Named]) -> Named:
    if name in known:
        return known[name]
    near: Iterable[str] = map(str, known)
    raise Problem(404, f"there is no {kind} of that name", did_you_mean(nearest(name, near)) or "")


def settings_of(config: ConfigFile) -> Document:
    """Return the configuration with its defaults; what looks like a secret is blacked out."""
    settings: Document = _masked(msgspec.to_builtins(config))
    return settings


def _masked(value: Any) -> Any:
    match value:
        case str():
            return mask_secrets(value)
        case dict():
            return {key: _masked(each) for key, each in value.items()}
        case list() | tuple():
            return [_masked(each) for each in value]
        case _:
            return value
