"""The director's page: who has its link directs, in a real Chromium; anybody else gets nothing done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from openline.cli.playing.cast import Cast
from openline.cli.playing.ears import Ears
from openline.cli.playing.page import KEY, Page
from openline.limits import DIRECTOR_REQUEST_MAX_BYTES
from openline.post.loop import now
from tests.cli.playing.test_run import Playing
from tests.desk.browsing import browsing, violations
from tests.pair import WAIT_SECONDS, until


@pytest.fixture
def directed(cast: Cast, files: Path) -> Iterator[tuple[Page, Playing]]:
    """The small exercise as it runs, at the speed of the clock, and its page."""
    playing = Playing(cast, files, speed=1.0, skip=False)
    ears, page = Ears(playing.queue, now), Page(playing.queue)
    for name, post in cast.posts.items():
        ears.listen(name, post.home)
    cast.processes.until(ears.all_listen, "ears")
    loop = Thread(target=playing.run.play)
    loop.start()
    yield page, playing
    playing.run.ended = playing.run.ended or "the test is over"
    loop.join()
    page.close()
    ears.close()


def asked(page: Page, body: bytes, **headers: str) -> tuple[int, Any]:
    """Status and answer of what a program asks."""
    base, _, token = page.link.partition("#")
    given = {KEY: token, "Origin": base.rstrip("/"), **headers}
    try:
        with urlopen(Request(f"{base}ask", body, given), timeout=WAIT_SECONDS) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as error:
        said = error.read()
        return error.code, json.loads(said) if said.startswith(b"{") else said


def test_who_has_the_link_directs_and_nobody_else(directed: tuple[Page, Playing]) -> None:
    page, _ = directed
    status = b'{"do": "status"}'
    assert asked(page, status)[1]["ok"]["title"] == "A boat"
    assert asked(page, status, **{KEY: "guessed"})[0] == 401
    assert asked(page, status, Origin="http://elsewhere.example")[0] == 403
    assert asked(page, status, Host="elsewhere.example")[0] in (400, 403, 404, 421)
    code, value = asked(page, b'{"do": "fly"}')
    assert (code, value["error"]["code"]) == (400, "bad-request")
    code, value = asked(page, b" " * (DIRECTOR_REQUEST_MAX_BYTES + 1))
    assert (code, value["error"]["code"]) == (400, "too-large")


def test_a_director_sees_all_sides_and_directs(directed: tuple[Page, Playing]) -> None:
    page, playing = directed
    with browsing() as browser:
        shown = browser.new_page(viewport={"width": 1_280, "height": 900})
        wrong: list[str] = []
        shown.on("pageerror", lambda error: wrong.append(str(error)))
        shown.on("dialog", lambda dialog: dialog.accept())
        shown.goto(page.link)
        until(lambda: shown.locator("h1").inner_text() == "A boat")
        assert shown.locator("thead th").all_inner_texts() == ["Story, UTC", "North (script)", "South (script)"]
        shown.get_by_role("button", name="Pause").click()
        until(lambda: "STANDS" in shown.locator("#speed").inner_text())
        shown.get_by_label("Jump to", exact=True).fill("2m")
        shown.get_by_role("button", name="Jump", exact=True).click()
        until(lambda: "A boat drifts." in " ".join(shown.locator("tbody td.wrote").all_inner_texts()))
        shown.locator("input[name=words]").fill("<b>The wind</b> turns.")
        shown.get_by_role("button", name="Put in").click()
        until(lambda: "told: <b>The wind</b> turns." in shown.locator("tbody").inner_text())
        shown.locator("select[name=party]").select_option("South")
        shown.locator("select[name=what]").select_option("command")
        shown.locator("input[name=words]").fill("sendd strait x")
        shown.get_by_role("button", name="Put in").click()
        until(lambda: "is not understood" in shown.locator("#fault").inner_text())
        assert shown.locator("input[name=words]").input_value() == "sendd strait x"
        assert violations(shown) == []
        shown.get_by_role("button", name="End the exercise").click()
        until(lambda: playing.run.ended == "the director ended it")
        page.close()
        until(lambda: "NOT LIVE" in shown.locator("#live.off").inner_text())
        assert wrong == []
