"""Somebody who opens a public page in a real browser, and has no network."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, Route

from tests.pair import until


class Reader:
    """A page opened by somebody who has the file and no network; `asked` is what it asked for."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.asked: list[str] = []
        self.said: list[str] = []
        self.context = browser.new_context(offline=True)
        self.page: Page = self.context.new_page()
        self.file = folder / "statement.html"
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.context.route("**/*", self._asked)

    def _asked(self, route: Route) -> None:
        self.asked.append(route.request.url)
        route.continue_()

    def open(self, data: bytes) -> tuple[str, str]:
        """Whether it holds or is refused, and what the page says."""
        self.asked.clear()
        self.said.clear()
        self.file.write_bytes(data)
        self.page.goto(self.file.as_uri())
        found = self.page.locator("#verdict")
        until(lambda: found.get_attribute("data-verdict"))
        return str(found.get_attribute("data-verdict")), found.inner_text()
