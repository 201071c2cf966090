"""The collector is at rest meanwhile, and afterwards as it was before."""

import gc

import pytest

from omnigrid.run.collecting import uncollected


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
