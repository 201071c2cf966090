"""Stems learn: sums of their vectors agree with the model, and find what belongs together."""

import random
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import chain
from typing import Any

from msgspec import Struct

from teaching.bags import Bag, Offer, bag_of_offer
from teaching.meanings import Floats

Tensor = Any
"""PyTorch is installed for teaching alone, so that its types are not there to check."""

SEED = 0
_THREADS = 2
"""Always as many: sums in another order differ a little."""
_TEXTS = 320
"""Texts a step, as many of WordNet as of ours."""
_PAIRS = 256
_SHARPNESS = 20.0
"""What a difference between two cosines counts for."""
_AGREEMENT, _NEEDS, _TWINS, _RELATED, _RESTRAINT = 16.0, 1.0, 0.5, 0.5, 8.0
"""What each aim counts for."""
_RESTRAIN_EVERY = 4
_SOFT = 1e-3
_LEAST_RATE = 0.05
"""The rate falls in a line to this part of what it was."""
_SAY_EVERY = 100


class Lessons(Struct, frozen=True, eq=False):
    """What is learnt from."""

    general: list[Bag]
    """Texts of WordNet and of related words."""
    own: list[Bag]
    """Needs, and texts of products."""
    meanings: Floats
    """What the model makes of each: first of the general texts, then of our own."""
    groups: list[list[Bag]]
    offers: list[Offer]


class Pupil:
    """The vectors of stems while they learn."""

    def __init__(self, start: Floats, lessons: Lessons) -> None:
        self._torch = import_module("torch")
        self._torch.set_num_threads(_THREADS)
        self._torch.use_deterministic_algorithms(True)
        self._chance = random.Random(SEED)  # noqa: S311  (the same each time, no secret)
        self._lessons = lessons
        self._meanings = self._torch.tensor(lessons.meanings, dtype=self._torch.float32)
        self._start = self._torch.tensor(start, dtype=self._torch.float32)
        self._lengths = (self._start**2).sum(1) + _SOFT
        self._vectors = self._start.clone().requires_grad_()

    def learn(self, steps: int, rate: float) -> Floats:
        """Return the vectors after ``steps``: D. Kingma, J. Ba, "Adam" (2015)."""
        adam = self._torch.optim.Adam([self._vectors], lr=rate)
        for step in range(steps):
            adam.param_groups[0]["lr"] = rate * max(_LEAST_RATE, 1 - step / steps)
            losses = self._losses(step)
            adam.zero_grad()
            self._torch.stack(list(losses.values())).sum().backward()
            adam.step()
            if step % _SAY_EVERY == 0 or step == steps - 1:
                said = (f"{aim} {float(loss.detach()):.3f}" for aim, loss in losses.items())
                print(f"step {step}:", *said, file=sys.stderr)
        learnt: Floats = self._vectors.detach().double().numpy()
        return learnt

    def _losses(self, step: int) -> dict[str, Tensor]:
        """Return how far each aim is, by name and as it counts."""
        losses = {
            "agreement": _AGREEMENT * self._disagreement(),
            "related": _RELATED * self._confused_groups(),
            "needs": _NEEDS * self._confused_needs(),
            "twins": _TWINS * self._confused_twins(),
        }
        if step % _RESTRAIN_EVERY == 0:
            losses["restraint"] = _RESTRAINT * self._change()
        return losses

    def _disagreement(self) -> Tensor:
        """Return how far sums of words are from what the model makes of the same texts."""
        general, own = self._lessons.general, self._lessons.own
        rows = [self._chance.randrange(len(general)) for _ in range(_TEXTS)]
        ours = [self._chance.randrange(len(own)) for _ in range(_TEXTS)]
        sums = self._sums([general[row] for row in rows] + [own[row] for row in ours])
        wanted = self._meanings[rows + [len(general) + row for row in ours]]
        return 1 - (sums * wanted).sum(1).mean()

    def _confused_groups(self) -> Tensor:
        """Return how badly one part of a group finds the other."""
        halves = [self._halves(group) for group in self._some(self._lessons.groups)]
        return self._confusion([one for one, _ in halves], [other for _, other in halves])

    def _halves(self, group: Sequence[Bag]) -> tuple[Bag, Bag]:
        """Return a group in two: most often one phrase, and all the others."""
        shuffled = self._chance.sample(group, len(group))
        cut = self._chance.choice((1, 1, len(group) // 2))
        return list(chain(*shuffled[:cut])), list(chain(*shuffled[cut:]))

    def _confused_needs(self) -> Tensor:
        """Return how badly a need finds its product."""
        offers = self._some(self._lessons.offers)
        needs = [self._chance.choice(offer.needs) for offer in offers]
        return self._confusion(needs, [bag_of_offer(offer, self._chance) for offer in offers])

    def _confused_twins(self) -> Tensor:
        """Return how badly a need finds another of the same product."""
        offers = self._some(self._lessons.offers)
        twins = [self._chance.sample(offer.needs, 2) for offer in offers]
        return self._confusion([one for one, _ in twins], [other for _, other in twins])

    def _some(self, items: list[Any]) -> list[Any]:
        return self._chance.sample(items, min(_PAIRS, len(items)))

    def _confusion(self, ones: list[Bag], others: list[Bag]) -> Tensor:
        """Return the cross-entropy of finding each one's other among all, and the way back.

        The others of a batch are what not to find: M. Henderson et al., "Efficient Natural
        Language Response Suggestion for Smart Reply" (2017); A. van den Oord, Y. Li, O. Vinyals,
        "Representation Learning with Contrastive Predictive Coding" (2018).
        """
        alike = self._sums(ones) @ self._sums(others).T * _SHARPNESS
        right = self._torch.arange(len(ones))
        entropy = self._torch.nn.functional.cross_entropy
        return (entropy(alike, right) + entropy(alike.T, right)) / 2

    def _change(self) -> Tensor:
        """Return how far stems are from their start, in parts of how long it was."""
        return (((self._vectors - self._start) ** 2).sum(1) / self._lengths).mean()

    def _sums(self, bags: Sequence[Bag]) -> Tensor:
        """Return the direction of each bag's sum."""
        torch = self._torch
        rows = torch.tensor([row for bag in bags for row, _ in bag])
        weights = torch.tensor([weight for bag in bags for _, weight in bag])
        places = torch.repeat_interleave(
            torch.arange(len(bags)), torch.tensor([len(bag) for bag in bags])
        )
        weighted = self._vectors[rows] * weights[:, None]
        sums = torch.zeros(len(bags), weighted.shape[1]).index_add(0, places, weighted)
        return torch.nn.functional.normalize(sums, dim=1)
