"""What needs usually score at a brand is taken off by half."""

from array import array

import numpy as np
import pytest

from omnigrid.match.levelled import Levelled
from omnigrid.match.sentences import SentenceModel
from omnigrid.model.files import Priority
from omnigrid.model.matching import Candidate
from omnigrid.model.names import BrandId, PackId, SectorId
from omnigrid.model.sentences import Needs
from omnigrid.model.words import BrandTerms
from support.dice import DIMS, WORDS, dice_weights

NO_TERMS = BrandTerms((), (), (), ())


def brand(tagline: str) -> Candidate:
    return Candidate(
        BrandId("LTC-1"), "", SectorId("x"), PackId("x"), Priority.LOW, tagline=tagline
    )


def needs(embedder: str, rows: list[list[int]]) -> Needs:
    """Return what needs are like: each row a tenth of these cells."""
    cells = b"".join(array("b", row).tobytes() for row in rows)
    return Needs("made", embedder, [0.1] * len(rows), cells)


def test_half_of_what_is_usual_is_taken_off() -> None:
    model, chance = SentenceModel(dice_weights()), np.random.default_rng(1)
    rows = chance.integers(-9, 9, size=(3, DIMS))
    made = Levelled(model, needs("dice", rows.tolist()))
    (text,), brands = made.embed(["sign contracts"]), [brand("review them"), brand("our suppliers")]
    plain = np.array(model.embed_brands(brands, NO_TERMS))
    usual = 0.1 * (plain @ rows[0] + 2 * np.hypot(plain @ rows[1], plain @ rows[2]))
    asked = np.array(model.embed(["sign contracts"])[0])
    found = np.array(made.embed_brands(brands, NO_TERMS)) @ np.array(text)
    assert np.allclose(found, plain @ asked + 0.5 * (0.4 - usual))
    assert (made.name, made.dims) == ("dice, levelled made", DIMS + 1)


def test_a_text_of_which_nothing_is_known_scores_nothing() -> None:
    made = Levelled(SentenceModel(dice_weights()), needs("dice", [[1] * DIMS]))
    assert not np.any(made.embed(["zebra", ""]))


def test_what_is_taken_off_is_no_word_s() -> None:
    model = SentenceModel(dice_weights())
    made, text = Levelled(model, needs("dice", [[1] * DIMS])), " ".join(WORDS)
    (vector,) = made.embed_brands([brand("review them")], NO_TERMS)
    assert made.weigh(text, WORDS, vector) == model.weigh(text, WORDS, vector[:DIMS])


def test_needs_of_another_embedder_are_refused() -> None:
    with pytest.raises(ValueError, match="measured with another"):
        Levelled(SentenceModel(dice_weights()), needs("another", [[1] * DIMS]))
