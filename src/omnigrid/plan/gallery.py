"""The pictures of a site: which files there shall be, by the sizes of what they are made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from omnigrid.model.attachments import Attachment
from omnigrid.model.names import SourcePath, slugify
from omnigrid.model.pictures import Exposure, Original, PictureFormat, Variant
from omnigrid.model.portfolio import Brand, Page
from omnigrid.model.views import Picture, ShownPicture, SourceSet

PictureBytes = Callable[[Original | Attachment], bytes]
"""Gives the bytes of a picture, or of a file to hand out."""
CARD = "og.png"
ICON_SIZES = (180, 192, 512)
FOLDER = "pictures/"
_LOGO_BOX = (240, 48)
"""The most that a logo takes at the head of a page, in CSS pixels."""
_WIDTHS = (480, 960, 1600)
"""Pictures of pages, in pixels: for a telephone, a desk, and a desk with a fine screen."""
_FALLBACK = 960
_PAGE_SIZES = "(max-width: 46rem) 92vw, 42rem"


class Studio(NamedTuple):
    """What makes pictures. ``maker`` names it by version; where it is empty none are made."""

    maker: str
    read: PictureBytes


def _nothing(picture: Original | Attachment) -> bytes:
    raise KeyError(picture.source)


NO_STUDIO = Studio("", _nothing)


class CarriedPictures:
    """Pictures and files to hand out that were read already, by their file."""

    def __init__(self, data: Mapping[SourcePath, bytes]) -> None:
        self.data = data

    def __call__(self, picture: Original | Attachment) -> bytes:
        """Return the bytes of a picture or file."""
        return self.data[picture.source]


def picture_files(brand: Brand, pages: Iterable[Page], *, makes: bool) -> tuple[str, ...]:
    """Return the names of all pictures of a site."""
    drawn = (CARD, *(f"icon-{size}.png" for size in ICON_SIZES)) if makes else ()
    if not brand.logo and not any(page.pictures for page in pages):
        return drawn
    named = (each.file for _, variants in _planned(brand, pages, makes=makes) for each in variants)
    return (*drawn, *named)


def exposures(brand: Brand, pages: Iterable[Page], studio: Studio) -> tuple[Exposure, ...]:
    """Return the pictures of the portfolio that a site shows, with their bytes."""
    planned = _planned(brand, pages, makes=bool(studio.maker))
    return tuple(
        Exposure(original, studio.read(original), variants) for original, variants in planned
    )


def originals(brand: Brand, pages: Iterable[Page]) -> Iterator[Original]:
    """Yield the pictures of the portfolio that a site shows."""
    return (original for original, _ in _planned(brand, pages, makes=False))


def social_image(studio: Studio) -> Picture | None:
    """Return what is shown where somebody shares a link to a site; None where it is not made."""
    card = Picture(file=CARD, type=PictureFormat.PNG.media_type, width=1200, height=630)
    return card if studio.maker else None


def icons(studio: Studio) -> tuple[Picture, ...]:
    """Return the icons of a site, for devices that show no SVG."""
    kind = PictureFormat.PNG.media_type
    return tuple(
        Picture(file=f"icon-{size}.png", type=kind, width=size, height=size)
        for size in (ICON_SIZES if studio.maker else ())
    )


def shown_logo(brand: Brand, *, makes: bool) -> ShownPicture | None:
    """Return how a brand's logo is shown at the head of a page; None where it has none."""
    if brand.logo is None:
        return None
    variants = _logo(brand.logo, makes=makes)
    width, height = _within(brand.logo, *_LOGO_BOX)
    smallest, large = variants[0], [each for each in variants if each.format is variants[0].format]
    return ShownPicture(
        file=smallest.file,
        width=width,
        height=height,
        srcset=_densities(large) if len(large) > 1 else "",
        sources=_sets(variants[len(large) :], _densities, ""),
    )


