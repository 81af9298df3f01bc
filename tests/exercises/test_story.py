"""Rows of the timeline, and the whole as JSON."""

from __future__ import annotations

import msgspec

from openline.exercises import story
from openline.exercises.incident import Step
from openline.exercises.scoring import Result
from openline.exercises.story import Report, Row, Verdict
from tests.exercises.samples import BEGINS, MINUTE, entry, sighting, small

MESSAGE = msgspec.structs.replace(entry("a", "message", "North"), text="A <b>boat</b>.", precedence="flash")


def report(*, ok: bool = True, same: bool = True, only: bool = True, lost: bool = False) -> Report:
    """The report of a small run."""
    rows = [
        Row(BEGINS, 1_000, "fact", "A boat drifts.", sources=("press",)),
        story.wrote(
            sighting(2, "North", MESSAGE), Step(do="send\n strait x", fact="that it drifted", sources=("press",))
        ),
        story.received(sighting(3, "South", MESSAGE)),
    ]
    if lost:
        rows.append(Row(BEGINS, 2_000, "not done", "take x: no", "South"))
    return Report(
        name="boat",
        exercise=small(),
        played=("South",),
        speed=60.0,
        began=1_000,
        seconds=12.5,
        story_ended=BEGINS + 60 * MINUTE,
        ended="its time was over",
        rows=tuple(rows),
        results=(
            Result("South takes it", "South", "late", "After 6 min, of 5 min.", BEGINS, BEGINS, 360_000, 300_000),
        ),
        verdicts=(Verdict("strait", "North", ok, 7, "strait.north.bundle", () if ok else ("A hole.",), same),),
        exercise_only=only,
    )


def test_rows_say_who_wrote_what_and_what_is_known_of_it() -> None:
    _, wrote, received = report().rows
    assert wrote.text == "strait: FLASH message “A <b>boat</b>.”"
    assert (wrote.sort, wrote.party, wrote.known, wrote.sources) == ("wrote", "North", "that it drifted", ("press",))
    assert wrote.command == ""
    taken = sighting(4, "South", entry("b", "taken", "South", "a"))
    assert story.wrote(taken, Step(do="take\n {it}")).command == "take {it}"
    assert received.text.endswith(", from North")
    assert not story.wrote(sighting(1, "North", MESSAGE)).known


def test_a_run_is_proved_and_complete_or_says_that_it_is_not() -> None:
    assert story.as_json(report())["ok"]
    assert not report(ok=False).proved
    assert not report(same=False).proved
    assert not report(only=False).proved
    lost = story.as_json(report(lost=True))
    assert (lost["ok"], lost["proved"], lost["complete"]) == (False, True, False)


def test_as_json() -> None:
    value = story.as_json(report())
    assert value["rows"][0]["at"] == value["results"][0]["began"] == "2022-11-15T14:40:00Z"
    assert value["counts"] == {"goals": 1, "met": 0, "late": 1, "missed": 0, "no occasion": 0}
    assert value["exercise"]["goal"][0]["from"] == "South receives message from North"
    assert msgspec.json.decode(msgspec.json.encode(report()), type=Report) == report()
