"""The file ``_headers`` of a site, for hosts where the site stands at the root.

Others serve it as a text that nobody asks for.
"""

from collections.abc import Iterable
from functools import lru_cache

from omnigrid.model.headers import EVERYWHERE, POLICY, headers_of, headers_text, rule_path

__all__ = ["POLICY", "headers_file"]


def headers_file(paths: Iterable[str], lasting: Iterable[str] = ()) -> bytes:
    """Return the file ``_headers`` for a site with these files.

    ``lasting`` are those that all pages ask for by their digest, which a browser may keep.
    No header stands under two paths: Cloudflare would join both values.
    """
    places = {rule_path(path) for path in paths if not path.endswith(".html")}
    return _headers(tuple(sorted(places)), frozenset(lasting))


@lru_cache(maxsize=256)
def _headers(paths: tuple[str, ...], lasting: frozenset[str]) -> bytes:
    rules = {"*": EVERYWHERE}
    for path in paths:
        if told := headers_of(path, lasting=path in lasting):
            rules[path] = told
    return headers_text(rules)
