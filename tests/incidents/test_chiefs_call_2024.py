"""27 November 2024: Russia's chief of the general staff asks for a call with the American chairman (SOURCES.md)."""

from __future__ import annotations

from typing import Any

from tests.incidents.stage import Stage
from tests.pair import until

CHIEF = "Chief of the General Staff"
CHAIRMAN = "United States:Chairman of the Joint Chiefs of Staff"


def test_a_call_is_asked_for_accepted_and_held(stage: Stage) -> None:
    """At Russia's request; both ends hold the same contact, and only Russia closes it."""
    options: dict[str, Any] = {"topic": "exercise in the eastern Mediterranean", "time": "1h"}
    asked = stage.asks("Russia", "washington-moscow", CHIEF, CHAIRMAN, **options)
    stage.hears("United States", asked)
    stage.do("United States", "call", "accept", asked, "--at", "1h", "--text", "The chairman will speak.")
    until(lambda: stage.party("Russia", asked, "United States")["answers"])
    present = ("--present", "General Gerasimov", "--present", "General Brown", "--interpreter", "an interpreter")
    times = ("--began", "2024-11-27T13:00Z", "--ended", "2024-11-27T13:40Z")
    stage.do("Russia", "call", "held", asked, *times, *present)
    until(lambda: stage.party("United States", asked, "United States")["outcome"] == "held")
    here, there = (stage.party(post, asked, "United States")["ended"] for post in ("Russia", "United States"))
    for each in (here, there):
        assert (each["began"], each["ended"]) == ("2024-11-27T13:00:00Z", "2024-11-27T13:40:00Z")
        assert each["present"] == ["General Gerasimov", "General Brown"]
    assert here["id"] == there["id"]
