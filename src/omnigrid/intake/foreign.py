"""Foreign text: decoded, freed of what no file of a portfolio may hold, cut to a length."""

import re
import unicodedata
from contextlib import suppress
from typing import NamedTuple

from omnigrid.model.secrets import find_secrets

LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd"
    "\U00010000-\U0010ffff]"
)
"""What a file of the portfolio may not hold: control characters, and the signs that turn the
direction of text, which make a line look like another (Unicode TR36)."""
_UNSEEN = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\u3164]")
"""Characters without width that no language needs: searching stumbles over them."""
_LIGATURES = dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", "ff fi fl ffi ffl st st".split(), strict=True))
"""How fonts draw two letters, and how programs that write PDF note them."""
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOOKED_AT = 16_384
"""Bytes by which text is told from anything else."""
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks and their encodings (Unicode, 2.13); the longer first."""


class Decoded(NamedTuple):
    """A text, and the encoding that its bytes turned out to have."""

    text: str
    encoding: str


def clean_text(text: str) -> str:
    """Return a text that a file of the portfolio may hold; its lines end with ``\\n``."""
    return _UNPRINTABLE.sub("", LINE_ENDS.sub("\n", text))


def plain_text(text: str) -> str:
    """Return the same in Unicode's composed form (UAX 15), without what cannot be seen."""
    seen = _UNSEEN.sub("", clean_text(text))
    spelt = _LIGATURE.sub(lambda found: _LIGATURES[found[0]], seen)
    return spelt if spelt.isascii() else unicodedata.normalize("NFC", spelt)


def one_line(text: str, limit: int = 200) -> str:
    """Return a text on one line, cut between words where it is longer than ``limit``."""
    line = " ".join(plain_text(text[: 20 * limit]).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def decode(data: bytes) -> Decoded | None:
    """Return bytes as text; None where they are none.

    A byte order mark decides, then UTF-8, then the look of UTF-16; what is left is Windows-1252
    or, where it cannot be that, Shift JIS: old programs write them.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    wide = _wide_encoding(data[:_LOOKED_AT])
    if wide:
        return _decoded(data, wide)
    if _is_binary(data[:_LOOKED_AT]):
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None if b"\0" in data else _decoded(data, _old_encoding(data))


def _old_encoding(data: bytes) -> str:
    """Return Shift JIS for what has bytes that mean nothing in Windows-1252, where it fits."""
    for encoding in ("windows-1252", "shift_jis"):
        with suppress(UnicodeDecodeError):
            data.decode(encoding)
            return encoding
    return "windows-1252"


def secrets_in(text: str) -> frozenset[str]:
    """Return what looks like a secret in a text, in words."""
    return frozenset(secret.kind for secret in find_secrets(text))


def _decoded(data: bytes, encoding: str) -> Decoded:
    return Decoded(data.decode(encoding, errors="replace"), encoding)


def _wide_encoding(start: bytes) -> str:
    """Return the UTF-16 in which every second byte of Western text is zero; else nothing."""
    if len(start) < 4:
        return ""
    pairs = len(start) // 2
    low, high = start[1::2].count(0), start[0::2].count(0)
    if low > 0.6 * pairs and high < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if high > 0.6 * pairs and low < 0.1 * pairs else ""


def _is_binary(start: bytes) -> bool:
    return b"\0" in start or len(_CONTROL.findall(start)) > len(start) / 50
