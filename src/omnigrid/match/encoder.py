"""BERT's encoder in NumPy: the numbers of word pieces in, vectors out.

J. Devlin et al., "BERT" (2019); A. Vaswani et al., "Attention Is All You Need" (2017). Imported
by whoever has the weights of one: NumPy takes a tenth of a second.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from omnigrid.model.sentences import LowRank, Tensor

Floats: TypeAlias = NDArray[np.float32]
Pieces: TypeAlias = Sequence[int]

_BATCH = 1024
"""Pieces that are computed together: what they become stays near the processor."""
_HEAD = 32
"""Numbers that one head of attention looks at."""
_TINY = 1e-12
"""Keeps a division from one by zero."""


class _Affine(NamedTuple):
    """A matrix that multiplies from the right, and what is added."""

    matrix: Floats
    offset: Floats

    def __call__(self, x: Floats) -> Floats:
        return x @ self.matrix + self.offset


class _Norm(NamedTuple):
    """J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization" (2016)."""

    gain: Floats
    offset: Floats

    def __call__(self, x: Floats) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        spread = np.sqrt((x * x).mean(axis=-1, keepdims=True) + _TINY)
        normal: Floats = x / spread * self.gain + self.offset
        return normal


class _Layer(NamedTuple):
    """Attention, then a step for each piece alone; each is added to what was there."""

    look: _Affine
    """Queries, keys and values, side by side."""
    tell: _Affine
    attended: _Norm
    widen: _Affine
    narrow: _Affine
    done: _Norm

    def __call__(self, x: Floats, length: int) -> Floats:
        x = self.attended(x + self.tell(_attention(self.look(x), length)))
        return self.done(x + self.narrow(_gelu(self.widen(x))))


class Encoder:
    """Layers of attention over the pieces of a text."""

    def __init__(
        self, tensors: Mapping[str, Tensor], taught: Mapping[str, LowRank] | None = None
    ) -> None:
        """Take the tensors of a model, and what is added to them: see ``Adapter``."""
        arrays = {name: _array(tensor) for name, tensor in tensors.items()}
        layers = sum(name.endswith("attention.self.query.weight") for name in arrays)
        self._words = arrays["embeddings.word_embeddings.weight"]
        self._places = (
            arrays["embeddings.position_embeddings.weight"]
            + arrays["embeddings.token_type_embeddings.weight"][0]
        )
        self._start = _norm(arrays, "embeddings.LayerNorm")
        self._layers = [
            _taught(_layer(arrays, f"encoder.layer.{number}."), f"{number}.", taught or {})
            for number in range(layers)
        ]
        self.dims = int(self._words.shape[1])

    def means(self, texts: Sequence[Pieces]) -> NDArray[np.float64]:
        """Return a row of length 1 for each text: the mean of its states; zeros without pieces.

        What else is in ``texts`` changes a row by rounding alone, some 1e-7.
        """
        found = np.zeros((len(texts), self.dims))
        for rows in _batches([len(pieces) for pieces in texts]):
            found[rows] = self._states([texts[row] for row in rows]).mean(axis=1)
        lengths = np.sqrt((found * found).sum(axis=1, keepdims=True))
        return found / np.where(lengths > 0, lengths, 1.0)

    def shares(self, pieces: Pieces) -> NDArray[np.float64]:
        """Return a row for each piece of a text; their sum is the text's row in ``means``."""
        states = self._states([pieces])[0].astype(np.float64)
        shares: NDArray[np.float64] = states / np.linalg.norm(states.sum(axis=0))
        return shares

    def _states(self, texts: Sequence[Pieces]) -> Floats:
        """Return what each piece becomes, texts x pieces x dims; all texts are of one length."""
        length = len(texts[0])
        x = self._start(self._words[list(texts)] + self._places[:length])
        x = x.reshape(-1, self.dims)
        for layer in self._layers:
            x = layer(x, length)
        return x.reshape(len(texts), length, self.dims)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield rows of one length together, so that none is padded; rows without length are left."""
    by_length: dict[int, list[int]] = {}
    for row, length in enumerate(lengths):
        by_length.setdefault(length, []).append(row)
    for length in sorted(by_length.keys() - {0}):
        rows, step = by_length[length], max(1, _BATCH // length)
        yield from (rows[at : at + step] for at in range(0, len(rows), step))


def _layer(arrays: Mapping[str, Floats], prefix: str) -> _Layer:
    looks = (f"{prefix}attention.self.{part}" for part in ("query", "key", "value"))
    return _Layer(
        _affine(arrays, *looks),
        _affine(arrays, f"{prefix}attention.output.dense"),
        _norm(arrays, f"{prefix}attention.output.LayerNorm"),
        _affine(arrays, f"{prefix}intermediate.dense"),
        _affine(arrays, f"{prefix}output.dense"),
        _norm(arrays, f"{prefix}output.LayerNorm"),
    )


def _taught(layer: _Layer, prefix: str, taught: Mapping[str, LowRank]) -> _Layer:
    """Return a layer with what is added to its matrices."""

    def step(name: str, affine: _Affine) -> _Affine:
        more = taught.get(prefix + name)
        return _added(affine, more) if more else affine

    return layer._replace(
        look=step("look", layer.look),
        tell=step("tell", layer.tell),
        widen=step("widen", layer.widen),
        narrow=step("narrow", layer.narrow),
    )


def _added(affine: _Affine, more: LowRank) -> _Affine:
    cells = np.frombuffer(more.cells, dtype=np.int8).reshape(-1, more.ins + more.outs)
    columns, rows = cells[:, : more.ins].astype(np.float32), cells[:, more.ins :]
    scaled = rows * np.array(more.scales, dtype=np.float32)[:, None]
    return affine._replace(matrix=affine.matrix + columns.T @ scaled)


def _affine(arrays: Mapping[str, Floats], *names: str) -> _Affine:
    matrix = np.concatenate([arrays[f"{name}.weight"] for name in names])
    return _Affine(matrix.T, np.concatenate([arrays[f"{name}.bias"] for name in names]))


def _norm(arrays: Mapping[str, Floats], name: str) -> _Norm:
    return _Norm(arrays[f"{name}.weight"], arrays[f"{name}.bias"])


def _array(tensor: Tensor) -> Floats:
    return np.frombuffer(tensor.data, dtype="<f4").reshape(tensor.shape)


def _attention(looked: Floats, length: int) -> Floats:
    """Return what each piece takes from the others of its text, which has ``length`` of them."""
    heads = looked.reshape(-1, length, 3, looked.shape[1] // (3 * _HEAD), _HEAD)
    queries, keys, values = heads.transpose(2, 0, 3, 1, 4)
    scores = queries @ keys.swapaxes(-1, -2) * _HEAD**-0.5
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    scores /= scores.sum(axis=-1, keepdims=True)
    taken: Floats = (scores @ values).transpose(0, 2, 1, 3).reshape(len(looked), -1)
    return taken


def _gelu(x: Floats) -> Floats:
    """Return x times the share of a normal distribution below x, within 2e-7 times x.

    D. Hendrycks, K. Gimpel (2016); M. Abramowitz, I. Stegun (1964), formula 7.1.26.
    """
    size = np.abs(x)
    t = 1 / (1 + (0.3275911 * 0.5**0.5) * size)
    above = t * 1.061405429
    for term in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        above += term
        above *= t
    above *= np.exp(size * size * -0.5)
    above *= size
    above *= 0.5
    gated: Floats = np.maximum(x, 0) - above
    return gated
