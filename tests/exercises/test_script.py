"""What happens next: time and what comes are arguments, acts come out."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from openline.exercises.incident import Step
from openline.exercises.script import (
    TRIES_MAX,
    Act,
    Break,
    Came,
    Done,
    Event,
    Failed,
    Lost,
    Mend,
    Order,
    Passed,
    Put,
    Recall,
    Sat,
    Script,
    Tell,
)
from openline.exercises.times import Clock
from tests.exercises.samples import BEGINS, MINUTE, entry, small

CLOCK = Clock(BEGINS, 0, 1.0, runs=True)
MESSAGE = entry("aa", "message", "North")


class Stage:
    """A script, and the minute of its story."""

    def __init__(self, *played: str, old: str = "", new: str = "", more: str = "") -> None:
        self.script = Script(small(old, new, more), played, "out")

    def at(self, minutes: float, event: Event | None = None) -> list[Act]:
        return self.script.handle(event or Passed(), CLOCK, int(minutes * MINUTE))

    def orders(self, minutes: float, event: Event | None = None) -> list[tuple[str, ...]]:
        return [act.words for act in self.at(minutes, event) if isinstance(act, Order)]


def order(acts: list[Act]) -> Order:
    (found,) = [act for act in acts if isinstance(act, Order)]
    return found


def kinds(acts: list[Act]) -> list[type[Any]]:
    return [type(act) for act in acts]


def test_what_has_a_time_comes_at_it_and_once() -> None:
    stage = Stage()
    assert stage.at(0.9) == []
    assert kinds(stage.at(1)) == [Recall]
    assert stage.script.next_due() == BEGINS + 2 * MINUTE
    acts = stage.at(2)
    assert order(acts).words == (
        "send", "strait", "A boat drifts.", "--deliver-by", "1970-01-01T00:22:00.000Z",
    )  # fmt: skip
    assert kinds(stage.at(10)) == [Break]
    assert kinds(stage.at(15)) == [Mend]
    assert stage.at(60) == []
    assert stage.script.next_due() is None


def test_what_comes_is_told_beforehand() -> None:
    stage = Stage()
    assert [what for _, what in stage.script.coming(9)] == [
        "fact: A boat drifts.",
        'North: send strait "A boat drifts." --deliver-by {+20m}',
        "fault begins: North and South",
        "fault ends: North and South",
    ]
    assert stage.script.coming(1)[0][0] == BEGINS + MINUTE


def test_what_was_slept_over_comes_all_at_once_in_its_order() -> None:
    assert kinds(Stage().at(30)) == [Recall, Order, Break, Mend]


def test_a_reaction_comes_after_its_span_and_knows_what_it_reacts_to() -> None:
    stage = Stage()
    stage.at(2)
    assert stage.orders(3, Came("North", MESSAGE)) == []
    assert stage.orders(3, Came("South", MESSAGE)) == []
    assert stage.orders(5.9) == []
    assert stage.orders(6) == [("take", "aa")]
    assert stage.orders(7, Came("South", entry("bb", "message", "North"))) == []
    assert stage.orders(20) == []


def test_every_time() -> None:
    stage = Stage(old='after = "3m"', new="every = true")
    stage.at(2)
    assert stage.orders(3, Came("South", MESSAGE)) == [("take", "aa")]
    assert stage.orders(4, Came("South", MESSAGE)) == []
    assert stage.orders(5, Came("South", entry("bb", "message", "North"))) == [("take", "bb")]


THEN = """
[[step]]
when = "boat is done"
party = "North"
do = "correct {boat} 'No boat.'"
[[step]]
at = "5m"
party = "North"
do = "receipts {boat}"
"""


def test_a_step_that_is_done_gives_its_name_and_what_waits_for_it_comes() -> None:
    for entry_first in (True, False):
        stage = Stage(more=THEN)
        acts = stage.at(2)
        done, came = Done(order(acts), {"id": "aa"}), Came("North", MESSAGE)
        first, second = (came, done) if entry_first else (done, came)
        assert stage.orders(2, first) + stage.orders(2, second) == [("correct", "aa", "No boat.")]
        assert stage.orders(5) == [("receipts", "aa")]


def test_a_place_that_nothing_fills_is_told() -> None:
    stage = Stage(more=THEN)
    stage.at(2)
    (lost,) = [act for act in stage.at(5) if isinstance(act, Lost)]
    assert "the step 'boat' has not been done" in lost.why


def test_a_refused_command_is_given_again_and_at_last_told() -> None:
    stage = Stage()
    given = order(stage.at(2))
    wall = 2 * MINUTE
    for _ in range(TRIES_MAX - 1):
        assert stage.script.handle(Failed(given, "not-ready"), CLOCK, wall) == []
        wall += 301
        again = stage.script.handle(Passed(), CLOCK, wall)
        assert order(again).tries == given.tries + 1
        given = order(again)
    assert stage.script.handle(Failed(given, "not-ready"), CLOCK, wall) == [Lost(given.step, "not-ready")]


def test_people_do_what_the_script_would_have_done() -> None:
    stage = Stage("North", more=THEN)
    assert stage.orders(2) == []
    stage.at(4, Came("North", entry("xx", "seen", "North")))
    stage.at(4, Came("North", MESSAGE))
    assert stage.script.named == {"boat": "aa"}
    assert stage.orders(4, Came("South", MESSAGE)) == []
    assert stage.orders(7) == [("take", "aa")]
    stage.at(8, Came("North", entry("bb", "message", "North")))
    assert stage.script.named == {"boat": "aa"}


def test_the_director_puts_in_what_comes_at_once_even_where_people_play() -> None:
    stage = Stage("South")
    acts = stage.at(0.5, Put(Step(party="South", do="send strait hello")))
    assert order(acts).words == ("send", "strait", "hello")
    assert stage.script.handle(Failed(order(acts), "no"), CLOCK, 30_000) == [Lost(order(acts).step, "no")]
    assert kinds(stage.at(0.6, Put(Step(tell="News.")))) == [Tell]


def test_quiet_time_ends_where_something_happens_or_an_entry_names_a_time() -> None:
    stage = Stage()
    assert stage.script.quiet_until(BEGINS) == BEGINS + MINUTE
    stage.at(2)
    at = BEGINS + 16 * MINUTE
    stage.at(16)
    assert stage.script.quiet_until(at) == at
    assert stage.script.quiet_until(BEGINS + 22 * MINUTE) == BEGINS + 60 * MINUTE


@given(st.lists(st.floats(0, 60), max_size=20))
def test_however_often_it_is_asked_the_same_comes(minutes: list[float]) -> None:
    stage = Stage()
    acts = [act for at in (*sorted(minutes), 60) for act in stage.at(at)]
    assert kinds(acts) == [Recall, Order, Break, Mend]


SEATED = """
[[step]]
when = "South is played"
after = "1m"
party = "North"
do = "send strait 'Who is on watch?'"
[[step]]
at = "20m"
party = "South"
name = "word"
writes = "message"
do = "send strait 'We look for it.'"
[[step]]
when = "word is done"
party = "North"
do = "take {word}"
"""


def test_whoever_sits_down_plays_that_side_from_then_on_and_what_waits_for_it_comes_once() -> None:
    stage = Stage(more=SEATED)
    stage.at(2)
    stage.at(3, Came("South", MESSAGE))
    assert stage.orders(4, Sat("South")) == []
    assert stage.orders(5) == [("send", "strait", "Who is on watch?")]
    assert stage.orders(7, Sat("South")) == [], "the script of South is silent, and sitting down again is nothing new"
    assert stage.orders(20) == []
    assert stage.orders(21, Came("South", entry("cc", "message", "South"))) == [("take", "cc")]
    assert stage.script.named["word"] == "cc", "what people write stands for what the script would have written"


def test_what_the_script_wrote_before_keeps_its_name() -> None:
    stage = Stage(more=SEATED)
    stage.at(2)
    stage.at(20, Came("South", entry("bb", "message", "South")))
    word = next(step for step in stage.script.exercise.step if step.name == "word")
    stage.at(21, Done(Order(0, word, ()), {"id": "bb"}))
    stage.at(22, Sat("South"))
    stage.at(23, Came("South", entry("cc", "message", "South")))
    assert stage.script.named["word"] == "bb"


def test_a_side_that_is_played_from_the_beginning_needs_nobody_to_sit_down() -> None:
    assert ("send", "strait", "Who is on watch?") in Stage("South", more=SEATED).orders(2)
