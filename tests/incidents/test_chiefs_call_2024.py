"""27 November 2024: Russia's chief of the general staff asks for a call with the American chairman (SOURCES.md)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.incidents.stage import Stage
from tests.pair import command, until

LINE = "chiefs-2024"
CHIEF = "Chief of the General Staff"
CHAIR = "Chairman of the Joint Chiefs of Staff"
CHAIRMAN = f"United States:{CHAIR}"
BOTH = ("United States", "Russia")
ROSTERS = {
    "United States": f"""
[[office]]
name = "{CHAIR}"
holders = [
    {{name = "General Milley", from = 2019-10-01, until = 2023-10-01}},
    {{name = "General Brown", from = 2023-10-01}},
]
""",
    "Russia": f"""
[[office]]
name = "{CHIEF}"
holders = [{{name = "General Gerasimov", from = 2012-11-09}}]
""",
}
EXERCISE = "Navy and aerospace forces exercise in the eastern Mediterranean, with launches of high-precision missiles."
PLANNED = "The launch of 21 November was planned long before the decision on ATACMS."
RESPONSE = "The launch of 21 November was a response to the decision on ATACMS."


def call(stage: Stage, began: str, ended: str, *present: str) -> str:
    """A call at Russia's request, accepted and held; the id of the contact."""
    options: dict[str, Any] = {"topic": "exercise in the eastern Mediterranean", "time": "1h"}
    asked = stage.asks("Russia", LINE, CHIEF, CHAIRMAN, **options)
    stage.hears("United States", asked)
    stage.do("United States", "call", "accept", asked, "--at", "1h", "--text", "The chairman will speak.")
    until(lambda: stage.party("Russia", asked, "United States")["answers"])
    who = [word for name in present for word in ("--present", name)]
    times = ("--began", began, "--ended", ended)
    stage.do("Russia", "call", "held", asked, *times, *who, "--interpreter", "an interpreter")
    until(lambda: stage.party("United States", asked, "United States")["outcome"] == "held")
    return asked


def history(stage: Stage, post: str) -> Any:
    """What a post's record says of the two offices."""
    return stage.do(post, "office", "history", LINE, CHAIRMAN, f"Russia:{CHIEF}")


@pytest.fixture(scope="module")
def contact(stage: Stage) -> str:
    """The call of 27 November, after one of October 2022 that the chairman's predecessor had."""
    stage.line(LINE, "United States", "Russia")
    for post, text in ROSTERS.items():
        file = stage.folder / f"roster of {post}.toml"
        file.write_text(text)
        stage.do(post, "office", "publish", LINE, "--roster", str(file))
    before = call(stage, "2022-10-24T12:00Z", "2022-10-24T12:30Z", "General Gerasimov", "General Milley")
    for post in BOTH:
        until(partial(_knows_both, stage, post))
        known = history(stage, post)
        assert (known["last"]["contact"], known["last_by_these_holders"]) == (before, None)
    return call(stage, "2024-11-27T13:00Z", "2024-11-27T13:40Z", "General Gerasimov", "General Brown")


def test_a_call_is_asked_for_accepted_and_held(stage: Stage, contact: str) -> None:
    """At Russia's request; both ends hold the same contact, and only Russia closes it."""
    here, there = (stage.party(post, contact, "United States")["ended"] for post in BOTH)
    for each in (here, there):
        assert (each["began"], each["ended"]) == ("2024-11-27T13:00:00Z", "2024-11-27T13:40:00Z")
        assert each["present"] == ["General Gerasimov", "General Brown"]
    assert here["id"] == there["id"]


def test_the_last_contact_is_known_by_office_and_by_holder(stage: Stage, contact: str) -> None:
    """One account: they spoke in October 2022. Another: it is the first time since the chairman took office."""
    for post in BOTH:
        known = history(stage, post)
        assert [each["at"][:10] for each in known["contacts"]] == ["2022-10-24", "2024-11-27"]
        assert known["contacts"][0]["holders"] == ["General Milley", "General Gerasimov"]
        assert known["last"]["contact"] == known["last_by_these_holders"]["contact"] == contact
        first = {each["holder"]: each["first_contact_since"]["at"][:10] for each in known["sides"]}
        assert first == {"General Brown": "2024-11-27", "General Gerasimov": "2022-10-24"}


def test_the_minute_has_a_point_on_which_the_sides_differ(stage: Stage, contact: str) -> None:
    """The exercise is agreed; on the reason of the launch each side has its own words; both sign."""
    show = ("call", "minute", "show", contact)
    stage.do("Russia", "call", "minute", "draft", contact, EXERCISE)
    (exercise,) = seen(stage, "United States", show, lambda value: value["minutes"][0]["points"])
    stage.do("United States", "call", "minute", "agree", exercise["id"])
    stage.do("United States", "call", "minute", "draft", contact, PLANNED)
    points = seen(stage, "Russia", show, lambda value: len(value["minutes"][0]["points"]) == 2)
    launch = next(each for each in points if each["author"] == "United States")
    stage.do("Russia", "call", "minute", "differ", launch["id"], RESPONSE)
    version = stage.do("Russia", *show)["minutes"][0]["digest"]
    stage.do("Russia", "call", "minute", "sign", contact, version[:12])
    seen(stage, "United States", show, lambda value: value["minutes"][0]["digest"] == version)
    stage.do("United States", "call", "minute", "sign", contact, version[:12])
    for post in BOTH:
        points = seen(stage, post, show, lambda value: value["minutes"][0]["complete"])
        said = {(each["status"], each["author"], each["text"]): each["words"] for each in points}
        assert said["agreed", "Russia", EXERCISE][0]["by"] == "United States"
        differs = said["differs", "United States", PLANNED]
        assert [(each["by"], each["text"]) for each in differs] == [("Russia", RESPONSE)]
        assert set(BOTH) == {each["author"] for each in stage.do(post, *show)["minutes"][0]["signatures"]}


