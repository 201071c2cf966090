"""A commit of somebody else's repository, from real repositories on this disk."""

import os
import subprocess
from pathlib import Path

import pytest

from omnigrid.hosting.pack_source import PackRepository
from omnigrid.model.errors import InputError, OmnigridError

FILES = {"packs/plain/pack.yaml": "id: plain\n", "packs/plain/index.html": "<h1>", "setup.py": "x"}
ENVIRONMENT = {"PATH": os.environ["PATH"]}


class Repository:
    """A repository with one commit and one tag."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.git("init", "-q", "-b", "main")
        for path, text in FILES.items():
            self.write(path, text)
        self.commit("v1")

    def write(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def commit(self, tag: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", tag)
        self.git("tag", "-a", "-f", "-m", tag, tag)
        return self.git("rev-parse", "HEAD").strip()

    def git(self, *arguments: str) -> str:
        identity = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@localhost"}
        identity |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@localhost"}
        dates = {"GIT_AUTHOR_DATE": "1777900000 +0000", "GIT_COMMITTER_DATE": "1777900000 +0000"}
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        return subprocess.run(
            ["git", "-C", str(self.root), *arguments],
            env=ENVIRONMENT | identity | dates | settings,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    @property
    def url(self) -> str:
        return self.root.as_uri()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "theirs")


@pytest.fixture
def fetched(tmp_path: Path, repository: Repository) -> PackRepository:
    return PackRepository(tmp_path / "cache", repository.url, ENVIRONMENT)


def test_a_tag_is_the_commit_that_it_was_set_on(
    repository: Repository, fetched: PackRepository
) -> None:
    commit = repository.git("rev-parse", "HEAD").strip()
    assert fetched.resolve("v1") == fetched.resolve("main") == fetched.resolve(commit) == commit


def test_a_folder_of_a_commit_with_its_date(fetched: PackRepository) -> None:
    tree = fetched.tree(fetched.resolve("v1"), "packs/plain", 10, 1000)
    assert dict(tree.files) == {"pack.yaml": b"id: plain\n", "index.html": b"<h1>"}
    assert f"{tree.date}" == "2026-05-04"


def test_nothing_is_checked_out(tmp_path: Path, fetched: PackRepository) -> None:
    fetched.tree(fetched.resolve("v1"), "", 10, 1000)
    assert not [path for path in tmp_path.joinpath("cache").rglob("*") if path.name == "setup.py"]


def test_a_locked_commit_is_had_after_its_tag_moved(
    repository: Repository, fetched: PackRepository
) -> None:
    old = fetched.resolve("v1")
    repository.write("packs/plain/index.html", "<h2>")
    new = repository.commit("v1")
    assert fetched.resolve("v1") == new
    assert dict(fetched.tree(old, "packs/plain", 10, 1000).files)["index.html"] == b"<h1>"


def test_a_commit_that_is_here_is_had_when_the_source_is_gone(
    tmp_path: Path, repository: Repository, fetched: PackRepository
) -> None:
    commit = fetched.resolve("v1")
    before = fetched.tree(commit, "", 10, 1000)
    repository.root.rename(tmp_path / "gone")
    assert fetched.tree(commit, "", 10, 1000) == before
    with pytest.raises(OmnigridError):
        fetched.resolve("v1")


@pytest.mark.parametrize("ref", ["v9", "v", "0" * 40])
def test_what_is_not_there(fetched: PackRepository, ref: str) -> None:
    with pytest.raises(OmnigridError) as caught:
        fetched.tree(fetched.resolve(ref), "", 10, 1000)
    assert caught.value.hint


def test_a_folder_that_is_not_there(fetched: PackRepository) -> None:
    with pytest.raises(InputError, match=r'no folder "packs/other"'):
        fetched.tree(fetched.resolve("v1"), "packs/other", 10, 1000)


def test_a_link_in_the_tree(repository: Repository, fetched: PackRepository) -> None:
    (repository.root / "packs/plain/evil.css").symlink_to("../../../etc/passwd")
    repository.commit("v2")
    with pytest.raises(InputError, match=r'"evil\.css" is a symbolic link'):
        fetched.tree(fetched.resolve("v2"), "packs/plain", 10, 1000)


def test_a_link_beside_the_pack_does_not_matter(
    repository: Repository, fetched: PackRepository
) -> None:
    (repository.root / "link").symlink_to("/etc/passwd")
    repository.commit("v2")
    assert fetched.tree(fetched.resolve("v2"), "packs/plain", 10, 1000).files


def test_a_submodule(repository: Repository, fetched: PackRepository) -> None:
    commit = repository.git("rev-parse", "HEAD").strip()
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},packs/plain/sub")
    url = "url = ext::sh -c id"
    repository.write(".gitmodules", f'[submodule "sub"]\npath = packs/plain/sub\n{url}\n')
    repository.git("add", ".gitmodules")
    repository.git("commit", "-q", "-m", "sub")
    with pytest.raises(InputError, match='"sub" is a submodule'):
        fetched.tree(fetched.resolve("main"), "packs/plain", 10, 1000)


def test_names_that_git_can_hold_are_handed_on_to_be_judged(
    repository: Repository, fetched: PackRepository
) -> None:
    repository.write("packs/plain/..\\evil\x07.css", "x")
    repository.commit("v2")
    tree = fetched.tree(fetched.resolve("v2"), "packs/plain", 10, 1000)
    assert "..\\evil\x07.css" in dict(tree.files)


def test_far_more_files_than_a_pack_has(fetched: PackRepository) -> None:
    with pytest.raises(InputError, match="far more than a template pack"):
        fetched.tree(fetched.resolve("v1"), "", 2, 1000)


def test_far_more_bytes_than_a_pack_has(fetched: PackRepository) -> None:
    with pytest.raises(InputError, match="far more than a template pack"):
        fetched.tree(fetched.resolve("v1"), "", 10, 5)


@pytest.mark.parametrize("url", ["ext::sh -c id", "fd::17", "http://127.0.0.1:1/a"])
def test_a_transport_that_runs_programs(tmp_path: Path, url: str) -> None:
    """The text never gets this far; git itself refuses as well."""
    mark = tmp_path / "ran"
    address = url.replace("id", f"touch% {mark}")
    with pytest.raises(OmnigridError, match="not allowed"):
        PackRepository(tmp_path / "cache", address, ENVIRONMENT).resolve("v1")
    assert not mark.exists()


def test_hooks_and_filters_of_the_users_configuration_do_not_run(
    tmp_path: Path, repository: Repository
) -> None:
    mark = tmp_path / "ran"
    configuration = tmp_path / "gitconfig"
    smudge = f'[filter "lfs"]\nsmudge = touch {mark}\n'
    configuration.write_text(f"{smudge}[core]\nhooksPath = {tmp_path}\n")
    hook = tmp_path / "post-checkout"
    hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
    hook.chmod(0o755)
    repository.write(".gitattributes", "* filter=lfs\n")
    repository.commit("v2")
    environment = {**ENVIRONMENT, "GIT_CONFIG_GLOBAL": str(configuration)}
    theirs = PackRepository(tmp_path / "cache", repository.url, environment)
    assert theirs.tree(theirs.resolve("v2"), "", 10, 1000).files
    assert not mark.exists()
