"""Title, summary and intent of what was read: the file's own words, never made-up ones.

The summary is extractive: the first sentences that say something. Where a file has no words of
its own, its kind says what it is for.
"""

import re
from collections.abc import Iterator

from omnigrid.intake.content import PICTURES, Content, FileKind, Heading, Item, Paragraph
from omnigrid.intake.foreign import one_line

MAX_SUMMARY = 300
MAX_INTENT = 400
_SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_EMPTY_WORDS = re.compile(
    r"©|copyright|all rights reserved|confidential|^page \d|^table of contents|^contents$|"
    r"^draft\b|lorem ipsum|cookie",
    re.I,
)
"""Sentences that stand in every document and say nothing of this one."""
_NO_TITLE = re.compile(
    r"untitled.*|document ?\d*|book ?\d*|sheet ?\d*|scan[_ -]?\d*|presentation ?\d*|"
    r"powerpoint presentation|title|\(anonymous\)|unspecified",
    re.I,
)
_BY_CAMERA = re.compile(r"^(?:img|dsc[nf]?|pxl|mvimg|vid)\b|\b\d{6,}\b", re.I)
_BY_PROGRAM = re.compile(
    r"^(microsoft (office )?(word|excel) - )|\.(docx?|pdf|xlsx?|odt|tmp)$", re.I
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\)")
_MARKUP = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)|[*_`~]+|^#+\s*|^>\s*|<[^>\n]{1,200}>", re.M)
_LOOKED_AT = 12_000
"""Characters of Markdown that are searched for a summary."""
_PURPOSES = {
    FileKind.PDF: "document management for legal compliance",
    FileKind.CSV: "an analytics dashboard",
    FileKind.TSV: "an analytics dashboard",
    FileKind.XLSX: "performance tracking",
    FileKind.JSON: "API integration",
    FileKind.HTML: "web deployment",
    **dict.fromkeys((*PICTURES, FileKind.PICTURE), "media management"),
}
_ANY_PURPOSE = "a business application"


def title_of(content: Content) -> str:
    """Return the title: the file's own, its first heading, else its name as words."""
    own = _BY_PROGRAM.sub("", one_line(content.title)).strip()
    if own and not _NO_TITLE.fullmatch(own):
        return own
    match content.blocks:
        case [Heading(text=text), *_] if content.kind is not FileKind.XLSX and _WORD.search(text):
            return one_line(text)
    return _from_name(content.name) or _nameless(content)


def summary_of(content: Content) -> str:
    """Return the first one or two sentences that say something; else what there is."""
    found: list[str] = []
    for sentence in _sentences(content):
        if sum(map(len, found)) + len(sentence) > MAX_SUMMARY and found:
            break
        found.append(sentence)
        if len(found) == 2:
            break
    return one_line(" ".join(found) or content.about, MAX_SUMMARY)


def intent_of(content: Content, title: str, summary: str) -> str:
    """Return the need that a page answers, in plain words.

    Prose speaks for itself. Data and what has no words get the purpose of their kind, with what
    they are about.
    """
    purpose = _PURPOSES.get(content.kind, _ANY_PURPOSE)
    about = title if title != _nameless(content) else "what was dropped"
    if not content.about and summary:
        return one_line(f"{about}. {summary}", MAX_INTENT)
    subject = f", about {content.subject}" if content.subject else ""
    return one_line(f"{purpose[0].upper()}{purpose[1:]} for {about}{subject}", MAX_INTENT)


def tags_of(content: Content) -> tuple[str, ...]:
    """Return what the file says of itself in single words, each once."""
    words = (one_line(tag, 60).strip(" #.") for tag in content.tags)
    return tuple(dict.fromkeys(word for word in words if word))[:10]


def _nameless(content: Content) -> str:
    return f"A dropped {content.kind.value}"


def _from_name(name: str) -> str:
    stem = _BY_PROGRAM.sub("", name.rpartition(".")[0] or name)
    words = " ".join(re.split(r"[\s_.+-]+", one_line(stem))).strip()
    meant = " ".join(_BY_CAMERA.sub(" ", words).split())
    words = meant if _WORD.search(meant) else words
    return f"{words[:1].upper()}{words[1:]}" if _WORD.search(words) else ""


def _sentences(content: Content) -> Iterator[str]:
    seen: set[str] = set()
    for text in _prose(content):
        for sentence in _SENTENCE_END.split(" ".join(text.split())):
            if sentence not in seen and _says_something(sentence):
                seen.add(sentence)
                yield one_line(sentence, MAX_SUMMARY)


def _prose(content: Content) -> Iterator[str]:
    if content.markdown:
        plain = _MARKUP.sub(r"\1", _IMAGE.sub("", content.markdown[:_LOOKED_AT]))
        lines = content.markdown[:_LOOKED_AT].split("\n")
        titles = {_MARKUP.sub(r"\1", line) for line in lines if line.startswith("#")}
        yield from (part for part in re.split(r"\n\s*\n", plain) if part not in titles)
    else:
        yield from (each.text for each in content.blocks if isinstance(each, Paragraph))
        yield from (each.text for each in content.blocks if isinstance(each, Item))


def _says_something(sentence: str) -> bool:
    letters = sum(map(str.isalpha, sentence))
    words = len(_WORD.findall(sentence))
    spelt = words >= 4 or (not sentence.isascii() and letters >= 12)
    return spelt and letters > 0.55 * len(sentence) and not _EMPTY_WORDS.search(sentence)
