"""What the matchers are asked: brands, and needs whose right answers are known."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from benching.measure import ROOT
from omnigrid.load.disk import DiskTree
from omnigrid.match.fields import candidates_of
from omnigrid.model.files import MatchingConfig, Priority
from omnigrid.model.matching import Candidate
from omnigrid.model.names import BrandId, PackId, SectorId
from omnigrid.survey import survey

INTENTS = ROOT / "tests/data/intents"
ALL = "all"


class Need(Struct, frozen=True):
    """An intent, and the brands that answer it: none where it is out of scope."""

    intent: str
    answers: tuple[str, ...]


Needs = Sequence[Need]


class Collection(NamedTuple):
    """Brands, and sets of needs by their name."""

    name: str
    candidates: Sequence[Candidate]
    threshold: float
    sets: Mapping[str, Needs]


class _Row(Struct, frozen=True):
    """A brand as a line of JSON."""

    id: str
    name: str
    sector: str = ""
    template_type: str = ""
    priority: Priority = Priority.MEDIUM
    tagline: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def portfolio_collection() -> Collection:
    """Return the example portfolio with the sets of this repository, and all of them in one."""
    portfolio = survey(DiskTree(ROOT), None, doubts=False).portfolio
    sets = {path.stem: read_needs(path) for path in sorted(INTENTS.glob("*.jsonl"))}
    sets[ALL] = tuple(chain.from_iterable(sets.values()))
    threshold = portfolio.config.matching.threshold
    return Collection("portfolio", candidates_of(portfolio), threshold, sets)


def read_collection(name: str, brands: Path, intents: Path) -> Collection:
    """Return brands and intents from files of JSON lines."""
    decoder = msgspec.json.Decoder(_Row)
    candidates = [_candidate(decoder.decode(line)) for line in _lines(brands)]
    return Collection(name, candidates, MatchingConfig().threshold, {ALL: read_needs(intents)})


def read_needs(path: Path) -> Needs:
    """Return the needs of a file of JSON lines."""
    decoder = msgspec.json.Decoder(Need)
    return tuple(decoder.decode(line) for line in _lines(path))


def _lines(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().splitlines() if line.strip()]


def _candidate(row: _Row) -> Candidate:
    return Candidate(
        id=BrandId(row.id),
        name=row.name,
        sector=SectorId(row.sector),
        template=PackId(row.template_type),
        priority=row.priority,
        sector_name=row.sector.replace("_", " "),
        template_name=row.template_type.replace("_", " "),
        tagline=row.tagline,
        description=row.description,
        keywords=row.keywords,
        examples=row.examples,
    )
