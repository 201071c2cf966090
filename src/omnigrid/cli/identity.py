"""Who works, for the record of publishes."""

import getpass
import socket
from collections.abc import Mapping
from pathlib import Path

from omnigrid.hosting.identity import committer
from omnigrid.model.audit import Who

_CI = {
    "GITHUB_ACTOR": ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"),
    "GITLAB_USER_LOGIN": ("CI_PROJECT_URL", "CI_JOB_ID"),
    "BUILD_USER_ID": ("BUILD_URL",),
}
"""The variable in which a CI system says for whom it works, and those that lead to its run.

GitHub ("Variables reference"), which Forgejo follows; GitLab ("Predefined CI/CD variables");
Jenkins with its Build User Vars plugin. No other variable is ever recorded.
"""


def who_works(root: Path, environment: Mapping[str, str]) -> Who:
    """Return who works: as CI says, else as git would write it into a commit, else user@host."""
    for actor, names in _CI.items():
        if name := environment.get(actor, ""):
            run = {each: environment[each] for each in names if environment.get(each)}
            return Who(name, {actor: name, **run})
    return Who(committer(root, environment) or _user())


def _user() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # No name for this user's number.
        user = "unknown"
    return f"{user}@{socket.gethostname()}"
