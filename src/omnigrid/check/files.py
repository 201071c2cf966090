"""All documents as typed files, with what is wrong with each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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
        return slug_of(self.path)


def slug_of(path: SourcePath) -> Slug:
    """Return a file's name without its ending."""
    return Slug(path.rpartition("/")[2].rpartition(".")[0])


@dataclass
class Files:
    """The typed files of a portfolio; rules between files look at ``documents``, valid or not."""

    documents: tuple[Document, ...]

    config: ConfigFile | None = None
    sectors: list[Typed[SectorFile]] = field(default_factory=list)
    brands: list[Typed[BrandFile]] = field(default_factory=list)
    pages: list[Typed[FrontMatter]] = field(default_factory=list)
    packs: list[Typed[PackFile]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_files(snapshot: Snapshot) -> Files:
    """Return all documents of a snapshot that fit their shapes; the others as findings."""
    files = Files(snapshot.documents)
    for document in snapshot.documents:
        match document.kind:
            case Kind.CONFIG:
                for config in _typed(files, document, ConfigFile):
                    files.config = config.file
            case Kind.SECTOR:
                files.sectors += _typed(files, document, SectorFile)
            case Kind.BRAND:
                files.brands += _typed(files, document, BrandFile)
            case Kind.PAGE:
                files.pages += _typed(files, document, FrontMatter)
            case Kind.PACK:
                files.packs += _typed(files, document, PackFile)
    return files


def _typed(files: Files, document: Document, shape: type[Shape]) -> list[Typed[Shape]]:
    """Return the file as the only item of a list; an empty list where it does not fit."""
    found = read_shape(document, shape)
    if isinstance(found, list):
        files.findings += found
        return []
    return [Typed(document.path, found, document.body)]


def check_file_names(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield every file whose name cannot be an address."""
    for document in documents:
        if document.kind in {Kind.CONFIG, Kind.PACK}:
            continue
        reserved = _RESERVED | (_PAGE_RESERVED if document.kind is Kind.PAGE else frozenset())
        slug = slug_of(document.path)
        hint = (
            "rename the file: lower-case letters a to z, digits and hyphens, "
            f"at most {MAX_SLUG} characters"
        )
        if slug.casefold() in reserved:
            message = f'the file name "{slug}" is reserved'
        elif is_slug(slug) and len(slug) <= MAX_SLUG:
            continue
        else:
            message = f'the file name "{slug}" cannot be an address'
        yield Finding("OG111", message, Place(document.path), hint)
