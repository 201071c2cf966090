"""What a page says of itself to search engines: JSON-LD with the words of schema.org."""

from typing import Any

from markupsafe import Markup

from omnigrid.model.views import PageFacts, SiteView
from omnigrid.render.data import json_in_html

Thing = dict[str, Any]


def site_data(view: SiteView) -> Markup:
    """Return the description of a site: the site, its brand, and who owns that."""
    return _graph(_website(view), _brand(view), _owner(view))


def page_data(view: SiteView, page: PageFacts, summary: str) -> Markup:
    """Return the description of a content page: an article about the brand, and the way to it."""
    return _graph(_article(view, page, summary), _crumbs(view, page))


def _graph(*things: Thing) -> Markup:
    return json_in_html({"@context": "https://schema.org", "@graph": things})


def _website(view: SiteView) -> Thing:
    brand = view.brand
    return {
        "@type": "WebSite",
        "@id": _name(view, "site"),
        "url": _url(view),
        "name": brand.plain_name,
        "description": brand.description,
        "inLanguage": view.portfolio.language,
        **({"keywords": brand.keywords} if brand.keywords else {}),
        "about": {"@id": _name(view, "brand")},
        "publisher": {"@id": _name(view, "owner")},
    }


def _brand(view: SiteView) -> Thing:
    brand = view.brand
    return {
        "@type": "Brand",
        "@id": _name(view, "brand"),
        "identifier": brand.id,
        "name": brand.name,
        "alternateName": brand.plain_name,
        "slogan": brand.tagline,
        "description": brand.description,
        "url": _url(view),
        "logo": _url(view, "favicon.svg"),
        **_image(view),
    }


def _owner(view: SiteView) -> Thing:
    owner = {
        "@type": "Organization",
        "@id": _name(view, "owner"),
        "name": view.brand.owner,
        "brand": {"@id": _name(view, "brand")},
    }
    reached = _contact(view)
    return owner | {"contactPoint": reached} if reached else owner


def _contact(view: SiteView) -> Thing:
    contact = view.brand.contact
    told = {
        "email": contact.email,
        "telephone": contact.phone,
        "streetAddress": contact.address,
    }
    known = {name: value for name, value in told.items() if value}
    kind = "PostalAddress" if contact.address else "ContactPoint"
    return {"@type": kind, "name": view.brand.plain_name, **known} if known else {}


def _article(view: SiteView, page: PageFacts, summary: str) -> Thing:
    owner = {"@type": "Organization", "name": view.brand.owner}
    return {
        "@type": "Article",
        "@id": _url(view, f"{page.file}#article"),
        "url": _url(view, page.file),
        "headline": page.title,
        "description": summary or page.intent or view.brand.description,
        "inLanguage": view.portfolio.language,
        **({"datePublished": page.date} if page.date else {}),
        **({"keywords": page.tags} if page.tags else {}),
        **_image(view),
        "about": {"@id": _name(view, "brand"), "@type": "Brand", "name": view.brand.name},
        "author": owner,
        "publisher": owner,
        "isPartOf": {"@id": _name(view, "site")},
    }


def _crumbs(view: SiteView, page: PageFacts) -> Thing:
    steps = ((view.brand.plain_name, _url(view)), (page.title, _url(view, page.file)))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(steps, start=1)
        ],
    }


def _image(view: SiteView) -> Thing:
    picture = view.social_image
    return {"image": _url(view, picture.file)} if picture else {}


def _url(view: SiteView, path: str = "") -> str:
    """Return an address; where the site's own is unknown it is relative to the page."""
    return (view.address or "") + path or "index.html"


def _name(view: SiteView, part: str) -> str:
    """Return what names a part of the site, on all of its pages alike."""
    return f"{_url(view)}#{part}"
