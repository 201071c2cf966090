"""The API of the preview: what it answers, as it is described, whatever it is asked."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from omnigrid.serve.openapi import openapi_document, openapi_text
from support.previewed import Previewed, previewed, wait_until
from support.workspace import Workspace

ROOT = Path(__file__).parents[2]
JSON = "application/json"
ANY = schemathesis.openapi.from_dict(openapi_document())
CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("api") / "portfolio"
    Workspace(root.parent).run("init", root.name)
    (root.parent / "outside").write_text("outside the folder")
    return root


@pytest.fixture(scope="module")
def preview(root: Path) -> Iterator[Previewed]:
    with previewed(Workspace(root)) as running:
        yield running


def test_the_description_stands_in_the_documentation_and_is_served(preview: Previewed) -> None:
    assert (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8") == openapi_text()
    assert json.loads(preview.ask("/openapi.json").body) == openapi_document()


@ANY.parametrize()
@settings(
    max_examples=int(os.environ.get("OMNIGRID_FUZZ", "12")),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_any_question_is_answered(case: schemathesis.Case[Any], preview: Previewed) -> None:
    answer = case.call(base_url=preview.address.rstrip("/"))
    case.validate_response(answer, checks=list(CHECKS))
    assert b"outside the folder" not in answer.content
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def told(preview: Previewed, path: str, status: int = 200) -> Any:
    answer = preview.ask(path)
    assert answer.status == status, answer.body
    return json.loads(answer.body)


def twin(root: Path, path: str) -> Any:
    return json.loads((root / "build" / "api" / path).read_bytes())


def test_answers_are_those_of_the_static_api(root: Path, preview: Previewed) -> None:
    for file in sorted((root / "build" / "api" / "brands").iterdir()):
        assert told(preview, f"/brand/{file.stem}") == json.loads(file.read_bytes())
    for file in sorted((root / "build" / "api" / "sectors").iterdir()):
        known = json.loads(file.read_bytes())
        assert told(preview, f"/sector/{known['id']}") == known
        assert told(preview, f"/sector/{known['name'].replace(' ', '%20')}") == known
    assert told(preview, "/sectors/all") == twin(root, "sectors.json")
    assert told(preview, "/status") == twin(root, "status.json")
    template = twin(root, "templates.json")["templates"][0]
    assert told(preview, f"/template/{template['id']}") == {"version": 1, **template}
    assert told(preview, "/stats")["brands"] == len(list((root / "brands").rglob("*.yaml")))


def test_an_intent_finds_its_brand_in_the_shape_of_the_origin(preview: Previewed) -> None:
    body = json.dumps({"intent": "store rain water for the dry weeks", "priority": "high"})
    answer = preview.ask("/query/intent", "POST", body.encode(), Content_Type=JSON)
    first = json.loads(answer.body)[0]
    assert {
        "brand_id",
        "brand_name",
        "sector",
        "template_id",
        "template_type",
        "confidence_score",
        "deployment_priority",
        "heatmap_color",
    } <= first.keys()
    assert first["confidence_score"] > 50
    assert preview.ask(first["url"]).status == 200


def test_gibberish_finds_nothing(preview: Previewed) -> None:
    body = b'{"intent": "qwzx vbnm"}'
    answer = preview.ask("/query/intent", "POST", body, Content_Type=JSON)
    assert (answer.status, json.loads(answer.body)) == (200, [])


def test_what_there_is_not_is_a_problem_with_a_hint(root: Path, preview: Previewed) -> None:
    known = sorted((root / "build" / "api" / "sectors").iterdir())[0].stem
    problem = told(preview, f"/sector/{known[:-1]}", 404)
    assert problem["status"] == 404
    assert known in problem["hint"]
    assert told(preview, "/brand/..", 404)["status"] == 404
    assert told(preview, "/template/none", 404)["title"] == "Not Found"


def test_the_configuration_is_shown_without_secrets(workspace: Workspace) -> None:
    secret = "ghp_" + "a1B2" * 9
    workspace.edit(
        "omnigrid.yaml",
        workspace.read("omnigrid.yaml"),
        workspace.read("omnigrid.yaml") + f"description: ask for {secret}\n",
    )
    with previewed(workspace) as preview:
        wait_until(lambda: preview.ask("/config").status in {200, 503}, preview.said)
        assert secret.encode() not in preview.ask("/config").body
        assert secret.encode() not in preview.ask("/__omnigrid/faults").body
        assert secret not in preview.said()


def test_a_package_is_published_here_and_elsewhere_only_when_confirmed(
    workspace: Workspace,
) -> None:
    brand = sorted((workspace.root / "brands").rglob("*.yaml"))[0]
    brand_id = next(
        line for line in brand.read_text(encoding="utf-8").splitlines() if line.startswith("id:")
    ).partition(": ")[2]
    far = workspace.root.parent / "far.git"
    workspace.git("init", "-q", "--bare", str(far))
    config = workspace.read("omnigrid.yaml")
    workspace.write(
        "omnigrid.yaml",
        f"{config}\ntargets:\n"
        "  - name: here\n    repository: .omnigrid/hosting/here.git\n"
        f"  - name: far\n    kind: plain\n    repository: ssh://git@localhost:1/far.git\n",
    )
    workspace.commit("Targets")
    with previewed(workspace) as preview:
        package = posted(preview, f"/deploy/package?brand_id={brand_id}")
        assert [p["also_called"] for p in package["phases"]] == ["INHALE", "HOLD", "EXHALE"]
        assert (package["estimated_time"], package["pulse"]) == (180, "9s")
        outcomes = {target["name"]: target["outcome"] for target in package["targets"]}
        assert outcomes == {"here": "published", "far": "waits for confirmation"}
        here = workspace.root / ".omnigrid" / "hosting" / "here.git"
        page = workspace.git("show", f"main:sites/{brand.stem}/index.html", cwd=here)
        assert (
            page.encode() == (workspace.root / f"build/sites/{brand.stem}/index.html").read_bytes()
        )
        confirmed = posted(preview, f"/deploy/package?brand_id={brand_id}&confirm=true")
        outcomes = {target["name"]: target["outcome"] for target in confirmed["targets"]}
        assert outcomes == {"here": "unchanged", "far": "refused"}
        assert preview.ask("/deploy/package?brand_id=none", "POST", b"").status == 404


def posted(preview: Previewed, path: str) -> Any:
    answer = preview.ask(path, "POST", b"")
    assert answer.status == 200, answer.body
    return json.loads(answer.body)
