"""The pictures of a portfolio: those that brands and pages name, and what is wrong with them."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from omnigrid.check.nearest import Names, did_you_mean
from omnigrid.model.findings import Finding, Place, Severity
from omnigrid.model.names import SourcePath
from omnigrid.model.pictures import ENDINGS, PICTURE_FOLDERS, Original, is_picture
from omnigrid.model.source import Kind, Mention, Reading

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.I)


class Album:
    """The picture files of a portfolio, by path."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._readings = tuple(readings)
        self._files = {each.path: each for each in self._readings if each.kind is Kind.PICTURE}

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with pictures that are named; others may be as they like."""
        used: dict[SourcePath, None] = {}
        for reading in self._naming:
            for path, finding in self._named(reading):
                if finding is not None:
                    yield finding
                if path in self._files:
                    used[path] = None
        for path in used:
            yield from self._files[path].findings

    def logo(self, named: str | None) -> Original | None:
        """Return the picture that a brand names."""
        return self._original(SourcePath(named)) if named else None

    def of_page(self, page: SourcePath) -> tuple[tuple[str, Original], ...]:
        """Return the pictures of a page, each after its address as the page has it."""
        shown = self._shown.get(page)
        if shown is None:
            return ()
        named = {each.file: self._original(_target(page, each.file)) for each in shown}
        return tuple((file, original) for file, original in named.items() if original)

    @cached_property
    def _shown(self) -> dict[SourcePath, tuple[Mention, ...]]:
        """The pictures of the pages that have any."""
        return {each.path: each.claims.pictures for each in self._naming if each.claims.pictures}

    @cached_property
    def _naming(self) -> list[Reading]:
        """What names pictures: of most files none."""
        return [each for each in self._readings if each.claims.logo or each.claims.pictures]

    def _original(self, path: SourcePath) -> Original | None:
        reading = self._files.get(path)
        if reading is None or reading.file is None:
            return None
        file = reading.file
        return Original(path, reading.digest, file.format, file.width, file.height)

    def _named(self, reading: Reading) -> Iterator[tuple[SourcePath, Finding | None]]:
        logo = reading.claims.logo
        ill_formed = any(each.place.keys == ("logo",) for each in reading.findings)
        if reading.kind is Kind.BRAND and logo and not ill_formed:
            path = SourcePath(logo)
            missing = path not in self._files
            yield path, self._missing(path, Place(reading.path, ("logo",))) if missing else None
        for mention in reading.claims.pictures:
            yield from self._mentioned(reading.path, mention)

    def _mentioned(
        self, page: SourcePath, mention: Mention
    ) -> Iterator[tuple[SourcePath, Finding | None]]:
        place, path = Place(page, span=mention.span), _target(page, mention.file)
        if not mention.described:
            yield (
                path,
                _warning(
                    "OG234",
                    "the picture has no words for those who cannot see it",
                    place,
                    "say between [ and ] what it shows: ![A jar of seeds](jar.jpg)",
                ),
            )
        if _ELSEWHERE.match(mention.file):
            yield (
                path,
                _warning(
                    "OG235",
                    "the picture stands elsewhere, and pages load nothing from elsewhere",
                    place,
                    "put the picture beside the page and write the name of its file",
                ),
            )
        else:
            yield path, None if path in self._files else self._missing(path, place)

    def _missing(self, path: SourcePath, place: Place) -> Finding:
        near = self._names.nearest(path)
        if near:
            hint = did_you_mean(near, "a picture of this portfolio")
        elif not path.startswith(PICTURE_FOLDERS):
            hint = f"pictures stand below {', '.join(PICTURE_FOLDERS)}: put it there"
        elif not is_picture(path):
            hint = f"pictures are files that end in {', '.join(ENDINGS)}"
        else:
            hint = "put the picture there, or correct the name; capitals count"
        return Finding("OG233", f"there is no picture {path}", place, hint)

    @cached_property
    def _names(self) -> Names:
        return Names(self._files)


def _target(page: SourcePath, file: str) -> SourcePath:
    """Return the path of a picture that a page names."""
    return SourcePath(posixpath.normpath(posixpath.join(posixpath.dirname(page), file)))


def _warning(code: str, message: str, place: Place, hint: str) -> Finding:
    return Finding(code, message, place, hint, Severity.WARNING)
