"""`match.js` of a real build in Node: the same answers as Python's, from the same index."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import Stemmer

from omnigrid.load.words import read_words
from support.workspace import Workspace
from vectors import INTENTS, ROOT, Vector, read_vectors

GOLDEN = read_vectors()
HERE = ROOT / "tests/vectors"

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


def node(script: str, *arguments: str | Path, given: str = "") -> str:
    command = ["node", HERE / script, *arguments]
    return subprocess.run(
        command, input=given, capture_output=True, encoding="utf-8", check=True, timeout=300
    ).stdout


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example portfolio of this repository, built into a folder of its own."""
    out = tmp_path_factory.mktemp("example") / "build"
    Workspace(ROOT).run("-q", "build", "--out", str(out))
    return out


@pytest.fixture(scope="session")
def answers(build: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(node("answer.cjs", build, ROOT / INTENTS))
    return found


@needs_node
@pytest.mark.parametrize("number", range(len(GOLDEN)))
def test_the_browser_answers_as_python_does(answers: list[dict[str, Any]], number: int) -> None:
    wanted, found = GOLDEN[number], answers[number]
    assert found["intent"]["text"] == wanted.intent.text
    assert [each["id"] for each in found["matches"]] == [each.id for each in wanted.matches]
    assert found["unmatched"] == wanted.unmatched
    sure = [each["confidence"] for each in found["matches"]]
    assert sure == [each.confidence for each in wanted.matches]
    assert [tuple(each["terms"]) for each in found["matches"]] == _terms(wanted)


def _terms(vector: Vector) -> list[tuple[str, ...]]:
    return [each.terms for each in vector.matches]


@needs_node
def test_addresses_of_answers_lead_to_sites(answers: list[dict[str, Any]], build: Path) -> None:
    for answer in answers:
        for match in answer["matches"]:
            assert match["url"].startswith("https://") or (build / match["url"]).is_file()


@needs_node
def test_the_browser_has_the_stems_of_snowball(build: Path) -> None:
    stemmer = Stemmer.Stemmer("english")
    endings = "|ed|ing|s|ies|ly|ational|ization|fulness|ously|ogist|ative|y|eedly|ement".split("|")
    stems = [stem for stem in read_words().numbers if stem.isalnum()]
    words = [stem + ending for stem in stems for ending in endings]
    assert len(words) > 30_000
    found = node("stems.cjs", build / "match.js", given="\n".join(words)).split("\n")
    assert found == stemmer.stemWords(words)


LESSONS = {
    "brands/garden-supplies/rainkeep.yaml": (
        "water the beds while we are on holiday",
        "keep the rain for a dry summer",
        "the tomatoes need water every morning",
    ),
    "brands/garden-supplies/seedwell.yaml": (
        "which seeds grow in shade",
        "how old may seeds be",
        "sow carrots in March",
    ),
    "brands/kitchen-goods/panhonest.yaml": (
        "a pan that does not stick",
        "how do I fry eggs without fat",
        "is this coating safe",
    ),
}
ASKED = ("how do I keep the rain", "old seeds in the shade", "eggs stick to my pan", "jazz", "")


@needs_node
def test_what_examples_taught_is_the_same_in_the_browser(
    workspace: Workspace, tmp_path: Path
) -> None:
    for path, examples in LESSONS.items():
        file = workspace.root / path
        lines = "".join(f"  - {example}\n" for example in examples)
        file.write_text(f"{file.read_text()}examples:\n{lines}")
    workspace.run("build")
    build = workspace.root / "build"
    assert json.loads((build / "api/match.json").read_bytes())["scoring"]["taught"]
    intents = tmp_path / "intents.jsonl"
    intents.write_text("\n".join(json.dumps({"text": text}) for text in ASKED))
    for answer in json.loads(node("answer.cjs", build, intents)):
        wanted = workspace.run("match", "--json", answer["intent"]["text"]).json
        assert answer["unmatched"] == wanted["unmatched"]
        for found, match in zip(answer["matches"], wanted["matches"], strict=True):
            assert found["id"] == match["id"]
            assert found["confidence"] == match["confidence"]
            assert found["terms"] == match["terms"]


@needs_node
def test_a_correction_reaches_the_browser(workspace: Workspace) -> None:
    workspace.run("build")
    match = workspace.root / "build/api/match"
    before = {path.name: path.read_bytes() for path in match.iterdir()}
    page = "---\ntitle: Frogs\nintent: frogs in the pond\nbrand: %s\n---\nText.\n"
    brand = json.loads((match / "Garden_Supplies.json").read_bytes())["brands"][0]["id"]
    (workspace.root / "content/frogs.md").write_text(page % brand)
    workspace.run("build")
    after = {path.name: path.read_bytes() for path in match.iterdir()}
    assert b"frog" in after["Garden_Supplies.json"]
    assert {name for name in before if before[name] != after[name]} == {"Garden_Supplies.json"}
