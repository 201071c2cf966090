"""What an intent found, in words and as data."""

from typing import Any

import click

from omnigrid.model.matching import Match, Names, Parts, Ranking

_SLIGHT = 5.0
"""Points of confidence within which two parts count as equal."""


def ranking_document(ranking: Ranking, asked: tuple[int, Match] | None = None) -> dict[str, Any]:
    """Return the data of an answer; with those of the brand that was asked for."""
    document: dict[str, Any] = {
        "intent": ranking.intent,
        "unmatched": ranking.unmatched,
        "margin": ranking.margin,
        "matches": ranking.matches,
    }
    if asked is not None:
        document["asked"] = {"place": asked[0], "match": asked[1]}
    return document


def answer_text(ranking: Ranking, names: Names) -> str:
    """Return the answer to an intent in words."""
    lines = [match_text(match, names) for match in ranking.matches]
    if not ranking.unmatched:
        return "\n".join(lines)
    head = "no confident match"
    if not lines:
        return f"{head}: this portfolio has no brands"
    return "\n".join([f"{head}; the nearest, which are not near enough:", *lines])


def match_text(match: Match, names: Names) -> str:
    """Return one brand's answer in words, over two lines."""
    sector, template = names.sectors[match.sector], names.templates[match.template]
    head = click.style(f"{match.confidence:5.1f} %  {match.id}  {match.name}", bold=True)
    return f"{head}  ({sector}, {template})\n         {_parts_text(match.parts)}{_because(match)}"


def _because(match: Match) -> str:
    return f"; because of: {', '.join(match.terms)}" if match.terms else ""


def _parts_text(parts: Parts) -> str:
    stated = {name: getattr(parts, name) for name in parts.__struct_fields__}
    return ", ".join(f"{name} {value:.0f}" for name, value in stated.items() if value is not None)


def why_not_text(ranking: Ranking, asked: tuple[int, Match], threshold: float) -> str:
    """Return why a brand is not the first, in words."""
    place, match = asked
    head = f"\n{match.id} {match.name} is in place {place}, {match.confidence:.1f} %"
    if place == 1:
        verdict = "first, but not sure enough" if ranking.unmatched else "the answer"
        return f"{head}: it is {verdict}."
    best = ranking.matches[0]
    lines = [f"{head}: {best.id} {best.name} has {best.confidence:.1f} %."]
    if match.terms:
        lines.append(f"  Speaks for it: {', '.join(match.terms)}.")
    else:
        lines.append("  No word of the intent speaks for it.")
    missing = [term for term in best.terms if term not in match.terms]
    if missing:
        lines.append(f"  Speaks for {best.id} alone: {', '.join(missing)}.")
    lines += [f"  {line}" for line in _compared(best.parts, match.parts)]
    if match.parts.text < threshold:
        lines.append(f"  Its text has {match.parts.text:.0f}; a match needs {threshold:.0f}.")
    lines.append(
        f"  If it should answer such intents, add this one to the `examples:` of {match.id}."
    )
    return "\n".join(lines)


def _compared(best: Parts, own: Parts) -> list[str]:
    found = []
    for name in best.__struct_fields__:
        first, second = getattr(best, name), getattr(own, name)
        if first is not None and first > second + _SLIGHT:
            found.append(f"In {name} it has {second:.0f}, the first has {first:.0f}.")
    return found
