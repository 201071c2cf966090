"""Design tokens, as an editor chooses them; and what a pack needs of its brands."""

import pytest

from support.workspace import Workspace

BRAND = "brands/kitchen-goods/panhonest.yaml"
SECTOR = "sectors/kitchen-goods.yaml"
STYLES = "build/sites/panhonest/styles.css"


@pytest.fixture
def space(workspace: Workspace) -> Workspace:
    """A portfolio whose kitchen goods have a pack with tokens of their own."""
    workspace.run("new", "pack", "Field Notes")
    text = workspace.read(SECTOR).split("\n")
    lines = ["template: field_notes" if line.startswith("template:") else line for line in text]
    workspace.write(SECTOR, "\n".join(lines))
    assert "template" not in workspace.read(BRAND)
    return workspace


def theme(space: Workspace, path: str, *tokens: str) -> None:
    """Give a file a theme with tokens, its accent kept."""
    kept, accent = [], []
    for line in space.read(path).split("\n"):
        if line.startswith("  accent:"):
            accent.append(line)
        elif not line.startswith("theme:"):
            kept.append(line)
    chosen = ["theme:", *accent, "  tokens:", *(f"    {token}" for token in tokens)]
    space.write(path, "\n".join([*kept, *chosen, ""]).replace("\n\n\n", "\n"))


def test_the_nearest_theme_wins_and_only_its_sites_change(space: Workspace) -> None:
    space.run("build")
    assert "--radius:0.5rem" in space.read(STYLES)
    theme(space, "omnigrid.yaml", 'title: "#112233 #ddeeff"')
    theme(space, SECTOR, "radius: 2px")
    written = space.run("build", "--json").json["written"]
    changed = [path for path in written if path.startswith("sites/")]
    assert {path.split("/")[1] for path in changed} == {"panhonest"}, changed
    assert ":root{--radius:2px;--title:#112233}" in space.read(STYLES)
    assert "@media (prefers-color-scheme:dark){:root{--title:#ddeeff}}" in space.read(STYLES)
    theme(space, BRAND, "radius: 3px")
    space.run("build")
    assert ":root{--radius:3px;--title:#112233}" in space.read(STYLES)


@pytest.mark.parametrize(
    ("place", "code", "said", "hint"),
    [
        ((BRAND, "raduis: 1rem"), "OG404", 'there is no design token "raduis"', '"radius"'),
        ((SECTOR, "raduis: 1rem"), "OG404", 'there is no design token "raduis"', '"radius"'),
        (("omnigrid.yaml", "hue: 1"), "OG404", "in any of 9 packs", "known: "),
        ((BRAND, 'radius: "1rem;}body{display:none"'), "OG404", "must be a length", "0.5rem"),
        ((SECTOR, "title: red"), "OG404", "must be a colour", "ink"),
        ((BRAND, 'title: "#ffff00"'), "OG418", 'cannot be read on "ground"', "darker or lighter"),
    ],
)
def test_a_token_that_does_not_fit(
    space: Workspace, place: tuple[str, str], code: str, said: str, hint: str
) -> None:
    path, token = place
    theme(space, path, token)
    lines = space.read(path).split("\n")
    line = next(number for number, text in enumerate(lines, 1) if token in text)
    run = space.run("check", "--strict", code=1)
    assert f"{path}:{line}:" in run.out
    assert f"[{code}]: " in run.out
    assert said in run.out
    assert hint in run.out


def test_a_brand_without_what_its_pack_shows(space: Workspace) -> None:
    pack = "template_packs/field_notes/pack.yaml"
    space.edit(pack, "needs:\n", "needs:\n  required: [brand.domain, pages]\n")
    run = space.run("check")
    assert f"{BRAND}:1:1: warning[OG405]" in run.out
    said = 'has no "brand.domain", which the pages of its pack "field_notes" show'
    assert said in run.out
    assert 'has no "pages"' in run.out
    space.write(BRAND, space.read(BRAND) + "domain: pans.example\n")
    space.run("new", "page", "Pans", "--brand", "OUR-003")
    assert "OG405" not in space.run("check").out
