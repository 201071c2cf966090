"""Files to hand out: each judged on its own. What speaks against one keeps it from being published.

The look is at what stands openly in a file. `omnigrid drop` looks deeper, in a process of its own.
"""

from omnigrid.model.attachments import AttachmentFile, ending_of
from omnigrid.model.digests import digest_bytes
from omnigrid.model.findings import Finding, Place, Severity, Span
from omnigrid.model.names import SourcePath
from omnigrid.model.secrets import find_secrets
from omnigrid.model.source import Kind, Reading

_BEGINNINGS = {".pdf": b"%PDF-", ".docx": b"PK\x03\x04", ".xlsx": b"PK\x03\x04"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16, as spreadsheet programs write it."""
_PROGRAMS = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"vbaProject.bin")
"""Names in a PDF (ISO 32000-1, 12.6) and in an Office archive."""
_DROP = "drop it (`omnigrid drop FILE`), which makes a page of its text, or remove it"


def judge_attachment(path: SourcePath, data: bytes) -> Reading:
    """Return what a file says of itself, and a warning where it is not published."""
    why = _objection(ending_of(path), data)
    findings = (unpublished(path, *why),) if why else ()
    file = None if why else AttachmentFile(len(data))
    return Reading(Kind.ATTACHMENT, path, file, digest=digest_bytes(data), findings=findings)


def unpublished(path: SourcePath, why: str, hint: str) -> Finding:
    """Return the warning that a file is not published."""
    message = f"this file is not published: {why}"
    return Finding("OG251", message, Place(path, span=Span(1, 1, 2)), hint, Severity.WARNING)


def _objection(ending: str, data: bytes) -> tuple[str, str] | None:
    """Return what speaks against a file, and what to do."""
    if not data:
        return "it is empty", "put its content there, or remove it"
    beginning = _BEGINNINGS.get(ending)
    if beginning is None:
        return _text_objection(ending, data)
    if not data.startswith(beginning):
        return f"it does not begin as a file that ends in {ending}", _DROP
    if any(each in data for each in _PROGRAMS):
        return "it holds a program or another file", _DROP
    return None


def _text_objection(ending: str, data: bytes) -> tuple[str, str] | None:
    wide = data.startswith(_WIDE)
    text = data.decode("utf-16" if wide else "utf-8", errors="replace")
    if "\0" in text:
        return f"it is not a text, and its name ends in {ending}", _DROP
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return "it looks like a web page or a drawing", _DROP
    secret = next(find_secrets(text), None)
    if secret is not None:
        return f"it seems to hold {secret.kind}", "take it out, and have it revoked"
    return None
