"""What makes pictures, and the pictures of a site: the extra ``omnigrid[images]``, where wanted."""

from functools import lru_cache
from zlib import ZLIB_RUNTIME_VERSION

from omnigrid.installed import installed_version
from omnigrid.model.files import Images
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import SourcePath
from omnigrid.model.packs import Pack
from omnigrid.model.pictures import Exposure, PictureFormat
from omnigrid.model.rasters import without_words
from omnigrid.model.tree import CONFIG_NAME
from omnigrid.model.views import SiteView

LIBRARY = "pillow"
INSTALL = 'pip install "omnigrid[images]"'
_VERSION = "1"
"""Raised whenever the same values would give other pictures."""


class PictureFault(Exception):  # noqa: N818
    """A picture of the portfolio that cannot be shown, and why."""

    def __init__(self, source: SourcePath, why: str) -> None:
        super().__init__(f"the picture cannot be used: {why}")
        self.source = source


@lru_cache(maxsize=1)
def _installed() -> str:
    version = installed_version(LIBRARY)
    parts = f"pictures {_VERSION}, {LIBRARY} {version}, zlib {ZLIB_RUNTIME_VERSION}"
    return parts if version else ""


def picture_maker(wanted: Images) -> str:
    """Return what makes pictures, by version; empty where they are not wanted or cannot be made."""
    return "" if wanted is Images.OFF else _installed()


def missing_maker(wanted: Images) -> tuple[Finding, ...]:
    """Return what is wrong where pictures are asked for and cannot be made."""
    if wanted is not Images.ON or _installed():
        return ()
    message = f"`images: on` needs the library {LIBRARY}, which is not installed"
    hint = f"install it: {INSTALL}, or write `images: auto`"
    return (Finding("OG236", message, Place(CONFIG_NAME, ("images",)), hint),)


def site_pictures(view: SiteView, base: Pack) -> dict[str, bytes]:
    """Return all pictures of a site by their path within it. Raises PictureFault."""
    made: dict[str, bytes] = {}
    if view.social_image is not None:
        # Pillow takes 50 ms to import.
        from omnigrid.render.images.card import open_graph_card  # noqa: PLC0415
        from omnigrid.render.images.icons import icon  # noqa: PLC0415

        brand = view.brand
        made[view.social_image.file] = open_graph_card(view, base)
        for each in view.icons:
            made[each.file] = icon(brand.initials, brand.accent, each.width, base)
    for exposure in view.exposures:
        made |= _developed(exposure, resize=view.social_image is not None)
    return made


def _developed(exposure: Exposure, *, resize: bool) -> dict[str, bytes]:
    original, (first, *_) = exposure.original, exposure.variants
    if original.format is PictureFormat.SVG:
        return {first.file: exposure.data}
    if not resize:
        return {first.file: without_words(exposure.data)}
    from omnigrid.render.images.variants import resized  # noqa: PLC0415

    try:
        return resized(exposure)
    except Exception as error:  # Damaged pictures fail in every way that a decoder can.
        raise PictureFault(original.source, str(error) or type(error).__name__) from error
