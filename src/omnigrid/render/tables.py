"""What packs may use of Jinja2: its filters, tests and functions that take plain data."""

from collections.abc import Callable
from typing import Any

from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.tests import TESTS
from jinja2.utils import Cycler, Joiner, Namespace, pass_context

from omnigrid.render import filters
from omnigrid.render.limits import LONGEST_RANGE, LimitReached

_FREE = "count d default first last length"
"""They take no longer for much than for little."""
_THROUGH = "abs capitalize e escape forceescape lower reverse string upper"
_DEAR = {"title": 64, "truncate": 4, "urlencode": 8, "wordcount": 16}
"""They take so many times as long for a text as copying it."""
_SORTED = "groupby max min sort unique"
_EACH = "map reject rejectattr select selectattr"
_FREE_TESTS = (
    "boolean callable defined escaped false float integer iterable mapping none number sameas "
    "sequence string true undefined"
)
_COMPARED = "== eq equalto != ne > gt greaterthan >= ge < lt lessthan <= le in lower upper"
_OF_NUMBERS = "divisibleby even odd"


def _of_numbers(name: str) -> Callable[..., Any]:
    """Return a test of numbers, which does not take a text for a format."""

    original: Any = TESTS[name]

    @pass_context
    def run(context: Context, value: Any, /, *args: Any) -> bool:
        for each in (value, *args):
            if not isinstance(filters.meter_of(context).seen(each), (int, float)):
                raise TypeError(f"{name} is a test of numbers")
        return bool(original(value, *args))

    return run


def pack_filters() -> dict[str, Callable[..., Any]]:
    """Return the filters of Jinja2 that packs may use."""
    return {
        **{name: FILTERS[name] for name in _FREE.split()},
        **{name: filters.looking_through(name) for name in _THROUGH.split()},
        **{name: filters.dear(name, times) for name, times in _DEAR.items()},
        **{name: filters.sorting(name) for name in _SORTED.split()},
        **{name: filters.for_each(name) for name in _EACH.split()},
        **{name: filters.in_parts(name) for name in ("batch", "slice")},
        "format": filters.format_text,
        "int": filters.whole_number,
        "join": filters.join,
        "list": filters.listed,
        "replace": filters.replace,
        "round": filters.rounded,
        "sum": filters.total,
        "trim": filters.trim,
    }


def pack_tests() -> dict[str, Callable[..., Any]]:
    """Return the tests of Jinja2 that packs may use."""
    tests: dict[str, Any] = {**TESTS}
    return {
        **{name: tests[name] for name in _FREE_TESTS.split()},
        **{name: filters.looking_through(name, TESTS) for name in _COMPARED.split()},
        **{name: _of_numbers(name) for name in _OF_NUMBERS.split()},
    }


def _range(*limits: int) -> range:
    found = range(*limits)
    if len(found) > LONGEST_RANGE:
        raise LimitReached(f"a range may have {LONGEST_RANGE} numbers")
    return found


def pack_globals() -> dict[str, Any]:
    """Return what templates may call without being given it."""
    return {
        "range": _range,
        "dict": dict,
        "namespace": Namespace,
        "joiner": Joiner,
        "cycler": Cycler,
    }
