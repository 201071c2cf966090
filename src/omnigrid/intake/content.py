"""What a file turned out to say: a title, blocks of text, facts; and how much of it is read."""

import enum

from msgspec import Struct

from omnigrid.model.launching import LARGEST_FILE


class FileKind(enum.StrEnum):
    """What a file is, told from its bytes."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"
    SVG = "svg"
    PICTURE = "picture"
    """Of a format that is shown nowhere on the web, or not everywhere."""
    AUDIO = "audio"
    ZIP = "zip"
    OTHER = "file"


PICTURES = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.WEBP, FileKind.SVG})
"""Kinds that a page can show."""


class Limits(Struct, frozen=True):
    """How much of a file is read, and what reading may take."""

    bytes: int = LARGEST_FILE
    unpacked: int = 64 * 1024**2
    """Bytes that all parts of an archive or of an office file may have together."""
    members: int = 50
    """Files of an archive."""
    pages: int = 200
    """Pages of a PDF whose text is read."""
    text: int = 40_000
    """Characters of text that are put on a page."""
    rows: int = 50
    """Rows of a table that are shown."""
    columns: int = 12
    seconds: int = 20
    memory: int = 1024**3
    """Bytes of memory of the process that reads."""


class Heading(Struct, frozen=True, tag=True):
    """A heading; ``level`` is 1 to 6."""

    level: int
    text: str


class Paragraph(Struct, frozen=True, tag=True):
    """Prose. A line end within it is meant."""

    text: str


class Item(Struct, frozen=True, tag=True):
    """An entry of a list, ``depth`` levels below the outermost."""

    text: str
    depth: int = 0
    numbered: bool = False


class Code(Struct, frozen=True, tag=True):
    """Text whose spaces and line ends are meant."""

    text: str


class Table(Struct, frozen=True, tag=True):
    """Rows of cells; the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Item | Code | Table


class Content(Struct, frozen=True, kw_only=True):
    """What one file says. All texts are as the file has them: foreign."""

    name: str
    kind: FileKind
    title: str = ""
    blocks: tuple[Block, ...] = ()
    markdown: str = ""
    """The text of a Markdown file, in place of blocks."""
    head: str = ""
    """Its own front matter."""
    about: str = ""
    """A sentence that says what there is, where there is no prose."""
    subject: str = ""
    """What data are about, in a few words: the names of columns or keys."""
    date: str = ""
    """The day of which the file says that it is from, as YYYY-MM-DD."""
    tags: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    """What is known of the file: "3 pages", "120 × 80 pixels"."""
    kept: bytes | None = None
    """What is kept of the original beside the page; None: nothing."""
    notes: tuple[str, ...] = ()
    """What was left out, and why."""
    secrets: frozenset[str] = frozenset()
    """What looks like a secret in the part that is not shown."""
