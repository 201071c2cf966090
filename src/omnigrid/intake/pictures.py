"""Pictures: format, size, and the day on which they were taken. Never the place.

What is kept of a photograph is what shows: place, camera and author are left out (`rasters.py`).
"""

import re
import struct

from omnigrid.intake.content import Content, FileKind
from omnigrid.intake.dates import day_of
from omnigrid.model.errors import InputError
from omnigrid.model.pictures import MAX_BYTES
from omnigrid.model.rasters import RasterFault, read_raster, without_words

_EXIF = re.compile(
    rb"Exif\0\0(?=II\*\0|MM\0\*)|(?<=eXIf)(?=II\*\0|MM\0\*)|(?<=EXIF....)(?=II\*\0|MM\0\*)", re.S
)
_SUB_EXIF, _TAKEN, _CHANGED = 0x8769, 0x9003, 0x0132
_ENTRIES = 64


def read_picture(name: str, kind: FileKind, data: bytes) -> Content:
    """Return what a picture says of itself. Raises InputError where it is damaged or too large."""
    if len(data) > MAX_BYTES:
        raise InputError(
            f"the picture is larger than {MAX_BYTES // 1024**2} MiB", "export it smaller"
        )
    if kind is FileKind.SVG:
        return Content(name=name, kind=kind, about="A drawing.", facts=("a drawing",), kept=data)
    try:
        raster, kept = read_raster(data), without_words(data)
    except (RasterFault, struct.error, IndexError) as fault:
        raise InputError(
            f"the picture cannot be used: {fault}", "open it in a picture program and export it"
        ) from fault
    size = f"{raster.width:,} × {raster.height:,} pixels"
    notes = ("what the file says of place, camera and author is left out",)
    return Content(
        name=name,
        kind=kind,
        about=f"A picture, {size}.",
        date=_taken(data),
        facts=(size,),
        kept=kept,
        notes=notes if len(kept) < len(data) else (),
    )


def _taken(data: bytes) -> str:
    """Return the day on which a picture was taken (Exif, JEITA CP-3451); nothing else is read."""
    found = _EXIF.search(data)
    if found is None:
        return ""
    try:
        return _date_of(data[found.end() : found.end() + 65_536])
    except (struct.error, IndexError):
        return ""


def _date_of(exif: bytes) -> str:
    order = "<" if exif[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", exif, 4)
    values = _entries(exif, order, first)
    more = _entries(exif, order, values[_SUB_EXIF]) if _SUB_EXIF in values else {}
    for entries, tag in ((more, _TAKEN), (values, _CHANGED)):
        if tag in entries:
            text = exif[entries[tag] : entries[tag] + 19].decode("ascii", errors="replace")
            if day := day_of(text):
                return day
    return ""


def _entries(exif: bytes, order: str, start: int) -> dict[int, int]:
    """Return the values of a directory by their tag: numbers, or where a longer value stands."""
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    found = {}
    for number in range(min(count, _ENTRIES)):
        tag, _, _, value = struct.unpack_from(f"{order}HHII", exif, start + 2 + 12 * number)
        found[tag] = value
    return found
