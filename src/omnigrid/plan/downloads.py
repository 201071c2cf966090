"""The files that a site hands out: what they are called there, and what pages say of them."""

from collections.abc import Callable, Iterable

from omnigrid.model.attachments import ENDINGS, Attachment, Handout, ending_of
from omnigrid.model.headers import DOWNLOADS
from omnigrid.model.names import slugify
from omnigrid.model.portfolio import Page
from omnigrid.model.views import Download

_UNITS = ((1 << 20, "MB"), (1 << 10, "KB"))


def download_files(pages: Iterable[Page]) -> tuple[str, ...]:
    """Return the names of all files that a site hands out."""
    return tuple(dict.fromkeys(_address(each) for page in pages for each in page.attachments))


def downloads(page: Page) -> tuple[Download, ...]:
    """Return what a page says of the files that it hands out."""
    return tuple(
        Download(
            file=_address(each),
            name=each.source.rpartition("/")[2],
            kind=ENDINGS[ending_of(each.source)],
            size=readable_size(each.size),
            written=f"{page.slug}/{each.source.rpartition('/')[2]}",
        )
        for each in page.attachments
    )


def handouts(pages: Iterable[Page], read: Callable[[Attachment], bytes]) -> tuple[Handout, ...]:
    """Return the files that a site hands out, each once, with their bytes."""
    found = {_address(each): each for page in pages for each in page.attachments}
    return tuple(Handout(file, read(each)) for file, each in found.items())


def readable_size(size: int) -> str:
    """Return a number of bytes as people say it."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} bytes"


def _address(attachment: Attachment) -> str:
    """Return the name of a file on its site: other bytes, another name, and none with a meaning."""
    ending = ending_of(attachment.source)
    name = slugify(attachment.source.rpartition("/")[2][: -len(ending)])[:40].strip("-")
    return f"{DOWNLOADS}{name or 'file'}-{attachment.digest[:8]}{ending}"
