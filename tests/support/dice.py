"""A sentence model made of dice: small, and as odd as a real one."""

import random
from array import array

import numpy as np

from omnigrid.model.sentences import LowRank, SentenceWeights, Tensor

WORDS = "review the contracts of our suppliers before we sign them".split()
DIMS = 64


def dice_weights(layers: int = 2) -> SentenceWeights:
    """Return weights by chance."""
    dice = random.Random(7)  # noqa: S311  (not for secrets)
    pieces = {piece: number for number, piece in enumerate(["[UNK]", "[CLS]", "[SEP]", *WORDS])}
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(pieces), DIMS),
        "embeddings.position_embeddings.weight": (256, DIMS),
        "embeddings.token_type_embeddings.weight": (2, DIMS),
    }
    affine = {f"attention.self.{part}": (DIMS, DIMS) for part in ("query", "key", "value")}
    affine |= {"attention.output.dense": (DIMS, DIMS)}
    affine |= {"intermediate.dense": (4 * DIMS, DIMS), "output.dense": (DIMS, 4 * DIMS)}
    norms = ["embeddings.LayerNorm"]
    for layer in (f"encoder.layer.{number}." for number in range(layers)):
        norms += [f"{layer}attention.output.LayerNorm", f"{layer}output.LayerNorm"]
        for name, shape in affine.items():
            shapes |= {f"{layer}{name}.weight": shape, f"{layer}{name}.bias": shape[:1]}
    for name in norms:
        shapes |= {f"{name}.weight": (DIMS,), f"{name}.bias": (DIMS,)}

    def tensor(shape: tuple[int, ...]) -> Tensor:
        count = int(np.prod(shape))
        return Tensor(
            shape, memoryview(array("f", (dice.gauss(0, 0.2) for _ in range(count))).tobytes())
        )

    tensors = {name: tensor(shape) for name, shape in shapes.items()}
    return SentenceWeights("dice", pieces, tensors)


def dice_adapter(ins: int, outs: int) -> LowRank:
    """Return a sum of three products by chance."""
    cells = random.Random(3).randbytes(3 * (ins + outs))  # noqa: S311  (not for secrets)
    return LowRank(ins, outs, (1e-5, 2e-5, 3e-5), cells)
