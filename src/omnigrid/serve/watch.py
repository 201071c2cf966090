"""Watches a portfolio's files; what is no file of it, or only passes by, is not seen."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event, Thread

from watchfiles import Change, watch

from omnigrid.model.names import SourcePath
from omnigrid.model.tree import FILES, FOLDERS

Touched = frozenset[SourcePath]
"""Files that were written, or went; a folder that came or went counts as a file."""
Tell = Callable[[Touched], None]

STEP = 10
"""Milliseconds without a change after which changes are told."""
LOOK = 500
"""Milliseconds after which a folder is looked for that came or went, and a watch has begun."""
_PASSING = re.compile(r"4913|\..*|.*(~|\.sw[a-z]|\.tmp|\.bak)|#.*#|.*___jb_(tmp|old)___")
"""What editors write for a moment: vim, Emacs, JetBrains, and everything that is hidden."""


def is_watched(path: str) -> bool:
    """Whether a path, from the root of the portfolio, may be one of its files or folders."""
    parts = path.split("/")
    if any(_PASSING.fullmatch(part) for part in parts):
        return False
    return parts[0] in FOLDERS or path in FILES


class Watch:
    """Tells, from threads of its own, what is touched below a portfolio's folder.

    Tells of nothing in particular when it begins to watch a folder: what was touched before that
    has to be looked for. The folder itself is watched without what is below it: ``build/`` may hold
    a million files.
    """

    def __init__(self, root: Path, tell: Tell) -> None:
        self._root, self._tell = root, tell
        self._stop, self._again, self._polls = Event(), Event(), False
        self._threads = [Thread(target=each, daemon=True) for each in (self._top, self._below)]

    def start(self) -> None:
        """Begin to watch."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop watching, within a moment."""
        self._stop.set()
        self._again.set()

    def _top(self) -> None:
        """Watch the files beside the folders, and which folders there are."""
        while not self._stop.is_set():
            self._follow([self._root], recursive=False, until=self._stop)

    def _below(self) -> None:
        """Watch the folders that there are, anew whenever one of them comes or goes."""
        while not self._stop.is_set():
            self._again.clear()
            folders = [each for name in FOLDERS if (each := self._root / name).is_dir()]
            if folders:
                self._follow(folders, recursive=True, until=self._again)
            else:
                self._again.wait(LOOK / 1000)

    def _follow(self, paths: list[Path], *, recursive: bool, until: Event) -> None:
        begun, inodes = False, [_inode(path) for path in paths]
        try:
            for changes in watch(
                *paths,
                watch_filter=None,
                debounce=200,
                step=STEP,
                rust_timeout=LOOK,
                yield_on_timeout=True,
                stop_event=until,
                raise_interrupt=False,
                recursive=recursive,
                force_polling=self._polls or None,
            ):
                touched = frozenset(self._ours(changes))
                if touched or not begun:
                    self._tell(touched)
                begun = True
                if not recursive and not touched.isdisjoint(FOLDERS):
                    self._again.set()
                if inodes != [_inode(path) for path in paths]:
                    return
        except OSError:
            # A folder that went may come again. Where the system watches no more, we look.
            self._polls = self._polls or all(path.is_dir() for path in paths)
            until.wait(LOOK / 1000)

    def _ours(self, changes: Iterable[tuple[Change, str]]) -> Iterator[SourcePath]:
        prefix = f"{self._root}/"
        for _, path in changes:
            inner = path.removeprefix(prefix)
            if inner != path and is_watched(inner):
                yield SourcePath(inner)


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0
