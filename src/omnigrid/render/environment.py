"""Jinja2 in its immutable sandbox: plain data, an allow-list of filters, no way out of a pack."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from threading import get_ident

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket

from omnigrid.model.moments import day_in_words
from omnigrid.model.names import strip_marks
from omnigrid.model.packs import Pack
from omnigrid.model.palette import readable_on
from omnigrid.render.filters import own_filter
from omnigrid.render.limits import TEMPLATE_FILE, PackFault
from omnigrid.render.sandbox import PackEnvironment
from omnigrid.render.source import pack_text
from omnigrid.render.tables import pack_filters, pack_globals, pack_tests

__all__ = [
    "BASE_PREFIX",
    "TEMPLATE_FILE",
    "PackFault",
    "keep_compiled",
    "long_date",
    "pack_environment",
]

BASE_PREFIX = "base/"
"""Templates of the shared base are named ``base/…``; everything else is the pack's own."""


def long_date(day: dt.date | str) -> str:
    """Return a date in words, ``14 September 2026``: the same in every locale."""
    return day_in_words(dt.date.fromisoformat(day) if isinstance(day, str) else day)


_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789-"


def seed(text: str) -> str:
    """Return twelve digits, the same for the same text: what the drawings of a brand differ by."""
    number = 7
    for sign in text:
        number = (number * 31 + _SIGNS.find(sign) + 2) % 999_983
    return f"{number:06d}{number * 7919 % 999_979:06d}"


_known_seeds = lru_cache(maxsize=16)(seed)


def _seed(text: str) -> str:
    """Return ``seed``, which a site asks for again and again."""
    return _known_seeds(text) if type(text) is str else seed(text)


def letters(text: str) -> list[int]:
    """Return the place of each sign in the alphabet: 1 for A, 26 for Z, 0 for what is no letter."""
    return [_SIGNS.find(sign, 0, 26) + 1 for sign in text.lower()]


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


def pack_environment(pack: Pack, base: Pack) -> PackEnvironment:
    """Return an environment that sees the files of ``pack`` and, below ``base/``, those of base.

    The same for the same packs, so that templates are compiled once; and one for each thread,
    because it counts what is done in it.
    """
    return _environment(pack, base, get_ident())


@lru_cache(maxsize=256)
def _environment(pack: Pack, base: Pack, _thread: int) -> PackEnvironment:
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
    own = {
        "plain": strip_marks,
        "long_date": long_date,
        "readable_on": readable_on,
        "letters": letters,
        "seed": _seed,
    }
    filters = pack_filters() | {name: own_filter(made) for name, made in own.items()}
    environment.offer(filters, pack_tests(), pack_globals())
    return environment
