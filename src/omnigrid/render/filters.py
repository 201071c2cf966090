"""Filters and tests of templates: those of Jinja2 that take plain data, each paid for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from jinja2.filters import FILTERS
from jinja2.runtime import Context
from jinja2.utils import _PassArg, pass_context
from markupsafe import Markup, soft_str

from omnigrid.render.limits import LimitReached
from omnigrid.render.meter import LONG, Meter
from omnigrid.render.methods import percent, replaced
from omnigrid.render.operators import Operators

Filter = Callable[..., Any]

_LONGEST_DIGITS = 400
_PRECISE = 30


def meter_of(context: Context) -> Meter:
    meter: Meter = context.environment.meter  # type: ignore[attr-defined]
    return meter


def _original(name: str, table: dict[str, Any]) -> Filter:
    """Return Jinja2's own, called with the context whatever it asks for."""
    found: Filter = table[name]
    match _PassArg.from_obj(found):
        case _PassArg.context:
            return found
        case _PassArg.eval_context:
            return lambda context, *args, **kwargs: found(context.eval_ctx, *args, **kwargs)
        case _PassArg.environment:
            return lambda context, *args, **kwargs: found(context.environment, *args, **kwargs)
    return lambda _context, *args, **kwargs: found(*args, **kwargs)


def _whole(found: Any) -> Any:
    """Return a list for what gives its items one by one: it can be looped over twice, and told."""
    return list(found) if isinstance(found, Iterator) else found


def _burn_all(meter: Meter, args: Iterable[Any], kwargs: Mapping[str, Any]) -> None:
    for each in (*args, *kwargs.values()):
        meter.seen(each)


def _is_short(value: Any) -> bool:
    return type(value) is str and len(value) <= LONG


def looking_through(name: str, table: dict[str, Any] = FILTERS) -> Filter:
    """Return a filter or test that looks through all that it is given."""
    original = _original(name, table)
    found = table[name] if _PassArg.from_obj(table[name]) is None else None

    @pass_context
    def run(context: Context, /, *args: Any, **kwargs: Any) -> Any:
        if found and len(args) == 1 and not kwargs and _is_short(args[0]):
            return found(args[0])
        _burn_all(meter_of(context), args, kwargs)
        return _whole(original(context, *args, **kwargs))

    return run


def dear(name: str, times: int) -> Filter:
    through = looking_through(name)

    @pass_context
    def run(context: Context, value: Any, /, *args: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            meter_of(context).text(len(value) * times)
        return through(context, value, *args, **kwargs)

    return run


def sorting(name: str) -> Filter:
    through = looking_through(name)

    @pass_context
    def run(context: Context, value: Any, /, *args: Any, **kwargs: Any) -> Any:
        each = len(value).bit_length() + _path(args, kwargs)
        meter_of(context).burn(len(value) * each)
        return through(context, value, *args, **kwargs)

    return run


def for_each(name: str) -> Filter:
    """Return a filter that does something with each item: at once, and not when it is asked."""
    original = _original(name, FILTERS)

    @pass_context
    def run(context: Context, value: Any, /, *args: Any, **kwargs: Any) -> Any:
        meter = meter_of(context)
        _burn_all(meter, args, kwargs)
        items = meter.loop(value, 4 + _path(args, kwargs))
        found = _filter_alone(context, args, kwargs) if name == "map" else None
        return list(map(found, items) if found else original(context, items, *args, **kwargs))

    return run


def _filter_alone(context: Context, args: Any, kwargs: Any) -> Callable[[Any], Any] | None:
    """Return what ``map`` does with each item where it is given a filter's name and no more.

    Jinja2 looks for the filter, and what it asks for, once for each item.
    """
    if kwargs or len(args) != 1 or type(args[0]) is not str:
        return None
    filters: Mapping[str, Filter] = context.environment.filters
    found = filters.get(args[0])
    if found is None:
        return None
    match _PassArg.from_obj(found):
        case _PassArg.context:
            return partial(found, context)
        case None:
            return found
    return None


def _path(args: Iterable[Any], kwargs: Mapping[str, Any]) -> int:
    """Return what it takes to follow the longest of some texts as a path, ``a.b.c``."""
    return max(
        (len(text) for text in (*args, *kwargs.values()) if isinstance(text, str)), default=0
    )


@pass_context
def listed(context: Context, value: Any, /) -> list[Any]:
    return [*meter_of(context).loop(value, 1)]


@pass_context
def join(context: Context, value: Any, d: Any = "", attribute: Any = None) -> Any:
    meter = meter_of(context)
    meter.seen(value)
    meter.seen(d)
    meter.text(len(value) * (len(d) + len(f"{attribute or ''}")))
    return _JOIN(context, value, d, attribute)


@pass_context
def replace(context: Context, s: Any, old: str, new: str, count: int | None = None) -> Any:
    if hasattr(old, "__html__") or (hasattr(new, "__html__") and not hasattr(s, "__html__")):
        meter_of(context).seen(s)
        s = Markup.escape(s)
    text = soft_str(meter_of(context).seen(s))
    return replaced(meter_of(context), text, soft_str(old), soft_str(new), count or -1)


@pass_context
def format_text(context: Context, value: Any, *args: Any, **kwargs: Any) -> str:
    if args and kwargs:
        raise ValueError("give either names or values to a format, not both")
    return percent(meter_of(context), soft_str(meter_of(context).seen(value)), kwargs or args)


@pass_context
def trim(context: Context, value: Any, chars: str | None = None) -> str:
    if chars is None and _is_short(value):
        return f"{value}".strip()
    meter = meter_of(context)
    text = soft_str(meter.seen(value))
    meter.text(len(text) * len(meter.seen(chars) or " "))
    return text.strip(chars)


@pass_context
def whole_number(context: Context, value: Any, default: int = 0, base: int = 10) -> int:
    if isinstance(value, str) and len(value) > _LONGEST_DIGITS:
        raise LimitReached("a number has too many digits")
    meter_of(context).seen(value)
    found: int = _INT(context, value, default, base)
    return found


@pass_context
def rounded(context: Context, value: Any, precision: int = 0, method: str = "common") -> Any:
    if abs(precision) > _PRECISE:
        raise LimitReached(f"numbers are rounded to {_PRECISE} digits")
    return _ROUND(context, meter_of(context).seen(value), precision, method)


@pass_context
def total(context: Context, iterable: Any, attribute: Any = None, start: Any = 0) -> Any:
    meter = meter_of(context)
    items = meter.loop(iterable, 2)
    if attribute is not None:
        items = _MAP(context, items, attribute=attribute)
    operators = Operators(meter)
    for each in items:
        start = operators.add(start, each)
    return start


def in_parts(name: str) -> Filter:
    """Return ``batch`` or ``slice``: a list of lists, so many long, or so many of them."""
    original = _original(name, FILTERS)

    @pass_context
    def run(context: Context, value: Any, number: int, fill_with: Any = None) -> list[Any]:
        meter_of(context).burn(2 * len(value) + 2 * abs(number))
        return [*original(context, [*meter_of(context).loop(value, 1)], number, fill_with)]

    return run


_JOIN, _INT, _ROUND = (_original(name, FILTERS) for name in ("join", "int", "round"))
_MAP = for_each("map")


def own_filter(made: Callable[[Any], Any]) -> Filter:
    """Return a function of one text as a filter."""

    @pass_context
    def run(context: Context, value: Any) -> Any:
        return made(meter_of(context).seen(value))

    return run
