"""The kinds of names, each a type of its own, so that one is never taken for another."""

import re
import unicodedata
from typing import NewType

BrandId = NewType("BrandId", str)
"""Stable id of a brand, for example ``FAA-001``."""

SectorId = NewType("SectorId", str)
"""Stable id of a sector, for example ``Legal_Tech_Compliance``."""

PackId = NewType("PackId", str)
"""Id of a template pack, for example ``ip_tracking``; the name of its folder."""

Slug = NewType("Slug", str)
"""Lower-case ASCII name in a URL, for example ``claim-chart-forge``."""

SourcePath = NewType("SourcePath", str)
"""Path of an input file, relative to the portfolio, with forward slashes."""

OutPath = NewType("OutPath", str)
"""Path of an output file, relative to the build folder, with forward slashes."""

JobId = NewType("JobId", str)
"""Name of one unit of rendering, for example ``site:actuary``."""

Digest = NewType("Digest", str)
"""SHA-256, 64 lower-case hexadecimal digits."""

BlobId = NewType("BlobId", str)
"""Id that git gives to a file's bytes, 40 lower-case hexadecimal digits."""

CommitId = NewType("CommitId", str)
"""Id of a git commit, 40 lower-case hexadecimal digits."""

SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"


def slugify(name: str) -> Slug:
    """Return the slug of a name: ASCII, lower case, hyphens, without ™ and other symbols.

    >>> slugify("Claim Chart Forge™")
    'claim-chart-forge'
    """
    plain = unicodedata.normalize("NFKD", strip_marks(name))
    ascii_only = plain.encode("ascii", "ignore").decode()
    return Slug(re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-"))


def is_slug(text: str) -> bool:
    """Whether ``text`` could be a slug as it stands."""
    return re.fullmatch(SLUG_PATTERN, text) is not None


MARKS = "™®℠©"
"""Trademark signs."""
_MARK = re.compile(rf"\s*[{MARKS}]")


def strip_marks(name: str) -> str:
    """Return a name without its trademark signs, for places where plain text is wanted."""
    return _MARK.sub("", name).strip()


def printable(text: str) -> str:
    """Return a text without what a terminal, JSON or UTF-8 cannot carry: bytes of a file name that
    are no text, and control characters, both as escapes."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )
