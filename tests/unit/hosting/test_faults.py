"""What git's words mean: which are lasting, which pass, and what is never judged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnigrid.hosting.faults import LoginRefused, fault_of, quoted
from omnigrid.model.errors import InputError, Unreachable

AT = "https://host.example/site.git"
HTTP = (
    "fatal: unable to access 'https://host.example/site.git/': The requested URL returned error: "
)
WORDS: dict[str, tuple[type[Exception], str]] = {
    f"{HTTP}403": (InputError, "does not allow this"),
    f"{HTTP}429": (Unreachable, "too many requests"),
    f"{HTTP}502": (Unreachable, "out of order"),
    "error: RPC failed; HTTP 413 curl 22 The requested URL returned error: 413": (
        InputError,
        "no push of this size",
    ),
    "error: RPC failed; HTTP 401 curl 22": (LoginRefused, "refused the password"),
    "fatal: Authentication failed for 'https://host.example/site.git/'": (
        LoginRefused,
        "refused the password",
    ),
    "fatal: unable to access 'https://h/': SSL certificate problem: unable to get local issuer": (
        InputError,
        "cannot be trusted",
    ),
    "fatal: unable to access 'https://h/': error setting certificate verify locations": (
        InputError,
        "cannot be trusted",
    ),
    # ssh says this where passwords are off because of the key; it is not the key's fault.
    "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\ngit@h: Permission denied (publickey).": (
        InputError,
        "shows another host key",
    ),
    "fatal: https://h/x/info/refs not valid: is this a git repository?": (
        InputError,
        "is not a git repository",
    ),
    "error: object 3f: zeroPaddedFilemode: contains zero-padded file modes\n"
    "fatal: fsck error in packed object": (InputError, "git's own check refuses"),
    "fatal: write error: No space left on device\nfatal: index-pack failed": (
        Unreachable,
        "no room left",
    ),
    "error: RPC failed; curl 28 Operation too slow.": (Unreachable, "stopped answering"),
    "ssh: connect to host h port 22: Connection refused": (Unreachable, "nobody answers"),
    "fatal: the remote end hung up unexpectedly": (Unreachable, "broke off"),
    "": (Unreachable, "broke off"),
}


@pytest.mark.parametrize("err", WORDS)
def test_what_git_says_has_a_meaning(err: str) -> None:
    kind, words = WORDS[err]
    fault = fault_of(AT, err)
    assert type(fault) is kind
    assert words in fault.message.partition("\n")[0]
    assert fault.hint


@pytest.mark.parametrize("err", WORDS)
@pytest.mark.parametrize("mark", ["remote: ", "fatal: remote error: "])
def test_what_the_server_says_is_not_judged(err: str, mark: str) -> None:
    theirs = "\n".join(mark + line for line in err.splitlines())
    assert "broke off" in fault_of(AT, theirs).message
    assert type(fault_of(AT, theirs + "\nfatal: Authentication failed for 'x'")) is LoginRefused


def test_a_pause_is_handed_on_where_a_second_try_may_do() -> None:
    for err in (f"{HTTP}429", f"{HTTP}503", f"{HTTP}403"):
        fault = fault_of(AT, err, 7)
        assert isinstance(fault, Unreachable)
        assert fault.retry_after == 7
        assert "7 s" in fault.hint
    assert isinstance(fault_of(AT, f"{HTTP}404", 7), InputError)


@given(st.text(max_size=3000))
def test_a_quotation_is_short(text: str) -> None:
    lines = quoted(text)
    assert len(lines) <= 21
    assert all(line.startswith("  ") and len(line) <= 303 for line in lines)


def test_a_quotation_leaves_out_what_says_nothing() -> None:
    err = (
        "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n\n"
        "Please make sure you have the correct access rights\nand the repository exists.\n@@@@@@@"
    )
    assert quoted(err) == ["  ERROR: Repository not found."]
