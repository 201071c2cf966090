"""Measures whole runs of the command, as a user waits for them, and how good its answers are.

    scripts/bench check [--valid N] [--broken N] [--runs N]
    scripts/bench build [--brands N,N] [--runs N] [--peers hugo,eleventy]
                        [--only SCENARIO] [--keep FOLDER]
    scripts/bench start [--runs N]
    scripts/bench size [--brands N,N]
    scripts/bench publish [--brands N] [--repositories N]
    scripts/bench preview [--brands N,N] [--edits N] [--peers hugo]
    scripts/bench registry [--packs N] [--queries N]
    scripts/bench matching [--set NAME=BRANDS.jsonl,INTENTS.jsonl] [--semantic] [--ablation]
                           [--diagram FOLDER] [--brands N,N] [--queries N] [--only quality|speed]

Prints tables in Markdown, with the machine and the versions, to be put into docs/performance.md.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from benching.build import PEERS, SCENARIOS, build  # noqa: E402  (stands beside no package)
from benching.check import check  # noqa: E402
from benching.matching.sets import Collection, read_collection  # noqa: E402
from benching.matching.suite import matching  # noqa: E402
from benching.preview import preview  # noqa: E402
from benching.publish import publish  # noqa: E402
from benching.registry import registry  # noqa: E402
from benching.size import size  # noqa: E402
from benching.start import start  # noqa: E402
from omnigrid.model.errors import InputError  # noqa: E402


def main() -> None:
    """Run the suite that is asked for."""
    given = _parser().parse_args()
    match given.suite:
        case "check":
            check(given.valid, given.broken, given.runs)
        case "build":
            build(given.brands, given.runs, given.peers, given.keep, given.only)
        case "start":
            start(given.runs)
        case "size":
            size(given.brands)
        case "publish":
            publish(given.brands, given.repositories)
        case "preview":
            preview(given.brands, given.edits, given.peers)
        case "registry":
            registry(given.packs, given.queries)
        case "matching":
            matching(
                given.set,
                given.brands,
                given.queries,
                semantic=given.semantic,
                parts=given.ablation,
                diagrams=given.diagram,
                only=given.only,
            )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/bench")
    suites = parser.add_subparsers(dest="suite", required=True)
    suite = suites.add_parser("check", help="reading and checking, whole processes")
    suite.add_argument("--valid", type=int, default=13_713)
    suite.add_argument("--broken", type=int, default=5_000)
    suite.add_argument("--runs", type=int, default=3)
    suite = suites.add_parser("build", help="building, beside other generators, in paired runs")
    suite.add_argument("--brands", type=_numbers, default=[149, 1_000, 13_713])
    suite.add_argument("--runs", type=int, default=5)
    suite.add_argument("--peers", type=_peers, default=list(PEERS))
    suite.add_argument("--keep", type=Path, help="a folder to work in that stays")
    suite.add_argument("--only", choices=[each.name for each in SCENARIOS])
    suite = suites.add_parser("start", help="starting, beside Python itself")
    suite.add_argument("--runs", type=int, default=40)
    suite = suites.add_parser("size", help="building ever larger portfolios")
    suite.add_argument("--brands", type=_numbers, default=[20_000, 50_000, 100_000])
    suite = suites.add_parser("publish", help="publishing, beside git itself")
    suite.add_argument("--brands", type=int, default=13_713)
    suite.add_argument("--repositories", type=int, default=149)
    suite = suites.add_parser("preview", help="from saving a file to its words in a browser")
    suite.add_argument("--brands", type=_numbers, default=[149, 13_713])
    suite.add_argument("--edits", type=int, default=1_000)
    suite.add_argument("--peers", type=_peers, default=["hugo"])
    suite = suites.add_parser("registry", help="finding a template pack among thousands")
    suite.add_argument("--packs", type=int, default=17_000)
    suite.add_argument("--queries", type=int, default=200)
    _add_matching(suites.add_parser("matching", help="answers to intents, beside other matchers"))
    return parser


def _add_matching(suite: argparse.ArgumentParser) -> None:
    suite.add_argument("--set", type=_collection, action="append", default=[], metavar="NAME=B,I")
    suite.add_argument("--semantic", action="store_true", help="the sentence model, too")
    suite.add_argument("--ablation", action="store_true", help="what each part is worth")
    suite.add_argument("--diagram", type=Path, help="a folder for reliability diagrams")
    suite.add_argument("--brands", type=_numbers, default=[150, 13_713, 100_000])
    suite.add_argument("--queries", type=int, default=300)
    suite.add_argument("--only", choices=("quality", "speed"))


def _collection(text: str) -> Callable[[], Collection]:
    name, _, files = text.partition("=")
    brands, _, intents = files.partition(",")
    for path in (brands, intents):
        if not Path(path).is_file():
            raise argparse.ArgumentTypeError(f"{text!r}: {path!r} is no file")
    return partial(read_collection, name, Path(brands), Path(intents))


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _peers(text: str) -> list[str]:
    names = [name for name in text.split(",") if name]
    if unknown := [name for name in names if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(PEERS)}")
    return names


if __name__ == "__main__":
    try:
        main()
    except InputError as error:
        sys.exit(f"{error}\nhint: {error.hint}")
