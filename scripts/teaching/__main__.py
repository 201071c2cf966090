"""Makes the table of word vectors anew, the same from the same data.

Another machine, or another version of a library, rounds sums differently: its table has other
bytes, and is as good.
"""

import argparse
from pathlib import Path

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
from teaching.packing import pack
from teaching.start import axes_of, starting_vectors
from teaching.training import Lessons, Pupil
from teaching.wordnet import find_wordnet, texts_of_wordnet
from teaching.words import shares_of_words, stems_of_words

_TABLE = ROOT / "src/omnigrid/match/words.bin"
_RATE = 3e-3


def main() -> None:
    """Teach, and write the table."""
    parser = _parser()
    given = parser.parse_args()
    if given.dims % 2 or given.texts < 2 * given.dims:
        parser.error("--dims must be even, and --texts at least twice as many")
    reach_packages()
    table = teach(given.words, given.texts, given.dims, given.steps)
    given.out.write_bytes(table)
    print(f"{given.out}: {len(table):,} bytes")


def teach(word_count: int, text_count: int, dims: int, steps: int) -> bytes:
    """Return the file of the table."""
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
    start = starting_vectors(stems, alone, inside, axes)

    lessons = Lessons(
        general=[bag_of(text, stems.numbers) for text in general],
        own=[bag_of(text, stems.numbers) for text in own],
        meanings=axes.turned(meanings),
        groups=[[bag_of(phrase, stems.numbers) for phrase in group] for group in groups],
        offers=[offer_of(product, stems.numbers) for product in products],
    )
    return pack(list(stems.numbers), Pupil(start, lessons).learn(steps, _RATE))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/teach", description=__doc__)
    parser.add_argument("--steps", type=int, default=1_500, help="steps of training")
    parser.add_argument("--out", type=Path, default=_TABLE, help="the file to write")
    parser.add_argument("--dims", type=int, default=256, help="numbers of a vector")
    smaller = parser.add_argument_group("to try it out on less")
    smaller.add_argument("--texts", type=int, default=60_000, help="texts of each kind, at most")
    smaller.add_argument("--words", type=int, default=45_000, help="words, the most frequent")
    return parser


if __name__ == "__main__":
    main()
