"""who_works: CI before git, git before the machine, and no variable that nobody named."""

import os
from pathlib import Path

from omnigrid.cli.identity import who_works
from support.servers.repository import ISOLATED, git


def environment(home: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), **ISOLATED, **more}


def test_ci_says_for_whom_it_works_and_where(tmp_path: Path) -> None:
    ci = {"GITLAB_USER_LOGIN": "jane", "CI_JOB_ID": "7", "CI_JOB_TOKEN": "glcbt-hush"}
    known = environment(tmp_path, **ci)
    who = who_works(tmp_path, known)
    assert (who.name, who.run) == ("jane", {"GITLAB_USER_LOGIN": "jane", "CI_JOB_ID": "7"})


def test_git_says_whose_commits_these_are(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Jane >Doe")
    git(tmp_path, "config", "user.email", "jane@example.org")
    assert who_works(tmp_path, environment(tmp_path)).name == "Jane Doe <jane@example.org>"
    named = {"GIT_COMMITTER_NAME": "Joe", "GIT_COMMITTER_EMAIL": "joe@example.org"}
    assert who_works(tmp_path, environment(tmp_path, **named)).name == "Joe <joe@example.org>"


def test_settings_from_the_environment_count(tmp_path: Path) -> None:
    given = {"user.name": "Jane", "user.email": "j@example.org"}
    known = {"GIT_CONFIG_COUNT": "2"}
    for number, (key, value) in enumerate(given.items()):
        known |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    assert who_works(tmp_path, environment(tmp_path, **known)).name == "Jane <j@example.org>"


def test_else_it_is_the_user_of_this_machine(tmp_path: Path) -> None:
    for known in (environment(tmp_path), environment(tmp_path, PATH=str(tmp_path))):
        user, at, host = who_works(tmp_path, known).name.partition("@")
        assert user
        assert (at, bool(host)) == ("@", True)
