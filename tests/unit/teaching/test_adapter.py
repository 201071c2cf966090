"""The last layers read in PyTorch as omnigrid's encoder reads them."""

import numpy as np
import pytest

from support.dice import DIMS, dice_weights
from teaching.adapter import Lower, Upper, split

PIECES = [(1, 3, 4, 2), (1, 5, 2), (1, 6, 7, 8, 2), (1, 9, 2)]


def test_the_layers_before_the_last_know_every_piece_of_each_text_in_order() -> None:
    lower = Lower(dice_weights(2).tensors)
    lengths = [len(each) for each in PIECES]
    states = split(lower.states_before(2, PIECES), lengths)
    assert [state.shape for state in states] == [(length, DIMS) for length in lengths]
    means = np.array([state.astype(float).mean(axis=0) for state in states])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    assert np.allclose(means, lower.means(PIECES), atol=1e-3)


def test_what_has_learnt_nothing_yet_reads_as_before() -> None:
    pytest.importorskip("torch", reason="PyTorch is installed for teaching alone")
    weights = dice_weights(2)
    lower, upper = Lower(weights.tensors), Upper(weights, first=1, rank=2, seed=0)
    states = split(lower.states_before(1, PIECES), [len(each) for each in PIECES])
    assert np.allclose(upper.read(states).detach().numpy(), lower.means(PIECES), atol=1e-3)
    assert all(not rows.any() for _, rows in upper.learnt.values())
