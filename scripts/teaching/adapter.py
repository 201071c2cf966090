"""The sentence model's last layers in PyTorch, with little matrices beside theirs that learn.

E. Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021). What the layers before
make of a text stays as it is: omnigrid's own encoder works it out once.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from itertools import accumulate, chain, pairwise

import numpy as np
from numpy.typing import NDArray

from omnigrid.match.encoder import Encoder
from omnigrid.model.sentences import SentenceWeights
from teaching.training import Tensor

Learnt = Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
"""By layer and step the columns and the rows of what is added to its matrix."""

_STEPS = ("look", "tell", "widen", "narrow")
_TINY = 1e-12
_HEAD = 32
_TOGETHER = 64
"""Texts that go through the model together, of about one length."""
_ALIKE = 12
"""The same where they learn: the fewer, the less is computed for nothing."""


class Lower(Encoder):
    """Works out what texts are before the last layers."""

    def states_before(self, layer: int, texts: Sequence[Sequence[int]]) -> NDArray[np.float16]:
        """Return a row for each piece of each text, of one text after another."""
        ends = [0, *accumulate(map(len, texts))]
        found = np.empty((ends[-1], self.dims), dtype=np.float16)
        by_length: dict[int, list[int]] = {}
        for row, text in enumerate(texts):
            by_length.setdefault(len(text), []).append(row)
        for length, rows in sorted(by_length.items()):
            for at in range(0, len(rows), _TOGETHER):
                some = rows[at : at + _TOGETHER]
                states = self._below(layer, [texts[row] for row in some], length)
                for row, state in zip(some, states, strict=True):
                    found[ends[row] : ends[row + 1]] = state
        return found

    def _below(
        self, layer: int, texts: Sequence[Sequence[int]], length: int
    ) -> NDArray[np.float32]:
        x = self._start(self._words[list(texts)] + self._places[:length])
        x = x.reshape(-1, self.dims)
        for one in self._layers[:layer]:
            x = one(x, length)
        return x.reshape(len(texts), length, self.dims)


class Upper:
    """The last layers; what is added to each matrix learns, from nothing."""

    def __init__(self, weights: SentenceWeights, first: int, rank: int, seed: int) -> None:
        self._torch = import_module("torch")
        self._torch.manual_seed(seed)
        encoder = _Parts(weights.tensors)
        self._layers = [
            _Layer(self._torch, f"{number}.", encoder.fields(number), rank)
            for number in range(first, encoder.count)
        ]

    @property
    def learning(self) -> list[Tensor]:
        """All that learns."""
        return [each for layer in self._layers for pair in layer.added.values() for each in pair]

    @property
    def learnt(self) -> Learnt:
        """What was learnt so far."""
        named = chain.from_iterable(layer.added.items() for layer in self._layers)
        return {name: (one.detach().numpy(), two.detach().numpy()) for name, (one, two) in named}

    def read(self, states: Sequence[NDArray[np.float16]]) -> Tensor:
        """Return the direction of each text, of which ``states`` are its pieces before."""
        order = sorted(range(len(states)), key=lambda text: len(states[text]))
        places = sorted(range(len(order)), key=order.__getitem__)
        starts = range(0, len(order), _ALIKE)
        some = [self._read([states[text] for text in order[at : at + _ALIKE]]) for at in starts]
        return self._torch.cat(some)[places]

    def _read(self, states: Sequence[NDArray[np.float16]]) -> Tensor:
        torch = self._torch
        length = max(map(len, states))
        x = torch.zeros(len(states), length, states[0].shape[1])
        real = torch.zeros(len(states), length, dtype=torch.bool)
        for row, state in enumerate(states):
            x[row, : len(state)] = torch.from_numpy(state.astype(np.float32))
            real[row, : len(state)] = True
        x = x.flatten(0, 1)
        for layer in self._layers:
            x = layer(x, real)
        x = x.unflatten(0, real.shape)
        return torch.nn.functional.normalize((x * real[..., None]).sum(1), dim=-1)


class _Parts(Encoder):
    """Hands out the matrices of an encoder."""

    @property
    def count(self) -> int:
        return len(self._layers)

    def fields(self, number: int) -> dict[str, tuple[NDArray[np.float32], ...]]:
        return {name: tuple(part) for name, part in self._layers[number]._asdict().items()}


class _Layer:
    def __init__(
        self, torch: Tensor, prefix: str, fields: Mapping[str, Sequence[Tensor]], rank: int
    ) -> None:
        self._torch, self._prefix = torch, prefix
        self._fields = {
            name: [torch.from_numpy(np.array(part)) for part in parts]
            for name, parts in fields.items()
        }
        self.added = {prefix + name: self._pair(fields[name][0], rank) for name in _STEPS}

    def _pair(self, matrix: Tensor, rank: int) -> tuple[Tensor, Tensor]:
        """Return columns by chance and rows of nothing: their product is nothing at first."""
        ins, outs = matrix.shape
        columns = self._torch.randn(rank, ins) * ins**-0.5
        return columns.requires_grad_(), self._torch.zeros(rank, outs).requires_grad_()

    def __call__(self, x: Tensor, real: Tensor) -> Tensor:
        looked = self._step("look", x).unflatten(0, real.shape)
        looked = looked.unflatten(-1, (3, -1, _HEAD)).permute(2, 0, 3, 1, 4)
        attention = self._torch.nn.functional.scaled_dot_product_attention
        taken = attention(*looked, attn_mask=real[:, None, None, :])
        taken = taken.permute(0, 2, 1, 3).flatten(2).flatten(0, 1)
        x = self._norm("attended", x + self._step("tell", taken))
        wide = self._torch.nn.functional.gelu(self._step("widen", x))
        return self._norm("done", x + self._step("narrow", wide))

    def _step(self, name: str, x: Tensor) -> Tensor:
        matrix, offset = self._fields[name]
        columns, rows = self.added[self._prefix + name]
        return self._torch.addmm(offset, x, matrix) + x @ columns.T @ rows

    def _norm(self, name: str, x: Tensor) -> Tensor:
        gain, offset = self._fields[name]
        return self._torch.nn.functional.layer_norm(x, gain.shape, gain, offset, _TINY)


def split(states: NDArray[np.float16], lengths: Sequence[int]) -> list[NDArray[np.float16]]:
    """Return the states of each text."""
    return [states[start:end] for start, end in pairwise([0, *accumulate(lengths)])]
