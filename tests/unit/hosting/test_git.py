"""The door to git: what passes, and what never does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from omnigrid.hosting.cache import init_bare
from omnigrid.hosting.git import Git, redact
from omnigrid.model.errors import Bug, Transient

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


@pytest.fixture
def git(tmp_path: Path) -> Git:
    git = Git(tmp_path / "ours.git", ENVIRONMENT)
    init_bare(git, "main")
    return git


def test_bytes_go_in_and_come_out_as_they_are(git: Git) -> None:
    data = bytes(range(256)) + b"\r\n\n"
    blob = git.ask("hash-object", "-w", "--stdin", stdin=[data]).decode().strip()
    assert git.ask("cat-file", "blob", operands=[blob]) == data


def test_a_failing_command_says_so(git: Git) -> None:
    answer = git.run("cat-file", "blob", operands=["f" * 40])
    assert answer.code != 0
    with pytest.raises(Transient, match="git cat-file failed"):
        git.ask("cat-file", "blob", operands=["f" * 40])


@pytest.mark.parametrize("text", ["--upload-pack=touch x", "-c", "a\0b"])
def test_nothing_from_elsewhere_is_taken_for_an_option(git: Git, text: str) -> None:
    with pytest.raises(Bug):
        git.run("ls-remote", operands=[text])


def test_other_protocols_are_closed(git: Git) -> None:
    answer = git.run("ls-remote", operands=["ext::sh -c true"])
    assert answer.code != 0
    assert "not allowed" in answer.err


@pytest.mark.parametrize("programs", [(), ("env",)])
def test_a_missing_git_is_said_clearly(tmp_path: Path, programs: tuple[str, ...]) -> None:
    for program in programs:
        (tmp_path / program).symlink_to(shutil.which(program) or program)
    git = Git(tmp_path, {"PATH": str(tmp_path)})
    with pytest.raises(Transient, match="could not be started") as caught:
        git.run("version")
    assert "install git" in caught.value.hint


@pytest.mark.parametrize("stdin", [None, [b"x"]])
def test_a_missing_git_is_said_clearly_by_the_first_command_of_a_process(
    tmp_path: Path, stdin: list[bytes] | None
) -> None:
    script = (
        "import os; from omnigrid.hosting.git import Git; from pathlib import Path; "
        f"Git(Path(), dict(os.environ)).run('hash-object', '--stdin', stdin={stdin})"
    )
    variables = {"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=variables, capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines()[-1].endswith("Transient: the git program could not be started")


def test_a_damaged_cache_is_not_mistaken_for_the_repository_around_it(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True, env=ENVIRONMENT)
    (tmp_path / "damaged.git").mkdir()
    assert Git(tmp_path / "damaged.git", ENVIRONMENT).run("rev-parse", "--git-dir").code != 0


def test_a_surrounding_hook_does_not_reach_git(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.git"
    init_bare(Git(other, ENVIRONMENT), "main")
    monkeypatch.setenv("GIT_DIR", str(other))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(other / "objects"))
    monkeypatch.setenv("GIT_QUARANTINE_PATH", str(other / "objects"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "omnigrid.leaked")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "yes")
    blob = git.ask("hash-object", "-w", "--stdin", stdin=[b"x"]).decode().strip()
    assert (git.directory / "objects" / blob[:2]).is_dir()
    assert not (other / "objects" / blob[:2]).exists()
    assert git.run("config", "--get", "omnigrid.leaked").code == 1
    seen = git.ask("rev-parse", "--absolute-git-dir").decode().strip()
    assert Path(seen) == git.directory.resolve()


def test_the_users_configuration_does_not_reach_our_repositories(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[omnigrid]\n\tleaked = yes\n")
    git = Git(tmp_path / "ours.git", {**ENVIRONMENT, "HOME": str(home)})
    init_bare(git, "main")
    assert git.run("config", "--get", "omnigrid.leaked").code == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:token@host/x.git", "https://***@host/x.git"),
        ("'https://token@host/'", "'https://***@host/'"),
        ("https://u:p/q@r@host/ gone", "https://***@host/ gone"),
        ("https://host/x", "https://host/x"),
        ("a\x1b[31m\x07b", "a [31m b"),
        ("two\nlines\n", "two\nlines"),
    ],
)
def test_what_is_shown_holds_no_secret_and_no_control_character(text: str, shown: str) -> None:
    assert redact(text) == shown


def test_text_that_is_not_utf_8_can_be_shown() -> None:
    redact(b"caf\xe9".decode("utf-8", "surrogateescape")).encode()
