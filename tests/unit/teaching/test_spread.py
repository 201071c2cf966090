"""What needs are like, and that the files of the package were made of each other."""

from importlib.util import find_spec

import numpy as np
import pytest

from omnigrid.load.sentences import PACKAGES, decode_needs
from omnigrid.match.sentences import SentenceModel
from omnigrid.matching import embedder_of
from support.dice import DIMS, WORDS, dice_weights
from teaching.lessons import Product
from teaching.packing import pack_needs
from teaching.spread import spread_of

NEEDS = [" ".join(WORDS[at : at + 3]) for at in range(len(WORDS) - 2)]


def test_a_mean_and_directions_say_what_is_usual_anywhere() -> None:
    model = SentenceModel(dice_weights())
    products = [Product("", "", (), (need, "not asked")) for need in NEEDS]
    rows, brands = spread_of(model, products), np.random.default_rng(0).normal(size=(5, DIMS))
    scores = np.array(model.embed(NEEDS)) @ brands.T
    assert np.allclose(rows[0] @ brands.T, scores.mean(axis=0))
    assert np.allclose(np.linalg.norm(rows[1:] @ brands.T, axis=0), scores.std(axis=0))


def test_what_is_packed_comes_back() -> None:
    rows = np.random.default_rng(0).normal(size=(3, DIMS))
    data = pack_needs("some embedder", rows)
    found = decode_needs(data)
    cells = np.frombuffer(found.cells, dtype=np.int8).reshape(3, DIMS)
    scales = np.array(found.scales)[:, None]
    assert (np.abs(cells * scales - rows) <= scales / 2 + 1e-6).all()
    assert found.embedder == "some embedder"
    with pytest.raises(ValueError, match="not whole"):
        decode_needs(data[:-1])


@pytest.mark.skipif(
    not any(find_spec(package) for package in PACKAGES),
    reason="omnigrid[semantic] is not installed",
)
def test_the_needs_of_the_package_were_measured_with_its_words_and_sentences() -> None:
    assert "levelled" in embedder_of((), semantic=True).name
