"""Edits of a small portfolio, as editors make them; each takes two numbers that choose what."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from support.small import INDEX, Small, sector

Edit = Callable[[Small, int, int], object]
Choice = TypeVar("Choice")

_COLOURS = (None, "#c92a2a", "#2b8a3e", "#1864ab")
_WORDS = ("One", "Two words", "Drei <b>", "quattro & {{ 4 }}")
_TEMPLATES = (
    INDEX,
    "<p>{{ brand.name }}</p>{% for each in related %}{{ each.name }}{{ each.url }}{% endfor %}",
    "{{ pages|length }}{% for page in pages %}{{ page.title }}{% endfor %}{{ brand.accent }}",
)


def _of(choices: Sequence[Choice], number: int) -> Choice:
    return choices[number % len(choices)]


def _brand(small: Small, number: int) -> dict[str, Any]:
    return small.brands[_of(sorted(small.brands), number)]


def _rename(things: dict[str, Any], number: int, name: str) -> None:
    things[name] = things.pop(_of(sorted(things), number))


def edit_a_brand(small: Small, which: int, what: int) -> None:
    facts: tuple[tuple[str, Any], ...] = (
        ("tagline", _of(_WORDS, which + what)),
        ("description", _of(_WORDS, which)),
        ("domain", f"b{which}.example" if which % 2 else None),
        ("priority", _of(("low", "high", "critical"), which)),
        ("theme", {"accent": colour} if (colour := _of(_COLOURS, which)) else None),
        ("keywords", [_of(("tea water", "garden seeds", "rain"), which)]),
        ("template", _of((None, *sorted(small.packs)), which)),
        ("name", f"Name{which} {what}™"),
    )
    key, value = _of(facts, what)
    _brand(small, which)[key] = value


def move_a_brand(small: Small, which: int, where: int) -> None:
    _brand(small, which)["sector"] = _of(sorted(small.sectors.values(), key=str), where)["id"]


def add_a_brand(small: Small, number: int, like: int) -> None:
    taken = {facts["id"] for facts in small.brands.values()}
    if (brand_id := f"NEW-{number:03d}") not in taken:
        copied = {**_brand(small, like), "id": brand_id, "name": f"New {number}", "domain": None}
        small.brands[f"new-{number}"] = copied


def delete_a_brand(small: Small, which: int, _: int) -> None:
    if len(small.brands) > 1:
        gone = small.brands.pop(_of(sorted(small.brands), which))
        for head in small.pages.values():
            if head.get("brand") == gone["id"]:
                head["brand"] = _brand(small, 0)["id"]


def rename_a_brand_s_file(small: Small, which: int, name: int) -> None:
    if f"renamed-{name}" not in small.brands:
        _rename(small.brands, which, f"renamed-{name}")


def swap_two_ids(small: Small, one: int, other: int) -> None:
    first, second = _brand(small, one), _brand(small, other)
    first["id"], second["id"] = second["id"], first["id"]


def edit_a_sector(small: Small, which: int, what: int) -> None:
    facts: tuple[tuple[str, Any], ...] = (
        ("health", _of((None, 50, 90, 99), which)),
        ("description", _of(_WORDS, which)),
        ("color", _of(_COLOURS, which)),
        ("template", _of(sorted(small.packs), which + 1)),
        ("name", f"Sector {which}"),
    )
    key, value = _of(facts, what)
    _of([small.sectors[slug] for slug in sorted(small.sectors)], which)[key] = value


def rename_a_sector_s_file(small: Small, which: int, name: int) -> None:
    if f"sector-{name}" not in small.sectors:
        _rename(small.sectors, which, f"sector-{name}")


def change_a_sector_s_id(small: Small, which: int, number: int) -> None:
    facts, new = small.sectors[_of(sorted(small.sectors), which)], f"Other_{number}"
    if new not in {each["id"] for each in small.sectors.values()}:
        for brand in small.brands.values():
            if brand["sector"] == facts["id"]:
                brand["sector"] = new
        facts["id"] = new


def add_a_sector(small: Small, number: int, pack: int) -> None:
    if f"Added_{number}" not in {each["id"] for each in small.sectors.values()}:
        small.sectors[f"added-{number}"] = sector(f"Added_{number}", _of(sorted(small.packs), pack))


def delete_a_sector(small: Small, which: int, where: int) -> None:
    if len(small.sectors) > 1:
        gone = small.sectors.pop(_of(sorted(small.sectors), which))["id"]
        home = small.sectors[_of(sorted(small.sectors), where)]["id"]
        for brand in small.brands.values():
            if brand["sector"] == gone:
                brand["sector"] = home


def edit_a_pack(small: Small, which: int, what: int) -> None:
    files = small.packs[_of(sorted(small.packs), which)]
    path, texts = _of(
        (
            ("index.html", _TEMPLATES),
            ("styles.css", ("p{}", "b{color:red}")),
            ("page.html", (None, "<h1>{{ page.title }}</h1>{{ page.html }}")),
            ("logo.svg", (None, "<svg/>")),
        ),
        what,
    )
    text = _of(texts, what // 4 + which)
    if text is None:
        files.pop(path, None)
    else:
        files[path] = text.encode()


def break_a_pack(small: Small, which: int, whom: int) -> None:
    """Let a template fail for one brand, or for all."""
    failing = (
        "{{ oops }}"
        if whom % 2
        else f"{{% if '{whom % 6}' in brand.id %}}{{{{ oops }}}}{{% endif %}}"
    )
    small.packs[_of(sorted(small.packs), which)]["index.html"] = failing.encode()


def mend_all_packs(small: Small, template: int, _: int) -> None:
    for files in small.packs.values():
        files["index.html"] = _of(_TEMPLATES, template).encode()


def name_a_pack(small: Small, which: int, name: int) -> None:
    files = small.packs[_of(sorted(small.packs), which)]
    lines = files["pack.yaml"].decode().splitlines()
    named = [f"name: Pack {name}" if line.startswith("name:") else line for line in lines]
    files["pack.yaml"] = ("\n".join(named) + "\n").encode()


def edit_a_page(small: Small, which: int, what: int) -> None:
    if small.pages:
        slug = _of(sorted(small.pages), which)
        key, value = _of(
            (("title", _of(_WORDS, what)), ("date", f"2026-0{1 + which % 9}-01"), ("body", "")),
            what,
        )
        if key == "body":
            small.bodies[slug] = f"# Words\n\n~~{_of(_WORDS, which)}~~ | a |\n"
        else:
            small.pages[slug][key] = value


def add_a_page(small: Small, number: int, brand: int) -> None:
    place = {"brand": _brand(small, brand)["id"]} if brand % 2 else {"intent": "boil water for tea"}
    small.pages[f"page-{number}"] = {"title": f"Page {number}", **place}


def delete_a_page(small: Small, which: int, _: int) -> None:
    if small.pages:
        small.pages.pop(_of(sorted(small.pages), which))


def rename_a_page_s_file(small: Small, which: int, name: int) -> None:
    if small.pages and f"moved-{name}" not in small.pages:
        _rename(small.pages, which, f"moved-{name}")


def configure(small: Small, which: int, what: int) -> None:
    facts: tuple[tuple[str, Any], ...] = (
        ("name", _of(_WORDS, which)),
        ("base_url", _of((None, "https://one.example/", "https://two.example/x"), which)),
        ("markdown", _of((None, "gfm", "extra"), which)),
        ("forge", _of((None, {"repository": "https://github.com/us/brands"}), which)),
        ("theme", _of((None, {"accent": "#5f3dc4"}), which)),
        ("matching", _of((None, {"threshold": 1}, {"threshold": 99}), which)),
        ("language", _of((None, "de"), which)),
        ("description", _of((None, *_WORDS), which)),
    )
    key, value = _of(facts, what)
    small.config[key] = value


def edit_a_download(small: Small, number: int, other: int) -> None:
    """Put a file beside a page, change it or take it away; of a kind that is published or not."""
    path = f"content/barrels/sizes.{_of(('csv', 'pdf', 'exe'), number)}"
    if other % 3:
        small.beside[path] = b"%%PDF-1.7 %d" % other
    else:
        small.beside.pop(path, None)


EDITS: tuple[Edit, ...] = (
    edit_a_brand,
    move_a_brand,
    add_a_brand,
    delete_a_brand,
    rename_a_brand_s_file,
    swap_two_ids,
    edit_a_sector,
    rename_a_sector_s_file,
    change_a_sector_s_id,
    add_a_sector,
    delete_a_sector,
    edit_a_pack,
    break_a_pack,
    mend_all_packs,
    name_a_pack,
    edit_a_page,
    add_a_page,
    delete_a_page,
    rename_a_page_s_file,
    edit_a_download,
    configure,
)
EACH: tuple[tuple[Edit, int, int], ...] = (
    *((edit_a_brand, 1, what) for what in range(8)),
    *((edit_a_sector, which, what) for what in range(5) for which in (1, 2)),
    *((edit_a_pack, 1, what) for what in range(5)),
    *((edit_a_page, which, what) for what in range(3) for which in (0, 1)),
    *((configure, 1, what) for what in range(8)),
    *((name_a_pack, which, 7) for which in (0, 1)),
    *((edit, which, 1) for edit in (delete_a_page, delete_a_brand) for which in (0, 1)),
    *((edit, 1, 2) for edit in (move_a_brand, add_a_brand, add_a_sector, add_a_page)),
    *((edit, 1, 2) for edit in (rename_a_brand_s_file, rename_a_sector_s_file, swap_two_ids)),
    *((edit, 1, 3) for edit in (rename_a_page_s_file, change_a_sector_s_id, delete_a_sector)),
    (add_a_page, 2, 1),
)
"""Each thing that an edit may change, by itself."""
