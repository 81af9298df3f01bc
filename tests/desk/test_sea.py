"""Notices and the map at two desks: given by a form, drawn on both, acknowledged, passed on; real warnings imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk.browsing import Side, act, speak, two_desks, violations
from tests.desk.test_passkey_page import picture as picture_of
from tests.pair import until

WARNINGS = """HYDROLANT 12/26(51). EASTERN MEDITERRANEAN.
1. HAZARDOUS OPERATIONS 010600Z TO 011800Z DEC 26
IN AREA BOUND BY
34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E.
2. CANCEL THIS MSG 011900Z DEC 26.

HYDROLANT 13/26(51). EASTERN MEDITERRANEAN.
1. GUNNERY 020600Z TO 021800Z DEC 26 IN AREA BOUND BY
34-95N 033-30E, 34-15N 034-30E, 35-00N 034-00E.
2. CANCEL THIS MSG 021900Z DEC 26.
"""
PICTURE_MAX_BYTES = 400_000


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Side, Side]]:
    """North and South at their desks, with all shipped forms agreed."""
    with two_desks(tmp_path_factory.mktemp("sea")) as sides:
        north, south = sides
        north.ask("notice", "forms", "strait", "--agree")
        until(lambda: south.ask("line", "status", "strait")["proposed terms"])
        south.ask("line", "accept", "strait")
        until(lambda: all(each["agreed"] for each in north.ask("notice", "forms", "strait")["forms"]))
        yield sides


def shown(side: Side, words: str) -> bool:
    """Whether the page of a side shows these words."""
    return words in side.page.locator("main").inner_text()


def its_labels_are_those_of_its_form_in_russian(side: Side) -> None:
    speak(side.page, "ru")
    form = side.ask("notice", "form", "show", "live-fire-exercise", "--language", "ru")
    labels = {each["label"] for each in form["fields"]}
    until(lambda: labels.intersection(side.page.locator(".said dt").all_inner_texts()))
    picture_of(side.page, "notice-ru")
    assert violations(side.page) == []
    speak(side.page, "en")


def an_exercise_is_given_by_a_form_and_drawn_on_both_maps(both: tuple[Side, Side], tmp_path: Path) -> None:
    north, south = both
    page, there = north.page, south.page
    page.goto(f"{north.desk}/#/notices/new")
    page.get_by_label("Form").select_option(label="Live-fire exercise")
    until(lambda: page.get_by_label("Class").locator("option").count() == 4)
    page.get_by_label("Class").select_option("exercise")
    fields = north.ask("notice", "form", "show", "live-fire-exercise")["fields"]
    for field in [each for each in fields if each["required"]]:
        box = page.get_by_label(field["label"], exact=True)
        if field["options"] or field["type"] == "yes-no":
            box.select_option(index=1)
        else:
            box.fill("naval guns")
    page.get_by_label("Where").fill("34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E")
    page.get_by_label("When").fill("0m/6h")
    page.get_by_role("button", name="Preview").click()
    page.locator("article[lang=ru]").wait_for()
    assert page.locator("article[lang=ar]").get_attribute("dir") == "rtl"
    until(lambda: "checked by nobody" in page.locator("article[lang=ar]").inner_text())
    assert violations(page) == []
    page.get_by_role("button", name="Sign and give notice").click()
    until(lambda: shown(north, "NOT yet by South"))

    (notice,) = until(
        lambda: [each for each in south.ask("notice", "list")["notices"] if each["form"] == "live-fire-exercise"]
    )
    there.goto(f"{south.desk}/#/notices/{notice['id']}")
    there.get_by_role("button", name="Acknowledge").click()
    there.get_by_label("Passed on to which unit").fill("coastal radar")
    there.get_by_role("button", name="Sign “passed on”").click()
    until(lambda: shown(north, "Passed on to coastal radar by South"))
    until(lambda: shown(north, "Acknowledged by Capt. Cole"))
    assert violations(there) == []
    its_labels_are_those_of_its_form_in_russian(south)
    own_ships_are_held_against_it(both, tmp_path)
    picture = tmp_path / "map.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size < PICTURE_MAX_BYTES
    slider = page.get_by_label("In force at")
    slider.focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    until(lambda: shown(north, "Nothing is in force at that time"))
    for name in ("North pole", "South pole", "World", "Closer", "West", "North"):
        page.get_by_role("button", name=name, exact=True).click()
    page.goto(f"{north.desk}/#/notices/{notice['id']}")
    it_is_amended_postponed_and_taken_away(both, notice["id"])
    page.get_by_label("End it as").select_option("completed")
    page.get_by_role("button", name="Sign and end it").click()
    until(lambda: shown(north, "completed"))


def own_ships_are_held_against_it(both: tuple[Side, Side], tmp_path: Path) -> None:
    ships = tmp_path / "ships.csv"
    ships.write_text("name,lat,lon\nTug 3,34.4,34.0\nBuoy 7,34.22,34.0\nFerry,40,5\n")
    for side in both:
        side.page.goto(f"{side.desk}/#/map")
        side.page.locator(".zone").wait_for(state="attached")
        side.page.set_input_files("input[type=file]", str(ships))
        until(lambda side=side: shown(side, "Tug 3 INSIDE"))  # type: ignore[misc]
        names = side.page.locator(".craft-name")
        until(lambda names=names: sorted(names.all_text_contents()) == ["Ferry", "▲ Tug 3", "◆ Buoy 7"])  # type: ignore[misc]
        side.page.get_by_role("button", name="Show").click()
        until(lambda side=side: side.page.locator(".zone.chosen").count())  # type: ignore[misc]
        assert violations(side.page) == []


def it_is_amended_postponed_and_taken_away(both: tuple[Side, Side], notice: str) -> None:
    north, south = both
    page = north.page
    act(page, "Amend it", "Sign the amendment", When="0m/8h", In_words="Two hours longer.")
    until(lambda: "Two hours longer." in str(south.ask("notice", "show", notice)["versions"]))
    act(page, "Postpone it", "Sign the new windows", When="1h/9h")
    until(lambda: len(south.ask("notice", "show", notice)["versions"]) == 3)
    with page.expect_download() as begun:
        act(page, "Take it away for those who have no post", "Take it")
    assert begun.value.suggested_filename == "notice.txt"
    south.page.goto(f"{south.desk}/#/notices/{notice}")
    south.page.locator("summary", has_text="State that we tried").click()
    until(lambda: shown(south, "It names no contact in the field."))


def warnings_are_read_with_what_was_not_understood_marked_and_imported(both: tuple[Side, Side]) -> None:
    north, south = both
    page = north.page
    page.goto(f"{north.desk}/#/notices/import")
    page.get_by_label("Warnings, as they were issued").fill(WARNINGS)
    page.get_by_role("button", name="Read").click()
    until(lambda: shown(north, "2 messages: 1 understood, 0 with doubts, 1 refused in whole or in part."))
    until(lambda: "34-95N" in " ".join(page.locator("mark").all_inner_texts()))
    assert violations(page) == []
    page.get_by_role("button", name="Sign and give notice of all").click()
    until(lambda: {each["source_id"] for each in south.ask("notice", "list")["notices"]} >= {"HYDROLANT 12/26"})
    until(lambda: page.locator(".rows .row", has_text="HYDROLANT 13/26").count())
    page.locator(".rows .row", has_text="HYDROLANT 13/26").click()
    page.locator("mark").first.wait_for()
    page.set_viewport_size({"width": 360, "height": 740})
    until(lambda: page.evaluate("document.documentElement.scrollWidth") <= 360)
    for place in ("notices", "notices/new", "notices/import", "map"):
        page.goto(f"{north.desk}/#/{place}")
        page.locator("#page-title").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, place


def test_a_day_at_sea(both: tuple[Side, Side], tmp_path: Path) -> None:
    """In this order, for the second fills the map that the first counts on."""
    an_exercise_is_given_by_a_form_and_drawn_on_both_maps(both, tmp_path)
    warnings_are_read_with_what_was_not_understood_marked_and_imported(both)
