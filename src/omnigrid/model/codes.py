"""The stable codes of findings. A code never changes its meaning; `omnigrid explain CODE`."""

from typing import NamedTuple

from omnigrid.model.pack_codes import PACK_CODES
from omnigrid.model.target_codes import TARGET_CODES


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
        "A file may have 256 KiB (a page 128 KiB) and 32 levels. Split it, or move long text to "
        "`content/`.",
    ),
    "OG109": CodePage(
        "the file is not readable text",
        "Files are UTF-8 text. Save the file again with the encoding UTF-8; "
        "a picture or an office document belongs elsewhere. Control characters are refused, and "
        "signs that turn the direction of text, which make a line look like another. "
        "Links to other files are not followed: put the file itself there.",
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
    "OG211": CodePage(
        "two brand names that are nearly the same",
        "The names differ by spaces, signs, capitals or one letter only. Visitors may take one for "
        "the other, and often the same brand was entered twice. Remove one of the files, or leave "
        "both: this is a warning. Numbers count as a difference.",
    ),
    "OG212": CodePage(
        "a brand without a licence",
        "Say under which licence the brand is used:\n\n"
        "    license:\n      tier: Standard\n      expires: 2027-06-30",
    ),
    "OG213": CodePage(
        "a licence that has run out",
        "Renew the licence and write its new date, or remove the brand. This is a warning: the day "
        "comes without anybody changing a file, and must not stop the other brands. "
        "`omnigrid check --strict` makes it an error. "
        "What counts as today is the day of the last commit.",
    ),
    "OG214": CodePage(
        "a licence that runs out soon",
        "The licence ends within 30 days of the last commit. Renew it in time.",
    ),
    "OG215": CodePage(
        "a brand without keywords",
        "Intents find a brand by its words. Write five to ten that people would search for:\n\n"
        "    keywords:\n      - contract review\n      - supplier agreements",
    ),
    "OG216": CodePage(
        "an accent that is too light",
        "On a white page the colour has less contrast than 3 to 1, which WCAG 2.2 (1.4.11) asks "
        "of shapes such as buttons. Pages stay readable: omnigrid shows a darker colour in its "
        "place, so visitors do not see the one that you chose. The message names that colour.",
    ),
    "OG221": CodePage(
        "a secret in a file",
        "The file holds what looks like a password, an access token or a private key. Everybody "
        "who can read the repository can use it, and git keeps it for ever: take it out, and have "
        "it revoked where it came from. No message of omnigrid repeats it. If it is only an "
        "example, write a word in its place, such as TOKEN.",
    ),
    "OG222": CodePage(
        "a character that cannot be seen",
        "A zero-width space, a soft hyphen or the like stands inside the text. It often comes "
        "along when text is pasted. A word that holds one looks right, but searching and matching "
        "do not find it. Delete the word and type it anew.",
    ),
    "OG223": CodePage(
        "a letter that is written in an unusual way",
        "Some letters, such as \u00e9, can be written as one character or as a letter and a "
        "separate accent. They look the same and do not compare as equal. Type the letter anew, "
        "or save the file with the Unicode form NFC.",
    ),
    "OG224": CodePage(
        "a page that is too long or too tangled",
        "Some Markdown takes minutes or gigabytes to turn into a page: hundreds of brackets that "
        "are never closed, lists twenty levels deep, tables with thousands of columns. No page "
        "that people read has them. The message says which limit the page breaks and where; "
        "close the brackets, add empty lines, or make two pages of it.",
    ),
    "OG231": CodePage(
        "a picture file that cannot be used",
        "Pictures are whole PNG, JPEG, WebP or SVG files whose names end as their format says, of "
        "at most 8 MiB (a drawing 256 KiB), 10,000 pixels on a side and 25 million in all. "
        "Open the picture in a picture program and export it again, smaller where it is too large. "
        "Pictures that no brand and no page names are not looked at.",
    ),
    "OG232": CodePage(
        "a drawing that does more than show",
        "An SVG file can hold programs and fetch things from elsewhere. One that does is refused: "
        "<script>, attributes that begin with on, <foreignObject>, links, animations, addresses "
        "outside of the drawing and styles that are imported. Export the drawing as plain SVG "
        '(in Inkscape "Plain SVG", in Illustrator "Export as" with inline styles), or use a PNG.',
    ),
    "OG233": CodePage(
        "a picture that is not there",
        "A page names its pictures as they stand beside it, `![A jar](jar.jpg)`, or below its own "
        "folder; a brand's `logo` is a path in the portfolio, such as `logos/actuary.svg`. "
        "Pictures may stand below `brands/`, `content/` and `logos/`. Capitals count.",
    ),
    "OG234": CodePage(
        "a picture without words",
        "Who cannot see a picture is read the words between [ and ] instead: "
        "`![A jar of tomato seeds on a shelf](jar.jpg)`. Say in a few words what it shows.",
    ),
    "OG235": CodePage(
        "a picture that stands elsewhere",
        "Pages load nothing from elsewhere, so that visitors are not followed and nothing goes "
        "missing: browsers are told not to show such a picture. Save it beside the page, if you "
        "may, and write the name of its file.",
    ),
    "OG236": CodePage(
        "pictures cannot be made here",
        "`images: on` asks for the pictures of sites (what is shown where a link to one is shared, "
        "icons, sizes of pictures), and the library that makes them is not installed. Install it: "
        '`pip install "omnigrid[images]"`, or write `images: auto` to do without it where it is '
        "missing.",
    ),
    "OG241": CodePage(
        "measurements of another version",
        "`measurements.json` was written by an omnigrid that says more, or other things, than "
        "this one knows. Use the same version everywhere, or remove the file and run "
        "`omnigrid measure`: without it nothing counts as measured.",
    ),
    "OG242": CodePage(
        "measurements that contradict themselves",
        "`measurements.json` says two things of one brand, or its days are not in order: most "
        "often two branches were merged that had both measured. Take the file of one of them, or "
        "remove it, and run `omnigrid measure`.",
    ),
    "OG251": CodePage(
        "a file beside a page that is not published",
        "A page hands out the files in its own folder (`content/notes/report/` for "
        "`content/notes/report.md`): PDF, Word, Excel, CSV, TSV, JSON and plain text, at most "
        "20 MiB each, 20 files and 50 MiB a page. Pictures are shown where the page names them. "
        "All else stays in the repository, and so does what is not what its name says, holds a "
        "program or another file, or seems to hold a secret: this is a warning, and the page is "
        "published without it. `omnigrid drop FILE` makes a page of almost any file.",
    ),
    "OG301": CodePage(
        "no confident match for an intent",
        "The text of the intent resembles no brand enough, so its page is put on no site. "
        "Say more of what is needed, name the brand with `brand:`, or leave it: "
        "it stays in the list of unmet needs (`omnigrid list intents`).",
    ),
    "OG302": CodePage(
        "an intent no longer matches what it matched",
        "In the last build the page stood on another brand's site, or on one where it now stands "
        "on none: something that was changed since then answers the intent better, or the brand "
        "answers it less well. Look whether that is meant; if not, give the old brand back its "
        "words, or pin the page to it with `brand:`. The next build takes the new match for "
        "granted, and the warning ends.",
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
    **{code: CodePage(*page) for code, page in (PACK_CODES | TARGET_CODES).items()},
}
