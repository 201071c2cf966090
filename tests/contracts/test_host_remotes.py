"""The contract of a host, by every way to a repository: against real servers, with every fault."""

import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omnigrid.model.errors import (
    Conflict,
    InputError,
    LostRace,
    OmnigridError,
    Transient,
    Unreachable,
)
from omnigrid.model.manifest import MANIFEST_NAME
from omnigrid.model.publishing import Create, Drifted, Unchanged
from support.hosted import SHORT, SOURCE, VARIABLE, Build, Hosted, commit_as_another, write_helper
from support.many import seeded
from support.servers import hooks
from support.servers.fixtures import NewRemote
from support.servers.front import Answer, Front, Request, Rule, Times, always, too_many
from support.servers.git_http import under
from support.servers.proxy import Act, Fault, FaultProxy, Way, at_random, each
from support.servers.quota import small_disk
from support.servers.repository import BRANCH, Repository
from support.servers.ssh import SshServer

WAYS = {"token": "https", "helper": "https", "ssh": "ssh", "local": "local"}
"""How one logs in, and where."""
SITE = {"index.html": b"<h1>One</h1>\n", "css/site.css": b"h1 {}\n"}
NEXT = {"index.html": b"<h1>Two</h1>\n", "about/index.html": b"<p>\n"}
NewHosted = Callable[[str], Hosted]
Before = Callable[..., FaultProxy]


@pytest.fixture
def new_hosted(new_remote: NewRemote, tmp_path: Path) -> Iterator[NewHosted]:
    """Makes empty hosting repositories; afterwards each is checked, and each cache of it."""
    made: list[Hosted] = []

    def new(way: str) -> Hosted:
        made.append(Hosted(new_remote(WAYS[way]), way, tmp_path / f"user-{len(made)}"))
        return made[-1]

    yield new
    for hosted in made:
        hosted.fsck()


@pytest.fixture(params=WAYS)
def hosted(request: pytest.FixtureRequest, new_hosted: NewHosted) -> Hosted:
    """An empty hosting repository, once by each way."""
    return new_hosted(request.param)


def refusal(hosted: Hosted, files: dict[str, bytes] = NEXT) -> OmnigridError:
    """Return why a publish is refused; the branch stays as it was."""
    before = hosted.head()
    with pytest.raises(OmnigridError) as caught:
        hosted.publish(files)
    assert hosted.head() == before
    assert caught.value.hint
    return caught.value


def said(error: OmnigridError) -> str:
    """Return the first line of an error: what happened, in our own words."""
    return error.message.partition("\n")[0]


def test_a_site_from_its_first_day_on(hosted: Hosted) -> None:
    destination, first, second = hosted.destination, Build(SITE), Build(NEXT)
    assert hosted.host.glance(destination).head is None
    assert hosted.host.history(destination) == ()
    assert isinstance(hosted.step(first), Create)
    created = hosted.publish(SITE)
    assert (created.action, created.commit) == ("create", hosted.head())
    glance = hosted.host.glance(destination)
    assert (glance.head, glance.manifest) == (created.commit, first.digest)
    assert isinstance(hosted.step(first), Unchanged)
    updated = hosted.publish(NEXT)
    assert (updated.action, updated.written, updated.deleted) == ("update", 3, 1)
    assert hosted.holds(NEXT)
    history = hosted.host.history(destination)
    assert [past.commit for past in history] == [updated.commit, created.commit]
    past = hosted.host.snapshot(destination, history[1])
    assert (past.files, past.source) == (first.target(destination).files, SOURCE)
    assert hosted.host.last_manifest(destination) == second.manifest


def test_who_has_no_cache_sees_the_same(hosted: Hosted, tmp_path: Path) -> None:
    hosted.publish(SITE)
    hosted.caches = tmp_path / "other"
    elsewhere = hosted.with_remote(hosted.remote)
    assert isinstance(elsewhere.step(Build(SITE)), Unchanged)
    elsewhere.publish(NEXT)
    assert hosted.holds(NEXT)
    assert hosted.remote.repository.commits() == 2


