"""The tables of word vectors that come with the package; docs/matching.md says where they are from.

The file is a line of JSON (``digest``, ``dims``, ``stems``, ``letters``), the stems, one a line,
then pairs of stems, with a space between, if the table has any; they count as stems here. Then
a scale for each as a little-endian 32-bit float, and the packed cells of each: see ``WordTable``.
"""

import sys
from array import array
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from omnigrid import match
from omnigrid.model.words import WordTable

TABLE = "words.bin"
GENERAL = "general.bin"
"""What sums of words agree with the model in, and nothing else: for brands with examples."""


class _Head(Struct, frozen=True, forbid_unknown_fields=True):
    digest: str
    """Of all that follows."""
    dims: int
    stems: int
    letters: int
    """Bytes of the stems."""


@lru_cache(maxsize=2)
def read_words(name: str = TABLE) -> WordTable:
    """Return a table of word vectors of the package."""
    return decode_words(bytes_of_words(name))


def bytes_of_words(*names: str) -> bytes:
    """Return the files of tables of the package, one after another."""
    folder = Path(match.__file__).parent
    return b"".join((folder / name).read_bytes() for name in names)


def decode_words(data: bytes) -> WordTable:
    """Return the table that a file holds. Raises ValueError where it is not one."""
    begin = data.find(b"\n") + 1
    head = msgspec.json.decode(data[:begin], type=_Head)
    floats = begin + head.letters
    stems = data[begin:floats].decode("ascii")
    scales = array("f", data[floats : floats + 4 * head.stems])
    if sys.byteorder == "big":
        scales.byteswap()
    rows = data[floats + 4 * head.stems :]
    if (
        stems.count("\n") + 1 != head.stems
        or len(scales) != head.stems
        or 2 * len(rows) != head.stems * head.dims
    ):
        raise ValueError("the table of word vectors is not whole")
    return WordTable(head.digest, head.dims, stems, rows, scales)
