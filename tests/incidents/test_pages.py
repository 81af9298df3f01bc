"""The page of each incident is what its replay says, and its pictures show what they are said to show.

With OPENLINE_PICTURES=1 (`make pictures`) pages and pictures are made anew.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.desk import pictures
from tests.desk.browsing import HEIGHT, ROOT, WIDTH, browsing, sign_in
from tests.incidents.pages import Maker, alike
from tests.incidents.replay import Replay, replayed
from tests.pair import until
from tests.proof.readers import Reader

FOLDER = ROOT / "docs/incidents"
PICTURE = re.compile(r"!\[[^\]]*\]\(\.\./images/([\w-]+)\.png\)")


class Viewer:
    """Looks at the desks of a replay; `taken` are the pictures that it took."""

    def __init__(self, replay: Replay, browser: Browser) -> None:
        self.replay = replay
        self.browser = browser
        self.taken: list[str] = []

    def reading(self, party: str) -> Page:
        """The desk of a party where all is noted, for somebody who reads and signs nothing: so without forms."""
        self.desk(party).context.close()
        return self._sign_in(party, "--role", "viewer")

    def desk(self, party: str) -> Page:
        """The desk of a party, whose officer is on watch, has opened what rings and noted what the post tells."""
        page = self._sign_in(party)
        ringing = page.locator(".alarm[data-id]")
        while left := ringing.count():
            page.keyboard.press("f")
            until(lambda left=left: ringing.count() < left)  # type: ignore[misc]
        noted = page.get_by_role("button", name="Noted")
        while left := noted.count():
            noted.first.click()
            until(lambda left=left: noted.count() < left)  # type: ignore[misc]
        return page

    def _sign_in(self, party: str, *role: str) -> Page:
        post = self.replay.cast.posts[party]
        page = sign_in(post.home, self.browser, post.officer, post.desk, *role)
        page.get_by_role("button", name="Start watch").click()
        return page

    def entry(self, step: str) -> str:
        """What a step wrote."""
        return self.replay.script.named[step]

    def go(self, page: Page, place: str) -> None:
        """To a place of the desk."""
        page.goto(f"{page.url.partition('#')[0]}#/{place}")

    def take(self, page: Page, name: str, *words: str, at: str = "body") -> None:
        """A picture of a page, from some part of it on, once it shows these words."""
        until(lambda: shows(page, *words))
        page.evaluate("document.activeElement.blur()")
        page.locator(at).first.evaluate("each => each.scrollIntoView({ block: 'start' })")
        pictures.take(page, name)
        self.taken.append(name)


def shows(page: Page, *words: str) -> bool:
    """Whether a page shows all these words."""
    text = page.locator("body").inner_text()
    return all(each in text for each in words)


def przewodow(viewer: Viewer) -> None:
    """The FLASH with its ladder, the call that nobody answered, the picture."""
    poland = viewer.desk("Poland")
    poland.locator(".inbox .row", has_text="Explosion at Przewodow").first.click()
    ladder = ("taken", "passed on", "answered")
    viewer.take(poland, "przewodow-flash", "Secretary General, all delegations", *ladder, at=".panes")
    states = viewer.desk("United States")
    viewer.go(states, f"reach/{viewer.entry('ask-moscow')}")
    viewer.take(states, "przewodow-reach", "telephone", "the duty clerk", "no-answer", at=".panes")
    nato = viewer.reading("NATO")
    viewer.go(nato, f"incidents/{viewer.entry('incident')}")
    viewer.take(nato, "przewodow-picture", "A Ukrainian air-defence missile", "PRELIMINARY", "withdrawn")


def chiefs_call(viewer: Viewer) -> None:
    """The minute and the terms, the exercise on the map."""
    states = viewer.reading("United States")
    viewer.go(states, f"reach/{viewer.entry('ask')}")
    viewer.take(states, "chiefs-minute", "signed by all", "kept the terms", at="#minute-title")
    viewer.go(states, "map")
    states.locator(".zone").wait_for(state="attached")
    states.set_input_files("input[type=file]", str(viewer.replay.files / "ships.csv"))
    states.get_by_role("button", name="Show").click()
    for _ in range(2):
        states.get_by_role("button", name="Closer").click()
    viewer.take(states, "chiefs-map", "Tug 3 INSIDE", "Tanker 9 NEAR", at="svg")


def dirty_bomb(viewer: Viewer) -> None:
    """The claim and its answers, two readouts side by side; the page of the statement, which verifies itself."""
    russia = viewer.reading("Russia")
    viewer.go(russia, f"claims/{viewer.entry('claim-paris')}")
    viewer.take(
        russia, "dirty-bomb-claim", "The pictures show something else.", "We reject any pretext", at="#page-title"
    )
    viewer.go(russia, f"reach/{viewer.entry('ask-washington')}")
    viewer.take(russia, "dirty-bomb-readouts", "rejected any pretext", "a possible provocation", at="#readout-title")
    reader = Reader(viewer.browser, viewer.replay.folder)
    verdict, _ = reader.open((viewer.replay.files / "statement.html").read_bytes())
    assert verdict == "holds"
    reader.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    viewer.take(reader.page, "dirty-bomb-statement", "Watch officer Reid", "manifestement fausses")


INCIDENTS: dict[str, tuple[tuple[str, ...], Callable[[Viewer], None]]] = {
    "przewodow-2022": (("Poland", "United States", "NATO"), przewodow),
    "chiefs-call-2024": (("United States",), chiefs_call),
    "dirty-bomb-2022": (("Russia",), dirty_bomb),
}
"""Of each incident: who has a desk, and what is looked at there."""


@pytest.mark.parametrize("name", INCIDENTS)
def test_a_page_says_and_shows_what_its_replay_does(name: str, tmp_path: Path) -> None:
    desks, look = INCIDENTS[name]
    page = FOLDER / f"{name}.md"
    with replayed(name, tmp_path, desks) as replay:
        for card in (tmp_path / "cards").iterdir():
            shutil.copy(card, replay.files)
        held = page.read_text(encoding="utf-8")
        made = Maker(replay).page(held)
        if alike(made) != alike(held) and pictures.TAKING:
            page.write_text(made, encoding="utf-8")
        else:
            assert alike(made) == alike(held), f"{page.name} is not what the replay says: run `make pictures`"
        with browsing() as browser:
            viewer = Viewer(replay, browser)
            look(viewer)
    assert sorted(PICTURE.findall(held)) == sorted(viewer.taken)


def test_every_exercise_that_ships_has_its_page() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == sorted(INCIDENTS)


def test_a_page_that_says_something_else_is_noticed() -> None:
    page = "One.\n```console\n# Poland\n$ openline take \\\n    A\nKept as A, 7 of NATO\nby B\n```\n"
    assert alike(page) == alike(page.replace("Kept as A, 7 of NATO\nby B", "by B\nof NATO Kept as A, 8"))
    changed = [("One", "Two"), ("take", "pass"), ("    A", "    B"), ("by B", "by C"), ("Poland", "Russia")]
    assert [(old, new) for old, new in changed if alike(page.replace(old, new)) == alike(page)] == []
