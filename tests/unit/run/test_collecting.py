"""The collector is at rest meanwhile, and afterwards as it was before."""

import gc
import weakref

import pytest

from omnigrid.run.collecting import collect, uncollected


@pytest.mark.parametrize("collecting", [True, False])
def test_the_collector_is_as_it_was(*, collecting: bool) -> None:
    was = gc.isenabled()
    (gc.enable if collecting else gc.disable)()
    try:
        with pytest.raises(LookupError, match="False"):
            _fail()
        assert gc.isenabled() == collecting
    finally:
        (gc.enable if was else gc.disable)()


@uncollected()
def _fail() -> None:
    raise LookupError(gc.isenabled())


def test_one_within_another_ends_with_the_outer_one() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()


class Circle:
    """Something that only the collector takes away."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_made_meanwhile_is_not_looked_at_before_it_is_asked_for() -> None:
    with uncollected():
        gone = weakref.ref(Circle())
    gc.collect()
    assert gone() is not None
    collect()
    assert gone() is None
    assert gc.get_freeze_count() == 0
