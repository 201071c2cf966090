"""New files: all of them or none."""

from pathlib import Path

import pytest

from omnigrid.intake.writing import write_new
from omnigrid.model.errors import Conflict, Transient
from omnigrid.model.names import SourcePath
from support.kill import kill_at
from support.small import tree

FILES = {
    SourcePath("content/drops/a.md"): b"page",
    SourcePath("content/drops/a/original.pdf"): b"original",
}


def test_all_files_are_written(tmp_path: Path) -> None:
    write_new(tmp_path, FILES)
    written = {path: data for path, data in tree(tmp_path).items() if not path.endswith("/")}
    assert written == dict(FILES)


def test_nothing_is_left_where_one_is_there(tmp_path: Path) -> None:
    (tmp_path / "content/drops").mkdir(parents=True)
    (tmp_path / "content/drops/a.md").write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(Conflict, match="is already there"):
        write_new(tmp_path, FILES)
    assert tree(tmp_path) == before


def test_nothing_is_left_where_the_disk_refuses(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/drops").write_bytes(b"a file where a folder would be")
    before = tree(tmp_path)
    with pytest.raises((Conflict, Transient)):
        write_new(tmp_path, FILES)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("path", ["omnigrid.yaml", "content/../x.md", "/tmp/x", "../content/x.md"])  # noqa: S108
def test_other_places_are_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(Conflict, match="is no place for a new file"):
        write_new(tmp_path, {SourcePath(path): b"x"})
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("moment", range(8))
def test_a_file_is_there_whole_or_not_at_all_whenever_it_is_killed(
    tmp_path: Path, moment: int
) -> None:
    killed = kill_at(lambda: write_new(tmp_path, FILES), moment)
    left = {path: data for path, data in tree(tmp_path / "content").items() if path[-1] != "/"}
    named = {path.removeprefix("content/"): data for path, data in FILES.items()}
    assert left.items() <= named.items()
    assert killed or left == named
    if "drops/a.md" not in left:
        for path in left:
            (tmp_path / "content" / path).unlink()
        write_new(tmp_path, FILES)
        assert (tmp_path / "content/drops/a.md").read_bytes() == b"page"