def test_drift_is_seen_and_files_of_others_are_kept(hosted: Hosted) -> None:
    hosted.publish(SITE)
    commit_as_another(hosted.repository, {"CNAME": b"a.example\n", ".github/a.yml": b"on: push\n"})
    assert hosted.publish(NEXT).action == "update"
    wanted = {*NEXT, MANIFEST_NAME, "CNAME", ".github/a.yml"}
    assert set(hosted.remote.repository.tree()) == wanted
    head = commit_as_another(hosted.repository, {"index.html": b"mine\n", "about/index.html": None})
    step = hosted.step(Build(NEXT))
    assert isinstance(step, Drifted)
    assert (step.head, step.paths) == (head, ("about/index.html", "index.html"))


@pytest.mark.parametrize("begun", [False, True])
def test_who_is_first_wins(hosted: Hosted, begun: bool) -> None:
    if begun:
        hosted.publish(SITE)
    build = Build(NEXT)
    step = hosted.step(build)
    theirs = commit_as_another(hosted.repository, {"CNAME": b"a.example\n"})
    with pytest.raises(LostRace, match="somebody else changed branch main") as caught:
        hosted.apply(step, build)
    assert "kept" in caught.value.hint
    assert hosted.head() == theirs
    hosted.publish(NEXT)
    assert "CNAME" in hosted.remote.repository.tree()


def test_a_branch_that_went_away_is_a_lost_race(hosted: Hosted) -> None:
    hosted.publish(SITE)
    step = hosted.step(Build(NEXT))
    hosted.remote.repository.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    with pytest.raises(LostRace, match="gone"):
        hosted.apply(step, Build(NEXT))


def test_what_became_of_a_push_is_looked_up(hosted: Hosted) -> None:
    hosted.publish(SITE)
    hooks.break_before(hosted.remote.repository)
    error = refusal(hosted)
    assert type(error) is Unreachable
    assert "broke off" in said(error)
    assert error.hint.startswith("the branch is as it was")
    hooks.lift(hosted.remote.repository)
    hooks.break_after(hosted.remote.repository)
    assert hosted.publish(NEXT).commit == hosted.head()
    hooks.lift(hosted.remote.repository)
    assert isinstance(hosted.step(Build(NEXT)), Unchanged)
    assert hosted.remote.repository.commits() == 2


def test_a_push_that_others_went_on_from_has_arrived(hosted: Hosted) -> None:
    hosted.publish(SITE)
    hooks.overtake(hosted.remote.repository)
    receipt = hosted.publish(NEXT)
    assert hosted.remote.repository.git("rev-parse", f"{BRANCH}^") == receipt.commit


def test_a_protected_branch_is_refused_in_the_words_of_the_host(hosted: Hosted) -> None:
    hooks.refuse(hosted.remote.repository, hooks.GITHUB_PROTECTED)
    error = refusal(hosted)
    assert type(error) is Conflict
    assert "refused the push: [remote rejected] (pre-receive hook declined)" in said(error)
    for line in hooks.GITHUB_PROTECTED.splitlines():
        assert f"  remote: {line}" in error.message
    assert "another `branch`" in error.hint


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (hooks.GITHUB_TOO_LARGE, "larger limit"),
        (hooks.GITHUB_RULES, "another `branch`"),
        (hooks.GITLAB_PROTECTED, "another `branch`"),
        (hooks.FORGEJO_PROTECTED, "another `branch`"),
        ("Not on Fridays.", "what the server objects to"),
        ("HTTP 503, No space left on device: connection refused", "what the server objects to"),
    ],
)
def test_what_a_hook_says_decides_between_hints_alone(
    new_hosted: NewHosted, words: str, hint: str
) -> None:
    hosted = new_hosted("local")
    hooks.refuse(hosted.remote.repository, words, "update")
    error = refusal(hosted)
    assert type(error) is Conflict
    assert hint in error.hint


