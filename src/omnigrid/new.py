"""A new file, from top to bottom: what was asked, what its neighbours have, checked, written."""

import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from omnigrid.check.files import slug_of
from omnigrid.check.portfolio import check_portfolio
from omnigrid.check.references import claimed_ids
from omnigrid.check.schemas import schema_path
from omnigrid.check.suggest import most_used, next_brand_id, taken_slug
from omnigrid.load.disk import DiskTree
from omnigrid.load.overlay import Overlay
from omnigrid.model.colour import Oklch, to_hex
from omnigrid.model.errors import Conflict, InputError, Transient
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.formats import BRAND, PACK, SECTOR, Format
from omnigrid.model.names import Slug, SourcePath, is_slug, slugify, strip_marks
from omnigrid.model.source import Kind, Readings
from omnigrid.reading import read_files
from omnigrid.starter.drafts import PACK_TOKENS, Facts, draft_text, pack_texts, page_text
from omnigrid.workspace import mount

LONGEST_ADDRESS = 80
_GOLDEN_ANGLE = 137.5
"""Degrees between the hues of two sectors in turn, so that many of them stay apart."""


class Asked(Struct, frozen=True):
    """What somebody said of a new file: its name, its address if not from the name, other keys."""

    name: str
    slug: str | None
    facts: Facts


def new_brand(root: Path, asked: Asked) -> tuple[SourcePath, ...]:
    """Write a new brand; return its file. Errors as ``_add``."""
    there = read_files(mount(DiskTree(root)))
    slug = _free_slug(there, Kind.BRAND, asked)
    name = _text_of(there, Kind.CONFIG, "name") or ""
    plain = strip_marks(asked.name)
    subject = plain if len(plain) <= LONGEST_ADDRESS else "this brand"
    sector = asked.facts.get("sector") or _only_sector(there)
    facts: Facts = {
        "id": next_brand_id(there.files, name),
        "name": asked.name,
        "sector": sector,
        "tagline": f"Say here in one line what {subject} does",
        "description": f"Say here in two or three sentences what {subject} does, and for whom.",
        "keywords": [plain.lower()],
        "owner": _text_of(there, Kind.BRAND, "owner") or name,
        "license": {
            "tier": _text_of(there, Kind.BRAND, "license", "tier") or "Standard",
            "status": "pending",
        },
    } | asked.facts
    path = SourcePath(f"brands/{_sector_folder(there, sector)}/{slug}.yaml")
    return _add(root, {path: draft_text(BRAND, facts, _schema(root, BRAND, path))})


def new_sector(root: Path, asked: Asked) -> tuple[SourcePath, ...]:
    """Write a new sector; return its file. Errors as ``_add``."""
    there = read_files(mount(DiskTree(root)))
    slug = _free_slug(there, Kind.SECTOR, asked)
    sectors = claimed_ids(there.files, Kind.SECTOR)
    sector_id = _words(asked)
    if sector_id in sectors:
        raise _taken(f'the sector "{sector_id}"', sectors[sector_id][0])
    facts: Facts = {
        "id": sector_id,
        "name": asked.name,
        "description": f"Say here in a sentence what the brands of {asked.name} have in common.",
        "color": to_hex(Oklch(0.52, 0.13, len(sectors) * _GOLDEN_ANGLE % 360)),
        "template": _text_of(there, Kind.SECTOR, "template") or _first_pack(there),
    } | asked.facts
    path = SourcePath(f"sectors/{slug}.yaml")
    return _add(root, {path: draft_text(SECTOR, facts, _schema(root, SECTOR, path))})


def new_page(root: Path, asked: Asked) -> tuple[SourcePath, ...]:
    """Write a new page; return its file. Without an intent and a brand, its title is the intent.

    Errors as ``_add``.
    """
    there = read_files(mount(DiskTree(root)))
    slug = _free_slug(there, Kind.PAGE, asked)
    need = {} if "brand" in asked.facts else {"intent": asked.name}
    facts: Facts = {"title": asked.name} | need | asked.facts
    return _add(root, {SourcePath(f"content/{slug}.md"): page_text(facts)})


def new_pack(root: Path, asked: Asked) -> tuple[SourcePath, ...]:
    """Write a new template pack that works at once; return its files. Errors as ``_add``."""
    there = read_files(mount(DiskTree(root)))
    pack_id = _words(asked).lower()
    folder = f"template_packs/{pack_id}"
    if pack_id in there.pack_ids or (root / folder).exists():
        raise _taken(f'the template pack "{pack_id}"', f"{folder}/")
    name = asked.name if asked.name != pack_id else pack_id.replace("_", " ").title()
    facts: Facts = {
        "id": pack_id,
        "name": name,
        "version": "1.0.0",
        "api": 1,
        "description": f"Say here in a sentence what a site of the type {name} is for.",
        "needs": {"optional": ["brand.keywords", "pages", "related"]},
        "tokens": PACK_TOKENS,
    } | asked.facts
    schema = _schema(root, PACK, f"{folder}/pack.yaml")
    texts = pack_texts(facts, schema).items()
    return _add(root, {SourcePath(f"{folder}/{file}"): text for file, text in texts})


