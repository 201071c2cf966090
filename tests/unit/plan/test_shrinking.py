"""A publish that takes away many sites is refused."""

import pytest

from omnigrid.model.errors import Conflict
from omnigrid.model.names import BlobId, OutPath
from omnigrid.model.publishing import Live
from omnigrid.plan.shrinking import refuse_shrinking
from support.targets import target_of


def sites(count: int) -> dict[OutPath, BlobId]:
    return {OutPath(f"sites/s{n}/config.json"): BlobId("0" * 40) for n in range(count)}


def refuse(before: int, after: int) -> None:
    owned = {str(path): blob for path, blob in sites(before).items()}
    target = target_of(sites(after))
    refuse_shrinking(target, Live("t", None, owned, owned))


@pytest.mark.parametrize(("before", "after"), [(0, 0), (0, 5), (10, 10), (10, 8), (1, 1), (5, 50)])
def test_allowed(before: int, after: int) -> None:
    refuse(before, after)


@pytest.mark.parametrize(("before", "after"), [(10, 7), (10, 0), (1, 0), (149, 100)])
def test_refused(before: int, after: int) -> None:
    with pytest.raises(Conflict, match=f"has {before} sites, this build has {after}") as caught:
        refuse(before, after)
    assert "--allow-prune" in caught.value.hint
