"""What the text of a file may not hold, wherever it stands: secrets, and letters in disguise."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from omnigrid.model.findings import Finding, Place, Severity, Span
from omnigrid.model.secrets import find_secrets
from omnigrid.model.source import Document

_HIDDEN = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\u3164]")
"""Characters without width that no language needs: soft hyphen, zero-width space, word joiner and
their like. Joiners and direction marks are left, as Persian, Hebrew and emoji need them."""


def check_texts(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield what no file may hold, comments included."""
    for document in documents:
        text = document.text
        yield from _check_secrets(document, text)
        if not text.isascii():
            yield from _check_hidden(document, text)
            yield from _check_composed(document, text)


def _check_secrets(document: Document, text: str) -> Iterator[Finding]:
    for secret in find_secrets(text):
        yield Finding(
            "OG221",
            f"{secret.kind} seems to stand here",
            _place(document, text, secret.start, secret.end),
            "take it out and have it revoked where it came from: git keeps what was once committed",
        )


def _check_hidden(document: Document, text: str) -> Iterator[Finding]:
    found = list(_HIDDEN.finditer(text))
    if found:
        more = f", and {len(found) - 1} more below" if len(found) > 1 else ""
        yield Finding(
            "OG222",
            f"a character that cannot be seen (U+{ord(found[0].group()):04X}) stands here{more}",
            _place(document, text, found[0].start(), found[0].end()),
            "delete the word and type it anew: as it stands, searching does not find it",
            Severity.WARNING,
        )


def _check_composed(document: Document, text: str) -> Iterator[Finding]:
    """Look for letters that are not in Unicode's composed form, NFC (UAX 15)."""
    if unicodedata.is_normalized("NFC", text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            pairs = enumerate(zip(line, composed, strict=False))
            at = next((i for i, (one, other) in pairs if one != other), 0)
            letter = composed[at : at + 1]
            yield Finding(
                "OG223",
                f'the letter "{letter}" is written in an unusual way, as several characters',
                Place(document.path, span=Span(number, at + 1, at + 2)),
                f'delete it and type "{letter}" anew: searching may not find it as it is',
                Severity.WARNING,
            )
            return


def _place(document: Document, text: str, start: int, end: int) -> Place:
    """Return the place of a stretch of a document's text; of its first line where it has more."""
    line = text.count("\n", 0, start) + 1
    before = text.rfind("\n", 0, start)
    line_end = text.find("\n", start)
    last = min(end, line_end if line_end >= 0 else len(text))
    span = Span(line, start - before, max(last, start + 1) - before)
    return Place(document.path, span=span)
