"""What is served where sites are published, beside what was pushed: proved by their stamps.

Each site has a small file that says which files it has, by digest. It is fetched over https from
where the site is served, within bounds of size and time, and compared with the one on the branch.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from msgspec import Struct

from omnigrid.hosting.host import Host
from omnigrid.model.digests import blob_id
from omnigrid.model.errors import OmnigridError
from omnigrid.model.names import BlobId, BrandId
from omnigrid.model.portfolio import Portfolio
from omnigrid.model.publishing import Create, Step, Unchanged
from omnigrid.model.stamp import brand_in_stamp
from omnigrid.model.states import Served
from omnigrid.output.lock import hold
from omnigrid.packs.fetch_https import Web, WrongAnswer, get
from omnigrid.plan.addresses import Witness, witnesses

MOST = 100
"""Sites of one target that are looked at, evenly chosen where it has more."""
AT_ONCE = 16
"""Sites that are asked for at the same time."""
SIZE = 64 * 1024
"""Bytes of an answer that are read; a stamp has a few hundred."""
SECONDS = 15.0
"""For one answer, from the first byte to the last."""


class Answer(Struct, frozen=True):
    """What was found at the address of one site."""

    brand: BrandId
    url: str
    served: Served
    reason: str = ""


class Serving(Struct, frozen=True):
    """What was found at the addresses of a target. ``served`` is the worst of all answers."""

    served: Served
    sites: int
    asked: int
    """How many of them were looked at."""
    current: int
    """How many of those are served as they were pushed."""
    others: tuple[Answer, ...] = ()
    """Those that are not."""


_Question = tuple[Witness, BlobId]
Fetch = Callable[[str], bytes]
"""Gives what an address holds. Raises WrongAnswer where that is nothing or too much, otherwise any
OmnigridError where nobody answers."""


def web_fetch(proxies: Mapping[str, str]) -> Fetch:
    """Return what fetches stamps from the web, through ``proxies`` by scheme."""
    web = Web(proxies, SECONDS)
    return lambda url: get(web, url, SIZE).data


def look(
    host: Host, steps: Iterable[Step], portfolio: Portfolio, fetch: Fetch
) -> dict[str, Serving]:
    """Return what is served for each target that holds something and whose address is known.

    Raises what observing a branch raises.
    """
    found = ask_all(host, steps, portfolio, fetch)
    return {name: _serving(asked.sites, asked.answers) for name, asked in found.items()}


class Asked(NamedTuple):
    """How many sites a target has, and what was found at the addresses that were looked at."""

    sites: int
    answers: list[Answer]


def ask_all(
    host: Host, steps: Iterable[Step], portfolio: Portfolio, fetch: Fetch
) -> dict[str, Asked]:
    """Return every answer for each target, as ``look``. Raises the same."""
    with hold(host.folder, host.folder / "owner"):
        pushed = {
            step.target.name: sites
            for step in steps
            if not isinstance(step, Create) and (sites := _pushed(host, step, portfolio))
        }
    asked = [(name, site) for name, all_of_them in pushed.items() for site in _chosen(all_of_them)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda each: ask(fetch, *each[1]), asked))
    found: dict[str, list[Answer]] = {name: [] for name in pushed}
    for (name, _), answer in zip(asked, answers, strict=True):
        found[name].append(answer)
    return {name: Asked(len(pushed[name]), its) for name, its in found.items()}


def _pushed(host: Host, step: Step, portfolio: Portfolio) -> list[_Question]:
    """Return the stamps of a branch's sites, each with the blob that stands there now."""
    known = list(witnesses(step.target.destination, portfolio))
    if not known:
        return []
    held: Mapping[str, BlobId] = {str(path): blob for path, blob in step.target.files.items()}
    if not (held and isinstance(step, Unchanged)):
        held = host.observe(step.target.destination).files
    return [(each, held[each.path]) for each in known if each.path in held]


def _chosen(all_of_them: list[_Question]) -> list[_Question]:
    """Return at most ``MOST``, from the first to the last at equal distances."""
    count = len(all_of_them)
    if count <= MOST:
        return all_of_them
    return [all_of_them[number * count // MOST] for number in range(MOST)]


def ask(fetch: Fetch, witness: Witness, pushed: BlobId) -> Answer:
    """Return what is served at the address of a site of which ``pushed`` is the stamp."""
    brand, url = witness.brand, witness.url
    try:
        data = fetch(url)
    except WrongAnswer as error:
        return Answer(brand, url, Served.NOT_OURS, error.message)
    except OmnigridError as error:
        return Answer(brand, url, Served.UNREACHABLE, error.message)
    if blob_id(data) == pushed:
        return Answer(brand, url, Served.CURRENT)
    whose = brand_in_stamp(data.decode("utf-8", "replace"))
    if whose == brand:
        return Answer(brand, url, Served.OLDER, "the site of another publish is served there")
    what = f"the site of {whose}" if whose else "no stamp of ours"
    return Answer(brand, url, Served.NOT_OURS, f"what is served there is {what}")


def _serving(sites: int, answers: list[Answer]) -> Serving:
    others = tuple(each for each in answers if each.served is not Served.CURRENT)
    worst = max((each.served for each in others), key=list(Served).index, default=Served.CURRENT)
    return Serving(worst, sites, len(answers), len(answers) - len(others), others)
