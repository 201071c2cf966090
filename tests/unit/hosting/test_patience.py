"""Programs that are not waited for for ever, and servers that ask to be left alone for a while."""

import os
from pathlib import Path

import pytest

from omnigrid.hosting.patience import LONGEST_PAUSE, retry_after, run_for
from omnigrid.model.errors import Transient
from support.previewed import wait_until

KNOWN = {"PATH": os.environ["PATH"]}
HEAD = b"09:58 http.c:684  <= Recv header: HTTP/1.1 %d X\n"
AFTER = b"09:58 http.c:684  <= Recv header: Retry-After: %s\n"


def test_a_program_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    script = f"sleep 600 & echo $! >{tmp_path}/child; echo begun; wait"
    said = run_for(["sh", "-c", script], KNOWN, 2.0)
    assert said.code != 0
    assert said.out == b"begun\n"
    assert "did not answer for 2 seconds" in said.err
    child = Path("/proc", (tmp_path / "child").read_text().strip(), "stat")
    wait_until(lambda: state(child) in {"gone", "Z"}, lambda: state(child))


def state(process: Path) -> str:
    """What the system says of a process: a signal was sent, and is acted on in its own time."""
    try:
        return process.read_text().split()[2]
    except OSError:
        return "gone"


def test_what_stays_behind_and_holds_the_pipes_is_not_an_error() -> None:
    said = run_for(["sh", "-c", "sleep 600 & echo done"], KNOWN, 2.0)
    assert (said.code, said.out, said.err) == (0, b"done\n", "")


def test_a_question_is_read_and_descriptors_are_kept() -> None:
    reader, writer = os.pipe()
    script = f"cat >/dev/fd/{writer}"
    assert run_for(["sh", "-c", script], KNOWN, 20, (writer,), b"asked").code == 0
    os.close(writer)
    with os.fdopen(reader, "rb") as heard:
        assert heard.read() == b"asked"


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(Transient, match="could not be started"):
        run_for(["/no/such/program"], KNOWN, 1)


@pytest.mark.parametrize(
    ("trace", "pause"),
    [
        (b"", None),
        (HEAD % 429 + AFTER % b"7", 7.0),
        (
            (HEAD % 429 + AFTER % b"7")
            .lower()
            .replace(b"recv", b"Recv")
            .replace(b"http/", b"HTTP/"),
            7.0,
        ),
        (HEAD % 429 + AFTER % b"999999", LONGEST_PAUSE),
        (HEAD % 429 + AFTER % b"Wed, 21 Oct 2026 07:28:00 GMT", None),
        (HEAD % 429 + AFTER % b"7" + HEAD % 200, None),
        (HEAD % 401 + HEAD % 503 + AFTER % b"3", 3.0),
    ],
)
def test_the_last_answer_says_how_long_to_wait(trace: bytes, pause: float | None) -> None:
    assert retry_after(trace) == pause
