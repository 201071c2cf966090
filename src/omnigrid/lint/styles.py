"""The style sheets of a pack: what they load, and which custom properties they use and set."""

import re
from collections.abc import Iterable, Iterator, Mapping

from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.lint.sources import SourceText
from omnigrid.model.findings import Finding, Place, Severity
from omnigrid.model.tokens import PALETTE

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_IMPORT = re.compile(r"@import\b[^;}]*", re.IGNORECASE)
_URL = re.compile(r"""url\(\s*["']?\s*([^"')\s]*)|image-set\(\s*["']([^"']*)""", re.IGNORECASE)
_OUTSIDE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?[\\/]{2}|https?:", re.IGNORECASE)
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*([,)])")
_SET = re.compile(r"(?:^|[{;\s*/])(--[\w-]+)\s*:|@property\s+(--[\w-]+)")
_NAMED = re.compile(r"""["'`](--[\w-]+)["'`]""")
_RULE = re.compile(r"[{}]")
_ROOT = re.compile(r"(?:^|[,\s}])(?::root|html)\s*(?:,|$)")
_REQUEST = re.compile(
    r"""(?:\bimport\b\s*\(?|\bfrom\b|\bfetch\s*\(|\bimportScripts\s*\(|\bnew\s+(?:Worker|WebSocket|"""
    r"""EventSource)\s*\(|sendBeacon\s*\()\s*["'`]((?:[a-z]+:)?//[^"'`]*)""",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """Return a style sheet with blanks in place of its comments."""
    return _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def set_in(text: str) -> set[str]:
    """Return the custom properties that a style sheet sets."""
    return {one or other for one, other in _SET.findall(bare(text))}


def named_in(script: str) -> set[str]:
    """Return the custom properties that a script may set."""
    return set(_NAMED.findall(script))


def used_in(text: str) -> set[str]:
    """Return the custom properties that a style sheet uses."""
    return {name for name, _ in _VAR.findall(bare(text))}


def site_properties() -> set[str]:
    """Return the custom properties that every site has."""
    return {f"--{name}" for name in PALETTE}


def check_styles(
    source: SourceText, known: Iterable[str], tokens: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield what is wrong with a style sheet; ``known`` are the properties that somebody sets."""
    text, known = bare(source.text), set(known)
    yield from _loads(source, text)
    for match in _VAR.finditer(text):
        if match[1] not in known and match[2] == ")":
            hint = did_you_mean(nearest(match[1], known)) or "set it, or give what to use instead"
            message = f'nobody sets the custom property "{match[1]}"'
            yield _found(source, match.span(1), "OG417", message, hint)
    for name, value, start in _set_at_root(text):
        default = tokens.get(name.removeprefix("--"))
        if default is not None and value != default:
            place = Place(source.path, span=source.span(start, start + len(name)))
            message = f'"{name}" is a design token with the default {default}, not {value}'
            hint = "leave the line out, or write the same as in pack.yaml"
            yield Finding("OG417", message, place, hint, Severity.WARNING)


def _loads(source: SourceText, text: str) -> Iterator[Finding]:
    for match in _IMPORT.finditer(text):
        hint = "put what it holds into styles.css"
        yield _found(source, match.span(0), "OG414", "a style sheet imports another one", hint)
    imports = [match.span() for match in _IMPORT.finditer(text)]
    for match in _URL.finditer(text):
        group = 1 if match[1] is not None else 2
        inside = any(start <= match.start() < end for start, end in imports)
        if not inside and _OUTSIDE.match(match[group]):
            hint = "bring the picture along as `data:`, or draw it as an svg in the template"
            yield _found(
                source, match.span(group), "OG414", "the style sheet loads from elsewhere", hint
            )


def check_script(source: SourceText) -> Iterator[Finding]:
    """Yield what a script loads from elsewhere."""
    for match in _REQUEST.finditer(source.text):
        hint = "a site needs nothing from elsewhere: bring it along"
        yield _found(source, match.span(1), "OG414", "the script loads from elsewhere", hint)


def _found(
    source: SourceText, span: tuple[int, int], code: str, message: str, hint: str
) -> Finding:
    place = Place(source.path, span=source.span(*span))
    return Finding(code, message, place, hint)


def _set_at_root(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the properties of the root element that hold in every medium: name, value, where."""
    depth, last = 0, 0
    at_root: int | None = None
    for match in _RULE.finditer(text):
        if match[0] == "{":
            if depth == 0 and _ROOT.search(text[last : match.start()].strip()):
                at_root = match.end()
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0 and at_root is not None:
                for found in _SET.finditer(text, at_root, match.start()):
                    value = text[found.end() : match.start()].partition(";")[0].strip()
                    if found[1]:
                        yield found[1], value, found.start(1)
                at_root = None
        last = match.end()
