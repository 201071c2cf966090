"""`omnigrid match`"""

from pathlib import Path

import click

from omnigrid.asking import asked_of
from omnigrid.cli.answers import answer_text, ranking_document, why_not_text
from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.match.score import TOP
from omnigrid.model.errors import InputError
from omnigrid.model.files import Priority
from omnigrid.model.matching import Intent
from omnigrid.model.names import BrandId, PackId, SectorId

LONGEST_INTENT = 2000
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("match")
@click.argument("text", required=False)
@click.option("--sector", help="The sector that is wanted, by its id.")
@click.option("--template", help="The template type that is wanted, by its id.")
@click.option(
    "--priority", type=click.Choice([p.value for p in Priority]), help="How soon it is needed."
)
@click.option(
    "--top", type=click.IntRange(1, 100), default=TOP, show_default=True, help="How many brands."
)
@click.option("--why-not", metavar="BRAND", help="Say why this brand is not the first, by its id.")
@click.option(
    "--review", is_flag=True, help="List the pages whose match is least certain; no TEXT."
)
@click.option("--brands", type=_FILE, help="Match with these brands, JSON lines; with --intents.")
@click.option("--intents", type=_FILE, help="Answer these intents, JSON lines, as JSON lines.")
@click.option(
    "--semantic", is_flag=True, help='Ask a sentence model, too: pip install "omnigrid[semantic]".'
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@offline_option
@click.pass_obj
def command(
    session: Session,
    text: str | None,
    sector: str | None,
    template: str | None,
    priority: str | None,
    top: int,
    why_not: str | None,
    review: bool,
    brands: Path | None,
    intents: Path | None,
    semantic: bool,
    as_json: bool,
) -> None:
    """Find the brands that answer an intent, TEXT in anybody's words.

    Each answer says how sure it is and why. When nothing fits well, it says so.
    """
    if sum((text is not None, review, intents is not None)) != 1:
        raise click.UsageError("Give the TEXT of an intent, or --intents FILE, or --review.")
    if brands is not None and intents is None:
        raise click.UsageError("--brands goes with --intents FILE. Name the intents, too.")
    if intents is not None:
        from omnigrid.cli.batches import answer_batch

        answer_batch(session, brands, intents, top, semantic=semantic)
    elif review:
        from omnigrid.cli.reviews import show_review

        show_review(session, as_json=as_json)
    else:
        intent = Intent(
            text=(text or "")[:LONGEST_INTENT],
            sector=SectorId(sector) if sector else None,
            template=PackId(template) if template else None,
            priority=Priority(priority) if priority else None,
        )
        _answer(session, intent, top, why_not, semantic=semantic, as_json=as_json)


def _answer(
    session: Session,
    intent: Intent,
    top: int,
    why_not: str | None,
    *,
    semantic: bool,
    as_json: bool,
) -> None:
    matcher, names = asked_of(session.workspace(), semantic=semantic)
    _check_known("sector", intent.sector, list(names.sectors))
    _check_known("template", intent.template, list(names.templates))
    _check_known("brand", why_not, [each.id for each in matcher.index.brands])
    ranking = matcher.rank(intent, top)
    asked = matcher.look_at(intent, BrandId(why_not)) if why_not else None
    if as_json:
        session.show_json(ranking_document(ranking, asked))
        return
    session.show(answer_text(ranking, names))
    if asked:
        session.show(why_not_text(ranking, asked, matcher.index.threshold))


def _check_known(kind: str, name: str | None, known: list[str]) -> None:
    if name is not None and name not in known:
        from omnigrid.check.nearest import did_you_mean, nearest

        few = f"known: {', '.join(sorted(known))}" if len(known) <= 40 else "see `omnigrid list`"
        raise InputError(f'unknown {kind} "{name}"', did_you_mean(nearest(name, known)) or few)
