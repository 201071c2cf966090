"""Texts of WordNet 3.0: what a word means, and how it is used.

G. A. Miller, "WordNet: A Lexical Database for English" (1995). The files: man page wndb(5WN).
"""

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from teaching.packages import CACHE, part_of

_INSTALLED = Path("/usr/share/wordnet")
_PACKAGE = "wordnet-base"
_KINDS = ("noun", "verb", "adj", "adv")
_QUOTED = re.compile(r'"([^"]+)"')
_FROM_QUOTE_ON = re.compile(r';?\s*"[^"]*"[^";]*')
_ASIDE = re.compile(r"\(.*\)")
_OF_AN_ENCYCLOPAEDIA = re.compile(r"\(\d{4}|born|genus|family [A-Z]|\d{3,}")
"""People, plants and years: nothing that a business asks for."""
_LETTERS = re.compile(r"[a-z]+")
_SHORTEST = 8
"""Characters of a text."""
_FEWEST, _MOST = 3, 16
"""Words of a text."""
_COMMON = 10 ** (2.6 - 9)
"""The share that each word of a text has of all words that people write: four in ten million."""


def find_wordnet() -> Path:
    """Return the folder with WordNet's files; Debian's package is unpacked where there is none.

    Exits with a message where that cannot be done.
    """
    unpacked = CACHE / "wordnet"
    for folder in (_INSTALLED, unpacked / _INSTALLED.relative_to("/")):
        if all((folder / f"data.{kind}").is_file() for kind in _KINDS):
            return folder
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        sys.exit(
            f"WordNet is not in {_INSTALLED}, and there is no apt-get to download it with.\n"
            "Put the files data.noun, data.verb, data.adj and data.adv of WordNet 3.0 there."
        )
    _unpack(unpacked)
    return unpacked / _INSTALLED.relative_to("/")


def texts_of_wordnet(folder: Path, shares: Mapping[str, float], count: int) -> list[str]:
    """Return ``count`` texts of common words, or all where there are fewer; the same each time."""
    texts = dict.fromkeys(
        text
        for kind in _KINDS
        for line in (folder / f"data.{kind}").read_text(encoding="latin-1").splitlines()
        if not line.startswith("  ")  # the licence, in front
        for text in _texts(line)
    )
    common = [text for text in texts if len(text) >= _SHORTEST and _is_common(text, shares)]
    return random.Random(1).sample(common, min(count, len(common)))  # noqa: S311


def _texts(line: str) -> Iterator[str]:
    """Yield the texts of a line: what its words mean, its words as a list, its examples."""
    head, gloss = line.split(" | ", 1)
    meaning = _FROM_QUOTE_ON.sub("", gloss).strip(" ;")
    if meaning.startswith("(") and meaning.endswith(")"):
        return
    words = _words(head.split())
    everyday = words[0][:1].islower()
    if meaning and everyday and not _OF_AN_ENCYCLOPAEDIA.search(meaning):
        yield meaning
        yield f"{', '.join(words[:3])}: {meaning}"
    yield from _QUOTED.findall(gloss)
    if everyday:
        yield " ".join(words[:4])


def _words(head: Sequence[str]) -> list[str]:
    """Return the words of a line: their count stands fourth, in hexadecimal."""
    words = head[4 : 4 + 2 * int(head[3], 16) : 2]
    return [_ASIDE.sub("", word.replace("_", " ")) for word in words]


def _is_common(text: str, shares: Mapping[str, float]) -> bool:
    words = _LETTERS.findall(text.lower())
    return _FEWEST <= len(words) <= _MOST and all(shares.get(w, 0) >= _COMMON for w in words)


def _unpack(folder: Path) -> None:
    print(f"downloading {_PACKAGE}", file=sys.stderr)
    part = part_of(folder)
    part.mkdir()
    try:
        _run(part, "apt-get", "download", "-qq", _PACKAGE)
        (package,) = part.glob("*.deb")
        _run(part, "dpkg", "-x", package.name, ".")
    except subprocess.CalledProcessError as failed:
        sys.exit(f"{failed}\nInstall it (`apt install {_PACKAGE}`), and run this again.")
    part.rename(folder)


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603
