"""`signing:` with keys that are made for the test, by the programs that verify them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from omnigrid.model.errors import InputError
from omnigrid.model.targets import SigningFile, SigningFormat
from support.tended import Tended

SITE = {"index.html": b"<h1>One</h1>\n"}
SSH = SigningFile(format=SigningFormat.SSH, key="SIGNING_KEY")
GPG = SigningFile(format=SigningFormat.OPENPGP, key="SIGNING_KEY")

needs_gpg = pytest.mark.skipif(shutil.which("gpg") is None, reason="gpg is not installed")


def make_key(folder: Path, kind: str = "ed25519") -> Path:
    """Make an ssh key and the file of whom git may believe."""
    key = folder / "key"
    command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "publisher", "-f", str(key)]
    subprocess.run(command, check=True)
    public = key.with_suffix(".pub").read_text()
    (folder / "allowed").write_text(f"omnigrid@localhost {public}")
    return key


@pytest.fixture
def signed(tmp_path: Path) -> Tended:
    return Tended(tmp_path / "site").signing(SSH, SIGNING_KEY=str(make_key(tmp_path)))


def verify(tended: Tended, commit: str, allowed: Path) -> str:
    settings = ["-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={allowed}"]
    done = subprocess.run(
        ["git", *settings, "-C", tended.repository.folder, "verify-commit", commit],
        check=True,
        capture_output=True,
        text=True,
        env=tended.environment,
    )
    return done.stderr


def test_every_publish_is_signed(signed: Tended, tmp_path: Path) -> None:
    signed.publish(SITE)
    signed.publish({"index.html": b"<h1>Two</h1>\n"})
    for commit in signed.commits():
        said = verify(signed, commit, tmp_path / "allowed")
        assert "Good" in said
        assert "omnigrid@localhost" in said
    signed.fsck()


def test_signing_changes_nothing_but_the_signature(signed: Tended, tmp_path: Path) -> None:
    plain = Tended(tmp_path / "plain")
    form = "--format=%T %B %an %ae %ad %cn %ce %cd"
    told = []
    for tended in (plain, signed):
        tended.publish(SITE)
        tended.publish({"index.html": b"<h1>Two</h1>\n"})
        told.append(tended.repository.git("log", form, "main"))
    assert told[0] == told[1]
    assert plain.commits() != signed.commits()


def test_with_ed25519_the_same_publish_gives_the_same_commit(tmp_path: Path) -> None:
    key = str(make_key(tmp_path))
    heads = []
    for name in ("one", "two"):
        tended = Tended(tmp_path / name).signing(SSH, SIGNING_KEY=key)
        heads.append(tended.publish(SITE).commit)
    assert heads[0] == heads[1]


def test_with_any_key_the_same_publish_gives_the_same_tree(tmp_path: Path) -> None:
    key = str(make_key(tmp_path, "ecdsa"))
    trees = []
    for name in ("one", "two"):
        tended = Tended(tmp_path / name).signing(SSH, SIGNING_KEY=key)
        tended.publish(SITE)
        trees.append(tended.trees())
    assert trees[0] == trees[1]


def test_a_signed_publish_is_found_unchanged(signed: Tended) -> None:
    commit = signed.publish(SITE).commit
    again = signed.publish(SITE)
    assert (again.action, again.commit) == ("unchanged", commit)
    glance = signed.host.glance(signed.destination)
    assert glance.manifest is not None


def test_commits_that_are_kept_are_signed_anew(signed: Tended, tmp_path: Path) -> None:
    kept = signed.keeping(2)
    for number in range(4):
        kept.publish({"index.html": f"{number}".encode()}, 1_700_000_000 + number)
    assert len(kept.commits()) == 2
    for commit in kept.commits():
        assert "Good" in verify(kept, commit, tmp_path / "allowed")
    kept.fsck()


def test_a_look_says_that_there_is_no_key(signed: Tended, tmp_path: Path) -> None:
    unset = Tended(signed.folder).signing(SSH)
    for tended in (unset, unset.signing(SSH, SIGNING_KEY="relative"), _gone(unset, tmp_path)):
        with pytest.raises(InputError, match="SIGNING_KEY"):
            tended.host.glance(tended.destination)


def _gone(tended: Tended, folder: Path) -> Tended:
    return tended.signing(SSH, SIGNING_KEY=str(folder / "gone"))


def test_a_key_in_the_variable_itself_is_refused_and_not_shown(tmp_path: Path) -> None:
    text = make_key(tmp_path).read_text()
    for signing in (SSH, GPG):
        tended = Tended(tmp_path / "site").signing(signing, SIGNING_KEY=text)
        with pytest.raises(InputError) as caught:
            tended.host.glance(tended.destination)
        shown = caught.value.message + caught.value.hint
        assert text.splitlines()[1] not in shown
        assert "PRIVATE" not in shown


def test_a_key_that_asks_for_a_password_is_told_before_anything_is_pushed(tmp_path: Path) -> None:
    key = tmp_path / "locked"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret words", "-f", str(key)]
    subprocess.run(command, check=True)
    plain = Tended(tmp_path / "site")
    before = plain.publish(SITE).commit
    tended = plain.signing(SSH, SIGNING_KEY=str(key))
    with pytest.raises(InputError, match="did not sign"):
        tended.host.glance(tended.destination)
    assert plain.repository.head() == before


@pytest.mark.parametrize(("signing", "program"), [(SSH, "ssh-keygen"), (GPG, "gpg")])
def test_a_program_that_is_missing_is_named(
    signing: SigningFile, program: str, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/git").symlink_to(shutil.which("git") or "")
    tended = Tended(tmp_path / "site").signing(signing, PATH=str(tmp_path / "bin"), SIGNING_KEY="x")
    with pytest.raises(InputError, match=f"{program} is not installed"):
        tended.host.glance(tended.destination)


def test_the_key_stands_on_no_command_line(signed: Tended, tmp_path: Path) -> None:
    wrapper, real = tmp_path / "bin/git", shutil.which("git")
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    seen = signed.signing(SSH, PATH=f"{wrapper.parent}:{os.environ['PATH']}")
    seen.publish(SITE)
    asked = (tmp_path / "asked").read_text()
    assert "commit-tree" in asked
    assert str(tmp_path / "key") not in asked


@pytest.fixture
def gpg_home() -> Iterator[Path]:
    """An empty home of GnuPG: at a short path, because those of sockets end at 107 letters."""
    with TemporaryDirectory(prefix="g", dir="/tmp") as home:
        yield Path(home)


@needs_gpg
def test_openpgp_signs_as_well(tmp_path: Path, gpg_home: Path) -> None:
    home = gpg_home
    variables = {"PATH": os.environ["PATH"], "GNUPGHOME": str(home), "HOME": str(tmp_path)}
    who = "omnigrid <omnigrid@localhost>"
    options = ["--batch", "--quiet", "--passphrase", "", "--pinentry-mode", "loopback"]
    try:
        command = ["gpg", *options, "--quick-generate-key", who, "ed25519", "sign", "never"]
        subprocess.run(command, check=True, env=variables, capture_output=True)
        tended = Tended(tmp_path / "site").signing(
            GPG, GNUPGHOME=str(home), SIGNING_KEY="omnigrid@localhost"
        )
        receipt = tended.publish(SITE)
        shown = subprocess.run(
            ["git", "-C", tended.repository.folder, "verify-commit", receipt.commit],
            check=True,
            capture_output=True,
            text=True,
            env=variables,
        )
        assert "Good signature" in shown.stderr
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], env=variables, check=False)
