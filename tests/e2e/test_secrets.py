"""The canary: what is secret is in nothing that we print, write or run, whatever goes wrong."""

import base64
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from support.hosted import write_helper
from support.many import Many
from support.servers import hooks
from support.servers.fixtures import NewRemote
from support.servers.front import Answer, Front, Times
from support.servers.git_http import under
from support.servers.proxy import Act, Fault, FaultProxy, first
from support.servers.remote import PASSWORD, USER, Remote
from support.workspace import Run

VARIABLE = "CANARY_TOKEN"
CALLS = "calls-of-git"
PHRASE = "open sesame/canary+phrase of a key"
NOISY = {
    "GIT_TRACE": "1",
    "GIT_TRACE_CURL": "1",
    "GIT_TRACE_PACKET": "1",
    "GIT_TRACE_SETUP": "1",
    "GIT_TRACE2": "1",
    "GIT_TRACE2_EVENT": "1",
    "GIT_TRACE_REDACT": "0",
    "GIT_CURL_VERBOSE": "1",
    "SSH_KEY_PHRASE": PHRASE,
}
Before = Callable[[Remote], FaultProxy]


def forms(secret: str) -> set[str]:
    """The ways in which a server, a log or a file might repeat a secret."""
    pairs = (f"{USER}:{secret}", f"x:{secret}", f"xy:{secret}", f"xyz:{secret}", secret)
    encoded = {base64.b64encode(pair.encode()).decode().rstrip("=") for pair in pairs}
    return {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), *encoded}


EVERY_FORM = sorted(forms(PASSWORD) | forms(PHRASE))
REPEATED = "\n".join(f"I know {form} well" for form in sorted(forms(PASSWORD)))


def recorded(home: Path, path: str) -> str:
    """A search path on which git first writes down how it was called; then it is the real one."""
    folder = home / "recorded"
    folder.mkdir(exist_ok=True)
    git = folder / "git"
    noted = f"printf '%s ' git \"$@\" >>'{home / CALLS}'"
    git.write_text(f'#!/bin/sh\n{noted}\nexec {which("git")} "$@"\n')
    git.chmod(0o755)
    return f"{folder}:{path}"


class Sampler:
    """Looks at the command lines of what begins in a block with our home and lasts a moment."""

    def __init__(self, home: Path) -> None:
        self._ours = b"\0HOME=%s\0" % os.fsencode(home)

    def __enter__(self) -> "Sampler":
        self.seen: set[bytes] = set()
        self._before = {entry.name for entry in os.scandir("/proc")}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.001):
            for name in {entry.name for entry in os.scandir("/proc")} - self._before:
                with suppress(OSError):  # It has ended.
                    if self._ours in b"\0" + Path("/proc", name, "environ").read_bytes():
                        self.seen.add(Path("/proc", name, "cmdline").read_bytes())


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Callable[[Remote, str], Many]]:
    """Makes a portfolio with one target; how it logs in is told."""

    def new(remote: Remote, login: str) -> Many:
        target: dict[str, Any] = {"name": "far", "kind": "plain", "repository": remote.address}
        if login == "variable":
            target["credentials"] = {"user": USER, "token": VARIABLE}
        many = Many(tmp_path / "portfolio", 2, [target])
        many.environment |= {**NOISY, **remote.trust, **remote.by_ssh_command()}
        many.environment["HOME"] = str(tmp_path)
        del many.environment["GIT_CONFIG_GLOBAL"]
        if login == "variable":
            many.environment[VARIABLE] = remote.secret
        elif login == "helper":
            write_helper(tmp_path, remote.secret)
        made.append(many)
        return many

    made: list[Many] = []
    yield new
    for many in made:
        many.fsck()


def publish(many: Many) -> Run:
    """Publish as loudly as can be; nothing that is left holds a secret in any form."""
    home = Path(many.environment["HOME"])
    looked_in = recorded(home, many.environment["PATH"])
    with Sampler(home) as sampler:
        run = many.run("-v", "--debug", "publish", "--json", code=None, PATH=looked_in)
    assert "Traceback" not in run.err
    _holds_none(run.out, "stdout")
    _holds_none(run.err, "stderr")
    calls = (home / CALLS).read_bytes()
    assert b"ls-remote" in calls
    for line in (calls, *sampler.seen):
        _holds_none(line.decode("utf-8", "replace"), "a command line")
    for folder in (".omnigrid", "build"):
        for path in (many.root / folder).rglob("*"):
            if path.is_file():
                _holds_none(path.read_bytes().decode("utf-8", "replace"), str(path))
    return run


def _holds_none(text: str, where: str) -> None:
    found = [form for form in EVERY_FORM if form in text]
    assert found == [], f"{where}: {text[:5000]}"


LOGINS = ("variable", "helper")


