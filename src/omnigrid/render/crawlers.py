"""What search engines read beside the pages: the sitemap and ``robots.txt``."""

from markupsafe import escape

from omnigrid.model.views import SiteView


def sitemap(view: SiteView) -> bytes:
    """Return the sitemap (sitemaps.org 0.9); its addresses are relative where ours is unknown."""
    address = view.address or ""
    rows = [("", None), *((page.file, page.date) for page in view.pages)]
    entries = "".join(
        f"  <url><loc>{escape(address + path or 'index.html')}</loc>"
        + (f"<lastmod>{date.isoformat()}</lastmod>" if date else "")
        + "</url>\n"
        for path, date in rows
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    space = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{head}{space}{entries}</urlset>\n".encode()


def robots(view: SiteView) -> bytes:
    """Return ``robots.txt`` (RFC 9309): everything may be read."""
    listed = f"Sitemap: {view.address}sitemap.xml\n" if view.address else ""
    return f"User-agent: *\nAllow: /\n{listed}".encode()
