"""`omnigrid match --intents`: many intents at once, for measuring and for other programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from omnigrid.cli.session import Session
from omnigrid.match.score import Matcher
from omnigrid.matching import embedder_of, matcher, matcher_of
from omnigrid.model.errors import InputError
from omnigrid.model.files import MatchingConfig, Priority
from omnigrid.model.matching import Candidate, Intent, Ranking
from omnigrid.model.names import BrandId, PackId, SectorId
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
    if brands:
        found = _matcher_of_file(brands, semantic=semantic)
    else:
        found = matcher_of(read_portfolio(session.workspace()), semantic=semantic)
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


def _matcher_of_file(path: Path, *, semantic: bool) -> Matcher:
    candidates = _candidates(list(_rows(path, _BrandRow)))
    embedder = embedder_of(candidates, semantic=semantic)
    return matcher(candidates, embedder, MatchingConfig().threshold)


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
