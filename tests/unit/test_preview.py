"""The law of the preview: whatever is edited, what it leaves and serves is a clean build."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter

from hypothesis import given, settings
from hypothesis import strategies as st

from omnigrid.build import Built
from omnigrid.foretaste import Known
from omnigrid.inbox import Closed, Inbox
from omnigrid.model.errors import InputError
from omnigrid.model.names import SourcePath
from omnigrid.model.source import Revision
from omnigrid.preview import Preview
from omnigrid.run.executors import SerialExecutor
from omnigrid.serve.shelf import Shelf
from omnigrid.workspace import Workspace
from support.edits import EDITS
from support.small import DATE, Files, Small, tree, write_files
from support.ways import Whole, made_of

NUMBERS = st.integers(0, 15)
Edit = Callable[[Small, int, int], object]
Edited = list[tuple[Edit, int, int]]
STEPS = st.lists(
    st.lists(st.tuples(st.sampled_from(EDITS), NUMBERS, NUMBERS), min_size=1, max_size=3),
    min_size=1,
    max_size=5,
)


class Onlooker:
    """Somebody who looks at every site, and notes what comes of each build."""

    def __init__(self, shelf: Shelf) -> None:
        self.done: SimpleQueue[Built | Exception] = SimpleQueue()
        self.sites: list[str] = []
        self.tastes: list[Mapping[str, bytes]] = []
        self._shelf = shelf

    def looked_at(self) -> frozenset[str]:
        return frozenset(f"/sites/{slug}/index.html" for slug in self.sites)

    def changed(self) -> None:
        served = {f"sites/{s}/index.html": self._page(s) for s in self.sites}
        self.tastes.append({path: data for path, data in served.items() if data is not None})

    def _page(self, site: str) -> bytes | None:
        return self._shelf.read(("sites", site, "index.html"))

    def built(self, built: Built, known: Known, seconds: float) -> None:  # noqa: ARG002
        self.done.put(built)

    def failed(self, error: Exception) -> None:
        self.done.put(error)


class Studio:
    """A portfolio on the disk, and a preview of it at work."""

    def __init__(self, root: Path, preview: Preview, inbox: Inbox, onlooker: Onlooker) -> None:
        self.root, self.onlooker = root, onlooker
        self._preview, self._inbox = preview, inbox

    def save(self, files: Files) -> Built | Exception:
        """Bring the files to these, and return what comes of it."""
        before = {path: (self.root / path).read_bytes() for path in _files(self.root)}
        write_files(self.root, files)
        touched = {p for p in before.keys() | files.keys() if before.get(p) != files.get(p)}
        self._inbox.put(frozenset(map(SourcePath, touched | {"brands"})))
        return self.onlooker.done.get(timeout=120)


def _files(root: Path) -> list[str]:
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return [path for path in found if not path.startswith((".omnigrid/", "build/"))]


@contextmanager
def at_work(root: Path, files: Files) -> Iterator[Studio]:
    write_files(root, files)
    place = lambda: Workspace(root, root / "build", Revision(None, DATE))  # noqa: E731
    inbox, shelf = Inbox(root, lambda: False), Shelf(root / "build")
    onlooker = Onlooker(shelf)
    preview = Preview(place, inbox, shelf, onlooker, perf_counter)
    preview.build(SerialExecutor(), lambda _done, _total: None)
    onlooker.done.get_nowait()
    thread = Thread(target=preview.run)
    thread.start()
    try:
        yield Studio(root, preview, inbox, onlooker)
    finally:
        inbox.put(Closed())
        thread.join(120)
        assert not thread.is_alive()


@settings(max_examples=20)
@given(STEPS)
def test_after_any_edits_what_stands_there_is_a_clean_build(steps: list[Edited]) -> None:
    with TemporaryDirectory() as folder:
        root, small = Path(folder) / "portfolio", Small()
        root.mkdir()
        with at_work(root, small.files()) as studio:
            studio.onlooker.sites = sorted(small.brands)
            for edits in steps:
                for edit, one, other in edits:
                    edit(small, one, other)
                came = studio.save(small.files())
                clean = _clean(small.files())
                assert isinstance(came, Built if clean is not None else InputError), came
                if clean is not None:
                    assert _served(studio) == {p: d for p, d in clean.items() if d}


def _clean(files: Files) -> Files | None:
    with TemporaryDirectory() as folder:
        write_files(Path(folder), files)
        return made_of(Path(folder), Whole(SerialExecutor()))


def _served(studio: Studio) -> Files:
    return {path: data for path, data in tree(studio.root / "build").items() if data}


def test_an_edited_site_is_shown_before_it_is_built_and_is_the_same(tmp_path: Path) -> None:
    small = Small()
    with at_work(tmp_path, small.files()) as studio:
        studio.onlooker.sites = ["spade", "rainkeep"]
        studio.onlooker.tastes.clear()
        small.brands["spade"]["owner"] = small.brands["spade"]["tagline"] = "Digs deeper"
        assert isinstance(studio.save(small.files()), Built)
        tasted = studio.onlooker.tastes[0]
        assert b"Digs deeper" in tasted["sites/spade/index.html"]
        assert tasted == {path: (tmp_path / "build" / path).read_bytes() for path in tasted}


def test_a_fault_keeps_what_was_built_and_is_forgotten_when_it_is_mended(tmp_path: Path) -> None:
    small = Small()
    with at_work(tmp_path, small.files()) as studio:
        before = tree(tmp_path / "build")
        small.brands["spade"]["sector"] = "Nowhere"
        came = studio.save(small.files())
        assert isinstance(came, InputError)
        assert [each.code for each in came.diagnostics] == ["OG104"]
        assert tree(tmp_path / "build") == before
        small.brands["spade"]["sector"] = "Garden"
        assert isinstance(studio.save(small.files()), Built)
        assert tree(tmp_path / "build") == before


def test_what_changed_unseen_is_found(tmp_path: Path) -> None:
    small = Small()
    with at_work(tmp_path, small.files()) as studio:
        small.brands["kettle"]["tagline"] = "Boils sooner"
        write_files(tmp_path, small.files())
        studio._inbox.put(frozenset())
        assert isinstance(studio.onlooker.done.get(timeout=120), Built)
        assert b"Boils sooner" in (tmp_path / "build/sites/kettle/index.html").read_bytes()
