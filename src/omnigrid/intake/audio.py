"""Sound: title, artist and length. The recording itself is not kept: who speaks must consent.

tinytag is pure Python under the MIT licence; the larger mutagen is under the GPL.
"""

import io

from omnigrid.intake.content import Content, FileKind
from omnigrid.intake.dates import day_of
from omnigrid.intake.foreign import one_line
from omnigrid.model.errors import InputError


def read_audio(name: str, data: bytes) -> Content:
    """Return what a recording says of itself. Raises InputError where it is damaged."""
    from tinytag import TinyTag  # noqa: PLC0415

    try:
        tag = TinyTag.get(filename=one_line(name, 100), file_obj=io.BytesIO(data))
    except Exception as error:  # Whatever it meets in a file that was made to confuse it.
        raise InputError(
            f"it is a damaged recording ({type(error).__name__})", "export it again"
        ) from error
    artist, length = one_line(tag.artist or ""), _length(tag.duration)
    by = f" by {artist}" if artist else ""
    lasting = f", {length}" if length else ""
    return Content(
        name=name,
        kind=FileKind.AUDIO,
        title=tag.title or "",
        about=f"A recording{by}{lasting}.",
        date=day_of(f"{tag.year or ''}"),
        facts=tuple(fact for fact in (artist and f"by {artist}", length) if fact),
        notes=("the recording is not kept: only what it says of itself was read",),
    )


def _length(seconds: float | None) -> str:
    if not seconds or not 0 < seconds < 1_000_000:
        return ""
    if seconds < 1:
        return "less than 1 s"
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
