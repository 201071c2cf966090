"""What the servers of the tests promise, shown with plain git."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.servers import hooks
from support.servers.fixtures import NewRemote
from support.servers.front import Allowance, Answer, Front, Times, always, too_many
from support.servers.git_http import GitHttp, under
from support.servers.program import LOOPBACK, need
from support.servers.proxy import Act, Fault, FaultProxy, Way, at_random, each, first
from support.servers.quota import small_disk
from support.servers.remote import Remote, Spoken, speak
from support.servers.repository import BRANCH, Repository, fsck, git
from support.servers.ssh import SshServer

PUSHABLE = ("https", "ssh", "local")
KNOWN_SIZE = 200_000
Before = Callable[[Remote], FaultProxy]


class Work:
    """A clone of a colleague: files, commits and pushes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        git(folder, "init", "--quiet", f"--initial-branch={BRANCH}")
        self.commit({"index.html": b"<h1>One</h1>\n"})

    def commit(self, files: dict[str, bytes]) -> str:
        """Commit files and return the commit's id."""
        for path, data in files.items():
            (self.folder / path).write_bytes(data)
        git(self.folder, "add", "--all")
        git(self.folder, "-c", "user.name=C", "-c", "user.email=c@d.example", "commit", "-qm", "C")
        return self.head

    @property
    def head(self) -> str:
        """The id of the last commit."""
        return git(self.folder, "rev-parse", "HEAD")

    def push(self, remote: Remote, *options: str, **variables: str) -> Spoken:
        """Push the last commit."""
        asked = ["push", "--porcelain", *options, remote.address, f"HEAD:refs/heads/{BRANCH}"]
        return speak(self.folder, remote, *asked, **variables)

    def look(self, remote: Remote, **variables: str) -> Spoken:
        """Ask what the remote holds."""
        return speak(self.folder, remote, "ls-remote", remote.address, **variables)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path / "work")


@pytest.fixture(params=PUSHABLE)
def ruled(request: pytest.FixtureRequest, new_remote: NewRemote) -> Remote:
    return new_remote(request.param)


def noise(size: int) -> bytes:
    """Bytes that do not shrink in a pack."""
    return os.urandom(size)


def test_a_push_arrives_and_comes_back(remote: Remote, work: Work, tmp_path: Path) -> None:
    assert remote.repository.head() is None
    work.commit({"large": noise(2_000_000)})  # over http's post buffer: sent in chunks
    assert work.push(remote).code == 0
    assert remote.repository.head() == work.head
    assert f"{work.head}\trefs/heads/{BRANCH}" in work.look(remote).out
    other = Repository(tmp_path / "other.git")
    assert speak(tmp_path, remote, "clone", "-q", "--bare", remote.address, "other.git").code == 0
    assert other.tree() == remote.repository.tree()
    assert set(other.tree()) == {"index.html", "large"}
    assert other.commits() == 2


@pytest.mark.parametrize("kind", ["http", "https"])
@pytest.mark.parametrize("secret", ["", "wrong"])
def test_who_does_not_know_the_password_stays_outside(
    new_remote: NewRemote, work: Work, kind: str, secret: str
) -> None:
    remote = new_remote(kind).with_secret(secret)
    for said in (work.look(remote), work.push(remote)):
        assert said.code == 128
        assert ("Authentication failed" if secret else "could not read Username") in said.err
    assert remote.repository.head() is None


def test_a_credential_helper_lets_in(new_remote: NewRemote, work: Work) -> None:
    remote = new_remote("https")
    assert work.push(remote, GIT_ASKPASS="", **remote.by_helper()).code == 0
    assert remote.repository.head() == work.head


def test_an_unknown_authority_is_not_trusted(new_remote: NewRemote, work: Work) -> None:
    said = work.push(new_remote("https"), GIT_SSL_CAINFO="")
    assert said.code == 128
    assert "certificate verification failed" in said.err


def test_a_repository_that_is_not_there(ruled: Remote, work: Work) -> None:
    said = work.look(replace(ruled, address=ruled.address.replace("site", "sight")))
    assert said.code == 128
    assert any(words in said.err for words in ("not found", "does not appear to be"))


def test_who_has_no_key_stays_outside(
    ssh_server: SshServer, new_remote: NewRemote, work: Work
) -> None:
    remote = new_remote("ssh")
    for key in (None, ssh_server.key("stranger")):
        said = work.push(replace(remote, ssh=ssh_server.command(key, ssh_server.known_hosts)))
        assert said.code == 128
        assert "Permission denied (publickey)" in said.err
    assert remote.repository.head() is None


