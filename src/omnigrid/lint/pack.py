"""A template pack, looked at from all sides."""

import json
from collections.abc import Iterator

from omnigrid.lint.colours import check_colours
from omnigrid.lint.following import follow_pages
from omnigrid.lint.markup import check_markup
from omnigrid.lint.names import check_names
from omnigrid.lint.sources import SourceText
from omnigrid.lint.styles import (
    check_script,
    check_styles,
    named_in,
    set_in,
    site_properties,
    used_in,
)
from omnigrid.lint.templates import ENTRIES, Templates
from omnigrid.lint.trail import Trail
from omnigrid.model.findings import Finding, Place, Severity, Span
from omnigrid.model.names import SourcePath
from omnigrid.model.packs import ORIGINAL, Pack
from omnigrid.model.shown import names_in, site_value

LARGEST = 200 * 1000
"""Bytes of a file of a pack; a whole site has less."""
_STYLES, _SCRIPT, _CONFIG, _PACK = "styles.css", "app.js", "config.json", "pack.yaml"
_KNOWN = frozenset({*ENTRIES, _STYLES, _SCRIPT, _CONFIG, _PACK})
_TEXTS = (".html", ".css", ".js", ".json", ".yaml", ".svg", ".txt", ".md")
_NEVER_USED = (".html", ".css", ".js", ".json")


def lint_pack(pack: Pack, base: Pack) -> tuple[Finding, ...]:
    """Return everything that speaks against a pack, with what the portfolio replaces of it.

    ``base`` is what all packs share. Findings name the file that somebody can change.
    """
    templates = Templates(pack, base)
    sources = _sources(pack)
    trail = follow_pages(templates, pack)
    found = [
        *_check_files(pack, sources),
        *_check_markup(templates, sources),
        *templates.faults,
        *trail.findings.values(),
        *_check_styles(pack, base, sources),
        *_check_unused(pack, base, trail, sources),
        *check_colours(_yaml(pack), pack.file.tokens),
    ]
    return tuple(dict.fromkeys(found))


def _yaml(pack: Pack) -> SourcePath:
    return pack.source_of(_PACK)


def _written(pack: Pack) -> Iterator[tuple[str, SourcePath, bytes]]:
    """Yield the files that somebody wrote for the pack: name, place and bytes."""
    for name, data in pack.files.items():
        if name not in pack.overrides and not pack.source_of(name).startswith("omnigrid/"):
            yield name, pack.source_of(name), data
    for name, data in pack.overrides.items():
        yield name, pack.source_of(name), data


def _sources(pack: Pack) -> dict[str, SourceText]:
    """Return the files of a pack that are texts, as they are written."""
    found = {}
    for name, path, data in _written(pack):
        if name.endswith(_TEXTS):
            try:
                found[name] = SourceText(path, data.decode())
            except UnicodeDecodeError:
                continue
    return found


def _check_files(pack: Pack, sources: dict[str, SourceText]) -> Iterator[Finding]:
    for name, path, data in _written(pack):
        if len(data) > LARGEST:
            message = f"the file has {len(data) // 1000} KB"
            hint = f"no more than {LARGEST // 1000} KB: every visitor of every site loads it"
            place = Place(path, span=Span(1, 1, 2))
            yield Finding("OG419", message, place, hint, Severity.WARNING)
        if name.endswith(_TEXTS) and name not in sources:
            yield _not_text(path, data)
    if _CONFIG in sources:
        yield from _check_json(sources[_CONFIG])


def _not_text(path: SourcePath, data: bytes) -> Finding:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        column = len(before) - before.rfind("\n")
        span = Span(before.count("\n") + 1, column, column + 1)
        return Finding(
            "OG416",
            "the file is not readable as UTF-8 text",
            Place(path, span=span),
            "save it with the encoding UTF-8",
        )
    raise ValueError(path)


