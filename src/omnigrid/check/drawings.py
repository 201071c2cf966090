"""Drawings (SVG) as pictures that do nothing but show: everything else is refused, with its place.

They are shown by ``<img>``, where nothing in them runs; but they have an address of their own, at
which a browser would run them. What they may hold is listed here; what is not listed is refused.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from omnigrid.model.findings import Span
from omnigrid.model.pictures import PictureFile, PictureFormat

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath "
    "title desc metadata linearGradient radialGradient stop pattern clipPath mask marker image "
    "style switch filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB "
    "feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_EDITORS = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/elements/1.1/",
    "http://www.bohemiancoding.com/",
    "http://www.serif.com/",
    "http://ns.adobe.com/",
    "http://www.figma.com/",
)
"""What editors note for themselves; browsers do not know it."""
_INSIDE = re.compile(r"\s*(#|data:image/(png|jpeg|webp|gif);base64,)", re.I)
_ADDRESS = re.compile(r"url\(\s*[\"']?(?!\s*[\"']?#)|(?:src|image|image-set)\(", re.I)
_CODE = re.compile(r"javascript:|vbscript:|expression\s*\(|-moz-binding|behavior\s*:", re.I)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?|\.\d+)(px|pt|pc|mm|cm|in|)\s*")
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 4 / 3,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}
MAX_ELEMENTS, MAX_DEPTH = 20_000, 64
_LISTED = 20
"""Faults of one drawing that are told."""


class DrawingFault(NamedTuple):
    """What stands where, and what to do."""

    span: Span
    message: str
    hint: str


class Drawing(NamedTuple):
    """``file`` is None where there are faults."""

    file: PictureFile | None
    faults: tuple[DrawingFault, ...]


_OUTLINES = "export the drawing again as plain SVG, or remove this from the file"
_EMBED = "put what it refers to into the drawing itself"


def read_drawing(data: bytes) -> Drawing:
    """Return what a drawing says of itself, or everything that speaks against it."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused("it is not readable as UTF-8 text", "save it with the encoding UTF-8")
    reader = _Reader(text)
    faults = reader.faults()
    if faults:
        return Drawing(None, tuple(sorted(set(faults))[:_LISTED]))
    size = _size(reader.root)
    if size is None:
        return _refused(
            "the drawing does not say its size",
            'its first tag needs a viewBox such as viewBox="0 0 120 40"',
        )
    return Drawing(PictureFile(PictureFormat.SVG, *size), ())


def _refused(message: str, hint: str) -> Drawing:
    return Drawing(None, (DrawingFault(Span(1, 1, 2), message, hint),))


class _Stop(Exception):  # noqa: N818
    """Enough is known."""


class _Reader:
    """Walks through a drawing once, noting what is refused."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._found: list[DrawingFault] = []
        self._depth = self._count = 0
        self._style: list[str] | None = None
        self.root: dict[str, str] = {}
        parser = self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._entity
        self._data = text.encode()

    def faults(self) -> list[DrawingFault]:
        """Return everything that is refused."""
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            span = Span(error.lineno, error.offset + 1, error.offset + 2)
            why = expat.ErrorString(error.code)
            self._found.append(DrawingFault(span, f"it is not well-formed XML: {why}", _OUTLINES))
        except _Stop:
            pass
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > MAX_DEPTH or self._count > MAX_ELEMENTS:
            self._add("", "the drawing is too complex", "simplify its paths and groups")
            raise _Stop
        space, _, tag = name.rpartition(" ")
        if self._count == 1:
            if (space, tag) != (_SVG, "svg"):
                self._add(tag, f"it is no SVG: its first tag is <{tag}>", _OUTLINES)
                raise _Stop
            self.root = attributes
        if space == _SVG and tag not in _ELEMENTS:
            self._add(tag, f"<{tag}> is refused: a picture must only show", _OUTLINES)
        elif space != _SVG and not space.startswith(_EDITORS):
            self._add(tag, f"<{tag}> is no part of a drawing", _OUTLINES)
        if (space, tag) == (_SVG, "style"):
            self._style = []
        for key, value in attributes.items():
            self._attribute(key, value)

    def _attribute(self, name: str, value: str) -> None:
        space, _, key = name.rpartition(" ")
        if key.lower().startswith("on") and not space:
            self._add(key, f"{key}= is refused: it runs a program", f"remove {key}= from the file")
        elif (space, key) == (_XML, "base"):
            self._add(key, "xml:base is refused: it leads elsewhere", "remove it from the file")
        elif key.lower() == "href" and space in {"", _XLINK} and not _INSIDE.match(value):
            self._add(key, f"{key} leads out of the drawing", _EMBED)
        elif not space:
            for message, hint in _style_faults(value):
                self._add(key, message, hint)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if name == f"{_SVG} style" and self._style is not None:
            text, self._style = "".join(self._style), None
            for message, hint in _style_faults(text, sheet=True):
                self._add("", message, hint)

    def _text(self, text: str) -> None:
        if self._style is not None:
            self._style.append(text)

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() != "xpacket":
            self._add(target, f"<?{target}?> is refused: it leads elsewhere", _OUTLINES)

    def _entity(self, name: str, *_: object) -> None:
        self._add(name, f'the entity "{name}" is refused', _OUTLINES)
        raise _Stop

    def _add(self, word: str, message: str, hint: str) -> None:
        """Note a fault at a word that follows the place where the parser is."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        for number in range(line - 1, min(line + 39, len(self._lines))) if word else ():
            start = column if number == line - 1 else 0
            found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", self._lines[number][start:])
            if found:
                at = start + found.start()
                span = Span(number + 1, at + 1, at + 1 + len(word))
                break
        else:
            span = Span(line, column + 1, column + 2)
        self._found.append(DrawingFault(span, message, hint))


def _style_faults(text: str, *, sheet: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what a style may not hold. A backslash could write any of it in disguise."""
    if _CODE.search(text):
        yield "a program in a style or address is refused", "remove it from the file"
    if _ADDRESS.search(text):
        yield "an address in a style leads out of the drawing", _EMBED
    if sheet and re.search(r"@(import|font-face|namespace|document)", text, re.I):
        yield "a style that is fetched from elsewhere is refused", _EMBED
    if "\\" in text:
        yield "a backslash in a style is refused", "write the sign itself"


def _size(root: dict[str, str]) -> tuple[int, int] | None:
    """Return width and height in CSS pixels: as written, or those of the view box."""
    box = [
        float(part) for part in re.findall(r"-?\d*\.?\d+(?:[eE][-+]?\d+)?", root.get("viewBox", ""))
    ]
    sides = _pixels(root.get("width")), _pixels(root.get("height"))
    wide, high = box[2:4] if len(box) == 4 and min(box[2:]) > 0 else (None, None)
    if wide and high:
        width = sides[0] or (sides[1] * wide / high if sides[1] else wide)
        height = sides[1] or width * high / wide
    elif sides[0] and sides[1]:
        width, height = sides[0], sides[1]
    else:
        return None
    return min(max(round(width), 1), 10_000), min(max(round(height), 1), 10_000)


def _pixels(length: str | None) -> float | None:
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * _PIXELS[found[2]] if found else None
