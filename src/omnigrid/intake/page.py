"""What was read becomes a page: front matter, Markdown, and what is kept beside it. Pure."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from omnigrid.intake.content import PICTURES, Block, Content, FileKind, Heading, Paragraph, Table
from omnigrid.intake.draft import MAX_SLUG, page_text
from omnigrid.intake.foreign import one_line, secrets_in
from omnigrid.intake.gist import intent_of, summary_of, tags_of, title_of
from omnigrid.intake.markdown import escaped, written
from omnigrid.model.digests import digest_bytes
from omnigrid.model.names import Slug, SourcePath, slugify
from omnigrid.model.secrets import mask_secrets

Facts = Mapping[str, Any]
_SHORT = 5
"""Letters of an address that is given its kind as well: systems keep names such as "con"."""


class PageDraft(Struct, frozen=True, kw_only=True):
    """A page that is not written yet. Its address is given when it is placed."""

    name: str
    """Of the file that was dropped, freed of what cannot be shown."""
    kind: FileKind
    title: str
    intent: str
    summary: str
    date: str
    tags: tuple[str, ...]
    head: str
    """The file's own front matter, not judged yet."""
    body: str
    slug: Slug
    kept_name: str
    kept: bytes | None
    facts: tuple[str, ...]
    notes: tuple[str, ...]

    def files(self, folder: str, slug: Slug, stated: Facts, alt: str) -> dict[SourcePath, bytes]:
        """Return the page and what stands beside it, by path. ``stated`` comes before our facts."""
        facts: dict[str, Any] = {"title": self.title, "intent": self.intent}
        facts |= {"date": self.date} if self.date else {}
        facts |= {"tags": self.tags} if self.tags else {}
        facts |= stated
        body, kept = self.body, f"{slug}/{self.kept_name}"
        found: dict[SourcePath, bytes] = {}
        if self.kept is not None:
            found[SourcePath(f"{folder}/{kept}")] = self.kept
        if self.kind in PICTURES:
            body = f"![{escaped(alt)}]({kept})\n\n{body}"
        text = page_text(facts, body, self._comments(kept))
        return {SourcePath(f"{folder}/{slug}.md"): text.encode(), **found}

    def _comments(self, kept: str) -> Iterator[str]:
        facts = ", ".join([self.kind.value, *self.facts])
        yield f"Made from {self.name} ({facts})."
        if self.kept is not None:
            yield f"The original is {kept}."


def page_of(content: Content) -> PageDraft:
    """Return the page that a file becomes; what looks like a secret in it is blacked out."""
    safe, secrets = without_secrets(content)
    title, summary = title_of(safe), summary_of(safe)
    body, cut = _body(safe, title)
    notes = [*safe.notes]
    if cut:
        notes.append("the text was too long for a page: its end is left out")
    if secrets:
        notes.append(
            f"{', '.join(sorted(secrets))} seemed to stand in it: blacked out, and the original is "
            "not kept; have it revoked where it came from"
        )
    return PageDraft(
        name=one_line(safe.name, 120),
        kind=safe.kind,
        title=title,
        intent=intent_of(safe, title, summary),
        summary=summary,
        date=safe.date,
        tags=tags_of(safe),
        head=safe.head,
        body=body,
        slug=address_of(title, safe),
        kept_name=_kept_name(safe),
        kept=None if secrets else safe.kept,
        facts=safe.facts,
        notes=tuple(one_line(note, 300) for note in notes),
    )


def without_secrets(content: Content) -> tuple[Content, frozenset[str]]:
    """Return content with secrets blacked out, and what they look like.

    A secret may go on from one block to the next, as a private key does over its lines.
    """
    texts = [
        content.name,
        content.title,
        content.head,
        content.markdown,
        content.subject,
        content.about,
        *content.tags,
        *content.facts,
        *content.notes,
        *chain.from_iterable(map(_texts, content.blocks)),
    ]
    whole = "\n".join(texts)
    found = secrets_in(whole)
    if not found:
        return content, content.secrets
    masked = _cut_like(mask_secrets(whole), texts)
    safe = replace(
        content,
        name=next(masked),
        title=next(masked),
        head=next(masked),
        markdown=next(masked),
        subject=next(masked),
        about=next(masked),
        tags=tuple(next(masked) for _ in content.tags),
        facts=tuple(next(masked) for _ in content.facts),
        notes=tuple(next(masked) for _ in content.notes),
    )
    return replace(
        safe, blocks=tuple(_with_texts(block, masked) for block in safe.blocks)
    ), found | content.secrets


def _cut_like(whole: str, texts: list[str]) -> Iterator[str]:
    at = 0
    for text in texts:
        yield whole[at : at + len(text)]
        at += len(text) + 1


def _texts(block: Block) -> tuple[str, ...]:
    if isinstance(block, Table):
        return tuple(chain.from_iterable(block.rows))
    return (block.text,)


def _with_texts(block: Block, texts: Iterator[str]) -> Block:
    if isinstance(block, Table):
        return Table(tuple(tuple(next(texts) for _ in row) for row in block.rows))
    return replace(block, text=next(texts))


def _body(content: Content, title: str) -> tuple[str, bool]:
    """Return the Markdown of a page, without the title that stands above it anyway."""
    if content.markdown:
        return content.markdown, False
    blocks = content.blocks
    if blocks and isinstance(blocks[0], Heading) and one_line(blocks[0].text) == title:
        blocks = blocks[1:]
    about = (Paragraph(content.about),) if content.about else ()
    return written((*about, *blocks))


def address_of(title: str, draft: Content | PageDraft) -> Slug:
    """Return an address made of the title, else of the name of the file, else of its kind."""
    slug = slugify(title) or slugify(draft.name.rpartition(".")[0])
    if len(slug) > MAX_SLUG:
        slug = Slug(slug[: MAX_SLUG + 1].rpartition("-")[0] or slug[:MAX_SLUG])
    if not slug:
        return Slug(f"{draft.kind.value}-{digest_bytes(title.encode())[:8]}")
    return Slug(f"{slug}-{draft.kind.value}") if len(slug) <= _SHORT else slug


def _kept_name(content: Content) -> str:
    """Return the name of the original: its own as far as every system can have it."""
    stem = slugify(content.name.rpartition(".")[0] or content.name)[:60].strip("-") or "original"
    return f"{stem}.{content.kind.value if content.kind is not FileKind.TEXT else 'txt'}"
