"""Sentence vectors: the arithmetic on a model made of dice, the meaning on the real one."""

from importlib.util import find_spec

import numpy as np
import pytest
from msgspec.structs import replace

from omnigrid.load.sentences import PACKAGES, read_adapter, read_sentences
from omnigrid.match.sentences import SentenceModel
from omnigrid.model.sentences import Adapter, Tensor
from omnigrid.model.words import Embedder
from support.dice import DIMS, WORDS, dice_adapter, dice_weights

semantic = pytest.mark.skipif(
    not any(find_spec(package) for package in PACKAGES),
    reason="omnigrid[semantic] is not installed",
)

TEXTS = [" ".join(WORDS[: 1 + number % len(WORDS)]) for number in range(40)]


def dice_model(layers: int = 2, taught: Adapter | None = None) -> SentenceModel:
    """Return a model with weights by chance."""
    return SentenceModel(dice_weights(layers), taught)


@pytest.fixture(scope="module")
def model() -> SentenceModel:
    return SentenceModel(read_sentences())


def test_it_is_an_embedder() -> None:
    embedder: Embedder = dice_model()
    assert (embedder.name, embedder.dims) == ("dice", DIMS)
    assert [len(vector) for vector in embedder.embed(["the contracts", "?"])] == [DIMS, DIMS]


def test_one_text_and_many_agree() -> None:
    made = dice_model()
    many = made.embed_many(TEXTS)
    assert many.dtype == np.float64
    assert np.allclose(many, [made.embed([text])[0] for text in TEXTS], atol=1e-5)
    assert np.allclose(many[::-1], made.embed_many(TEXTS[::-1]), atol=1e-5)


def test_the_words_of_a_text_add_up_to_its_vector() -> None:
    made = dice_model()
    text, other = made.embed(["review, the contracts review", "sign them"])
    said = made.weigh(
        "Review, the contracts review", ["review", "the", "contracts", "", ","], other
    )
    assert sum(said) == pytest.approx(float(np.dot(text, other)))


def test_what_was_taught_is_added_to_the_matrices() -> None:
    weights, name = dice_weights(2), "encoder.layer.1.output.dense.weight"
    given = dice_adapter(4 * DIMS, DIMS)
    cells = np.frombuffer(given.cells, dtype=np.int8).reshape(3, -1).astype(np.float32)
    scales = np.array(given.scales, dtype=np.float32)[:, None]
    more = (scales * cells[:, 4 * DIMS :]).T @ cells[:, : 4 * DIMS]
    matrix = np.frombuffer(weights.tensors[name].data, dtype="<f4").reshape(more.shape) + more
    whole = Tensor(more.shape, memoryview(matrix.astype("<f4").tobytes()))
    by_hand = SentenceModel(replace(weights, tensors={**weights.tensors, name: whole}))
    taught = SentenceModel(weights, Adapter("lesson", {"1.narrow": given}))
    assert np.allclose(taught.embed_many(TEXTS), by_hand.embed_many(TEXTS), atol=1e-5)
    assert not np.allclose(taught.embed_many(TEXTS), dice_model().embed_many(TEXTS), atol=1e-2)
    assert taught.name == "dice, taught lesson"


@semantic
def test_what_comes_with_omnigrid_fits_the_model_and_changes_how_needs_are_read(
    model: SentenceModel,
) -> None:
    taught = SentenceModel(read_sentences(), read_adapter())
    asked, *given = (
        "the same bill was settled two times",
        "duplicate payment detection for accounts payable",
        "restaurant bills split among friends",
    )
    before, after = model.embed_many([asked, *given]), taught.embed_many([asked, *given])
    assert after[0] @ after[1] - after[0] @ after[2] > before[0] @ before[1] - before[0] @ before[2]
    assert ((before * after).sum(axis=1) > 0.5).all()


@pytest.mark.parametrize("text", ["", "zebra"])
def test_a_word_that_is_not_known_adds_nothing(text: str) -> None:
    assert dice_model().weigh(text, ["zebra", "them"], [1.0] * DIMS) == [0.0, 0.0]


def test_the_order_of_the_words_counts() -> None:
    one, other = dice_model().embed_many(["the contracts sign", "sign the contracts"])
    assert not np.allclose(one, other, atol=1e-4)


def test_what_is_not_known_is_zero_and_all_else_of_length_one() -> None:
    vectors = dice_model().embed_many(["", "zebra", "the zebra", "of " * 5000])
    assert np.allclose(np.linalg.norm(vectors, axis=1), [0, 0, 1, 1])


def test_no_texts_have_no_vectors() -> None:
    assert dice_model().embed([]) == []
    assert dice_model().embed_many([]).shape == (0, DIMS)


@semantic
def test_the_numbers_are_those_of_the_authors_model(model: SentenceModel) -> None:
    """As the package sentence-transformers computes them, in its documentation's first example."""
    found = model.embed_many(
        [
            "The weather is lovely today.",
            "It's so sunny outside!",
            "He drove to the stadium.",
        ]
    )
    expected = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    assert np.allclose(found @ found.T, expected, atol=1e-4)


@semantic
@pytest.mark.parametrize(
    ("text", "nearest_first"),
    [
        (
            "a lawyer has to look at what we are about to sign",
            ["review contracts", "write job advertisements", "water plants"],
        ),
        (
            "our till is slow when many customers pay",
            ["speed up the checkout", "train the sales team", "file a patent"],
        ),
    ],
)
def test_what_means_nearly_the_same_is_near(
    model: SentenceModel, text: str, nearest_first: list[str]
) -> None:
    asked, *given = model.embed_many([text, *nearest_first])
    nearness = [float(asked @ vector) for vector in given]
    assert nearness == sorted(nearness, reverse=True)


@semantic
@pytest.mark.parametrize(
    "text", ["hello", "🙂 contracts 🇩🇪", "我们需要审查合同", "x" * 10_000, "why? " * 2_000]
)
def test_any_text_has_a_direction_or_none(model: SentenceModel, text: str) -> None:
    (vector,) = model.embed_many([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(0 if text.startswith("xx") else 1)


@semantic
def test_its_company_does_not_change_a_text(model: SentenceModel) -> None:
    many = model.embed_many(TEXTS)
    assert np.allclose(many[:10], [model.embed([text])[0] for text in TEXTS[:10]], atol=1e-5)