def test_a_push_that_is_too_large(hosted: Hosted) -> None:
    hosted.publish(SITE)
    hooks.limit_push(hosted.remote.repository, 1_000)
    error = refusal(hosted, {"large": _noise(10_000)})
    assert type(error) is Conflict
    assert "maximum allowed size" in error.message
    assert "larger limit" in error.hint
    hooks.limit_push(hosted.remote.repository, 0)
    hooks.limit_file(hosted.remote.repository, 100)
    error = refusal(hosted, {"large": bytes(200)})
    assert "File large is 200 bytes" in error.message
    assert "larger limit" in error.hint


def test_a_lock_on_the_other_side_is_worth_another_try(hosted: Hosted) -> None:
    hosted.publish(SITE)
    lock = hosted.repository / "refs/heads/main.lock"
    lock.touch()
    error = refusal(hosted)
    assert type(error) is Unreachable
    assert "main.lock" in error.message
    assert "take that file away" in error.hint
    lock.unlink()
    hosted.publish(NEXT)


def test_the_hosts_disk_is_full(hosted: Hosted) -> None:
    name = hosted.repository.name
    disk = hosted.repository.with_name(f"disk-{name}")
    with small_disk(disk, 600_000):
        full = Repository(disk / name).create()
        address = hosted.remote.address.replace(name, f"{disk.name}/{name}")
        there = hosted.with_remote(replace(hosted.remote, repository=full, address=address))
        there.publish(SITE)
        (full.folder / "filled").write_bytes(bytes(_room(disk) - 40_000))
        error = refusal(there, {"large": _noise(200_000)})
        assert type(error) is Unreachable
        assert "when there is room" in error.hint
        (full.folder / "filled").unlink()
        there.publish({"large": _noise(200_000)})
        there.fsck()


def test_there_is_no_such_repository(hosted: Hosted) -> None:
    if hosted.way == "local":
        pytest.skip("a folder is made where there is none")
    address = hosted.remote.address.replace("site-", "sight-")
    error = refusal(hosted.with_remote(replace(hosted.remote, address=address)))
    assert type(error) is InputError
    assert said(error).endswith("is not a git repository, or is hidden from whoever publishes")


@pytest.mark.parametrize("way", ["token", "ssh"])
def test_nobody_listens(new_hosted: NewHosted, proxy: Before, way: str) -> None:
    hosted = new_hosted(way)
    port = _closed_port()
    error = refusal(hosted.at(port))
    assert type(error) is Unreachable
    assert said(error).startswith("nobody answers at")


@pytest.mark.parametrize("way", ["token", "ssh"])
def test_a_name_that_nobody_has(new_hosted: NewHosted, way: str) -> None:
    hosted = new_hosted(way)
    # RFC 6761, 6.4: there is never such a name.
    address = hosted.remote.address.replace("127.0.0.1", "no-such-host.invalid")
    error = refusal(hosted.with_remote(replace(hosted.remote, address=address)))
    assert type(error) is Unreachable
    assert "no-such-host.invalid" in said(error)


@pytest.mark.parametrize("way", ["token", "ssh"])
@pytest.mark.parametrize("after", [0, 3_000])
def test_a_connection_that_stalls_is_given_up(
    new_hosted: NewHosted, proxy: Before, way: str, after: int
) -> None:
    hosted = new_hosted(way)
    before = proxy(hosted.remote)
    before.begin(each(Fault(Act.STALL, after)))
    stalled = hosted.with_remote(hosted.remote.at(before.port), SHORT)
    error = refusal(stalled, {"large": _noise(100_000)})
    assert type(error) is Unreachable
    assert "did not answer for 2 seconds" in error.message
    hosted.publish(SITE)


def test_a_push_that_stalls_may_have_arrived(new_hosted: NewHosted, proxy: Before) -> None:
    hosted = new_hosted("ssh")
    before = proxy(hosted.remote)
    build = Build({"large": _noise(300_000)})
    stalled = hosted.with_remote(hosted.remote.at(before.port), SHORT)
    step = stalled.step(build)
    before.begin(each(Fault(Act.STALL, 100_000)))
    with pytest.raises(Unreachable) as caught:
        stalled.apply(step, build)
    assert "what became of it is not known" in said(caught.value) or hosted.head() is None
    assert "publish again" in caught.value.hint
    hosted.publish(build.files)


