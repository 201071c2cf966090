"""Texts as bags of rows with weights, as omnigrid reads needs and brands."""

import random
from collections.abc import Callable, Mapping

from msgspec import Struct

from omnigrid.match.fields import STRENGTH
from omnigrid.match.terms import all_words_of, stem, words_of
from teaching.lessons import Product

Bag = list[tuple[int, float]]
"""Rows of the table, with the weight that each has in the sum. Never empty."""

_UNKNOWN: Bag = [(0, 1.0)]
"""A text of which no word is known counts as the most frequent word."""
_WITH_ALL, _WITH_DESCRIPTION, _WITHOUT_THE_REST = 0.6, 0.75, 0.9
"""Six brands in ten say all; then some have fewer keywords, no description, or nothing else."""


class Offer(Struct, frozen=True):
    """A product as rows: those of its needs as bags, those of its fields by word."""

    needs: list[Bag]
    description: list[int]
    tagline: list[int]
    keywords: list[list[int]]


def bag_of(text: str, numbers: Mapping[str, int]) -> Bag:
    """Return a text that somebody writes: all of its words count."""
    return [(row, 1.0) for row in _rows(text, numbers, all_words_of)] or _UNKNOWN


def offer_of(product: Product, numbers: Mapping[str, int]) -> Offer:
    """Return a product; small words of its fields do not count."""
    return Offer(
        needs=[bag_of(need, numbers) for need in product.needs],
        description=_rows(product.description, numbers, words_of),
        tagline=_rows(product.tagline, numbers, words_of),
        keywords=[_rows(keyword, numbers, words_of) for keyword in product.keywords],
    )


def bag_of_offer(offer: Offer, chance: random.Random) -> Bag:
    """Return what a brand might say of such a product: all of it, or a part by ``chance``.

    A row counts once, by the strongest field that has it, as in omnigrid's own vectors of brands.
    """
    told = chance.random()
    weights: dict[int, float] = {}
    if told < _WITH_DESCRIPTION or told >= _WITHOUT_THE_REST:
        weights |= dict.fromkeys(offer.description, STRENGTH["description"] / 100)
    if told < _WITHOUT_THE_REST:
        weights |= dict.fromkeys(offer.tagline, STRENGTH["tagline"] / 100)
        keywords = offer.keywords if told < _WITH_ALL else _some(offer.keywords, chance)
        rows = (row for keyword in keywords for row in keyword)
        weights |= dict.fromkeys(rows, STRENGTH["keywords"] / 100)
    return list(weights.items()) or _UNKNOWN


def _some(keywords: list[list[int]], chance: random.Random) -> list[list[int]]:
    return chance.sample(keywords, max(1, len(keywords) * 2 // 3)) if keywords else []


def _rows(text: str, numbers: Mapping[str, int], words_in: Callable[[str], list[str]]) -> list[int]:
    return [numbers[one] for one in map(stem, words_in(text)) if one in numbers]
