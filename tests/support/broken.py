"""A portfolio of broken files, of forty kinds: what a day of a large company's edits may hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

CONFIG = "name: Broken\n"
SECTOR = "id: Garden\nname: Garden\ndescription: All of it.\ntemplate: plain\n"
PACK = "id: plain\nname: Plain\nversion: 1.0.0\napi: 1\ndescription: A plain pack.\n"
BRAND = """\
id: BRK-{number:05d}
name: Brand {number}
sector: Garden
tagline: One line
description: A few words.
keywords:
  - spade
  - rake
priority: high
owner: Somebody
trademark:
  classes: [9, 35]
license:
  tier: Standard
  expires: 2999-01-01
theme:
  accent: "#0b7285"
links:
  Shop: https://shop.example/
"""
PAGE = """\
---
title: Page {number}
brand: BRK-00000
---

Some words.
"""


class BrokenKind(NamedTuple):
    """One way to break a file: ``old`` becomes ``new``, and ``code`` is what it must be called."""

    code: str
    old: str
    new: str
    text: str = BRAND

    def file(self, number: int) -> tuple[str, bytes]:
        """Return the path and the bytes of one broken file."""
        whole = self.text.format(number=number)
        old, new = self.old.format(number=number), self.new.format(number=number)
        assert whole.count(old) == 1, (old, whole)
        folder, ending = ("brands", "yaml") if self.text is BRAND else ("content", "md")
        data = whole.replace(old, new).encode("utf-8", "surrogateescape")
        return f"{folder}/{number // 1000}/broken-{number}.{ending}", data


KINDS: dict[str, BrokenKind] = {
    "unknown sector": BrokenKind("OG104", "sector: Garden", "sector: Gardn"),
    "unknown template": BrokenKind("OG104", "priority:", "template: plane\npriority:"),
    "unknown key": BrokenKind("OG102", "tagline:", "tag line:"),
    "unknown inner key": BrokenKind("OG102", "  tier:", "  teir:"),
    "missing key": BrokenKind("OG103", "owner: Somebody\n", ""),
    "empty key": BrokenKind("OG103", "owner: Somebody", "owner:"),
    "missing inner key": BrokenKind("OG103", "  tier: Standard\n", ""),
    "wrong choice": BrokenKind("OG105", "priority: high", "priority: hihg"),
    "text for a list": BrokenKind("OG105", "[9, 35]", "9"),
    "list for a text": BrokenKind("OG105", "name: Brand {number}", "name: [Brand, {number}]"),
    "text for a group": BrokenKind("OG105", 'theme:\n  accent: "#0b7285"', "theme: blue"),
    "number out of range": BrokenKind("OG105", "[9, 35]", "[9, 99]"),
    "endless number": BrokenKind("OG105", "[9, 35]", f"[9, {'9' * 5000}]"),
    "no date": BrokenKind("OG105", "2999-01-01", "soon"),
    "no such day": BrokenKind("OG105", "2999-01-01", "2999-02-30"),
    "no colour": BrokenKind("OG105", '"#0b7285"', "teal"),
    "unsafe link": BrokenKind("OG105", "https://shop.example/", "javascript:alert(1)"),
    "bad domain": BrokenKind("OG105", "owner:", "domain: Not a domain {number}\nowner:"),
    "bad id": BrokenKind("OG105", "id: BRK-{number:05d}", "id: {number}"),
    "text too long": BrokenKind("OG105", "One line", "word " * 50),
    "empty item": BrokenKind("OG105", "  - rake", "  -"),
    "key twice": BrokenKind("OG106", "owner:", "name: Other\nowner:"),
    "anchor": BrokenKind("OG107", "owner: Some", "owner: &me Some"),
    "alias": BrokenKind("OG107", "owner: Somebody", "owner: *me"),
    "tag": BrokenKind("OG107", "owner: Some", "owner: !!str Some"),
    "merge key": BrokenKind("OG107", "theme:", "<<: x\ntheme:"),
    "too deep": BrokenKind("OG108", "One line", "[" * 100_000),
    "too large": BrokenKind("OG108", "A few words.", "word " * 60_000),
    "not utf-8": BrokenKind("OG109", "One line", "Caf\udce9"),
    "turned text": BrokenKind("OG109", "One line", "One \u202eenil"),
    "colon in a text": BrokenKind("OG101", "One line", "One: line"),
    "tab": BrokenKind("OG101", "  - spade", "\t- spade"),
    "open quote": BrokenKind("OG101", "One line", "'One line"),
    "sign at the start": BrokenKind("OG101", "One line", "@ one line"),
    "open list": BrokenKind("OG101", "[9, 35]", "[9, 35"),
    "bad indent": BrokenKind("OG101", "  expires:", "   expires:"),
    "second document": BrokenKind("OG101", "owner:", "---\nowner:"),
    "secret": BrokenKind("OG221", "A few words.", "https://me:hunter2@shop.example"),
    "page without an end": BrokenKind("OG110", "---\n\nSome", "Some", PAGE),
    "page without a brand": BrokenKind("OG104", "BRK-00000", "BRK-99999", PAGE),
    "tangled page": BrokenKind("OG224", "Some words.", "[" * 1000, PAGE),
}


def write_broken(root: Path, count: int) -> dict[str, int]:
    """Write a portfolio of ``count`` broken files; return how many there are of each code."""
    _write(root, "omnigrid.yaml", CONFIG.encode())
    _write(root, "sectors/garden.yaml", SECTOR.encode())
    _write(root, "template_packs/plain/pack.yaml", PACK.encode())
    _write(root, "brands/sound.yaml", BRAND.format(number=0).encode())
    codes: dict[str, int] = {}
    for number, kind in _kinds(count):
        path, data = kind.file(number)
        _write(root, path, data)
        codes[kind.code] = codes.get(kind.code, 0) + 1
    return codes


def _kinds(count: int) -> Iterator[tuple[int, BrokenKind]]:
    kinds = list(KINDS.values())
    return ((number, kinds[number % len(kinds)]) for number in range(1, count + 1))


def _write(root: Path, path: str, data: bytes) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
