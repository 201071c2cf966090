"""Which kind a file is: its bytes decide, its name only between kinds of text."""

import re

from omnigrid.intake.content import FileKind
from omnigrid.intake.delimited import delimiter_of
from omnigrid.intake.foreign import decode
from omnigrid.model.errors import InputError

_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"PK\x03\x04", FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"GIF8", FileKind.PICTURE),
    (b"II*\0", FileKind.PICTURE),
    (b"MM\0*", FileKind.PICTURE),
    (b"8BPS", FileKind.PICTURE),
    (b"ID3", FileKind.AUDIO),
    (b"fLaC", FileKind.AUDIO),
    (b"OggS", FileKind.AUDIO),
    (b"\xff\xfb", FileKind.AUDIO),
    (b"\xff\xf3", FileKind.AUDIO),
    (b"\xff\xf2", FileKind.AUDIO),
)
_RIFF = {b"WEBP": FileKind.WEBP, b"WAVE": FileKind.AUDIO}
_BRANDS = {
    b"M4A ": FileKind.AUDIO,
    b"M4B ": FileKind.AUDIO,
    b"heic": FileKind.PICTURE,
    b"heix": FileKind.PICTURE,
    b"mif1": FileKind.PICTURE,
    b"avif": FileKind.PICTURE,
}
"""Of a file that says ``ftyp`` (ISO/IEC 14496-12)."""
_PROGRAM = "it is a program, and programs are no content"
_NO_PROGRAM = "drop the text or the data that you want to publish"
_ARCHIVE = "archives of this kind are not read"
_REPACK = "unpack it and drop the files, or pack them as .zip"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"MZ", _PROGRAM, _NO_PROGRAM),
    (b"\x7fELF", _PROGRAM, _NO_PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM, _NO_PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM, _NO_PROGRAM),
    (b"\xce\xfa\xed\xfe", _PROGRAM, _NO_PROGRAM),
    (b"\0asm", _PROGRAM, _NO_PROGRAM),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "it is of an old Office format, or locked with a password",
        "open it, take the password off and save it as .docx, .xlsx or PDF",
    ),
    (b"{\\rtf", "rich text (RTF) is not read", "save it as .docx, PDF or plain text"),
    (b"\x1f\x8b", _ARCHIVE, _REPACK),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE, _REPACK),
    (b"Rar!\x1a\x07", _ARCHIVE, _REPACK),
    (b"BZh", _ARCHIVE, _REPACK),
    (b"\xfd7zXZ\0", _ARCHIVE, _REPACK),
    (b"(\xb5/\xfd", _ARCHIVE, _REPACK),
)
_WORDS = frozenset([b"MZ", b"BZh"])
"""Beginnings that a text may have as well."""
_BY_ENDING = {
    "md": FileKind.MARKDOWN,
    "markdown": FileKind.MARKDOWN,
    "csv": FileKind.CSV,
    "tsv": FileKind.TSV,
    "tab": FileKind.TSV,
    "json": FileKind.JSON,
    "geojson": FileKind.JSON,
    "html": FileKind.HTML,
    "htm": FileKind.HTML,
    "xhtml": FileKind.HTML,
}
_DOCUMENT = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)?<(?P<tag>!doctype html|html|svg)\b",
    re.I | re.S,
)
_HEAD = re.compile(r"---[ \t]*\r?\n")


def kind_of(name: str, data: bytes) -> FileKind:
    """Return the kind of a file; an archive may turn out to be an office file.

    Raises InputError for what is never taken.
    """
    for beginning, message, hint in _REFUSED:
        if data.startswith(beginning) and not (beginning in _WORDS and decode(data)):
            raise InputError(message, hint)
    found = _binary_kind(data)
    return found or _text_kind(name, data)


def _binary_kind(data: bytes) -> FileKind | None:
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF":
        return _RIFF.get(data[8:12], FileKind.OTHER)
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], FileKind.OTHER)
    return None


def _text_kind(name: str, data: bytes) -> FileKind:
    decoded = decode(data)
    if decoded is None:
        return FileKind.OTHER
    start = decoded.text[:4096].lstrip("\ufeff \t\r\n")
    said = _BY_ENDING.get(name.rpartition(".")[2].lower())
    document = _DOCUMENT.match(start)
    if document:
        return FileKind.SVG if document["tag"].lower() == "svg" else FileKind.HTML
    if start.startswith(("{", "[")) and said is not FileKind.MARKDOWN:
        return FileKind.JSON
    if said not in {FileKind.CSV, FileKind.TSV} and _HEAD.match(start):
        return FileKind.MARKDOWN
    if said in {None, FileKind.JSON} and delimiter_of(decoded.text):
        return FileKind.CSV
    return FileKind.TEXT if said in {None, FileKind.JSON} else said
