"""A generator with its project: how it is run, what it writes, what an editor changes."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from benching.measure import OMNIGRID, Measured, measured
from benching.portfolio import PACK_LINE, Brand, Content

Kind = Literal["brand", "sector", "pack"]


class Line(NamedTuple):
    """The line of a file that begins with ``start``, which an editor changes."""

    path: Path
    start: str


class Generator(NamedTuple):
    """One column of the tables. ``output`` and ``kept`` are folders that a clean build lacks."""

    name: str
    folder: Path
    command: tuple[str, ...]
    output: Path
    lines: Mapping[Kind, Line]
    kept: tuple[Path, ...] = ()
    extra: Mapping[str, str] | None = None
    lite: bool = False
    """It writes less than omnigrid does."""

    @staticmethod
    def git_status(folder: Path) -> "Generator":
        """Return git's look for changes among the inputs: what no build that looks can go below."""
        command = ("git", "-c", "core.fsmonitor=false", "status", "--porcelain")
        return Generator("`git status`", folder, command, folder / "no-output", {})

    def run(self, *, watch: float | None = None) -> Measured:
        """Build once; raises FailedError."""
        return measured(self.command, self.folder, watch=watch, extra=self.extra)

    def clean(self) -> None:
        """Remove everything that an earlier build wrote."""
        for folder in (self.output, *self.kept):
            shutil.rmtree(folder, ignore_errors=True)

    def edit(self, kind: Kind, turn: int) -> None:
        """Change one line, in turns between two values, so that each run has something to do."""
        path, start = self.lines[kind]
        lines = path.read_text(encoding="utf-8").splitlines()
        at = next(number for number, line in enumerate(lines) if line.startswith(start))
        lines[at] = f"{start}{_edited(kind, turn)}"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def shows(self, kind: Kind, turn: int, brand: Brand) -> bool:
        """Return whether the last build shows an edit."""
        pages: dict[Kind, str] = {
            "brand": f"sites/{brand.slug}/index.html",
            "sector": f"sectors/{brand.sector}/index.html",
            "pack": f"sites/{brand.slug}/styles.css",
        }
        return _edited(kind, turn) in (self.output / pages[kind]).read_text(encoding="utf-8")


def _edited(kind: Kind, turn: int) -> str:
    return f"{{ order: {turn % 2} }}" if kind == "pack" else f"Edited {'AB'[turn % 2]}"


def ours(content: Content) -> Generator:
    """Return omnigrid over a portfolio."""
    folder, brand = content.folder, content.sample
    return Generator(
        name="omnigrid",
        folder=folder,
        command=(OMNIGRID, "build"),
        output=folder / "build",
        kept=(folder / ".omnigrid",),
        lines={
            "brand": Line(folder / f"brands/{brand.sector}/{brand.slug}.yaml", "tagline: "),
            "sector": Line(folder / f"sectors/{brand.sector}.yaml", "name: "),
            "pack": Line(folder / f"template_packs/{brand.template}/styles.css", PACK_LINE),
        },
    )
