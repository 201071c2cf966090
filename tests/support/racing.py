"""A publisher with a cache of its own: `python -m support.racing REPOSITORY CACHES NAME ROUNDS`.

Publishes ROUNDS builds to one repository, whatever others do there, and prints every commit of its
own that it has a receipt for. What is lost to the others five times is tried again.
"""

import os
import sys
from pathlib import Path

from omnigrid.deploy import Terms, decide, deploy
from omnigrid.hosting.host import Host
from omnigrid.model.errors import LostRace, Unreachable
from omnigrid.model.publishing import Glance
from omnigrid.model.source import Place
from support.hosted import Build
from support.targets import destination_of


def main(repository: str, caches: str, name: str, rounds: int) -> None:
    """Publish so often, and print the commits."""
    host = Host(Path(caches), dict(os.environ))
    for number in range(rounds):
        print(_publish(host, repository, name, number), flush=True)


def _publish(host: Host, repository: str, name: str, number: int) -> str:
    text = f"{name} {number}\n".encode()
    build = Build({"index.html": text, f"{name}/{number % 7}.html": text})
    target = build.target(destination_of(repository))
    out = Path(host.folder, "build")
    for path, data in build.files.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)
    terms = Terms(build.message(), out, lambda _: Place.BEFORE, allow_prune=True, overwrite=True)
    while True:
        try:
            step = decide(host, target, Glance(None), terms)
            return deploy(host, step, terms).commit
        except (LostRace, Unreachable):
            continue


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
