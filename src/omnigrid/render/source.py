"""What is looked at before a template is parsed: its size, its signs, how deep it is nested.

Jinja2's parser and Python's compiler call themselves for each level, and neither is made for the
text of strangers: what would exhaust them is refused first, and alike on every machine.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from jinja2 import Environment, TemplateSyntaxError, nodes

from omnigrid.render.limits import (
    CHOICES,
    NESTED_BRACKETS,
    NESTED_NODES,
    NESTED_TAGS,
    SOURCE,
    TOKENS,
    PackFault,
)

Token = tuple[int, str, str]
"""Line, kind, text."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u180e\u200b\u2028-\u202e\u2060-\u2064\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""Control characters, signs that turn the direction of text or have no width and no use, and those
that are no characters. Line separators are among them: editors count lines by them, Jinja2 not."""
_OPENING = frozenset({"if", "for", "macro", "call", "filter", "block", "with", "autoescape"})
_PREFIXES = frozenset({"-", "+", "not", "else"})
"""After each of them the parser calls itself."""
_NUMBER = 300
"""Characters of a number."""
_LARGEST = 1e300


def pack_text(files: Mapping[str, bytes], path: str) -> str:
    """Return a file of a pack as text. Raises PackFault where it is none."""
    try:
        return files[path].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = files[path].count(b"\n", 0, error.start) + 1
        raise PackFault(path, line, f"{path} is not readable as UTF-8 text") from None


def pack_json(files: Mapping[str, bytes], path: str) -> Any:
    """Return a file of a pack as a JSON value. Raises PackFault where it is none."""
    text = pack_text(files, path)
    try:
        value = json.loads(text)
        msgspec.json.encode(value)  # It is going to be written again.
    except json.JSONDecodeError as error:
        raise PackFault(path, error.lineno, f"{path} is not JSON: {error.msg}") from None
    except (ValueError, OverflowError, RecursionError) as error:
        raise PackFault(path, 1, f"{path} is no JSON that can be kept: {error}") from None
    return value


def check_source(
    environment: Environment, source: str, name: str | None, filename: str | None
) -> None:
    """Raise TemplateSyntaxError where a template is too large, or holds what nobody can read."""
    if len(source) > SOURCE:
        raise TemplateSyntaxError(f"a template may have {SOURCE} characters", 1, name, filename)
    if found := _FORBIDDEN.search(source):
        line = 1 + len(re.findall("\r\n|\r|\n", source[: found.start()]))
        sign = f"U+{ord(found[0]):04X}"
        raise TemplateSyntaxError(
            f"the character {sign} cannot be seen: take it out", line, name, filename
        )
    try:
        _check_tokens(environment.lexer.tokeniter(source, name, filename), name, filename)
    except ValueError as error:  # From Python's own reading of a number or text.
        raise TemplateSyntaxError(str(error), 1, name, filename) from None


def _check_tokens(tokens: Iterator[Token], name: str | None, filename: str | None) -> None:
    tags, tag = 0, _Tag()
    for count, (line, kind, text) in enumerate(tokens):
        if kind == "block_begin":
            tag = _Tag()
        elif kind == "block_end":
            tags += tag.opens
        if why := tag.fault(kind, text) or _fault(count, tags):
            raise TemplateSyntaxError(why, line, name, filename)


def _fault(count: int, tags: int) -> str:
    if tags > NESTED_TAGS:
        return f"tags stand more than {NESTED_TAGS} deep in one another"
    return f"a template may have {TOKENS} words and signs" if count > TOKENS else ""


class _Tag:
    """What was seen of one tag, or of what is printed."""

    def __init__(self) -> None:
        self._name, self._assigns = "", False
        self._depth = self._prefixes = 0

    @property
    def opens(self) -> int:
        """1 where the tag begins what another one ends, -1 where it is that other one."""
        if self._name.startswith("end"):
            return -1
        return int(self._name in _OPENING or (self._name == "set" and not self._assigns))

    def fault(self, kind: str, text: str) -> str:
        """Take the next token. Return what is wrong, if anything."""
        if kind == "name":
            self._name = self._name or text
        elif kind in {"integer", "float"} and (len(text) > _NUMBER or float(text) > _LARGEST):
            return "the number is too long"
        elif kind == "operator":
            self._assigns |= text == "=" and self._depth == 0
            self._depth += (text in "([{") - (text in ")]}")
            if self._depth > NESTED_BRACKETS:
                return f"brackets stand more than {NESTED_BRACKETS} deep in one another"
        self._prefixes += text in _PREFIXES
        if kind in {"variable_end", "block_end"} or text in {",", ":"}:
            self._prefixes = 0
        return "" if self._prefixes <= NESTED_NODES else "the expression is too long: split it"


def check_tree(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    """Raise TemplateSyntaxError where an expression is a chain of too many steps, or for a tag that
    packs may not use."""
    level: list[nodes.Node] = [tree]
    for _ in range(NESTED_NODES):
        level = [child for node in level for child in node.iter_child_nodes()]
        for node in level:
            if why := _refused(node):
                raise TemplateSyntaxError(why, node.lineno, name, filename)
    if level:
        line = level[0].lineno
        raise TemplateSyntaxError("the expression is too long: split it", line, name, filename)


def _unseen(text: str) -> str:
    found = _FORBIDDEN.search(text)
    return f"the character U+{ord(found[0]):04X} cannot be used" if found else ""


def _refused(node: nodes.Node) -> str:
    if isinstance(node, nodes.ScopedEvalContextModifier):
        return "everything is escaped: packs cannot use autoescape"
    if isinstance(node, nodes.Include) and not node.with_context:
        return "packs cannot include without context: import a macro"
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return _unseen(node.value)
    if isinstance(node, nodes.If) and len(node.elif_) > CHOICES:
        return f"an if may have {CHOICES} branches"
    return ""
