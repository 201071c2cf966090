"""omnigrid without one of its parts: what is missing is taken from what its matcher is given."""

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from benching.matching.contestants import Contestant, omnigrid
from omnigrid.load.words import read_words
from omnigrid.match.score import Matcher
from omnigrid.match.vectors import TAUGHT, UNTAUGHT, WordVectors
from omnigrid.matching import matcher
from omnigrid.model.matching import Candidate
from omnigrid.model.words import BrandTerms, Vector


class _Mute:
    """An embedder to which no word means anything."""

    name, dims, calibration, taught = "mute", 2, UNTAUGHT, TAUGHT

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        return [(0.0, 0.0)] * len(texts)

    def embed_brands(self, candidates: Sequence[Candidate], terms: BrandTerms) -> Sequence[Vector]:
        del terms
        return [(0.0, 0.0)] * len(candidates)

    def weigh(self, text: str, words: Sequence[str], vector: Vector) -> Sequence[float]:
        del text, vector
        return [0.0] * len(words)


class _Literal(WordVectors):
    """Reads every word as it is spelt."""

    def __init__(self) -> None:
        table = read_words()
        super().__init__(table)
        self._spelt = table.numbers

    def row_of(self, stemmed: str) -> int | None:
        return self._spelt.get(stemmed)


def ablation(candidates: Sequence[Candidate], threshold: float) -> Iterator[Contestant]:
    """Yield omnigrid, and omnigrid without each of its parts."""
    whole = matcher(candidates, None, threshold)
    yield omnigrid("omnigrid", whole)
    yield omnigrid("without meaning", matcher(candidates, _Mute(), threshold))
    yield omnigrid("without equal words", _keeping(whole, lambda _: False))
    yield omnigrid("without pairs", _keeping(whole, lambda term: " " not in term))
    yield omnigrid("without spelling", matcher(candidates, _Literal(), threshold))
    if any(candidate.examples for candidate in candidates):
        plain = [_untaught(candidate) for candidate in candidates]
        yield omnigrid("without the lesson", matcher(plain, None, threshold))


def _keeping(whole: Matcher, keep: Callable[[str], bool]) -> Matcher:
    """Return a matcher that knows only the terms that are kept."""
    index = whole.index
    rarity = {term: value for term, value in index.rarity.items() if keep(term)}
    postings = {term: value for term, value in index.postings.items() if keep(term)}
    return Matcher(replace(index, rarity=rarity, postings=postings), whole.embedder)


def _untaught(candidate: Candidate) -> Candidate:
    """Return a brand that says its examples as keywords, so that nothing is learnt from them."""
    return replace(candidate, keywords=(*candidate.keywords, *candidate.examples), examples=())
