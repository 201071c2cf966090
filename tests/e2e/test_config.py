"""The configuration: its values, where they came from, and what overrides them."""

from support.workspace import Workspace


def settings(workspace: Workspace, **environment: str) -> dict[str, tuple[object, str]]:
    found = workspace.run("config", "--json", code=0, **environment).json["settings"]
    return {each["key"]: (each["value"], each["origin"]) for each in found}


def test_every_value_has_an_origin(workspace: Workspace) -> None:
    found = settings(workspace)
    assert found["name"] == ("Our brands", "omnigrid.yaml:2")
    assert found["theme.accent"] == ("#0b7285", "omnigrid.yaml:8")
    assert found["publish.budget_seconds"] == (180, "default")
    assert found["targets.0.branch"] == ("main", "default")


def test_the_environment_overrides_a_value(workspace: Workspace) -> None:
    found = settings(workspace, OMNIGRID__PUBLISH__BUDGET_SECONDS="60", OMNIGRID__NAME="Others")
    variable = "environment: OMNIGRID__PUBLISH__BUDGET_SECONDS"
    assert found["publish.budget_seconds"] == (60, variable)
    assert found["name"] == ("Others", "environment: OMNIGRID__NAME")
    workspace.run("build", OMNIGRID__NAME="Others")
    assert "Others" in workspace.read("build/index.html")


def test_origins_are_shown_when_asked_for(workspace: Workspace) -> None:
    assert "default" not in workspace.run("config").out
    assert "omnigrid.yaml:2" in workspace.run("config", "--origin").out


def test_a_wrong_override_names_its_variable(workspace: Workspace) -> None:
    run = workspace.run("check", code=1, OMNIGRID__PUBLISH__BUDGET_SECONDS="soon")
    assert "OMNIGRID__PUBLISH__BUDGET_SECONDS:1:1: error[OG105]" in run.out
    run = workspace.run("check", code=1, OMNIGRID__LANGAGE="en")
    assert "OMNIGRID__LANGAGE:1:1: error[OG102]" in run.out
    assert 'did you mean "language"?' in run.out
    workspace.run("check")
