"""The files that pages hand out: those that stand in a page's folder, and what is wrong there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from omnigrid.check.attachments import unpublished
from omnigrid.model.attachments import (
    ENDINGS,
    MAX_FILES,
    MAX_TOGETHER,
    Attachment,
    page_beside,
)
from omnigrid.model.findings import Finding, Severity
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Kind, Reading


class Shelf:
    """The files to hand out, by page: a page `content/a/b.md` has those of `content/a/b/`."""

    def __init__(self, readings: Iterable[Reading], others: Sequence[SourcePath] = ()) -> None:
        """``others`` are files in folders of pages that are of no kind that is published."""
        self._pages: set[SourcePath] = set()
        self._by_page: dict[SourcePath, list[Reading]] = defaultdict(list)
        for each in readings:
            if each.kind is Kind.PAGE:
                self._pages.add(each.path)
            elif each.kind is Kind.ATTACHMENT:
                self._by_page[page_beside(each.path)].append(each)
        self._others = others

    def of_page(self, page: SourcePath) -> tuple[Attachment, ...]:
        """Return the files that a page hands out, by name, as many as are allowed."""
        if page not in self._by_page:
            return ()
        return tuple(
            Attachment(each.path, each.digest, each.file.size) for each in self._kept(page)
        )

    def findings(self) -> Iterator[Finding]:
        """Yield a warning for each file in the folder of a page that is not published."""
        for page in sorted(self._pages & self._by_page.keys()):
            kept = {each.path for each in self._kept(page)}
            for each in self._by_page[page]:
                if each.file is not None and each.path not in kept:
                    yield unpublished(each.path, *_too_many())
                yield from (_softened(finding) for finding in each.findings)
        for path in self._others:
            if page_beside(path) in self._pages:
                yield unpublished(path, *_unknown_kind())

    def _kept(self, page: SourcePath) -> list[Reading]:
        whole = [each for each in self._by_page.get(page, ()) if each.file is not None]
        whole = sorted(whole, key=lambda each: each.path)[:MAX_FILES]
        sums = accumulate(each.file.size for each in whole)
        return [each for each, size in zip(whole, sums, strict=True) if size <= MAX_TOGETHER]


def _softened(finding: Finding) -> Finding:
    """Return a finding as a warning: a file that cannot be read is not published, no more."""
    if finding.severity is not Severity.ERROR:
        return finding
    return unpublished(finding.place.path, finding.message, finding.hint)


def _too_many() -> tuple[str, str]:
    limit = f"{MAX_FILES} files and {MAX_TOGETHER >> 20} MiB"
    return f"a page hands out at most {limit}", "make two pages of it, or remove some files"


def _unknown_kind() -> tuple[str, str]:
    *kinds, last = ENDINGS
    return (
        f"only pictures, {', '.join(kinds)} and {last} are",
        "save it as one of these, or remove it",
    )
