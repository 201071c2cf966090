"""Jinja2 in its immutable sandbox: plain data, an allow-list of filters, no way out of a pack."""

import datetime as dt
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from omnigrid.model.names import strip_marks
from omnigrid.model.packs import Pack
from omnigrid.model.palette import readable_on

_FILTERS = frozenset(
    "abs batch capitalize count default d e escape first forceescape format groupby int join last "
    "length list lower map max min reject rejectattr replace reverse round select selectattr slice "
    "sort string sum title trim truncate unique upper urlencode wordcount".split()
)
_GLOBALS = frozenset({"range", "dict", "namespace", "joiner", "cycler"})
TEMPLATE_FILE = "template:"
"""Before a template's name, in the file names of a traceback."""
BASE_PREFIX = "base/"
"""Templates of the shared base are named ``base/…``; everything else is the pack's own."""

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


class PackFault(Exception):  # noqa: N818
    """A file of a pack that cannot be used, and the line that says why."""

    def __init__(self, name: str, line: int, message: str) -> None:
        super().__init__(message)
        self.name, self.line = name, line


def long_date(day: dt.date | str) -> str:
    """Return a date in words, ``14 September 2026``: the same in every locale."""
    date = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


@lru_cache(maxsize=256)
def pack_environment(pack: Pack, base: Pack) -> ImmutableSandboxedEnvironment:
    """Return an environment that sees the files of ``pack`` and, below ``base/``, those of base.

    The same for the same packs: its templates are compiled once.
    """

    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        files, path = (
            (base.files, name.removeprefix(BASE_PREFIX))
            if name.startswith(BASE_PREFIX)
            else (pack.files, name)
        )
        if path not in files:
            return None
        return pack_text(files, path), TEMPLATE_FILE + name, lambda: True

    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    _restrict(environment.filters, _FILTERS)
    _restrict(environment.globals, _GLOBALS)
    environment.filters.update(plain=strip_marks, long_date=long_date, readable_on=readable_on)
    return environment


def pack_text(files: dict[str, bytes], path: str) -> str:
    """Return a file of a pack as text. Raises PackFault where it is none."""
    try:
        return files[path].decode()
    except UnicodeDecodeError as error:
        line = files[path].count(b"\n", 0, error.start) + 1
        raise PackFault(path, line, f"{path} is not readable as UTF-8 text") from None


def _restrict(table: MutableMapping[str, Any], allowed: frozenset[str]) -> None:
    for name in [name for name in table if name not in allowed]:
        del table[name]
