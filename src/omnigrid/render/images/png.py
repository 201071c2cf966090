"""Pictures of few colours as PNG (PNG specification, third edition), small and soon done."""

import struct
import zlib

from PIL import Image, ImageChops

_UP = 2
"""Filter type 2: each byte less the one above it, so that what repeats downwards is zero."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def encode_png(indexes: Image.Image, colours: list[str]) -> bytes:
    """Return a PNG of an image of mode L whose values are places in ``colours``, each ``#rrggbb``.

    The strategy of runs (zlib, ``Z_RLE``) looks for no other matches: after the filter there are
    hardly any, and its result does not depend on how a processor searches for them.
    """
    width, height = indexes.size
    bits = 4 if len(colours) <= 16 else 8
    header = struct.pack(">IIBBBBB", width, height, bits, 3, 0, 0, 0)
    palette = bytes.fromhex("".join(colour[1:] for colour in colours))
    packer = zlib.compressobj(9, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    data = packer.compress(_filtered(indexes, bits)) + packer.flush()
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(name, content) for name, content in chunks)


def _filtered(indexes: Image.Image, bits: int) -> bytes:
    numbers = Image.frombytes("P", indexes.size, indexes.tobytes())
    packed = numbers.tobytes("raw", f"P;{bits}" if bits < 8 else "P")
    width, height = len(packed) // indexes.height, indexes.height
    rows = Image.frombytes("L", (width, height), packed)
    above = Image.frombytes("L", (width, height), bytes(width) + packed[:-width])
    lines = Image.new("L", (width + 1, height), _UP)
    lines.paste(ImageChops.subtract_modulo(rows, above), (1, 0))
    return lines.tobytes()


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", _crc(name, content))


def _crc(name: bytes, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(name))
