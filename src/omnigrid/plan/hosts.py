"""What each kind of host expects beside the sites. docs/hosts/ names the sources of each fact."""

from collections.abc import Collection, Iterator
from typing import assert_never

from omnigrid.model.headers import HEADERS_NAME
from omnigrid.model.names import OutPath
from omnigrid.model.publishing import Destination
from omnigrid.model.targets import HostKind
from omnigrid.plan.root_headers import root_headers

_DOCS = "docs/"
"""The only folder of a branch that GitHub Pages can be told to serve instead of the whole."""
_GITLAB_JOB = """\
# Written by omnigrid. GitLab Pages serves the folder public/ of this branch, as it stands.
pages:
  stage: deploy
  image: busybox:stable
  variables:
    GIT_DEPTH: "1"
  script:
    - test -d public
  artifacts:
    paths:
      - public
  rules:
    - if: $CI_COMMIT_BRANCH == "{branch}"
"""
_NOT_FOUND = b"""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Page not found</title>
<h1>Page not found</h1>
<p>There is nothing at this address.</p>
</html>
"""


def root_of(kind: HostKind) -> str:
    """Return the folder of a branch that a host serves: empty, or with a slash at its end."""
    return "public/" if kind is HostKind.GITLAB_PAGES else ""


def served_root(destination: Destination) -> str:
    """Return the same for one destination, whose folders say more than the kind of its host.

    Where all of it stands below ``docs/``, that is what GitHub Pages has to serve.
    """
    folders = destination.folders
    places = [destination.folder] if folders is None else list(folders.values())
    if destination.kind is HostKind.GITHUB_PAGES and all(p.startswith(_DOCS) for p in places):
        return _DOCS
    return destination.root


def made_for(destination: Destination, paths: Collection[str]) -> dict[OutPath, bytes]:
    """Return the files that a host expects and that are not among ``paths``, which go there.

    They are known by their path on the branch. All else that a host is told stands in its settings.
    """
    root = served_root(destination)
    made = dict(_expected(destination, root, paths))
    return {path: data for path, data in made.items() if path not in paths}


def _expected(
    destination: Destination, root: str, paths: Collection[str]
) -> Iterator[tuple[OutPath, bytes]]:
    kind = destination.kind
    if kind in {HostKind.LOCAL, HostKind.PLAIN}:
        return
    yield OutPath(f"{root}404.html"), _NOT_FOUND
    domain = f"{destination.domain}\n".encode() if destination.domain else None
    match kind:
        case HostKind.GITHUB_PAGES:
            yield OutPath(f"{root}.nojekyll"), b""
            if domain:
                yield OutPath(f"{root}CNAME"), domain
        case HostKind.GITLAB_PAGES:
            # The branch of the rule: on a staging branch the job must not replace what is served.
            yield (
                OutPath(".gitlab-ci.yml"),
                _GITLAB_JOB.format(branch=destination.rule.branch).encode(),
            )
        case HostKind.CODEBERG_PAGES:
            if domain:
                yield OutPath(f"{root}.domains"), domain
        case HostKind.CLOUDFLARE_PAGES | HostKind.NETLIFY:
            yield OutPath(root + HEADERS_NAME), root_headers(destination, paths)
        case _:
            assert_never(kind)
