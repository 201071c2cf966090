"""The page on which a file or a need becomes a published page."""

from omnigrid.model.files import Priority
from omnigrid.model.forge import forge_of
from omnigrid.model.labels import Choice
from omnigrid.model.launching import FOLDER
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.views import LaunchView
from omnigrid.plan.cards import portfolio_label
from omnigrid.plan.forge import need_link, new_file
from omnigrid.plan.pages import DEFAULT_ACCENT, template_choices


def launch_view(portfolio: Portfolio) -> LaunchView:
    """Return the view of the page that launches. Nothing of it depends on content."""
    config = portfolio.config
    forge = forge_of(config)
    return LaunchView(
        portfolio=portfolio_label(portfolio, "../"),
        accent=config.theme.accent or DEFAULT_ACCENT,
        sectors=tuple(sorted((_choice(s.id, s.name) for s in portfolio.sectors), key=_name)),
        templates=template_choices(portfolio, portfolio.brands),
        priorities=tuple(Priority),
        budget_seconds=config.publish.budget_seconds,
        new_file=new_file(forge, FOLDER) if forge else None,
        editing=need_link(forge, None),
    )


def _choice(value: str, name: str) -> Choice:
    return Choice(value, name)


def _name(choice: Choice) -> str:
    return choice.name
