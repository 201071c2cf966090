"""The pages that a pack makes, followed from their templates: names, uses, what is shown."""

import re

from omnigrid.lint.flow import Flow
from omnigrid.lint.templates import ENTRIES, Templates
from omnigrid.lint.trail import TooTangled, Trail
from omnigrid.model.files import PackFile
from omnigrid.model.findings import Finding, Place, Severity, Span
from omnigrid.model.names import SourcePath
from omnigrid.model.packs import Pack
from omnigrid.model.shown import (
    ANY,
    TEXT,
    Value,
    listed,
    page_value,
    placed,
    record,
    site_value,
    value_of,
)
from omnigrid.render.environment import BASE_PREFIX

_WANTED = (
    # That a tag says no language is told where it stands.
    ("a language", re.compile(r"<html\b", re.IGNORECASE), '`<html lang="…">` at its head'),
    ("a title", re.compile(r"<title\b", re.IGNORECASE), "`<title>` in its head"),
    ("a main part", re.compile(r"<main\b", re.IGNORECASE), "`<main>` around what it is about"),
    ("a first heading", re.compile(r"<h1\b", re.IGNORECASE), "`<h1>` at its beginning"),
)


def names_of(pack: Pack, templates: Templates) -> dict[str, Value]:
    """Return what a page's template sees, by name; ``page`` is that of a content page."""
    about = {**value_of(PackFile).fields, "features": listed(TEXT)}
    tokens = {token.name: TEXT for token in pack.file.tokens}
    known = dict(site_value().fields) | {
        "pack": record(**about),
        "page": page_value(),
        "path": TEXT,
        "tokens": placed(record(**tokens), "tokens"),
    }
    return dict.fromkeys(templates.shared_names, ANY) | known


def follow_pages(templates: Templates, pack: Pack) -> Trail:
    """Return what was seen in the pages of a pack."""
    trail = Trail()
    flow = Flow(templates, trail)
    names = names_of(pack, templates)
    no_page = names | {"page": ANY._replace(none=True)}
    try:
        for entry in ENTRIES:
            trail.markup.clear()
            name = templates.entry(entry)
            flow.page(name, names if entry == "page.html" else no_page)
            if not name.startswith(BASE_PREFIX):
                _check_page(trail, name, pack)
        flow.uncalled(names | {"page": ANY})
    except (TooTangled, RecursionError):
        place = Place(SourcePath(pack.source_of("index.html")), span=Span(1, 1, 2))
        message = "the templates are too tangled to be followed to their end"
        hint = "let fewer macros and blocks call each other"
        found = Finding("OG416", message, place, hint, Severity.WARNING)
        trail.findings[place, message] = found
    return trail


def _check_page(trail: Trail, name: str, pack: Pack) -> None:
    markup = "".join(trail.markup)
    if "<" not in markup:  # It could not be followed.
        return
    for what, pattern, hint in _WANTED:
        if not pattern.search(markup):
            place = Place(pack.source_of(name), span=Span(1, 1, 2))
            message = f"the pages of {name} have no {what.removeprefix('a ')}"
            trail.findings[place, message] = Finding(
                "OG415", message, place, f"put {hint}; base/layout.html has most of it"
            )
