"""The dashboards: what each shows of a portfolio, its matches and its measurements."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from omnigrid.model.codes import CODES
from omnigrid.model.dashboards import (
    LISTED,
    AnyDashboard,
    CodeRow,
    DevelopmentView,
    DiagnosticRow,
    IntentRow,
    IntentsView,
    PackRow,
)
from omnigrid.model.findings import Diagnostic
from omnigrid.model.forge import forge_of
from omnigrid.model.locks import LOCK_PATH
from omnigrid.model.matching import Match, Matches, Placement
from omnigrid.model.portfolio import Portfolio
from omnigrid.plan.assess import measured_instant
from omnigrid.plan.cards import SITES, brand_address, portfolio_label
from omnigrid.plan.families import Families
from omnigrid.plan.forge import need_link
from omnigrid.plan.operations import operations_view
from omnigrid.plan.orchestration import orchestration_view
from omnigrid.plan.pages import DEFAULT_ACCENT

FOLDERS = {
    "operations": "dashboard/",
    "orchestration": "dashboard/orchestration/",
    "intents": "dashboard/intents/",
    "development": "dashboard/development/",
}
"""Where each stands."""


class Ground(NamedTuple):
    """What dashboards are made from."""

    portfolio: Portfolio
    families: Families
    matches: Matches
    warnings: tuple[Diagnostic, ...]
    """Those of the build."""
    versions: tuple[str, ...]
    """Of what renders, and of its libraries."""


def dashboard_view(name: str, ground: Ground) -> AnyDashboard:
    """Return the view of a dashboard."""
    root = "../" * FOLDERS[name].count("/")
    shared = _shared(ground, root)
    match name:
        case "operations":
            return operations_view(ground.portfolio, ground.families, root, shared)
        case "orchestration":
            return orchestration_view(ground.portfolio, shared)
        case "intents":
            return _intents_view(ground, root, shared)
        case _:
            return _development_view(ground, shared)


def _shared(ground: Ground, root: str) -> dict[str, Any]:
    portfolio = ground.portfolio
    return {
        "portfolio": portfolio_label(portfolio, root),
        "accent": portfolio.config.theme.accent or DEFAULT_ACCENT,
        "dated": portfolio.dated,
        "measured": measured_instant(ground.families.healths),
        "editing": need_link(forge_of(portfolio.config), None),
    }


def _intents_view(ground: Ground, root: str, shared: dict[str, Any]) -> IntentsView:
    stated = [each for each in ground.matches if each.ranking is not None]
    # Where no page states an intent, nothing is looked up.
    brands = {brand.id: brand for brand in ground.portfolio.brands} if stated else {}

    def row(placement: Placement) -> IntentRow:
        ranking = placement.ranking
        assert ranking is not None  # noqa: S101  (the caller lists those with an intent)
        best: Match | None = ranking.matches[0] if ranking.matches else None
        brand = brands.get(placement.brand) if placement.brand else None
        return IntentRow(
            intent=ranking.intent.text,
            source=placement.source,
            url=f"{root}{SITES}{brand.slug}/{placement.slug}.html" if brand else "",
            brand=best.name if best else "",
            brand_url=brand_address(brands[best.id], root) if best and best.id in brands else "",
            confidence=best.confidence if best else 0.0,
            second=_second(ranking.matches),
        )

    rows = {each.source: _certainty(each) for each in stated}
    matched = sorted((p for p in stated if p.brand), key=lambda p: (rows[p.source], p.source))
    unmatched = sorted(
        (p for p in stated if not p.brand), key=lambda p: (-rows[p.source], p.source)
    )
    return IntentsView(
        **shared,
        stated=len(stated),
        threshold=ground.portfolio.config.matching.threshold,
        least=tuple(row(each) for each in matched[:LISTED]),
        more_least=max(len(matched) - LISTED, 0),
        unmatched=tuple(row(each) for each in unmatched[:LISTED]),
        more_unmatched=max(len(unmatched) - LISTED, 0),
    )


def _certainty(placement: Placement) -> float:
    matches = placement.ranking.matches if placement.ranking else ()
    return matches[0].confidence if matches else 0.0


def _second(matches: Sequence[Match]) -> str:
    if len(matches) < 2:
        return ""
    return f"{matches[1].name}, {matches[0].confidence - matches[1].confidence:.1f} behind"


def _development_view(ground: Ground, shared: dict[str, Any]) -> DevelopmentView:
    portfolio = ground.portfolio
    counts = Counter([brand.template for brand in portfolio.brands])
    # Whether a pack could be had depends on the network, and a page on the portfolio alone.
    told = [each for each in ground.warnings if each.path != LOCK_PATH]
    codes = Counter(each.code for each in told).most_common()
    return DevelopmentView(
        **shared,
        versions=ground.versions,
        packs=tuple(
            PackRow(pack_id, pack.name, pack.version, counts[pack_id])
            for pack_id, pack in sorted(portfolio.packs.items())
        ),
        codes=tuple(CodeRow(code, CODES[code].title, count) for code, count in sorted(codes)),
        diagnostics=tuple(map(_diagnostic, told[:LISTED])),
        more_diagnostics=max(len(told) - LISTED, 0),
    )


def _diagnostic(found: Diagnostic) -> DiagnosticRow:
    place = f"{found.path}:{found.span.line}:{found.span.column}"
    return DiagnosticRow(found.code, place, found.message, found.hint)
