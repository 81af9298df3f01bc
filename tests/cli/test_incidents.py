"""Commands for incidents between two posts: what each holds to be so, what is asked, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from openline.cli.main import status
from tests.pair import Pair, done, refused, until


def seen(pair: Pair, incident: str, enough: Callable[[Any], Any]) -> Any:
    """What South sees of an incident, as soon as it is enough."""
    until(lambda: any(each["id"] == incident for each in done(pair.south, "incident", "list")["incidents"]))
    return until(
        lambda: (value := done(pair.south, "incident", "show", incident)["picture"]) and enough(value) and value
    )


@pytest.fixture
def printed(pair: Pair, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What people read at South."""

    def run(*words: str) -> str:
        capfd.readouterr()
        assert status([*words, "--home", str(pair.south)]) == 0
        return " ".join(capfd.readouterr().out.split())

    return run


def at_north(pair: Pair, *words: str) -> str:
    return str(done(pair.north, "incident", *words)["id"])


def at_south(pair: Pair, *words: str) -> str:
    return str(done(pair.south, "incident", *words)["id"])


def test_a_picture_of_what_each_says(pair: Pair, printed: Callable[..., str]) -> None:
    words = ("Explosion at the border", "--place", "Przewodow", "--at", "2022-11-15T14:40Z", "--class", "exercise")
    incident = at_north(
        pair, "open", "strait", *words, "--area", "within 1 mile of 50-28N 023-56E", "--source", "the mayor"
    )
    first = at_north(pair, "assess", incident, "Two dead.", "--origin", "From the east", "--confidence", "likely")
    seen(pair, incident, lambda value: value["assessments"])
    assert "origin LIKELY, preliminary" in printed("incident", "list")
    at_south(pair, "stance", first, "disputes", "--text", "It was not ours.")
    second = at_south(pair, "assess", incident, "A crater.", "--source", "a radar")
    text = printed("incident", "show", incident)
    for line in (
        "EXERCISE INCIDENT",
        "open: Explosion at the border",
        "origin DISPUTED, preliminary",
        "North ITS OWN .",
        "South DISPUTES ITS OWN",
        "PRELIMINARY, likely",
        "origin: From the east",
        "South (DISPUTES): It was not ours.",
        "source, named by North: the mayor",
        "opens the incident",
        "assesses (preliminary): A crater. Origin: not known",
    ):
        assert line in text
    until(lambda: done(pair.north, "incident", "show", incident)["picture"]["origin"]["status"] == "disputed")
    revised = at_north(pair, "revise", first, "Two dead.", "--origin", "From the west", "--confirmed")
    seen(pair, incident, lambda value: value["assessments"][0]["id"] == revised)
    text = printed("incident", "show", incident, "--proofs")
    assert "South DISPUTES* ITS OWN" in text
    assert "* of an earlier version" in text
    assert "version 2: CONFIRMED" in text
    assert "South had it by" in text
    assert refused(pair.south, "incident", "stance", first, "concurs") == (1, "not-allowed")
    assert refused(pair.south, "incident", "withdraw", revised) == (1, "not-allowed")
    at_south(pair, "withdraw", second, "--text", "An error.")
    assert "WITHDRAWN South" in printed("incident", "show", incident)


def test_what_is_asked_is_answered_or_not(pair: Pair, printed: Callable[..., str]) -> None:
    incident = at_north(pair, "open", "strait", "A fire", "--place", "At sea")
    quiet = at_north(pair, "quiet", incident, "--until", "3h", "--text", "Until we know.")
    joint = at_north(pair, "investigate", incident, "--with", "South")
    change = at_north(pair, "correct", incident, "--title", "A fire aboard")
    at_north(pair, "source", incident, "A fishing boat", "--where", "channel 16", "--at", "2022-11-15T14:41Z")
    seen(pair, incident, lambda value: value["sources"])
    assert "2 waits for this post" in printed("incident", "list", "--open")
    assert "South has not answered" in printed("incident", "show", incident)
    at_south(pair, "accept", quiet)
    at_south(pair, "decline", joint, "--text", "Too far.")
    text = printed("incident", "show", incident)
    for line in (
        "asked by North",
        "South ACCEPTED - Until we know.",
        "South DECLINED",
        "A fishing boat, channel 16, 2022-11-15T14:41:00Z",
        "in effect: A fire aboard",
    ):
        assert line in text, text
    assert refused(pair.south, "incident", "finish", joint) == (1, "not-allowed")
    assert refused(pair.south, "incident", "close", incident) == (1, "not-allowed")
    at_north(pair, "finish", joint)
    at_north(pair, "close", incident)
    seen(pair, incident, lambda value: not value["open"])
    assert "CLOSED A fire aboard" in printed("incident", "list")
    at_south(pair, "reopen", incident, "--text", "It burns again.")
    assert change


def test_two_incidents_are_tied_by_a_word(pair: Pair, printed: Callable[..., str]) -> None:
    one = at_north(pair, "open", "strait", "A flash", "--place", "At sea")
    other = at_south(pair, "open", "strait", "A bang", "--place", "At sea")
    until(lambda: any(each["id"] == other for each in done(pair.north, "incident", "list")["incidents"]))
    tie = at_north(pair, "same", one, other)
    seen(pair, one, lambda value: value["ties"])
    text = printed("incident", "show", other)
    assert "THE SAME INCIDENT, says North" in text
    assert "open: A flash" in text
    at_north(pair, "withdraw", tie)
    seen(pair, one, lambda value: value["ties"][0]["withdrawn"])


def test_what_a_party_had_then(pair: Pair, printed: Callable[..., str]) -> None:
    incident = at_north(pair, "open", "strait", "A wreck", "--place", "At sea")
    seen(pair, incident, lambda value: True)
    answer = at_south(pair, "assess", incident, "A tanker.")
    later = at_north(pair, "source", incident, "a satellite")
    seen(pair, incident, lambda value: value["sources"])
    text = printed("incident", "show", incident, "--as", "North", "--at", answer[:12])
    assert "What North had when South signed" in text
    assert f"{incident[:12]} proved by {incident[:12]}" in text
    assert f"{later[:12]} NOT PROVED; first signed for in {later[:12]}" in text
    assert "It is not proved that North had this incident then" in printed(
        "incident", "show", incident, "--as", "North", "--at", "2020-01-01T00:00Z"
    )
    assert "INCIDENT" in printed("incident", "show", incident, "--as", "me")
    assert "The picture at" in printed("incident", "show", incident, "--at", "0m")
    assert refused(pair.south, "incident", "show", incident, "--at", "yesterday") == (2, "misuse")
