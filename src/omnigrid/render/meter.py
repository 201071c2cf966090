"""The meter: it counts what a template does, and stops it.

A step is one expression of a template, sixteen characters or one item of a list. Every operation is
paid for before it is done, so that steps bound time and memory alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Never

from jinja2.runtime import Undefined
from markupsafe import Markup

from omnigrid.render.limits import CODE_OF_EACH, DEPTH, NESTED_NODES, Allowance, LimitReached

LONG = 64
"""Characters up to which a text costs no more than the expression that it comes from."""
_ATOMS = frozenset({int, float, bool, type(None)})
_LISTS = (list, tuple)
_LOOPED = (list, tuple, dict, str, range)


class Meter:
    """Counts down what is left of an allowance. One for each environment."""

    __slots__ = ("_file", "_loaded", "_others", "code", "depth", "metering", "output", "steps")

    def __init__(self) -> None:
        self.metering = False
        self.begin(Allowance())

    def begin(self, given: Allowance) -> None:
        """Start anew with an allowance."""
        self._others, self._file = given.steps, given.steps_of_a_file
        self.output, self.code = given.output, given.code
        self._loaded: set[str] = set()
        self.steps = self.depth = 0
        self.begin_file()

    def begin_file(self) -> None:
        """Give the next file what is left for it."""
        self._others += self.steps
        self.steps = min(self._file, self._others)
        self._others -= self.steps
        self.depth = 0

    def burn(self, steps: int) -> None:
        """Take steps away. Raises LimitReached where there are none left, as all that follow."""
        self.steps -= steps
        if self.steps < 0:
            self._stop()

    def enter(self, steps: int) -> None:
        """Begin a macro, block or template that takes so many steps without its loops."""
        self.steps -= steps
        self.depth += 1
        if self.steps < 0 or self.depth > DEPTH:
            self._stop()

    def loop(self, items: Any, steps: int) -> Any:
        """Return what a loop goes through, once all of its rounds are paid for."""
        if not isinstance(items, _LOOPED):
            _refuse_loop(items)
        self.steps -= steps * len(items)
        if self.steps < 0:
            self._stop()
        return items

    def load(self, name: str, length: int) -> None:
        """Count a template's code, once a site, whether or not it was compiled already."""
        if name not in self._loaded:
            self._loaded.add(name)
            self.code -= length + CODE_OF_EACH
            if self.code < 0:
                raise LimitReached("the templates of the site are too many, or too much code")

    def text(self, length: int) -> None:
        """Pay for a text of so many characters."""
        if length > LONG:
            self.burn(length >> 4)

    def part(self, value: Any) -> Any:
        """Return a slice, paid for."""
        if isinstance(value, str):
            self.text(len(value))
        elif isinstance(value, _LISTS):
            self.burn(len(value))
        return value

    def seen(self, value: Any) -> Any:
        """Return a value that is going to be looked through, paid for with all that it holds.

        Raises LimitReached also where it holds what is no plain data.
        """
        kind = type(value)
        if kind is str or kind is Markup:
            if len(value) > LONG:
                self.burn(len(value) >> 4)
        elif kind not in _ATOMS:
            self._weigh(value)
        return value

    def member(self, item: Any, values: Any) -> bool:
        """Return whether something is among values, paid for."""
        kind, many = type(item), type(values)
        if kind in _ATOMS or (kind is str and len(item) <= LONG):
            if many is dict:
                return item in values
            if many is list or many is tuple:
                self.burn(len(values) >> 2)
                return item in values
        self.seen(item)
        return item in (values if many is dict else self.seen(values))

    def _weigh(self, value: Any) -> None:
        """Pay for each item as often as it is met: a list of itself twice is met 2**n times."""
        level = [value]
        for _ in range(NESTED_NODES):
            below: list[Any] = []
            for each in level:
                kind = type(each)
                if kind is str or kind is Markup:
                    if len(each) > LONG:
                        self.burn(len(each) >> 4)
                elif kind not in _ATOMS:
                    self._unfold(each, below)
            if not below:
                return
            level = below
        raise LimitReached("a list is nested too deeply")

    def _unfold(self, value: Any, below: list[Any]) -> None:
        """Add what a list or mapping holds to ``below``, paid for."""
        if isinstance(value, _LISTS):
            self.burn(len(value) + 1)
            below += value
        elif type(value) is dict:
            self.burn(2 * len(value) + 1)
            below += value
            below += value.values()
        elif isinstance(value, range):
            self.burn(len(value) + 1)
        elif isinstance(value, Undefined):
            # An "if" without its "else" is a plain one, and empty text; a missing name is not.
            if type(value) is not Undefined:
                value._fail_with_undefined_error()
        else:
            raise LimitReached(f"{_kind(value)} is no plain data")

    def _stop(self) -> Never:
        if self.depth > DEPTH:
            raise LimitReached(
                f"macros, blocks or included templates stand more than {DEPTH} deep in one another"
            )
        raise LimitReached("it does too much: a site may take so many steps and no more")


def _refuse_loop(items: Any) -> None:
    if isinstance(items, Undefined):
        items._fail_with_undefined_error()
    raise LimitReached(f"{_kind(items)} cannot be looped over")


def _kind(value: Any) -> str:
    return f"a value of the kind {type(value).__name__}"


@contextmanager
def metered(meter: Meter, given: Allowance) -> Iterator[None]:
    """Let what is rendered within have so much and no more."""
    meter.begin(given)
    meter.metering = True
    try:
        yield
    finally:
        meter.metering = False
        meter.begin(Allowance())
