"""The law for every pack from elsewhere: which files it may have, and under which names.

Nothing is ever unpacked on the disk: what passes here stays in memory and in one file of the cache.
Ideas came from the advisories of Copier, pip, npm, tar and git, and from Microsoft, "Naming Files,
Paths, and Namespaces".
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from omnigrid.model.errors import InputError

MAX_FILES = 500
MAX_FILE = 8 * 1024 * 1024
MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 8
MAX_NAME = 100
MAX_PATH = 200

KINDS = frozenset(
    ".html .css .js .json .yaml .yml .md .txt .xml .webmanifest .map .svg .png .jpg .jpeg .gif "
    ".webp .avif .ico .woff .woff2".split()
)
"""What a pack is made of; everything else is refused, Python and archives among it."""
BARE = frozenset("license licence notice readme authors copying changelog".split())
"""Names that need no ending."""
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in "123456789¹²³")]
)
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!")
_POINTER = b"version https://git-lfs.github.com/spec/"
_SIGNS = re.compile(r'[<>:"|?*\\]')

Files = dict[str, bytes]


def sift(entries: Iterable[tuple[str, bytes]], folder: str = "") -> Files:
    """Return a pack's files, sorted by name, from the entries of an archive or a listing.

    ``folder`` is where in it the pack stands. An archive whose entries all stand in one folder, as
    forges make them, counts as that folder's content. Files whose name begins with a dot are not
    part of a pack, and left out. Raises InputError that names the first entry against the law.
    """
    found: Files = {}
    total = 0
    for name, data in entries:
        check_name(name)
        if name in found:
            raise refused(name, "stands there twice")
        total += len(data)
        found[name] = data
        if len(found) > MAX_FILES:
            raise refused(name, f"is one file too many: a pack may have {MAX_FILES}")
        if len(data) > MAX_FILE:
            raise refused(name, f"is larger than {MAX_FILE // 1024**2} MiB")
        if total > MAX_BYTES:
            raise refused(name, f"makes the pack larger than {MAX_BYTES // 1024**2} MiB")
    _check_together(found)
    own = _inside(found, folder)
    for name, data in own.items():
        _check_kind(name, data)
    return dict(sorted(own.items()))


def check_name(name: str) -> None:
    """Raise InputError for a name that leaves the pack, or means two things on two systems."""
    if "\0" in name:
        raise refused(name, "holds a NUL")
    if "\\" in name:
        raise refused(name, "holds a backslash")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise refused(name, "is an absolute path")
    if not name or not name.isprintable() or len(name.encode("utf-8", "replace")) > MAX_PATH:
        raise refused(name, "is empty, too long or holds characters that cannot be seen")
    if unicodedata.normalize("NFC", name) != name:
        raise refused(name, "is not in the Unicode form NFC")
    parts = name.split("/")
    if len(parts) > MAX_DEPTH:
        raise refused(name, f"stands more than {MAX_DEPTH} folders deep")
    for part in parts:
        _check_part(name, part)


def _check_part(name: str, part: str) -> None:
    if part in {"", ".", ".."}:
        raise refused(name, "leaves its folder, or has an empty part")
    if part.split(".", maxsplit=1)[0].strip().casefold() in _DEVICES:
        raise refused(name, "is a name that Windows keeps for a device")
    if part.rstrip(". ") != part or _SIGNS.search(part) or len(part.encode()) > MAX_NAME:
        raise refused(name, "is a name that Windows cannot hold")
    if part.casefold().rstrip(". ") == ".git" or part.casefold().startswith("git~"):
        raise refused(name, "belongs to a git repository: hooks and settings are not taken")


def _check_together(names: Iterable[str]) -> None:
    """Raise InputError where two names are one on some disks, or one is the folder of another."""
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in sorted(names):
        plain = name.casefold()
        if plain in seen:
            raise refused(name, f'is the same name as "{seen[plain]}" on many disks')
        seen[plain] = name
        for folder in _folders(name):
            known = folders.setdefault(folder.casefold(), folder)
            if known != folder:
                raise refused(name, f'stands in the same folder as "{known}" on many disks')
    for plain, folder in folders.items():
        if plain in seen:
            raise refused(folder, "is both a file and a folder")


def _folders(name: str) -> Iterator[str]:
    return (str(folder) for folder in PurePosixPath(name).parents if str(folder) != ".")


def _inside(found: Files, folder: str) -> Files:
    own = _below(found, folder)
    if "pack.yaml" not in own:
        tops = {name.partition("/")[0] for name in found}
        if len(tops) == 1:
            own = _below(_below(found, tops.pop()), folder)
    if "pack.yaml" not in own:
        raise refused(
            f"{folder}/pack.yaml".lstrip("/"),
            "is missing: this is not a template pack",
            "name the pack's folder behind a #, such as #packs/plain",
        )
    return {name: data for name, data in own.items() if "/." not in f"/{name}"}


def _below(found: Files, folder: str) -> Files:
    prefix = f"{folder}/" if folder else ""
    return {n.removeprefix(prefix): data for n, data in found.items() if n.startswith(prefix)}


def _check_kind(name: str, data: bytes) -> None:
    path = PurePosixPath(name)
    plain = path.stem if path.suffix else path.name
    if path.suffix.lower() not in KINDS and not (not path.suffix and plain.lower() in BARE):
        raise refused(
            name, "is of a kind that no pack needs", f"a pack has {' '.join(sorted(KINDS))}"
        )
    if data.startswith(_PROGRAMS):
        raise refused(name, "is a program")
    if data.startswith(_POINTER):
        raise refused(name, "is only a pointer of git LFS", "commit the file itself to the pack")


class Refused(InputError):  # noqa: N818  (as its base)
    """What a pack may not hold; the message begins with the entry."""


def refused(
    name: str, why: str, hint: str = "nothing was taken; tell whoever makes the pack"
) -> Refused:
    """Return the error for an entry against the law."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)
    return Refused(f'"{shown[:MAX_PATH]}" {why}', hint)
