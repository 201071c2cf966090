"""Python's answers to the golden vectors: what `match.js` is held to."""

import pytest

from vectors import Vector, answered, read_vectors

GOLDEN = read_vectors()


def test_there_are_vectors_of_many_kinds() -> None:
    assert len(GOLDEN) >= 60
    assert {vector.unmatched for vector in GOLDEN} == {True, False}
    texts = {vector.intent.text for vector in GOLDEN}
    assert "" in texts
    assert any(not text.isascii() for text in texts)


@pytest.mark.parametrize("number", range(len(GOLDEN)))
def test_an_answer_is_as_it_was(number: int) -> None:
    """After a change that is meant: `scripts/generate` writes the answers anew."""
    found = answered()[number]
    assert _ids(found) == _ids(GOLDEN[number]), "run scripts/generate if this change is meant"
    assert found.unmatched == GOLDEN[number].unmatched
    assert found.matches == GOLDEN[number].matches


def _ids(vector: Vector) -> list[str]:
    return [each.id for each in vector.matches]
