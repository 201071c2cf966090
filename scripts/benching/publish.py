"""`scripts/bench publish`: what bringing a build to its hosting repositories takes, beside git.

The peer is what people type: `git add -A && git commit && git push`, in a copy of the same files,
to a bare repository on the same disk. Only the publish is measured: the build stands already.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from benching.measure import OMNIGRID, Measured, environment, measured
from benching.portfolio import commit, write_portfolio
from benching.tables import machine, seconds, table

_HEAD = ("", "omnigrid publish", "memory", "git add, commit, push", "ratio")
_PUSH = "git add -A && git commit -qm Publish && git push -q origin HEAD:main"
_TAG = "tagline: "
_ONE_A_BRAND = """
targets:
  - name: own
    repository: .omnigrid/hosting/{brand.slug}.git
"""


def publish(brands: int, repositories: int) -> None:
    """Print what a first publish, one of a hundredth, and one of nothing take."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        rows += _one_repository(brands, Path(name))
    with tempfile.TemporaryDirectory() as name:
        rows += _many_repositories(repositories, Path(name))
    print(machine(), "", table(_HEAD, rows), sep="\n")


def _one_repository(brands: int, folder: Path) -> list[list[str]]:
    portfolio = write_portfolio(brands, folder / "portfolio")
    _build(portfolio)
    files = sum(1 for path in (portfolio / "build").rglob("*") if path.is_file())
    peer = _peer(portfolio, folder)
    rows = [_row(f"{brands:,} sites, {files:,} files, first", _ours(portfolio), _theirs(peer))]
    before = _objects(portfolio)
    rows.append(_row("nothing changed", _ours(portfolio), None))
    if _objects(portfolio) != before:
        rows[-1][0] += " (but objects were written)"
    _change(portfolio, every=100)
    _build(portfolio)
    _copy(portfolio / "build", peer)
    rows.append(_row("1 % of the brands edited", _ours(portfolio), _theirs(peer)))
    return rows


def _many_repositories(count: int, folder: Path) -> list[list[str]]:
    portfolio = write_portfolio(count, folder / "portfolio")
    with (portfolio / "omnigrid.yaml").open("a", encoding="utf-8") as config:
        config.write(_ONE_A_BRAND)
    commit(portfolio)
    _build(portfolio)
    first = _row(f"{count} repositories, first", _ours(portfolio), None)
    return [first, _row(f"{count} repositories, nothing changed", _ours(portfolio), None)]


def _build(portfolio: Path) -> None:
    measured([OMNIGRID, "--quiet", "build"], portfolio)


def _ours(portfolio: Path) -> Measured:
    return measured([OMNIGRID, "--quiet", "publish"], portfolio)


def _theirs(peer: Path) -> Measured:
    return measured(["sh", "-c", _PUSH], peer)


def _peer(portfolio: Path, folder: Path) -> Path:
    """Return a working copy with the files of the build, and a bare repository behind it."""
    peer, bare = folder / "peer", folder / "peer.git"
    shutil.copytree(portfolio / "build", peer)
    for command in (
        ["git", "init", "-q", "--bare", "-b", "main", str(bare)],
        ["git", "init", "-q", "-b", "main", str(peer)],
        ["git", "-C", str(peer), "config", "user.name", "Bench"],
        ["git", "-C", str(peer), "config", "user.email", "bench@localhost"],
        ["git", "-C", str(peer), "remote", "add", "origin", str(bare)],
    ):
        subprocess.run(command, check=True, env=environment(folder))  # noqa: S603
    return peer


def _change(portfolio: Path, every: int) -> None:
    brands = sorted((portfolio / "brands").rglob("*.yaml"))
    for path in brands[::every]:
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(_TAG, f"{_TAG}Now ", 1), encoding="utf-8")
    commit(portfolio)


def _copy(source: Path, target: Path) -> None:
    """Bring a copy of the build to what the build is now; what is the same stays untouched.

    Else git would have to read all of it, as it sees that something was done to it.
    """
    for path in filter(Path.is_file, source.rglob("*")):
        copy = target / path.relative_to(source)
        if not copy.exists() or copy.read_bytes() != path.read_bytes():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _objects(portfolio: Path) -> int:
    """How many files of git's objects there are, in the cache and in the repository."""
    return sum(1 for path in (portfolio / ".omnigrid").rglob("objects/**/*") if path.is_file())


def _row(name: str, ours: Measured, theirs: Measured | None) -> list[str]:
    beside = [seconds(theirs.wall), f"{ours.wall / theirs.wall:.2f}"] if theirs else ["", ""]
    return [name, seconds(ours.wall), f"{ours.memory:.0f} MiB", *beside]
