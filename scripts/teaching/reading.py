"""The sentence model learns to find the product for a need: what a business asks, it reads anew.

Nothing of it changes but little matrices beside those of its last layers.
"""

import math
import random
import sys
from collections.abc import Sequence
from importlib import import_module

from msgspec import Struct

from omnigrid.load.sentences import read_sentences
from omnigrid.match.pieces import WordPieces
from teaching.adapter import Learnt, Lower, Upper, split
from teaching.lessons import Product
from teaching.training import SEED, Tensor

_FIRST = 4
"""The layer from which on the model learns: the last two of six."""
_RANK = 16
_RATE, _WARM = 2.5e-3, 20
"""Of learning, and the steps in which it rises; then it falls along a cosine."""
_PRODUCTS = 48
"""Products a step; a third of them from one field, which are the hardest to tell apart."""
_SHARPNESS = 20.0
_TWINS, _RESTRAINT = 0.5, 0.5
"""What it counts that a need finds another, and that a text stays near what it meant before."""
_WHOLE = 0.4
"""So often a product is all that it says; otherwise it is one part of it."""
_TOGETHER = 64
"""Texts that are read together where nothing is learnt."""
_SAY_EVERY = 20


class _Offer(Struct, frozen=True):
    """A product as numbers of texts."""

    needs: list[int]
    parts: list[int]
    whole: int


class Reader:
    """The sentence model while it learns."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._torch = import_module("torch")
        self._torch.set_num_threads(1)
        self._torch.use_deterministic_algorithms(True)
        self._chance = random.Random(SEED)  # noqa: S311  (the same each time, no secret)
        numbers: dict[str, int] = {}
        self._offers = [_offer(product, numbers) for product in products]
        weights = read_sentences()
        pieces = [WordPieces(weights.pieces).of(text) for text in numbers]
        lower = Lower(weights.tensors)
        print(f"{len(pieces):,} texts to be read", file=sys.stderr)
        self._states = split(lower.states_before(_FIRST, pieces), [len(each) for each in pieces])
        self._upper = Upper(weights, _FIRST, _RANK, SEED)
        self._meant = self._read_all()

    def learn(self, steps: int) -> Learnt:
        """Return what was learnt in ``steps``: D. Kingma, J. Ba, "Adam" (2015)."""
        adam = self._torch.optim.Adam(self._upper.learning)
        for step in range(steps):
            falling = 0.5 + 0.5 * math.cos(math.pi * step / steps)
            adam.param_groups[0]["lr"] = _RATE * min(1, (step + 1) / _WARM) * falling
            loss = self._loss()
            adam.zero_grad()
            loss.backward()
            adam.step()
            if step % _SAY_EVERY == 0 or step == steps - 1:
                print(f"step {step}: {float(loss.detach()):.3f}", file=sys.stderr)
        return self._upper.learnt

    def _loss(self) -> Tensor:
        """Return how badly needs and products find each other, and how far texts have gone."""
        offers = self._some()
        asked = [need for offer in offers for need in self._chance.sample(offer.needs, 2)]
        told = [self._told(offer) for offer in offers]
        needs, products = self._read(asked), self._read(told)
        ones, twins = needs[::2], needs[1::2]
        confused = self._confused(ones, products) + self._confused(twins, products)
        far = self._far(needs, asked) + self._far(products, told)
        entropy = self._entropy(ones @ twins.T)
        return confused + _TWINS * entropy + _RESTRAINT * far

    def _confused(self, needs: Tensor, products: Tensor) -> Tensor:
        alike = needs @ products.T
        return 0.5 * self._entropy(alike) + 0.25 * self._entropy(alike.T)

    def _entropy(self, alike: Tensor) -> Tensor:
        """Return the cross-entropy of finding each row's own column: see ``training``."""
        right = self._torch.arange(len(alike))
        return self._torch.nn.functional.cross_entropy(alike * _SHARPNESS, right)

    def _far(self, read: Tensor, texts: Sequence[int]) -> Tensor:
        """Return how far texts are from what they meant to the model before."""
        return (1 - (read * self._meant[list(texts)]).sum(-1)).mean()

    def _some(self) -> list[_Offer]:
        """Return products by chance, a third of them neighbours: these are of one field."""
        few = _PRODUCTS // 3
        at = self._chance.randrange(len(self._offers) - 2 * few)
        near = self._chance.sample(range(at, at + 2 * few), few)
        chosen = [*near, *self._chance.sample(range(len(self._offers)), _PRODUCTS - few)]
        return [self._offers[number] for number in dict.fromkeys(chosen)]

    def _told(self, offer: _Offer) -> int:
        """Return what a brand might say of such a product."""
        whole = self._chance.random() < _WHOLE
        return offer.whole if whole else self._chance.choice(offer.parts)

    def _read(self, texts: Sequence[int]) -> Tensor:
        return self._upper.read([self._states[text] for text in texts])

    def _read_all(self) -> Tensor:
        """Return what all texts mean at first."""
        found = self._torch.empty(len(self._states), self._states[0].shape[1])
        order = sorted(range(len(self._states)), key=lambda text: len(self._states[text]))
        with self._torch.no_grad():
            for at in range(0, len(order), _TOGETHER):
                some = order[at : at + _TOGETHER]
                found[some] = self._read(some)
        return found


def _offer(product: Product, numbers: dict[str, int]) -> _Offer:
    """Return a product by the numbers of its texts, which are added to those that are known."""

    def number(text: str) -> int:
        return numbers.setdefault(text, len(numbers))

    said = (product.tagline, product.description)
    return _Offer(
        needs=[number(need) for need in product.needs],
        parts=[number(text) for text in (*said, ", ".join(product.keywords))],
        whole=number(". ".join((*said, *product.keywords))),
    )
