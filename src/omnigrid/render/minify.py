"""Pages of a release, made small by the library minify-html: the extra ``omnigrid[release]``."""

from functools import lru_cache

from omnigrid.installed import installed_version
from omnigrid.model.errors import InputError

LIBRARY = "minify-html"
_INSTALL = 'pip install "omnigrid[release]"'


@lru_cache(maxsize=1)
def minifier() -> str:
    """Return what makes pages small, by version. Raises InputError where it is not installed."""
    version = installed_version(LIBRARY)
    if not version:
        raise InputError(
            f"a release needs {LIBRARY}, which is not installed",
            f"nothing was changed; install it: {_INSTALL}, or build without --release",
        )
    return f"{LIBRARY} {version}"


def minify(page: bytes) -> bytes:
    """Return an HTML page with the same elements, attributes and words in fewer bytes.

    What the HTML standard asks for stays as it is written, but for attributes that hold where none
    is written; scripts and styles are not looked into.
    """
    # 3 MB that only a release needs.
    import minify_html  # noqa: PLC0415

    small = minify_html.minify(
        page.decode(), keep_closing_tags=True, keep_html_and_head_opening_tags=True
    )
    return small.encode()
