"""What `scripts/bench build` gives to other generators, without running them."""

from pathlib import Path

import pytest

import catalogue
from benching.generator import Generator, Kind, ours
from benching.peers.eleventy import eleventy, write_eleventy
from benching.peers.hugo import hugo, write_hugo
from benching.peers.hugo_layouts import SITE_FILES
from benching.peers.sameness import DifferentError, compare_outputs
from benching.portfolio import PACK_LINE, Content, read_content

KINDS: tuple[Kind, ...] = ("brand", "sector", "pack")


@pytest.fixture(name="content")
def _content(tmp_path: Path) -> Content:
    folder = tmp_path / "portfolio"
    catalogue.write(3, folder, pages=True)
    for styles in folder.glob("template_packs/*/styles.css"):
        styles.write_text(f"body {{ color: red }}\n{PACK_LINE}{{ order: 2 }}\n", encoding="utf-8")
    return read_content(folder)


@pytest.fixture(name="generators")
def _generators(content: Content, tmp_path: Path) -> list[Generator]:
    """All generators, their projects written. They never run here, so they need no command."""
    full, lite, node = (tmp_path / name for name in ("hugo", "lite", "eleventy"))
    write_hugo(content, full)
    write_hugo(content, lite, lite=True)
    write_eleventy(content, node)
    return [
        ours(content),
        hugo(content, full, ()),
        hugo(content, lite, (), lite=True),
        eleventy(content, node, ()),
    ]


def test_content_is_what_the_catalogue_wrote(content: Content) -> None:
    assert len(content.brands) == 3
    assert len(content.sectors) == len(catalogue.SECTORS)
    assert all(brand.title == f"About {brand.plain_name}" for brand in content.brands)
    assert all(brand.body.startswith("## About ") for brand in content.brands)


def test_hugo_has_a_page_for_each_brand_and_a_template_for_each_file(
    content: Content, generators: list[Generator]
) -> None:
    folder = generators[1].folder
    for brand in content.brands:
        page = folder / f"content/sectors/{brand.sector}/{brand.slug}.md"
        assert brand.text in page.read_text(encoding="utf-8")
        answer = folder / f"content/answers/{brand.page}.md"
        assert brand.body in answer.read_text(encoding="utf-8")
    for name, (file, _) in SITE_FILES.items():
        assert (folder / f"layouts/site/page.{name}.{file.rpartition('.')[2]}").is_file()


def test_lite_hugo_has_the_page_within_the_brand(
    content: Content, generators: list[Generator]
) -> None:
    folder = generators[2].folder
    for brand in content.brands:
        page = folder / f"content/sectors/{brand.sector}/{brand.slug}.md"
        assert brand.body in page.read_text(encoding="utf-8")
    assert len(list((folder / "layouts/site").iterdir())) == 4


def test_eleventy_has_a_page_for_each_brand_and_a_template_for_each_file(
    content: Content, generators: list[Generator]
) -> None:
    source = generators[3].folder / "src"
    for brand in content.brands:
        assert (source / f"brands/{brand.sector}/{brand.slug}.md").is_file()
        assert (source / f"answers/{brand.sector}/{brand.page}.md").is_file()
    for file, _ in SITE_FILES.values():
        assert (source / f"{file}.njk").is_file()


def test_templates_have_no_word_left(generators: list[Generator]) -> None:
    for generator in generators[1:]:
        for path in generator.folder.rglob("*"):
            if path.suffix in {".html", ".njk", ".css", ".svg", ".xml"}:
                assert "[[" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("kind", KINDS)
def test_each_edit_changes_the_same_line_of_every_project(
    generators: list[Generator], kind: Kind
) -> None:
    for generator in generators:
        path, start = generator.lines[kind]
        before = path.read_text(encoding="utf-8").splitlines()
        generator.edit(kind, 0)
        first = path.read_text(encoding="utf-8").splitlines()
        generator.edit(kind, 1)
        second = path.read_text(encoding="utf-8").splitlines()
        for old, new in ((before, first), (first, second)):
            changed = [one for one, other in zip(old, new, strict=True) if one != other]
            assert len(changed) == 1
            assert changed[0].startswith(start)


def test_outputs_that_differ_are_not_compared(content: Content, tmp_path: Path) -> None:
    mine, theirs = (_output(content, tmp_path / name) for name in ("mine", "theirs"))
    assert compare_outputs(content, mine, theirs) == "index.html 1.00, page 1.00"
    brand = content.brands[0]
    page = theirs / f"sites/{brand.slug}/{brand.page}.html"
    page.write_text("<h1>Something else</h1>", encoding="utf-8")
    with pytest.raises(DifferentError, match="does not hold"):
        compare_outputs(content, mine, theirs)
    page.unlink()
    with pytest.raises(DifferentError, match="1 files are in one output only"):
        compare_outputs(content, mine, theirs)


def _output(content: Content, folder: Path) -> Path:
    for brand in content.brands:
        site = folder / "sites" / brand.slug
        site.mkdir(parents=True)
        for name in ("index.html", f"{brand.page}.html"):
            text = f"<h1>{brand.name}</h1><h2>{brand.title}</h2>"
            (site / name).write_text(text, encoding="utf-8")
    for path in ("index.html", "heatmap/index.html", "sectors/retail/index.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("", encoding="utf-8")
    return folder
