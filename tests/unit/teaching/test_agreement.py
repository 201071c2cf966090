"""Sums of words come to agree with what is wanted of texts."""

import numpy as np

from teaching.agreement import agreeing_vectors
from teaching.bags import Bag
from teaching.start import unit


def test_sums_turn_to_what_is_wanted_and_unused_rows_stay() -> None:
    chance = np.random.default_rng(0)
    truth, start = chance.normal(size=(2, 40, 8))
    bags: list[Bag] = [
        [(int(row), 1.0) for row in chance.integers(0, 39, size)]
        for size in chance.integers(1, 6, 400)
    ]
    wanted = unit(np.array([truth[[row for row, _ in bag]].sum(axis=0) for bag in bags]))

    def agreement(vectors: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
        sums = unit(np.array([vectors[[row for row, _ in bag]].sum(axis=0) for bag in bags]))
        return float((sums * wanted).sum(axis=1).mean())

    found = agreeing_vectors(bags, wanted, start)
    assert agreement(start) < 0.2
    assert agreement(found) > 0.8
    assert np.allclose(found[39], start[39], atol=1e-5)
