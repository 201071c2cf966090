"""`omnigrid form`"""

from pathlib import Path

import click

from omnigrid.check.suggest import next_brand_id
from omnigrid.cli.session import Session
from omnigrid.intake.draft import Draft, draft_file, write_draft
from omnigrid.intake.issue_form import MAX_EVENT_BYTES, Answers, read_event
from omnigrid.model.errors import InputError
from omnigrid.model.findings import Severity
from omnigrid.model.portfolio import Portfolio
from omnigrid.reading import read_files
from omnigrid.survey import survey


@click.command("form")
@click.argument("event", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
@click.pass_obj
def command(session: Session, event: Path, as_json: bool) -> None:
    """Write the brand or the need of a filled-in issue form as a file. Prints its path.

    EVENT is the JSON file of the forge about an issue: $GITHUB_EVENT_PATH in a workflow. Nothing
    of it is run or used as a path, no file is overwritten, and what is written passes the checks.
    """
    answers = _read(event)
    draft = _draft(session, answers)
    target = write_draft(session.root, draft)
    try:
        _portfolio(session)
    except InputError as error:
        target.unlink()
        raise _refused(answers, error) from None
    session.say(f"{draft.path} written from issue {answers.issue}; it passes the checks")
    if as_json:
        found = {"issue": answers.issue, "form": answers.form.name, "path": draft.path}
        session.show_json(found)
    else:
        session.show(draft.path)


def _read(event: Path) -> Answers:
    if event.stat().st_size > MAX_EVENT_BYTES:
        raise InputError(f"{event} is larger than {MAX_EVENT_BYTES // 1024**2} MiB")
    return read_event(event.read_bytes())


def _portfolio(session: Session) -> Portfolio:
    workspace = session.workspace()
    return survey(workspace.tree, workspace.today).portfolio


def _draft(session: Session, answers: Answers) -> Draft:
    portfolio = _portfolio(session)
    readings = read_files(session.workspace().tree).files
    return draft_file(answers, portfolio, next_brand_id(readings, portfolio.config.name))


def _refused(answers: Answers, error: InputError) -> InputError:
    return InputError(
        f"issue {answers.issue} cannot become a file yet; see above",
        "nothing was written; edit the issue, take the label off and set it again",
        tuple(each for each in error.diagnostics if each.severity is Severity.ERROR),
    )
