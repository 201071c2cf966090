"""Sites as a host serves them: quiet, light, alone, and the same without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Request

from seeing.example import packs, site_of
from support.pages import Deployed, Watched

ALL = ["portfolio", *packs()]
HOME, SCRIPT, SITE = 40 * 1024, 10 * 1024, 75 * 1024
"""Bytes over the wire of a front page, bytes of its scripts, bytes of a site's folder."""

EXTRAS = """async () => {
  const source = new DOMParser().parseFromString(
    await (await fetch(location.href)).text(), 'text/html');
  const place = (node) => [...node.parentElement.children].indexOf(node) + 1;
  const way = (node) => node.localName === 'body' ? 'body'
    : `${way(node.parentElement)}>:nth-child(${place(node)})`;
  const hidden = [...source.body.querySelectorAll('[hidden]')].map(way);
  const extras = [...hidden, '[data-live]'].flatMap((each) => [...document.querySelectorAll(each)]);
  extras.forEach((node) => node.remove());
}"""
"""Takes away what a script shows; what it shows it instead of is marked `data-static`."""


def words(page: Page) -> list[str]:
    return page.inner_text("body").split()


@pytest.mark.parametrize("pack", ALL)
def test_nothing_is_asked_of_others(
    watch: Callable[..., Watched], deployed: Deployed, pack: str
) -> None:
    watched = watch()
    page = watched.page
    for address in deployed.pages(pack):
        page.goto(address)
        page.mouse.wheel(0, 4000)
        for button in page.locator("button:visible").all():
            button.click()
        assert watched.faults == [], address
    assert watched.strangers(deployed.address) == []
    assert page.context.cookies() == []


def test_what_the_policy_forbids_is_a_fault(
    watch: Callable[..., Watched], deployed: Deployed
) -> None:
    watched = watch()
    watched.page.goto(deployed.pages(packs()[0])[0])
    foreign = "document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/'}))"
    with watched.page.expect_console_message(lambda said: "img-src" in said.text):
        watched.page.evaluate(foreign)
    assert any("img-src" in fault for fault in watched.faults)


@pytest.mark.parametrize("pack", ALL)
def test_the_text_is_complete_without_javascript(
    tab: Callable[..., Page], deployed: Deployed, pack: str
) -> None:
    bare, page = tab(java_script_enabled=False), tab()
    for address in deployed.pages(pack):
        bare.goto(address)
        bare.evaluate("document.querySelectorAll('[data-static]').forEach((node) => node.remove())")
        page.goto(address)
        page.evaluate(EXTRAS)
        assert words(bare) == words(page), address


@pytest.mark.parametrize("pack", packs())
def test_a_visitor_who_is_lost_anywhere_is_led_home(
    tab: Callable[..., Page], deployed: Deployed, pack: str
) -> None:
    slug = site_of(deployed.build, pack)
    page = tab()
    for lost in ("nowhere", "no/where/at/all.html"):
        response = page.goto(f"{deployed.address}sites/{slug}/{lost}")
        assert response is not None
        assert response.status == 404
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "no style sheet"
        page.locator("main a").first.click()
        page.wait_for_url(f"**/sites/{slug}/index.html")


@pytest.mark.parametrize("pack", packs())
def test_a_front_page_is_light(browser: Browser, deployed: Deployed, pack: str) -> None:
    address = f"{deployed.address}sites/{site_of(deployed.build, pack)}/"
    page = browser.new_page()
    done: list[Request] = []

    def keep(request: Request) -> None:
        done.append(request)

    page.on("requestfinished", keep)
    page.goto(address)
    sizes = [request.sizes() for request in done]
    sent = sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
    for icon in page.locator("link[rel=icon], link[rel=manifest]").all():
        answer = page.request.get(icon.evaluate("link => link.href"))
        sent += int(answer.headers["content-length"])
    scripts = [each for each in done if each.resource_type == "script"]
    source = sum(len(found.body()) for each in scripts if (found := each.response()))
    assert 0 < sent <= HOME
    assert 0 < source <= SCRIPT
    page.close()


def test_every_site_fits_its_share_of_a_host(deployed: Deployed) -> None:
    sites = sorted((deployed.build / "sites").iterdir())
    sizes = {
        site.name: sum(file.stat().st_size for file in site.rglob("*") if file.is_file())
        for site in sites
    }
    assert len(sizes) == 149
    assert {name: size for name, size in sizes.items() if size > SITE} == {}
