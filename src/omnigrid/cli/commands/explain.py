"""`omnigrid explain`"""

from pathlib import Path, PurePosixPath

import click

from omnigrid.blueprint import draw_up
from omnigrid.check.nearest import did_you_mean, nearest
from omnigrid.cli.releases import release_option
from omnigrid.cli.session import Session
from omnigrid.cli.tables import columns
from omnigrid.model.codes import CODES
from omnigrid.model.errors import InputError
from omnigrid.model.manifest import MANIFEST_NAME, Manifest
from omnigrid.model.names import OutPath
from omnigrid.model.plan import Job, Plan, plan_of
from omnigrid.output.folder import damaged_files
from omnigrid.output.manifest import read_manifest
from omnigrid.plan.stale import stale_jobs


@click.command("explain")
@click.argument("subject", metavar="PATH|CODE")
@click.option("--out", type=click.Path(path_type=Path), help="The build folder. Default: build/.")
@release_option
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.pass_obj
def command(session: Session, subject: str, out: Path | None, release: bool, as_json: bool) -> None:
    """Say which job makes a file of the build, from which inputs, and why it is stale or fresh.

    With a code such as OG104: say what it means and what to write instead.
    """
    if subject.upper() in CODES:
        _explain_code(session, subject.upper(), as_json)
        return
    workspace = session.workspace(out, release=release)
    folder = workspace.out
    plan = draw_up(workspace).plan
    path = _path_in(folder, subject)
    job = _owner(plan, path)
    manifest = read_manifest(folder)
    _check_shard(manifest, job, folder)
    record = manifest.jobs.get(job.id)
    harmed = damaged_files(folder, record) if record else {}
    stale = stale_jobs(plan_of([job]), manifest, {job.id: harmed} if harmed else {})
    reasons = stale[0].reasons if stale else ()
    if as_json:
        session.show_json({"path": path, "job": job.id, "inputs": job.inputs, "reasons": reasons})
    else:
        session.show(_text(path, job, reasons))


def _explain_code(session: Session, code: str, as_json: bool) -> None:
    page = CODES[code]
    if as_json:
        session.show_json({"code": code, "title": page.title, "text": page.text})
    else:
        session.show(f"{click.style(f'{code}: {page.title}', bold=True)}\n\n{page.text}")


def _path_in(folder: Path, subject: str) -> OutPath:
    """Return a path within the build folder, from one as the user sees it."""
    seen = Path(subject).absolute()
    if seen.is_relative_to(folder):
        return OutPath(seen.relative_to(folder).as_posix())
    return OutPath(str(PurePosixPath(subject)).removeprefix("build/"))


def _owner(plan: Plan, path: OutPath) -> Job:
    if path == MANIFEST_NAME:
        raise InputError("the manifest is made from all jobs", "name one of the other files")
    for wanted in (path, OutPath(f"{path}/index.html")):
        for job in plan.jobs:
            if wanted in job.outputs:
                return job
    near = nearest(path, [output for job in plan.jobs for output in job.outputs])
    raise InputError(
        f'no job makes "{path}", and it is no code either',
        did_you_mean(near) or "name a file as it stands below build/, or a code such as OG104",
    )


def _check_shard(manifest: Manifest, job: Job, folder: Path) -> None:
    if manifest.part is not None and not manifest.part.shard.holds(job.id):
        raise InputError(
            f"{folder.name} holds only shard {manifest.part.shard}, and {job.id} is of another one",
            "name the folder of its shard with `--out`, or merge the shards first",
        )


def _text(path: OutPath, job: Job, reasons: tuple[str, ...]) -> str:
    state = "stale: the next build renders it" if reasons else "fresh: nothing changed"
    rows = [(f"  {each.name}", each.digest[:12], each.origin) for each in job.inputs]
    lines = [
        click.style(f"{path} is made by {job.id}", bold=True),
        f"with {len(job.outputs) - 1} other files, from",
        columns(rows),
        click.style(state, fg="yellow" if reasons else "green"),
        *(f"  {reason}" for reason in reasons),
    ]
    return "\n".join(lines)
