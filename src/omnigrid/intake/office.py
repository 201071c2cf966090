"""What Word and Excel files have in common (ECMA-376): facts of the document, and active parts."""

import re

from omnigrid.intake.dates import day_of
from omnigrid.intake.package import Package

_ACTIVE = re.compile(r"vbaProject|activeX|embeddings/|externalLinks/|oleObject|macrosheets", re.I)
_CORE = "docProps/core.xml"
_LONGEST = 1000


def active_parts(package: Package) -> str:
    """Return why the original is not kept; nothing where it does no more than show."""
    if any(_ACTIVE.search(name) for name in package.names):
        return "the original is not kept: it holds macros, other files or links to other files"
    return ""


def core_facts(package: Package) -> dict[str, str]:
    """Return what the file says of itself: title, keywords, created (a day)."""
    if _CORE not in package.names:
        return {}
    told: dict[str, list[str]] = {}
    open_tags: list[str] = []

    def text(data: str) -> None:
        if open_tags and sum(map(len, told.get(open_tags[-1], ()))) < _LONGEST:
            told.setdefault(open_tags[-1], []).append(data)

    package.parse(_CORE, lambda tag, _: open_tags.append(tag), lambda _: _drop(open_tags), text)
    said = {name: "".join(parts).strip() for name, parts in told.items()}
    return {
        "title": said.get("title", ""),
        "keywords": said.get("keywords", ""),
        "date": day_of(said.get("modified", "")) or day_of(said.get("created", "")),
    }


def _drop(tags: list[str]) -> None:
    if tags:
        tags.pop()
