"""Makes the tables of word vectors, and what the sentence model was taught, from the same data.

Another machine, or another version of a library, rounds sums differently: its files have
other bytes, and are as good.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from omnigrid.load.sentences import ADAPTER, NEEDS, decode_adapter, read_sentences
from omnigrid.load.words import GENERAL, TABLE, bytes_of_words, decode_words
from teaching.agreement import agreeing_vectors
from teaching.bags import bag_of, offer_of
from teaching.lessons import (
    Group,
    Product,
    read_all_products,
    read_groups,
    read_products,
    texts_of_groups,
    texts_of_products,
    words_used,
)
from teaching.meanings import Floats, Teacher
from teaching.neighbours import bag_with_pairs, frequent_pairs
from teaching.packages import ROOT, reach_packages
from teaching.packing import pack, pack_adapter, pack_needs
from teaching.reading import Reader
from teaching.requests import texts_of_requests
from teaching.spread import spread_of, words_and_sentences
from teaching.start import axes_of, starting_vectors
from teaching.training import Lessons, Pupil
from teaching.wordnet import find_wordnet, texts_of_wordnet
from teaching.words import Stems, shares_of_words, stems_of_words

_TABLES = ROOT / "src/omnigrid/match"
_GENERAL = 128
"""Numbers of a vector of the general table: more gain nothing."""
_PAIRS = 15_000
"""Pairs of stems that it has besides: more gain nothing."""
_RATE = 3e-3


def main() -> None:
    """Teach, and write what was learnt."""
    parser = _parser()
    given = parser.parse_args()
    if given.dims % 2 or given.texts < 2 * given.dims:
        parser.error("--dims must be even, and --texts at least twice as many")
    reach_packages()
    for name, data in _files(given):
        (given.out / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")


def _files(given: argparse.Namespace) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are asked for, with their names."""
    table, adapter = bytes_of_words(TABLE), (_TABLES / ADAPTER).read_bytes()
    if given.only in (None, "sentences"):
        adapter = pack_adapter(Reader(read_all_products()).learn(given.reading))
        yield ADAPTER, adapter
    if given.only != "sentences":
        material = _read(given.words, given.texts)
    if given.only in (None, "words"):
        table = _taught(material, given.dims, given.steps)
        yield TABLE, table
    if given.only in (None, "general"):
        yield GENERAL, _agreeing(material)
    if given.only != "general":
        yield NEEDS, _needs(table, adapter)


def _needs(table: bytes, adapter: bytes) -> bytes:
    """Return the file that says what needs are like to these words and sentences."""
    embedder = words_and_sentences(decode_words(table), read_sentences(), decode_adapter(adapter))
    return pack_needs(embedder.name, spread_of(embedder, read_all_products()))


class _Material(NamedTuple):
    """Texts, and what the teacher makes of them and of words."""

    products: list[Product]
    groups: list[Group]
    stems: Stems
    alone: Floats
    inside: Floats
    general: list[str]
    own: list[str]
    requests: list[str]
    meanings: Floats
    """A row for each text: the general ones, then our own, then requests."""


def _read(word_count: int, text_count: int) -> _Material:
    products, groups = read_products(), read_groups()
    used = words_used(products, groups)
    shares = shares_of_words(word_count, used)
    stems = stems_of_words(shares, used)
    general = texts_of_wordnet(find_wordnet(), shares, text_count)
    general += texts_of_groups(groups)[:text_count]
    own = texts_of_products(products)[:text_count]
    requests = texts_of_requests()[:text_count]
    teacher = Teacher()
    meanings = np.concatenate([teacher.of_texts(texts) for texts in (general, own, requests)])
    alone, inside = teacher.of_texts(stems.words), teacher.in_sentence(stems.words)
    return _Material(products, groups, stems, alone, inside, general, own, requests, meanings)


def _taught(material: _Material, dims: int, steps: int) -> bytes:
    """Return the table that is taught with products and their needs."""
    stems, general, own = material.stems, material.general, material.own
    axes = axes_of(material.meanings[: len(general)], dims)
    bags = [bag_of(text, stems.numbers) for text in (*general, *own)]
    lessons = Lessons(
        general=bags[: len(general)],
        own=bags[len(general) :],
        meanings=axes.turned(material.meanings[: len(bags)]),
        groups=[[bag_of(phrase, stems.numbers) for phrase in group] for group in material.groups],
        offers=[offer_of(product, stems.numbers) for product in material.products],
    )
    start = starting_vectors(stems, material.alone, material.inside, axes)
    return pack(list(stems.numbers), Pupil(start, lessons).learn(steps, _RATE))


def _agreeing(material: _Material) -> bytes:
    """Return the table of stems and pairs that agrees with the teacher, and was taught no more."""
    stems, texts = material.stems, [*material.general, *material.own, *material.requests]
    axes = axes_of(material.meanings, _GENERAL)
    names = [*stems.numbers, *frequent_pairs(texts, _PAIRS)]
    numbers = {name: row for row, name in enumerate(names)}
    start = np.zeros((len(names), _GENERAL))
    start[: len(stems.numbers)] = starting_vectors(stems, material.alone, material.inside, axes)
    bags = [bag_with_pairs(text, numbers) for text in texts]
    return pack(names, agreeing_vectors(bags, axes.turned(material.meanings), start))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/teach", description=__doc__)
    parser.add_argument("--steps", type=int, default=1_500, help="steps of training")
    parser.add_argument("--reading", type=int, default=240, help="steps of the sentence model's")
    parser.add_argument(
        "--only", choices=("words", "general", "sentences"), help="one of the files"
    )
    parser.add_argument("--out", type=Path, default=_TABLES, help="the folder to write to")
    parser.add_argument("--dims", type=int, default=256, help="numbers of a vector")
    smaller = parser.add_argument_group("to try it out on less")
    smaller.add_argument("--texts", type=int, default=60_000, help="texts of each kind, at most")
    smaller.add_argument("--words", type=int, default=45_000, help="words, the most frequent")
    return parser


if __name__ == "__main__":
    main()