def _check_json(source: SourceText) -> Iterator[Finding]:
    try:
        json.loads(source.text)
    except json.JSONDecodeError as error:
        place = Place(source.path, span=Span(error.lineno, error.colno, error.colno + 1))
        hint = "JSON has double quotes around names and texts, and no comma before the end"
        yield Finding("OG416", f"the file is not JSON: {error.msg}", place, hint)
    except (RecursionError, ValueError):
        place = Place(source.path, span=Span(1, 1, 2))
        yield Finding("OG416", "the file is nested too deeply", place, "write it with fewer levels")


def _check_markup(templates: Templates, sources: dict[str, SourceText]) -> Iterator[Finding]:
    for name in templates.own():
        if name in sources:
            yield from check_markup(sources[name])
        template = templates.get(name)
        if template is not None and template.own:
            yield from check_names(template, templates)


def _check_styles(pack: Pack, base: Pack, sources: dict[str, SourceText]) -> Iterator[Finding]:
    tokens = {token.name: token.default for token in pack.file.tokens}
    known = {f"--{name}" for name in tokens} | site_properties()
    for files in (base.files, pack.files):
        known |= set_in(files.get(_STYLES, b"").decode(errors="replace"))
        known |= named_in(files.get(_SCRIPT, b"").decode(errors="replace"))
    for name, source in sources.items():
        if name.endswith(".css"):
            yield from check_styles(source, known, tokens)
        elif name.endswith(".js"):
            yield from check_script(source)
    replaced = pack.files.get(_STYLES, b"") if _STYLES in pack.overrides else b""
    original = replaced.removesuffix(b"\n" + pack.overrides.get(_STYLES, b""))
    if replaced and original != replaced:  # What the portfolio adds to is checked as well.
        path = SourcePath(f"template_packs/{pack.id}/{_STYLES}")
        yield from check_styles(SourceText(path, original.decode(errors="replace")), known, tokens)


def _check_unused(
    pack: Pack, base: Pack, trail: Trail, sources: dict[str, SourceText]
) -> Iterator[Finding]:
    used = set(trail.used)
    for files in (base.files, pack.files):
        used |= {f"tokens.{name[2:]}" for name in used_in(_text(files, _STYLES))}
        used |= {f"tokens.{name[2:]}" for name in named_in(_text(files, _SCRIPT))}
    for number, token in enumerate(pack.file.tokens):
        if f"tokens.{token.name}" not in used and f"tokens.{token.name}" not in _in_grounds(pack):
            message = f'no file of the pack uses the design token "{token.name}"'
            hint = f"use `var(--{token.name})` in styles.css, or take the token out"
            yield _unused(_yaml(pack), ("tokens", number, "name"), message, hint)
    known = {*names_in(site_value())}
    for kind in ("required", "optional"):
        for number, need in enumerate(getattr(pack.file.needs, kind)):
            if need in known and not any(f"{path}.".startswith(f"{need}.") for path in used):
                message = f'no page of the pack shows "{need}"'
                hint = "show it in a template, or take the need out"
                yield _unused(_yaml(pack), ("needs", kind, number), message, hint)
    for name, source in sources.items():
        plain = name.removeprefix(ORIGINAL)
        if name.endswith(_NEVER_USED) and plain not in _KNOWN and name not in trail.templates:
            place = Place(source.path, span=Span(1, 1, 2))
            hint = "extend, import or include it in a template, or take the file out"
            message = "no page is made with this file"
            yield Finding("OG412", message, place, hint, Severity.WARNING)


def _in_grounds(pack: Pack) -> set[str]:
    return {f"tokens.{name}" for token in pack.file.tokens for name in token.grounds}


def _text(files: dict[str, bytes], name: str) -> str:
    return files.get(name, b"").decode(errors="replace")


def _unused(path: SourcePath, keys: tuple[str | int, ...], message: str, hint: str) -> Finding:
    return Finding("OG412", message, Place(path, keys), hint, Severity.WARNING)
