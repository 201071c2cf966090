"""Pictures of a portfolio, from their files to the pages of a site."""

import re
import sys
import sysconfig
from pathlib import Path

import pytest

import omnigrid
from support.pictures import DRAWING, bomb, opened, polyglot, raster, said
from support.workspace import Workspace

BRAND = "brands/kitchen-goods/panhonest.yaml"
PAGE = "content/jars.md"


def put(workspace: Workspace, path: str, data: bytes) -> Path:
    target = workspace.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return target


def with_logo(workspace: Workspace, path: str, data: bytes) -> None:
    put(workspace, path, data)
    workspace.edit(BRAND, "license:", f"logo: {path}\nlicense:")


def with_page(workspace: Workspace, body: str) -> None:
    workspace.write(PAGE, f"---\ntitle: Jars\nbrand: OUR-003\n---\n\n{body}\n")


def test_every_site_has_a_card_and_icons_that_its_pages_name(workspace: Workspace) -> None:
    workspace.edit("omnigrid.yaml", "language: en", "language: en\nbase_url: https://a.example/")
    workspace.run("build")
    files = workspace.tree("build/sites/panhonest")
    assert opened(files["og.png"][0]).size == (1200, 630)
    sizes = {name: opened(data).size for name, (data, _) in files.items() if "icon-" in name}
    assert sizes == {f"icon-{side}.png": (side, side) for side in (180, 192, 512)}
    index = files["index.html"][0].decode()
    address = "https://a.example/sites/panhonest/og.png"
    assert f'<meta property="og:image" content="{address}">' in index
    assert '<link rel="apple-touch-icon" href="icon-180.png">' in index
    assert b"icon-512.png" in files["manifest.webmanifest"][0]


def test_pictures_can_be_turned_off_and_on_again(workspace: Workspace) -> None:
    workspace.run("build")
    with_pictures = workspace.tree("build/sites/panhonest")
    run = workspace.run("build", OMNIGRID__IMAGES="off")
    assert "pictures were left out" not in run.err
    without = set(workspace.tree("build/sites/panhonest"))
    assert set(with_pictures) - without == {
        "og.png",
        "icon-180.png",
        "icon-192.png",
        "icon-512.png",
    }
    assert "og.png" not in workspace.read("build/sites/panhonest/index.html")
    workspace.run("build")
    again = workspace.tree("build/sites/panhonest")
    assert {n: d for n, (d, _) in again.items()} == {n: d for n, (d, _) in with_pictures.items()}


def test_a_logo_stands_at_the_head_of_every_page(workspace: Workspace) -> None:
    with_logo(workspace, "logos/pan.svg", DRAWING.encode())
    workspace.run("build")
    assert workspace.read("build/sites/panhonest/logo.svg") == DRAWING
    index = workspace.read("build/sites/panhonest/index.html")
    assert '<img alt="PanHonest™" src="logo.svg" width="144" height="48">' in index
    document = workspace.read("build/api/brands/OUR-003.json")
    assert '"logo":"sites/panhonest/logo.svg"' in document


def test_a_changed_logo_makes_its_site_alone_anew(workspace: Workspace) -> None:
    with_logo(workspace, "logos/pan.svg", DRAWING.encode())
    workspace.run("build")
    put(workspace, "logos/pan.svg", DRAWING.replace("#0b7285", "#c92a2a").encode())
    rendered = workspace.run("build", "--json").json["rendered"]
    assert [job for job in rendered if job.startswith("site:")] == ["site:panhonest"]
    assert "#c92a2a" in workspace.read("build/sites/panhonest/logo.svg")


