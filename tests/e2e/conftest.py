"""Fixtures of the tests that drive whole builds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from support.cluster import Cluster


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Cluster]":
    """A scheduler and two workers, for all tests of a run."""
    from support.cluster import dask_cluster  # noqa: PLC0415  (half a second, and few need it)

    with dask_cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started
