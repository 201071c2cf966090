"""Links from a page to the place where its source is edited, and where a need is stated."""

from typing import assert_never
from urllib.parse import quote, urlencode

from omnigrid.model.files import ForgeKind
from omnigrid.model.forge import Forge
from omnigrid.model.labels import Link, NewFile
from omnigrid.model.names import SectorId

MAX_URL = 2000
"""Characters that every browser, server and mail program lets through."""
NEED_FORM, BRAND_FORM = "need.yml", "brand.yml"
"""Files below `.github/ISSUE_TEMPLATE/`."""
_NEED = """---
title: What is needed
intent: The need, in plain words
{sector}---

What would a good answer hold?
"""


def edit_link(forge: Forge | None, what: str, source: str) -> tuple[Link, ...]:
    """Return the link to the editor of a file; ``what`` it is in a word. Empty without a forge."""
    return _kept(Link(f"Edit this {what}", _edit_url(forge, source))) if forge else ()


def need_link(forge: Forge | None, sector: SectorId | None) -> tuple[Link, ...]:
    """Return the link for somebody who needs something, in a sector where the page has one."""
    return _kept(Link("State a need", _need_url(forge, sector))) if forge else ()


def new_file(forge: Forge, folder: str) -> NewFile:
    """Return the forge's editor for a new file in a folder, which ends with a slash.

    GitLab's ignores text (gitlab-org/gitlab#594214).
    """
    place = quote(f"{forge.branch}/{folder.rstrip('/')}")
    match forge.kind:
        case ForgeKind.GITHUB:
            return NewFile(f"{forge.address}/new/{place}", "filename", "value")
        case ForgeKind.GITLAB:
            return NewFile(f"{forge.address}/-/new/{place}", "file_name", "")
        case ForgeKind.FORGEJO:
            return NewFile(f"{forge.address}/_new/{place}", "filename", "value")
        case _:
            assert_never(forge.kind)


def suggest_link(forge: Forge | None, sector: SectorId | None) -> tuple[Link, ...]:
    """Return the link to the form for a new brand. Only GitHub has forms that become files."""
    if forge is None or forge.kind is not ForgeKind.GITHUB:
        return ()
    return _kept(Link("Suggest a brand", _form_url(forge, BRAND_FORM, sector)))


def _kept(link: Link) -> tuple[Link, ...]:
    return (link,) if len(link.url) <= MAX_URL else ()


def _edit_url(forge: Forge, source: str) -> str:
    place = f"{quote(forge.branch)}/{quote(source)}"
    match forge.kind:
        case ForgeKind.GITHUB:
            return f"{forge.address}/edit/{place}"
        case ForgeKind.GITLAB:
            return f"{forge.address}/-/edit/{place}"
        case ForgeKind.FORGEJO:
            return f"{forge.address}/_edit/{place}"
        case _:
            assert_never(forge.kind)


def _need_url(forge: Forge, sector: SectorId | None) -> str:
    """Return a form (GitHub), an issue (GitLab) or a new file (Forgejo) with a text to complete.

    GitLab's editor ignores text for a new file (gitlab-org/gitlab#594214), so there it is an issue.
    """
    text = _NEED.format(sector=f"sector: {sector}\n" if sector else "")
    match forge.kind:
        case ForgeKind.GITHUB:
            return _form_url(forge, NEED_FORM, sector)
        case ForgeKind.GITLAB:
            query = {"issue[title]": "A need: ", "issue[description]": text}
            return f"{forge.address}/-/issues/new?{_encoded(query)}"
        case ForgeKind.FORGEJO:
            query = {"filename": "what-is-needed.md", "value": text}
            return f"{forge.address}/_new/{quote(forge.branch)}/content/needs/?{_encoded(query)}"
        case _:
            assert_never(forge.kind)


def _form_url(forge: Forge, form: str, sector: SectorId | None) -> str:
    query = {"template": form} | ({"sector": str(sector)} if sector else {})
    return f"{forge.address}/issues/new?{_encoded(query)}"


def _encoded(query: dict[str, str]) -> str:
    return urlencode(query, quote_via=quote)
