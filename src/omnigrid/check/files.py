"""One file judged on its own: its typed value, the names that it claims, and what is wrong."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from omnigrid.check.declared import check_declared
from omnigrid.check.measurements import check_measurements, check_version
from omnigrid.check.mentions import find_mentions
from omnigrid.check.shapes import read_shape
from omnigrid.check.tangles import check_tangles
from omnigrid.check.texts import check_texts
from omnigrid.model.approvals import ApprovalsFile
from omnigrid.model.digests import digest_bytes, digest_value
from omnigrid.model.files import BrandFile, ConfigFile, FrontMatter, PackFile, SectorFile
from omnigrid.model.findings import Finding, Place
from omnigrid.model.measurements import MeasurementsFile
from omnigrid.model.names import Digest, Slug, SourcePath, is_slug, printable
from omnigrid.model.source import SHAPES, Claims, Document, Kind, Reading

Shape = TypeVar("Shape", bound=Struct)

_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows keeps for devices (Microsoft, "Naming Files, Paths, and Namespaces")."""
_UNADDRESSED = frozenset({Kind.CONFIG, Kind.PACK, Kind.APPROVALS, Kind.MEASUREMENTS})
_PAGE_RESERVED = frozenset({"index", "404"})
MAX_SLUG = 100
_TEXTS = tuple(name for name in Claims.__struct_fields__ if name != "pictures")


REFERENCES: dict[Kind, tuple[str, ...]] = {
    Kind.SECTOR: ("template",),
    Kind.BRAND: ("sector", "template"),
    Kind.PAGE: ("sector", "template", "brand"),
}
"""The keys that name something else, by kind of file."""


class Typed(NamedTuple, Generic[Shape]):
    """A file that fits its shape, and where it came from."""

    path: SourcePath
    file: Shape
    body: Digest = Digest("")
    digest: Digest = Digest("")

    @property
    def slug(self) -> Slug:
        """The file's name without its ending: its address."""
        return slug_of(self.path)


class Files:
    """The typed files of a portfolio, by kind."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        found: dict[Kind, list[Typed[Any]]] = {kind: [] for kind in Kind}
        for each in readings:
            if each.file is not None:
                found[each.kind].append(Typed(each.path, each.file, each.body, each.digest))
        self.sectors: list[Typed[SectorFile]] = found[Kind.SECTOR]
        self.brands: list[Typed[BrandFile]] = found[Kind.BRAND]
        self.pages: list[Typed[FrontMatter]] = found[Kind.PAGE]
        self.packs: list[Typed[PackFile]] = found[Kind.PACK]
        self.approvals: list[Typed[ApprovalsFile]] = found[Kind.APPROVALS]
        measured: list[Typed[MeasurementsFile]] = found[Kind.MEASUREMENTS]
        self.measured: MeasurementsFile | None = measured[0].file if measured else None
        configs: list[Typed[ConfigFile]] = found[Kind.CONFIG]
        self.config: ConfigFile | None = configs[0].file if configs else None


def slug_of(path: SourcePath) -> Slug:
    """Return a file's name without its ending."""
    return Slug(path.rpartition("/")[2].rpartition(".")[0])


def judge(document: Document) -> Reading:
    """Return what a file says, and everything that can be told of it without the others."""
    claims = _claims(document)
    found = _fitted(document)
    file, faults = (None, found) if isinstance(found, list) else (found, [])
    named = {(key,) for key in REFERENCES.get(document.kind, ()) if getattr(claims, key)}
    findings = (
        # That a name is badly formed is left out: the check of references says which is meant.
        *(fault for fault in faults if fault.place.keys not in named),
        *check_file_names((document,)),
        *_check_pack_id(document.path, file),
        *check_declared(document.path, file),
        *check_measurements(document.path, file),
        *check_texts((document,)),
        *check_tangles((document,)),
    )
    body = digest_bytes(document.body.encode()) if document.body else Digest("")
    digest = digest_value([printable(document.path), file, body])
    return Reading(document.kind, document.path, file, claims, body, digest, findings)


def _fitted(document: Document) -> Any:
    """Return the typed file, or all that does not fit."""
    if document.kind is Kind.MEASUREMENTS and (unknown := check_version(document)):
        return [unknown]
    return read_shape(document, SHAPES[document.kind])


def unreadable(kind: Kind, finding: Finding) -> Reading:
    """Return the reading of a file that has no data."""
    return Reading(kind, finding.place.path, None, findings=(finding,))


def _claims(document: Document) -> Claims:
    data = document.data if isinstance(document.data, dict) else {}
    texts = {name: data.get(name) for name in _TEXTS}
    named = {name: value for name, value in texts.items() if isinstance(value, str)}
    return Claims(**named, pictures=find_mentions(document) if document.body else ())


def _check_pack_id(path: SourcePath, file: object) -> Iterator[Finding]:
    if isinstance(file, PackFile) and file.id != (folder := path.split("/")[1]):
        yield Finding(
            "OG401",
            f'the pack\'s id "{file.id}" differs from the name of its folder',
            Place(path, ("id",)),
            f"write `id: {folder}`, or rename the folder",
        )


def check_file_names(documents: Iterable[Document]) -> Iterator[Finding]:
    """Yield every file whose name cannot be an address."""
    for document in documents:
        if document.kind in _UNADDRESSED:
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
