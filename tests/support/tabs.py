"""Pages that are used again: to open one takes a browser longer than most tests look at it."""

from typing import Any

from playwright.sync_api import Browser, ViewportSize

from support.pages import Watched

WINDOW: ViewportSize = {"width": 1280, "height": 720}
_FONTS = {"standard": 16, "fixed": 13}
_FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { } }"


class Tab:
    """A page of a visitor of its own, with these options of ``Browser.new_context``."""

    def __init__(self, browser: Browser, options: dict[str, Any]) -> None:
        self.options = options
        self._context = browser.new_context(**options)
        self.watched = Watched(self._context.new_page())
        self._inside = self._context.new_cdp_session(self.watched.page)

    def renew(self) -> None:
        """Make it what it was when it was new: nothing kept, cached or emulated."""
        page, asked = self.watched.page, self.options
        page.evaluate(_FORGET)
        page.goto("about:blank")
        self._context.clear_cookies()
        self._inside.send("Network.clearBrowserCache")
        self._inside.send("Page.setFontSizes", {"fontSizes": _FONTS})
        page.set_viewport_size(asked.get("viewport", WINDOW))
        page.emulate_media(
            media="screen",
            color_scheme=asked.get("color_scheme", "light"),
            reduced_motion=asked.get("reduced_motion", "no-preference"),
            forced_colors=asked.get("forced_colors", "none"),
        )
        self.watched.forget()

    def close(self) -> None:
        """Close it for good."""
        self._context.close()


class Tabs:
    """Hands tabs out, and takes them back."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Tab] = []

    def take(self, options: dict[str, Any]) -> Tab:
        """Return a tab with these options that nobody else has."""
        fitting = next((tab for tab in self._free if tab.options == options), None)
        if fitting is None:
            return Tab(self._browser, options)
        self._free.remove(fitting)
        fitting.renew()
        return fitting

    def give_back(self, tab: Tab) -> None:
        """Keep a tab for the next who wants such a one."""
        self._free.append(tab)
