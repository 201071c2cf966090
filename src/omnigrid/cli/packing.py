"""What commands share about packs from elsewhere: the options, and what fetching needs."""

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from omnigrid.model.locks import LockedPack
from omnigrid.model.names import PackId

if TYPE_CHECKING:
    from omnigrid.fetching import Reach
    from omnigrid.packs.mount import Supplied
    from omnigrid.supply import LockedSupply

_Command = TypeVar("_Command", bound=Callable[..., Any])
_PROXIES = ("https", "http", "no")


def offline_option(command: _Command) -> _Command:
    """Add ``--offline``."""
    return click.option(
        "--offline",
        is_flag=True,
        envvar="OMNIGRID_OFFLINE",
        expose_value=False,
        callback=_offline,
        help="Ask nobody on the network; packs from elsewhere come from the cache.",
    )(command)


def locked_option(command: _Command) -> _Command:
    """Add ``--locked``."""
    return click.option(
        "--locked",
        is_flag=True,
        expose_value=False,
        callback=_locked,
        help="Stop where a pack from elsewhere cannot be had, or its source has changed.",
    )(command)


def _offline(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.find_root().obj.supply.offline = value


def _locked(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.find_root().obj.supply.locked = value


class SessionSupply:
    """Supplies locked packs; what fetches them is imported only where there is one."""

    def __init__(self, root: Path, cache: Path | None, environment: dict[str, str]) -> None:
        self.offline = self.locked = False
        self._root, self._cache, self._environment = root, cache, environment

    def pack(self, pack_id: PackId, locked: LockedPack) -> "Supplied":
        """Return a pack with exactly the locked content. Raises Conflict where it differs."""
        return self.packs.pack(pack_id, locked)

    @cached_property
    def packs(self) -> "LockedSupply":
        """Where locked packs come from."""
        from omnigrid.supply import LockedSupply

        return LockedSupply(self.reach)

    @cached_property
    def reach(self) -> "Reach":
        """What fetching needs of the world."""
        from omnigrid.fetching import Reach
        from omnigrid.packs.fetch_drive import DRIVE
        from omnigrid.packs.fetch_https import Web

        known = self._environment
        found = {n: known.get(f"{n}_proxy") or known.get(f"{n}_proxy".upper()) for n in _PROXIES}
        return Reach(
            root=self._root,
            cache=(self._cache or self._root / ".omnigrid" / "cache") / "packs",
            environment=known,
            web=Web({name: address for name, address in found.items() if address}),
            now=time.time,
            offline=self.offline,
            locked=self.locked,
            drive=known.get("OMNIGRID_DRIVE_ENDPOINT") or DRIVE,
        )
