"""The weights of a sentence model: what was read of it, before anything is computed with it."""

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
