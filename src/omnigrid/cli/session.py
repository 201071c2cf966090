"""What every command shares: the portfolio's folder, the environment, and how we speak."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from omnigrid.cli.executors import DASK, DEFAULT_EXECUTOR, PROCESSES, ExecutorSpec
from omnigrid.model.errors import InputError, OmnigridError

if TYPE_CHECKING:
    from omnigrid.cli.packing import SessionSupply
    from omnigrid.model.findings import Diagnostic
    from omnigrid.model.shards import Shard
    from omnigrid.model.source import Revision
    from omnigrid.run.executors import Executor, Progress
    from omnigrid.workspace import Workspace


class Session:
    """One run of the command."""

    def __init__(
        self, directory: Path, *, quiet: bool = False, verbose: bool = False, debug: bool = False
    ) -> None:
        self.root = directory
        self.quiet, self.verbose, self.debug = quiet, verbose, debug
        self.clock: Callable[[], float] = time.perf_counter
        self.now: Callable[[], float] = time.time

    @property
    def color(self) -> bool | None:
        """False where colours are not wanted (no-color.org); None lets the terminal decide."""
        return False if os.environ.get("NO_COLOR") else None

    @property
    def environment(self) -> dict[str, str]:
        """The environment, for the rooms that may not read it themselves."""
        return dict(os.environ)

    @cached_property
    def revision(self) -> "Revision":
        """The commit of the portfolio's repository that this run works on."""
        from omnigrid.hosting.revision import read_revision

        return read_revision(self.root.resolve(), self.environment, self._epoch())

    @cached_property
    def is_changed(self) -> bool:
        """Whether the portfolio's files differ from that commit, which takes git longer."""
        from omnigrid.hosting.revision import is_changed

        return self.revision.commit is not None and is_changed(
            self.root.resolve(), self.environment
        )

    def _epoch(self) -> int | None:
        """Return SOURCE_DATE_EPOCH (reproducible-builds.org), in seconds since 1970."""
        text = os.environ.get("SOURCE_DATE_EPOCH", "")
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 11:
            raise InputError(
                f'SOURCE_DATE_EPOCH is "{text}"', "set it to seconds since 1970, or unset it"
            )
        return int(text)

    def workspace(
        self,
        out: Path | None = None,
        *,
        shard: "Shard | None" = None,
        release: bool = False,
    ) -> "Workspace":
        """Return where this run works; ``out`` overrides the build folder."""
        from omnigrid.load.overrides import read_overrides
        from omnigrid.workspace import Workspace

        root = self.root.resolve()
        overrides = read_overrides(self.environment)
        folder = out.resolve() if out else root / "build"
        cache = self._user_cache()
        return Workspace(
            root,
            folder,
            self.revision,
            overrides,
            shard,
            cache,
            release,
            self.supply,
            compare=lambda: self.is_changed,
        )

    def anew(self) -> "Session":
        """Return a session that looks at the portfolio's repository again."""
        again = Session(self.root, quiet=self.quiet, verbose=self.verbose, debug=self.debug)
        again.supply = self.supply
        return again

    @cached_property
    def supply(self) -> "SessionSupply":
        """Where packs from elsewhere come from."""
        from omnigrid.cli.packing import SessionSupply

        return SessionSupply(self.root.resolve(), self._user_cache(), self.environment)

    def _user_cache(self) -> Path | None:
        """Return the folder for what is kept between runs (XDG Base Directory Specification)."""
        folder = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
        try:
            folder = folder.expanduser()
        except RuntimeError:  # No home.
            return None
        return folder / "omnigrid" if folder.is_absolute() else None

    def executor(
        self, spec: ExecutorSpec = DEFAULT_EXECUTOR, jobs: int | None = None
    ) -> "Executor":
        """Return who does the work: by default as many processes as there are processors."""
        if spec.kind == PROCESSES:
            from omnigrid.run.processes import ProcessExecutor, processors

            return ProcessExecutor(jobs or processors())
        if jobs is not None:
            raise click.UsageError(f"--jobs goes with --executor {PROCESSES} only. Leave it out.")
        if spec.kind == DASK:
            from omnigrid.run.dask import DaskExecutor

            return DaskExecutor(spec.address)
        from omnigrid.run.executors import SerialExecutor

        return SerialExecutor()

    def show(self, text: str) -> None:
        """Print data."""
        click.echo(text, color=self.color)

    def show_json(self, value: dict[str, Any]) -> None:
        """Print data as JSON, with the version of its shape first."""
        import json

        import msgspec

        plain = msgspec.to_builtins(value)
        self.show(json.dumps({"version": 1, **plain}, indent=2, ensure_ascii=False))

    def say(self, text: str) -> None:
        """Print a message."""
        if not self.quiet:
            click.echo(text, err=True, color=self.color)

    def detail(self, text: str) -> None:
        """Print a message that only --verbose asks for."""
        if self.verbose:
            self.say(text)

    def warn(self, diagnostics: "tuple[Diagnostic, ...]") -> None:
        """Print warnings, in full."""
        from omnigrid.cli.diagnostics import full_text

        for diagnostic in diagnostics:
            self.say(full_text(diagnostic) + "\n")

    def fail(self, error: OmnigridError) -> None:
        """Print an error: its diagnostics, what happened, what to do."""
        from omnigrid.cli.diagnostics import full_text

        for diagnostic in getattr(error, "diagnostics", ()):
            click.echo(full_text(diagnostic) + "\n", err=True, color=self.color)
        label = click.style("error:", fg="red", bold=True)
        click.echo(f"{label} {error.message}", err=True, color=self.color)
        if error.hint:
            click.echo(f"hint: {error.hint}", err=True, color=self.color)

    @contextmanager
    def progress(self, label: str) -> "Iterator[Progress]":
        """Show a bar on a terminal, nothing elsewhere."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _done, _total: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn(label), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(label, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