def _text_of(there: Readings, kind: Kind, *keys: str) -> str | None:
    return most_used(there.files, kind, *keys)


def _free_slug(there: Readings, kind: Kind, asked: Asked) -> Slug:
    """Return the slug of a new file, cut between words. Raises InputError or Conflict."""
    slug = Slug(asked.slug or slugify(asked.name))
    if not slug:
        raise InputError(
            f'the name "{asked.name}" has no letter a to z to make an address of',
            "give the address yourself: `--slug my-address`",
        )
    if not is_slug(slug):
        raise InputError(
            f'"{slug}" cannot be an address',
            "an address has lower-case letters a to z, digits and single hyphens",
        )
    if asked.slug is None and len(slug) > LONGEST_ADDRESS:
        slug = Slug(slug[: LONGEST_ADDRESS + 1].rpartition("-")[0] or slug[:LONGEST_ADDRESS])
    path = taken_slug(there.files, kind, slug)
    if path is not None:
        raise _taken(f'the address "{slug}"', path)
    return slug


def _words(asked: Asked) -> str:
    """Return the words of a name, or of its slug, joined to an id."""
    words = asked.slug.title() if asked.slug else strip_marks(asked.name)
    found = re.findall(r"[A-Za-z0-9]+", slugify(words) and words)
    if not found:
        raise InputError(
            f'the name "{asked.name}" has no letter a to z to make an id of',
            "give an address to make it of: `--slug my-address`",
        )
    return "_".join(found)


def _taken(subject: str, path: str) -> Conflict:
    return Conflict(
        f"{subject} is already taken by {path}",
        "nothing was written; choose another name, or another address with `--slug`",
    )


def _only_sector(there: Readings) -> str:
    sectors = sorted(claimed_ids(there.files, Kind.SECTOR))
    if len(sectors) == 1:
        return sectors[0]
    if not sectors:
        raise InputError(
            "this portfolio has no sector yet, and every brand has one",
            'make one first: `omnigrid new sector "Garden Tools"`',
        )
    raise InputError(
        "say which sector the brand belongs to",
        f"add `--sector {sectors[0]}`; `omnigrid list sectors` shows all {len(sectors)}",
    )


def _sector_folder(there: Readings, sector: str) -> str:
    """Return the folder of a sector's brands: it is named like the sector's file."""
    paths = claimed_ids(there.files, Kind.SECTOR).get(sector)
    return slug_of(paths[0]) if paths else slugify(sector)


def _first_pack(there: Readings) -> str:
    if not there.pack_ids:
        raise InputError(
            "this portfolio has no template pack yet, and every sector names one",
            'make one first: `omnigrid new pack "Plain Site"`',
        )
    return min(there.pack_ids)


def _schema(root: Path, form: Format, path: str) -> str | None:
    """Return the way from a file to its schema, where the portfolio carries schemas."""
    schema = schema_path(form.name)
    return "../" * path.count("/") + schema if (root / schema).is_file() else None


def _add(root: Path, files: Mapping[SourcePath, str]) -> tuple[SourcePath, ...]:
    """Write new files, once they were checked as if they were there already.

    Raises InputError where the files would have a fault and Conflict where one of them exists:
    then nothing was written. Raises Transient where the disk refuses.
    """
    _refuse_faults(root, files)
    for path, text in files.items():
        try:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            with (root / path).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            if (root / path).exists():
                raise _taken("this name", path) from None
            raise Transient(
                f"cannot write {path}: {error.strerror or error}",
                "see that the folder may be written and the disk is not full, then try again",
            ) from None
    return tuple(files)


def _refuse_faults(root: Path, files: Mapping[SourcePath, str]) -> None:
    checked = check_portfolio(read_files(Overlay(mount(DiskTree(root)), _encoded(files))), None)
    for found in checked.findings:
        if found.place.path in files and found.severity is Severity.ERROR:
            raise InputError(found.message, _hint(found))


def _encoded(files: Mapping[SourcePath, str]) -> dict[SourcePath, bytes]:
    return {path: text.encode() for path, text in files.items()}


def _hint(found: Finding) -> str:
    """Return what to do about a fault of a file that is not there yet."""
    if found.code == "OG111":
        return "choose another address with `--slug`"
    if found.place.keys == ("id",):
        return "an id begins with a letter: choose another name, or an address with `--slug`"
    return found.hint
