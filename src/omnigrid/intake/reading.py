"""One file in, what it says out; an archive gives as much for each of its files. Pure."""

import zipfile
from collections.abc import Callable

from msgspec.structs import replace

from omnigrid.intake.audio import read_audio
from omnigrid.intake.content import PICTURES, Content, FileKind, Limits
from omnigrid.intake.delimited import read_delimited
from omnigrid.intake.foreign import one_line
from omnigrid.intake.html_page import read_html
from omnigrid.intake.json_data import read_json
from omnigrid.intake.kinds import kind_of
from omnigrid.intake.package import Package, is_link
from omnigrid.intake.pdf import read_pdf
from omnigrid.intake.pictures import read_picture
from omnigrid.intake.texts import read_markdown, read_text
from omnigrid.intake.word import is_word, read_word
from omnigrid.intake.workbook import is_workbook, read_workbook
from omnigrid.model.errors import InputError

_PLAIN: dict[FileKind, Callable[[str, bytes], Content]] = {
    FileKind.MARKDOWN: read_markdown,
    FileKind.AUDIO: read_audio,
}
_BOUNDED: dict[FileKind, Callable[[str, bytes, Limits], Content]] = {
    FileKind.TEXT: read_text,
    FileKind.HTML: read_html,
    FileKind.PDF: read_pdf,
    FileKind.JSON: read_json,
}
_PASSED_OVER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def read_contents(name: str, data: bytes, limits: Limits) -> tuple[Content, ...]:
    """Return what a file says, and what each file of an archive says.

    A member of an archive that cannot be taken is a note of the first that can. Raises InputError.
    """
    if not data:
        raise InputError("it is empty", "see that it was saved and copied whole")
    if len(data) > limits.bytes:
        raise InputError(
            f"it is larger than {limits.bytes // 1024**2} MiB", "make it smaller, or several of it"
        )
    kind = kind_of(name, data)
    if kind is not FileKind.ZIP:
        return (_read(name, kind, data, limits),)
    package = Package(data, limits)
    office = _office(name, data, package, limits)
    return (office,) if office else _members(package, limits)


def _office(name: str, data: bytes, package: Package, limits: Limits) -> Content | None:
    if is_word(package):
        return read_word(name, data, package, limits)
    return read_workbook(name, data, package, limits) if is_workbook(package) else None


def _members(package: Package, limits: Limits) -> tuple[Content, ...]:
    wanted = [
        each for each in package.entries if not each.is_dir() and not _is_passed(each.filename)
    ]
    if len(wanted) > limits.members:
        raise InputError(
            f"it holds {len(wanted):,} files, more than {limits.members}", "pack fewer into one"
        )
    found: list[Content] = []
    left: list[str] = []
    for entry in wanted:
        name = entry.filename.replace("\\", "/").rpartition("/")[2]
        try:
            found.append(_member(name, package, entry, limits))
        except InputError as error:
            left.append(f"{one_line(name, 80)} was not taken: {error.message}")
    if not found:
        raise InputError(
            "nothing in it can be taken; " + "; ".join(left[:5]), "drop files by themselves"
        )
    return _noted(found, left)


def _noted(found: list[Content], left: list[str]) -> tuple[Content, ...]:
    first, *others = found
    return (replace(first, notes=(*first.notes, *left)), *others)


def _is_passed(name: str) -> bool:
    last = name.replace("\\", "/").rpartition("/")[2]
    return name.startswith(_PASSED_OVER) or last.startswith(".") or last in _PASSED_OVER


def _member(name: str, package: Package, entry: zipfile.ZipInfo, limits: Limits) -> Content:
    if is_link(entry):
        raise InputError("it is a link")
    data = package.read(entry.filename, limits.bytes)
    if not data:
        raise InputError("it is empty")
    kind = kind_of(name, data)
    if kind is not FileKind.ZIP:
        return _read(name, kind, data, limits)
    office = _office(name, data, Package(data, limits), limits)
    if office is None:
        raise InputError("it is an archive within an archive")
    return office


def _read(name: str, kind: FileKind, data: bytes, limits: Limits) -> Content:
    if kind in _PLAIN:
        return _PLAIN[kind](name, data)
    if kind in _BOUNDED:
        return _BOUNDED[kind](name, data, limits)
    if kind in {FileKind.CSV, FileKind.TSV}:
        return read_delimited(name, kind, data, limits)
    return read_picture(name, kind, data) if kind in PICTURES else _unread(name, kind, data)


def _unread(name: str, kind: FileKind, data: bytes) -> Content:
    """Return a page about a file of which nothing can be read."""
    export = "export the picture as PNG or JPEG and drop that"
    advice = export if kind is FileKind.PICTURE else "write on the page what it is"
    what = "A picture" if kind is FileKind.PICTURE else "A file"
    return Content(
        name=name,
        kind=kind,
        about=f"{what} of {max(len(data) // 1024, 1):,} KiB.",
        notes=(f"nothing in it could be read, and it is not kept: {advice}",),
    )
