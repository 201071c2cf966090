"""Whether brands have examples enough: told of a portfolio as it is of its candidates."""

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.match.fields import candidates_of, is_taught, teaches
from omnigrid.model.names import BrandId
from support.values import brand, page, portfolio

_EXAMPLES = st.lists(st.integers(0, 5), min_size=1, max_size=5)
"""How many each brand has."""


@given(_EXAMPLES, st.lists(st.integers(1, 5), max_size=6))
def test_a_portfolio_teaches_as_its_candidates_do(
    examples: list[int], corrected: list[int]
) -> None:
    brands = [
        brand(number, f"Brand {number}", examples=tuple("abcde"[:count]))
        for number, count in enumerate(examples, start=1)
    ]
    pages = tuple(
        page(f"p-{at}", brand=BrandId(f"TST-{number:03d}"), intent=f"need {at}")
        for at, number in enumerate(corrected)
        if number <= len(brands)
    )
    given_ = portfolio(*brands, pages=pages)
    assert teaches(given_) == is_taught(candidates_of(given_))


def test_both_answers_are_given() -> None:
    few = portfolio(*(brand(n, f"Brand {n}") for n in (1, 2)))
    many = portfolio(*(brand(n, f"Brand {n}", examples=("a", "b", "c")) for n in (1, 2)))
    assert (teaches(few), teaches(many)) == (False, True)
