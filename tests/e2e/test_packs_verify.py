"""`omnigrid packs verify`: one broken pack for each rule, all of them in one run."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from support.workspace import Workspace

INDEX = "index.html"
MAIN = '{% extends "base/layout.html" %}\n{% block main %}\n<h1>A</h1>\n'
END = "\n{% endblock %}\n"
"""Text of a rule's fault stands on line 4."""


class Broken(NamedTuple):
    """A fault: what is written into which file, and what is said of it where."""

    code: str
    place: str
    said: str
    file: str
    text: str
    hint: str = ""


def main(text: str) -> str:
    return MAIN + text + END


DECLARED = "tokens:\n  - {name: seal, type: colour, default: %s, grounds: [ground]}\n"
RULES: dict[str, Broken] = {
    "variable": Broken("OG410", "4:13", '"nmae"', INDEX, main("<p>nmae: {{ nmae }}</p>")),
    "field": Broken(
        "OG410",
        "4:10",
        '"nmae" in "brand"',
        INDEX,
        main("{{ brand.nmae }}"),
        'did you mean "name"?',
    ),
    "inner_field": Broken(
        "OG410",
        "4:44",
        '"titel" in "other"',
        INDEX,
        main("{% for other in pages %}<a href=x>{{ other.titel }}</a>{% endfor %}"),
        'did you mean "title"?',
    ),
    "macro_field": Broken(
        "OG410",
        "5:9",
        '"named" in "b"',
        INDEX,
        main("{% macro m(b) %}\n<i>{{ b.named }}</i>\n{% endmacro %}\n{{ m(brand) }}"),
    ),
    "base_macro": Broken(
        "OG410",
        "4:49",
        'the macro "facts" of base/parts.html, with what it is given here',
        INDEX,
        main('{% import "base/parts.html" as parts %}{{ parts.facts(sector, brand) }}'),
    ),
    "macro": Broken(
        "OG410",
        "4:49",
        'no macro "fcts" in "parts"',
        INDEX,
        main('{% import "base/parts.html" as parts %}{{ parts.fcts(brand, sector) }}'),
        'did you mean "facts"?',
    ),
    "filter": Broken(
        "OG410", "4:15", 'no filter "uper"', INDEX, main("{{ brand.id | uper }}"), '"upper"'
    ),
    "template": Broken("OG410", "4:13", '"prts.html"', INDEX, main('{% include "prts.html" %}')),
    "absent": Broken(
        "OG411",
        "4:18",
        '"brand.contact.email" may be missing',
        INDEX,
        main("{{ brand.contact.email }}"),
        "{% if brand.contact.email|default(none) %}",
    ),
    "none": Broken("OG411", "4:10", "may be none", INDEX, main("{{ brand.domain }}")),
    "no_parts": Broken(
        "OG411", "4:10", "it has no parts then", INDEX, main("{{ brand.license.tier }}")
    ),
    "unused_token": Broken(
        "OG412", "7:12", 'design token "seal"', "pack.yaml", DECLARED % '"#000000 #ffffff"'
    ),
    "unused_need": Broken(
        "OG412", "7:14", '"sector.color"', "pack.yaml", "needs:\n  optional: [sector.color]\n"
    ),
    "unused_file": Broken("OG412", "1:1", "no page is made", "extra.html", "x\n"),
    "block": Broken(
        "OG412",
        "1:42",
        'block "mian"',
        INDEX,
        '{% extends "base/layout.html" %}{% block mian %}<h1>A</h1>{% endblock %}',
        'did you mean "main"?',
    ),
    "script": Broken("OG413", "4:1", "a script stands", INDEX, main("<script>a()</script>")),
    "style": Broken("OG413", "4:1", "a style element", INDEX, main("<style>p{}</style>")),
    "style_attribute": Broken("OG413", "4:4", "style", INDEX, main('<p style="top:0">x</p>')),
    "handler": Broken("OG413", "4:9", '"onclick"', INDEX, main('<button onclick="a()">x</button>')),
    "script_link": Broken("OG413", "4:4", "script", INDEX, main('<a href="javascript:a()">x</a>')),
    "picture": Broken(
        "OG414", "4:13", "elsewhere", INDEX, main('<img alt="" src="https://cdn.example/a.png">')
    ),
    "style_link": Broken(
        "OG414",
        "4:23",
        "elsewhere",
        INDEX,
        main('<link rel=stylesheet  href="//cdn.example/a.css">'),
    ),
    "import": Broken("OG414", "1:1", "imports", "styles.css", '@import "a.css";\n'),
    "css_url": Broken(
        "OG414", "2:21", "elsewhere", "styles.css", "p {}\np { background: url(//cdn.example/a) }\n"
    ),
    "fetch": Broken(
        "OG414", "1:8", "elsewhere", "app.js", 'fetch("https://cdn.example/a.json");\n'
    ),
    "form": Broken(
        "OG414", "4:7", "sent elsewhere", INDEX, main('<form action="https://a.example/"></form>')
    ),
    "alt": Broken("OG415", "4:1", "no text in its place", INDEX, main('<img src="a.png">')),
    "drawing": Broken("OG415", "4:6", "the drawing", INDEX, main('<svg role="img"></svg>')),
    "tabindex": Broken("OG415", "4:4", "tabindex", INDEX, main('<p tabindex="3">x</p>')),
    "language": Broken(
        "OG415",
        "2:1",
        "language",
        INDEX,
        "<!doctype html>\n<html><head><title>A</title></head><main><h1>A</h1></main></html>\n",
    ),
    "title": Broken("OG415", "1:1", "no title", INDEX, '<html lang="en"><main><h1>A</h1></main>'),
    "main": Broken("OG415", "1:1", "no main", INDEX, '<html lang="en"><title>A</title><h1>A</h1>'),
    "heading": Broken(
        "OG415", "1:1", "no first heading", INDEX, MAIN.replace("<h1>A</h1>", "") + END
    ),
    "syntax": Broken("OG416", "4:1", "mistake", INDEX, main("{% if %}x{% endif %}")),
    "json": Broken("OG416", "2:10", "not JSON", "config.json", '{\n  "a": 1,,\n}\n'),
    "encoding": Broken("OG416", "1:4", "UTF-8", "styles.css", "p {\udcff}\n"),
    "property": Broken(
        "OG417", "1:16", '"--acent"', "styles.css", "p { color: var(--acent); }\n", '"--accent"'
    ),
    "contrast": Broken("OG418", "7:62", '"seal"', "pack.yaml", DECLARED % '"#ffff00"'),
    "large": Broken("OG419", "1:1", "201 KB", "app.js", "/*" + "x" * 201_000 + "*/\n"),
    "default": Broken("OG404", "7:41", '"seal"', "pack.yaml", DECLARED % '"red;}"'),
    "need": Broken(
        "OG410", "7:14", '"brand.licence"', "pack.yaml", "needs:\n  required: [brand.licence]\n"
    ),
}
PACK = """\
id: {name}
name: {name}
version: 1.0.0
api: 1
description: A pack with one fault.
"""


