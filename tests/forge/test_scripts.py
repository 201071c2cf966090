"""The shell steps of the workflows, run for real: bash, git, a portfolio, an API that answers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.forms import brand_event, need_event
from support.github_api import REPOSITORY, GitHub, github_api
from support.workspace import COMMAND, Run, Workspace

SCRIPTS = Path(__file__).parents[2] / "scripts" / "ci"
BRAND = "brands/kitchen-goods/panhonest.yaml"


class Runner:
    """What a runner of GitHub gives to a step: its files, its variables, an API."""

    def __init__(self, workspace: Workspace, folder: Path, api: GitHub) -> None:
        self.workspace, self.folder, self.api = workspace, folder, api
        self.report, self.summary = folder / "report", folder / "step_summary.md"
        self.event = folder / "event.json"
        folder.mkdir()

    def run(self, job: str, code: int = 0, **environment: str) -> Run:
        """Run a job of action.yml in the portfolio; ``code`` is the exit code that is expected."""
        given = {
            "PATH": f"{COMMAND.parent}:{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.folder),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_EVENT_PATH": str(self.event),
            "GITHUB_API_URL": self.api.address,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_TOKEN": "secret",
            "HEAD_SHA": self.api.head,
        }
        done = subprocess.run(
            ["bash", "-euo", "pipefail", SCRIPTS / "run.sh", job],
            cwd=self.workspace.root,
            env=self.workspace.environment | given | environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        run = Run(done.returncode, done.stdout, done.stderr)
        assert run.code == code, run
        return run

    def write_report(self, number: str = "7", text: str = "All is well.") -> None:
        self.report.mkdir()
        (self.report / "number").write_text(number)
        (self.report / "report.md").write_text(text)


@pytest.fixture
def runner(workspace: Workspace, tmp_path: Path) -> Iterator[Runner]:
    with github_api() as api:
        yield Runner(workspace, tmp_path / "runner", api)


def test_a_job_that_is_not_known(runner: Runner) -> None:
    assert 'no job "rm -rf /"' in runner.run("rm -rf /", code=2).err


def test_check_of_a_good_change(runner: Runner) -> None:
    runner.workspace.edit(BRAND, "tagline: Pans that say", "tagline: Pots that say")
    runner.workspace.commit()
    run = runner.run("check", PULL_REQUEST="7")
    assert run.out.strip() == ""
    report = (runner.report / "report.md").read_text(encoding="utf-8")
    assert report.startswith("## The portfolio can be built\n")
    assert "Pots that say" in report
    assert runner.summary.read_text(encoding="utf-8") == report
    assert (runner.report / "number").read_text() == "7\n"
    assert runner.workspace.git("status", "--porcelain") == ""


def test_check_of_a_change_with_faults(runner: Runner) -> None:
    runner.workspace.edit(BRAND, "Kitchen_Goods", "Kichen_Goods")
    runner.workspace.commit()
    run = runner.run("check", code=1, PULL_REQUEST="7; touch hit")
    assert f"::error file={BRAND},line=3" in run.out
    summary = runner.summary.read_text(encoding="utf-8")
    assert summary.startswith("## The portfolio has faults\n")
    assert f"    {BRAND}:3:9: error[OG104]" in summary
    assert sorted(path.name for path in runner.report.iterdir()) == ["report.md"]
    assert not (runner.workspace.root / "hit").exists()


def test_check_without_an_earlier_commit(runner: Runner) -> None:
    runner.run("check")
    assert "no earlier commit" in runner.summary.read_text(encoding="utf-8")


def test_publish_and_drift(runner: Runner) -> None:
    runner.run("publish", GITHUB_EVENT_NAME="push")
    assert '"reason":"edit"' in journal(runner.workspace)
    runner.run("drift")
    assert runner.summary.read_text().startswith("## What is published is ours\n")
    runner.summary.unlink()
    change_by_hand(runner.workspace)
    runner.run("drift", code=3)
    summary = runner.summary.read_text(encoding="utf-8")
    assert summary.startswith("## What is published is not as it should be\n")
    assert "portfolio was changed by hand" in summary
    assert "index.html" in summary


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("push", "edit"),
        ("schedule", "schedule"),
        ("workflow_dispatch", "manual"),
        ("x; y", "manual"),
    ],
)
def test_why_something_was_published(runner: Runner, event: str, reason: str) -> None:
    runner.run("publish", GITHUB_EVENT_NAME=event)
    assert f'"reason":"{reason}"' in journal(runner.workspace)


def test_drift_of_a_target_that_is_blocked(runner: Runner) -> None:
    config = runner.workspace.root / "omnigrid.yaml"
    text = config.read_text().partition("targets:")[0]
    target = "name: t, kind: gitlab-pages, repository: ./h.git, limits: {files: 9}"
    config.write_text(f"{text}targets:\n  - {{{target}}}\n")
    runner.run("drift", code=3)
    assert "- t is blocked: " in runner.summary.read_text(encoding="utf-8")


def journal(workspace: Workspace) -> str:
    files = sorted((workspace.root / ".omnigrid/journal").iterdir())
    return "".join(path.read_text(encoding="utf-8") for path in files if path.is_file())


def change_by_hand(workspace: Workspace) -> None:
    clone = workspace.root.parent / "clone"
    workspace.git("clone", "-q", ".omnigrid/hosting/portfolio.git", str(clone))
    (clone / "index.html").write_text("mine now")
    workspace.git("commit", "-qam", "By hand", cwd=clone)
    workspace.git("push", "-q", "origin", "HEAD:main", cwd=clone)


def test_drift_of_a_portfolio_with_faults(runner: Runner) -> None:
    runner.workspace.edit(BRAND, "Kitchen_Goods", "Kichen_Goods")
    runner.run("drift", code=1)
    assert "could not be made" in runner.summary.read_text(encoding="utf-8")


def test_one_comment_is_written_and_then_renewed(runner: Runner) -> None:
    runner.api.add("somebody", "<!-- omnigrid: check -->\nI look like it")
    for number in range(150):
        runner.api.add("somebody", f"comment {number}")
    runner.write_report()
    runner.run("comment")
    (method, path, value), *more = runner.api.writes
    assert (method, path, more) == ("POST", "/issues/7/comments", [])
    assert value["body"] == "<!-- omnigrid: check -->\nAll is well."
    (runner.report / "report.md").write_text("It changed.")
    runner.run("comment")
    assert runner.api.writes[1][:2] == ("PATCH", "/issues/comments/152")
    assert runner.api.comments[151]["body"].endswith("It changed.")


def test_a_comment_calls_nobody_and_is_short(runner: Runner) -> None:
    runner.write_report(
        text="@everyone <!-- omnigrid: check --> $(touch hit) `touch hit`" + "x" * 70_000
    )
    runner.run("comment")
    body = runner.api.comments[0]["body"]
    assert "@everyone" not in body
    assert body.count("<!--") == 1
    assert len(body) < 65_536


def test_a_number_that_is_none(runner: Runner) -> None:
    runner.write_report()
    for number in ("", "0", "-7", "7;8", "7\n8", "../7", "७", "9" * 40, "$(id)"):
        (runner.report / "number").write_text(number, encoding="utf-8")
        assert "not a number" in runner.run("comment", code=1).err
    assert runner.api.writes == []


def test_a_report_of_another_pull_request(runner: Runner) -> None:
    runner.write_report()
    said = runner.run("comment", code=1, HEAD_SHA="b" * 40).err
    assert "not of the last commit of pull request 7" in said
    assert runner.api.writes == []


def test_a_report_with_other_files(runner: Runner) -> None:
    runner.write_report()
    (runner.report / "run.sh").write_text("touch hit")
    assert "the two files" in runner.run("comment", code=1).err
    (runner.report / "run.sh").unlink()
    (runner.report / "report.md").unlink()
    (runner.report / "report.md").symlink_to("/etc/passwd")
    assert "not a plain file" in runner.run("comment", code=1).err
    assert runner.api.writes == []


@pytest.fixture
def origin(runner: Runner) -> Path:
    bare = runner.folder / "origin.git"
    runner.workspace.git("init", "-q", "--bare", str(bare))
    runner.workspace.git("remote", "add", "origin", str(bare))
    runner.workspace.git("push", "-q", "origin", "main")
    return bare


def test_a_form_becomes_a_pull_request(runner: Runner, origin: Path) -> None:
    runner.event.write_bytes(brand_event(name="Drip $(touch hit) `touch hit`", owner="--help; #"))
    runner.run("form", ISSUE="12")
    changed = runner.workspace.git("diff", "--name-only", "main", "form/issue-12", cwd=origin)
    assert changed == "brands/garden-supplies/drip-touch-hit-touch-hit.yaml\n"
    ((method, path, value),) = runner.api.writes
    assert (method, path) == ("POST", "/pulls")
    assert (value["head"], value["base"]) == ("form/issue-12", "main")
    assert "Drip" not in f"{value}"
    assert not (runner.workspace.root / "hit").exists()


def test_a_form_that_does_not_fit_is_answered(runner: Runner, origin: Path) -> None:
    runner.event.write_bytes(need_event(intent="", title="`x`\n# @all"))
    runner.run("form", code=1, ISSUE="12")
    ((method, path, value),) = runner.api.writes
    assert (method, path) == ("POST", "/issues/12/comments")
    assert '"The need, in your own words" has no answer' in value["body"]
    assert all(not line or line.startswith("    ") for line in value["body"].splitlines()[1:])
    assert runner.workspace.git("branch", cwd=origin).split()[-1] == "main"


@pytest.mark.parametrize("issue", ["", "12; touch hit", "--upload-pack=x", "$(id)"])
def test_an_issue_without_a_number(runner: Runner, origin: Path, issue: str) -> None:
    runner.event.write_bytes(brand_event())
    assert "not a number" in runner.run("form", code=2, ISSUE=issue).err


def test_scripts_stop_at_the_first_fault() -> None:
    for path in SCRIPTS.glob("*.sh"):
        assert "\nset -euo pipefail\n" in path.read_text(encoding="utf-8"), path
        assert os.access(path, os.X_OK), path
        subprocess.run(["bash", "-n", path], check=True)


def test_what_python_does_there_needs_nothing_else() -> None:
    for path in SCRIPTS.glob("*.py"):
        run = subprocess.run(
            [sys.executable, "-I", "-S", path], capture_output=True, text=True, check=False
        )
        assert run.returncode != 0
        assert f"{path.stem}.py " in run.stderr
        assert "Traceback" not in run.stderr
