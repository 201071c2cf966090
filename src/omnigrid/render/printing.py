"""What a template prints: safe in HTML, plain data only, and no more than fits."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from types import GeneratorType
from typing import Any

import markupsafe
from jinja2.environment import TemplateModule
from jinja2.runtime import markup_join
from markupsafe import Markup

from omnigrid.render.limits import Allowance, LimitReached, PackFault
from omnigrid.render.meter import LONG, Meter, metered

_PIECES = 2048
"""Pieces of a page that are counted at once."""
_TOO_LONG = "the pages of the site become too long"

# Makes text safe, without wrapping it so that it is known to be: Jinja2 joins it at once.
escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


class Printer:
    """Turns values into text, paid for at a meter."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def shown(self, value: Any) -> str:
        """Return plain data as text. Raises LimitReached for anything else: where it is in memory
        is no part of a page."""
        if isinstance(value, TemplateModule):
            return Markup(value)  # noqa: S704  (what it printed is escaped)
        return str(self._meter.seen(value))

    def concatenated(self, values: Iterable[Any]) -> str:
        """Return values as one text: ``a ~ b``."""
        marked, texts = False, []
        for value in values:
            kind = type(value)
            marked = marked or kind is Markup or kind is TemplateModule
            texts.append(value if kind is str or kind is Markup else self.shown(value))
        self._meter.text(2 * sum(map(len, texts)))
        return markup_join(texts) if marked else "".join(texts)

    def page(self, name: str, pieces: Iterator[str]) -> list[str]:
        """Return the pieces of a page, as its template prints them.

        Where it becomes too long, the template is stopped where it is.
        """
        meter = self._meter
        if not meter.metering:
            with metered(meter, Allowance()):
                return self.page(name, pieces)
        meter.begin_file()
        some = list(islice(pieces, _PIECES))
        if len(some) < _PIECES:  # As nearly every page, whose text is paid for by then.
            return self._counted(name, some)
        made: list[str] = []
        while some:
            made += some
            meter.output -= sum(map(len, some))
            if meter.output < 0:
                _stop(pieces)
            some = list(islice(pieces, _PIECES))
        return made

    def _counted(self, name: str, pieces: list[str]) -> list[str]:
        self._meter.output -= sum(map(len, pieces))
        if self._meter.output < 0:
            raise PackFault(name, 1, _TOO_LONG)
        return pieces

    def escape_output(self) -> Callable[[Any], str]:
        """Return the function that makes text of all that is printed: it is called most of all."""
        burn, shown, escape, long = self._meter.burn, self.shown, escape_text, LONG

        def escape_output(value: Any) -> str:
            kind = type(value)
            if kind is str:
                text = escape(value)
            elif kind is Markup:
                text = value
            elif kind is int or kind is float:
                text = str(value)
            else:
                text = markupsafe.escape(shown(value))
            if len(text) > long:
                burn(len(text) >> 4)
            return text

        return escape_output


def _stop(pieces: Iterator[str]) -> None:
    fault = LimitReached(_TOO_LONG)
    if isinstance(pieces, GeneratorType):
        pieces.throw(fault)
    raise fault
