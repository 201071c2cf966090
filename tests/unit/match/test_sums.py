"""Sums: the same to the last bit with NumPy and without it."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec

from omnigrid.match.question import question_of
from omnigrid.match.sums import best_scores
from omnigrid.matching import matcher_of, two_views, word_vectors
from omnigrid.model.matching import MatchIndex
from support.values import brand, portfolio
from vectors import intents

WORDS = "rain water payroll salary garden leaf storage audit vaccine harvest parcel permit".split()
PAIRS = [(one, other) for one in WORDS for other in WORDS if one < other]
TEXTS = [intent.text for intent in intents()]
ASK = """
import sys, msgspec
from pathlib import Path
from test_sums import MatchIndex, scores
index = msgspec.msgpack.decode(Path(sys.argv[1]).read_bytes(), type=MatchIndex)
print(msgspec.json.encode(scores(index)).decode())
assert "numpy" not in sys.modules
"""


def scores(index: MatchIndex) -> list[dict[str, str]]:
    """Return the scores of the best brands of each text and its two views, every bit of them."""
    vectors = [word_vectors().embed([text])[0] for text in TEXTS]
    questions = [question_of(index, text) for text in TEXTS]
    known = [
        {term: share for term, share in each.shares.items() if term in index.postings}
        for each in questions
    ]
    asked = zip(vectors, known, strict=True)
    found = [best_scores(index, vector, shares, 5) for vector, shares in asked]
    views = [dict(enumerate(two_views().embed([text])[0])) for text in TEXTS]
    return [{str(n): number.hex() for n, number in each.items()} for each in (*found, *views)]


def test_scores_are_the_same_without_numpy(tmp_path: Path) -> None:
    made = [
        brand(number, f"{one} {other}", keywords=(f"{other} for {one}",))
        for number, (one, other) in enumerate(PAIRS)
    ]
    index = matcher_of(portfolio(*made)).index
    assert "numpy" in sys.modules
    kept = tmp_path / "index"
    kept.write_bytes(msgspec.msgpack.encode(index))
    command = [sys.executable, "-c", ASK, str(kept)]
    folders = [str(Path(__file__).parent), *sys.path]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(folders)}
    )
    found = json.loads(run.stdout)
    assert found == scores(index)
    assert [list(each) for each in found] == [list(each) for each in scores(index)]
    assert len({score for each in found for score in each.values()}) > 100
