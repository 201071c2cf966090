"""Vectors to the file that `omnigrid.load.words` reads: half a byte for each cell."""

import hashlib
from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from teaching.adapter import Learnt

Floats = NDArray[np.float64]

LARGEST = 7
"""The largest value of a cell; the smallest is its opposite."""
_BYTE = 127
"""The largest value of a signed byte."""
_CUTS = (1.8, 2.2, 2.6, 3.0, 3.5, 1e9)
"""How many standard deviations of a row its largest cell may stand for; the last cuts nothing."""


def pack(stems: Sequence[str], vectors: Floats) -> bytes:
    """Return the file of a table; the longest vector becomes 1 long.

    ``stems`` are ASCII, the most frequent first, and ``vectors`` has a row for each.
    """
    cells, scales = quantise(vectors / np.linalg.norm(vectors, axis=1).max())
    letters = "\n".join(stems).encode("ascii")
    body = letters + scales.astype("<f4").tobytes() + _in_pairs(cells).tobytes()
    head = {
        "digest": hashlib.sha256(body).hexdigest()[:16],
        "dims": vectors.shape[1],
        "stems": len(stems),
        "letters": len(letters),
    }
    return msgspec.json.encode(head) + b"\n" + body


def pack_adapter(learnt: Learnt) -> bytes:
    """Return the file that `omnigrid.load.sentences` reads: whole bytes, a scale a product."""
    body, parts = b"", []
    for name, (columns, rows) in learnt.items():
        (first, one), (second, two) = _in_bytes(columns), _in_bytes(rows)
        body += (one * two).astype("<f4").tobytes() + np.hstack((first, second)).tobytes()
        parts.append(
            {"name": name, "ins": len(first[0]), "outs": len(second[0]), "rank": len(first)}
        )
    head = {"digest": hashlib.sha256(body).hexdigest()[:16], "parts": parts}
    return msgspec.json.encode(head) + b"\n" + body


def pack_needs(embedder: str, rows: Floats) -> bytes:
    """Return the file that `omnigrid.load.sentences` reads: whole bytes, a scale a row."""
    cells, scales = _in_bytes(rows)
    body = scales.astype("<f4").tobytes() + cells.tobytes()
    head = {
        "digest": hashlib.sha256(body).hexdigest()[:16],
        "embedder": embedder,
        "rows": len(rows),
        "dims": rows.shape[1],
    }
    return msgspec.json.encode(head) + b"\n" + body


def _in_bytes(vectors: NDArray[np.float32] | Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return signed bytes, and the scale that turns each row back."""
    largest = np.abs(vectors).max(axis=1).astype(np.float64)
    scales = np.where(largest > 0, largest, 1.0) / _BYTE
    return np.round(vectors / scales[:, None]).astype(np.int8), scales


def quantise(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return cells from -7 to 7 and a scale for each row, whose product is nearest to the row.

    A few large cells may be cut so that the many small ones are told apart; each row takes the
    cut that loses least.
    """
    tried = [_cut(vectors, cut) for cut in _CUTS]
    lost = [((cells * scales[:, None] - vectors) ** 2).sum(axis=1) for cells, scales in tried]
    best, rows = np.argmin(lost, axis=0), np.arange(len(vectors))
    cells = np.array([cells for cells, _ in tried])[best, rows]
    return cells, np.array([scales for _, scales in tried])[best, rows]


def _cut(vectors: Floats, cut: float) -> tuple[NDArray[np.int8], Floats]:
    largest = np.abs(vectors).max(axis=1)
    spread = vectors.std(axis=1)
    limits = np.where(spread > 0, np.minimum(largest, spread * cut), largest)
    scales = np.where(limits > 0, limits, 1.0) / LARGEST
    cells = np.round(vectors / scales[:, None]).clip(-LARGEST, LARGEST)
    return cells.astype(np.int8), scales


def _in_pairs(cells: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Return two cells a byte, the earlier in the lower half, each plus 8."""
    halves = (cells + (LARGEST + 1)).astype(np.uint8)
    return halves[:, ::2] + 16 * halves[:, 1::2]
