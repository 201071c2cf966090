"""`omnigrid match --review`: the pages whose match is least certain, with the runners-up."""

import click

from omnigrid.cli.session import Session
from omnigrid.model.matching import Placement
from omnigrid.survey import survey_workspace

SHOWN = 20


def show_review(session: Session, *, as_json: bool) -> None:
    """Print the intents of the portfolio's pages, the least certain first."""
    seen = survey_workspace(session.workspace())
    doubted = [each for each in seen.matches if each.ranking is not None and each.ranking.matches]
    doubted.sort(key=lambda each: (_certainty(each), each.source))
    if as_json:
        session.show_json({"intents": [_document(each) for each in doubted]})
    elif not doubted:
        session.show("no page looks for its brand: each names it, or there are none")
    else:
        session.show("\n".join(map(_text, doubted[:SHOWN])))
        if len(doubted) > SHOWN:
            session.show(f"and {len(doubted) - SHOWN} that are more certain")


def _certainty(placement: Placement) -> float:
    ranking = placement.ranking
    assert ranking is not None  # noqa: S101  (the caller filters)
    return ranking.matches[0].confidence


def _document(placement: Placement) -> dict[str, object]:
    ranking = placement.ranking
    assert ranking is not None  # noqa: S101  (the caller filters)
    return {
        "source": placement.source,
        "intent": ranking.intent.text,
        "unmatched": ranking.unmatched,
        "margin": ranking.margin,
        "matches": [
            {"id": each.id, "name": each.name, "confidence": each.confidence}
            for each in ranking.matches[:3]
        ],
    }


def _text(placement: Placement) -> str:
    ranking = placement.ranking
    assert ranking is not None  # noqa: S101  (the caller filters)
    best, *others = ranking.matches[:3]
    verdict = "no confident match; nearest" if ranking.unmatched else "goes to"
    runners = ", ".join(f"{each.id} {each.name} {each.confidence:.0f} %" for each in others)
    return "\n".join(
        [
            click.style(f"{best.confidence:5.1f} %  {placement.source}", bold=True),
            f'         "{ranking.intent.text}"',
            f"         {verdict} {best.id} {best.name}; then {runners or 'no other'}",
            "         right? leave it. Wrong? write `brand:` beside its `intent:`",
        ]
    )