def test_a_host_with_another_key_is_not_trusted(
    ssh_server: SshServer, new_remote: NewRemote, work: Work
) -> None:
    remote = new_remote("ssh")
    known = (None, ssh_server.known(ssh_server.key("other_host")))
    for hosts in known:
        said = work.push(replace(remote, ssh=ssh_server.command(ssh_server.client_key, hosts)))
        assert said.code == 128
        assert "Host key verification failed" in said.err


@pytest.mark.parametrize(
    "asked",
    [
        "id",
        "git-upload-pack '../../secrets'",
        "git-upload-pack 'site.git'; id; echo ''",
        "git-receive-pack 'site$(id).git'",
        "git-shell 'site.git'",
    ],
)
def test_ssh_serves_git_and_nothing_else(ssh_server: SshServer, asked: str) -> None:
    client = ssh_server.command(ssh_server.client_key, ssh_server.known_hosts)
    where = ["-p", str(ssh_server.port), LOOPBACK]
    done = subprocess.run([*client, *where, asked], capture_output=True, text=True, check=False)
    assert done.returncode == 128
    assert "uid=" not in done.stdout + done.stderr


def test_a_protected_branch_is_not_rewritten(ruled: Remote, work: Work) -> None:
    hooks.protect(ruled.repository)
    work.push(ruled)
    before = work.head
    git(work.folder, "checkout", "-q", "--orphan", "anew")
    work.commit({"index.html": b"<h1>Two</h1>\n"})
    said = work.push(ruled, "--force")
    assert said.code == 1
    assert f"!\tHEAD:refs/heads/{BRANCH}\t[remote rejected] (non-fast-forward)" in said.out
    gone = speak(work.folder, ruled, "push", ruled.address, f":refs/heads/{BRANCH}")
    assert gone.code == 1
    assert ruled.repository.head() == before


def test_a_hook_refuses_until_it_is_lifted(ruled: Remote, work: Work) -> None:
    hooks.refuse(ruled.repository, "Not on Fridays.")
    said = work.push(ruled)
    assert said.code == 1
    assert "[remote rejected] (pre-receive hook declined)" in said.out
    assert "remote: Not on Fridays." in said.err
    assert ruled.repository.head() is None
    hooks.lift(ruled.repository)
    assert work.push(ruled).code == 0


@pytest.mark.parametrize("words", hooks.FORGES)
def test_a_refusal_in_the_words_of_a_forge(new_remote: NewRemote, work: Work, words: str) -> None:
    remote = new_remote("local")
    hooks.refuse(remote.repository, words)
    said = work.push(remote).err
    assert all(f"remote: {line}" in said for line in words.splitlines())


def test_one_branch_is_refused_and_others_are_taken(ruled: Remote, work: Work) -> None:
    hooks.refuse_branch(ruled.repository, "Not this one.")
    other = "HEAD:refs/heads/other"
    said = work.push(ruled, "--no-atomic")
    assert "[remote rejected] (hook declined)" in said.out
    assert speak(work.folder, ruled, "push", ruled.address, other).code == 0
    assert (ruled.repository.head(), ruled.repository.head("other")) == (None, work.head)


def test_large_files_are_refused_by_name(ruled: Remote, work: Work) -> None:
    hooks.limit_file(ruled.repository, KNOWN_SIZE)
    work.commit({"fits": noise(KNOWN_SIZE)})
    assert work.push(ruled).code == 0
    work.commit({"too large": noise(KNOWN_SIZE + 1)})
    said = work.push(ruled)
    assert said.code == 1
    assert f"remote: File too large is {KNOWN_SIZE + 1} bytes" in said.err


def test_large_pushes_are_refused_by_git(ruled: Remote, work: Work) -> None:
    hooks.limit_push(ruled.repository, KNOWN_SIZE)
    assert work.push(ruled).code == 0
    before = work.head
    work.commit({"large": noise(2 * KNOWN_SIZE)})
    said = work.push(ruled)
    assert said.code == 1
    assert "pack exceeds maximum allowed size" in said.err
    assert ruled.repository.head() == before


