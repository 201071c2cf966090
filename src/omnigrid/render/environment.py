"""Jinja2 in its immutable sandbox: plain data, an allow-list of filters, no way out of a pack."""

import datetime as dt
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

import markupsafe
from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from omnigrid.model.names import strip_marks
from omnigrid.model.packs import Pack
from omnigrid.model.palette import readable_on

_FILTERS = frozenset(
    "abs batch capitalize count default d e escape first forceescape format groupby int join last "
    "length list lower map max min reject rejectattr replace reverse round select selectattr slice "
    "sort string sum title trim truncate unique upper urlencode wordcount".split()
)
_GLOBALS = frozenset({"range", "dict", "namespace", "joiner", "cycler"})
_DICT_METHODS = frozenset(dir(dict))
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


# Makes text safe, without wrapping it so that it is known to be: Jinja2 joins it at once.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


def escape_output(value: Any) -> str:
    """Return what a template prints, as text that is safe in HTML: as ``markupsafe.escape``."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    if kind is Markup:
        safe: Markup = value
        return safe
    if kind is int:
        return str(value)
    return markupsafe.escape(value)


class _Generator(CodeGenerator):
    """Jinja2's compiler, with a shorter way to print: a site prints three hundred values."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escape_output(")


class PackEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, with short ways for what templates do most and what cannot do harm."""

    code_generator_class = _Generator
    escape_output = staticmethod(escape_output)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a value of plain data by its key; anything else as the sandbox does."""
        if type(obj) is dict:
            if attribute in obj:
                return obj[attribute]
            if attribute not in _DICT_METHODS:
                return self.undefined(obj=obj, name=attribute)
        if type(obj) is TemplateModule and attribute[0] != "_":
            return getattr(obj, attribute, None) or super().getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a macro at once; anything else as the sandbox does."""
        if type(__obj) is Macro:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs)
        return super().call(__context, __obj, *args, **kwargs)


class _Compiled(BytecodeCache):
    """Compiled templates, kept while the process lives: packs share those of the base."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


_compiled: list[BytecodeCache] = [_Compiled()]


def keep_compiled(store: BytecodeCache) -> None:
    """Keep templates that are compiled from now on in ``store``, and take them from there."""
    _compiled[:] = [store]


@lru_cache(maxsize=256)
def pack_environment(pack: Pack, base: Pack) -> PackEnvironment:
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

    environment = PackEnvironment(
        loader=FunctionLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_compiled[0],
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
