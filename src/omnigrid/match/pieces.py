"""Text to the numbers of word pieces, as BERT reads it: lower case, no accents, longest pieces.

J. Devlin, M.-W. Chang, K. Lee, K. Toutanova, "BERT: Pre-training of Deep Bidirectional
Transformers for Language Understanding" (2019); the uncased form.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

LONGEST_TEXT = 256
"""Pieces of a text that are read, its start and end among them: what the model was trained on."""
_LONGEST_WORD = 100
"""Letters of a word; a longer one is unknown as a whole."""
_IDEOGRAPHS = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)
"""Blocks of Chinese characters, each of which is a word; Japanese kana and Hangul are not."""


class WordPieces:
    """Cuts words into the pieces of a vocabulary. A piece inside a word starts with ``##``."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._start, self._end = numbers["[CLS]"], numbers["[SEP]"]
        self._unknown = numbers["[UNK]"]

    def of(self, text: str) -> tuple[int, ...]:
        """Return the numbers of a text's pieces with its start and end; what is too long is cut.

        Returns nothing for a text in which no piece is known.
        """
        return tuple(number for _, number in self.named(text))

    def named(self, text: str) -> tuple[tuple[str, int], ...]:
        """Return the same, each with the word that it is a piece of; start and end have none."""
        pieces = ((word, piece) for word in words_in(text) for piece in self._cut(word))
        kept = tuple(islice(pieces, LONGEST_TEXT - 2))
        if all(piece == self._unknown for _, piece in kept):
            return ()
        return (("", self._start), *kept, ("", self._end))

    def _cut(self, word: str) -> list[int]:
        """Return a word's pieces, the longest that fits first; a word is known whole or not."""
        if len(word) > _LONGEST_WORD:
            return [self._unknown]
        found: list[int] = []
        at = 0
        while at < len(word):
            mark = "##" if at else ""
            for end in range(len(word), at, -1):
                number = self._numbers.get(mark + word[at:end])
                if number is not None:
                    break
            else:
                return [self._unknown]
            found.append(number)
            at = end
        return found


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a text in lower case without accents; each mark is a word of its own."""
    letters: list[str] = []
    for letter in unicodedata.normalize("NFD", text.lower()):
        if letter.isalpha() and letter.isascii():
            letters.append(letter)
            continue
        kind = unicodedata.category(letter)
        if kind == "Mn" or letter == "\ufffd" or (kind[0] == "C" and letter not in "\t\n\r"):
            continue
        space = letter.isspace()
        if not space and not _stands_alone(letter, kind):
            letters.append(letter)
            continue
        if letters:
            yield "".join(letters)
            letters = []
        if not space:
            yield letter
    if letters:
        yield "".join(letters)


def _stands_alone(letter: str, kind: str) -> bool:
    """Tell a mark or a Chinese character. All of ASCII that is no letter or digit is a mark."""
    if letter.isascii():
        return not letter.isalnum()
    return kind[0] == "P" or any(first <= ord(letter) <= last for first, last in _IDEOGRAPHS)
