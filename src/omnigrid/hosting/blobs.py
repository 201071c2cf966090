"""Bringing what a step writes into a cache: by threads, or by processes where it is much."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from omnigrid.hosting.cache import Cache
from omnigrid.hosting.receipts import written_by
from omnigrid.model.digests import blob_id
from omnigrid.model.errors import Transient
from omnigrid.model.names import BlobId, OutPath
from omnigrid.model.publishing import Create, Update

SHARE = 4096
"""Blobs that a process is given at least; fewer than three times as many are brought by threads."""
_SHARES = 8
"""Into so many packs they go at most: git looks through all of them."""
Read = Callable[[OutPath], bytes]
"""Gives the bytes of a file of the build."""
Sizes = Mapping[BlobId, int]
Share = Sequence[BlobId]
Spread = Callable[[Callable[[Share], Sizes], Iterable[Share]], Iterable[Sizes]]
"""Does a work for every share, in several processes where it can."""


def stock(cache: Cache, step: Create | Update, read: Read, spread: Spread) -> Sizes:
    """Bring the blobs of a large step into a cache ahead; return the sizes of those it has then.

    Errors as ``bring``.
    """
    written = written_by(step)
    if len(written) < 3 * SHARE:
        return {}
    paths = {step.target.files[path]: path for path in written}
    sizes = dict(cache.sizes(paths))
    lacking = [blob for blob in paths if blob not in sizes]
    count = max(SHARE, -(-len(lacking) // _SHARES))
    shares = [lacking[at : at + count] for at in range(0, len(lacking), count)]
    for added in spread(partial(cache.add_share, _verified(paths, read)), shares):
        sizes |= added
    return sizes


def bring(cache: Cache, step: Create | Update, read: Read, stocked: Sizes) -> int:
    """See to it that every blob of a step is in a cache; return how many bytes they all have.

    Those ``stocked`` are. Raises Transient where the build changed meanwhile, OSError where the
    disk refuses.
    """
    paths = {step.target.files[path]: path for path in written_by(step)}
    sizes = {blob: stocked[blob] for blob in paths if blob in stocked}
    asked = [blob for blob in paths if blob not in sizes]
    if asked:
        sizes |= cache.sizes(asked)
        lacking = [blob for blob in asked if blob not in sizes]
        sizes |= cache.add(lacking, _verified(paths, read))
    return sum(sizes.values())


def _verified(paths: Mapping[BlobId, OutPath], read: Read) -> Callable[[BlobId], bytes]:
    return lambda blob: _read_verified(paths[blob], blob, read)


def _read_verified(path: OutPath, blob: BlobId, read: Read) -> bytes:
    try:
        data = read(path)
    except OSError as fault:
        raise _build_changed(path) from fault
    if blob_id(data) != blob:
        raise _build_changed(path)
    return data


def _build_changed(path: OutPath) -> Transient:
    return Transient(
        f"{path} is not as the manifest has it: the build was changed meanwhile",
        "nothing was published: build again, then publish",
    )
