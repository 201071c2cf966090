"""The page that launches, in a real Chromium: in the preview, and where nothing is published."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from support.axe import Axe
from support.pages import Watched, served
from support.previewed import PATIENCE, Previewed, previewed
from support.workspace import Workspace

LONG = PATIENCE * 1000
NEED = "store rain water for the garden in the dry weeks"
SECRET = "ghp_" + "a1B2" * 9
PAGE = f"# Barrels on the balcony\n\nStore rain water for the dry weeks. The key is {SECRET}.\n"
FAR = "ssh://git@localhost:1/far.git"
FORGE = "forge:\n  repository: https://github.com/our-company/brands\n"
TRAPS = {
    "own.md": f'---\ntitle: "A: b"\nintent: {NEED}\ntags: [a, b]\n---\n\n# A\n\n---\n\nText.\n',
    "plain.txt": f"{NEED}\n\n---\n# no heading\n<script>x</script>\n- a list\n\ta tab & `code`\n",
    "no: yes.md": f"# {{{{ x }}}}: 'quotes' \"double\" \\ and #signs\n\n{NEED} for all of us.\n",
    "bom.md": f"\ufeff---\r\nintent: >-\r\n  {NEED}\r\n---\r\nWords.\r\n",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("launch") / "portfolio"
    Workspace(root.parent).run("init", root.name)
    made = Workspace(root)
    config = made.read("omnigrid.yaml")
    made.write(
        "omnigrid.yaml",
        f"{config}\n{FORGE}\ntargets:\n  - name: here\n    repository: .omnigrid/hosting/here.git\n"
        f"  - name: far\n    kind: plain\n    repository: {FAR}\n",
    )
    made.commit("Begin")
    return made


@pytest.fixture(scope="module")
def preview(place: Workspace) -> Iterator[Previewed]:
    with previewed(place) as running:
        yield running


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[[str], Watched]]:
    """Opens the page that launches, of a portfolio at an address."""
    context = browser.new_context(reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(LONG)

    def open_page(address: str) -> Watched:
        watched = Watched(context.new_page())
        watched.page.goto(f"{address}launch/index.html")
        return watched

    yield open_page
    context.close()


def dropped(page: Page, name: str, text: str) -> None:
    """Drop a file onto the page, as from a folder."""
    page.evaluate(
        """([name, text]) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], name));
          const zone = document.querySelector("[data-zone]");
          for (const kind of ["dragenter", "dragover", "drop"])
            zone.dispatchEvent(new DragEvent(kind, { bubbles: true, dataTransfer }));
        }""",
        [name, text],
    )


def chosen(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def faults(page: Page, axe: Axe) -> list[str]:
    """Return what axe finds, light and dark, narrow and wide, and whether it scrolls sideways."""
    found: list[str] = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found += [f"{width} {scheme} {each}" for each in axe.violations(page)]
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append(f"{width} scrolls sideways")
    return found


def test_a_dropped_file_is_drafted_matched_launched_and_published(
    place: Workspace,
    preview: Previewed,
    opened: Callable[[str], Watched],
    axe: Axe,
    tmp_path: Path,
) -> None:
    watched = opened(preview.address)
    page = watched.page
    dropped(page, "balcony.md", PAGE)
    draft = page.locator("[data-matched]")
    expect(draft).to_contain_text("Barrels on the balcony", timeout=LONG)
    expect(draft).to_contain_text("Rainkeep™", timeout=LONG)
    expect(draft).to_contain_text("blacked out", timeout=LONG)
    assert not list((place.root / "content").rglob("barrels*")), "nothing is written yet"
    assert faults(page, axe) == []

    page.get_by_role("button", name="Launch").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(FAR, timeout=LONG)
    assert axe.violations(page) == []
    page.evaluate("""() => {
      const button = document.querySelector("[data-go]");
      const look = () => {
        window.wasBusy ||= button.disabled && button.textContent.startsWith("Launching");
      };
      new MutationObserver(look).observe(button, { attributes: true, childList: true });
    }""")
    dialog.get_by_role("button", name="Only on this machine").click()
    result = page.locator("[data-result]")
    expect(result).to_contain_text("Launched in", timeout=LONG)
    expect(result).to_contain_text("far (plain): waits for confirmation", timeout=LONG)
    expect(page.locator("[data-phase][data-state=done]")).to_have_count(3, timeout=LONG)
    expect(page.locator("[data-log]")).to_contain_text(
        re.compile(r"\[\d\d:\d\d:\d\d\] matched"), timeout=LONG
    )
    assert page.evaluate("window.wasBusy") is True
    expect(page.locator("[data-left]")).to_have_text(
        re.compile(r"^(180|1[0-7]\d|\d{1,2})$"), timeout=LONG
    )
    expect(page.locator("[data-said]")).to_have_text(re.compile("^Launched in"), timeout=LONG)
    expect(page.locator("[data-count]")).to_contain_text("seconds to spare")
    assert faults(page, axe) == []

    command = result.locator("code", has_text="git clone").inner_text()
    place.git(*command.split()[1:], str(tmp_path / "clone"))
    link = result.get_by_role("link", name="Open the page").get_attribute("href")
    with served(tmp_path / "clone") as address:
        visitor = page.context.new_page()
        visitor.goto(f"{address.rstrip('/')}{link}")
        expect(visitor.get_by_role("heading", level=1)).to_have_text(
            "Barrels on the balcony", timeout=LONG
        )
        visitor.close()
    result.get_by_role("link", name="Open the page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Barrels on the balcony", timeout=LONG
    )
    assert watched.strangers(preview.address) == []
    assert watched.faults == []


def test_by_keyboard_alone(preview: Previewed, opened: Callable[[str], Watched]) -> None:
    page = opened(preview.address).page
    press = page.keyboard.press

    def tab_to(selector: str) -> None:
        for _ in range(20):
            press("Tab")
            if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(selector)

    tab_to("[data-file]")
    tab_to("[data-intent]")
    page.keyboard.type(f"{NEED}, on a roof")
    expect(page.locator("[data-matched]")).to_contain_text("Rainkeep™", timeout=LONG)
    tab_to("[data-go]")
    press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=LONG)
    press("Escape")
    expect(page.get_by_role("button", name="Launch")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible(timeout=LONG)
    tab_to("[data-only-here]")
    press("Enter")
    expect(page.locator("[data-title]")).to_be_focused(timeout=LONG)
    expect(page.locator("[data-title]")).to_have_text(re.compile("^“.* roof”$"), timeout=LONG)
    expect(page.locator("[data-result]")).to_contain_text("Launched in", timeout=LONG)
    tab_to("[data-result] a")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("on a roof", timeout=LONG)


def test_what_no_brand_answers_is_not_launched(
    preview: Previewed, opened: Callable[[str], Watched], axe: Axe
) -> None:
    page = opened(preview.address).page
    page.get_by_role("button", name="Launch").click()
    expect(page.locator("[data-fault]")).to_contain_text("neither a file nor a need", timeout=LONG)
    page.get_by_label("What is needed").fill("qwzx vbnm")
    expect(page.locator("[data-matched]")).to_contain_text("No confident match", timeout=LONG)
    page.get_by_role("button", name="Launch").click()
    expect(page.locator("[data-fault]")).to_contain_text(
        "no brand answers this well enough", timeout=LONG
    )
    expect(page.get_by_role("button", name="Launch")).to_be_enabled()
    assert faults(page, axe) == []


def test_without_a_preview_the_page_makes_files_that_check_accepts(
    place: Workspace, preview: Previewed, opened: Callable[[str], Watched], axe: Axe
) -> None:
    assert preview.address
    with served(place.root / "build") as address:
        watched = opened(address)
        page = watched.page
        page.get_by_label("What is needed").fill(f"{NEED}: cheap, and 'soon'\n\nSecond part.")
        page.get_by_label("Sector").select_option("Garden_Supplies")
        page.get_by_label("Priority").select_option("high")
        expect(page.locator("[data-matched]")).to_contain_text("Rainkeep™", timeout=LONG)
        proposed = page.get_by_role("link", name="Propose it").get_attribute("href") or ""
        assert proposed.startswith("https://github.com/our-company/brands/new/main/content/drops?")
        assert "Second%20part" in proposed
        assert faults(page, axe) == []
        made = {saved(page, place)}
        for name, text in TRAPS.items():
            page.get_by_label("What is needed").fill("")
            page.locator("[data-file]").set_input_files(chosen(name, text))
            expect(page.locator("[data-command]")).to_contain_text(name, timeout=LONG)
            made.add(saved(page, place))
        assert len(made) == 1 + len(TRAPS)
        page.locator("[data-file]").set_input_files(chosen("it's.pdf", "%PDF-1.4"))
        command = "omnigrid drop --sector Garden_Supplies --priority high 'it'\\''s.pdf'"
        expect(page.locator("[data-command]")).to_have_text(command, timeout=LONG)
        expect(page.locator("[data-made]")).to_be_hidden()
        assert watched.strangers(address) == []
        assert watched.faults == []
    place.run("check")
    for path in made:
        (place.root / path).unlink()


def saved(page: Page, place: Workspace) -> str:
    """Download the file that the page made into the portfolio; return its path there."""
    path = page.locator("[data-made-name]").inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    target = place.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    download.value.save_as(target)
    assert download.value.suggested_filename == target.name
    return path
