"""Goals: met, late, missed, or without an occasion."""

from __future__ import annotations

from openline.exercises import scoring
from openline.exercises.scoring import Result
from openline.exercises.sightings import Sighting
from tests.exercises.samples import BEGINS, MINUTE, entry, log, sighting, small

MESSAGE = entry("a", "message", "North")
TAKEN = entry("b", "taken", "South", "a")
ELSEWHERE = entry("c", "taken", "South", "z")
END = BEGINS + 60 * MINUTE


def judged(*sightings: Sighting, goal: str = "", looks: dict[str, object] | None = None) -> Result:
    old = 'from = "South receives message from North"\nto = "South writes taken"\nwithin = "5m"\n'
    exercise = small(old, goal) if goal else small()
    (result,) = scoring.judged(exercise, log(*sightings), {"boat": "a"}, END, looks or {})
    return result


def test_in_time() -> None:
    received = sighting(3, "South", MESSAGE)
    for took, state in ((5, "met"), (5.1, "late")):
        result = judged(received, sighting(3 + took, "South", TAKEN))
        assert (result.state, result.took_ms, result.within_ms) == (state, took * MINUTE, 5 * MINUTE)
        assert (result.began, result.ended) == (received.at, received.at + took * MINUTE)
    missed = judged(received)
    assert (missed.state, missed.text, missed.ended) == ("missed", "Not within 57 min.", None)
    assert judged().state == "no occasion"


def test_what_belongs_to_another_exchange_does_not_count() -> None:
    received = sighting(3, "South", MESSAGE)
    assert judged(received, sighting(4, "South", ELSEWHERE)).state == "missed"
    assert judged(received, sighting(4, "South", ELSEWHERE), sighting(6, "South", TAKEN)).state == "met"
    assert judged(sighting(2, "South", TAKEN), received).state == "missed"


def test_without_from_the_clock_starts_with_the_exercise() -> None:
    goal = 'to = "South writes taken about boat"\nwithin = "10m"\n'
    seen = (sighting(2, "North", MESSAGE), sighting(9, "South", ELSEWHERE))
    assert judged(*seen, sighting(10, "South", TAKEN), goal=goal).state == "met"
    assert judged(*seen, goal=goal).state == "missed"


def test_never() -> None:
    goal = 'never = "South writes taken"\n'
    assert judged(sighting(3, "South", MESSAGE), goal=goal).state == "met"
    result = judged(sighting(4, "South", ELSEWHERE), goal=goal)
    assert (result.state, result.ended) == ("missed", BEGINS + 4 * MINUTE)


def test_a_look_at_an_answer() -> None:
    goal = 'look = "call show {boat}"\nfind = "open"\nis = true\n'
    name = "South takes it"
    assert judged(goal=goal, looks={name: True}).state == "met"
    for value in (False, 1, "true", None):
        assert judged(goal=goal, looks={name: value}).state == "missed"
    assert judged(goal=goal).text == "open is nothing, and should be True."


def test_counts() -> None:
    results = [Result("g", "p", state, "") for state in ("met", "met", "late", "no occasion")]
    assert scoring.counts(results) == {"goals": 4, "met": 2, "late": 1, "missed": 0, "no occasion": 1}
