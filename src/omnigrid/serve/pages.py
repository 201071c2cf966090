"""What the preview adds to pages, and its own page: the faults of the portfolio."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files as package_files

from omnigrid.model.digests import digest_bytes
from omnigrid.model.service import Fault

OURS = "__omnigrid"
"""The folder, from the root, of all that only the preview serves."""
SCRIPTS = ("live.js", "live.css")
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"


def with_script(page: bytes, mark: str) -> bytes:
    """Return a page with the script that listens for changes; ``mark`` is that of the page."""
    source = f"/{OURS}/live.js?v={digest_bytes(own_file('live.js'))[:16]}"
    script = f'<script src="{source}" data-mark="{mark}" defer></script>\n'.encode()
    at = page.rfind(b"</body>")
    return page + script if at < 0 else page[:at] + script + page[at:]


@lru_cache(maxsize=8)
def own_file(name: str) -> bytes:
    """Return one of the files that the preview brings for pages."""
    return (package_files("omnigrid.serve") / "static" / name).read_bytes()


def faults_page(faults: Sequence[Fault]) -> bytes:
    """Return the page that shows all faults; one that says so where there are none."""
    title = heading(faults)
    items = "\n".join(map(_item, faults))
    body = f"<ol>\n{items}\n</ol>" if faults else "<p>The portfolio builds.</p>"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f'<link rel="stylesheet" href="/{OURS}/live.css">\n</head>\n<body class="faults">\n'
        f"<main>\n<h1>{escape(title)}</h1>\n<p>This page goes on by itself, as soon as the files "
        f"are mended.</p>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode()


def heading(faults: Sequence[Fault]) -> str:
    """Return how many faults there are, in words."""
    if not faults:
        return "No faults"
    return "1 fault in the portfolio" if len(faults) == 1 else f"{len(faults):,} faults"


def _item(fault: Fault) -> str:
    parts = [f'<li class="{escape(fault.severity)}">']
    if fault.path:
        place = escape(f"{fault.path}:{fault.line}:{fault.column}")
        parts.append(
            f'<a class="place" href="{escape(fault.editor)}">{place}</a>'
            if fault.editor
            else f'<span class="place">{place}</span>'
        )
    label = f"{fault.severity}[{fault.code}]" if fault.code else fault.severity
    parts.append(f"<p><strong>{escape(label)}</strong> {escape(fault.message)}</p>")
    if fault.snippet:
        parts.append(f"<pre>{escape(fault.snippet)}\n{escape(fault.caret)}</pre>")
    if fault.hint:
        parts.append(f'<p class="hint">hint: {escape(fault.hint)}</p>')
    return "".join((*parts, "</li>"))
