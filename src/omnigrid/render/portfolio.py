"""The portfolio's own pages: home, sectors, heatmap, launch."""

from typing import Any

import msgspec

from omnigrid.model.dashboards import (
    AnyDashboard,
    DevelopmentView,
    IntentsView,
    OperationsView,
    OrchestrationView,
)
from omnigrid.model.packs import Pack
from omnigrid.model.palette import light_palette
from omnigrid.model.views import HeatmapView, HomeView, LaunchView, SectorView
from omnigrid.render.environment import pack_environment
from omnigrid.render.site import Files, favicon
from omnigrid.render.tokens import family_tokens, root_tokens

PortfolioView = HomeView | SectorView | HeatmapView | LaunchView | AnyDashboard

_SCRIPTS = ("directory.js", "finder.js", "finder-worker.js", "match.js")
"""Those that search brands and answer needs, beside the one that every page loads."""
_DASHBOARDS = {
    OperationsView: "operations.html",
    OrchestrationView: "orchestration.html",
    IntentsView: "intents.html",
    DevelopmentView: "development.html",
}
_LAUNCH = ("handover.js", "launch.css", "launch.js", "look.js", "page-file.js", "progress.js")


def render_home(view: HomeView, pack: Pack) -> Files:
    """Return the front page and the style sheet and script that the portfolio's pages share."""
    families = "".join(
        family_tokens(f".sector-{group.sector.slug}", group.sector.color) for group in view.groups
    )
    tokens = root_tokens(view.accent) + families
    return {
        "index.html": _page("home.html", view, pack, view.accent),
        "portfolio.css": tokens.encode() + pack.files["styles.css"],
        "portfolio.js": pack.files["app.js"],
        **{name: pack.files[name] for name in _SCRIPTS},
        "favicon.svg": favicon(view.portfolio.name[:1], view.accent),
    }


def render_sector(view: SectorView, pack: Pack) -> Files:
    """Return a sector's page."""
    return {"index.html": _page("sector.html", view, pack, view.sector.color)}


def render_heatmap(view: HeatmapView, pack: Pack) -> Files:
    """Return the heatmap's page and the script that keeps it fresh where it is served."""
    return {
        "index.html": _page("heatmap.html", view, pack, "#0f0f1e"),
        "heatmap.js": pack.files["heatmap.js"],
    }


def render_launch(view: LaunchView, pack: Pack) -> Files:
    """Return the page that launches, its style sheet and its scripts."""
    return {
        "index.html": _page("launch.html", view, pack, view.accent),
        **{name: pack.files[name] for name in _LAUNCH},
    }


def render_dashboard(view: AnyDashboard, pack: Pack) -> Files:
    """Return a dashboard's page."""
    return {"index.html": _page(_DASHBOARDS[type(view)], view, pack, view.accent)}


def _page(template: str, view: PortfolioView, pack: Pack, accent: str) -> bytes:
    context: dict[str, Any] = msgspec.to_builtins(view)
    context.pop("document", None)
    context["theme_color"] = light_palette(accent).accent
    return pack_environment(pack, pack).get_template(template).page(context)
