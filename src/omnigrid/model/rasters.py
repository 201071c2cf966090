"""The outside of pictures made of pixels: their size, and what else is written into their files.

Nothing is decoded here. What is read is little, whatever a file claims of itself.
"""

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from omnigrid.model.pictures import PictureFormat

_PNG = b"\x89PNG\r\n\x1a\n"
_SHOWN_CHUNKS = frozenset(
    [b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"sBIT"]
)
"""Chunks of a PNG that say how it looks; the others say who made it, when and where."""
_SHOWN_PARTS = frozenset([b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP"])
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LONE = frozenset([0x01, *range(0xD0, 0xD8)])
"""Markers of a JPEG that no segment follows."""
_SOS, _EOI, _APP0, _APP1, _APP2, _APP14, _COMMENT = 0xDA, 0xD9, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
_ORIENTATION = 0x0112
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.S)
"""The beginning of a segment among the data of scans."""


class RasterFault(Exception):  # noqa: N818
    """A file that is no whole picture; says why, in words."""


class Raster(NamedTuple):
    """``width`` and ``height`` are as shown; ``turned`` is the orientation of Exif, 1 to 8."""

    format: PictureFormat
    width: int
    height: int
    turned: int = 1


def read_raster(data: bytes) -> Raster:
    """Return what a file of pixels says of itself. Raises RasterFault."""
    try:
        if data.startswith(_PNG):
            return _read_png(data)
        if data.startswith(b"\xff\xd8\xff"):
            return _read_jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _read_webp(data)
    except (struct.error, IndexError):
        raise RasterFault("it ends too early: it was not saved or copied whole") from None
    raise RasterFault("it is no PNG, JPEG or WebP picture, whatever its name says")


def without_words(data: bytes) -> bytes:
    """Return a picture without what does not show: places, names, dates, previews, hidden files.

    Raises RasterFault where it is none.
    """
    raster = read_raster(data)
    match raster.format:
        case PictureFormat.PNG:
            kept = (whole for name, _, whole in _png_chunks(data) if name in _SHOWN_CHUNKS)
            return _PNG + b"".join(kept)
        case PictureFormat.JPEG:
            return _clean_jpeg(data, raster.turned)
        case _:
            return _clean_webp(data)


def _read_png(data: bytes) -> Raster:
    chunks = _png_chunks(data)
    name, content, _ = next(chunks, (b"", b"", b""))
    if name != b"IHDR":
        raise RasterFault("it is a damaged PNG: it does not say its size first")
    if not any(name == b"IEND" for name, _, _ in chunks):
        raise RasterFault("it ends too early: it was not saved or copied whole")
    return Raster(PictureFormat.PNG, *struct.unpack(">II", content[:8]))


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Yield name, content and all bytes of each chunk, up to the end of the picture."""
    at, name = len(_PNG), b""
    while name != b"IEND" and at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise RasterFault("it ends too early: it was not saved or copied whole")
        yield name, data[at + 8 : end - 4], data[at:end]
        at = end


def _read_jpeg(data: bytes) -> Raster:
    turned, size = 1, None
    for marker, content, _ in _jpeg_segments(data):
        if marker in _SOF:
            height, width = struct.unpack_from(">HH", content, 1)
            size = width, height
        elif marker == _APP1 and content.startswith(b"Exif\0\0"):
            turned = _turned(content[6:])
    if size is None:
        raise RasterFault("it is a damaged JPEG: it does not say its size")
    width, height = size if turned < 5 else size[::-1]
    return Raster(PictureFormat.JPEG, width, height, turned)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield marker, content and all bytes of each segment; the last is all of the scans."""
    at = 2
    while True:
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise RasterFault("it is a damaged JPEG")
        marker = data[at + 1]
        if marker in {_SOS, _EOI}:
            yield marker, b"", data[at : _end_of_scans(data, at)]
            return
        if marker in _LONE:
            at += 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if end > len(data) or length < 2:
            raise RasterFault("it ends too early: it was not saved or copied whole")
        yield marker, data[at + 4 : end], data[at:end]
        at = end


def _turned(exif: bytes) -> int:
    """Return the orientation in Exif data (JEITA CP-3451), 1 where it says none."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 10:
        return 1
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, start) if start + 2 <= len(exif) else (0,)
    for number in range(min(count, 64)):
        at = start + 2 + 12 * number
        if at + 12 > len(exif):
            break
        tag, kind = struct.unpack_from(f"{order}HH", exif, at)
        if tag == _ORIENTATION and kind == 3:
            (value,) = struct.unpack_from(f"{order}H", exif, at + 8)
            return value if 1 <= value <= 8 else 1
    return 1


def _clean_jpeg(data: bytes, turned: int) -> bytes:
    kept = [b"\xff\xd8"]
    if turned != 1:
        kept.append(_orientation(turned))
    for marker, content, whole in _jpeg_segments(data):
        is_note = _APP0 < marker <= 0xEF or marker == _COMMENT
        if not is_note or _is_colour(marker, content):
            kept.append(whole)
    return b"".join(kept)


def _is_colour(marker: int, content: bytes) -> bool:
    """Whether a segment says what its numbers mean as colours."""
    profile = marker == _APP2 and content.startswith(b"ICC_PROFILE\0")
    return profile or (marker == _APP14 and content.startswith(b"Adobe"))


def _orientation(turned: int) -> bytes:
    """Return Exif data that hold an orientation and nothing else."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turned, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4)
    return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif


def _end_of_scans(data: bytes, at: int) -> int:
    """Return where the picture ends: what follows belongs to something else. Raises RasterFault."""
    while (found := _MARKER.search(data, at)) is not None:
        marker, at = found[0][1], found.end()
        if marker == _EOI:
            return at
        (length,) = struct.unpack_from(">H", data, at)
        at += length
    raise RasterFault("it ends too early: it was not saved or copied whole")


def _read_webp(data: bytes) -> Raster:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data):
        raise RasterFault("it ends too early: it was not saved or copied whole")
    name, content, _ = next(_webp_parts(data), (b"", b"", b""))
    if name == b"VP8X":
        wide, high = content[4:7] + b"\0", content[7:10] + b"\0"
        sides = struct.unpack("<I", wide)[0] + 1, struct.unpack("<I", high)[0] + 1
    elif name == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 1)
        sides = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif name == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 6)
        sides = width & 0x3FFF, height & 0x3FFF
    else:
        raise RasterFault("it is a damaged WebP: it does not say its size first")
    return Raster(PictureFormat.WEBP, *sides)


def _webp_parts(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    at, end = 12, struct.unpack_from("<I", data, 4)[0] + 8
    while at + 8 <= end:
        (length,) = struct.unpack_from("<I", data, at + 4)
        after = at + 8 + length + length % 2
        if at + 8 + length > end:
            raise RasterFault("it ends too early: it was not saved or copied whole")
        yield data[at : at + 4], data[at + 8 : at + 8 + length], data[at:after]
        at = after


def _clean_webp(data: bytes) -> bytes:
    parts = [_plain_flags(whole) for name, _, whole in _webp_parts(data) if name in _SHOWN_PARTS]
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _plain_flags(part: bytes) -> bytes:
    """Return a part; an extended header without the flags of Exif, XMP and animation."""
    return part[:8] + bytes([part[8] & ~0x0E]) + part[9:] if part.startswith(b"VP8X") else part
