"""What became of dropped files, in words and as data."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from omnigrid.asking import names_of
from omnigrid.cli.answers import match_text
from omnigrid.intake.dropped import Dropped, Placed, Refused
from omnigrid.model.names import printable
from omnigrid.model.portfolio import Portfolio


def placed_text(placed: Placed, portfolio: Portfolio | None) -> str:
    """Return what became of a file: its page, what it says, where it goes."""
    draft = placed.draft
    about = ", ".join([draft.kind.value, *draft.facts])
    lines = [
        click.style(placed.path, bold=True),
        f"  from     {draft.name} ({about})",
        f"  title    {placed.facts['title']}",
        f"  intent   {placed.facts['intent']}",
        f"  goes to  {_goes_to(placed, portfolio)}",
    ]
    lines += [f"  beside   {path}" for path in list(placed.files)[1:]]
    return "\n".join([*lines, *(f"  note     {note}" for note in placed.notes)])


def _goes_to(placed: Placed, portfolio: Portfolio | None) -> str:
    if placed.facts.get("brand"):
        return f"{placed.facts['brand']}, as it says"
    if placed.ranking is None or portfolio is None:
        return "not known: the portfolio has faults; see `omnigrid check`"
    ranking = placed.ranking
    if not ranking.matches:
        return "no confident match: this portfolio has no brands"
    best = match_text(ranking.matches[0], names_of(portfolio)).strip()
    return f"no confident match; the nearest is {best}" if ranking.unmatched else best


def told_next(dropped: Dropped, *, dry_run: bool) -> Iterator[str]:
    """Yield what to do now."""
    if not dropped.placed:
        return
    if dry_run:
        yield "dry run: nothing was written"
        return
    pages = dropped.placed
    if any(each.ranking and each.ranking.unmatched for each in pages):
        yield "a page without a match stands on no site: reword its `intent:`, or add `brand:`"
    what = pages[0].path if len(pages) == 1 else f"the {len(pages)} pages"
    yield f"next: read and edit {what}, then `omnigrid check`, commit and open a pull request"


def drop_document(dropped: Dropped, refused: Sequence[Refused], *, dry_run: bool) -> dict[str, Any]:
    """Return what became of files as data."""
    return {
        "dry_run": dry_run,
        "pages": [_page(each) for each in dropped.placed],
        "refused": [
            {"file": printable(each.name), "message": each.error.message, "hint": each.error.hint}
            for each in refused
        ],
    }


def _page(placed: Placed) -> dict[str, Any]:
    draft, ranking = placed.draft, placed.ranking
    return {
        "file": draft.name,
        "kind": draft.kind.value,
        "path": placed.path,
        "beside": list(placed.files)[1:],
        "title": placed.facts["title"],
        "intent": placed.facts["intent"],
        "summary": draft.summary,
        "date": placed.facts.get("date") or draft.date,
        "tags": placed.facts.get("tags") or draft.tags,
        "brand": placed.brand,
        "unmatched": None if ranking is None else ranking.unmatched,
        "matches": [] if ranking is None else ranking.matches,
        "notes": placed.notes,
    }
