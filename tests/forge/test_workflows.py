"""The workflows, as they stand: few rights, pinned actions, and no foreign text in a command."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from omnigrid.check.files import Files
from omnigrid.cli.app import COMMANDS
from omnigrid.cli.commands.check import FORMATS
from omnigrid.intake.issue_form import FORMS, Form
from omnigrid.load.disk import DiskTree
from omnigrid.model.files import Priority
from omnigrid.reading import read_files
from support.actionlint import actionlint

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
ALL = [*WORKFLOWS, ACTION]
JOBS = {"build", "check", "comment", "drift", "form", "publish"}

RIGHTS = {
    "check": {"contents": "read"},
    "comment": {"actions": "read", "contents": "read", "pull-requests": "write"},
    "drift": {"contents": "read"},
    "form": {"contents": "write", "issues": "write", "pull-requests": "write"},
    "publish": {"contents": "read"},
}
"""All that each workflow may do."""

SAFE = re.compile(
    r"\$\{\{ (runner\.temp|github\.token|inputs\.(job|directory|token)"
    r"|github\.event\.(pull_request|issue)\.number"
    r"|github\.event\.workflow_run\.(id|head_sha|head_repository\.id)) \}\}"
)
"""The only expressions: none can carry a text that a stranger wrote."""


def load(path: Path) -> dict[str, Any]:
    value: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return value


def steps(path: Path) -> Iterator[dict[str, Any]]:
    value = load(path)
    if path == ACTION:
        yield from value["runs"]["steps"]
    for job in value.get("jobs", {}).values():
        yield from job["steps"]


def named(name: str) -> Path:
    return ROOT / ".github/workflows" / f"{name}.yml"


by_name = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)


def test_each_workflow_has_just_its_rights() -> None:
    assert {path.stem for path in WORKFLOWS} == set(RIGHTS)
    for path in WORKFLOWS:
        value = load(path)
        for job in value["jobs"].values():
            assert (job.get("permissions") or value["permissions"]) == RIGHTS[path.stem], path
        assert value["permissions"] in ({}, RIGHTS[path.stem])


@by_name
def test_actions_are_pinned_to_a_commit(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line and "uses: ./" not in line:
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_one_action_has_one_version() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in ALL)
    pins = set(re.findall(r"(actions/[a-z-]+)@([0-9a-f]+)", text))
    assert len(pins) == len({action for action, _ in pins})


@by_name
def test_no_foreign_text_reaches_a_command(path: Path) -> None:
    for step in steps(path):
        assert "${{" not in step.get("run", "")
    text = path.read_text(encoding="utf-8")
    assert text.count("${{") == len(SAFE.findall(text))
    assert "pull_request_target" not in text
    assert "secrets" not in text


def test_a_check_of_foreign_code_has_no_credentials() -> None:
    assert load(named("check"))["on"] == "pull_request"
    checkout, run, _ = steps(named("check"))
    assert checkout["with"]["persist-credentials"] == "false"
    assert "token" not in run["with"]
    assert "github.token" not in named("check").read_text(encoding="utf-8")


def test_the_comment_never_takes_the_code_of_the_pull_request() -> None:
    checkout, download, run = steps(named("comment"))
    assert checkout["with"] == {"persist-credentials": "false"}
    assert download["with"]["path"] == "${{ runner.temp }}/report"
    assert run["with"]["job"] == "comment"
    assert load(named("comment"))["on"]["workflow_run"]["workflows"] == [
        load(named("check"))["name"]
    ]


def test_the_form_waits_for_a_maintainers_label() -> None:
    assert load(named("form"))["on"] == {"issues": {"types": ["labeled"]}}
    assert load(named("form"))["jobs"]["form"]["if"] == "github.event.label.name == 'accepted'"


def test_one_publish_at_a_time() -> None:
    value = load(named("publish"))
    assert value["on"] == {"push": {"branches": ["main"]}}
    assert value["concurrency"] == {"group": "publish", "cancel-in-progress": "false"}


def test_every_job_ends_some_day_and_is_one_that_we_know() -> None:
    inputs = load(ACTION)["inputs"]
    for path in WORKFLOWS:
        for job in load(path)["jobs"].values():
            assert int(job["timeout-minutes"]) <= 30
        for step in steps(path):
            if step["uses"] == "./":
                assert step["with"]["job"] in JOBS
                assert set(step["with"]) <= set(inputs)
    assert all(job in inputs["job"]["description"] for job in JOBS)


def test_actionlint_finds_nothing() -> None:
    assert actionlint(*WORKFLOWS) == []


def test_actionlint_would_find_something(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    step = "- run: echo ${{ github.event.issue.title }}"
    bad.write_text(
        f"on: issues\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n      {step}\n"
    )
    assert "untrusted" in actionlint(bad)[0]["message"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_form_asks_what_is_read(form: Form) -> None:
    value = load(ROOT / f".github/ISSUE_TEMPLATE/{form.name}.yml")
    fields = [field for field in value["body"] if field["type"] != "markdown"]
    assert [
        (
            field["id"],
            field["attributes"]["label"],
            field.get("validations", {}).get("required") == "true",
        )
        for field in fields
    ] == [(question.key, question.label, question.needed) for question in form.questions]
    assert {"name", "description", "body"} <= set(value)
    choices = {field["id"]: field["attributes"].get("options") for field in fields}
    sectors = sorted(sector.file.id for sector in Files(read_files(DiskTree(ROOT)).files).sectors)
    assert choices["sector"] == sectors
    assert choices.get("priority", list(Priority)) == list(Priority)


def test_pre_commit_runs_a_command_of_ours() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"].split()[:2] == ["omnigrid", "check"]
    assert hook["entry"].split()[-1] in FORMATS
    pattern = re.compile(hook["files"])
    assert all(
        pattern.search(path) for path in ("omnigrid.yaml", "brands/a/b.yaml", "content/x.md")
    )
    assert not pattern.search("README.md")


def test_the_gitlab_example_has_our_jobs() -> None:
    value = yaml.safe_load((ROOT / "docs/ci/gitlab-ci.yml").read_text(encoding="utf-8"))
    jobs = {name for name in value if name not in {"variables", "stages"} and name[0] != "."}
    assert jobs == {"check", "publish", "drift"}
    lines = [line for name in jobs for line in value[name]["script"]]
    used = re.findall(r"omnigrid (\w+)(?:.*--format (\w+))?", "\n".join(lines))
    assert {command for command, _ in used} == {"check", "diff", "publish", "status"}
    for command, form in used:
        assert command in COMMANDS
        assert form in {"", "markdown", *FORMATS}
