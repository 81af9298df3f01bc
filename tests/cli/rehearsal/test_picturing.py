"""The hour of the incident is the one that is told as a fact; that the act can be played is shown by the demo."""

from __future__ import annotations

from openline.cli.rehearsal import evening
from openline.cli.rehearsal.picturing import HAPPENED, Picturing
from openline.proof.sentences import utc
from openline.terms import Instant


def test_the_hour_is_the_one_that_is_known() -> None:
    assert utc(Instant(HAPPENED)) == "2022-11-15T14:40:00Z"
    assert "15 Nov 14:40" in {fact.when for fact in evening.load().facts}


def test_nothing_is_said_before_it_is_played() -> None:
    act = Picturing()
    assert (act.incident, act.origins, act.had) == ("", [], {})
