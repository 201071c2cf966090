"""The pages of hosts: one a kind, whose examples are what they say they are."""

import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from omnigrid.cli.app import COMMANDS
from omnigrid.model.files import ConfigFile
from omnigrid.model.targets import HostKind, TargetFile
from omnigrid.plan.limits import limits_of
from support.actionlint import actionlint
from support.targets import placed

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted((DOCS / "hosts").glob("*.md"))
ALL = [*PAGES, DOCS / "publishing.md", DOCS / "ci/README.md"]
by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


def blocks(page: Path, language: str) -> Iterator[str]:
    yield from re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)


def titled(page: Path, begin: str) -> list[str]:
    """The examples that begin with the name of the file that they are."""
    return [text for text in blocks(page, "yaml") if text.startswith(f"# {begin}")]


def test_each_kind_has_its_page_and_is_named_in_the_overview() -> None:
    assert {page.stem for page in PAGES} == set(HostKind)
    overview = (DOCS / "publishing.md").read_text("utf-8")
    assert all(f"| `{kind}` |" in overview for kind in HostKind)
    assert all(f"(hosts/{kind}.md)" in overview for kind in HostKind)


@by_page
def test_a_page_has_its_parts(page: Path) -> None:
    text = page.read_text("utf-8")
    for heading in ("On the branch", "Limits", "When it fails"):
        assert f"\n## {heading}\n" in text, heading
    assert "\n## A workflow\n" in text or "\n## A pipeline\n" in text


@by_page
def test_a_page_tells_every_limit_and_when_it_was_looked_up(page: Path) -> None:
    text = page.read_text("utf-8")
    for limit in limits_of(placed(HostKind(page.stem))):
        shown = {limit.most: f"{limit.most:,}"}
        if limit.measure.is_size:
            shown = {10**9: "1 GB"} | {number << 20: f"{number} MiB" for number in (25, 100, 750)}
        elif limit.host == "Linux" and page.stem != HostKind.PLAIN:
            continue
        assert shown[limit.most] in text, limit
    if page.stem not in {HostKind.LOCAL, HostKind.PLAIN}:
        assert re.search(r"Looked up on 20\d\d-\d\d-\d\d\.", text)


@pytest.mark.parametrize("page", [*PAGES, DOCS / "publishing.md"], ids=lambda page: page.stem)
def test_the_configuration_is_one(page: Path) -> None:
    (text,) = titled(page, "omnigrid.yaml")
    targets = msgspec.convert({"name": "P", **yaml.safe_load(text)}, ConfigFile).targets
    if page in PAGES:
        assert [target.kind for target in targets] == [HostKind(page.stem)]
    for target in targets:
        assert isinstance(target, TargetFile)


@by_page
def test_workflows_of_github_and_forgejo_are_well_formed(page: Path, tmp_path: Path) -> None:
    found = [*titled(page, ".github/"), *titled(page, ".forgejo/")]
    files = [tmp_path / f"{number}.yml" for number in range(len(found))]
    for file, text in zip(files, found, strict=True):
        file.write_text(text, "utf-8")
        assert yaml.safe_load(text)["name"]
    if page.stem == HostKind.GITLAB_PAGES:
        assert not found
        return
    allowed = 'label "docker" is unknown'  # A runner of Forgejo is called what its owner calls it.
    assert [each for each in actionlint(*files) if allowed not in each["message"]] == []


def jobs(value: dict[str, Any]) -> Iterator[list[str]]:
    """The commands of each job of GitLab, each step of Woodpecker."""
    for name, job in value.items():
        if name == "steps":
            yield from (step["commands"] for step in job)
        elif isinstance(job, dict) and "script" in job:
            yield job["script"]


def test_the_pipelines_of_gitlab_and_woodpecker_are_well_formed() -> None:
    gitlab = [t for page in PAGES for t in titled(page, ".gitlab-ci.yml")]
    woodpecker = [t for page in PAGES for t in titled(page, ".woodpecker/")]
    assert (len(gitlab), len(woodpecker)) == (2, 1)
    for text in (*gitlab, *woodpecker):
        for commands in jobs(yaml.safe_load(text)):
            assert commands
            assert all(isinstance(command, str) for command in commands)
            script = "\n".join(commands)
            subprocess.run(["bash", "-n"], input=script, text=True, check=True)


def test_no_page_holds_a_secret_and_each_is_named() -> None:
    for page in PAGES:
        for text in blocks(page, "yaml"):
            for name, value in re.findall(r"^ *(HOSTING_\w+): *(\S.*)$", text, re.M):
                assert value == f"${{{{ secrets.{name} }}}}"
            for value in re.findall(r"token: *(\w+)", text):
                assert value == "HOSTING_TOKEN"


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.stem)
def test_every_command_and_option_is_there(page: Path) -> None:
    for line in re.findall(r"omnigrid (\w[^`\n#|]*)", page.read_text("utf-8")):
        words = line.split()
        if words[0] not in COMMANDS:
            continue
        command = import_module(f"omnigrid.cli.commands.{words[0]}").command
        known = {name for each in command.params for name in (*each.opts, *each.secondary_opts)}
        used = {found[0] for word in words if (found := re.match(r"--[\w-]+", word))}
        assert used <= known, line


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path) -> None:
    for address in re.findall(r"\]\(([^)#:]+)(#[^)]*)?\)", page.read_text("utf-8")):
        target = (page.parent / address[0]).resolve()
        assert target.exists(), address
        if address[1] and target.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", target.read_text("utf-8"), re.M)
            anchors = {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}
            assert address[1][1:] in anchors, address
