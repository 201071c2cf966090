"""`omnigrid match --intents`: many intents at once, for measuring and for other programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from omnigrid.cli.session import Session
from omnigrid.match.score import Matcher
from omnigrid.matching import matcher, matcher_of, words_and_sentences
from omnigrid.model.errors import InputError
from omnigrid.model.files import MatchingConfig, Priority
from omnigrid.model.matching import Candidate, Intent, Ranking
from omnigrid.model.names import BrandId, PackId, SectorId
from omnigrid.model.words import Embedder
from omnigrid.survey import read_portfolio

Row = TypeVar("Row")


class _BrandRow(Struct, frozen=True):
    """A brand as a line of JSON."""

    id: str
    name: str
    sector: str | None = None
    template_type: str | None = None
    priority: Priority | None = None
    tagline: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] | None = None
    examples: tuple[str, ...] | None = None


class _IntentRow(Struct, frozen=True):
    """An intent as a line of JSON."""

    i: int | str
    intent: str
    sector_preference: str | None = None
    template_type: str | None = None
    priority: Priority | None = None


def answer_batch(
    session: Session, brands: Path | None, intents: Path, top: int, *, semantic: bool
) -> None:
    """Print the answer to each intent of a file as a line of JSON."""
    rows = list(_rows(intents, _IntentRow))
    embedder = words_and_sentences() if semantic else None
    found = _matcher_of_file(brands, embedder) if brands else _matcher_here(session, embedder)
    for row in rows:
        intent = Intent(
            row.intent,
            SectorId(row.sector_preference) if row.sector_preference else None,
            PackId(row.template_type) if row.template_type else None,
            row.priority,
        )
        session.show(msgspec.json.encode(_document(row, found.rank(intent, top))).decode())


def _document(row: _IntentRow, ranking: Ranking) -> dict[str, object]:
    matches = [{"id": each.id, "confidence": each.confidence} for each in ranking.matches]
    return {"intent": row.i, "matches": matches, "unmatched": ranking.unmatched}


def _matcher_here(session: Session, embedder: Embedder | None) -> Matcher:
    return matcher_of(read_portfolio(session.workspace()), embedder=embedder)


def _matcher_of_file(path: Path, embedder: Embedder | None) -> Matcher:
    rows = list(_rows(path, _BrandRow))
    return matcher(_candidates(rows), embedder, MatchingConfig().threshold)


def _candidates(rows: Sequence[_BrandRow]) -> list[Candidate]:
    return [
        Candidate(
            id=BrandId(row.id),
            name=row.name,
            sector=SectorId(row.sector or ""),
            template=PackId(row.template_type or ""),
            priority=row.priority or Priority.MEDIUM,
            sector_name=(row.sector or "").replace("_", " "),
            template_name=(row.template_type or "").replace("_", " "),
            tagline=row.tagline or "",
            description=row.description or "",
            keywords=row.keywords or (),
            examples=row.examples or (),
        )
        for row in rows
    ]


def _rows(path: Path, kind: type[Row]) -> Iterator[Row]:
    decoder = msgspec.json.Decoder(kind)
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise InputError(
                f"{path.name}:{number}: not a line as it should be: {error}",
                "write one JSON object a line; docs/matching.md shows the fields",
            ) from None
