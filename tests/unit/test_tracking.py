"""What is told of a launch while it runs, by a clock that the test moves."""

from omnigrid.model.launching import LaunchPhase
from omnigrid.tracking import Tracker


class Time:
    """Two clocks that go when they are told to."""

    seconds = 0.0

    def clock(self) -> float:
        return 100 + self.seconds

    def now(self) -> float:
        return 1_700_000_000 + self.seconds


def test_phases_count_their_own_time_and_end_each_other() -> None:
    time = Time()
    tracker = Tracker(time.clock, time.now)
    assert tracker.claim()
    tracker.about("Barrels", 60, ())
    tracker.phase("prepare", 2)
    time.seconds = 1.5
    tracker.phase("render", 8)
    tracker.step(3, 8)
    tracker.say("three\x1b[31m of eight")
    state = tracker.state()
    assert state.phases == (
        LaunchPhase("prepare", "INHALE", "done", 2, 2, 1.5),
        LaunchPhase("render", "HOLD", "running", 3, 8),
        LaunchPhase("deploy", "EXHALE"),
    )
    assert (state.title, state.budget_seconds, state.seconds) == ("Barrels", 60, 1.5)
    assert "\x1b" not in state.log[0].text
    assert (tracker.state(1).log, tracker.state(1).lines) == ((), 1)
    time.seconds = 4
    tracker.fail("it broke", "mend it")
    failed = tracker.state()
    assert failed.failure is not None
    assert (failed.state, failed.failure.phase, failed.seconds) == ("failed", "render", 4)
    assert failed.phases[1] == LaunchPhase("render", "HOLD", "failed", 3, 8, 2.5)
    time.seconds = 9
    assert tracker.state().seconds == 4, "it ended"


def test_one_runs_at_a_time_and_what_was_not_begun_leaves_no_trace() -> None:
    time = Time()
    tracker = Tracker(time.clock, time.now)
    assert tracker.claim()
    assert not tracker.claim()
    tracker.end(())
    last = tracker.state()
    assert (last.number, last.state) == (1, "done")
    assert tracker.claim()
    tracker.give_up()
    assert tracker.state() == last


def test_a_log_without_end_is_cut() -> None:
    time = Time()
    tracker = Tracker(time.clock, time.now)
    for number in range(2000):
        tracker.say(f"{number}")
    assert tracker.state().lines == 500
