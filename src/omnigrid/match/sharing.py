"""How intents are scored, as data: `match.js` reads it, so that no number is written twice."""

import re

from omnigrid.match import reasons, score, terms, vectors
from omnigrid.match.both import VIEWS
from omnigrid.match.confidence import MANY_WORDS, WEIGHTS
from omnigrid.match.index import WORDS
from omnigrid.model.files import Priority
from omnigrid.model.matching import Learnt, MatchIndex
from omnigrid.model.names import BrandId
from omnigrid.model.sharing import Scoring


def scoring_of(embedder: str, *, taught: bool) -> Scoring:
    """Return how intents are scored with an embedder, by its name."""
    return Scoring(
        embedder=embedder,
        words=WORDS,
        taught=taught,
        views=VIEWS if taught else (1.0,),
        calibration=vectors.TAUGHT if taught else vectors.UNTAUGHT,
        weights=WEIGHTS,
        priorities=tuple(Priority),
        pool=score.POOL,
        left=score.LEFT,
        many_words=MANY_WORDS,
        top=score.TOP,
        shown=reasons.SHOWN,
        least=reasons.LEAST,
        correctable=vectors.LONG_ENOUGH,
        small=tuple(sorted(terms.SMALL)),
        spellings=tuple((each.pattern, _in_javascript(to)) for each, to in terms.SPELLINGS),
    )


def learnt_by(index: MatchIndex) -> dict[BrandId, Learnt]:
    """Return what was learnt of each brand of an index."""
    terms: list[dict[str, tuple[float, float]]] = [{} for _ in index.brands]
    for term, posting in index.postings.items():
        for number, weight in posting.items():
            terms[number][term] = (index.rarity[term], round(weight, 6))
    starts = range(0, len(index.vectors), index.dims)
    vectors = (index.vectors[start : start + index.dims] for start in starts)
    rows = zip(index.brands, terms, vectors, index.scales, strict=True)
    return {brand.id: Learnt(own, vector, scale) for brand, own, vector, scale in rows}


def _in_javascript(replacement: str) -> str:
    return re.sub(r"\\(\d)", r"$\1", replacement)
