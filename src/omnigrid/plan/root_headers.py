"""One ``_headers`` for a branch with many sites: hosts read only the one at the root.

A rule for each site would soon be more than Cloudflare reads. A name such as ``:at1`` in a path
stands for one folder, whatever it is called, so that a few rules speak of all sites.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from omnigrid.model.headers import EVERYWHERE, MAX_RULES, headers_of, headers_text, rule_path
from omnigrid.model.publishing import Destination
from omnigrid.plan.cards import SITES


def root_headers(destination: Destination, paths: Collection[str]) -> bytes:
    """Return the file for a branch with these paths; at most as many rules as are read.

    No header stands under two paths that a file could have both, as their values would be joined.
    What sites load by its digest is not told apart here, and so is asked for anew.
    """
    rules = {"*": EVERYWHERE}
    shape = _shape(destination)
    depth = shape.count("/")
    for rule in _most_first(_rules_of_sites(paths, destination.root, shape)):
        if (told := headers_of(rule)) and len(rules) < MAX_RULES:
            rules[shape + rule] = told
    return headers_text(rules) if depth else headers_text({"*": EVERYWHERE})


def _shape(destination: Destination) -> str:
    """Return the folders of all sites as one pattern: what differs among them has a name."""
    if destination.folders is None:
        return f"{destination.folder}{SITES}:at1/"
    split = [folder.split("/")[:-1] for folder in destination.folders.values()]
    if len({len(parts) for parts in split}) != 1:
        return ""
    parts = [
        names[0] if len(set(names)) == 1 and len(split) > 1 else f":at{number}"
        for number, names in enumerate(zip(*split, strict=True), start=1)
    ]
    return "".join(f"{part}/" for part in parts)


def _rules_of_sites(paths: Iterable[str], root: str, shape: str) -> Iterator[str]:
    """Yield the path of the rule for each file of a site, within its site."""
    pattern = shape.split("/")[:-1]
    for path in paths:
        parts = path.removeprefix(root).split("/", len(pattern))
        same = all(p.startswith(":") or p == q for p, q in zip(pattern, parts, strict=False))
        if len(parts) > len(pattern) and same and not path.endswith(".html"):
            yield rule_path(parts[-1])


def _most_first(rules: Iterable[str]) -> list[str]:
    """Return each rule once: those of most files first, so that the others are left out."""
    counts = Counter(rules)
    return sorted(counts, key=lambda rule: (-counts[rule], rule))
