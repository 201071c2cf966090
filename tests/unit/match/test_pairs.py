"""Pairs of neighbours that a table knows are added to the sum of the words."""

import numpy as np

from omnigrid.load.words import GENERAL, decode_words, read_words
from omnigrid.match.vectors import WordVectors
from teaching.packing import pack

STEMS = ["the", "credit", "card", "note"]
ROWS = np.random.default_rng(0).normal(size=(len(STEMS) + 1, 8))


def embedded(rows: list[int]) -> list[float]:
    """Return the direction of the sum of some rows, as the table has them."""
    vectors = WordVectors(decode_words(pack([*STEMS, "credit card"], ROWS)))
    total = np.sum([vectors.row(number) for number in rows], axis=0)
    direction: list[float] = (total / np.linalg.norm(total)).tolist()
    return direction


def test_a_pair_counts_where_its_stems_are_neighbours_in_that_order() -> None:
    vectors = WordVectors(decode_words(pack([*STEMS, "credit card"], ROWS)))
    asked = {"Credit-cards!": [1, 2, 4], "card credit": [2, 1], "credit the card": [1, 0, 2]}
    for text, rows in asked.items():
        assert np.allclose(vectors.embed([text])[0], embedded(rows))
    together = vectors.embed(list(asked))
    assert all(
        np.allclose(row, vectors.embed([text])[0])
        for row, text in zip(together, asked, strict=True)
    )


def test_a_table_without_pairs_adds_none() -> None:
    vectors = WordVectors(decode_words(pack(STEMS, ROWS[:-1])))
    (found,) = vectors.embed(["credit card"])
    whole = WordVectors(decode_words(pack([*STEMS, "credit card"], ROWS)))
    assert not np.allclose(found, whole.embed(["credit card"])[0])


def test_the_general_table_knows_pairs_after_all_its_stems() -> None:
    names = list(read_words(GENERAL).numbers)
    first = next(place for place, name in enumerate(names) if " " in name)
    assert all(name.count(" ") == 1 for name in names[first:])
    assert {"how do", "credit card"} <= set(names[first:])
    assert not any(" " in name for name in read_words().numbers)
