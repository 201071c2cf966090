"""The options that say where the work is done."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import click
from click.shell_completion import CompletionItem

SERIAL, PROCESSES, DASK = "serial", "processes", "dask"
_FORMS = f"{SERIAL}, {PROCESSES} or dask://HOST:PORT"
_SCHEMES = {"dask": "tcp", "tcp": "tcp", "tls": "tls"}


class ExecutorSpec(NamedTuple):
    """Who does the work: its kind, and the address of a Dask scheduler."""

    kind: str
    address: str = ""


DEFAULT_EXECUTOR = ExecutorSpec(PROCESSES)


class _ExecutorType(click.ParamType[ExecutorSpec]):
    """``serial``, ``processes`` or the address of a Dask scheduler."""

    name = "executor"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> ExecutorSpec:
        if isinstance(value, ExecutorSpec):
            return value
        if value in {SERIAL, PROCESSES}:
            return ExecutorSpec(value)
        address = _address(value)
        if address is None:
            self.fail(f'"{value}" is no executor. Write {_FORMS}.', param, ctx)
        return ExecutorSpec(DASK, address)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "SPEC"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        offered = (SERIAL, PROCESSES, "dask://")
        return [CompletionItem(each) for each in offered if each.startswith(incomplete)]


def _address(text: str) -> str | None:
    """Return a scheduler's address as Dask writes it; None where the text is none."""
    try:
        parts = urlsplit(text)
        scheme, host, port = _SCHEMES[parts.scheme], parts.hostname, parts.port
    except (KeyError, ValueError):
        return None
    if not host or not port or parts.path.strip("/") or parts.username or parts.query:
        return None
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def executor_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add ``--executor`` and ``--jobs`` to a command."""
    executor = click.option(
        "--executor",
        type=_ExecutorType(),
        default=PROCESSES,
        help=f"Who renders: {_FORMS}. Default: {PROCESSES}.",
    )
    jobs = click.option(
        "--jobs", type=click.IntRange(1), help="Processes. Default: one for each processor."
    )
    return executor(jobs(command))
