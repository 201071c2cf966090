"""axe-core in Chromium: WCAG 2.2 AA and good practice, on every pack and on our own pages."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from seeing.example import packs
from support.axe import Axe
from support.pages import Deployed

NewTab = Callable[..., Page]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (360, 1280)


@pytest.mark.parametrize("pack", ["portfolio", *packs()])
def test_axe_finds_nothing(tab: NewTab, axe: Axe, deployed: Deployed, pack: str) -> None:
    page = tab(reduced_motion="reduce")
    found: list[str] = []
    for address in deployed.pages(pack):
        page.goto(address)
        for scheme in SCHEMES:
            for width in WIDTHS:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 800})
                where = f"{address.removeprefix(deployed.address)} {scheme} {width}"
                found += [f"{where}: {fault}" for fault in axe.violations(page)]
    assert found == []


def test_axe_would_find_something(tab: NewTab, axe: Axe) -> None:
    page = tab()
    page.set_content("<title>x</title><main><img src='x.png'><h1 style='color:#aaa'>Pale</h1>")
    found = [fault.split(":")[0] for fault in axe.violations(page)]
    assert {"image-alt", "color-contrast", "html-has-lang"} <= set(found)