def seen(stage: Stage, post: str, words: tuple[str, ...], enough: Callable[[Any], Any]) -> Any:
    """The points of the minute at a post, as soon as it is as it must be."""

    def held() -> Any:
        value = stage.do(post, *words)
        return value if value["minutes"] and enough(value) else None

    return until(held)["minutes"][0]["points"]


def test_disclosures_are_judged_by_what_was_agreed(stage: Stage, contact: str) -> None:
    """Not to announce it was asked and agreed; the spokesman confirms on being asked, the ministry says more."""
    show = ("call", "disclose", "show", contact)
    terms = stage.do("Russia", "call", "disclose", "propose", contact, "confirm-if-asked")["id"]
    until(lambda: stage.do("United States", *show)["disclosures"])
    stage.do("United States", "call", "disclose", "agree", terms)
    until(lambda: stage.do("Russia", *show)["disclosures"][0]["in_force"] == terms)
    record = ("call", "disclose", "record", contact)
    confirms = ("--by", "United States", "--who", "spokesman", "--asked", "--confirmed-only")
    kept = stage.do("United States", *record, *confirms)["id"]
    account = stage.do("Russia", *record, "--by", "Russia", "--who", "ministry", "--asked", "--text", EXERCISE)["id"]
    first = stage.do("Russia", *record, "--by", "United States", "--who", "as if it had been announced first")["id"]
    stage.do("Russia", "call", "disclose", "breach", first)
    for post in BOTH:
        held = until(partial(_three, stage, post, show))
        judged = {each["id"]: each["judgement"] for each in held}
        assert judged == {kept: "kept the terms", account: "broke the terms", first: "broke the terms"}
        assert [each["id"] for each in held if each["breaches"]] == [first]
    assert stage.do("Russia", "call", "show", contact)["follows"]["disclosures"][0]["agreed"]
    assert not stage.do("Russia", "call", "show", contact)["open"]


def _three(stage: Stage, post: str, show: tuple[str, ...]) -> Any:
    disclosed = stage.do(post, *show)["disclosures"][0]["disclosed"]
    return disclosed if len(disclosed) == 3 and any(each["breaches"] for each in disclosed) else None


def _knows_both(stage: Stage, post: str) -> bool:
    holders = [each["holder"] for each in history(stage, post)["sides"]]
    return holders == ["General Brown", "General Gerasimov"]


def test_the_exercise_is_told_held_against_own_ships_and_closed(stage: Stage) -> None:
    """Live firing in the eastern Mediterranean, four days after the call: given, in force at both ends, completed."""
    line = "washington-moscow"
    stage.agrees(line, "Russia", "United States")
    area = "34-15N 033-30E, 34-15N 034-30E, 35-00N 034-30E, 35-00N 033-30E"
    fields = ("--field", "weapons=high-precision missiles", "--field", "purpose=prevent possible incidents")
    words = ("--area", area, "--window", "4d/6d", *fields, "--class", "exercise")
    sent = stage.do("Russia", "notice", "send", line, "live-fire-exercise", *words)["id"]
    until(lambda: command(stage.homes["United States"], "notice", "show", sent)[0] == 0)
    stage.do("United States", "notice", "ack", sent)
    stage.do("United States", "notice", "pass", sent, "--to", "ships in the eastern Mediterranean")
    until(lambda: not stage.do("Russia", "notice", "show", sent)["owes"])
    assert stage.do("Russia", "notice", "show", sent)["provided"][0]["late_minutes"] == 0
    here, there = (stage.do(post, "notice", "in-force", line, "--at", "5d") for post in ("Russia", "United States"))
    for each in (here, there):
        assert [(one["id"], one["state"]) for one in each["notices"]] == [(sent, "open")]
    ships = stage.folder / "ships.csv"
    ships.write_text("name,lat,lon,course,speed\nInside,34.5,34.0,0,0\nNear,34.5,33.45,0,0\nFar,36.0,14.0,0,0\n")
    held = stage.do("United States", "notice", "assets", str(ships), "--at", "5d")["warnings"]
    assert [(each["asset"], each["kind"]) for each in held] == [("Inside", "inside"), ("Near", "near")]
    stage.do("Russia", "notice", "complete", sent)
    until(lambda: stage.do("United States", "notice", "show", sent)["state"] == "completed")
    for post in ("Russia", "United States"):
        assert stage.do(post, "notice", "in-force", line, "--at", "5d")["notices"] == []
