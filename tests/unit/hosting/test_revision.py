"""read_revision, is_changed: what the user's git says of the portfolio."""

import datetime as dt
import os
import subprocess
from pathlib import Path

import pytest

from omnigrid.hosting.revision import is_changed, place_of, read_revision
from omnigrid.model.names import CommitId
from omnigrid.model.source import Place, Revision

DATE = 1_700_000_000
WHEN = dt.datetime.fromtimestamp(DATE, dt.UTC)
UNKNOWN = Revision(commit=None, date=None)


class Portfolio:
    """A repository with a portfolio in it, and the environment of its user."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "portfolio"
        self.root.mkdir()
        (folder / "home").mkdir()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder / "home"),
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=U", "-c", "user.email=u@example.org"]
        variables = {"GIT_COMMITTER_DATE": f"{DATE} +0500", "GIT_AUTHOR_DATE": "@1 +0000"}
        done = subprocess.run(
            ["git", "-C", self.root, *identity, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=self.environment | variables,
        )
        return done.stdout.strip()

    def write(self, path: str, text: str = "x\n") -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def commit(self) -> str:
        self.git("init", "-q")
        self.write("brands/a.yaml")
        self.git("add", ".")
        self.git("commit", "-qm", "First")
        return self.git("rev-parse", "HEAD")

    def revision(self, folder: str = ".", epoch: int | None = None) -> Revision:
        return read_revision(self.root / folder, self.environment, epoch)

    def is_changed(self, folder: str = ".") -> bool:
        return is_changed(self.root / folder, self.environment)


@pytest.fixture
def portfolio(tmp_path: Path) -> Portfolio:
    return Portfolio(tmp_path)


def test_a_clean_commit(portfolio: Portfolio) -> None:
    commit = portfolio.commit()
    revision = portfolio.revision()
    assert (revision.commit, revision.date) == (commit, WHEN)
    assert not portfolio.is_changed()
    assert revision.date is not None
    assert revision.date.utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize(
    ("path", "dirty"),
    [
        ("brands/a.yaml", True),
        ("brands/new.yaml", True),
        ("content/deep/new.md", True),
        ("omnigrid.yaml", True),
        ("build/index.html", False),
        ("notes.txt", False),
    ],
)
def test_only_the_portfolios_files_make_it_dirty(
    portfolio: Portfolio, path: str, dirty: bool
) -> None:
    portfolio.commit()
    portfolio.write(path, "changed\n")
    assert portfolio.is_changed() is dirty


def test_a_removed_file_makes_it_dirty(portfolio: Portfolio) -> None:
    portfolio.commit()
    (portfolio.root / "brands/a.yaml").unlink()
    assert portfolio.is_changed()


def test_files_that_the_user_ignores_do_not_count(portfolio: Portfolio) -> None:
    portfolio.commit()
    home = Path(portfolio.environment["HOME"])
    (home / "ignore").write_text("*.swp\n")
    (home / ".gitconfig").write_text(f"[core]\n\texcludesFile = {home}/ignore\n")
    portfolio.write("brands/a.swp")
    assert not portfolio.is_changed()


def test_a_portfolio_in_a_folder_of_a_repository(portfolio: Portfolio) -> None:
    portfolio.git("init", "-q")
    portfolio.write("sites/brands/a.yaml")
    portfolio.git("add", ".")
    portfolio.git("commit", "-qm", "First")
    portfolio.write("brands/of-another.yaml")
    revision = portfolio.revision("sites")
    assert revision.commit == portfolio.git("rev-parse", "HEAD")
    assert not portfolio.is_changed("sites")
    portfolio.write("sites/brands/a.yaml", "changed\n")
    assert portfolio.is_changed("sites")


def test_the_epoch_overrides_the_date(portfolio: Portfolio) -> None:
    moment = dt.datetime(1970, 1, 2, tzinfo=dt.UTC)
    assert portfolio.revision(epoch=86400) == Revision(None, moment)
    commit = portfolio.commit()
    revision = portfolio.revision(epoch=86400)
    assert (revision.commit, revision.date) == (commit, moment)


def test_no_repository(portfolio: Portfolio) -> None:
    portfolio.environment["GIT_CEILING_DIRECTORIES"] = str(portfolio.root.parent)
    assert portfolio.revision() == UNKNOWN


def test_no_folder(portfolio: Portfolio) -> None:
    assert portfolio.revision("absent") == UNKNOWN


def test_no_commit_yet(portfolio: Portfolio) -> None:
    portfolio.git("init", "-q")
    portfolio.write("brands/a.yaml")
    assert portfolio.revision() == UNKNOWN


def test_no_git_program(portfolio: Portfolio) -> None:
    portfolio.commit()
    portfolio.environment["PATH"] = str(portfolio.root)
    assert portfolio.revision() == UNKNOWN


def test_a_surrounding_hook_does_not_reach_it(
    portfolio: Portfolio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = portfolio.commit()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    portfolio.environment |= {"GIT_DIR": str(tmp_path / "elsewhere")}
    revision = read_revision(portfolio.root, portfolio.environment, None)
    assert revision.commit == commit
    assert not portfolio.is_changed()


def test_a_repository_of_another_owner_is_unknown_until_the_user_trusts_it(
    portfolio: Portfolio,
) -> None:
    commit = portfolio.commit()
    portfolio.environment["GIT_TEST_ASSUME_DIFFERENT_OWNER"] = "1"  # git's own tests use it
    assert portfolio.revision() == UNKNOWN
    home = Path(portfolio.environment["HOME"])
    (home / ".gitconfig").write_text(f"[safe]\n\tdirectory = {portfolio.root}\n")
    assert portfolio.revision().commit == commit


def test_reading_writes_nothing(portfolio: Portfolio) -> None:
    portfolio.commit()
    index = portfolio.root / ".git/index"
    os.utime(portfolio.root / "brands/a.yaml", (1, 1))
    before = index.read_bytes()
    portfolio.revision()
    assert index.read_bytes() == before


def test_where_a_commit_stands(portfolio: Portfolio) -> None:
    first = CommitId(portfolio.commit())
    portfolio.git("commit", "-q", "--allow-empty", "-m", "Second")
    second = CommitId(portfolio.git("rev-parse", "HEAD"))

    def place(ours: CommitId | None, other: CommitId) -> Place:
        return place_of(portfolio.root, portfolio.environment, ours, other)

    assert place(first, second) is Place.AFTER
    assert place(second, first) is Place.BEFORE
    assert place(first, first) is Place.BEFORE
    assert place(first, CommitId("5" * 40)) is Place.UNKNOWN
    assert place(None, first) is Place.BEFORE
