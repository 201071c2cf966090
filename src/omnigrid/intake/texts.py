"""Plain text and Markdown."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from omnigrid.intake.content import Block, Content, FileKind, Heading, Item, Limits, Paragraph
from omnigrid.intake.foreign import clean_text, decode, plain_text, secrets_in
from omnigrid.model.errors import InputError

MAX_MARKDOWN = 100 * 1024
"""Bytes of a page that was written as one: a little less than a page may have."""
_FENCE = "---"
_FIRST_HEADING = re.compile(r"\A\s*#[ \t]+(?P<text>[^\n]+?)[ \t#]*(?:\n|\Z)")
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\]\n]{0,300})\]\(\s*<?[^()<>\n]{1,300}>?(?:\s+\"[^\"\n]{0,200}\")?\s*\)"
)
_BADGES = re.compile(
    r"\[(?:!\[[^\]\n]{0,300}\]\([^()\n]{1,300}\)[ \t]*)+\]\([^()\n]{1,300}\)[ \t]*\n?"
)
"""Pictures that are links: badges, which say nothing of what the file is about."""
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*•–]|(?P<number>\d{1,3}[.)]))[ \t]+(?P<text>\S.*)")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}")
_SHORT_LINES = 45
"""Characters that lines have on average where their ends are meant: a poem, an address."""


def read_markdown(name: str, data: bytes) -> Content:
    """Return the text of a Markdown file and its own front matter. Raises InputError."""
    head, body = _parts(clean_text(_text(data)))
    if len(body.encode()) > MAX_MARKDOWN:
        raise InputError(
            f"its text is larger than {MAX_MARKDOWN // 1024} KiB", "split it into several files"
        )
    title, rest = "", body
    if (found := _FIRST_HEADING.match(body)) is not None:
        title, rest = found["text"], body[found.end() :]
    without, badges = _BADGES.subn("", rest)
    shown, pictures = _PICTURE.subn(lambda each: each["alt"], without)
    count = badges + pictures
    what = "a picture was" if count == 1 else f"{count} pictures were"
    notes = (f"{what} left out: drop each, and name it on the page",) if count else ()
    return Content(
        name=name,
        kind=FileKind.MARKDOWN,
        title=title,
        markdown=plain_text(shown).strip("\n"),
        head=head,
        notes=notes,
    )


def read_text(name: str, data: bytes, limits: Limits) -> Content:
    """Return the paragraphs and lists of a text. Raises InputError where it is none."""
    whole = _text(data)
    text = plain_text(whole[: 2 * limits.text])
    cut = len(text) > limits.text
    return Content(
        name=name,
        kind=FileKind.TEXT,
        blocks=tuple(text_blocks(text[: limits.text])),
        kept=data if cut else None,
        secrets=secrets_in(whole) if cut else frozenset(),
        notes=(f"shown is the beginning, {limits.text:,} characters",) if cut else (),
    )


def text_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text whose paragraphs stand between empty lines."""
    for number, part in enumerate(re.split(r"\n[ \t]*\n\s*", text.strip())):
        lines = [line for line in part.split("\n") if line.strip()]
        if items := _items(lines):
            yield from items
        elif len(lines) == 2 and _UNDERLINE.fullmatch(lines[1].strip()):
            yield Heading(1 if lines[1].lstrip().startswith("=") else 2, lines[0].strip())
        elif number == 0 and len(lines) == 1 and _is_title(lines[0]):
            yield Heading(1, lines[0].strip())
        elif lines:
            yield Paragraph(_joined(lines))


def _items(lines: list[str]) -> list[Item]:
    """Return the items of a list, whose long ones go on further in; none where it is no list."""
    found: list[Item] = []
    for line in lines:
        if item := _ITEM.match(line):
            found.append(_item(item))
        elif found and line[:1].isspace():
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.strip()}")
        else:
            return []
    return found


def _item(found: re.Match[str]) -> Item:
    depth = min(len(found["indent"].expandtabs(4)) // 2, 3)
    return Item(found["text"], depth, found["number"] is not None)


def _is_title(line: str) -> bool:
    return len(line) <= 100 and not line.rstrip().endswith((".", ",", ";", ":"))


def _joined(lines: list[str]) -> str:
    """Return lines as one, unless they are so short that their ends are meant."""
    meant = sum(map(len, lines)) / len(lines) < _SHORT_LINES and len(lines) > 1
    return ("\n" if meant else " ").join(line.strip() for line in lines)


def _text(data: bytes) -> str:
    decoded = decode(data)
    if decoded is None:
        raise InputError("it is no text, whatever its name says", "save it as UTF-8 text again")
    return decoded.text.removeprefix("\ufeff")


def _parts(text: str) -> tuple[str, str]:
    """Return the front matter of a text, if it has one, and what stands below it."""
    lines = text.split("\n")
    if lines[0].rstrip() == _FENCE:
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() == _FENCE:
                return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :])
    return "", text
