"""Forms and edit links, as their users meet them."""

import pytest

from support.forms import brand_event, need_event
from support.workspace import Workspace

FORGE = "\nforge:\n  repository: https://github.com/our-company/brands\n"


def submit(workspace: Workspace, data: bytes, code: int = 0) -> tuple[str, str]:
    (workspace.root / "event.json").write_bytes(data)
    run = workspace.run("form", "event.json", code=code)
    return run.out.strip(), run.err


def test_a_suggested_brand_gets_its_site(workspace: Workspace) -> None:
    path, said = submit(workspace, brand_event())
    assert path == "brands/garden-supplies/dripwise.yaml"
    assert "it passes the checks" in said
    assert "id: OUR-004\n" in workspace.read(path)
    workspace.run("build")
    assert "Water where the roots are" in workspace.read("build/sites/dripwise/index.html")


def test_a_stated_need_goes_onto_a_site(workspace: Workspace) -> None:
    (workspace.root / "event.json").write_bytes(
        need_event(
            intent="store rain water for the garden", details="<script>x()</script> ---\n---\n"
        )
    )
    run = workspace.run("form", "event.json", "--json").json
    assert run == {
        "version": 1,
        "issue": 12,
        "form": "need",
        "path": "content/needs/water-the-roof-garden.md",
    }
    workspace.run("check")
    workspace.run("build")
    html = workspace.read("build/sites/rainkeep/water-the-roof-garden.html")
    assert "x()" not in html


def test_no_file_is_overwritten(workspace: Workspace) -> None:
    path, _ = submit(workspace, brand_event())
    before = workspace.read(path)
    _, said = submit(workspace, brand_event(tagline="Another"), code=3)
    assert f"{path} is already there" in said
    assert workspace.read(path) == before


def test_what_the_checks_refuse_is_not_kept(workspace: Workspace) -> None:
    _, said = submit(workspace, brand_event(domain="not a domain"), code=1)
    assert "error[OG105]" in said
    assert "nothing was written" in said
    assert not (workspace.root / "brands/garden-supplies/dripwise.yaml").exists()
    workspace.run("check")


@pytest.mark.parametrize(
    "text", ["---", "{{ x }}", "$(touch hit)", "`touch hit`", "../../hit", "a: *b\n\r\n--- # c"]
)
def test_hostile_words_pass_the_checks_as_words(workspace: Workspace, text: str) -> None:
    submit(workspace, brand_event(name=f"Drip {text}", owner=text, description=text))
    submit(workspace, need_event(title=f"Need {text}", details=f"{text}\n{text}"))
    workspace.run("check")
    workspace.run("build")
    changed = workspace.git("status", "--porcelain", "--untracked-files=all").split("\n")
    paths = {line[3:] for line in changed if line} - {"event.json"}
    assert all(path.startswith(("brands/garden-supplies/", "content/needs/")) for path in paths)
    assert len(paths) == 2


def test_every_page_has_its_edit_links(workspace: Workspace) -> None:
    workspace.write("omnigrid.yaml", workspace.read("omnigrid.yaml") + FORGE)
    workspace.run("build")
    edit = 'href="https://github.com/our-company/brands/edit/main/'
    for page, source in {
        "index.html": "omnigrid.yaml",
        "sectors/kitchen-goods/index.html": "sectors/kitchen-goods.yaml",
        "sites/panhonest/index.html": "brands/kitchen-goods/panhonest.yaml",
        "sites/panhonest/404.html": "brands/kitchen-goods/panhonest.yaml",
        "sites/rainkeep/water-the-beds-in-august.html": "content/water-the-beds-in-august.md",
    }.items():
        assert f"{edit}{source}" in workspace.read(f"build/{page}")
    for path in (workspace.root / "build").rglob("*.html"):
        assert "issues/new?template=need.yml" in path.read_text(encoding="utf-8"), path


def test_without_a_forge_no_page_has_any(workspace: Workspace) -> None:
    workspace.run("build")
    for path in (workspace.root / "build").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "State a need" not in text
        assert "Edit this" not in text


def test_a_forge_of_an_unknown_kind(workspace: Workspace) -> None:
    config = workspace.read("omnigrid.yaml") + FORGE.replace("github.com", "code.example")
    workspace.write("omnigrid.yaml", config)
    assert "add `kind:` below `forge:`" in workspace.run("check", code=1).out
    workspace.write("omnigrid.yaml", config + "  kind: forgejo\n")
    workspace.run("check")
