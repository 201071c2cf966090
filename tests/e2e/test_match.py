"""`omnigrid match` beyond a single answer: many intents, reasons against a brand, a review."""

import json

from support.workspace import Workspace

BRANDS = (
    '{"id": "A-1", "name": "Wagewright", "sector": "people", "description": "Runs the payroll."}\n'
    '{"id": "A-2", "name": "Dockhand", "keywords": ["freight", "customs"], "examples": null}\n'
    "\n"
)


def answers(workspace: Workspace, *arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in workspace.run("match", *arguments).out.splitlines()]


def test_many_intents_with_brands_of_a_file(workspace: Workspace) -> None:
    workspace.write("b.jsonl", BRANDS)
    workspace.write(
        "i.jsonl",
        '{"i": 7, "intent": "our staff were paid late"}\n'
        '{"i": 8, "intent": "goods stuck at the border", "priority": "high"}\n'
        '{"i": 9, "intent": "?"}\n',
    )
    first, second, third = answers(workspace, "--brands", "b.jsonl", "--intents", "i.jsonl")
    assert (first["intent"], first["matches"][0]["id"]) == (7, "A-1")  # type: ignore[index]
    assert (second["intent"], second["matches"][0]["id"]) == (8, "A-2")  # type: ignore[index]
    assert set(first) == {"intent", "matches", "unmatched"}
    assert third["unmatched"] is True


def test_many_intents_with_the_brands_of_the_portfolio(workspace: Workspace) -> None:
    workspace.write("i.jsonl", '{"i": 0, "intent": "store rain water for the garden"}\n')
    (answer,) = answers(workspace, "--intents", "i.jsonl")
    assert answer["matches"][0]["id"] == "OUR-002"  # type: ignore[index]
    assert answer["unmatched"] is False


def test_a_line_that_is_none_is_named(workspace: Workspace) -> None:
    workspace.write("b.jsonl", BRANDS)
    workspace.write("i.jsonl", '{"i": 0, "intent": "pay"}\n{"i": 1}\n')
    run = workspace.run("match", "--brands", "b.jsonl", "--intents", "i.jsonl", code=1)
    assert "i.jsonl:2: not a line as it should be" in run.err
    assert "docs/matching.md" in run.err
    run = workspace.run("match", "--brands", "b.jsonl", "store water", code=2)
    assert "--brands goes with --intents" in run.err


def test_why_not_a_brand(workspace: Workspace) -> None:
    run = workspace.run("match", "store rain water", "--why-not", "OUR-001")
    assert "OUR-001" in run.out
    assert "is in place" in run.out
    assert "add this one to the `examples:` of OUR-001" in run.out
    first = workspace.run("match", "store rain water", "--why-not", "OUR-002").out
    assert "it is the answer" in first
    asked = workspace.run("match", "store rain water", "--why-not", "OUR-001", "--json").json
    assert asked["asked"]["place"] > 1
    assert (
        'did you mean "OUR-001"' in workspace.run("match", "x", "--why-not", "OUR-0O1", code=1).err
    )


def test_the_least_certain_matches_come_first(workspace: Workspace) -> None:
    workspace.write("content/odd.md", "---\ntitle: Odd\nintent: play the violin at night\n---\n")
    run = workspace.run("match", "--review")
    assert run.out.index("content/odd.md") < run.out.index("content/water-the-beds-in-august.md")
    assert "no confident match; nearest" in run.out
    listed = workspace.run("match", "--review", "--json").json["intents"]
    assert [each["unmatched"] for each in listed] == [True, False]


def test_a_correction_is_learnt(workspace: Workspace) -> None:
    page = "---\ntitle: Odd\nintent: play the violin at night\nbrand: OUR-001\n---\n"
    assert workspace.run("match", "violin", "--json").json["unmatched"] is True
    workspace.write("content/odd.md", page)
    taught = workspace.run("match", "violin at night", "--json").json
    assert (taught["matches"][0]["id"], taught["unmatched"]) == ("OUR-001", False)
