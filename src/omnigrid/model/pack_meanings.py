"""What the keys of template packs and themes mean, each with an example: see ``meanings.py``."""

from typing import Any

from msgspec import Struct

from omnigrid.model.files import PackFile, PacksConfig, Theme
from omnigrid.model.tokens import NeedsFile, TokenFile

_ACCENT = "The colour of buttons and headings. All other colours are made from it, readable."

PACK_MEANINGS: dict[type[Struct], dict[str, tuple[str, Any]]] = {
    NeedsFile: {
        "required": (
            "What a brand must have, or its site has a gap: names that templates see.",
            ["brand.trademark.jurisdictions"],
        ),
        "optional": (
            "What is shown where it is there, and left out without a gap.",
            ["pages", "related"],
        ),
    },
    TokenFile: {
        "name": ("The token's name: `radius` becomes `--radius`.", "radius"),
        "type": ("What it is.", "length"),
        "default": ("Its value where no theme gives one.", "0.625rem"),
        "text": ("What it does, for whoever chooses.", "How round the corners are."),
        "choices": ("For a `choice`: the words to choose from.", ["grid", "list"]),
        "grounds": (
            "For the colour of a text: the colours on which the text stands, of every site or "
            "tokens. It must be readable on each.",
            ["ground", "surface"],
        ),
    },
    PackFile: {
        "id": ("The pack's id. It is the name of its folder.", "compliance_dashboard"),
        "name": ("What this type of site is called.", "Compliance Dashboard"),
        "version": ("The pack's version. Raise it when its pages change.", "1.0.0"),
        "api": ("Which version of omnigrid's contract with packs it is written for.", 1),
        "description": (
            "What this type of site is for, in a sentence.",
            "Duties, deadlines and evidence on one page.",
        ),
        "features": (
            "What every site of this type offers. Its pages list them.",
            ["Every duty in one list, with its owner and its date"],
        ),
        "examples": (
            "Phrases of people who need this type of site.",
            ["I need a compliance dashboard for legal tracking"],
        ),
        "needs": ("What its pages show of a brand, besides what every brand has.", None),
        "tokens": ("What themes may choose: each becomes a custom property of its CSS.", None),
    },
    PacksConfig: {
        "registry": (
            "The index of a registry of packs: a file of the portfolio, or an https address.",
            "https://packs.example/index.json",
        ),
    },
    Theme: {
        "accent": (_ACCENT, "#0b7285"),
        "tokens": (
            "Design tokens of the template pack: the name of each, and its value. "
            "The pack's pack.yaml says which there are.",
            {"radius": "0.5rem"},
        ),
    },
}
