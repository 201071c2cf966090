"""A portfolio in a temporary folder, and the installed command run on it."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.forking import can_fork, fork_server

COMMAND = Path(sys.executable).with_name("omnigrid")
PATIENCE = 120


@dataclass(frozen=True)
class Run:
    """What a run of the command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Workspace:
    """Write, edit, run, read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(root),
            "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "LANG": "C.UTF-8",
        }

    def run(self, *arguments: str, code: int | None = 0, **environment: str) -> Run:
        """Run `omnigrid` in the portfolio; ``code`` is the exit code that is expected.

        It is forked, not started: :meth:`run_installed` begins with Python itself.
        """
        variables = self.environment | environment
        if not can_fork(variables):
            return self.run_installed(*arguments, code=code, **environment)
        run = fork_server().start(arguments, self.root, variables)
        try:
            out, err = run.communicate(PATIENCE)
        except subprocess.TimeoutExpired:
            run.kill()
            raise
        return _expected(Run(run.wait(), out, err), run.args, code)

    def run_installed(self, *arguments: str, code: int | None = 0, **environment: str) -> Run:
        """Run `omnigrid` as it is installed, as a user does."""
        return self.run_program([str(COMMAND), *arguments], code, **environment)

    def run_program(self, command: Sequence[str], code: int | None = 0, **environment: str) -> Run:
        """Run any program in the portfolio."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env=self.environment | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        return _expected(Run(done.returncode, done.stdout, done.stderr), command, code)

    def keep_apart(self) -> Path:
        """Give the portfolio a user's cache that no other test knows, and return it."""
        cache = self.root.with_name(f"{self.root.name}-cache")
        self.environment["XDG_CACHE_HOME"] = str(cache)
        return cache

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        """Run git in the portfolio."""
        identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"]
        return subprocess.run(
            ["git", *identity, *arguments],
            cwd=cwd or self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def commit(self, message: str = "Change") -> str:
        """Commit everything and return the commit's id."""
        if not (self.root / ".git").exists():
            self.git("init", "-q", "-b", "main", "--template=")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def write(self, path: str, text: str) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in the file exactly once."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def tree(self, folder: str = "build") -> dict[str, tuple[bytes, int]]:
        """Return every file below a folder: its bytes and its time of change in nanoseconds."""
        base = self.root / folder
        return {
            path.relative_to(base).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in base.rglob("*")
            if path.is_file()
        }


def _expected(run: Run, command: Sequence[str], code: int | None) -> Run:
    assert code is None or run.code == code, f"{command} ended with {run}"
    assert "Traceback" not in run.err, run.err
    return run
