"""The table of word vectors that comes with the package; docs/matching.md says where it is from.

The file is a line of JSON (``digest``, ``dims``, ``stems``, ``letters``), the stems, one a line,
a scale for each as a little-endian 32-bit float, and the packed cells of each: see ``WordTable``.
"""

import sys
from array import array
from functools import lru_cache
from importlib.resources import files as package_files

import msgspec
from msgspec import Struct

from omnigrid.model.words import WordTable

TABLE = "words.bin"


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    digest: str
    """Of all that follows."""
    dims: int
    stems: int
    letters: int
    """Bytes of the stems."""


@lru_cache(maxsize=1)
def read_words() -> WordTable:
    """Return the package's table of word vectors."""
    return decode_words((package_files("omnigrid.match") / TABLE).read_bytes())


def decode_words(data: bytes) -> WordTable:
    """Return the table that a file holds. Raises ValueError where it is not one."""
    line, _, rest = data.partition(b"\n")
    head = msgspec.json.decode(line, type=_Head)
    stems = rest[: head.letters].decode("ascii").split("\n")
    scales = array("f", rest[head.letters : head.letters + 4 * head.stems])
    if sys.byteorder == "big":
        scales.byteswap()
    rows = rest[head.letters + 4 * head.stems :]
    if len(stems) != head.stems or 2 * len(rows) != head.stems * head.dims:
        raise ValueError("the table of word vectors is not whole")
    numbers = dict(zip(stems, range(head.stems), strict=True))
    return WordTable(head.digest, head.dims, numbers, rows, scales)
