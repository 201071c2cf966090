"""`omnigrid match`"""

import click

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.cli.session import Session
from omnigrid.match.index import index_brands
from omnigrid.match.score import TOP, rank_brands
from omnigrid.model.errors import InputError
from omnigrid.model.files import Priority
from omnigrid.model.matching import Intent, Match, Ranking
from omnigrid.model.names import PackId, SectorId
from omnigrid.model.portfolio import Portfolio
from omnigrid.survey import read_portfolio

LONGEST_INTENT = 2000


@click.command("match")
@click.argument("text")
@click.option("--sector", help="The sector that is wanted, by its id.")
@click.option("--template", help="The template type that is wanted, by its id.")
@click.option(
    "--priority", type=click.Choice([p.value for p in Priority]), help="How soon it is needed."
)
@click.option(
    "--top", type=click.IntRange(1, 100), default=TOP, show_default=True, help="How many brands."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
def command(
    session: Session,
    text: str,
    sector: str | None,
    template: str | None,
    priority: str | None,
    top: int,
    as_json: bool,
) -> None:
    """Find the brands that answer an intent, TEXT in anybody's words.

    Each answer says how sure it is and why. When nothing fits well, it says so.
    """
    portfolio = read_portfolio(session.workspace())
    _check_known("sector", sector, [each.id for each in portfolio.sectors])
    _check_known("template", template, list(portfolio.packs))
    intent = Intent(
        text=text[:LONGEST_INTENT],
        sector=SectorId(sector) if sector else None,
        template=PackId(template) if template else None,
        priority=Priority(priority) if priority else None,
    )
    ranking = rank_brands(index_brands(portfolio), intent, top)
    if as_json:
        session.show_json(_document(ranking))
    else:
        session.show(_text(ranking, portfolio))


def _check_known(kind: str, name: str | None, known: list[str]) -> None:
    if name is not None and name not in known:
        hint = did_you_mean(nearest(name, known)) or f"known: {', '.join(sorted(known))}"
        raise InputError(f'unknown {kind} "{name}"', hint)


def _document(ranking: Ranking) -> dict[str, object]:
    return {
        "intent": ranking.intent,
        "unmatched": ranking.unmatched,
        "matches": ranking.matches,
    }


def _text(ranking: Ranking, portfolio: Portfolio) -> str:
    lines = [_match_text(match, portfolio) for match in ranking.matches]
    if not ranking.unmatched:
        return "\n".join(lines)
    head = "no confident match"
    if not lines:
        return f"{head}: no brand knows any of these words"
    return "\n".join([f"{head}; the nearest, which are not near enough:", *lines])


def _match_text(match: Match, portfolio: Portfolio) -> str:
    sector = portfolio.sector(match.sector).name
    template = portfolio.packs[match.template].name
    parts = [
        f"{name} {value:.0f}"
        for name in match.parts.__struct_fields__
        if (value := getattr(match.parts, name)) is not None
    ]
    head = click.style(f"{match.confidence:5.1f} %  {match.id}  {match.name}", bold=True)
    because = ", ".join(match.terms)
    return f"{head}  ({sector}, {template})\n         {', '.join(parts)}; because of: {because}"
