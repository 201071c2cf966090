"""``humans.txt``: who made a site, of what, and the digest of its other files."""

from collections.abc import Mapping

from omnigrid.model.packs import Pack
from omnigrid.model.stamp import digest_of_files, stamp_line
from omnigrid.model.views import SiteView
from omnigrid.render.version import GENERATOR


def site_stamp(
    view: SiteView, pack: Pack, files: Mapping[str, bytes], known: Mapping[str, str]
) -> bytes:
    """Return the stamp of a site with these files; the same for the same files, whenever made.

    ``known`` are the SHA-256 of some of them.
    """
    about = pack.file
    lines = (
        "/* BRAND */",
        f"Name: {view.brand.name}",
        f"Brand: {view.brand.id}",
        f"Sector: {view.sector.id}",
        f"Owner: {view.brand.owner}",
        "",
        "/* SITE */",
        f"Generator: {GENERATOR}",
        f"Pack: {about.id} {about.version}",
        f"Pages: {1 + len(view.pages)}",
        f"Files: {len(files)}",
        stamp_line(digest_of_files(files, known)),
        "",
    )
    return "\n".join(lines).encode()
