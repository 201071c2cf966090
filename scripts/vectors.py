"""Golden vectors: what Python answers to given intents, so that `match.js` is held to the same."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from omnigrid.load.disk import DiskTree
from omnigrid.matching import matcher_of
from omnigrid.model.matching import Intent
from omnigrid.survey import survey

ROOT = Path(__file__).parents[1]
INTENTS = "tests/vectors/intents.jsonl"
ANSWERS = "tests/vectors/match.json"


class Answered(Struct, frozen=True):
    """A brand of an answer."""

    id: str
    confidence: float
    terms: tuple[str, ...]


class Vector(Struct, frozen=True):
    """An intent, and the five brands that answer it best."""

    intent: Intent
    unmatched: bool
    matches: tuple[Answered, ...]


def intents() -> list[Intent]:
    """Return the intents of all kinds for which there are vectors."""
    lines = (ROOT / INTENTS).read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Intent) for line in lines]


@lru_cache(maxsize=1)
def answered() -> tuple[Vector, ...]:
    """Return what Python answers to each, with the brands of the example portfolio."""
    matcher = matcher_of(survey(DiskTree(ROOT), None).portfolio)
    rankings = [matcher.rank(intent) for intent in intents()]
    return tuple(
        Vector(
            ranking.intent,
            ranking.unmatched,
            tuple(Answered(each.id, each.confidence, each.terms) for each in ranking.matches),
        )
        for ranking in rankings
    )


def golden_vectors() -> dict[str, str]:
    """Return the file of vectors: path and text."""
    rows: list[Any] = [msgspec.to_builtins(vector) for vector in answered()]
    lines = ",\n".join(msgspec.json.encode(row).decode() for row in rows)
    return {ANSWERS: f"[\n{lines}\n]\n"}


def read_vectors() -> list[Vector]:
    """Return the vectors as they were last written."""
    return msgspec.json.decode((ROOT / ANSWERS).read_bytes(), type=list[Vector])