@pytest.fixture(scope="module")
def found(
    _starter: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, Any]]]:
    """What one run of the command says of each broken pack."""
    root = tmp_path_factory.mktemp("packs") / "portfolio"
    shutil.copytree(_starter, root)
    space = Workspace(root)
    for name, broken in RULES.items():
        folder = space.root / "template_packs" / name
        folder.mkdir()
        (folder / "index.html").write_text(main(""))
        (folder / "pack.yaml").write_text(PACK.format(name=name))
        target = folder / broken.file
        before = target.read_text() if broken.file == "pack.yaml" else ""
        target.write_bytes((before + broken.text).encode("utf-8", "surrogateescape"))
    said: dict[str, list[dict[str, Any]]] = {}
    for each in space.run("packs", "verify", "--json", code=1).json["diagnostics"]:
        said.setdefault(each["path"].split("/")[1], []).append(each)
    return said


@pytest.mark.parametrize("name", RULES)
def test_each_rule_is_told_once_where_its_fault_is(
    name: str, found: dict[str, list[dict[str, Any]]]
) -> None:
    broken = RULES[name]
    own = [each for each in found[name] if each["code"] == broken.code]
    assert len(own) == 1, found[name]
    span = own[0]["span"]
    assert own[0]["path"] == f"template_packs/{name}/{broken.file}"
    assert f"{span['line']}:{span['column']}" == broken.place
    assert broken.said in own[0]["message"]
    assert broken.hint in own[0]["hint"]
    if broken.file != "app.js":
        assert own[0]["snippet"] == broken_line(broken, span["line"])


def broken_line(broken: Broken, line: int) -> str:
    """Return the line of a file that a fault stands in; empty where the file is no text."""
    if "\udcff" in broken.text:
        return ""
    head = PACK.count("\n") if broken.file == "pack.yaml" else 0
    return broken.text.split("\n")[line - 1 - head]


