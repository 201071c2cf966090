"""The same bytes, whoever renders them: one process, several, a Dask cluster, shards."""

import shutil
from pathlib import Path

import pytest

from omnigrid.build import build_portfolio
from omnigrid.cli.session import Session
from omnigrid.model.errors import Transient
from omnigrid.run.dask import DaskExecutor
from support.cluster import Cluster
from support.workspace import Workspace

EXAMPLE = Path(__file__).parents[2]
SECTORS = ("ai-compliance", "legal-tech-compliance", "market-compliance")
Tree = dict[str, bytes]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A part of the example portfolio, built in this process in ``whole``."""
    root = tmp_path_factory.mktemp("example")
    for name in ("sectors", "template_packs", "content", *(f"brands/{s}" for s in SECTORS)):
        shutil.copytree(EXAMPLE / name, root / name)
    shutil.rmtree(root / "content/news")  # Its pages belong to brands of other sectors.
    shutil.copy(EXAMPLE / "omnigrid.yaml", root)
    workspace = Workspace(root)
    workspace.commit("Begin")
    workspace.run("-q", "build", "--executor", "serial", "--out", "whole")
    return workspace


def tree(workspace: Workspace, folder: str) -> Tree:
    return {path: data for path, (data, _) in workspace.tree(folder).items()}


def build_shards(workspace: Workspace, count: int, name: str = "part") -> list[str]:
    folders = [f"{name}-{number}-{count}" for number in range(1, count + 1)]
    for number, folder in enumerate(folders, start=1):
        workspace.run("-q", "build", "--shard", f"{number}/{count}", "--out", folder)
    return folders


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_processes(example: Workspace, jobs: int) -> None:
    example.run("-q", "build", "--jobs", f"{jobs}", "--out", f"jobs-{jobs}")
    assert tree(example, f"jobs-{jobs}") == tree(example, "whole")


def test_a_dask_cluster(example: Workspace, cluster: Cluster) -> None:
    address = cluster.address.replace("tcp://", "dask://")
    run = example.run("build", "--executor", address, "--out", "dask")
    assert "0 unchanged" in run.err
    assert tree(example, "dask") == tree(example, "whole")
    again = example.run("build", "--executor", cluster.address, "--out", "dask", "--json")
    assert again.json["rendered"] == []


def test_a_cluster_renders_only_what_is_stale(workspace: Workspace, cluster: Cluster) -> None:
    workspace.run("build", "--executor", cluster.address)
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    workspace.write("build/index.html", "defaced")
    rendered = workspace.run("build", "--executor", cluster.address, "--json").json["rendered"]
    assert {"site:panhonest", "home"} <= set(rendered)
    assert "site:seedwell" not in rendered
    workspace.run("build", "--executor", "serial", "--out", "clean")
    assert tree(workspace, "build") == tree(workspace, "clean")


def test_a_template_that_fails_on_the_cluster(workspace: Workspace, cluster: Cluster) -> None:
    workspace.write("template_packs/market_compliance/index.html", "one\n{{ brand.nmae }}\n")
    run = workspace.run("build", "--executor", cluster.address, code=1)
    assert "template_packs/market_compliance/index.html:2:" in run.err
    assert "Seedwell" in workspace.read("build/sites/seedwell/index.html")


def test_publish_with_a_cluster(workspace: Workspace, cluster: Cluster) -> None:
    run = workspace.run("publish", "--executor", cluster.address, "--json")
    assert [receipt["action"] for receipt in run.json["receipts"]] == ["create"]


def test_a_cluster_that_is_not_there(workspace: Workspace) -> None:
    workspace.run("build")
    before = workspace.tree()
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    executor = DaskExecutor("tcp://127.0.0.1:1", patience=0.3)
    with pytest.raises(Transient) as caught:
        build_portfolio(Session(workspace.root).workspace(), executor, lambda _done, _total: None)
    assert "leave out `--executor`" in caught.value.hint
    assert before.items() <= workspace.tree().items(), "the last build stands"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_shards_merged_are_the_whole(example: Workspace, count: int) -> None:
    parts = build_shards(example, count)
    run = example.run("merge", *parts, "--out", f"merged-{count}", "--json")
    assert (run.json["shards"], run.json["deleted"]) == (count, [])
    whole = tree(example, "whole")
    assert tree(example, f"merged-{count}") == whole
    files = [path for part in parts for path in tree(example, part) if path != "manifest.json"]
    assert sorted([*files, "manifest.json"]) == sorted(whole), "every file is in one shard"


def test_after_a_change_shards_and_merge_write_what_changed(workspace: Workspace) -> None:
    workspace.run("merge", *build_shards(workspace, 2))
    workspace.edit("brands/kitchen-goods/panhonest.yaml", "Pans that say", "Pots that say")
    (workspace.root / "brands/garden-supplies/seedwell.yaml").unlink()
    workspace.write("build/CNAME", "brands.example\n")
    workspace.write("build/heatmap/heatmap.js", "defaced")
    parts = build_shards(workspace, 2)
    merged = workspace.run("merge", *parts, "--json").json
    assert "sites/panhonest/index.html" in merged["written"]
    assert "heatmap/heatmap.js" in merged["written"]
    assert "portfolio.css" not in merged["written"]
    assert "sites/seedwell/index.html" in merged["deleted"]
    assert workspace.run("merge", *parts, "--json").json["written"] == []
    workspace.run("build", "--out", "clean")
    assert tree(workspace, "build") == tree(workspace, "clean") | {"CNAME": b"brands.example\n"}
    assert workspace.run("build", "--json").json["rendered"] == []


def test_merged_shards_are_published(workspace: Workspace) -> None:
    workspace.run("merge", *build_shards(workspace, 2))
    before = workspace.tree()
    assert workspace.run("publish", "--json").json["receipts"][0]["action"] == "create"
    assert workspace.tree() == before


def test_an_incremental_shard_is_a_clean_one(workspace: Workspace) -> None:
    build_shards(workspace, 2)
    again = workspace.run("build", "--shard", "1/2", "--out", "part-1-2", "--json").json
    assert (again["shard"], again["rendered"]) == ("1/2", [])
    workspace.edit("omnigrid.yaml", "name: Our brands", "name: All our brands")
    build_shards(workspace, 2)
    build_shards(workspace, 2, "clean")
    for number in (1, 2):
        assert tree(workspace, f"part-{number}-2") == tree(workspace, f"clean-{number}-2")


def test_all_that_is_wrong_with_shards_is_said_at_once(workspace: Workspace) -> None:
    part1, part2, part3 = build_shards(workspace, 3)
    (site,) = sorted((workspace.root / part1).rglob("*.html"))[:1]
    site.unlink()
    (page,) = sorted((workspace.root / part2).rglob("*.json"))[:1]
    page.write_text("defaced")
    workspace.run("build")
    before = workspace.tree()
    shutil.copytree(workspace.root / "build", workspace.root / "whole")
    run = workspace.run("merge", part1, part2, part2, "whole", "nothing", code=1)
    for said in (
        f"{part1}/{site.relative_to(workspace.root / part1)} is missing",
        f"{part2}/{page.relative_to(workspace.root / part2)} was changed by hand",
        f"{part2} is named twice",
        "whole is a whole build, no shard",
        "nothing holds no build",
        "shard 3/3 is missing",
        "nothing was changed",
    ):
        assert said in run.err
    assert workspace.tree() == before
    run = workspace.run("merge", part3, "--out", part3, code=1)
    assert "is the folder that the shards are to be put together in" in run.err


def test_shards_of_different_plans_are_not_merged(workspace: Workspace) -> None:
    workspace.run("build", "--shard", "1/2", "--out", "part-1")
    workspace.edit("omnigrid.yaml", "name: Our brands", "name: All our brands")
    workspace.run("build", "--shard", "2/2", "--out", "part-2")
    workspace.run("build", "--shard", "3/3", "--out", "part-3")
    assert "different plans" in workspace.run("merge", "part-1", "part-2", code=1).err
    run = workspace.run("merge", "part-2", "part-3", code=1)
    assert "part-3 is shard 3/3, but part-2 is shard 2/2" in run.err
    assert not (workspace.root / "build").exists()


def test_a_shard_that_failed_is_not_merged(workspace: Workspace) -> None:
    workspace.write("template_packs/market_compliance/index.html", "one\n{{ brand.nmae }}\n")
    for number in (1, 2):
        shard = f"{number}/2"
        workspace.run("build", "--shard", shard, "--out", f"part-{number}", code=None)
    run = workspace.run("merge", "part-1", "part-2", code=1)
    assert "is incomplete: 1 of its " in run.err
    assert not (workspace.root / "build").exists()


def test_a_whole_build_and_a_shard_are_not_mixed(workspace: Workspace) -> None:
    workspace.run("build")
    run = workspace.run("build", "--shard", "1/2", code=1)
    assert "build holds a whole build" in run.err
    assert "--out part-1" in run.err
    workspace.run("build", "--shard", "1/2", "--out", "part-1")
    for command in ("build", "publish"):
        run = workspace.run(command, "--out", "part-1", code=1)
        assert "part-1 holds no whole build, only shard 1/2" in run.err
        assert "omnigrid merge" in run.err


def test_explain_knows_of_shards(workspace: Workspace) -> None:
    parts = build_shards(workspace, 2)
    said = [workspace.run("explain", "index.html", "--out", part, code=None) for part in parts]
    assert sorted(run.code for run in said) == [0, 1]
    assert any("fresh" in run.out for run in said)
    assert any("and home is of another one" in run.err for run in said)
