"""Picture files: whole ones that Pillow writes, and such as nobody should be handed."""

import struct
import zlib
from io import BytesIO

from PIL import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    '<path d="M0 0h120v40H0z" fill="#0b7285"/></svg>\n'
)


def raster(
    kind: str = "PNG", size: tuple[int, int] = (640, 480), *, mode: str = "RGB", **options: object
) -> bytes:
    """Return a picture whose colours run from corner to corner."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    down = Image.linear_gradient("L").resize(size)
    bands = [across, down, across, down][: len(mode)]
    target = BytesIO()
    Image.merge(mode, bands).save(target, kind, **options)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return a picture, read to its end."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    check = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a PNG of a few bytes that says it is huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(bytes(999))), chunk(b"IEND", b""))
    return SIGNATURE + b"".join(parts)


def polyglot(data: bytes) -> bytes:
    """Return a picture with a web page behind its end."""
    return data + b"<script>alert(document.domain)</script>"


def said(data: bytes, words: bytes = b"Jane Doe, 51.5 N 0.1 W") -> bytes:
    """Return a PNG that says who made it, and where."""
    at = data.index(b"IDAT") - 4
    return data[:at] + chunk(b"tEXt", b"Author\0" + words) + data[at:]
