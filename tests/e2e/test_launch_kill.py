"""A preview that is killed in the middle of a launch, again and again: nothing is lost."""

import json
import signal
import sys
from contextlib import suppress
from http.client import RemoteDisconnected
from pathlib import Path
from typing import Any
from urllib.error import URLError

from support.previewed import PATIENCE, Previewed, previewed, wait_until
from support.workspace import Workspace

MORTAL = (
    sys.executable,
    "-c",
    """
import os, re, signal, sys
left = [int(os.environ["DIES_AFTER"])]

def look(event, arguments):
    if not re.search(os.environ["DIES_AT"], f"{event} {arguments[:2]}"):
        return
    if os.path.exists(os.environ["ARMED"]):
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(look)
import omnigrid.cli
omnigrid.cli.main(sys.argv[1:])
""",
)
"""The command, killed as it is about to do something for the first time, or after some times."""
MOMENTS = {
    "the page has no name yet": (r"^os\.link .*content/drops/", 0),
    "half of the build is staged": (r"^open .*/build/", 6),
    "the manifest is about to count": (r"^os\.rename .*manifest\.json", 0),
    "the new repository has no name yet": (r"^os\.rename .*hosting/portfolio\.git\.new", 0),
    "the journal does not know that it is done": (r"^open .*publishes\.jsonl", 2),
    "git is about to push": (r"^subprocess\.Popen .*'push'", 0),
}
HOSTING = ".omnigrid/hosting/portfolio.git"
PLACES = ("on a roof", "in a cellar", "on a balcony", "in a shed", "on a farm", "in a school")
"""Words that make a need of its own for each moment."""


def order(place: str) -> bytes:
    need = f"store rain water for the garden in the dry weeks, {place}"
    return json.dumps({"intent": need}).encode()


def launch(preview: Previewed, place: str) -> int:
    """Ask for a launch and return how that is answered."""
    kind = "application/json"
    return preview.ask("/deploy/launch", "POST", order(place), Content_Type=kind).status


def state(preview: Previewed) -> Any:
    return json.loads(preview.ask("/deploy/launch").body)


def pages_of(workspace: Workspace, place: str) -> list[Path]:
    texts = workspace.root.glob("content/drops/*.md")
    return [path for path in texts if place in path.read_text(encoding="utf-8")]


def killed(workspace: Workspace, moment: tuple[str, int], place: str) -> None:
    """Launch in a preview that is killed at a moment of it."""
    armed = workspace.root.with_name("armed")
    mortal = {"DIES_AT": moment[0], "DIES_AFTER": str(moment[1]), "ARMED": str(armed)}
    with previewed(workspace, program=MORTAL, **mortal) as preview:
        healthy(preview)
        armed.touch()
        with suppress(RemoteDisconnected, ConnectionError, URLError):  # Killed before it answers.
            launch(preview, place)
        assert preview.process.wait(PATIENCE) == -signal.SIGKILL, preview.said()
    armed.unlink()


def healthy(preview: Previewed) -> None:
    assert json.loads(preview.ask("/health").body)["faults"] == 0, preview.said()


def commits(workspace: Workspace) -> list[str]:
    """Return the trees of the commits that are published, the last one first."""
    hosting = workspace.root / HOSTING
    return workspace.git("log", "--format=%T", "main", cwd=hosting).split()


def test_a_preview_that_is_killed_while_it_launches_loses_nothing(workspace: Workspace) -> None:
    for moment, place in zip(MOMENTS.values(), PLACES, strict=True):
        killed(workspace, moment, place)
    written = [place for place in PLACES if pages_of(workspace, place)]
    assert written == list(PLACES[1:])

    with previewed(workspace) as preview:
        healthy(preview)
        before = commits(workspace)
        assert {place: launch(preview, place) for place in written} == dict.fromkeys(written, 409)
        assert launch(preview, PLACES[0]) == 200
        wait_until(lambda: state(preview)["state"] != "running", preview.said)
        end = state(preview)
        assert (end["state"], end["failure"]) == ("done", None)
        assert len(commits(workspace)) == len(before) + 1

    trees = commits(workspace)
    assert len(set(trees)) == len(trees), "a commit that changes nothing"
    files = workspace.git("ls-tree", "-r", "--name-only", "main", cwd=workspace.root / HOSTING)
    for place in PLACES:
        [page] = pages_of(workspace, place)
        assert f"/{page.stem}.html" in files
    workspace.run("publish")
    assert commits(workspace) == trees, "something was left to be done"