def test_the_packs_that_come_along_have_no_fault(
    found: dict[str, list[dict[str, Any]]], workspace: Workspace
) -> None:
    assert found.keys() == RULES.keys()
    run = workspace.run("packs", "verify", "ip_tracking", "--strict")
    assert "no faults" in run.err


def test_an_unknown_pack_and_the_strict_way(workspace: Workspace) -> None:
    run = workspace.run("packs", "verify", "ip_traking", code=1)
    assert 'did you mean "ip_tracking"?' in run.err
    workspace.write("template_packs/ip_tracking/spare.html", "x")
    workspace.run("packs", "verify", "ip_tracking")
    run = workspace.run("packs", "verify", "ip_tracking", "--strict", code=1)
    assert "spare.html:1:1: warning[OG412]" in run.out


def test_a_new_pack_passes_and_builds(workspace: Workspace) -> None:
    workspace.run("new", "pack", "Field Notes")
    run = workspace.run("packs", "verify", "field_notes", "--strict")
    assert "no faults" in run.err
    workspace.edit("sectors/kitchen-goods.yaml", "template: ", "template: field_notes # ")
    workspace.run("build")
    assert "--radius:0.5rem" in workspace.read("build/sites/panhonest/styles.css")


OVER = "template_packs/_overrides/"


def test_one_block_is_replaced_and_only_its_sites_are_built_anew(workspace: Workspace) -> None:
    workspace.run("build")
    before = contents(workspace)
    pack = "market_compliance"
    text = '{% extends "original/index.html" %}\n{% block title %}Ours{% endblock %}\n'
    workspace.write(f"{OVER}{pack}/index.html", text)
    workspace.write(f"{OVER}{pack}/styles.css", "p { color: var(--ink); }\n")
    workspace.run("packs", "verify", "--strict", pack)
    written = workspace.run("build", "--json").json["written"]
    changed = {path.split("/")[1] for path in written if path.startswith("sites/")}
    assert changed
    for slug in changed:
        assert "<title>Ours</title>" in workspace.read(f"build/sites/{slug}/index.html")
        styles = workspace.read(f"build/sites/{slug}/styles.css")
        assert styles.endswith("\np { color: var(--ink); }\n")
        own = workspace.read(f"template_packs/{pack}/styles.css")
        assert own in styles
    shutil.rmtree(workspace.root / OVER)
    workspace.run("build")
    assert contents(workspace) == before


def contents(workspace: Workspace) -> dict[str, bytes]:
    return {path: data for path, (data, _) in workspace.tree().items()}


def test_a_style_sheet_is_replaced_as_a_whole_where_it_says_so(workspace: Workspace) -> None:
    marked = "/* replaces the pack's */\np { color: var(--ink); }\n"
    workspace.write(f"{OVER}market_compliance/styles.css", marked)
    workspace.run("build")
    own = workspace.read("template_packs/market_compliance/styles.css")
    sites = list((workspace.root / "build/sites").glob("*/config.json"))
    replaced = [s for s in sites if '"market_compliance"' in s.read_text()]
    assert replaced
    for site in replaced:
        styles = (site.parent / "styles.css").read_text()
        assert styles.endswith(marked)
        assert own not in styles


def test_faults_name_the_file_of_the_override(workspace: Workspace) -> None:
    path = f"{OVER}market_compliance/page.html"
    text = '{% extends "original/page.html" %}\n{% block title %}{{ page.titel }}{% endblock %}\n'
    workspace.write(path, text)
    run = workspace.run("packs", "verify", "market_compliance", code=1)
    assert f'{path}:2:26: error[OG410]: there is no field "titel" in "page"' in run.out
    workspace.write(f"{OVER}market_compliance/index.html", "one\n{{ brand.nmae }}\n")
    assert f"{OVER}market_compliance/index.html:2:" in workspace.run("build", code=1).err


@pytest.mark.parametrize(
    ("path", "said", "hint"),
    [
        ("market_complianc/index.html", "no template pack", '"market_compliance"'),
        ("ip_tracking/pack.yaml", "cannot be replaced", "theme"),
        ("index.html", "belongs to no pack", "_overrides/<pack>/index.html"),
    ],
)
def test_an_override_of_nothing_is_a_fault(
    workspace: Workspace, path: str, said: str, hint: str
) -> None:
    workspace.write(OVER + path, "x")
    for command in (("check",), ("packs", "verify")):
        run = workspace.run(*command, code=1)
        assert f"{OVER}{path}:1:1: error[OG403]" in run.out
        assert said in run.out
        assert hint in run.out
