"""The three things that our workflows write to GitHub. Needs nothing but Python.

    github.py comment REPORT         put a check's report under its pull request, one comment ever
    github.py propose BRANCH ISSUE   open the pull request of an accepted form
    github.py refuse ISSUE FILE      say under an issue why it cannot become a file

The environment gives GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, and for `comment` HEAD_SHA.
A report comes from a pull request of anybody: it is data, whose form and size are checked here.
"""

import json
import os
import re
import sys
import urllib.request
from pathlib import Path
from typing import Any

MARKER = "<!-- omnigrid: check -->"
AUTHOR = "github-actions[bot]"
MAX_REPORT = 60_000
"""Characters; GitHub takes 65,536 in a comment."""
MAX_PAGES = 30


class Refused(Exception):  # noqa: N818  (named by consequence)
    """Something that we do not do, and why."""


def call(method: str, path: str, value: dict[str, Any] | None = None) -> Any:
    """Return what the API answers. ``path`` begins behind the repository's own address."""
    url = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}".rstrip(
        "/"
    )
    request = urllib.request.Request(  # noqa: S310  (the address is GitHub's own)
        url,
        method=method,
        data=None if value is None else json.dumps(value).encode(),
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {os.environ['GITHUB_TOKEN']}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)


def comment(folder: Path) -> None:
    """Write the report under its pull request, or renew the comment that we wrote before."""
    number, report = read_report(folder)
    head = call("GET", f"pulls/{number}")["head"]["sha"]
    if head != os.environ["HEAD_SHA"]:
        raise Refused(f"the report is not of the last commit of pull request {number}")
    body = {"body": f"{MARKER}\n{harmless(report)}"}
    known = our_comment(number)
    if known is None:
        call("POST", f"issues/{number}/comments", body)
    else:
        call("PATCH", f"issues/comments/{known}", body)


def read_report(folder: Path) -> tuple[int, str]:
    """Return the number and the text of a report. Raises Refused where it is not one of ours."""
    names = sorted(path.name for path in folder.iterdir())
    if names != ["number", "report.md"]:
        raise Refused(f"a report is the two files number and report.md, not {len(names)} others")
    for path in folder.iterdir():
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 4 * MAX_REPORT:
            raise Refused(f"{path.name} is not a plain file of a fair size")
    number = (folder / "number").read_text(encoding="ascii", errors="replace").strip()
    if not re.fullmatch("[1-9][0-9]{0,9}", number, re.ASCII):
        raise Refused("the number of the pull request is not a number")
    return int(number), (folder / "report.md").read_text(encoding="utf-8", errors="replace")


def harmless(report: str) -> str:
    """Return a report that calls nobody, hides nothing and is short enough."""
    quiet = report.replace("<!--", "&lt;!--").replace("@", "@\u200b").replace("\0", "")
    return quiet if len(quiet) <= MAX_REPORT else quiet[:MAX_REPORT] + "\n\n… and more"


def our_comment(number: int) -> int | None:
    """Return the id of the comment that we wrote before."""
    for page in range(1, MAX_PAGES + 1):
        found = call("GET", f"issues/{number}/comments?per_page=100&page={page}")
        for each in found:
            if each["user"]["login"] == AUTHOR and each["body"].startswith(MARKER):
                return int(each["id"])
        if len(found) < 100:
            return None
    return None


def propose(branch: str, issue: int) -> None:
    """Open the pull request of a branch. Its words are ours, none are the issue's."""
    base = call("GET", "")["default_branch"]
    text = (
        f"Made from the form of issue #{issue}. Read it as you would read anybody's words, and "
        f"correct it here.\n\nCloses #{issue}"
    )
    title = f"Add what issue #{issue} asks for"
    made = call("POST", "pulls", {"head": branch, "base": base, "title": title, "body": text})
    print(made["html_url"])


def refuse(issue: int, file: Path) -> None:
    """Say under an issue what was said when it could not become a file."""
    said = file.read_text(encoding="utf-8", errors="replace")[:5000]
    lines = "\n".join(f"    {line}" for line in said.splitlines())
    call("POST", f"issues/{issue}/comments", {"body": f"This cannot become a file yet:\n\n{lines}"})


def main(arguments: list[str]) -> None:
    match arguments:
        case ["comment", folder]:
            comment(Path(folder))
        case ["propose", branch, issue]:
            propose(branch, int(issue))
        case ["refuse", issue, file]:
            refuse(int(issue), Path(file))
        case _:
            raise Refused(f"{__doc__}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Refused as reason:
        sys.exit(str(reason))
    except OSError as error:
        sys.exit(f"GitHub did not answer as it should: {error}")
