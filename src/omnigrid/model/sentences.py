"""The weights of a sentence model: what was read of it, before anything is computed with it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct


class Tensor(Struct, frozen=True, eq=False):
    """Numbers in rows: 32-bit floats, little-endian, the last axis of ``shape`` fastest."""

    shape: tuple[int, ...]
    data: memoryview


class SentenceWeights(Struct, frozen=True, eq=False):
    """A BERT encoder: the pieces of words that it knows, by their numbers, and its tensors."""

    name: str
    """What stands for it, with the start of the digest of its tensors."""
    pieces: dict[str, int]
    tensors: dict[str, Tensor]
    """By their names in BERT, such as ``encoder.layer.0.output.dense.weight``."""


class LowRank(Struct, frozen=True, eq=False):
    """What is added to a matrix: a sum of products of a column and a row, each by its scale.

    ``cells`` holds for each product the column's signed bytes, one for each number that goes in,
    then the row's, one for each that comes out.
    """

    ins: int
    outs: int
    scales: Sequence[float]
    cells: bytes


class Adapter(Struct, frozen=True, eq=False):
    """What was taught of reading: little matrices beside those of a sentence model.

    E. Hu et al., "LoRA: Low-Rank Adaptation of Large Language Models" (2021).
    """

    digest: str
    parts: Mapping[str, LowRank]
    """By layer and step, such as ``4.look``: see ``omnigrid.match.encoder``."""


class Needs(Struct, frozen=True, eq=False):
    """What the vectors of needs are like to an embedder: their mean, and how they differ.

    ``cells`` holds rows of signed bytes, each with its scale: the mean, then the directions in
    which needs differ most, each as long as their standard deviation along it.
    """

    digest: str
    embedder: str
    """Its name."""
    scales: Sequence[float]
    cells: bytes
