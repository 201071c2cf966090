"""Other matchers, as one would set them up without knowing the intents."""

import sys
import warnings
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import Stemmer

from benching.matching.contestants import Answer, Contestant, ranked
from benching.peers.install import install_matchers
from omnigrid.model.matching import Candidate


def rivals(candidates: Sequence[Candidate]) -> list[Contestant]:
    """Return the rivals, who know these brands."""
    reach_peers()
    return [_bm25(candidates), _regression(candidates), _cosine(candidates)]


def reach_peers() -> None:
    """Install what the suite needs besides omnigrid, and let it be imported after our own."""
    folder = str(install_matchers())
    if folder not in sys.path:
        sys.path.append(folder)


def text_of(candidate: Candidate) -> str:
    """Return all that a brand says, its examples included."""
    own = (candidate.name, candidate.tagline, candidate.description, *candidate.keywords)
    return ". ".join(text for text in (*own, candidate.sector_name, *candidate.examples) if text)


def _bm25(candidates: Sequence[Candidate]) -> Contestant:
    """Return BM25 over stems: X. H. Lù, "BM25S" (2024)."""
    bm25s, stemmer = import_module("bm25s"), Stemmer.Stemmer("english")
    ids = [candidate.id for candidate in candidates]
    quiet = {"show_progress": False}

    def tokens(texts: list[str]) -> Any:
        words = {"stopwords": "en", "stemmer": stemmer, "return_ids": False}
        return bm25s.tokenize(texts, **words, **quiet)

    retriever = bm25s.BM25()
    retriever.index(tokens([text_of(candidate) for candidate in candidates]), **quiet)

    def answer(text: str) -> Answer:
        (words,) = tokens([text])
        return ranked(ids, retriever.get_scores(words) if words else [0.0] * len(ids))

    return Contestant("BM25, stems (bm25s)", answer, sure=False)


def _regression(candidates: Sequence[Candidate]) -> Contestant:
    """Return a softmax regression over the texts of each brand."""
    rows = [(c.id, text) for c in candidates for text in _lessons(c)]
    vectors, table = _vectors([text for _, text in rows])
    model = import_module("sklearn.linear_model").LogisticRegression(C=10, max_iter=300)
    with warnings.catch_warnings(action="ignore"):  # It wonders at brands with one row each.
        model.fit(table, [brand for brand, _ in rows])
    ids = [str(each) for each in model.classes_]

    def answer(text: str) -> Answer:
        return ranked(ids, model.predict_proba(vectors.transform([text]))[0].tolist())

    return Contestant("TF-IDF + logistic regression", answer, sure=True)


def _lessons(candidate: Candidate) -> Sequence[str]:
    """Return what is learnt of a brand: its examples with its title, or all that it says."""
    if candidate.examples:
        return (f"{candidate.name} {candidate.tagline}", *candidate.examples)
    return (text_of(candidate),)


def _cosine(candidates: Sequence[Candidate]) -> Contestant:
    """Return the likeness of a text to all that a brand says."""
    vectors, table = _vectors([text_of(candidate) for candidate in candidates])
    ids = [candidate.id for candidate in candidates]

    def answer(text: str) -> Answer:
        likeness = table @ vectors.transform([text]).T
        return ranked(ids, likeness.toarray()[:, 0].tolist())

    return Contestant("TF-IDF, cosine", answer, sure=False)


def _vectors(texts: Sequence[str]) -> tuple[Any, Any]:
    """Return what turns texts into TF-IDF of words, pairs and letters, and these as a table."""
    kind = import_module("sklearn.feature_extraction.text").TfidfVectorizer
    words = kind(ngram_range=(1, 2), sublinear_tf=True)
    letters = kind(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    union = import_module("sklearn.pipeline").FeatureUnion
    vectors = union([("words", words), ("letters", letters)])
    return vectors, vectors.fit_transform(texts)
