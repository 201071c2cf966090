"""A difference as people read it: on a terminal, and in a pull request's comment."""

import html
from collections.abc import Iterable, Iterator
from itertools import groupby

from omnigrid.cli.tables import counted
from omnigrid.model.difference import Difference, FieldChange, ItemChange, Placing, Rematch

MOST_LISTED = 40
"""Things of one kind that are listed; more are counted."""


def text(difference: Difference) -> str:
    """Return a difference for a terminal."""
    blocks = [f"{difference.base} → {difference.head}", *_blocks(difference, _Plain())]
    return "\n\n".join(blocks)


def markdown(difference: Difference) -> str:
    """Return a difference for a comment on a pull request. No text of the portfolio is markup."""
    head = "### What this change does to the portfolio"
    return "\n\n".join([head, *_blocks(difference, _Markdown())]) + "\n"


class _Plain:
    """Lines for a terminal."""

    def title(self, words: str) -> str:
        return f"{words}:"

    def item(self, words: str) -> str:
        return f"  {words}"

    def part(self, words: str) -> str:
        return f"      {words}"

    def value(self, words: str) -> str:
        return words

    def code(self, words: str) -> str:
        return words


class _Markdown:
    """Lines for a comment."""

    def title(self, words: str) -> str:
        return f"**{words}**\n"

    def item(self, words: str) -> str:
        return f"- {words}"

    def part(self, words: str) -> str:
        return f"  - {words}"

    def value(self, words: str) -> str:
        """Return a text of the portfolio so that nothing in it is markup, a link or a mention."""
        escaped = "".join(f"\\{c}" if c in r"\`*_{}[]()#+-.!|~" else c for c in html.escape(words))
        return escaped.replace("@", "@\u200b").replace("://", ":\u200b//")

    def code(self, words: str) -> str:
        return f"`{words.replace('`', chr(39))}`"


_Style = _Plain | _Markdown


def _blocks(difference: Difference, style: _Style) -> Iterator[str]:
    if not (difference.items or difference.rematches or difference.impact.changed):
        yield "No brand, sector, page or site changes."
    for (kind, action), group in groupby(difference.items, key=lambda i: (i.kind, i.action)):
        items = list(group)
        lines = [line for item in items[:MOST_LISTED] for line in _item(item, style)]
        noun = kind if kind != "portfolio" else "configuration"
        yield _block(style, f"{counted(len(items), noun)} {action}", lines, len(items))
    if difference.rematches:
        moved = [style.item(_rematch(each, style)) for each in difference.rematches[:MOST_LISTED]]
        title = f"{counted(len(difference.rematches), 'page')} with another brand"
        yield _block(style, title, moved, len(difference.rematches))
    yield from _impact(difference, style)
    if difference.expiring:
        lines = [
            style.item(f"{style.value(each.name)} ({each.brand}): {each.expires}")
            for each in difference.expiring[:MOST_LISTED]
        ]
        yield _block(style, "Licences that end soon or have ended", lines, len(lines))


def _block(style: _Style, title: str, lines: Iterable[str], count: int) -> str:
    more = [style.item(f"and {count - MOST_LISTED:,} more")] if count > MOST_LISTED else []
    return "\n".join([style.title(title), *lines, *more])


def _item(item: ItemChange, style: _Style) -> Iterator[str]:
    name = f" {style.value(item.name)}" if item.name else ""
    yield style.item(f"{style.code(item.id)}{name}")
    for field in item.fields:
        yield style.part(_field(field, style))


def _field(change: FieldChange, style: _Style) -> str:
    old, new = (style.value(value) or "(nothing)" for value in (change.old, change.new))
    return f"{style.code(change.field)}: {old} → {new}"


def _rematch(rematch: Rematch, style: _Style) -> str:
    places = f"{_placing(rematch.old, style)} → {_placing(rematch.new, style)}"
    return f"{style.value(rematch.title)} ({style.code(rematch.source)}): {places}"


def _placing(placing: Placing, style: _Style) -> str:
    if placing.brand is None:
        nearest = f", nearest {placing.confidence:.0f} %" if placing.confidence is not None else ""
        return f"no brand{nearest}"
    sure = "named" if placing.confidence is None else f"{placing.confidence:.0f} %"
    return f"{style.value(placing.name)} ({placing.brand}, {sure})"


def _impact(difference: Difference, style: _Style) -> Iterator[str]:
    impact = difference.impact
    groups = [("added", impact.added), ("removed", impact.removed), ("changed", impact.changed)]
    lines = [
        style.item(f"{counted(len(slugs), 'site')} {word}: {_names(slugs)}")
        for word, slugs in groups
        if slugs
    ]
    if not lines:
        return
    if impact.counted:
        size = f"{impact.bytes_before:,} → {impact.bytes_after:,} bytes"
        lines.append(style.item(f"{counted(len(impact.files), 'file')} of them, {size}"))
    else:
        lines.append(style.item("too many to count their files here"))
    yield _block(style, "What will be published anew", lines, 0)


def _names(slugs: tuple[str, ...]) -> str:
    return ", ".join(slugs[:12]) + (f" and {len(slugs) - 12:,} more" if len(slugs) > 12 else "")
