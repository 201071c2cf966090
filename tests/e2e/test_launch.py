"""A launch over HTTP: what is refused, what is written, built and published, and what is told."""

import json
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from omnigrid.model.launching import LARGEST_FILE
from support.hostile_files import bomb, word_bomb
from support.previewed import PATIENCE, Answer, Previewed, previewed, wait_until
from support.servers.fixtures import NewRemote
from support.servers.hooks import hold
from support.workspace import Workspace

FILE, JSON = "application/octet-stream", "application/json"
NEED = "store rain water for the garden in the dry weeks"
PROGRAM = b"MZ" + b"\0" * 4000
SECRET = "ghp_" + "a1B2" * 9
PAGE = f"""# Barrels on the balcony

Store rain water for the garden in the dry weeks, also on a balcony. The key is {SECRET}.
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("launch") / "portfolio"
    Workspace(root.parent).run("init", root.name)
    made = Workspace(root)
    made.commit("Begin")
    return made


@pytest.fixture(scope="module")
def preview(place: Workspace) -> Iterator[Previewed]:
    with previewed(place) as running:
        yield running


def posted(preview: Previewed, path: str, order: Mapping[str, Any]) -> Answer:
    return preview.ask(path, "POST", json.dumps(order).encode(), Content_Type=JSON)


def sent(preview: Previewed, name: str, data: bytes) -> Answer:
    return preview.ask(f"/deploy/file?name={name}", "POST", data, Content_Type=FILE)


def uploaded(preview: Previewed, name: str, data: bytes) -> str:
    answer = sent(preview, name, data)
    assert answer.status == 200, answer.body
    number: str = json.loads(answer.body)["id"]
    return number


def state(preview: Previewed, since: int = 0) -> Any:
    return json.loads(preview.ask(f"/deploy/launch?since={since}").body)


def launched(preview: Previewed, order: Mapping[str, Any]) -> Any:
    """Launch, wait for the end and return the last state."""
    answer = posted(preview, "/deploy/launch", order)
    assert answer.status == 200, answer.body
    assert json.loads(answer.body)["state"] == "running"
    wait_until(lambda: state(preview)["state"] != "running", preview.said)
    return state(preview)


def pages(place: Workspace) -> list[Path]:
    return sorted((place.root / "content").rglob("*"))


def said(answer: Answer, status: int) -> str:
    """Return what a refusal says."""
    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = json.loads(answer.body)
    assert problem["hint"]
    return f"{problem['detail']}; {problem['hint']}"


def test_a_file_is_read_seen_and_launched_once(place: Workspace, preview: Previewed) -> None:
    before = pages(place)
    number = uploaded(preview, "balcony.md", PAGE.encode())
    look = json.loads(posted(preview, "/deploy/look", {"file": number}).body)
    [page], [target] = look["pages"], look["targets"]
    assert (page["title"], page["brand"]["name"]) == ("Barrels on the balcony", "Rainkeep™")
    assert "rain" in page["brand"]["terms"]
    assert "blacked out" in page["notes"][0]
    assert (target["is_local"], look["is_dirty"]) == (True, False)
    assert pages(place) == before, "a look writes nothing"

    end = launched(preview, {"file": number, "priority": "high"})
    assert (end["state"], end["failure"]) == ("done", None)
    assert [each["also_called"] for each in end["phases"]] == ["INHALE", "HOLD", "EXHALE"]
    assert all(each["state"] == "done" for each in end["phases"])
    assert all(0 < each["done"] == each["total"] for each in end["phases"])
    assert sum(each["seconds"] for each in end["phases"]) <= end["seconds"] < end["budget_seconds"]
    log = "\n".join(line["text"] for line in end["log"])
    assert "matched Rainkeep™" in log
    assert f"wrote {page['path']}" in log
    assert state(preview, end["lines"])["log"] == []
    written = place.read(page["path"])
    assert "priority: high" in written
    assert SECRET not in written + log
    assert preview.ask(page["url"]).status == 200
    [done] = end["targets"]
    assert done["outcome"] == "published"
    hosting = place.root / done["repository"]
    shown = place.git("show", f"{done['commit']}:{page['url'][1:]}", cwd=hosting)
    assert "Barrels on the balcony" in shown

    again = posted(preview, "/deploy/launch", {"file": number, "priority": "high"})
    assert "dropped before" in said(again, 409)
    assert state(preview)["number"] == end["number"], "the last launch is still told of"


def test_a_need_in_words_becomes_a_page(place: Workspace, preview: Previewed) -> None:
    end = launched(preview, {"intent": f"{NEED}. It must be cheap.", "sector": "Garden_Supplies"})
    assert end["state"] == "done"
    [page] = end["pages"]
    assert page["title"] == "Store rain water for the garden in the dry weeks"
    written = place.read(page["path"])
    assert "sector: Garden_Supplies" in written
    assert "It must be cheap." in written.partition("\n---\n")[2]
    place.run("check")


def test_a_file_that_does_harm_or_is_too_large_is_refused(
    place: Workspace, preview: Previewed
) -> None:
    before = pages(place)
    for name, data in (("a.zip", bomb(80_000_000)), ("b.docx", word_bomb()), ("c.exe", PROGRAM)):
        assert said(sent(preview, name, data), 422)
    assert "name" in said(sent(preview, "", b"text"), 400)
    assert "name" in said(sent(preview, "x" * 256, b"text"), 400)
    assert announced(preview, LARGEST_FILE + 1, PATIENCE) == 413
    assert announced(preview, LARGEST_FILE, 2) is None
    assert pages(place) == before


def announced(preview: Previewed, size: int, patience: float) -> int | None:
    """Return how a file is answered before it is sent; None where it is waited for."""
    line = HTTPConnection(preview.address.removeprefix("http://").rstrip("/"), timeout=patience)
    line.putrequest("POST", "/deploy/file?name=large")
    line.putheader("Content-Type", FILE)
    line.putheader("Content-Length", f"{size}")
    line.endheaders()
    try:
        return line.getresponse().status
    except TimeoutError:
        return None
    finally:
        line.close()


def test_a_name_is_never_a_path(place: Workspace, preview: Previewed) -> None:
    number = uploaded(preview, "..%2F..%2Fomnigrid.yaml", NEED.encode())
    [page] = json.loads(posted(preview, "/deploy/look", {"file": number}).body)["pages"]
    assert page["path"].startswith("content/drops/")
    assert ".." not in page["path"]


def test_what_cannot_be_launched_is_refused_before_anything_is_written(
    place: Workspace, preview: Previewed
) -> None:
    before, number = pages(place), state(preview)["number"]
    refused = {
        "no confident match": ({"intent": "qwzx vbnm"}, 409),
        "neither file nor intent": ({"intent": "  "}, 422),
        "drop it again": ({"file": "0" * 32}, 404),
        "unknown sector": ({"intent": NEED, "sector": "Nowhere"}, 422),
        "priority": ({"intent": NEED, "priority": "soon"}, 422),
    }
    for words, (order, status) in refused.items():
        assert words in said(posted(preview, "/deploy/launch", order), status)
    assert (pages(place), state(preview)["number"]) == (before, number)


def test_who_may_not_is_not_answered(preview: Previewed) -> None:
    for headers, status in (({"Origin": "https://evil.example"}, 403), ({"Host": "evil"}, 421)):
        for name, kind in (("launch", JSON), ("look", JSON), ("file", FILE)):
            answer = preview.ask(f"/deploy/{name}", "POST", b"{}", Content_Type=kind, **headers)
            assert answer.status == status
    assert preview.ask("/deploy/file?name=x", "POST", b"x", Content_Type="text/plain").status == 415
    large = json.dumps({"intent": "a" * 70_000}).encode()
    assert preview.ask("/deploy/launch", "POST", large, Content_Type=JSON).status == 413


HIDDEN = {"draft": "true", "expires": "2020-01-01"}


def hiding(key: str) -> bytes:
    """Return a page that says itself that it is not to be shown."""
    head = f"title: Hidden by {key}\nintent: {NEED}\n{key}: {HIDDEN[key]}"
    return f"---\n{head}\n---\n\nWords.\n".encode()


def test_a_page_that_hides_itself_is_not_called_published(
    place: Workspace, preview: Previewed
) -> None:
    end = launched(preview, {"file": uploaded(preview, "later.md", hiding("draft"))})
    assert (end["state"], end["failure"]["phase"], end["targets"]) == ("failed", "render", [])
    assert "draft" in end["failure"]["hint"]


def test_of_several_pages_the_hidden_one_is_told_apart(preview: Previewed) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("then.md", hiding("draft").replace(b"Hidden", b"Then hidden"))
        archive.writestr("now.md", f"---\ntitle: Now\nintent: {NEED}\n---\n\nWords.\n")
    end = launched(preview, {"file": uploaded(preview, "both.zip", packed.getvalue())})
    assert end["state"] == "done"
    hidden = {page["url"]: page["is_hidden"] for page in end["pages"]}
    assert sorted(hidden.values()) == [False, True]
    for url, is_hidden in hidden.items():
        assert preview.ask(url).status == (404 if is_hidden else 200)


def test_a_preview_with_drafts_publishes_none(workspace: Workspace) -> None:
    workspace.write("content/own-draft.md", hiding("draft").decode().replace("Hidden", "Own"))
    hosting = workspace.root / ".omnigrid/hosting/portfolio.git"
    with previewed(workspace, "--drafts") as preview:
        for key in HIDDEN:
            end = launched(preview, {"file": uploaded(preview, f"{key}.md", hiding(key))})
            assert (end["state"], end["targets"]) == ("failed", [])
            assert "hidden" in end["failure"]["message"]
            assert "is kept" in end["failure"]["hint"]
            assert preview.ask(end["pages"][0]["url"]).status == 200, "it is previewed"
        assert not hosting.exists()

        end = launched(preview, {"intent": NEED})
        assert end["state"] == "done"
        assert any("stay in the preview" in line["text"] for line in end["log"])
        files = workspace.git("ls-tree", "-r", "--name-only", "main", cwd=hosting).splitlines()
        assert end["pages"][0]["url"].lstrip("/") in files
        assert [path for path in files if "hidden-by" in path or "own-draft" in path] == []
        own = preview.ask(end["pages"][0]["url"].rpartition("/")[0] + "/own-draft.html")
        assert own.status == 200, "the preview goes on with drafts"


def test_a_build_that_fails_shows_its_faults_and_keeps_the_page(workspace: Workspace) -> None:
    brand = next(
        path
        for path in (workspace.root / "brands").rglob("*.yaml")
        if "Rainkeep" in path.read_text(encoding="utf-8")
    )
    with previewed(workspace) as preview:
        pack = json.loads(preview.ask(f"/sites/{brand.stem}/config.json").body)["template"]["id"]
        template = f"template_packs/{pack}/page.html"
        workspace.write(template, "{{ page.nonsense.more }}\n")
        end = launched(preview, {"intent": NEED})
        failure = end["failure"]
        assert (end["state"], end["targets"]) == ("failed", [])
        assert [fault["path"] for fault in failure["faults"]][:1] == [template]
        assert end["pages"][0]["path"] in failure["hint"]
        assert (workspace.root / end["pages"][0]["path"]).is_file()
        assert not (workspace.root / ".omnigrid" / "hosting" / "portfolio.git").exists()
        brand.write_text("nonsense: [", encoding="utf-8")
        assert "has faults" in said(posted(preview, "/deploy/look", {"intent": NEED}), 503)


def test_another_machine_is_published_to_when_it_is_confirmed_by_name(
    workspace: Workspace, new_remote: NewRemote, tmp_path: Path
) -> None:
    remote = new_remote("https")
    config = workspace.read("omnigrid.yaml")
    workspace.write(
        "omnigrid.yaml",
        f"{config}\ntargets:\n  - name: here\n    repository: .omnigrid/hosting/here.git\n"
        f"  - name: far\n    kind: plain\n    repository: {remote.address}\n",
    )
    workspace.commit("Targets")
    gate = tmp_path / "gate"
    with previewed(workspace, **remote.environment) as preview:
        first = launched(preview, {"intent": NEED, "confirmed": ["near"]})
        outcomes = {target["name"]: target["outcome"] for target in first["targets"]}
        assert (first["state"], outcomes) == (
            "done",
            {"here": "published", "far": "waits for confirmation"},
        )
        dirty = launched(preview, {"intent": f"{NEED}, on a roof", "confirmed": ["far"]})
        assert dirty["state"] == "failed"
        assert "not committed" in dirty["failure"]["message"]
        assert dirty["targets"][0]["outcome"] == "published"

        workspace.commit("Two pages")
        waiting = hold(remote.repository, gate)
        order = {"intent": f"{NEED}, in a cellar", "confirmed": ["far"]}
        assert posted(preview, "/deploy/launch", order).status == 200
        wait_until(waiting.exists, preview.said)
        second = posted(preview, "/deploy/launch", {"intent": f"{NEED}, again"})
        assert "running already" in said(second, 409)
        assert [each["state"] for each in state(preview)["phases"]] == ["done", "done", "running"]
        gate.touch()
        wait_until(lambda: state(preview)["state"] != "running", preview.said)
        end = state(preview)
        assert [target["outcome"] for target in end["targets"]] == ["published", "published"]
        page = end["pages"][0]["url"].lstrip("/")
        assert "in a cellar" in remote.repository.git("show", f"main:{page}")
