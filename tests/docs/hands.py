"""Does in a real browser what the numbered steps of a document say, to the letter; a step it does not understand fails.

    Open the link in a browser.        Press *Start watch*.      Press the key `f`.
    Type `words` into *Password*.      Read `FLASH`, and `left`: what the page has to show.

What follows the first sentence of a step explains it.
"""

from __future__ import annotations

import re
from contextlib import ExitStack

from playwright.sync_api import Page

from tests.desk.browsing import browsing, opened
from tests.docs.documents import Block
from tests.pair import until

STEP = re.compile(r"^\d+\. (.*)$", re.MULTILINE)
LINK = re.compile(r"http://\S+")
_SAID = re.compile(r"`([^`]+)`")
_TYPE = re.compile(r"Type `([^`]+)` into \*([^*]+)\*\.")
_PRESS = re.compile(r"Press \*([^*]+)\*\.")
_KEY = re.compile(r"Press the key `([^`]+)`\.")


class Hands:
    """A browser, opened at the first step; `close` it at the end."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._page: Page | None = None

    def close(self) -> None:
        """Close the browser, if there is one."""
        self._stack.close()

    def follow(self, block: Block, printed: str) -> None:
        """Do the steps of a block; `printed` is what the shell said last, where a link may stand."""
        for step in STEP.findall(block.text):
            self._do(step, printed)

    def _do(self, step: str, printed: str) -> None:
        if step == "Open the link in a browser.":
            page = self._open()
            page.goto(LINK.findall(printed)[-1])
        elif found := _TYPE.match(step):
            self._open().get_by_label(found[2]).and_(self._open().get_by_role("textbox")).fill(found[1])
        elif found := _PRESS.match(step):
            self._open().get_by_role("button", name=found[1]).click()
        elif found := _KEY.match(step):
            self._open().keyboard.press(found[1])
        elif step.startswith("Read `"):
            said = _SAID.findall(step)
            until(lambda: all(each in self._open().locator("body").inner_text() for each in said))
        else:
            raise AssertionError(f"Nobody knows how to do this: {step}")

    def _open(self) -> Page:
        if self._page is None:
            self._page = opened(self._stack.enter_context(browsing()))
        return self._page