CUTS = 6


@pytest.mark.parametrize("way", ["token", "ssh"])
@pytest.mark.parametrize("direction", Way)
def test_a_connection_that_breaks_at_any_byte(
    new_hosted: NewHosted, proxy: Before, way: str, direction: Way
) -> None:
    hosted = new_hosted(way)
    before = proxy(hosted.remote)
    through = hosted.at(before.port)
    through.publish(_files(0))
    before.begin(lambda _: None)
    through.publish(_files(1))
    longest = before.passed[direction] // max(before.connections - 2, 1)
    outcomes = set()
    for number in range(CUTS):
        at = (number + 1) * longest // CUTS - number % 3
        before.begin(each(Fault(Act.RESET if number % 2 else Act.CUT, at, direction)))
        outcomes.add(_publish_in_a_storm(hosted, through, _files(2 + number)))
    assert Unreachable in outcomes
    assert hosted.remote.repository.commits() == 2 + CUTS


@pytest.mark.parametrize("way", ["token", "ssh"])
def test_a_network_that_breaks_at_random(new_hosted: NewHosted, proxy: Before, way: str) -> None:
    hosted = new_hosted(way)
    before = proxy(hosted.remote)
    through = hosted.at(before.port)
    outcomes = []
    for number in range(CUTS):
        before.begin(at_random(number, 0.6, 6_000))
        outcomes.append(_publish_in_a_storm(hosted, through, _files(number)))
    assert {None, Unreachable} <= set(outcomes)
    assert hosted.remote.repository.commits() == CUTS


def _publish_in_a_storm(
    calm: Hosted, storm: Hosted, files: dict[str, bytes]
) -> type[OmnigridError] | None:
    """Publish where connections break, then where they do not: whole, and once."""
    before, outcome = calm.head(), None
    try:
        storm.publish(files)
    except Unreachable as error:
        outcome = type(error)
        assert calm.head() == before or calm.holds(files)
    else:
        assert calm.holds(files)
    build = Build(files)
    step = calm.step(build)
    if not isinstance(step, Unchanged):
        calm.apply(step, build)
    assert calm.holds(files)
    return outcome


def asked_with_a_password(front: Front) -> list[Request]:
    return [each for each in front.requests if "authorization" in each.headers]


@pytest.mark.parametrize("way", ["token", "helper"])
def test_a_wrong_password_is_tried_once(new_hosted: NewHosted, front: Front, way: str) -> None:
    hosted = new_hosted(way).at(front.port)
    if way == "token":
        hosted = hosted.with_environment(**{VARIABLE: "wrong"})
    else:
        write_helper(hosted.folder, "wrong")
    error = refusal(hosted)
    assert isinstance(error, InputError)
    assert said(error).endswith("refused the password or token")
    assert "locked" in error.hint
    assert len(asked_with_a_password(front)) == 1


def test_a_wrong_password_is_not_tried_at_the_next_repository(
    new_hosted: NewHosted, front: Front
) -> None:
    one, two = (new_hosted("token").at(front.port) for _ in range(2))
    one = one.with_environment(**{VARIABLE: "wrong"})
    refusal(one)
    two.host = one.host
    error = refusal(two)
    assert isinstance(error, InputError)
    assert VARIABLE in said(error)
    assert len(asked_with_a_password(front)) == 1


def test_a_push_that_is_refused_for_its_password_is_not_looked_at(
    new_hosted: NewHosted, front: Front
) -> None:
    hosted = new_hosted("token").at(front.port)
    build = Build(SITE)
    step = hosted.step(build)
    front.requests.clear()
    front.rule = always(Answer(401, "Bad credentials.\n", {"WWW-Authenticate": "Basic"}))
    with pytest.raises(InputError, match="refused the password") as caught:
        hosted.apply(step, build)
    assert "as it was" in caught.value.hint
    assert len(asked_with_a_password(front)) == 1


