"""What git is told to log in with, and by which way."""

import os
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.hosting.login import login_of, own_settings
from omnigrid.model.errors import InputError
from support.hosted import with_credentials
from support.targets import destination_of

FAR = destination_of("https://host.example:8443/site.git")
KNOWN = {"PATH": os.environ["PATH"], "HOME": "/nonexistent"}


def credential(variables: dict[str, str]) -> dict[str, str]:
    """What git's own `credential fill` finds with these variables."""
    done = subprocess.run(
        ["git", "credential", "fill"],
        input=b"url=https://host.example:8443/site.git\n\n",
        env={**KNOWN, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0", **variables},
        capture_output=True,
        check=True,
        cwd="/",
    )
    return dict(line.partition("=")[::2] for line in done.stdout.decode().splitlines())


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), min_size=1))
def test_a_token_reaches_git_as_it_is(token: str) -> None:
    destination = with_credentials(FAR, "TOKEN")
    if not token.strip():
        with pytest.raises(InputError, match="TOKEN"):
            login_of(destination, {"TOKEN": token}, ())
        return
    login = login_of(destination, {"TOKEN": token}, ())
    other = login_of(destination, {"TOKEN": "another"}, ())
    differing = dict(login.variables.items() - other.variables.items())
    assert differing in ({"OMNIGRID_TOKEN": token}, {})
    assert login.account == ("host.example:8443", "publisher", "TOKEN")


@pytest.mark.parametrize("token", ["a b", "back\\nslash", "-n", "%s", "$HOME", "'\"`id`", "ü☃"])
def test_git_finds_the_very_token(token: str) -> None:
    login = login_of(with_credentials(FAR, "TOKEN"), {"TOKEN": token}, ())
    found = credential(dict(login.variables))
    assert (found["username"], found["password"]) == ("publisher", token)


def test_a_token_comes_before_the_users_own_helpers() -> None:
    own = [("credential.helper", "!echo password=theirs; :")]
    login = login_of(with_credentials(FAR, "TOKEN"), {"TOKEN": "ours"}, own)
    assert "ours" in credential(dict(login.variables)).values()


def test_no_setting_holds_the_secret() -> None:
    login = login_of(with_credentials(FAR, "TOKEN"), {"TOKEN": "hunter2hunter2"}, ())
    settings = [v for name, v in login.variables.items() if name.startswith("GIT_CONFIG")]
    assert not any("hunter2" in value for value in settings)


def test_only_what_decides_how_hosts_are_reached_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".gitconfig").write_text(
        "[credential]\n\thelper = store\n\tuseHttpPath\n"
        '[credential "https://host.example"]\n\tusername = me\n'
        "[http]\n\tsslCAInfo = /ca.pem\n\textraHeader = Authorization: x\n\tsslVerify = false\n"
        "[core]\n\tsshCommand = ssh -i key\n\thooksPath = /evil\n"
        '[url "https://evil.example/"]\n\tinsteadOf = https://host.example/\n'
    )
    found = dict(own_settings({**KNOWN, "HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1"}))
    assert found == {
        "credential.helper": "store",
        "credential.usehttppath": "true",
        "credential.https://host.example.username": "me",
        "http.sslcainfo": "/ca.pem",
        "core.sshcommand": "ssh -i key",
    }


@pytest.mark.parametrize("chosen", ["GIT_SSH_COMMAND", "GIT_SSH"])
def test_ssh_asks_nobody_unless_the_user_has_a_command(chosen: str) -> None:
    far = destination_of("ssh://git@host.example/site.git")
    quiet = login_of(far, KNOWN, ()).variables["GIT_SSH_COMMAND"]
    assert "BatchMode=yes" in quiet
    assert "GIT_SSH_COMMAND" not in login_of(far, {**KNOWN, chosen: "mine"}, ()).variables
    own = [("core.sshcommand", "mine")]
    assert "GIT_SSH_COMMAND" not in login_of(far, KNOWN, own).variables


def test_a_destination_of_the_same_name_is_another_account() -> None:
    rule = msgspec.structs.replace(FAR.rule, name="other")
    other = msgspec.structs.replace(with_credentials(FAR, "OTHER"), name=rule.name)
    one = login_of(with_credentials(FAR, "TOKEN"), {"TOKEN": "a"}, ())
    two = login_of(other, {"OTHER": "a"}, ())
    assert one.account != two.account
