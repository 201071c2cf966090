"""Who works here, as git knows them."""

from collections.abc import Mapping
from pathlib import Path

from omnigrid.hosting.git import Git
from omnigrid.model.errors import Transient


def committer(root: Path, environment: Mapping[str, str]) -> str:
    """Return the name and address that git would write into a commit; empty where none is set."""
    # Guessing is git's last resort, and gives what the caller knows as well.
    known = environment.get("GIT_CONFIG_COUNT", "0")
    asked = {**environment, "GIT_CONFIG_COUNT": str(int(known) + 1) if known.isdigit() else known}
    asked |= {f"GIT_CONFIG_KEY_{known}": "user.useConfigOnly", f"GIT_CONFIG_VALUE_{known}": "true"}
    try:
        answer = Git(root, asked, ours=False).run("var", "GIT_COMMITTER_IDENT")
    except Transient:
        return ""
    who = answer.out.decode("utf-8", "replace").rpartition(">")[0]
    return f"{who}>" if answer.code == 0 and who else ""
