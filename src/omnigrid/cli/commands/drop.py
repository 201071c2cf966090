"""`omnigrid drop`"""

from pathlib import Path

import click

from omnigrid.cli.drops import drop_document, placed_text, told_next
from omnigrid.cli.packing import offline_option
from omnigrid.cli.session import Session
from omnigrid.drop import LIMITS, draft_of, drop, read_dropped
from omnigrid.intake.dropped import FOLDER, Refused, Stated
from omnigrid.intake.page import PageDraft
from omnigrid.model.errors import Conflict, InputError, OmnigridError
from omnigrid.model.files import Priority
from omnigrid.model.names import is_slug


@click.command("drop")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--brand", help="The brand on whose site it stands, by its id.")
@click.option("--sector", help="The sector that is wanted, by its id.")
@click.option("--template", help="The template type that is wanted, by its id.")
@click.option(
    "--priority", type=click.Choice([p.value for p in Priority]), help="How soon it is needed."
)
@click.option("--alt", default="", help="What a picture shows, for those who cannot see it.")
@click.option(
    "--folder", default=FOLDER, show_default=True, help="The folder below content/ it goes to."
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@offline_option
@click.pass_obj
def command(
    session: Session,
    /,
    files: tuple[Path, ...],
    alt: str,
    folder: str,
    dry_run: bool,
    as_json: bool,
    **facts: str | None,
) -> None:
    """Make a page of any file, and say which brand it would go to.

    Markdown, text, HTML, PDF, Word, Excel, CSV, JSON, pictures, sound (what it says of itself) and
    zip archives of them; what a file holds decides, not its name. The page is written for you to
    review. Nothing is overwritten, and nothing leaves content/.
    """
    if not all(is_slug(part) for part in folder.split("/")):
        raise click.UsageError(f'"{folder}" is no folder: lower-case letters, digits and hyphens.')
    drafts, refused = _drafts(session, files)
    stated = Stated({k: v for k, v in facts.items() if v is not None}, folder, alt)
    dropped = drop(session.workspace(), drafts, stated, dry_run=dry_run)
    refused = [*refused, *dropped.refused]
    if as_json:
        session.show_json(drop_document(dropped, refused, dry_run=dry_run))
    else:
        for placed in dropped.placed:
            session.show(placed_text(placed, dropped.portfolio))
    for note in () if as_json else told_next(dropped, dry_run=dry_run):
        session.say(note)
    _tell(session, refused, len(dropped.placed))


def _drafts(session: Session, files: tuple[Path, ...]) -> tuple[list[PageDraft], list[Refused]]:
    drafts: list[PageDraft] = []
    refused: list[Refused] = []
    with session.progress("reading") as progress:
        for done, file in enumerate(files):
            progress(done, len(files))
            try:
                drafts += draft_of(file.name, read_dropped(file, LIMITS), LIMITS)
            except OmnigridError as error:
                refused.append(Refused(file.name, error))
    return drafts, refused


def _tell(session: Session, refused: list[Refused], placed: int) -> None:
    """Raise the error of what was refused: the only one, or what all of them come to."""
    for each in refused:
        session.fail(_named(each))
    if not refused:
        return
    kept = f"{placed} written" if placed else "nothing was written"
    message = f"{len(refused)} not taken, {kept}"
    hint = "what was written stays; see above for the others"
    if all(isinstance(each.error, Conflict) for each in refused):
        raise Conflict(message, hint)
    if all(isinstance(each.error, type(refused[0].error)) for each in refused):
        raise type(refused[0].error)(message, hint)
    raise InputError(message, hint)


def _named(refused: Refused) -> OmnigridError:
    from omnigrid.model.names import printable

    return InputError(f"{printable(refused.name)}: {refused.error.message}", refused.error.hint)
