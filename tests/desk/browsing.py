"""Two real posts with desks on loopback, and pages of them in a real Chromium.

Nothing waits inside the page (its policy forbids what Playwright would put there): what is expected is asked for again
and again from here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pair import Served as Process
from tests.pair import done, environment, introduce, lasting_ports, make, stop, until

ROOT: Final = Path(__file__).resolve().parents[2]
AXE: Final = ROOT / "node_modules/axe-core/axe.min.js"
ONE_OFFICER: Final = "two-persons = []"
"""Rules of a line on which one officer of each post is enough for everything."""

PASSWORD: Final = "rusty anchor in the fog"
WIDTH, HEIGHT = 1_280, 800
PATIENCE_MS = 90_000
"""How long a page is waited for, on a machine that does other work, too."""

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""For Debian's Chromium as root, which asks nobody outside for anything."""


@dataclass
class Side:
    """One party: its home, the posts that run, where its desk is, and the page of its officer."""

    name: str
    officer: str
    home: Path
    running: dict[str, Process]
    desk: str
    page: Page

    def kill(self) -> None:
        """End its post as a loss of power would."""
        process = self.running[self.name].process
        if process.returncode is None:
            process.kill()
            process.communicate()

    def start(self) -> None:
        """Start it again at the same address."""
        self.running[self.name], desk = serve(self.home, self.desk.removeprefix("http://"))
        assert desk == self.desk

    def ask(self, *words: str) -> Any:
        """What a command of this side answers."""
        return done(self.home, *words)

    def rows(self) -> list[str]:
        """The inbox as it is read."""
        return self.page.locator(".inbox .row").all_inner_texts()

    def rungs(self) -> list[str]:
        """The rungs that the opened message is shown to have reached."""
        return self.page.locator(".ladder .reached th").all_inner_texts()


def chromium() -> str:
    """Where Chromium is; the test is skipped, or fails where it could have been installed."""
    found = shutil.which("chromium")
    if found is None:
        reason = "this machine has no Chromium: run tools/browser.sh as root, or install it"
        if os.environ.get("CI") == "true" and os.geteuid() == 0:
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@contextmanager
def browsing(*flags: str) -> Iterator[Browser]:
    """A Chromium with a new profile."""
    executable = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


def serve(home: Path, desk: str = "127.0.0.1:0", *more: str) -> tuple[Process, str]:
    """Start a post with a desk; where the desk is."""
    words = ["serve", "--home", str(home), "--link", "127.0.0.1:0", "--desk", desk, *more, "--json"]
    with open(f"{home}.log", "a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "openline.cli", *words],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=log,
            stdin=subprocess.DEVNULL,
            text=True,
        )
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line.startswith('{"ready"'):
        process.kill()
        process.communicate()
        raise AssertionError((line, Path(f"{home}.log").read_text()))
    said = json.loads(line)
    return Process(home, process, said["link"]), said["desk"]


def opened(browser: Browser, **options: Any) -> Page:
    """A page in a context of its own, which is waited for with patience."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, **options)
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def sign_in(side_home: Path, browser: Browser, officer: str, desk: str, *more: str) -> Page:
    """A page of an officer who has followed a new one-time link and set a password; `more` is said of the link."""
    page = opened(browser)
    link = done(side_home, "desk", "link", officer, *more)["url"]
    assert link.startswith(desk)
    page.goto(link)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set password and sign in").click()
    page.locator(".live.on").wait_for()
    return page


@contextmanager
def two_desks(folder: Path, rules: str = ONE_OFFICER, *more: str) -> Iterator[tuple[Side, Side]]:
    """North and South with the line `strait`, opened with these rules, each with an officer at its desk.

    `more` are words for `serve`. Playwright keeps an event loop running, so what commands do without a running post is
    done before it starts.
    """
    north, south = make(folder / "north", "North", "Maj. Berg"), make(folder / "south", "South", "Capt. Cole")
    introduce(north, south)
    file = folder / "rules.toml"
    file.write_text(rules)
    done(north, "line", "open", "strait", "--with", "South", "--rules", str(file))
    running: dict[str, Process] = {}
    with ExitStack() as stack:
        stack.callback(stop_all, running)
        at_north, at_south = (f"127.0.0.1:{port}" for port in lasting_ports(2))
        running["South"], desk_there = serve(south, at_south, *more)
        done(north, "peer", "address", "South", f"wss://{running['South'].link}")
        running["North"], desk_here = serve(north, at_north, *more)
        until(lambda: done(south, "line", "list")["lines"])
        done(south, "line", "accept", "strait")
        until(lambda: done(north, "line", "status", "strait")["members"][1]["accepted"])
        with browsing() as browser:
            page_here = sign_in(north, browser, "Maj. Berg", desk_here)
            page_there = sign_in(south, browser, "Capt. Cole", desk_there)
            yield (
                Side("North", "Maj. Berg", north, running, desk_here, page_here),
                Side("South", "Capt. Cole", south, running, desk_there, page_there),
            )


def stop_all(running: dict[str, Process]) -> None:
    """Stop every one of these, also where another does not stop cleanly."""
    with ExitStack() as stack:
        for process in running.values():
            stack.callback(stop, process)


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA on a page as it is shown now."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


FOREIGN: Final = """
  [...document.querySelectorAll("header.top, nav, main")].flatMap((place) => {
    const found = [], walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const own = "code, kbd, time, bdi, ins, del, option, .rank, [dir=auto], [dir=ltr], [lang]";
    while (walk.nextNode()) {
      const text = walk.currentNode.data.replace(/\u2068[^\u2069]*\u2069/g, " ").replace(/\b(STOP|UTC|FLASH)\b/g, " ");
      if (/[A-Za-z]{2}/.test(text) && !walk.currentNode.parentElement.closest(own)) found.push(text.trim());
    }
    return found;
  })
"""


def foreign(page: Page) -> list[str]:
    """Latin words that a page in Arabic shows as its own: not translated, or with no direction of theirs."""
    found: list[str] = page.evaluate(FOREIGN)
    return found


def speak(page: Page, language: str) -> None:
    """Choose a language in the bar, by its code."""
    page.locator(".language select").select_option(language)
    until(lambda: page.evaluate("document.documentElement.lang") == language)


def act(page: Page, name: str, button: str, **typed: str) -> None:
    """Open the form with this name, fill it in by its labels, and sign."""
    form = page.locator("details.act", has=page.locator("summary", has_text=name)).first
    form.locator("summary").click()
    for label, text in typed.items():
        form.get_by_label(label.replace("_", " ")).fill(text)
    form.get_by_role("button", name=button).click()
