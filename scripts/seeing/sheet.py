"""Contact sheets: the pictures of all packs side by side, in plain HTML."""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

SHEET = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ margin: 1rem; background: #808080; color: #000; font: 16px/1.4 sans-serif }}
div {{ display: grid; grid-template-columns: repeat(4, 1fr); gap: 1rem }}
figure {{ margin: 0 }}
figcaption {{ font-weight: bold }}
figure a {{ display: block; max-block-size: 44rem; overflow: hidden }}
img {{ display: block; inline-size: 100% }}
</style>
<h1>{title}</h1>
{body}
</html>
"""
FIGURE = (
    '<figure><figcaption>{pack}</figcaption><a href="{file}"><img src="{file}" alt=""></a></figure>'
)


class Picture(NamedTuple):
    """A page of a pack in one look, and the picture's name in its folder."""

    pack: str
    kind: str
    look: str
    file: str


def write_sheets(folder: Path, pictures: list[Picture]) -> list[Path]:
    """Write a sheet for each look, and `sheets.html` with a link to each.

    Returns the sheets of the looks.
    """
    looks = list(dict.fromkeys(picture.look for picture in pictures))
    for look in looks:
        shown = [each for each in pictures if each.look == look]
        body = "\n".join(_row(kind, shown) for kind in dict.fromkeys(each.kind for each in shown))
        _write(folder / f"sheet-{look}.html", look, body)
    links = "\n".join(f'<p><a href="sheet-{look}.html">{look}</a></p>' for look in looks)
    _write(folder / "sheets.html", "Sheets", links)
    return [folder / f"sheet-{look}.html" for look in looks]


def _row(kind: str, pictures: Iterable[Picture]) -> str:
    figures = (
        FIGURE.format(pack=escape(each.pack), file=escape(each.file))
        for each in pictures
        if each.kind == kind
    )
    return f"<h2>{escape(kind)}</h2>\n<div>\n" + "\n".join(figures) + "\n</div>"


def _write(path: Path, title: str, body: str) -> None:
    path.write_text(SHEET.format(title=escape(title), body=body), encoding="utf-8")
