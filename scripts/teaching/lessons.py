"""What was written for teaching: products with needs in plain words, and related words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from omnigrid.match.terms import all_words_of

_DATA = Path(__file__).with_name("data")
_TOGETHER = 3
"""Related phrases that make a text."""

Group = tuple[str, ...]
"""Words and phrases that a need may use for each other, or in one breath."""


class Product(Struct, frozen=True, forbid_unknown_fields=True):
    """A product that nobody sells, and what people may say who need it."""

    tagline: str
    description: str
    keywords: tuple[str, ...]
    needs: tuple[str, ...]
    """At least two."""


def read_products(name: str = "pairs.jsonl") -> list[Product]:
    """Return the products of a file, each a line."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Product) for line in lines]


def read_all_products() -> list[Product]:
    """Return the products and their rivals, which only the sentence model learns from."""
    return [*read_products(), *read_products("rivals.jsonl")]


def read_groups() -> list[Group]:
    """Return the groups, each a line of ``related.txt``; its headings are for who reads it."""
    return [tuple(line.split(", ")) for line in _lines("related.txt")]


def read_names_that_are_words() -> frozenset[str]:
    """Return the first names that mean something else too."""
    return frozenset(" ".join(_lines("names-that-are-words.txt")).split())


def texts_of_products(products: Sequence[Product]) -> list[str]:
    """Return each need and each product's own text once, file names opened up."""
    texts = (
        text
        for product in products
        for text in (*product.needs, f"{product.tagline}. {product.description}")
    )
    return list(dict.fromkeys(" ".join(text.replace("_", " ").split()) for text in texts))


def texts_of_groups(groups: Sequence[Group]) -> list[str]:
    """Return each group as a text, and a few of its phrases at a time."""
    starts = (range(0, len(group), _TOGETHER) for group in groups)
    parts = (
        " ".join(group[at : at + _TOGETHER])
        for group, places in zip(groups, starts, strict=True)
        for at in places
    )
    return list(dict.fromkeys([*map(" ".join, groups), *parts]))


def words_used(products: Sequence[Product], groups: Sequence[Group]) -> Counter[str]:
    """Return how often each word is used in all of it."""
    keywords = (" ".join(product.keywords) for product in products)
    taglines = (f"{product.tagline} {product.description}" for product in products)
    needs = (need for product in products for need in product.needs)
    texts = (*keywords, *taglines, *needs, *map(" ".join, groups))
    return Counter(word for text in texts for word in all_words_of(text))


def _lines(name: str) -> Iterator[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))
