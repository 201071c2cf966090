"""The operators that may make much of little, each paid for."""

from typing import Any

from omnigrid.render.limits import LONGEST_NUMBER, LimitReached
from omnigrid.render.meter import Meter
from omnigrid.render.methods import percent

_NUMBERS = frozenset({int, float, bool})
_LISTS = (list, tuple)
SMALL = (1 << 30) - 1
"""Whole numbers up to here are of one digit in Python, which is made for such."""
_LEAST = -SMALL


class Operators:
    """What stands for ``+``, ``-``, ``*``, ``**`` and ``%`` in templates."""

    __slots__ = ("_meter",)

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def add(self, left: Any, right: Any) -> Any:
        """Return ``left + right``."""
        if type(left) in _NUMBERS and type(right) in _NUMBERS:
            return _short(left + right)
        for side in (left, right):
            if isinstance(side, str):
                self._meter.text(len(side))
            elif isinstance(side, _LISTS):
                self._meter.burn(len(side) + 1)
        return left + right

    def subtract(self, left: Any, right: Any) -> Any:
        """Return ``left - right``."""
        if type(left) in _NUMBERS and type(right) in _NUMBERS:
            return _short(left - right)
        return left - right

    def multiply(self, left: Any, right: Any) -> Any:
        """Return ``left * right``."""
        if type(left) is int and type(right) is int:
            found = left * right
            return found if _LEAST < found < SMALL else _short(found)
        if type(left) in _NUMBERS:
            return _short(left * right) if type(right) in _NUMBERS else self._repeat(left, right)
        return self._repeat(right, left)

    def _repeat(self, count: Any, value: Any) -> Any:
        if isinstance(count, int):
            if isinstance(value, str):
                self._meter.text(len(value) * count)
            elif isinstance(value, _LISTS):
                self._meter.burn(max(len(value) * count, 0))
        return value * count

    def power(self, left: Any, right: Any) -> Any:
        """Return ``left ** right``."""
        whole = isinstance(left, int) and isinstance(right, int)
        if whole and left.bit_length() * abs(right) > LONGEST_NUMBER:
            raise _too_many_digits()
        found = left**right
        if type(found) is complex:
            raise ArithmeticError("a negative number has no such root")
        return found

    def remainder(self, left: Any, right: Any) -> Any:
        """Return ``left % right``: of numbers, or a text with values put in."""
        return percent(self._meter, left, right) if isinstance(left, str) else left % right


OPERATORS = {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "**": "power",
    "%": "remainder",
}


def _short(number: Any) -> Any:
    if type(number) is int and number.bit_length() > LONGEST_NUMBER:
        raise _too_many_digits()
    return number


def _too_many_digits() -> LimitReached:
    return LimitReached("a number has too many digits")
