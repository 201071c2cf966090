"""Matching as the commands use it: with the words that come with the package, and with memory."""

import os
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from omnigrid.load.words import GENERAL, read_words
from omnigrid.match.both import LESSON, SENTENCES, SURE, SURE_TAUGHT, VIEWS, Both
from omnigrid.match.fields import candidates_of, is_taught
from omnigrid.match.index import found_by, index_candidates
from omnigrid.match.score import Matcher
from omnigrid.match.vectors import TAUGHT, UNTAUGHT, WordVectors
from omnigrid.model.digests import digest_bytes
from omnigrid.model.matching import Candidate, FoundBy, MatchIndex
from omnigrid.model.portfolio import Brand, Portfolio
from omnigrid.model.words import Embedder

_SENTENCES = "sentences"
"""What the name of a file starts with that keeps an index of the sentence model."""


class _Kept(Struct, frozen=True):
    """A file: what the index was made from, and the index."""

    question: str
    index: MatchIndex


@lru_cache(maxsize=1)
def word_vectors() -> Embedder:
    """Return the embedder that comes with the package."""
    return WordVectors(read_words())


@lru_cache(maxsize=1)
def two_views() -> Embedder:
    """Return the same beside what words mean at large: for brands with examples."""
    general = WordVectors(read_words(GENERAL))
    return Both(word_vectors(), general, VIEWS, UNTAUGHT, TAUGHT)


@lru_cache(maxsize=1)
def _sentences() -> Embedder:
    # Few ask for it.
    from omnigrid.load.sentences import read_adapter, read_sentences  # noqa: PLC0415
    from omnigrid.match.sentences import SentenceModel  # noqa: PLC0415

    return SentenceModel(read_sentences(), read_adapter())


@lru_cache(maxsize=1)
def _words_and_sentences() -> Embedder:
    from omnigrid.load.sentences import read_needs  # noqa: PLC0415
    from omnigrid.match.levelled import Levelled  # noqa: PLC0415

    both = Both(word_vectors(), _sentences(), SENTENCES, SURE, SURE_TAUGHT)
    return Levelled(both, read_needs())


def embedder_of(candidates: Sequence[Candidate], *, semantic: bool = False) -> Embedder:
    """Return the embedder that suits these brands, of those that come with the package.

    A ``semantic`` one asks the model of ``omnigrid[semantic]``, too; raises InputError where that
    is not installed.
    """
    taught = is_taught(candidates)
    if not semantic:
        return embedder_for(taught=taught)
    if not taught:
        return _words_and_sentences()
    return Both(two_views(), _sentences(), LESSON, SURE, SURE_TAUGHT)


def embedder_for(*, taught: bool) -> Embedder:
    """Return the embedder that suits brands that have examples enough to learn from, or not."""
    return two_views() if taught else word_vectors()


def matcher_of(
    portfolio: Portfolio, memory: Path | None = None, *, semantic: bool = False
) -> Matcher:
    """Return what matches intents with a portfolio's brands.

    ``memory`` is a file where the index is kept; one of other brands, or a damaged one, is made
    anew. That of the sentence model is kept beside it. Raises InputError as ``embedder_of``.
    """
    candidates = candidates_of(portfolio)
    if memory and semantic:
        memory = memory.with_name(f"{_SENTENCES}-{memory.name}")
    threshold = portfolio.config.matching.threshold
    return matcher(candidates, embedder_of(candidates, semantic=semantic), threshold, memory)


def matcher(
    candidates: Sequence[Candidate],
    embedder: Embedder | None,
    threshold: float,
    memory: Path | None = None,
) -> Matcher:
    """Return what matches intents with these brands; ``memory`` as in ``matcher_of``.

    Without an ``embedder`` it is the one that suits them.
    """
    embedder = embedder or embedder_of(candidates)
    question = _question(candidates, embedder, threshold)
    index = _remembered(memory, question) if memory else None
    if index is None:
        index = index_candidates(candidates, embedder, threshold)
        if memory:
            _remember(memory, _Kept(question, index))
    return Matcher(index, embedder)


def question_of(portfolio: Portfolio) -> str:
    """Return what stands for all that a portfolio's index is made from."""
    candidates = candidates_of(portfolio)
    return _question(candidates, embedder_of(candidates), portfolio.config.matching.threshold)


def remembered_matcher(memory: Path, question: str) -> Matcher | None:
    """Return what matches intents by the index in a file; None where it is of another question."""
    index = _remembered(memory, question)
    if index is None:
        return None
    embedder = two_views() if index.small_words else word_vectors()
    return Matcher(index, embedder) if index.embedder == embedder.name else None


def _question(candidates: Sequence[Candidate], embedder: Embedder, threshold: float) -> str:
    asked = [msgspec.json.encode(candidates).decode(), embedder.name, threshold]
    return digest_bytes(msgspec.json.encode(asked))


def terms_of(portfolio: Portfolio, brands: Sequence[Brand]) -> FoundBy:
    """Return what some of a portfolio's brands are found by, in their order."""
    return found_by(candidates_of(portfolio, brands))


def _remembered(memory: Path, question: str) -> MatchIndex | None:
    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        kept = msgspec.msgpack.decode(memory.read_bytes(), type=_Kept)
        if kept.question == question:
            return kept.index
    return None


def _remember(memory: Path, kept: _Kept) -> None:
    partial = memory.with_suffix(f".{os.getpid()}")
    with suppress(OSError):  # What cannot be kept is made again.
        memory.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(msgspec.msgpack.encode(kept))
        partial.replace(memory)
        for other in memory.parent.glob(f"{memory.name.partition('-')[0]}-*"):
            if other != memory:  # Of another program, which made it in another way.
                other.unlink()
