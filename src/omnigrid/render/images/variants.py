"""A picture of the portfolio in other sizes and formats, without what its file says besides."""

from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from omnigrid.model.pictures import Exposure, PictureFormat, Variant
from omnigrid.model.rasters import read_raster, without_words

_QUALITY = 78
"""Of lossy formats: more can hardly be seen."""
_FEW = 256
"""Colours that a palette holds."""


def resized(exposure: Exposure) -> dict[str, bytes]:
    """Return each variant of a picture by its file.

    Raises whatever Pillow raises where the picture is damaged inside.
    """
    image = _decoded(exposure.data, exposure.original.format)
    return {each.file: _encoded(_fitted(image, each), each) for each in exposure.variants}


def _decoded(data: bytes, kind: PictureFormat) -> Image.Image:
    """Return a picture upright, in colours of the web (sRGB), with or without transparency."""
    said = read_raster(data)
    opened = Image.open(BytesIO(without_words(data)), formats=(kind.value.upper(),))
    if opened.size not in {(said.width, said.height), (said.height, said.width)}:
        raise ValueError("it says two different sizes")
    upright = ImageOps.exif_transpose(_eight_bits(opened))
    clear = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if clear else "RGB")
    return _in_srgb(plain, opened.info.get("icc_profile"), opened.mode)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture with eight bits for each colour: of sixteen the upper ones."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point([value >> 8 for value in range(65536)], "L")


def _in_srgb(image: Image.Image, profile: bytes | None, mode: str) -> Image.Image:
    """Return a picture in sRGB. A profile that cannot be used is passed over, as browsers do."""
    if not profile or mode not in {"RGB", "RGBA"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), inPlace=True)
    except (ImageCms.PyCMSError, OSError):
        return image
    return image


def _fitted(image: Image.Image, variant: Variant) -> Image.Image:
    size = variant.width, variant.height
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _encoded(image: Image.Image, variant: Variant) -> bytes:
    """Return a file's bytes. Nothing of the original's notes goes along."""
    target = BytesIO()
    image.info = {}
    match variant.format:
        case PictureFormat.PNG:
            few = image.getcolors(_FEW) if image.mode == "RGB" else None
            shown = image.quantize(_FEW) if few else image
            shown.save(target, "PNG", optimize=True)
        case PictureFormat.WEBP:
            drawn = image.getcolors(4 * _FEW) is not None
            image.save(target, "WEBP", quality=_QUALITY, method=4, lossless=drawn)
        case _:
            opaque = image.convert("RGB")
            opaque.save(target, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return target.getvalue()
