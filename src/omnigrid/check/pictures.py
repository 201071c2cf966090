"""Picture files: each judged on its own; and those that brands and pages name."""

from omnigrid.check.drawings import read_drawing
from omnigrid.model.digests import digest_bytes
from omnigrid.model.findings import Finding, Place, Span
from omnigrid.model.names import SourcePath, printable
from omnigrid.model.pictures import (
    MAX_BYTES,
    MAX_DRAWING,
    MAX_PIXELS,
    MAX_SIDE,
    PictureFile,
    PictureFormat,
    format_of,
)
from omnigrid.model.rasters import RasterFault, read_raster
from omnigrid.model.source import Kind, Reading

_START = Span(1, 1, 2)
_SAVE_AGAIN = "open it in a picture program and export it again"


def judge_picture(path: SourcePath, data: bytes) -> Reading:
    """Return what a picture file says of itself, and why it is refused where it is."""
    claimed = format_of(path)
    limit = MAX_DRAWING if claimed is PictureFormat.SVG else MAX_BYTES
    if len(data) > limit:
        found: PictureFile | list[Finding] = [_too_heavy(path, limit)]
    elif claimed is PictureFormat.SVG:
        found = _judge_drawing(path, data)
    else:
        found = _judge_raster(path, data, claimed)
    file, findings = (None, found) if isinstance(found, list) else (found, [])
    return Reading(Kind.PICTURE, path, file, digest=digest_bytes(data), findings=tuple(findings))


def _too_heavy(path: SourcePath, limit: int) -> Finding:
    size = f"{limit >> 20} MiB" if limit >= 1 << 20 else f"{limit >> 10} KiB"
    return _finding(path, "OG231", f"the picture is larger than {size}", "export it smaller")


def _judge_drawing(path: SourcePath, data: bytes) -> PictureFile | list[Finding]:
    drawing = read_drawing(data)
    if drawing.file is not None:
        return drawing.file
    return [
        Finding("OG232", fault.message, Place(path, span=fault.span), fault.hint)
        for fault in drawing.faults
    ]


def _judge_raster(
    path: SourcePath, data: bytes, claimed: PictureFormat
) -> PictureFile | list[Finding]:
    try:
        raster = read_raster(data)
    except RasterFault as fault:
        return [_finding(path, "OG231", f"the picture cannot be used: {fault}", _SAVE_AGAIN)]
    width, height = raster.width, raster.height
    if raster.format is not claimed:
        ending, name = raster.format.ending, printable(path.rpartition("/")[2])
        message = f"{name} is a picture of the format {raster.format}"
        return [_finding(path, "OG231", message, f"let its name end in .{ending}")]
    if not (width and height):
        message = f"the picture has no size: it says {width} × {height} pixels"
        return [_finding(path, "OG231", message, _SAVE_AGAIN)]
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        message = f"the picture has {width:,} × {height:,} pixels, which is too many"
        hint = f"make it smaller: {MAX_PIXELS // 1_000_000} million, and {MAX_SIDE:,} on a side"
        return [_finding(path, "OG231", message, hint)]
    return PictureFile(raster.format, width, height)


def _finding(path: SourcePath, code: str, message: str, hint: str) -> Finding:
    return Finding(code, message, Place(path, span=_START), hint)
