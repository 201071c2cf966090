"""What a site carries for its host, for devices, and for whoever checks what is served."""

import base64
import hashlib
import json

import pytest

from omnigrid import __version__
from omnigrid.model.files import ConfigFile
from omnigrid.model.stamp import STAMP_NAME, digest_in_stamp, digest_of_files
from omnigrid.render.headers import headers_file
from support.heads import Head
from support.rendered import DATED, rendered
from support.values import page


def rules(text: bytes) -> dict[str, dict[str, str]]:
    """Return the headers for each path of a `_headers` file, as its hosts read it."""
    found: dict[str, dict[str, str]] = {}
    for line in text.decode().splitlines():
        if line.startswith("/"):
            path = line
            assert path not in found
            found[path] = {}
        else:
            assert line.startswith("  ")
            name, value = line.strip().split(": ", 1)
            assert name not in found[path]
            found[path][name] = value
    return found


def directives(policy: str) -> dict[str, str]:
    return {name: value for name, _, value in (d.partition(" ") for d in policy.split("; "))}


@pytest.mark.parametrize("path", ["index.html", "404.html", "dated.html"])
def test_the_header_says_what_the_page_says_and_forbids_frames(path: str) -> None:
    files = rendered(DATED)
    meta = directives(Head(files[path]).metas["Content-Security-Policy"])
    header = directives(rules(files["_headers"])["/*"]["Content-Security-Policy"])
    assert header == meta | {"frame-ancestors": "'none'"}
    assert meta["default-src"] == "'none'"
    assert meta["script-src"] == meta["style-src"] == "'self'"
    assert not {"unsafe-inline", "unsafe-eval", "*"} & {*" ".join(header.values()).split()}


def test_every_answer_carries_the_headers_that_protect_its_visitor() -> None:
    everywhere = rules(rendered()["_headers"])["/*"]
    assert everywhere["X-Content-Type-Options"] == "nosniff"
    assert everywhere["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert everywhere["Permissions-Policy"].startswith("camera=()")
    assert "Cache-Control" not in everywhere


def test_only_what_is_asked_for_by_its_digest_is_kept_for_ever() -> None:
    files = rendered(DATED)
    told = rules(files["_headers"])
    kept = {path[1:] for path, its in told.items() if "immutable" in its.get("Cache-Control", "")}
    head = Head(files["index.html"])
    asked = [src for script in head.scripts if (src := script["src"])]
    asked += [href for rel, href in head.links if rel == "stylesheet"]
    assert kept == {address.partition("?v=")[0] for address in asked}
    for address in asked:
        name, _, version = address.partition("?v=")
        assert version == hashlib.sha256(files[name]).hexdigest()[:8]


def test_what_a_page_asks_for_by_its_name_alone_is_asked_for_anew() -> None:
    layout = '<script src="{{ assets.script.url }}"></script><link href="styles.css">'
    told = rules(rendered(index=layout)["_headers"])
    assert "/styles.css" not in told
    assert "immutable" in told["/app.js"]["Cache-Control"]


def test_many_pictures_are_one_rule() -> None:
    told = rules(headers_file(f"pictures/p{n}.webp" for n in range(200)))
    assert told.keys() == {"/*", "/pictures/*"}
    assert told["/pictures/*"] == {"Cache-Control": "public, max-age=86400"}


def test_no_header_is_said_twice_of_one_path_and_every_path_is_there() -> None:
    names = ["og.png", "icon-192.png", "index.html", "feed.xml", "styles.css"]
    told = rules(headers_file(names, ["styles.css"]))
    everywhere = told.pop("/*")
    assert {path[1:] for path in told} == {*names} - {"index.html"}
    assert not [path for path, its in told.items() if its.keys() & everywhere.keys()]
    assert headers_file(names) == headers_file(reversed(names))
    assert headers_file(names) != headers_file(names, ["styles.css"])


def test_a_release_seals_what_its_pages_load() -> None:
    for sealed in (False, True):
        files = rendered(release=sealed)
        told = [script.get("integrity") for script in Head(files["index.html"]).scripts]
        digest = base64.b64encode(hashlib.sha384(files["app.js"]).digest()).decode()
        assert told == ([f"sha384-{digest}"] if sealed else [None])
        digest = base64.b64encode(hashlib.sha384(files["styles.css"]).digest()).decode()
        assert (digest.encode() in files["index.html"]) == sealed


def test_the_web_manifest_names_the_site_and_files_that_it_has() -> None:
    files = rendered(config=ConfigFile(name="T", language="ar"))
    manifest = json.loads(files["manifest.webmanifest"])
    assert (manifest["name"], manifest["lang"], manifest["dir"]) == ("Spade", "ar", "rtl")
    assert manifest["start_url"] in files
    assert {icon["src"] for icon in manifest["icons"]} <= files.keys()
    assert ("manifest", "manifest.webmanifest") in Head(files["index.html"]).links


def test_the_stamp_says_what_was_made_of_what_by_what() -> None:
    files = rendered(DATED, page("plain"))
    lines = files[STAMP_NAME].decode().splitlines()
    wanted = ("Brand: TST-001", "Sector: Garden", "Pack: plain 1.0.0", "Pages: 3")
    assert {*wanted, f"Generator: omnigrid {__version__}"} <= {*lines}
    assert ("author", STAMP_NAME) in Head(files["index.html"]).links


def test_the_stamp_proves_every_other_file() -> None:
    files = rendered(DATED)
    stamped = digest_in_stamp(files[STAMP_NAME].decode())
    assert stamped == digest_of_files(files)
    for path in files.keys() - {STAMP_NAME}:
        assert digest_of_files({**files, path: files[path] + b" "}) != stamped
        assert digest_of_files({each: files[each] for each in files.keys() - {path}}) != stamped


def test_the_stamp_changes_with_the_site_alone() -> None:
    stamps = {text: rendered(tagline=text)[STAMP_NAME] for text in ("one", "two")}
    assert stamps["one"] != stamps["two"]
    assert rendered(tagline="one")[STAMP_NAME] == stamps["one"]
