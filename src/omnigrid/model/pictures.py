"""Picture files of a portfolio: what they are, how large they may be, and what is made of them."""

import enum

from msgspec import Struct

from omnigrid.model.names import Digest, SourcePath

MAX_BYTES = 8 * 1024 * 1024
"""Of a picture file. A photograph of a telephone has three to six MiB."""
MAX_DRAWING = 256 * 1024
"""Of a drawing (SVG), which is shown as it is."""
MAX_SIDE = 10_000
MAX_PIXELS = 25_000_000
"""Pixels take four bytes each, whatever the file weighs: 100 MiB for a moment."""


class PictureFormat(enum.StrEnum):
    """Formats that every browser shows."""

    SVG = "svg"
    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"

    @property
    def ending(self) -> str:
        """What files of it are called, after the dot."""
        return "jpg" if self is PictureFormat.JPEG else self.value

    @property
    def media_type(self) -> str:
        """What a server says of it (RFC 6838)."""
        return "image/svg+xml" if self is PictureFormat.SVG else f"image/{self.value}"


ENDINGS = {
    ".svg": PictureFormat.SVG,
    ".png": PictureFormat.PNG,
    ".jpg": PictureFormat.JPEG,
    ".jpeg": PictureFormat.JPEG,
    ".webp": PictureFormat.WEBP,
}
"""Formats by the ending of a file's name."""
_ENDINGS = tuple(ENDINGS)
PICTURE_FOLDERS = ("brands/", "content/", "logos/")
"""Where picture files of a portfolio may stand."""


class PictureFile(Struct, frozen=True):
    """What a picture file says of itself. Sizes are those that are shown, in CSS pixels."""

    format: PictureFormat
    width: int
    height: int


class Original(Struct, frozen=True):
    """A picture of the portfolio that a site shows."""

    source: SourcePath
    digest: Digest
    """SHA-256 of its bytes."""
    format: PictureFormat
    width: int
    height: int


def is_picture(path: str) -> bool:
    """Whether a file of the portfolio is a picture, by its place and the ending of its name."""
    return path.startswith(PICTURE_FOLDERS) and path.lower().endswith(_ENDINGS)


def format_of(path: str) -> PictureFormat:
    """Return the format that a picture's name claims."""
    return ENDINGS[path[path.rindex(".") :].lower()]


class Variant(Struct, frozen=True):
    """A file that is made of a picture. ``file`` is its address within the site."""

    file: str
    format: PictureFormat
    width: int
    height: int


class Exposure(Struct, frozen=True):
    """A picture of the portfolio with its bytes, and what is made of it."""

    original: Original
    data: bytes
    variants: tuple[Variant, ...]
    """One as large as the original where it is only copied."""