def shown_pictures(page: Page, *, makes: bool) -> dict[str, ShownPicture]:
    """Return how each picture of a page is shown, by its address as the page has it."""
    return {written: _shown(original, makes=makes) for written, original in page.pictures}


def _shown(original: Original, *, makes: bool) -> ShownPicture:
    variants = _of_page(original, makes=makes)
    first, others = variants[0], variants[1:]
    same = [each for each in variants if each.format is first.format]
    alone = not others or others[0].format is first.format
    return ShownPicture(
        file=first.file,
        width=first.width,
        height=first.height,
        srcset=_wide(sorted(same, key=lambda each: each.width)) if alone and others else "",
        sizes=_PAGE_SIZES if alone and others else "",
        sources=() if alone else _sets(others, _wide, _PAGE_SIZES),
    )


def _planned(
    brand: Brand, pages: Iterable[Page], *, makes: bool
) -> Iterator[tuple[Original, tuple[Variant, ...]]]:
    """Yield each picture once, with what is made of it."""
    if brand.logo:
        yield brand.logo, _logo(brand.logo, makes=makes)
    shown = {_stem(each): each for page in pages for _, each in page.pictures}
    for original in shown.values():
        yield original, _of_page(original, makes=makes)


def _logo(logo: Original, *, makes: bool) -> tuple[Variant, ...]:
    kind = logo.format
    if not makes or kind is PictureFormat.SVG:
        return (Variant(f"logo.{kind.ending}", kind, logo.width, logo.height),)
    wide, high = _LOGO_BOX
    sizes = dict.fromkeys(_within(logo, wide * scale, high * scale) for scale in (1, 2))
    formats = dict.fromkeys((kind, PictureFormat.WEBP))
    return tuple(
        Variant(f"logo-{width}.{each.ending}", each, width, height)
        for each in formats
        for width, height in sizes
    )


def _of_page(original: Original, *, makes: bool) -> tuple[Variant, ...]:
    """Return what is made of a page's picture; what every browser shows comes first."""
    kind, stem = original.format, _stem(original)
    if not makes or kind is PictureFormat.SVG:
        return (Variant(f"{stem}.{kind.ending}", kind, original.width, original.height),)
    widths = [width for width in _WIDTHS if width < original.width]
    if len(widths) < len(_WIDTHS):
        widths.append(original.width)
    first = min(widths, key=lambda width: abs(width - _FALLBACK))
    fallback = _resized(original, stem, kind, first)
    small = (_resized(original, stem, PictureFormat.WEBP, width) for width in widths)
    return tuple(dict.fromkeys((fallback, *small)))


def _resized(original: Original, stem: str, kind: PictureFormat, width: int) -> Variant:
    height = max(round(original.height * width / original.width), 1)
    return Variant(f"{stem}-{width}.{kind.ending}", kind, width, height)


def _stem(original: Original) -> str:
    """Return the beginning of the names of a picture's files: other bytes, other names."""
    name = slugify(original.source.rpartition("/")[2].rpartition(".")[0])[:40].strip("-")
    return f"{FOLDER}{name or 'picture'}-{original.digest[:8]}"


def _within(picture: Original, wide: int, high: int) -> tuple[int, int]:
    """Return the size of a picture in a box: never larger than it is, unless it is a drawing."""
    scale = min(wide / picture.width, high / picture.height)
    if picture.format is not PictureFormat.SVG:
        scale = min(scale, 1.0)
    return max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)


def _sets(
    variants: Iterable[Variant], listed: Callable[[list[Variant]], str], sizes: str
) -> tuple[SourceSet, ...]:
    of = list(variants)
    return (SourceSet(of[0].format.media_type, listed(of), sizes),) if of else ()


def _densities(variants: list[Variant]) -> str:
    return ", ".join(f"{each.file} {scale}x" for scale, each in enumerate(variants, start=1))


def _wide(variants: list[Variant]) -> str:
    return ", ".join(f"{each.file} {each.width}w" for each in variants)
