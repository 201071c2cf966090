"""All documents as typed files, with what is wrong with each."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Generic, TypeVar

from msgspec import Struct

from omnigrid.check.shapes import read_shape
from omnigrid.model.files import BrandFile, ConfigFile, FrontMatter, PackFile, SectorFile
from omnigrid.model.findings import Finding, Place
from omnigrid.model.names import Slug, SourcePath, is_slug
from omnigrid.model.source import Document, Kind, Snapshot

Shape = TypeVar("Shape", bound=Struct)

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows keeps for devices (Microsoft, "Naming Files, Paths, and Namespaces")."""
_PAGE_RESERVED = frozenset({"index", "404"})
MAX_SLUG = 100


@dataclass(frozen=True)
class Typed(Generic[Shape]):
    """A file that fits its shape, and where it came from."""

    path: SourcePath
    file: Shape
    body: str = ""

    @property
    def slug(self) -> Slug:
        """The file's name without its ending: its address."""
        return Slug(PurePosixPath(self.path).stem)


@dataclass
class Files:
    """The typed files of a portfolio. ``ids`` holds every id that any file claims, valid or not."""

    config: ConfigFile | None = None
    sectors: list[Typed[SectorFile]] = field(default_factory=list)
    brands: list[Typed[BrandFile]] = field(default_factory=list)
    pages: list[Typed[FrontMatter]] = field(default_factory=list)
    packs: list[Typed[PackFile]] = field(default_factory=list)
    ids: dict[Kind, dict[str, list[SourcePath]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    findings: list[Finding] = field(default_factory=list)


def read_files(snapshot: Snapshot) -> Files:
    """Return all documents of a snapshot that fit their shapes; the others as findings."""
    files = Files()
    for document in snapshot.documents:
        _note_id(files, document)
        match document.kind:
            case Kind.CONFIG:
                config = _typed(files, document, ConfigFile)
                files.config = config.file if config else None
            case Kind.SECTOR:
                _add(files, files.sectors, _typed(files, document, SectorFile))
            case Kind.BRAND:
                _add(files, files.brands, _typed(files, document, BrandFile))
            case Kind.PAGE:
                _add(files, files.pages, _typed(files, document, FrontMatter), _PAGE_RESERVED)
            case Kind.PACK:
                pack = _typed(files, document, PackFile)
                if pack:
                    files.packs.append(pack)
    return files


def _note_id(files: Files, document: Document) -> None:
    written = document.data.get("id") if isinstance(document.data, dict) else None
    if isinstance(written, str):
        files.ids[document.kind][written].append(document.path)


def _typed(files: Files, document: Document, shape: type[Shape]) -> Typed[Shape] | None:
    found = read_shape(document, shape)
    if isinstance(found, list):
        files.findings += found
        return None
    return Typed(document.path, found, document.body)


def _add(
    files: Files,
    into: list[Typed[Shape]],
    typed: Typed[Shape] | None,
    reserved: frozenset[str] = frozenset(),
) -> None:
    if typed is None:
        return
    into.append(typed)
    slug = typed.slug
    if is_slug(slug) and len(slug) <= MAX_SLUG and slug not in _RESERVED | reserved:
        return
    taken = slug.casefold() in _RESERVED | reserved
    files.findings.append(
        Finding(
            "OG111",
            f'"{slug}" is a reserved name'
            if taken
            else f'the file name "{slug}" cannot be an address',
            Place(typed.path),
            "rename the file: lower-case letters a to z, digits and hyphens, "
            f"at most {MAX_SLUG} characters",
        )
    )
