"""Makes the tables of word vectors, and what the sentence model was taught, from the same data.

Another machine, or another version of a library, rounds sums differently: its files have
other bytes, and are as good.
"""

import argparse
from pathlib import Path

from omnigrid.load.sentences import ADAPTER
from omnigrid.load.words import GENERAL, TABLE
from teaching.agreement import agreeing_vectors
from teaching.bags import bag_of, offer_of
from teaching.lessons import (
    read_groups,
    read_products,
    texts_of_groups,
    texts_of_products,
    words_used,
)
from teaching.meanings import Teacher
from teaching.packages import ROOT, reach_packages
from teaching.packing import pack, pack_adapter
from teaching.reading import Reader
from teaching.start import axes_of, starting_vectors
from teaching.training import Lessons, Pupil
from teaching.wordnet import find_wordnet, texts_of_wordnet
from teaching.words import shares_of_words, stems_of_words

_TABLES = ROOT / "src/omnigrid/match"
_GENERAL = 128
"""Numbers of a vector of the general table: more gain nothing."""
_RATE = 3e-3


def main() -> None:
    """Teach, and write what was learnt."""
    parser = _parser()
    given = parser.parse_args()
    if given.dims % 2 or given.texts < 2 * given.dims:
        parser.error("--dims must be even, and --texts at least twice as many")
    reach_packages()
    made: dict[str, bytes] = {}
    if given.only != "words":
        made[ADAPTER] = pack_adapter(Reader(read_products()).learn(given.reading))
    if given.only != "sentences":
        made |= teach(given.words, given.texts, given.dims, given.steps)
    for name, data in made.items():
        (given.out / name).write_bytes(data)
        print(f"{name}: {len(data):,} bytes")


def teach(word_count: int, text_count: int, dims: int, steps: int) -> dict[str, bytes]:
    """Return the files of the tables by their names."""
    products, groups = read_products(), read_groups()
    used = words_used(products, groups)
    shares = shares_of_words(word_count, used)
    stems = stems_of_words(shares, used)
    general = texts_of_wordnet(find_wordnet(), shares, text_count)
    general += texts_of_groups(groups)[:text_count]
    own = texts_of_products(products)[:text_count]

    teacher = Teacher()
    meanings = teacher.of_texts([*general, *own])
    axes = axes_of(meanings[: len(general)], dims)
    alone, inside = teacher.of_texts(stems.words), teacher.in_sentence(stems.words)
    bags = [bag_of(text, stems.numbers) for text in (*general, *own)]

    lessons = Lessons(
        general=bags[: len(general)],
        own=bags[len(general) :],
        meanings=axes.turned(meanings),
        groups=[[bag_of(phrase, stems.numbers) for phrase in group] for group in groups],
        offers=[offer_of(product, stems.numbers) for product in products],
    )
    taught = Pupil(starting_vectors(stems, alone, inside, axes), lessons).learn(steps, _RATE)
    few = axes_of(meanings[: len(general)], _GENERAL)
    start = starting_vectors(stems, alone, inside, few)
    agreeing = agreeing_vectors(bags, few.turned(meanings), start)
    names = list(stems.numbers)
    return {TABLE: pack(names, taught), GENERAL: pack(names, agreeing)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/teach", description=__doc__)
    parser.add_argument("--steps", type=int, default=1_500, help="steps of training")
    parser.add_argument("--reading", type=int, default=160, help="steps of the sentence model's")
    parser.add_argument("--only", choices=("words", "sentences"), help="one of the lessons")
    parser.add_argument("--out", type=Path, default=_TABLES, help="the folder to write to")
    parser.add_argument("--dims", type=int, default=256, help="numbers of a vector")
    smaller = parser.add_argument_group("to try it out on less")
    smaller.add_argument("--texts", type=int, default=60_000, help="texts of each kind, at most")
    smaller.add_argument("--words", type=int, default=45_000, help="words, the most frequent")
    return parser


if __name__ == "__main__":
    main()
