"""What a comparison found, in words: drift.py FOUND CODE. Needs nothing but Python.

FOUND is what `omnigrid publish --dry-run --json` printed, CODE how it ended. Ends with 3 where
a hosting repository was changed by hand, otherwise with CODE.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHANGED_BY_HAND = 3


def lines(plan: list[dict[str, Any]], refused: list[dict[str, Any]]) -> Iterator[str]:
    """Yield one line for each target that is not as it should be."""
    for step in plan:
        if step["action"] == "drifted":
            yield f"- {step['target']} was changed by hand; a publish will not touch it"
        elif step["action"] != "unchanged":
            yield f"- {step['target']}: the next publish will {step['action']} it"
    for each in refused:
        yield f"- {each['target']}: {each['reason']}"


def main(file: Path, code: int) -> int:
    """Print the summary and return how to end."""
    text = file.read_text(encoding="utf-8")
    found = json.loads(text) if text.strip() else {"plan": [], "refused": []}
    drifted = any(step["action"] == "drifted" for step in found["plan"])
    code = CHANGED_BY_HAND if drifted else code
    heading = "What is published is not as it should be" if code else "What is published is ours"
    print(f"## {heading}\n")
    if not text.strip():
        print("- the comparison could not be made; the log says why")
    for line in lines(found["plan"], found["refused"]):
        print(line)
    return code


if __name__ == "__main__":
    match sys.argv[1:]:
        case [file, code]:
            sys.exit(main(Path(file), int(code)))
        case _:
            sys.exit(__doc__)
