"""The stable codes of findings. A code never changes its meaning; `omnigrid explain CODE`."""

from typing import NamedTuple


class CodePage(NamedTuple):
    """What a code means and what to write instead."""

    title: str
    text: str


CODES: dict[str, CodePage] = {
    "OG101": CodePage(
        "the file is not valid YAML",
        "YAML is the format of these files: `key: value`, one a line, nested by spaces.\n"
        "Most often a text holds `: ` or begins with a sign such as `@`, `*` or `%`. "
        "Put such a text in double quotes:\n\n"
        '    tagline: "Contracts: read, marked, agreed"',
    ),
    "OG102": CodePage(
        "unknown key",
        "The file has a key that omnigrid does not know, often a misspelt one. "
        "It is refused rather than ignored, so that nothing that you wrote is lost silently.",
    ),
    "OG103": CodePage(
        "a required key is missing",
        "Add the key that is named in the message. `docs/formats.md` lists the keys of each file.",
    ),
    "OG104": CodePage(
        "a name that refers to nothing",
        "A `sector`, `template` or `brand` must be the id of one that exists in this portfolio, "
        "written exactly as in its own file. `omnigrid list sectors` prints the ids.",
    ),
    "OG105": CodePage(
        "a value of the wrong kind",
        "The key is right, its value is not: a text where a list is expected, a number out of "
        "its range, a date that is not `YYYY-MM-DD`. The message says what to write.",
    ),
    "OG106": CodePage(
        "the same key twice",
        "YAML would keep the second value and drop the first without a word. Keep one of them.",
    ),
    "OG107": CodePage(
        "a YAML feature that is not used here",
        "Anchors (`&name`), aliases (`*name`), merge keys (`<<`) and tags (`!name`) are refused: "
        "they hide what a value is. Write the value itself; if a text begins with such a sign, "
        "put it in double quotes.",
    ),
    "OG108": CodePage(
        "the file is too large or nested too deeply",
        "A file may have 256 KiB and 32 levels. Split it, or move long text to `content/`.",
    ),
    "OG109": CodePage(
        "the file is not readable text",
        "Files are UTF-8 text. Save the file again with the encoding UTF-8; "
        "a picture or an office document belongs elsewhere.",
    ),
    "OG110": CodePage(
        "front matter is missing or has no end",
        "A page begins with a line `---`, then its keys, then again a line `---`, "
        "then its text:\n\n    ---\n    title: Contract review\n"
        "    intent: read our supplier contracts\n    ---\n\n    The text of the page.",
    ),
    "OG111": CodePage(
        "a file name that cannot be a web address",
        "File names become addresses: lower-case letters a to z, digits and single hyphens, "
        "for example `claim-chart-forge.yaml`.",
    ),
    "OG201": CodePage(
        "two files with the same id",
        "An id names one brand, sector or target for ever. Give one of the two a new id.",
    ),
    "OG202": CodePage(
        "two files with the same address",
        "Two brands (or two pages of a brand) would be written to the same address. "
        "Rename one of the files.",
    ),
    "OG203": CodePage(
        "the same domain twice",
        "A domain leads to one brand's site. Give each brand its own, or remove one.",
    ),
    "OG204": CodePage(
        "two jobs claim one file of the output",
        "Two inputs would both write this file. Rename one of the inputs that the message names.",
    ),
    "OG301": CodePage(
        "no confident match for an intent",
        "The text of the intent resembles no brand enough, so its page is put on no site. "
        "Say more of what is needed, name the brand with `brand:`, or leave it: "
        "it stays in the list of unmet needs (`omnigrid list intents`).",
    ),
    "OG401": CodePage(
        "a template pack is not usable",
        "The pack lacks a file that it needs, or its `pack.yaml` does not fit the folder.",
    ),
    "OG402": CodePage(
        "a template failed",
        "The template has a mistake, or uses a value that it is not given. The message names "
        "the pack, the file and the line. The other sites were rendered.",
    ),
}