@pytest.mark.parametrize(
    ("name", "kind", "files"),
    [
        ("pan.png", "PNG", {"logo-64.png", "logo-128.png", "logo-64.webp", "logo-128.webp"}),
        ("pan.jpeg", "JPEG", {"logo-64.jpg", "logo-128.jpg", "logo-64.webp", "logo-128.webp"}),
        ("pan.webp", "WEBP", {"logo-64.webp", "logo-128.webp"}),
    ],
)
def test_a_large_logo_becomes_small_ones(
    workspace: Workspace, name: str, kind: str, files: set[str]
) -> None:
    with_logo(workspace, f"logos/{name}", raster(kind, (1600, 1200)))
    workspace.run("build")
    site = workspace.tree("build/sites/panhonest")
    assert {each for each in site if each.startswith("logo")} == files
    for each in files:
        width = int(each.partition("-")[2].partition(".")[0])
        assert opened(site[each][0]).size == (width, width * 3 // 4)
    index = site["index.html"][0].decode()
    shown = re.search(r'<img alt="" src="(logo-64[^"]*)"[^>]* width="64" height="48">', index)
    assert shown is not None
    assert shown[1] in files
    assert "logo-128.webp 2x" in index


def test_without_the_extra_a_logo_is_copied_without_its_words(workspace: Workspace) -> None:
    with_logo(workspace, "logos/pan.png", polyglot(said(raster())))
    workspace.run("build", OMNIGRID__IMAGES="off")
    made = workspace.tree("build/sites/panhonest")["logo.png"][0]
    assert (b"Jane" in made, b"script" in made) == (False, False)
    assert opened(made).tobytes() == opened(raster()).tobytes()


def test_pictures_of_a_page_come_in_sizes(workspace: Workspace) -> None:
    put(workspace, "content/jar.jpg", raster("JPEG", (2000, 1000)))
    put(workspace, "content/in/plan.svg", DRAWING.encode())
    with_page(
        workspace, "![A jar](jar.jpg)\n\n![A plan](in/plan.svg 'Our plan')\n\n![Both](jar.jpg)"
    )
    workspace.run("check", "--strict")
    workspace.run("build")
    page = workspace.read("build/sites/panhonest/jars.html")
    jar = re.search(r"<picture><source[^>]*><img[^>]*></picture>", page)
    assert jar is not None
    stem = re.search(r"pictures/jar-[0-9a-f]{8}", jar.group())
    assert stem is not None
    widths = [int(width) for width in re.findall(rf"{stem.group()}-(\d+)\.webp \1w", jar.group())]
    assert widths == [480, 960, 1600]
    assert f'src="{stem.group()}-960.jpg"' in jar.group()
    assert 'width="960" height="480"' in jar.group()
    site = workspace.tree("build/sites/panhonest")
    for width in widths:
        assert opened(site[f"{stem.group()}-{width}.webp"][0]).size == (width, width // 2)
    images = re.findall(r"<img [^>]*pictures/[^>]*>", page)
    assert ["lazy" in each for each in images] == [False, True, True]
    assert 'alt="A plan"' in images[1]
    assert 'title="Our plan"' in images[1]


def test_a_picture_that_is_not_there_is_told_with_its_place(workspace: Workspace) -> None:
    put(workspace, "content/jar.png", raster())
    with_page(workspace, "Text.\n\nHere: ![A jar](jra.png)")
    run = workspace.run("check", code=1)
    assert f"{PAGE}:8:7: error[OG233]: there is no picture content/jra.png" in run.out
    assert 'did you mean "content/jar.png"' in run.out
    assert "`jra.png`" not in run.out


def test_pictures_without_words_or_from_elsewhere_are_warnings(workspace: Workspace) -> None:
    put(workspace, "content/jar.png", raster())
    with_page(workspace, "![](jar.png) and ![Theirs](https://elsewhere.example/a.png)")
    run = workspace.run("check")
    assert f"{PAGE}:6:1: warning[OG234]" in run.out
    assert f"{PAGE}:6:18: warning[OG235]" in run.out


def test_code_names_no_picture(workspace: Workspace) -> None:
    with_page(workspace, "`![a](b.png)`\n\n```\n![a](c.png)\n```\n\n<!-- ![a](d.png) -->")
    workspace.run("check", "--strict")


def test_a_hostile_picture_is_refused_and_nothing_is_written(workspace: Workspace) -> None:
    with_logo(workspace, "logos/pan.png", bomb())
    run = workspace.run("build", code=1)
    assert "logos/pan.png:1:1: error[OG231]" in run.err
    assert "50,000 × 50,000 pixels" in run.err
    assert not (workspace.root / "build").exists()


def test_a_drawing_with_a_program_is_refused_where_it_stands(workspace: Workspace) -> None:
    hostile = DRAWING.replace("<path", "\n  <script>alert(1)</script>\n  <path onload='x()'")
    with_logo(workspace, "logos/pan.svg", hostile.encode())
    run = workspace.run("check", code=1)
    assert "logos/pan.svg:2:4: error[OG232]: <script> is refused" in run.out
    assert "logos/pan.svg:3:9: error[OG232]: onload= is refused" in run.out


def test_pictures_that_nobody_names_are_not_looked_at(workspace: Workspace) -> None:
    put(workspace, "logos/old.png", bomb())
    workspace.run("check", "--strict")


def test_a_picture_that_is_damaged_inside_fails_its_site_alone(workspace: Workspace) -> None:
    whole = raster()
    at = whole.index(b"IDAT") + 40
    with_logo(workspace, "logos/pan.png", whole[:at] + bytes(400) + whole[at + 400 :])
    run = workspace.run("build", code=1)
    assert "logos/pan.png:1:1: error[OG231]: the picture cannot be used" in run.err
    assert (workspace.root / "build/sites/rainkeep/index.html").is_file()


@pytest.fixture
def bare(workspace: Workspace, tmp_path: Path) -> list[str]:
    """The command where everything is installed but the library that makes pictures."""
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.lower().startswith(("pil", "pillow")):
            (libraries / entry.name).symlink_to(entry)
    ours = Path(omnigrid.__file__).parents[1]
    begin = f"import sys; sys.path += {[str(ours), str(libraries)]!r}; "
    return [sys.executable, "-S", "-c", begin + "from omnigrid.cli import main; main()"]


def test_without_the_extra_a_build_says_so_once(workspace: Workspace, bare: list[str]) -> None:
    with_logo(workspace, "logos/pan.png", said(raster("PNG", (400, 300))))
    run = workspace.run_program([*bare, "build"], 0)
    assert run.err.count("pictures were left out") == 1
    files = workspace.tree("build/sites/panhonest")
    assert "og.png" not in files
    assert opened(files["logo.png"][0]).size == (400, 300)
    assert 'src="logo.png" width="64" height="48"' in files["index.html"][0].decode()
    assert "left out" not in workspace.run_program([*bare, "build"], 0, OMNIGRID__IMAGES="off").err
    workspace.run("build")
    assert "og.png" in workspace.tree("build/sites/panhonest")


def test_pictures_that_are_asked_for_need_the_extra(workspace: Workspace, bare: list[str]) -> None:
    workspace.edit("omnigrid.yaml", "language: en", "language: en\nimages: on")
    run = workspace.run_program([*bare, "build"], 1)
    assert "omnigrid.yaml:" in run.err
    assert "error[OG236]: `images: on` needs the library pillow" in run.err
    assert 'pip install "omnigrid[images]"' in run.err
    assert not (workspace.root / "build").exists()
    workspace.run("build")
