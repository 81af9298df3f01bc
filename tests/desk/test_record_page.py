"""The record at a desk: found by words and marks, opened with its proofs, taken away; ten thousand entries scroll."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from openline.post import requests as asks
from openline.post.client import Client
from openline.post.verifying import verify
from tests.desk.browsing import Side, two_desks, violations
from tests.pair import WAIT_SECONDS, program, until

ENTRIES = 10_000
UNDER_WAY = 200

FRAME_MS = 100
"""Half of the frames while somebody scrolls come within this, beyond what frames take where nothing moves."""

RENDERED_MOST = 60

SCROLL = """async () => {
  const list = document.querySelector(".scroller");
  const taken = { 0: [], 700: [] };
  let rendered = 0;
  for (let frame = 0; frame < 60; frame += 1) {
    const pixels = frame % 2 ? 700 : 0;
    const began = performance.now();
    list.scrollTop += pixels;
    await new Promise((done) => requestAnimationFrame(() => done()));
    await new Promise((done) => requestAnimationFrame(() => done()));
    taken[pixels].push(performance.now() - began);
    rendered = Math.max(rendered, list.querySelectorAll(".entry").length);
  }
  for (const each of Object.values(taken)) each.sort((one, other) => one - other);
  return { half: taken[700][15] / 2, still: taken[0][15] / 2, longest: taken[700][29] / 2, rendered };
}"""
"""Frames that scroll and frames that stand still, in turn: other work of the machine falls on both alike."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks."""
    with two_desks(tmp_path_factory.mktemp("record")) as sides:
        yield sides


def shown(side: Side, words: str) -> bool:
    """Whether the page of a side shows these words."""
    return words in side.page.locator("main").inner_text()


def an_entry_is_found_opened_and_taken_away(both: tuple[Side, Side], tmp_path: Path) -> None:
    north, south = both
    page = south.page
    north.kill()
    ours = south.ask("send", "strait", "Boat 17 is in your area.", "--precedence", "immediate")["id"]
    assert program("send", "strait", "Our boat turns back.", "--home", str(north.home)).returncode == 0
    north.start()
    until(lambda: {"delivered"} <= {each["rung"] for each in south.ask("receipts", ours)["rungs"]})
    page.goto(f"{south.desk}/#/record")
    until(lambda: page.locator(".entry", has_text="crossed").count() == 2)
    until(lambda: page.locator(".entry").count() > 4)
    page.get_by_label("Words", exact=True).fill("BOAT 17")
    page.get_by_role("button", name="Search").click()
    until(lambda: page.locator(".entry").count() == 1)
    until(lambda: shown(south, "Entries found: 1; the whole record was looked through."))
    page.locator(".entry").focus()
    page.keyboard.press("Enter")
    wanted = (ours, "Capt. Cole, for South", "delivered", "Neither author had the other's")
    until(lambda: all(each in page.locator("section.message").inner_text() for each in wanted))
    assert violations(page) == []
    page.get_by_label("Words", exact=True).fill("")
    page.get_by_label("Kind").select_option("ack")
    page.get_by_label("Author").select_option("North")
    until(lambda: {"ack"} == set(page.locator(".entry .who").all_inner_texts()))
    with page.expect_download() as begun:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / begun.value.suggested_filename
    begun.value.save_as(file)
    assert file.name == "record.bundle"
    assert b"Boat 17" in file.read_bytes()
    assert verify(file, "strait", {}).faults == ()
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 1_280, "height": 800})


def scrolls_smoothly(page: Page) -> None:
    """Whether a frame that scrolls costs little more than one that does not, and few rows are rendered."""
    measured = page.evaluate(SCROLL)
    assert measured["half"] < measured["still"] + FRAME_MS, measured
    assert measured["rendered"] < RENDERED_MOST, measured


def ten_thousand_entries_scroll(both: tuple[Side, Side]) -> None:
    north, south = both
    page = south.page
    page.goto("about:blank")
    north.kill()
    south.ask("send", "strait", "Before all of them.")
    with Client(south.home) as client:
        for at in range(ENTRIES):
            client.send(asks.Send(line="strait", text=f"Message {at}"))
            if at >= UNDER_WAY:
                client.result()
        for _ in range(UNDER_WAY):
            client.result()
    began = time.monotonic()
    page.goto(f"{south.desk}/#/record")
    page.get_by_label("Author").select_option("")
    page.get_by_label("Kind").select_option("message")
    page.locator(".entry", has_text=f"Message {ENTRIES - 1}").wait_for()
    scrolls_smoothly(page)
    while not page.locator(".entry", has_text="Before all of them").count():
        page.locator(".entry").last.focus()
        page.keyboard.press("End")
        assert time.monotonic() < began + WAIT_SECONDS
    until(lambda: page.evaluate("document.activeElement.matches('.entry')"))
    assert page.locator(".entry").count() < RENDERED_MOST
    scrolls_smoothly(page)
    assert violations(page) == []


def test_the_record(both: tuple[Side, Side], tmp_path: Path) -> None:
    """In this order, for the second ends one of the posts for good."""
    an_entry_is_found_opened_and_taken_away(both, tmp_path)
    ten_thousand_entries_scroll(both)
