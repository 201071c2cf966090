"""The group of commands; each is imported when it is used, so that the command starts at once."""

import atexit
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Never

import click

from omnigrid import __version__
from omnigrid.cli.session import Session
from omnigrid.model.errors import Bug, OmnigridError

COMMANDS = {
    "init": "Make a new portfolio that builds at once.",
    "new": "Write a new brand, sector, page or template pack.",
    "packs": "Find, lock, update and verify template packs from elsewhere.",
    "list": "List brands, sectors, packs or intents.",
    "show": "Show one brand, sector, pack or intent.",
    "check": "Find every fault in the portfolio's files.",
    "match": "Find the brands that answer an intent.",
    "diff": "Say what a change does to the portfolio.",
    "build": "Build all sites, the heatmap and the API.",
    "preview": "Serve the portfolio and show each change as it is saved.",
    "merge": "Put the shards of a build together.",
    "explain": "Say why a file is as it is, or what a code means.",
    "publish": "Build and commit to the hosting repositories.",
    "status": "Say whether each target holds what the portfolio says.",
    "measure": "Measure how the sites stand, for their health on the heatmap.",
    "reconcile": "Bring every target back to what the portfolio says.",
    "rollback": "Publish again what was published from an older commit.",
    "audit": "Show and verify the record of all publishes.",
    "export": "Write the JSON registries.",
    "schema": "Print or write the JSON Schemas for editors.",
    "drop": "Make a page of any file, for review.",
    "form": "Write the file that a filled-in issue form asks for.",
    "config": "Show the configuration, and where each value came from.",
    "completion": "Print the completion script of a shell.",
}


class _LazyGroup(click.Group):
    """Knows the names and one-line helps of its commands; imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"omnigrid.cli.commands.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from omnigrid.check.nearest import did_you_mean, nearest

            hint = did_you_mean(nearest(name, COMMANDS)) or "`omnigrid --help` lists them all."
            ctx.fail(f'There is no command "{name}". {hint[:1].upper()}{hint[1:]}')
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "-C",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="The portfolio's folder. Default: this folder.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more: each file written, each reason.")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.version_option(__version__, message="omnigrid %(version)s")
@click.pass_context
def _omnigrid(ctx: click.Context, directory: Path, quiet: bool, verbose: bool, debug: bool) -> None:
    """omnigrid keeps a portfolio of brands in git and makes one website of each.

    Begin with `omnigrid init DIR`, or in an existing portfolio with `omnigrid check` and
    `omnigrid build`.
    """
    ctx.obj = Session(directory, quiet=quiet, verbose=verbose, debug=debug)
    ctx.color = ctx.obj.color


def main(arguments: Sequence[str] | None = None) -> Never:
    """Run the command. Raises SystemExit with its exit code."""
    # A run makes many values and few cycles: looking for them at every turn costs a fifth of it.
    gc.set_threshold(200_000, 50, 50)
    sys.exit(_run(list(sys.argv[1:] if arguments is None else arguments)))


def run() -> Never:
    """Run the command that this process was started for, and end the process."""
    try:
        main()
    except SystemExit as end:
        _end_at_once(end)
        raise


def _end_at_once(end: SystemExit) -> None:
    """End the process without taking its values apart one by one, where nobody waits for that.

    Half a second after a large build; the system takes all back at once. As mypy ends.
    """
    threading = sys.modules.get("threading")
    if threading and threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return  # Python says what there is to say about that.
    os._exit(end.code if isinstance(end.code, int) else 0)


def _run(arguments: list[str]) -> int:
    try:
        code = _omnigrid.main(args=arguments, prog_name="omnigrid", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except OmnigridError as error:
        _session_of(arguments).fail(error)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        session = _session_of(arguments)
        if session.debug:
            raise
        session.fail(_bug(error))
        return Bug.exit_code
    return code if isinstance(code, int) else 0


def _bug(error: Exception) -> Bug:
    return Bug(
        f"this is a bug of omnigrid, not your mistake: {type(error).__name__}: {error}",
        "nothing was published; run it again with `omnigrid --debug …` and report what it prints",
    )


def _session_of(arguments: list[str]) -> Session:
    """Return a session for a last message, when the command's own is gone."""
    return Session(Path(), debug="--debug" in arguments)
