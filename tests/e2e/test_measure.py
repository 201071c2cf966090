"""From `omnigrid measure` to what the next build shows, by the installed command."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from omnigrid.check.schemas import format_schema
from omnigrid.model.formats import MEASUREMENTS
from support.workspace import Workspace

STATUS, SECTOR = "build/api/status.json", "build/sectors/garden-supplies/index.html"


@pytest.fixture
def published(workspace: Workspace) -> Workspace:
    """The starter portfolio, committed and published."""
    workspace.commit()
    workspace.run("publish")
    return workspace


def measured(workspace: Workspace) -> dict[str, Any]:
    workspace.run("measure")
    found: dict[str, Any] = json.loads(workspace.read("measurements.json"))
    return found


def sectors(workspace: Workspace) -> dict[str, dict[str, Any]]:
    found = json.loads(workspace.read(STATUS))["sectors"]
    return {each["id"]: each for each in found}


def states(found: dict[str, Any]) -> dict[str, str]:
    return {brand: group["published"] for group in found["brands"] for brand in group["brands"]}


def test_a_measurement_reaches_what_shows_it_and_nothing_else(published: Workspace) -> None:
    before, declared = published.tree(), sectors(published)
    found = measured(published)
    assert found["states"] == {"in-sync": 1}
    assert set(states(found).values()) == {"in-sync"}
    published.run("build")
    after = published.tree()
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed >= {"heatmap/index.html", "api/status.json", SECTOR.removeprefix("build/")}
    assert not [path for path in changed if path.startswith(("sites/", "api/brands", "api/match"))]
    for name, sector in sectors(published).items():
        assert sector["declared_health"] == declared[name]["health"]
        assert sector["health"] >= declared[name]["health"]
    said = published.run("explain", STATUS).out
    assert "measurements.json" in said


def test_the_same_measurements_give_the_same_bytes(published: Workspace) -> None:
    measured(published)
    published.run("build")
    first = published.tree()
    assert "0 written" in published.run("build").err
    published.run("build", "--out", "again")
    again = published.tree("again")
    assert {path: data for path, (data, _) in again.items()} == {
        path: data for path, (data, _) in first.items()
    }


def test_a_measurement_alone_puts_no_site_out_of_date(published: Workspace) -> None:
    measured(published)
    found = measured(published)
    assert found["states"] == {"out-of-date": 1}
    assert set(states(found).values()) == {"in-sync"}


def test_what_is_wrong_lowers_health_and_is_named(published: Workspace, tmp_path: Path) -> None:
    measured(published)
    published.run("build")
    before = sectors(published)
    bare = published.root / ".omnigrid/hosting/portfolio.git"
    published.git("clone", "-q", str(bare), str(tmp_path / "c"))
    (tmp_path / "c/sites/rainkeep/index.html").write_text("mine")
    published.git("commit", "-qam", "By hand", cwd=tmp_path / "c")
    published.git("push", "-q", "origin", "HEAD:main", cwd=tmp_path / "c")
    published.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    found = measured(published)
    assert sorted(states(found).values()) == ["drifted", "in-sync", "out-of-date"]
    assert found["targets"][0]["state"] == "drifted"
    published.run("build")
    after = sectors(published)
    assert after["Garden_Supplies"]["health"] < before["Garden_Supplies"]["health"]
    page = published.read(SECTOR)
    assert "changed by hand where it is published" in page
    assert re.search(r"Published and in sync</th><td>1 of 2 brands", page)
    assert page.count("Measured") == 1


def test_days_and_publishes_are_kept(published: Workspace) -> None:
    found = measured(published)
    days = found["days"]
    assert len(days) == 1
    assert len(found["publishes"]) == 1
    assert found["publishes"][0]["budget"] == 180
    old = [{"day": "2026-01-02", "health": {"Garden_Supplies": 71}}]
    published.write("measurements.json", json.dumps(found | {"days": old}))
    again = measured(published)
    assert again["days"] == [*old, *days]
    assert again["publishes"] == found["publishes"]
    published.run("build")
    assert "71 % on 2 January 2026" in published.read("build/heatmap/index.html")


def test_a_site_that_cannot_be_built_is_what_was_found(workspace: Workspace) -> None:
    broken_page = "{{ brand.nothing.there }}"
    workspace.write("template_packs/sustainability_portal/index.html", broken_page)
    found = measured(workspace)
    broken = [group for group in found["brands"] if group["built"] is False]
    assert broken
    assert sum(len(group["brands"]) for group in broken) == 2
    assert all("published" not in group and "linked" not in group for group in broken)
    assert "targets" not in found


def test_broken_measurements_are_told_and_nothing_is_lost(published: Workspace) -> None:
    before = published.tree()
    published.write("measurements.json", '{\n  "version": 1,\n  "measured_at": "soon"\n}\n')
    for command in ("build", "measure", "check"):
        run = published.run(command, code=1)
        assert "measurements.json:3:" in run.err + run.out
        assert "omnigrid measure" in run.err + run.out
    assert published.tree() == before
    assert "soon" in published.read("measurements.json")
    (published.root / "measurements.json").unlink()
    published.run("measure")


def test_the_registries_and_the_lists_say_the_same(published: Workspace) -> None:
    found = measured(published)
    found["brands"][0]["published"] = "missing"
    published.write("measurements.json", json.dumps(found))
    published.run("build")
    status = sectors(published)
    registry = published.run("export", "--json").json["registries"]["sector_mappings.json"]
    assert {s["id"]: s["health"] for s in registry["sectors"]} == {
        name: sector["health"] for name, sector in status.items()
    }
    listed = published.run("list", "sectors").out
    for name, sector in status.items():
        assert re.search(rf"{name} +\d+ +{sector['health']} +{sector['status']}", listed)


def test_an_address_at_which_nobody_answers_is_what_visitors_get(workspace: Workspace) -> None:
    config = workspace.read("omnigrid.yaml")
    workspace.write("omnigrid.yaml", f"{config}\nbase_url: https://127.0.0.1:9/\n")
    workspace.commit()
    workspace.run("publish")
    workspace.run("measure", "--live")
    found = json.loads(workspace.read("measurements.json"))
    assert {group["served"] for group in found["brands"]} == {"unreachable"}
    workspace.run("build")
    assert "nobody answers at its address" in workspace.read("build/dashboard/index.html")


def test_a_link_that_leads_nowhere_is_named(workspace: Workspace) -> None:
    page = "---\ntitle: Gone\nbrand: {}\n---\n\n[There](nowhere.html)\n"
    brand = workspace.run("list", "brands", "--json").json
    brand_id = re.search(r"[A-Z]{2,6}-\d{3,7}", json.dumps(brand))
    assert brand_id
    workspace.write("content/gone.md", page.format(brand_id[0]))
    said = workspace.run("measure").err
    assert re.search(r"sites/\w+/gone\.html links to sites/\w+/nowhere\.html", said)
    assert "links whole: 2 of 3" in said


def test_what_builds_took_and_why_is_shown_beside_the_deadline(published: Workspace) -> None:
    brand = next((published.root / "brands").rglob("*.yaml"))
    text = brand.read_text(encoding="utf-8")
    brand.write_text(re.sub("(?m)^tagline: .*", "tagline: New words", text), encoding="utf-8")
    done = published.run("build", "--json").json
    published.run("build")  # Finds nothing to do, which is no build.
    found = measured(published)
    Draft202012Validator(format_schema(MEASUREMENTS)).validate(found)
    last, first = found["builds"]
    assert last["jobs"] == len(done["rendered"]) < first["jobs"]
    assert last["files"] == len(done["written"])
    sizes = [(published.root / "build" / path).stat().st_size for path in done["written"]]
    assert last["bytes"] == sum(sizes) > 0
    assert first["causes"] == {"first": first["jobs"]}
    assert last["causes"].keys() == {"brands", "portfolio"}
    assert brand.stem not in json.dumps(found["builds"]), "names are for whoever is at the machine"
    published.run("build")
    shown = published.read("build/dashboard/orchestration/index.html")
    assert "Builds, the newest first" in shown
    assert f"Never rendered before ({first['jobs']:,})" in shown
    (published.root / ".omnigrid/journal/builds.jsonl").unlink()
    assert measured(published)["builds"] == found["builds"], "lost with the journal"
