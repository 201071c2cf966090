"""What `match.js` takes for an index and for answers, in Node."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from importlib.resources import files as package_files
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from omnigrid.load.words import TABLE
from omnigrid.match.index import found_by
from omnigrid.match.sharing import scoring_of
from omnigrid.matching import word_vectors
from omnigrid.model.files import MatchingConfig
from omnigrid.model.matching import Candidate

_SCRIPT = Path(__file__).with_name("in_node.cjs")
_MATCH = package_files("omnigrid.packs") / "builtin/portfolio/match.js"


def node() -> str | None:
    """Return where Node is, if it is installed."""
    return shutil.which("node")


def taken_by_node(
    candidates: Sequence[Candidate], texts: Sequence[str]
) -> list[tuple[float, float]]:
    """Return the seconds to make an index, from parsed files on, and to answer each text.

    Those that passed, and those of the processor, also for what the engine does beside.
    """
    scoring = scoring_of(word_vectors().name, taught=False)
    given = {
        "index": {"threshold": MatchingConfig().threshold, "scoring": scoring},
        "files": [_file(sector, candidates) for sector in sorted({c.sector for c in candidates})],
        "texts": texts,
    }
    with TemporaryDirectory() as folder:
        path = Path(folder, "given.json")
        path.write_bytes(msgspec.json.encode(given))
        words = package_files("omnigrid.match") / TABLE
        command = [node() or "node", *map(str, (_SCRIPT, _MATCH, path, words))]
        run = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603  (ours)
    taken: list[tuple[float, float]] = json.loads(run.stdout)
    return taken


def _file(sector: str, candidates: Sequence[Candidate]) -> dict[str, object]:
    found = found_by([each for each in candidates if each.sector == sector])
    brands = [
        {**msgspec.to_builtins(each, str_keys=True), "url": f"sites/{each.id}/index.html"}
        for each in found.brands
    ]
    return {"sector": sector, "name": sector, "stems": found.stems, "brands": brands}
