"""What matches intents is made when it is wanted, and nobody waits for the next one."""

from queue import SimpleQueue
from threading import Event

from omnigrid.learner import Learner
from omnigrid.match.index import index_candidates
from omnigrid.match.score import Matcher
from omnigrid.matching import word_vectors

LONG = 60


def empty() -> Matcher:
    return Matcher(index_candidates([], word_vectors(), 35), word_vectors())


def test_the_first_is_waited_for_and_the_next_is_not() -> None:
    learner, made, slow = Learner(), [empty(), empty()], Event()

    def later() -> Matcher:
        slow.wait(LONG)
        return made[1]

    learner.learn(lambda: made[0], at_once=True)
    assert learner.matcher() is made[0]
    learner.learn(later, at_once=True)
    assert learner.matcher() is made[0]
    slow.set()
    while learner.matcher() is not made[1]:
        pass
    learner.close()


def test_what_nobody_asks_for_is_not_made() -> None:
    learner, made = Learner(), empty()
    begun: SimpleQueue[str] = SimpleQueue()

    def make(name: str) -> Matcher:
        begun.put(name)
        return made

    learner.learn(lambda: make("first"), at_once=False)
    learner.learn(lambda: make("second"), at_once=False)
    assert learner.matcher() is made
    assert begun.get(timeout=LONG) == "second"
    assert begun.empty()
    learner.close()
