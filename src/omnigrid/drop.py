"""A dropped file, from top to bottom: read, drafted, checked as if it were there, written.

`draft_of` alone takes bytes, for uploads; nothing of it depends on the portfolio.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.check.portfolio import check_portfolio
from omnigrid.check.shapes import read_shape
from omnigrid.check.suggest import taken_slug
from omnigrid.intake.child import read_bounded
from omnigrid.intake.content import Limits
from omnigrid.intake.dropped import Dropped, Placed, Refused, Stated
from omnigrid.intake.foreign import one_line
from omnigrid.intake.page import PageDraft, address_of, page_of
from omnigrid.intake.writing import write_new
from omnigrid.load.disk import DiskTree
from omnigrid.load.overlay import Overlay
from omnigrid.load.yaml import YamlFault, parse_yaml
from omnigrid.matching import matcher_of
from omnigrid.model.errors import Conflict, InputError, OmnigridError
from omnigrid.model.files import FrontMatter
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.matching import Intent
from omnigrid.model.names import Slug, SourcePath
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.source import Document, Kind, Reading, Readings
from omnigrid.reading import read_files
from omnigrid.workspace import Workspace

LIMITS = Limits()
_SAME_NAME = 100
"""Pages whose address differs by a number alone."""
_REFERENCES = ("brand", "sector", "template")


def draft_of(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[PageDraft, ...]:
    """Return the page that a file becomes; several for an archive.

    ``name`` is a word about the file, never a path. It is read in a process of its own, bounded in
    time and memory. Raises InputError where the file cannot be taken.
    """
    return tuple(page_of(each) for each in read_bounded(name, data, limits))


def read_dropped(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of a file to drop. Raises InputError, also at links, pipes and devices."""
    try:
        return DiskTree(path.parent).read(SourcePath(path.name), limits.bytes + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"cannot be read: {one_line(reason)}", "name a file of yours, not a link or a folder"
        ) from None


def drop(
    workspace: Workspace, drafts: Sequence[PageDraft], stated: Stated, *, dry_run: bool = False
) -> Dropped:
    """Write pages below ``content/``, once they were checked as if they were there already.

    A page with faults is refused by itself. Nothing is overwritten. Raises InputError where there
    is no portfolio, or where what is stated is unknown.
    """
    base = read_files(workspace.tree, workspace.overrides, workspace.memory)
    known = _known(base)
    for key in _REFERENCES:
        _require(key, stated.facts.get(key), known[key])
    placing = _Placing(workspace, base, known, stated)
    refused: list[Refused] = []
    planned: list[Placed] = []
    for draft in drafts:
        try:
            planned.append(placing.plan(draft))
        except OmnigridError as error:
            refused.append(Refused(draft.name, error))
    faults = _faults(workspace, planned)
    portfolio = check_portfolio(base, workspace.today, doubts=False).portfolio
    placed: list[Placed] = []
    for each in planned:
        try:
            _refuse(faults.get(each.path))
            if not dry_run:
                write_new(workspace.root, each.files)
            placed.append(_matched(each, workspace, portfolio))
        except OmnigridError as error:
            refused.append(Refused(each.draft.name, error))
    return Dropped(tuple(placed), tuple(refused), portfolio)