@pytest.mark.parametrize("login", LOGINS)
def test_a_publish_that_goes_well(
    new_remote: NewRemote, canary: Callable[[Remote, str], Many], login: str
) -> None:
    remote = new_remote("https")
    assert publish(canary(remote, login)).code == 0
    assert remote.repository.head()


@pytest.mark.parametrize("kind", ["variable", "helper", "ssh"])
def test_a_hook_that_knows_the_secret(
    new_remote: NewRemote, canary: Callable[[Remote, str], Many], kind: str
) -> None:
    remote = new_remote("ssh" if kind == "ssh" else "https")
    words = "The key is your own." if kind == "ssh" else REPEATED
    hooks.refuse(remote.repository, words)
    run = publish(canary(remote, kind))
    assert run.code == 3
    assert ("The key is your own." if kind == "ssh" else "I know *** well") in run.err


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("status", [401, 403, 500, -401, -403, -500])
def test_a_web_server_that_knows_the_secret(
    new_remote: NewRemote,
    canary: Callable[[Remote, str], Many],
    front: Front,
    login: str,
    status: int,
) -> None:
    """A number below nothing: only a push is answered so."""
    many, pushes = canary(new_remote("https").at(front.port), login), status < 0
    headers = {"X-Token": quote(PASSWORD), "Set-Cookie": f"token={quote(PASSWORD)}"}
    answer = Answer(abs(status), REPEATED, {**headers, "WWW-Authenticate": 'Basic realm="git"'})
    asks = Times(99, Answer(401, "", {"WWW-Authenticate": 'Basic realm="git"'}))
    says = Times(99, answer, pushes=pushes)
    front.rule = lambda r: says(r) if pushes or "authorization" in r.headers else asks(r)
    run = publish(many)
    assert run.code in {1, 75}
    assert pushes or "I know *** well" in run.err


@pytest.mark.parametrize("login", LOGINS)
def test_a_connection_that_breaks(
    new_remote: NewRemote, canary: Callable[[Remote, str], Many], proxy: Before, login: str
) -> None:
    remote = new_remote("https")
    before = proxy(remote)
    before.begin(first(*[Fault(Act.RESET, 900)] * 40))
    assert publish(canary(remote.at(before.port), login)).code == 75


def test_an_authority_that_is_not_known(
    new_remote: NewRemote, canary: Callable[[Remote, str], Many]
) -> None:
    many = canary(new_remote("https"), "variable")
    many.environment["GIT_SSL_CAINFO"] = "/dev/null"
    assert publish(many).code == 1


def test_who_may_only_read(new_remote: NewRemote, canary: Callable[[Remote, str], Many]) -> None:
    remote = new_remote("https")
    assert publish(canary(under(remote, "readable"), "variable")).code == 1


def test_a_helper_whose_own_text_holds_the_secret(
    new_remote: NewRemote, canary: Callable[[Remote, str], Many]
) -> None:
    remote = new_remote("https")
    many = canary(remote, "helper")
    store = Path(many.environment["HOME"]) / "store"
    port = remote.port
    store.write_text(f"https://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1%3a{port}\n")
    (Path(many.environment["HOME"]) / ".gitconfig").write_text(
        f'[credential]\n\thelper = "store --file {store}"\n'
    )
    assert publish(many).code == 0


def test_settings_with_a_secret_are_on_no_command_line(
    new_remote: NewRemote, canary: Callable[[Remote, str], Many]
) -> None:
    remote = new_remote("https")
    many = canary(remote, "variable")
    many.git(
        "config", "--global", "http.https://elsewhere.example/.proxy", f"http://u:{PASSWORD}@x"
    )
    many.environment[VARIABLE] = "wrong"
    assert publish(many).code == 1


def test_a_passphrase_reaches_ssh_and_nothing_else(
    new_remote: NewRemote, canary: Callable[[Remote, str], Many], tmp_path: Path
) -> None:
    remote = new_remote("ssh")
    key = Path(next(word for word in remote.ssh if word.startswith("IdentityFile="))[13:])
    locked = tmp_path / "locked_key"
    locked.write_bytes(key.read_bytes())
    locked.chmod(0o600)
    changed = ["ssh-keygen", "-q", "-p", "-P", "", "-N", PHRASE, "-f", str(locked)]
    subprocess.run(changed, check=True)
    ask = tmp_path / "ask"
    ask.write_text('#!/bin/sh\nprintf "%s\\n" "$SSH_KEY_PHRASE"\n')
    ask.chmod(0o755)
    words = [
        f"IdentityFile={locked}" if word.startswith("IdentityFile=") else word
        for word in remote.ssh
        if word != "BatchMode=yes"
    ]
    words = [w for n, w in enumerate(words) if not (w == "-o" and words[n + 1 : n + 2] == ["-o"])]
    many = canary(replace(remote, ssh=tuple(words)), "ssh")
    many.environment |= {"SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force"}
    assert publish(many).code == 0
    assert remote.repository.head()
