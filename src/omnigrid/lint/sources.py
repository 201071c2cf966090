"""A file of a pack as text, and where in it something stands."""

import re
from bisect import bisect_right
from functools import cached_property

from omnigrid.model.findings import Span
from omnigrid.model.names import SourcePath

PRINTED = "\ue000"
"""Stands in a template's markup for what ``{{ … }}`` will print."""
_OPENERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPENER = re.compile(r"\{[{%#]")
_TOKEN = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[-+]?[}%]\}|[()\[\]{}]""", re.DOTALL)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_END_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")


class SourceText:
    """A text, where it is written, and its lines."""

    def __init__(self, path: SourcePath, text: str) -> None:
        self.path = path
        self.text = text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return self.text.split("\n")

    def offset(self, line: int, column: int = 0) -> int:
        """Return where a line begins, and ``column`` characters more."""
        return self._starts[min(line, len(self._starts)) - 1] + column

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets, as far as it stands on one line."""
        line = bisect_right(self._starts, start)
        column = start - self._starts[line - 1]
        last = min(end - self._starts[line - 1], len(self.lines[line - 1]))
        return Span(line, column + 1, max(last, column + 1) + 1 if last <= column else last + 1)

    def whole_line(self, line: int) -> Span:
        """Return the span of a line from its first sign on."""
        text = self.lines[min(line, len(self.lines)) - 1]
        first = len(text) - len(text.lstrip())
        return Span(line, first + 1, max(len(text.rstrip()), first + 1) + 1)

    def word(self, line: int, word: str, *, field: bool = False) -> Span:
        """Return where a name stands in a template's code, on a line or one of the next."""
        before = r"(?:\.\s*|\[\s*['\"])" if field else r"(?<![\w.])"
        pattern = re.compile(f"{before}({re.escape(word)})(?!\\w)")
        for number in range(line, min(line + 4, len(self.lines) + 1)):
            start = self.offset(number)
            for match in pattern.finditer(self.text, start, start + len(self.lines[number - 1])):
                if self.markup[match.start(1)] != self.text[match.start(1)]:
                    return self.span(*match.span(1))
        return self.word(line, word) if field else self.whole_line(line)

    @cached_property
    def markup(self) -> str:
        """The text of a template without its code, of the same length and lines."""
        made, at = [], 0
        while (found := _OPENER.search(self.text, at)) is not None:
            start = found.start()
            made.append(self.text[at:start])
            raw = _RAW.match(self.text, start)
            end = raw.end() if raw else _end_of(self.text, start)
            sign = PRINTED if self.text.startswith("{{", start) else " "
            made.append(_blank(self.text[start:end], sign))
            at = end
            if raw:
                close = _END_RAW.search(self.text, at)
                stop = close.start() if close else len(self.text)
                made.append(self.text[at:stop])
                at = close.end() if close else stop
                made.append(_blank(self.text[stop:at], " "))
        return "".join([*made, self.text[at:]])


def _blank(text: str, sign: str) -> str:
    return re.sub(r"[^\n]", sign, text)


def _end_of(text: str, start: int) -> int:
    """Return the end of the code that begins at ``start``: outside of texts and brackets."""
    closer = _OPENERS[text[start : start + 2]]
    if closer == "#}":
        at = text.find(closer, start + 2)
        return len(text) if at < 0 else at + 2
    depth = 0
    for match in _TOKEN.finditer(text, start + 2):
        sign = match[0]
        if sign.endswith(closer) and len(sign) <= 3:
            if depth <= 0:
                return match.end()
            depth -= 2 if closer == "}}" else 0
        elif sign in "([{":
            depth += 1
        elif sign in ")]}":
            depth -= 1
    return len(text)
