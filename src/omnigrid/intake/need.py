"""A need that somebody typed becomes a page: their words are its intent and its text."""

import re

from msgspec.structs import replace

from omnigrid.intake.content import Content, FileKind, Paragraph
from omnigrid.intake.foreign import one_line
from omnigrid.intake.page import PageDraft, page_of, without_secrets
from omnigrid.model.secrets import mask_secrets
from omnigrid.model.service import LONGEST_INTENT

NAME = "a need that was typed"
_TITLE = 80
_END = re.compile(r"(?<=[.!?。！？])\s+|\n")


def need_of(text: str) -> PageDraft:
    """Return the page that a need becomes; what looks like a secret in it is blacked out.

    Its title is the first sentence.
    """
    plain = text.strip()
    title = one_line(_END.split(plain)[0], _TITLE).rstrip(".。")
    title = title[:1].upper() + title[1:]
    blocks = tuple(Paragraph(part) for part in re.split(r"\n\s*\n", plain))
    content = Content(name=NAME, kind=FileKind.TEXT, title=title or NAME, blocks=blocks)
    safe, _ = without_secrets(content)
    said = " ".join(block.text for block in safe.blocks if isinstance(block, Paragraph))
    return replace(page_of(content), intent=one_line(said, LONGEST_INTENT))


def intent_said(text: str) -> str:
    """Return what somebody said of a file, on one line; what looks like a secret is blacked out."""
    return one_line(mask_secrets(text), LONGEST_INTENT)
