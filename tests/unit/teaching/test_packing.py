"""What is packed is what omnigrid reads."""

import numpy as np
import pytest
from numpy.typing import NDArray

from omnigrid.load.sentences import decode_adapter
from omnigrid.load.words import decode_words
from omnigrid.match.vectors import WordVectors
from teaching.packing import LARGEST, pack, pack_adapter, quantise

STEMS = ["the", *(f"stem{number}" for number in range(1, 40))]


def vectors() -> NDArray[np.float64]:
    """Return made-up rows of very different length; one has a large cell, and one has nothing."""
    chance = np.random.default_rng(0)
    rows = chance.normal(size=(len(STEMS), 32)) * np.geomspace(0.01, 3, len(STEMS))[:, None]
    rows[5, 3] = 2.0
    rows[6] = 0
    return rows


def test_rows_come_back_within_half_a_step() -> None:
    wanted = vectors() / np.linalg.norm(vectors(), axis=1).max()
    table = decode_words(pack(STEMS, vectors()))
    found = np.array([WordVectors(table).row(number) for number in range(len(STEMS))])
    steps = np.array(table.scales)[:, None]
    cut = np.abs(wanted) > LARGEST * steps
    assert (np.abs(found - wanted) <= np.where(cut, np.inf, steps / 2 + 1e-7)).all()
    assert np.allclose(np.abs(found[cut]), (LARGEST * steps + 0 * wanted)[cut])
    lost, length = ((found - wanted) ** 2).sum(axis=1), (wanted**2).sum(axis=1)
    assert (lost <= 0.03 * length + 1e-12).all()


def test_stems_keep_their_order_and_the_longest_vector_is_one_long() -> None:
    table = decode_words(pack(STEMS, vectors()))
    assert list(table.numbers) == STEMS
    assert list(table.numbers.values()) == list(range(len(STEMS)))
    lengths = [np.linalg.norm(WordVectors(table).row(number)) for number in range(len(STEMS))]
    assert abs(max(lengths) - 1) < 0.05


def test_a_row_of_zeros_stays_one() -> None:
    cells, scales = quantise(np.zeros((1, 4)))
    assert not cells.any()
    assert scales.all()


def test_what_is_added_to_a_matrix_comes_back() -> None:
    chance = np.random.default_rng(0)
    learnt = {
        name: (
            chance.normal(size=(rank, 12)).astype(np.float32),
            chance.normal(size=(rank, 20)).astype(np.float32),
        )
        for name, rank in (("4.look", 3), ("5.tell", 2))
    }
    data = pack_adapter(learnt)
    found = decode_adapter(data)
    assert list(found.parts) == list(learnt)
    for name, (columns, rows) in learnt.items():
        part = found.parts[name]
        cells = np.frombuffer(part.cells, dtype=np.int8).reshape(len(columns), -1).astype(float)
        sums = (cells[:, : part.ins].T * part.scales) @ cells[:, part.ins :]
        assert np.allclose(sums, columns.T @ rows, atol=0.08)
    with pytest.raises(ValueError, match="is not whole"):
        decode_adapter(data + b"?")


def test_rows_that_never_learnt_are_nothing() -> None:
    data = pack_adapter({"0.look": (np.ones((1, 2), np.float32), np.zeros((1, 2), np.float32))})
    assert decode_adapter(data).parts["0.look"].cells == bytes([127, 127, 0, 0])
