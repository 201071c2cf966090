"""The schemas for editors, from the command and in a new portfolio."""

import json

import pytest

from omnigrid.check.schemas import editor_settings, schema_files
from support.workspace import Workspace


@pytest.mark.parametrize("name", ["brand", "sector", "page", "config", "pack"])
def test_one_is_printed(workspace: Workspace, name: str) -> None:
    assert workspace.run("schema", name).out == schema_files()[f"schemas/{name}.schema.json"]


def test_all_are_written_into_the_portfolio(workspace: Workspace) -> None:
    (workspace.root / "schemas/page.schema.json").write_text("old")
    (workspace.root / "elsewhere").mkdir()
    run = Workspace(workspace.root / "elsewhere").run("-C", "..", "schema")
    assert run.out.splitlines() == [f"../{path}" for path in schema_files()]
    assert workspace.read("schemas/page.schema.json") == schema_files()["schemas/page.schema.json"]


def test_into_a_folder(workspace: Workspace) -> None:
    assert workspace.run("schema", "brand", "--out", "a/b").out == "a/b/brand.schema.json\n"
    assert json.loads(workspace.read("a/b/brand.schema.json"))["title"] == "A brand"


def test_an_unknown_name_is_a_usage_fault(workspace: Workspace) -> None:
    assert "'sector'" in workspace.run("schema", "brnd", code=2).err


def test_a_new_portfolio_carries_them(workspace: Workspace) -> None:
    for path, text in (schema_files() | editor_settings()).items():
        assert workspace.read(path) == text
    settings = json.loads(workspace.read(".vscode/settings.json"))["yaml.schemas"]
    assert all((workspace.root / schema).is_file() for schema in settings)


def test_settings_of_an_editor_that_are_there_stay(workspace: Workspace) -> None:
    workspace.write("new/.vscode/settings.json", "{}")
    workspace.run("init", "new")
    assert workspace.read("new/.vscode/settings.json") == "{}"
    assert (workspace.root / "new/schemas/brand.schema.json").is_file()
