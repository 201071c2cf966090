"""The parser's words, said so that somebody who never heard of YAML can mend the line."""

import re
from typing import NamedTuple


class Explained(NamedTuple):
    """What to say, and a better place (counted from 0) than the parser's where we know one."""

    message: str
    hint: str
    line: int | None = None
    column: int | None = None


_BY_PROBLEM: tuple[tuple[str, str, str], ...] = (
    (
        "expected ',' or ']'",
        "a list in [ ] is not closed or lacks a comma",
        "write [one, two, three]",
    ),
    (
        "expected ',' or '}'",
        "a mapping in { } is not closed",
        "write one `key: value` a line instead",
    ),
    (
        "expected key",
        "this line does not fit the lines above it",
        "indent it like its neighbours; put a text that holds quotes in one pair of quotes",
    ),
    (
        "expected '-' indicator",
        "this line does not fit the list above it",
        "begin each item with a hyphen, all in the same column",
    ),
    (
        "unknown escape character",
        "a backslash inside double quotes has a special meaning",
        "write two backslashes for one, or use single quotes",
    ),
)


def explain_problem(problem: str, context: str, lines: list[str], line: int) -> Explained:
    """Return what to tell the editor about a syntax error on ``lines[line]`` (counted from 0)."""
    text = lines[line]
    indent = text[: len(text) - len(text.lstrip())]
    if "\t" in indent or "found character '\\t'" in problem:
        hint = "indent with spaces, two for each level"
        return Explained("a tab stands here", hint, column=text.find("\t"))
    if "mapping values are not allowed" in problem:
        return _colon_inside(lines, line)
    if "could not find expected ':'" in problem:
        return _no_colon(lines, line)
    opened = _opened_quote(lines[: line + 1]) if "expected" in problem else None
    if opened is not None:
        return opened
    return _by_words(problem, context, text)


def _by_words(problem: str, context: str, text: str) -> Explained:
    if "unexpected end of stream" in problem or ("quoted" in context and "unknown" not in problem):
        return Explained("a quoted text has no end", 'add the closing " on the same line')
    if "cannot start any token" in problem:
        return _bad_start(text)
    for words, message, hint in _BY_PROBLEM:
        if words in problem:
            return Explained(message, hint)
    return Explained(problem or "this is not valid YAML", "write one `key: value` a line")


_QUOTED = re.compile(r"""^\s*(?:- )?(?:[^"'#:]+:\s+)?(["'])""")


def _opened_quote(lines: list[str]) -> Explained | None:
    """Return where a quoted text begins whose end the parser took from a later quoted text."""
    opened: tuple[int, int, str] | None = None
    for number, line in enumerate(lines):
        quoted = _QUOTED.match(line)
        if opened and opened[2] in line:
            if quoted and quoted.group(1) == opened[2]:
                at, column, sign = opened
                return Explained(
                    "a quoted text has no end",
                    f"add the closing {sign} on the same line",
                    at,
                    column,
                )
            opened = None
        elif quoted and not opened and quoted.group(1) not in line[quoted.end() :]:
            opened = number, quoted.end() - 1, quoted.group(1)
    return None


def _bad_start(text: str) -> Explained:
    found = re.match(r"^(\s*(?:- )?(?:[^:]+:\s+)?)(\S)(.*)$", text)
    sign = found.group(2) if found else "this sign"
    value = (found.group(2) + found.group(3)).strip() if found else ""
    return Explained(
        f"a text cannot begin with {sign}", f'put the text in double quotes: "{value}"'
    )


def _colon_inside(lines: list[str], line: int) -> Explained:
    if line and lines[line - 1].strip() and ":" not in lines[line - 1]:
        return _no_colon(lines, line - 1)
    text = lines[line]
    found = re.match(r"^(\s*(?:- )?[^:]+:\s+)(.*?): ?", text)
    if found is None:
        return Explained(
            "this key is indented differently from the keys around it",
            "indent keys of one level by the same number of spaces",
            column=len(text) - len(text.lstrip()),
        )
    key, value = found.group(1).strip(), text[found.end(1) :].strip()
    return Explained(
        "a text that holds a colon must stand in quotes",
        f'write: {key} "{value}"',
        column=found.end(2),
    )


def _no_colon(lines: list[str], line: int) -> Explained:
    at = next((at for at in range(line, -1, -1) if lines[at].strip()), line)
    word = lines[at].strip().split(" ")[0]
    return Explained(
        "a line without a colon",
        f"write `key: value`; is `{word}` a key, or does it belong to the line above?",
        line=at,
        column=len(lines[at]) - len(lines[at].lstrip()),
    )
