"""Files that a page hands out: of which kinds they are, and how large they may be."""

from msgspec import Struct

from omnigrid.model.names import Digest, SourcePath

ENDINGS = {
    ".pdf": "PDF",
    ".docx": "Word document",
    ".xlsx": "Excel workbook",
    ".csv": "CSV table",
    ".tsv": "TSV table",
    ".json": "JSON data",
    ".txt": "text",
}
"""Kinds by the ending of a file's name: those that a browser never runs as a page."""
MAX_BYTES = 20 * 1024 * 1024
"""Of a file, as of one that is dropped; the strictest host takes 25 MiB."""
MAX_FILES = 20
MAX_TOGETHER = 50 * 1024 * 1024
"""Bytes of all files of a page."""


class AttachmentFile(Struct, frozen=True):
    """What a file to hand out says of itself."""

    size: int
    """In bytes."""


class Attachment(Struct, frozen=True):
    """A file that stands in the folder of a page, and that its site hands out."""

    source: SourcePath
    digest: Digest
    """SHA-256 of its bytes."""
    size: int


class Handout(Struct, frozen=True):
    """A file of the portfolio with its bytes. ``file`` is its address within the site."""

    file: str
    data: bytes


def is_attachment(path: str) -> bool:
    """Whether a file may be handed out, by its place and the ending of its name."""
    placed = path.startswith("content/") and path.count("/") > 1
    return placed and ending_of(path) in ENDINGS


def ending_of(path: str) -> str:
    """Return the ending of a file's name in lower case, with its dot."""
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if stem and dot and ending else ""


def page_beside(path: SourcePath) -> SourcePath:
    """Return the page in whose folder a file would stand: its folder's name and ``.md``."""
    return SourcePath(f"{path.rpartition('/')[0]}.md")