def test_no_password_is_known(new_hosted: NewHosted) -> None:
    hosted = new_hosted("helper")
    (hosted.folder / ".gitconfig").unlink()
    error = refusal(hosted)
    assert type(error) is InputError
    assert said(error).endswith("asks for a password, and none is known")
    assert "credentials.token" in error.hint


@pytest.mark.parametrize("value", ["", "two\nlines"])
def test_a_variable_that_cannot_be_a_password(new_hosted: NewHosted, value: str) -> None:
    error = refusal(new_hosted("token").with_environment(**{VARIABLE: value}))
    assert type(error) is InputError
    assert VARIABLE in said(error)
    assert "lines" not in said(error).replace("more than one line", "")


@pytest.mark.parametrize("way", ["token", "helper"])
def test_an_unknown_authority_is_not_trusted(new_hosted: NewHosted, way: str) -> None:
    hosted = new_hosted(way).with_environment(GIT_SSL_CAINFO="")
    error = refusal(hosted)
    assert type(error) is InputError
    assert "cannot be trusted" in said(error)
    assert "GIT_SSL_CAINFO" in error.hint


def test_the_users_own_settings_say_whom_to_trust(new_hosted: NewHosted) -> None:
    hosted = new_hosted("token")
    authority = hosted.environment["GIT_SSL_CAINFO"]
    (hosted.folder / ".gitconfig").write_text(
        f'[http "{_root(hosted)}"]\n\tsslCAInfo = {authority}\n'
    )
    hosted.with_environment(GIT_SSL_CAINFO="").publish(SITE)
    assert hosted.holds(SITE)


def test_the_users_own_ssh_command_is_used(new_hosted: NewHosted) -> None:
    hosted = new_hosted("ssh")
    command = hosted.environment["GIT_SSH_COMMAND"]
    (hosted.folder / ".gitconfig").write_text(f'[core]\n\tsshCommand = "{command}"\n')
    hosted.with_environment(GIT_SSH_COMMAND="").publish(SITE)
    assert hosted.holds(SITE)


def test_settings_that_lead_elsewhere_are_left_out(new_hosted: NewHosted) -> None:
    hosted = new_hosted("token")
    text = f'[url "https://127.0.0.1:9/"]\n\tinsteadOf = {_root(hosted)}\n'
    text += "[http]\n\tproxyHeader = X: y\n\tsslVerify = nonsense\n"
    (hosted.folder / ".gitconfig").write_text(text)
    hosted.publish(SITE)
    assert hosted.holds(SITE)


ANSWERS: dict[int, tuple[type[OmnigridError], str]] = {
    401: (InputError, "refused the password or token"),
    403: (InputError, "does not allow this"),
    404: (InputError, "is not a git repository, or is hidden from whoever publishes"),
    410: (InputError, "is not a git repository, or is hidden from whoever publishes"),
    413: (InputError, "takes no push of this size"),
    429: (Unreachable, "has had too many requests"),
    500: (Unreachable, "is out of order for now"),
    502: (Unreachable, "is out of order for now"),
    503: (Unreachable, "is out of order for now"),
    504: (Unreachable, "is out of order for now"),
}


@pytest.mark.parametrize("status", ANSWERS)
@pytest.mark.parametrize("pushes", [False, True])
def test_what_the_web_server_answers(
    new_hosted: NewHosted, front: Front, status: int, pushes: bool
) -> None:
    hosted = new_hosted("token").at(front.port)
    kind, words = ANSWERS[status]
    front.rule = Times(9, Answer(status, "As you like.\n"), pushes=pushes)
    error = refusal(hosted)
    assert isinstance(error, kind)
    assert said(error).endswith(words)
    assert ("the branch is as it was" in error.hint) is pushes
    front.rule = always_git
    other = hosted.with_remote(hosted.remote)
    other.publish(SITE)
    assert other.holds(SITE)


def always_git(_request: Request) -> None:
    """Git answers everything."""


