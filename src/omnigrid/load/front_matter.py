"""Front matter: YAML between two lines ``---`` at the head of a Markdown file."""

from typing import NamedTuple

FENCE = "---"


class PageParts(NamedTuple):
    """The front matter's text, how many lines stand before it, and the Markdown below it."""

    head: str
    offset: int
    body: str


def split_front_matter(text: str) -> PageParts | None:
    """Return the parts of a page; None where the fences are missing."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return PageParts(
                "\n".join(lines[1:number]) + "\n", 1, "\n".join(lines[number + 1 :]).lstrip("\n")
            )
    return None
