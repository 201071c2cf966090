"""Python's collector of cycles, which finds none where data is only made and kept."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for cycles meanwhile: it goes through all that was made, again and again.

    Nor afterwards, until ``collect``: one look through a portfolio of 13,713 brands that is whole
    by then takes 0.1 s. To be used as a decorator, too.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.enable()


def collect() -> None:
    """Give back what is left in cycles, also of what was made while nobody looked."""
    gc.unfreeze()
    gc.collect()