def test_a_push_waits_for_its_gate(ruled: Remote, work: Work, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    waiting = hooks.hold(ruled.repository, gate)
    command = ["git", "-C", str(work.folder), "push", "-q", ruled.address, f"HEAD:{BRANCH}"]
    with subprocess.Popen(command, env={**os.environ, **ruled.environment}) as pushing:
        until(waiting.exists)
        assert ruled.repository.head() is None
        gate.touch()
        assert pushing.wait() == 0
    assert ruled.repository.head() == work.head


def test_a_server_that_breaks_before_the_branch_moved(ruled: Remote, work: Work) -> None:
    hooks.break_before(ruled.repository)
    assert work.push(ruled).code != 0
    assert ruled.repository.head() is None


def test_a_server_that_breaks_after_the_branch_moved(ruled: Remote, work: Work) -> None:
    hooks.break_after(ruled.repository)
    assert work.push(ruled).code != 0
    assert ruled.repository.head() == work.head


def test_a_colleague_overtakes(ruled: Remote, work: Work) -> None:
    hooks.overtake(ruled.repository)
    assert work.push(ruled).code == 0
    assert ruled.repository.git("rev-parse", f"{BRANCH}^") == work.head


def test_a_full_disk_refuses_and_harms_nothing(
    request: pytest.FixtureRequest, ruled: Remote, work: Work
) -> None:
    folder = ruled.repository.folder
    disk = folder.with_name(f"disk-{folder.name}")
    with small_disk(disk, 1_000_000):
        full = Repository(disk / folder.name).create()
        path = f"{disk.name}/{folder.name}"
        remote = replace(ruled, repository=full, address=ruled.address.replace(folder.name, path))
        assert work.push(remote).code == 0
        before = work.head
        work.commit({"large": noise(2_000_000)})
        said = work.push(remote)
        assert said.code != 0
        assert full.head() == before
        full.fsck()
    assert not any(disk.iterdir())


@pytest.mark.parametrize(
    ("rule", "words"),
    [("readable", "403"), ("unavailable", "503"), ("small", "413")],
)
def test_answers_of_the_web_server(
    new_remote: NewRemote, work: Work, rule: str, words: str
) -> None:
    remote = new_remote("https")
    work.commit({"large": noise(5_000)})
    said = work.push(under(remote, rule))
    assert said.code != 0
    assert f"The requested URL returned error: {words}" in said.err or f"HTTP {words}" in said.err
    assert remote.repository.head() is None


def test_who_asks_too_often_is_told_to_wait(new_remote: NewRemote, work: Work) -> None:
    limited = under(new_remote("https"), "limited")
    answers = [work.look(limited) for _ in range(5)]
    assert answers[0].code == 0
    assert "The requested URL returned error: 429" in answers[-1].err


def test_an_open_repository_asks_for_nothing(new_remote: NewRemote, work: Work) -> None:
    remote = under(new_remote("https"), "open").with_secret("")
    assert work.push(remote).code == 0


def test_a_front_answers_first_and_then_git_does(
    front: Front, new_remote: NewRemote, work: Work
) -> None:
    remote = new_remote("https")
    fronted = remote.at(front.port)
    front.rule = Times(2, too_many(7))
    for _ in range(2):
        said = work.push(fronted)
        assert "The requested URL returned error: 429" in said.err
    assert work.push(fronted).code == 0
    work.commit({"large": noise(2_000_000)})
    assert work.push(fronted).code == 0
    assert remote.repository.head() == work.head
    chunked = [r for r in front.requests if r.headers.get("transfer-encoding") == "chunked"]
    assert len(chunked) == 1
    assert all("publisher" not in r.target for r in front.requests)


def test_a_front_allows_so_many_pushes(front: Front, new_remote: NewRemote, work: Work) -> None:
    remote = new_remote("https")
    allowance = Allowance(1, too_many(60))
    front.rule = allowance
    codes = []
    for number in range(3):
        work.commit({"index.html": b"%d" % number})
        codes.append(work.push(remote.at(front.port)).code)
        if number == 1:
            allowance.renew()
    assert [code == 0 for code in codes] == [True, False, True]


def test_what_a_front_says_is_quoted(front: Front, new_remote: NewRemote, work: Work) -> None:
    front.rule = always(Answer(403, "Write access to repository not granted.\n"))
    said = work.push(new_remote("https").at(front.port))
    assert "remote: Write access to repository not granted." in said.err


@pytest.mark.parametrize("kind", ["https", "http", "ssh"])
def test_a_proxy_without_a_fault_changes_nothing(
    proxy: Before, new_remote: NewRemote, work: Work, kind: str
) -> None:
    remote = new_remote(kind)
    before = proxy(remote)
    work.commit({"large": noise(KNOWN_SIZE)})
    assert work.push(remote.at(before.port)).code == 0
    assert remote.repository.head() == work.head
    assert before.sent > KNOWN_SIZE
    assert before.received > 0
    assert (before.connections >= 1, before.struck) == (True, 0)


@pytest.mark.parametrize("kind", ["https", "ssh"])
@pytest.mark.parametrize("act", [Act.CUT, Act.RESET])
def test_a_connection_breaks_at_its_byte(
    proxy: Before, new_remote: NewRemote, work: Work, kind: str, act: Act
) -> None:
    remote = new_remote(kind)
    work.commit({"large": noise(KNOWN_SIZE)})
    before = proxy(remote)
    before.begin(each(Fault(act, KNOWN_SIZE // 2)))
    said = work.push(remote.at(before.port))
    assert said.code != 0
    # Where a connection breaks before any answer, the web client tries once more.
    assert (before.connections, before.struck) == ((1, 1) if kind == "ssh" else (2, 2))
    assert before.sent == before.connections * (KNOWN_SIZE // 2)
    assert remote.repository.head() is None
    before.begin(each(Fault(act, 100, Way.RECEIVED)))
    assert work.look(remote.at(before.port)).code == 128
    assert before.received == 100 * before.connections


def test_a_proxy_counts_bytes_exactly() -> None:
    with Echo() as echo, FaultProxy(echo.port, first(None, Fault(Act.CUT, 5))) as between:
        assert talk(between.port, b"whole") == b"whole"
        assert (between.sent, between.received) == (5, 5)
        assert talk(between.port, b"hello world")[:5] == b"hello"[: between.received - 5]
        assert (between.sent, between.connections, between.struck) == (10, 2, 1)


def test_a_stalled_connection_says_nothing() -> None:
    with Echo() as echo, FaultProxy(echo.port, each(Fault(Act.STALL))) as between:
        with socket.create_connection((LOOPBACK, between.port)) as client:
            client.sendall(b"hello")
            client.settimeout(0.2)
            with pytest.raises(TimeoutError):
                client.recv(1)
        assert between.passed == {Way.SENT: 0, Way.RECEIVED: 0}


def test_a_slow_connection_arrives() -> None:
    with Echo() as echo, FaultProxy(echo.port, each(Fault(Act.SLOW, seconds=0.01))) as between:
        assert talk(between.port, b"slowly") == b"slowly"


@given(st.integers(), st.floats(0, 1), st.integers(1, 10**6))
def test_chance_is_the_same_for_the_same_seed(seed: int, share: float, within: int) -> None:
    plan, again = at_random(seed, share, within), at_random(seed, share, within)
    faults = [plan(number) for number in range(30)]
    assert faults == [again(number) for number in reversed(range(30))][::-1]
    assert all(0 <= fault.after < within for fault in faults if fault)
    assert share not in {0, 1} or {fault is None for fault in faults} == {share == 0}


def test_pushes_through_a_bad_network_arrive_whole_or_not_at_all(
    proxy: Before, new_remote: NewRemote, work: Work
) -> None:
    remote = new_remote("https")
    before = proxy(remote)
    before.begin(at_random(7, 0.8, 8_000))
    codes = []
    for number in range(8):
        known = {remote.repository.head(), work.commit({"index.html": noise(10_000 + number)})}
        codes.append(work.push(remote.at(before.port)).code)
        assert remote.repository.head() in known
    assert 0 in codes
    assert any(codes)
    assert before.struck > 0


def test_damage_is_found(new_remote: NewRemote, work: Work, tmp_path: Path) -> None:
    remote = new_remote("local")
    work.push(remote)
    copy = tmp_path / "copy.git"
    git(tmp_path, "clone", "--quiet", "--bare", "--no-hardlinks", remote.address, str(copy))
    fsck(copy)
    for damaged in (copy / "objects").glob("??/*"):
        damaged.chmod(0o600)
        damaged.write_bytes(b"damaged")
    with pytest.raises(AssertionError, match=r"corrupt|inflate|header"):
        fsck(copy)


def test_trees_differ_where_branches_differ(new_remote: NewRemote, work: Work) -> None:
    one, two = new_remote("local"), new_remote("local")
    assert one.repository.tree() == {}
    work.push(one)
    work.push(two)
    assert one.repository.tree() == two.repository.tree() != {}
    work.commit({"index.html": b"<h1>Two</h1>\n"})
    work.push(two)
    assert one.repository.tree() != two.repository.tree()


OWNER = """
import os, signal, sys
from contextlib import ExitStack
from pathlib import Path
from support.servers.git_http import GitHttp
from support.servers.quota import small_disk
from support.servers.ssh import SshServer
folder, wanted, end = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
with ExitStack() as stack:
    if wanted == "disk":
        stack.enter_context(small_disk(folder / "disk", 100_000))
        print(flush=True)
    else:
        http = stack.enter_context(GitHttp(folder / "http"))
        ssh = stack.enter_context(SshServer(folder / "ssh"))
        print(http.ports["http"], http.ports["https"], ssh.port, flush=True)
    sys.stdin.readline()
    if end == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
"""


@contextmanager
def owner(folder: Path, wanted: str, end: str) -> Iterator[list[int]]:
    """Let another process start what is wanted; it ends, in order or by SIGKILL, with the block.

    Gives the ports that it says.
    """
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(folder), wanted, end],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as started:
        assert started.stdin is not None
        assert started.stdout is not None
        yield [int(word) for word in started.stdout.readline().split()]
        started.stdin.write("\n")
        started.stdin.close()
        assert started.wait() == (-signal.SIGKILL if end == "kill" else 0)


@pytest.mark.parametrize("end", ["kill", "leave"])
def test_servers_end_with_who_started_them(
    tmp_path: Path, end: str, git_http: GitHttp, ssh_server: SshServer
) -> None:
    with owner(tmp_path, "servers", end) as ports:
        assert all(answers(port) for port in ports)
        assert len(working_below(tmp_path)) >= 4
    until(lambda: working_below(tmp_path) == [])
    assert not any(answers(port) for port in ports)


@pytest.mark.parametrize("end", ["kill", "leave"])
def test_a_small_disk_goes_with_who_asked_for_it(tmp_path: Path, end: str) -> None:
    with small_disk(tmp_path / "try", 10_000):
        assert is_mounted(tmp_path / "try")
    with owner(tmp_path, "disk", end):
        assert is_mounted(tmp_path / "disk")
    until(lambda: not is_mounted(tmp_path / "disk"))


def test_a_push_in_progress_ends_with_its_server(tmp_path: Path, work: Work) -> None:
    with SshServer(tmp_path / "ssh") as server:
        remote = server.new("site.git")
        waiting = hooks.hold(remote.repository, tmp_path / "gate")
        command = ["git", "-C", str(work.folder), "push", "-q", remote.address, f"HEAD:{BRANCH}"]
        variables = {**os.environ, **remote.environment}
        with subprocess.Popen(command, env=variables, stderr=subprocess.DEVNULL) as pushing:
            until(waiting.exists)
            assert working_below(remote.repository.folder) != []
            server.__exit__(None, None, None)
            assert pushing.wait() == 128
    assert working_below(remote.repository.folder) == []
    remote.repository.fsck()


def test_absence_is_a_reason_to_skip_unless_servers_are_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OMNIGRID_SERVERS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="on Debian: apt install no-package"):
        need("no-such-server", "no-package")
    monkeypatch.setenv("OMNIGRID_SERVERS", "required")
    with pytest.raises(pytest.fail.Exception, match="OMNIGRID_SERVERS=required"):
        need("no-such-server", "no-package")


class Echo:
    """A server that gives back what it gets, a connection at a time."""

    COMMAND = (
        "import socket, sys\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "print(server.getsockname()[1], flush=True)\n"
        "while True:\n"
        "    client = server.accept()[0]\n"
        "    while data := client.recv(65536):\n"
        "        client.sendall(data)\n"
        "    client.close()\n"
    )

    def __enter__(self) -> "Echo":
        self._process = subprocess.Popen(
            [sys.executable, "-c", self.COMMAND], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def talk(port: int, data: bytes) -> bytes:
    """Return what a server answers to ``data``, up to its end of the connection."""
    with socket.create_connection((LOOPBACK, port)) as client:
        client.sendall(data)
        client.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: client.recv(65_536), b""))


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as client:
        return client.connect_ex((LOOPBACK, port)) == 0


def working_below(folder: Path) -> list[str]:
    """The processes that name a folder in their command or stand below it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            place = str((process / "cwd").readlink())
        except OSError:
            continue  # it has ended meanwhile
        if process.name != str(os.getpid()) and str(folder) in f"{command} {place}":
            found.append(command)
    return found


def is_mounted(folder: Path) -> bool:
    """Whether a folder has a file system of its own."""
    return f" {folder} " in Path("/proc/mounts").read_text()


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, for half a minute at most."""
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to hold")
