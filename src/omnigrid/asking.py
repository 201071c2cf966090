"""What answers intents about a portfolio, remembered for as long as none of its files changes.

Imports little: most questions are about a portfolio that was read and checked before.
"""

from typing import NamedTuple

from msgspec import Struct

from omnigrid.match.score import Matcher
from omnigrid.matching import matcher_of, question_of, remembered_matcher
from omnigrid.model.matching import Names
from omnigrid.model.portfolio import Portfolio
from omnigrid.workspace import Workspace


class Asked(NamedTuple):
    """What is asked, and what its answers are called."""

    matcher: Matcher
    names: Names


class _Kept(Struct, frozen=True):
    names: Names
    question: str
    """Which index the portfolio has."""


def asked_of(workspace: Workspace, *, semantic: bool = False) -> Asked:
    """Return what answers intents with a portfolio's brands.

    A ``semantic`` one asks the sentence model, too. Raises InputError with every diagnostic, and
    where the model is not installed.
    """
    answers = workspace.answers("asked", _Kept)
    index = workspace.memory.index
    if index and not semantic and (known := answers.known()):
        matcher = remembered_matcher(index, known.question)
        if matcher:
            return Asked(matcher, known.names)
    from omnigrid.survey import read_portfolio  # noqa: PLC0415  (what reads and checks)

    portfolio = read_portfolio(workspace)
    names = names_of(portfolio)
    asked = Asked(matcher_of(portfolio, index, semantic=semantic), names)
    if not semantic:
        answers.keep(_Kept(names, question_of(portfolio)))
    return asked


def names_of(portfolio: Portfolio) -> Names:
    """Return what a portfolio's sectors and templates are called."""
    sectors = {each.id: each.name for each in portfolio.sectors}
    return Names(sectors, {each: file.name for each, file in portfolio.packs.items()})
