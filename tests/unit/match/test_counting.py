"""The terms of many brands at once are those of each alone."""

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.match.counting import terms_of_brands
from omnigrid.match.fields import terms_by_strength
from omnigrid.model.files import Priority
from omnigrid.model.matching import Candidate
from omnigrid.model.names import BrandId, PackId, SectorId

TEXTS = st.lists(st.sampled_from("audit trail audits the of invoice contract".split())).map(
    " ".join
)


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    return Candidate(
        BrandId("A-1"),
        draw(TEXTS),
        SectorId("Law"),
        PackId("grid"),
        Priority.LOW,
        sector_name=draw(TEXTS),
        description=draw(TEXTS),
        tagline=draw(TEXTS),
        keywords=tuple(draw(st.lists(TEXTS))),
    )


@given(st.lists(candidates()))
def test_each_brand_has_its_own_terms_in_its_order(brands: list[Candidate]) -> None:
    terms = terms_of_brands(brands)
    pairs = zip(terms.numbers, terms.strengths, strict=True)
    found = [{terms.names[at]: said for at, said in _take(pairs, size)} for size in terms.sizes]
    wanted = [terms_by_strength(brand) for brand in brands]
    assert [list(own.items()) for own in found] == [list(own.items()) for own in wanted]
    assert list(terms.names) == sorted(set().union(*wanted))


def _take(pairs: "zip[tuple[int, int]]", size: int) -> list[tuple[int, int]]:
    return [next(pairs) for _ in range(size)]
