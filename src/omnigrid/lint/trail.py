"""What was seen on the way through the templates of a pack."""

from collections.abc import Iterator
from contextlib import contextmanager

from omnigrid.lint.sources import SourceText
from omnigrid.model.findings import Finding, Place, Severity, Span

MOST_STEPS = 200_000
"""Parts of templates that are followed; nobody writes so many, but a few macros that call each
other can have them."""
MOST_MARKUP = 4_000_000
"""Characters of markup that are kept for one page."""


class TooTangled(Exception):  # noqa: N818
    """The templates cannot be followed to their end."""


class Trail:
    """Findings and what was used; and where we are."""

    def __init__(self) -> None:
        self.findings: dict[tuple[object, ...], Finding] = {}
        self.used: set[str] = set()
        self.templates: set[str] = set()
        self.markup: list[str] = []
        self._outside: tuple[SourceText, Span, str] | None = None
        self._steps = self._length = 0

    def step(self) -> None:
        """Count one part of a template. Raises TooTangled."""
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooTangled

    def print(self, text: str) -> None:
        """Keep what a page's markup has next."""
        self._length += len(text)
        if self._length <= MOST_MARKUP:
            self.markup.append(text)

    @contextmanager
    def away(self, source: SourceText, span: Span, name: str) -> Iterator[None]:
        """Follow what is not the pack's own: its faults are told where the pack asked for it."""
        before, self._outside = self._outside, self._outside or (source, span, name)
        try:
            yield
        finally:
            self._outside = before

    @contextmanager
    def home(self, *, own: bool) -> Iterator[None]:
        """Follow what is the pack's own again."""
        before = self._outside
        if own:
            self._outside = None
        try:
            yield
        finally:
            self._outside = before

    def found(
        self,
        source: SourceText,
        span: Span,
        code: str,
        message: str,
        hint: str = "",
        *,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Keep a finding, once."""
        key: tuple[object, ...] = (source.path, span, code, message)
        if self._outside:
            source, span, name = self._outside
            message = f"{name}, with what it is given here: {message}"
            key = (source.path, span, code)  # Of a wrong argument, the first fault is enough.
        found = Finding(code, message, Place(source.path, span=span), hint, severity)
        self.findings.setdefault(key, found)
