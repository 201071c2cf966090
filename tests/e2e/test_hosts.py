"""Kinds of hosts through the installed command: what they expect, take and serve."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.servers.tls import Certificate, make_certificate
from support.web_host import Page, WebHost, web_host
from support.workspace import Workspace

BRAND = "brands/kitchen-goods/panhonest.yaml"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def web(certificate: Certificate) -> Iterator[WebHost]:
    with web_host(certificate) as running:
        yield running


def use(workspace: Workspace, text: str) -> None:
    path = workspace.root / "omnigrid.yaml"
    kept = path.read_text().partition("targets:")[0].rstrip()
    path.write_text(f"{kept}\n{text}")
    workspace.commit("Targets")


def one(kind: str, repository: Path, *lines: str) -> str:
    facts = [f"name: {kind}", f"kind: {kind}", f"repository: {repository}", *lines]
    return "targets:\n  - " + "\n    ".join(facts) + "\n"


def bare(workspace: Workspace, folder: Path) -> Path:
    workspace.git("init", "-q", "--bare", "-b", "main", str(folder))
    return folder


def names(workspace: Workspace, repository: Path, branch: str = "main") -> list[str]:
    return workspace.git("ls-tree", "-r", "--name-only", branch, cwd=repository).split()


def show(workspace: Workspace, repository: Path, path: str) -> str:
    return workspace.git("show", f"main:{path}", cwd=repository)


def push(workspace: Workspace, repository: Path, folder: Path, path: str, text: str) -> None:
    """Somebody else changes one file of a hosting repository."""
    workspace.git("clone", "-q", str(repository), str(folder))
    workspace.git("checkout", "-qB", "main", cwd=folder)
    (folder / path).write_text(text)
    workspace.git("add", "-A", cwd=folder)
    workspace.git("commit", "-qm", "Theirs", cwd=folder)
    workspace.git("push", "-q", "origin", "HEAD:main", cwd=folder)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("github-pages", {".nojekyll", "404.html", "CNAME"}),
        ("gitlab-pages", {".gitlab-ci.yml", "public/404.html"}),
        ("cloudflare-pages", {"404.html", "_headers"}),
        ("netlify", {"404.html", "_headers"}),
        ("codeberg-pages", {".domains", "404.html"}),
        ("plain", set()),
    ],
)
def test_a_branch_has_what_its_host_expects(
    workspace: Workspace, tmp_path: Path, kind: str, more: set[str]
) -> None:
    repository = bare(workspace, tmp_path / "host.git")
    use(workspace, one(kind, repository, "domain: brands.example"))
    assert "create" in workspace.run("publish").out
    root = "public/" if kind == "gitlab-pages" else ""
    build = {f"{root}{path}" for path in workspace.tree()}
    assert set(names(workspace, repository)) == build | more
    assert "unchanged" in workspace.run("publish").out
    workspace.git("fsck", "--strict", cwd=repository)


def test_their_job_stays_and_is_said(workspace: Workspace, tmp_path: Path) -> None:
    repository = bare(workspace, tmp_path / "host.git")
    push(workspace, repository, tmp_path / "theirs", ".gitlab-ci.yml", "test:\n  script: [make]\n")
    use(workspace, one("gitlab-pages", repository))
    said = ".gitlab-ci.yml is somebody else's there and was kept as it is"
    assert f"warning: gitlab-pages: {said}" in workspace.run("publish", "--dry-run").err
    assert said in workspace.run("publish").err
    assert "make" in show(workspace, repository, ".gitlab-ci.yml")
    assert "public/index.html" in names(workspace, repository)
    push(workspace, repository, tmp_path / "again", ".gitlab-ci.yml", "test:\n  script: [tox]\n")
    (state,) = workspace.run("status", "--json").json["targets"]
    assert (state["state"], state["warnings"]) == ("in-sync", [said])
    assert "unchanged" in workspace.run("publish").out
    assert "tox" in show(workspace, repository, ".gitlab-ci.yml")


def test_too_much_for_a_host_is_told_before_anything_is_pushed(
    workspace: Workspace, tmp_path: Path
) -> None:
    small, large = bare(workspace, tmp_path / "s.git"), bare(workspace, tmp_path / "l.git")
    other = one("plain", large).removeprefix("targets:\n")
    use(workspace, one("cloudflare-pages", small, "limits: {files: 20}") + other)
    for command in (["publish", "--dry-run"], ["publish"]):
        run = workspace.run(*command, code=3)
        assert 'target "cloudflare-pages" is more than its host takes: ' in run.err
        assert "Cloudflare Pages takes at most 20" in run.err
        assert "plain" in run.out
    assert workspace.git("for-each-ref", cwd=small) == ""
    assert names(workspace, large)
    plain, blocked = workspace.run("status", "--json", code=3).json["targets"]
    assert (plain["state"], blocked["state"]) == ("in-sync", "blocked")
    assert "limits: {files" in blocked["hint"]


def test_a_limit_that_is_near_is_said_each_time(workspace: Workspace, tmp_path: Path) -> None:
    repository = bare(workspace, tmp_path / "host.git")
    use(workspace, one("netlify", repository))
    count = int(workspace.run("build", "--json").json["files"]) + 3
    use(workspace, one("cloudflare-pages", repository, f"limits: {{files: {count}}}"))
    for _ in range(3):
        assert f"{count} files, Cloudflare Pages takes at most" in workspace.run("publish").err
    assert "Cloudflare Pages takes at most" in workspace.run("status").err


def test_a_build_in_a_folder_is_not_made_straight_into_git(
    workspace: Workspace, tmp_path: Path
) -> None:
    use(workspace, one("gitlab-pages", bare(workspace, tmp_path / "host.git")))
    assert "leave out --no-build-dir" in workspace.run("publish", "--no-build-dir", code=1).err


class Site:
    """A portfolio whose base address is that of a running host."""

    def __init__(self, workspace: Workspace, web: WebHost, certificate: Certificate) -> None:
        self.workspace, self.web, self.certificate = workspace, web, certificate
        self.repository = workspace.root / ".omnigrid/hosting/portfolio.git"
        use(workspace, f"base_url: {web.address}\n")

    def deploy(self) -> None:
        self.web.deploy(self.repository)

    def edit(self) -> None:
        self.workspace.edit(BRAND, "Pans that say", "Pots that say")
        self.workspace.commit("Pots")

    def status(self, code: int = 0, **environment: str) -> dict[str, object]:
        trusted = {"SSL_CERT_FILE": str(self.certificate.authority)} | environment
        run = self.workspace.run("status", "--live", "--json", code=code, **trusted)
        (state,) = run.json["targets"]
        return dict(state)


def counts(state: dict[str, object]) -> tuple[object, ...]:
    served = state["served"]
    assert isinstance(served, dict)
    return served["served"], served["sites"], served["asked"], served["current"]


def test_what_is_served_is_compared_with_what_was_pushed(
    workspace: Workspace, web: WebHost, certificate: Certificate
) -> None:
    site = Site(workspace, web, certificate)
    assert "served" not in site.status()
    assert web.asked == []
    workspace.run("publish", "--reason", "edit")
    site.deploy()
    state = site.status()
    assert (state["address"], counts(state)) == (web.address, ("current", 3, 3, 3))
    assert sorted(web.asked)[0] == "sites/panhonest/humans.txt"
    assert state["last"]["reason"] == "edit"  # type: ignore[index]
    assert state["last"]["age_seconds"] >= 0  # type: ignore[index]
    site.edit()
    state = site.status()
    assert (state["state"], counts(state)) == ("out-of-date", ("current", 3, 3, 3))
    workspace.run("publish")
    state = site.status()
    assert (state["state"], counts(state)) == ("in-sync", ("older", 3, 3, 2))
    site.deploy()
    assert counts(site.status()) == ("current", 3, 3, 3)


def test_what_is_not_ours_or_out_of_reach_ends_with_3(
    workspace: Workspace, web: WebHost, certificate: Certificate
) -> None:
    site = Site(workspace, web, certificate)
    workspace.run("publish")
    web.answer = lambda _path: Page(200, b"This domain is for sale")
    assert counts(site.status(code=3)) == ("not-ours", 3, 3, 0)
    site.deploy()
    assert counts(site.status(code=3, SSL_CERT_FILE="/dev/null")) == ("unreachable", 3, 3, 0)
    text = workspace.run("status", "--live", code=3, SSL_CERT_FILE="/dev/null")
    assert "served: 0 of 3 as pushed" in text.out
    assert "unreachable at https://127.0.0.1" in text.err
    assert "no valid certificate" in text.err
