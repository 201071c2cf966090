"""The path of a request, taken apart: whatever could leave the folder is refused, not mended."""

from urllib.parse import unquote_to_bytes

from omnigrid.model.service import Problem

LONGEST = 2048


def segments_of(raw: bytes) -> tuple[str, ...]:
    """Return the names in the path of a request, decoded once; the last is empty for a folder.

    Raises Problem for a path with an encoded separator, a name such as ``..``, an empty or a
    hidden one, a control character, or with bytes that are no UTF-8.
    """
    if not raw.startswith(b"/") or len(raw) > LONGEST:
        raise _refused()
    parts = [_decoded(part) for part in raw[1:].split(b"/")]
    if any(not _is_name(part) for part in parts[:-1]) or not _is_name(parts[-1] or "index.html"):
        raise _refused()
    return tuple(parts)


def _decoded(part: bytes) -> str:
    try:
        return unquote_to_bytes(part).decode()
    except UnicodeDecodeError:
        raise _refused() from None


def _is_name(text: str) -> bool:
    """Whether a text is one visible name; ``text`` was decoded, so any separator was encoded."""
    return bool(text) and not text.startswith(".") and not any(c in "/\\" or c < " " for c in text)


def _refused() -> Problem:
    return Problem(400, "this path cannot be that of a file", "follow a link of the pages")
