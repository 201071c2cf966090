"""What a comparison found, in words: drift.py FOUND CODE. Needs nothing but Python.

FOUND is what `omnigrid status --json` printed, CODE how it ended. Ends with CODE.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WORDS = {
    "drifted": "was changed by hand; a publish will not touch it",
    "out-of-date": "holds an older build; the next publish updates it",
    "missing": "is not there yet; the next publish makes it",
    "blocked": "is blocked",
    "unreachable": "did not answer",
}


def lines(targets: list[dict[str, Any]]) -> Iterator[str]:
    """Yield one line for each target that is not as it should be, and for each warning."""
    for each in targets:
        name, state = each["target"], each["state"]
        if state in WORDS:
            reason = each.get("reason", "").partition("\n")[0]
            paths = ", ".join(each.get("drifted", ())[:3])
            yield f"- {name} {WORDS[state]}" + "".join(
                f": {said}" for said in (reason, paths) if said
            )
        served = each.get("served", {})
        if served.get("served", "current") != "current":
            yield f"- {name}: {served['current']} of {served['asked']} sites are served as pushed"
        for said in each.get("warnings", ()):
            yield f"- {name}: {said}"


def main(file: Path, code: int) -> int:
    """Print the summary and return how to end."""
    text = file.read_text(encoding="utf-8")
    heading = "What is published is not as it should be" if code else "What is published is ours"
    print(f"## {heading}\n")
    if not text.strip():
        print("- the comparison could not be made; the log says why")
        return code
    for line in lines(json.loads(text)["targets"]):
        print(line)
    return code


if __name__ == "__main__":
    match sys.argv[1:]:
        case [file, code]:
            sys.exit(main(Path(file), int(code)))
        case _:
            sys.exit(__doc__)
