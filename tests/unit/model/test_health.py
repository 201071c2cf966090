"""Health as a formula: what always holds of it."""

from hypothesis import given
from hypothesis import strategies as st

from omnigrid.model.health import WEIGHTS, Part, Share, exact_health, health_of


@st.composite
def _shares(draw: st.DrawFn) -> list[Share]:
    counts = {}
    for part in Part:
        of = 100 if part is Part.DECLARED else draw(st.integers(0, 400))
        counts[part] = Share(part, draw(st.integers(0, of)), of)
    left_out = draw(st.sets(st.sampled_from(list(Part))))
    return [share for part, share in counts.items() if part not in left_out]


def test_the_weights_are_of_a_hundred() -> None:
    assert sum(WEIGHTS.values()) == 100
    assert WEIGHTS.keys() == set(Part)


@given(_shares())
def test_it_is_between_the_worst_and_the_best_of_its_parts(shares: list[Share]) -> None:
    health = health_of(shares)
    scores = [100 * share.good / share.of for share in shares if share.of]
    if not scores:
        assert health is None
    else:
        assert health is not None
        assert 0 <= round(min(scores)) <= health <= round(max(scores)) <= 100


@given(_shares(), st.integers(0, 5))
def test_it_never_falls_when_a_part_becomes_better(shares: list[Share], place: int) -> None:
    better = [
        Share(s.part, s.good + 1, s.of) if at == place and s.good < s.of else s
        for at, s in enumerate(shares)
    ]
    before, after = exact_health(shares), exact_health(better)
    assert (before is None) is (after is None)
    if before is not None and after is not None:
        assert after >= before
        assert (after > before) is (better != shares)


@given(st.integers(0, 100))
def test_the_declared_health_stands_where_nothing_was_measured(declared: int) -> None:
    others = [Share(part, 0, 0) for part in Part if part is not Part.DECLARED]
    assert health_of([Share(Part.DECLARED, declared, 100), *others]) == declared


@given(_shares())
def test_what_was_not_measured_changes_nothing(shares: list[Share]) -> None:
    missing = [Share(part, 0, 0) for part in Part if part not in {s.part for s in shares}]
    assert health_of([*shares, *missing]) == health_of(shares)
