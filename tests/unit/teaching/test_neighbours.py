"""Pairs of neighbouring stems that texts have often."""

import numpy as np

from teaching.agreement import agreeing_vectors
from teaching.neighbours import bag_with_pairs, frequent_pairs
from teaching.start import unit

TEXTS = ("How do I pay?", "how do we pay a bill", "do pay the bills", "paying bills, how do?")


def test_the_pairs_of_most_texts_come_first_and_rare_ones_not_at_all() -> None:
    assert frequent_pairs(TEXTS, 9) == ["how do"]
    more = (*TEXTS, "pay bills", "bill bill bill")
    assert frequent_pairs((*more, "do pay bills: pay bills"), 9) == ["how do", "pay bill"]
    assert frequent_pairs((*more, "do pay bills: pay bills"), 1) == ["how do"]


def test_a_text_is_the_rows_of_its_stems_and_of_its_pairs() -> None:
    numbers = {"the": 0, "how": 1, "do": 2, "pay": 3, "how do": 4, "do how": 5}
    assert bag_with_pairs("How do I pay?", numbers) == [(row, 1.0) for row in (1, 2, 3, 4)]
    assert bag_with_pairs("nobody", numbers) == [(0, 1.0)]


def test_a_pair_learns_what_its_stems_do_not_say() -> None:
    """Two stems mean a third thing together, and what they did alone still stands."""
    numbers = {"the": 0, "hot": 1, "dog": 2, "hot dog": 3}
    texts = ("hot", "dog", "hot dog")
    wanted = np.eye(3)
    start = np.zeros((4, 3))
    start[1], start[2] = wanted[0], wanted[1]
    bags = [bag_with_pairs(text, numbers) for text in texts for _ in range(20)]
    found = agreeing_vectors(bags, wanted.repeat(20, axis=0), start)
    sums = unit(np.array([found[[row for row, _ in bag]].sum(axis=0) for bag in bags[::20]]))
    assert (sums * wanted).sum(axis=1).min() > 0.9