class _Placing:
    """Gives each page its front matter and a free address."""

    def __init__(
        self, workspace: Workspace, base: Readings, known: Mapping[str, set[str]], stated: Stated
    ) -> None:
        self._root, self._base, self._known, self._stated = workspace.root, base, known, stated
        self._given: set[Slug] = set()

    def plan(self, draft: PageDraft) -> Placed:
        """Return a page with its files. Raises Conflict where it was dropped before."""
        own, notes = _own_facts(draft, self._known)
        address = address_of(str(own["title"]), draft) if "title" in own else draft.slug
        facts = {**own, **self._stated.facts}
        folder = f"content/{self._stated.folder}"
        for number in range(1, _SAME_NAME):
            slug = Slug(address if number == 1 else f"{address}-{number}")
            files = draft.files(folder, slug, facts, self._stated.alt)
            path, data = next(iter(files.items()))
            if self._is_there(path, data):
                raise Conflict(
                    f"it was dropped before, as {path}",
                    "nothing was written; edit that file, and publish it by `omnigrid publish`",
                )
            if self._is_free(slug, path):
                self._given.add(slug)
                shown = {"title": draft.title, "intent": draft.intent, **facts}
                return Placed(
                    draft=draft,
                    files=files,
                    facts=shown,
                    ranking=None,
                    notes=(*draft.notes, *notes),
                )
        raise Conflict(f"{_SAME_NAME} pages have the address {address}", "give it another title")

    def _is_free(self, slug: Slug, path: SourcePath) -> bool:
        taken = slug in self._given or taken_slug(self._base.files, Kind.PAGE, slug) is not None
        page = self._root / path
        return not taken and not page.exists() and not page.with_suffix("").exists()

    def _is_there(self, path: SourcePath, data: bytes) -> bool:
        try:
            return DiskTree(self._root).read(path, len(data) + 1) == data
        except OSError:
            return False


def _own_facts(
    draft: PageDraft, known: Mapping[str, set[str]]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what of a file's own front matter is valid here, and notes about the rest."""
    if not draft.head.strip():
        return {}, ()
    try:
        data = parse_yaml(draft.head)
    except YamlFault as fault:
        return {}, (f"its front matter was left out: {fault}",)
    if not isinstance(data, dict):
        return {}, ("its front matter was left out: it has no keys",)
    document = Document(Kind.PAGE, SourcePath("content/page.md"), {"title": draft.title} | data)
    found = read_shape(document, FrontMatter)
    faulty = {each.place.keys[0]: each for each in found} if isinstance(found, list) else {}
    unknown = {
        key: f'unknown {key} "{one_line(str(data[key]), 60)}"'
        for key in _REFERENCES
        if key in data and data[key] not in known[key]
    }
    notes = [f"left out of its front matter: {each.message}" for each in faulty.values()]
    notes += [f"left out of its front matter: {each}" for each in unknown.values()]
    kept = {key: data[key] for key in data if key not in faulty and key not in unknown}
    return kept, tuple(one_line(note, 300) for note in notes)


def _known(base: Readings) -> dict[str, set[str]]:
    """Return the ids of brands, sectors and packs, valid or not."""
    return {
        "brand": set(_ids(base.files, Kind.BRAND)),
        "sector": set(_ids(base.files, Kind.SECTOR)),
        "template": {str(pack) for pack in base.pack_ids},
    }


def _ids(readings: Sequence[Reading], kind: Kind) -> Iterator[str]:
    return (each.claims.id for each in readings if each.kind is kind and each.claims.id)


def _require(key: str, name: str | None, known: set[str]) -> None:
    if name is not None and name not in known:
        hint = did_you_mean(nearest(name, sorted(known))) or "see `omnigrid list`"
        raise InputError(f'unknown {key} "{name}"', hint)


def _faults(workspace: Workspace, planned: Sequence[Placed]) -> dict[SourcePath, Finding]:
    """Return the first fault of each page as if all of them were there."""
    files = {path: data for each in planned for path, data in each.files.items()}
    owners = {path: each.path for each in planned for path in each.files}
    tree = Overlay(workspace.tree, files)
    readings = read_files(tree, workspace.overrides, workspace.memory)
    found: dict[SourcePath, Finding] = {}
    for each in check_portfolio(readings, workspace.today, doubts=False).findings:
        if each.place.path in owners and each.severity is Severity.ERROR:
            found.setdefault(owners[each.place.path], each)
    return found


def _refuse(fault: Finding | None) -> None:
    if fault is not None:
        raise InputError(fault.message, fault.hint)


def _matched(placed: Placed, workspace: Workspace, portfolio: Portfolio | None) -> Placed:
    if portfolio is None or placed.facts.get("brand"):
        return placed
    said = {key: placed.facts.get(key) for key in ("sector", "template", "priority")}
    matcher = matcher_of(portfolio, workspace.memory.index)
    ranking = matcher.rank(Intent(str(placed.facts["intent"]), **said))
    return replace(placed, ranking=ranking)