@pytest.mark.parametrize("pushes", [False, True])
@pytest.mark.parametrize("answer", [too_many(7), Answer(403, "Slow down.\n", {"Retry-After": "7"})])
def test_a_pause_that_the_host_asks_for_is_handed_on(
    new_hosted: NewHosted, front: Front, answer: Answer, pushes: bool
) -> None:
    front.rule = Times(1, answer, pushes=pushes)
    error = refusal(new_hosted("token").at(front.port))
    assert isinstance(error, Unreachable)
    assert error.retry_after == 7
    assert "a pause of 7 s" in error.hint


def test_an_address_that_leads_elsewhere_is_not_followed(
    new_hosted: NewHosted, front: Front
) -> None:
    moved: Rule = always(Answer(302, "", {"Location": "https://127.0.0.1:9/else.git/info/refs"}))
    front.rule = moved
    with pytest.raises((InputError, Transient)):
        new_hosted("token").at(front.port).publish(SITE)


def test_who_may_read_and_not_write(new_hosted: NewHosted) -> None:
    hosted = new_hosted("token")
    error = refusal(hosted.with_remote(under(hosted.remote, "readable")))
    assert type(error) is InputError
    assert said(error).endswith("does not allow this")
    assert "  remote: You may not push here." in error.message


def test_an_ssh_key_that_is_missing_or_strange(
    new_hosted: NewHosted, ssh_server: SshServer
) -> None:
    hosted = new_hosted("ssh")
    for key in (None, ssh_server.key("a_stranger")):
        command = ssh_server.command(key, ssh_server.known_hosts)
        error = refusal(hosted.with_remote(replace(hosted.remote, ssh=command)))
        assert type(error) is InputError
        assert "refused the ssh key" in said(error)
        assert "deploy keys" in error.hint
        assert "correct access rights" not in error.message


def test_a_host_key_that_is_unknown_or_another(
    new_hosted: NewHosted, ssh_server: SshServer
) -> None:
    hosted = new_hosted("ssh")
    other = ssh_server.known(ssh_server.key("another_host"))
    for known, words in ((None, "is not known here"), (other, "shows another host key")):
        command = ssh_server.command(ssh_server.client_key, known)
        error = refusal(hosted.with_remote(replace(hosted.remote, ssh=command)))
        assert type(error) is InputError
        assert words in said(error)
        assert "known_hosts" in error.hint


def test_a_way_that_is_not_used(new_hosted: NewHosted) -> None:
    hosted = new_hosted("token")
    address = hosted.remote.address.replace("https", "http")
    error = refusal(hosted.with_remote(replace(hosted.remote, address=address)))
    assert type(error) is InputError
    assert "https or an ssh" in error.hint


def test_a_lock_that_a_killed_git_left_in_the_cache_is_no_obstacle(hosted: Hosted) -> None:
    hosted.publish(SITE)
    (cache,) = hosted.caches.glob("*.git")
    for ref in list(cache.glob("refs/omnigrid/*/*")):
        ref.with_name(f"{ref.name}.lock").touch()
    for name in ("packed-refs.lock", "config.lock", "HEAD.lock"):
        (cache / name).touch()
    hosted.with_remote(hosted.remote).publish(NEXT)
    assert hosted.holds(NEXT)


def test_a_cache_that_was_half_made_is_finished(hosted: Hosted) -> None:
    hosted.publish(SITE)
    (cache,) = hosted.caches.glob("*.git")
    for left_out in (cache / "HEAD", cache / "omnigrid-ready"):
        left_out.unlink()
    hosted.with_remote(hosted.remote).publish(NEXT)
    assert hosted.holds(NEXT)


def _root(hosted: Hosted) -> str:
    return f"https://127.0.0.1:{hosted.remote.port}/"


def _files(number: int) -> dict[str, bytes]:
    return {"index.html": b"%d" % number, f"page-{number}.html": _noise(4_000, number)}


def _noise(size: int, seed: int = 0) -> bytes:
    """Bytes that do not shrink in a pack, always the same."""
    return seeded(seed).randbytes(size)


def _room(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port: int = closed.getsockname()[1]
        return port
