"""23 and 24 October 2022: one claim put to four capitals, one after the other (SOURCES.md).

Russia's defence minister calls Paris, London and Washington with one claim; the chiefs speak a day later.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.incidents.stage import Stage
from tests.pair import refused, until

CLAIM = "Ukraine prepares a provocation with a dirty bomb on its own territory."
FALSE = "We reject transparently false allegations, and any pretext for escalation."
CHANNELS = "Keep channels of communication open, to manage the risk of miscalculation."
LINES = {
    "France": "dirty-bomb paris",
    "United Kingdom": "dirty-bomb london",
    "United States": "dirty-bomb washington",
}
MINISTERS = {
    "France": "Minister of the Armed Forces",
    "United Kingdom": "Secretary of State for Defence",
    "United States": "Secretary of Defense",
}
CHIEFS = {
    "United Kingdom": "Chief of the Defence Staff",
    "United States": "Chairman of the Joint Chiefs of Staff",
}


def call(stage: Stage, post: str, office: str, called: str, began: str, ended: str) -> str:
    """A call at Russia's request, accepted and held; the id of the contact."""
    options: dict[str, Any] = {"topic": "situation in Ukraine", "matter": "dirty bomb"}
    asked = stage.asks("Russia", LINES[post], office, f"{post}:{called}", **options)
    stage.hears(post, asked)
    stage.do(post, "call", "accept", asked)
    until(lambda: stage.party("Russia", asked, post)["answers"])
    stage.do("Russia", "call", "held", asked, "--began", began, "--ended", ended)
    until(lambda: stage.party(post, asked, post)["outcome"] == "held")
    return asked


def seen(stage: Stage, post: str, words: tuple[str, ...], enough: Callable[[Any], Any]) -> Any:
    """What a command at a post shows, as soon as it is enough."""
    return until(lambda: (value := stage.do(post, *words)) and enough(value) and value)


def statuses(value: Any) -> dict[str, str]:
    """What each party says, of one claim on all lines."""
    return {party["post"]: party["status"] for put in value["shown"]["put"] for party in put["parties"]}


class Calls:
    """The calls of the 23rd: contacts by post, and the claim by its entry on each line."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.contacts: dict[str, str] = {}
        self.claims: dict[str, str] = {}

    def of(self, post: str) -> Any:
        """The claim as a post shows it."""
        return self.stage.do(post, "claim", "show", self.claims[post])


@pytest.fixture(scope="module")
def calls(capitals: Stage) -> Calls:
    """Each counterpart is called, and the claim put to it, one after the other; each answers for itself."""
    made = Calls(capitals)
    times = {"France": "08:00", "United Kingdom": "11:00", "United States": "14:00"}
    for post, hour in times.items():
        began, ended = (f"2022-10-23T{hour[:2]}:{minutes}Z" for minutes in ("00", "30"))
        held = call(capitals, post, "Minister of Defence", MINISTERS[post], began, ended)
        made.contacts[post] = held
        to = ("--to", LINES[post], "--reply-by", "12h")
        if "Russia" not in made.claims:
            put = capitals.do("Russia", "claim", "put", CLAIM, *to, "--class", "exercise")["id"]
            made.claims["Russia"] = put
        else:
            put = capitals.do("Russia", "claim", "also", made.claims["Russia"], *to)["id"]
        made.claims[post] = put
        seen(capitals, post, ("claim", "list"), lambda value, put=put: _has(value, put))  # type: ignore[misc]
    return made


def _has(value: Any, claim: str) -> bool:
    return any(put["id"] == claim for each in value["claims"] for put in each["put"])


def the_same_claim_reaches_each_counterpart_and_silence_shows_as_silence(calls: Calls) -> None:
    """To the letter the same, provably; nobody sees from its own line that there are others."""
    show = ("claim", "show", calls.claims["Russia"])
    delivered = partial(seen, calls.stage, "Russia", show)
    value = delivered(lambda value: all(_reached(put) == "delivered" for put in value["shown"]["put"]))
    assert statuses(value) == dict.fromkeys(LINES, "silent")
    assert [put["line"] for put in value["shown"]["put"]] == list(LINES.values())
    for post, line in LINES.items():
        shown = calls.of(post)["shown"]
        assert (shown["text"], shown["claim"]) == (CLAIM, value["shown"]["claim"])
        assert [put["line"] for put in shown["put"]] == [line]
        assert shown["put"][0]["told"] == []


def _reached(put: Any) -> str:
    (party,) = put["parties"]
    return str(party["reached"]["rung"])


def it_is_known_who_else_was_told(calls: Calls) -> None:
    """Moscow tells Washington and London of the others, and of Ankara; the rules of the line of Paris keep it back."""
    stage = calls.stage
    for post in ("United States", "United Kingdom"):
        stage.do("Russia", "claim", "tell", calls.claims[post], "Turkey", "--others")
        told = seen(stage, post, ("claim", "show", calls.claims[post]), _told)
        assert set(_told(told)[-1]["names"]) == {"Turkey", *LINES} - {post}
        assert _told(told)[-1]["allowed"] is True
    assert refused(stage.homes["Russia"], "claim", "tell", calls.claims["France"], "--others") == (1, "not-allowed")
    untold = {put["line"]: put["not_told_of"] for put in calls.of("Russia")["shown"]["put"]}
    assert set(untold[LINES["France"]]) == {"United Kingdom", "United States"}
    assert untold[LINES["United Kingdom"]] == untold[LINES["United States"]] == []
    assert not _told(calls.of("France"))


def _told(value: Any) -> Any:
    return value["shown"]["put"][0]["told"]


def each_counterpart_answers_for_itself(calls: Calls) -> None:
    """Each rejects the claim, one after asking for evidence; Moscow sees all three, each counterpart its own."""
    stage, claims = calls.stage, calls.claims
    show = ("claim", "show", claims["Russia"])
    stage.do("United States", "claim", "answer", claims["United States"], "rejects", "--text", FALSE)
    stage.do("United Kingdom", "take", claims["United Kingdom"])
    value = seen(stage, "Russia", show, lambda value: _rungs(value)["United Kingdom"] == "taken")
    assert statuses(value) == {"France": "silent", "United Kingdom": "silent", "United States": "rejects"}
    stage.do("France", "claim", "answer", claims["France"], "asks-evidence", "--text", "Which site?")
    seen(stage, "Russia", show, lambda value: statuses(value)["France"] == "asks-evidence")
    stage.do("Russia", "claim", "evidence", claims["France"], "Photographs that the ministry has published.")
    seen(
        stage, "France", ("claim", "show", claims["France"]), lambda value: "evidence-given" in statuses(value).values()
    )
    stage.do("France", "claim", "answer", claims["France"], "rejects", "--text", FALSE)
    stage.do("United Kingdom", "claim", "answer", claims["United Kingdom"], "rejects", "--text", FALSE)
    value = seen(stage, "Russia", show, lambda value: set(statuses(value).values()) == {"rejects"})
    said = {party["post"]: party["answers"] for put in value["shown"]["put"] for party in put["parties"]}
    assert [each["stance"] for each in said["France"]] == ["asks-evidence", "rejects"]
    assert not any(each["late"] for answers in said.values() for each in answers)
    for post in LINES:
        assert statuses(calls.of(post)) == {post: "rejects"}


def _rungs(value: Any) -> dict[str, str]:
    return {put["parties"][0]["post"]: _reached(put) for put in value["shown"]["put"]}


def test_a_claim_is_put_to_three_told_of_and_answered(calls: Calls) -> None:
    """In this order, for silence is over once somebody has answered."""
    the_same_claim_reaches_each_counterpart_and_silence_shows_as_silence(calls)
    it_is_known_who_else_was_told(calls)
    each_counterpart_answers_for_itself(calls)


def test_allies_can_compare_what_they_were_told(calls: Calls) -> None:
    """On their own line the three compare one number, and know that they were told the same."""
    digests = {calls.of(post)["shown"]["claim"] for post in LINES}
    assert len(digests) == 1
    digest = digests.pop()
    allies = ("--class", "exercise")
    sent = calls.stage.do("United Kingdom", "send", "dirty-bomb allies", f"We were told this: {digest}", *allies)["id"]
    for post in ("United States", "France"):
        shown = seen(calls.stage, post, ("inbox", "--line", "dirty-bomb allies"), lambda value: value["entries"])
        assert any(each["id"] == sent and digest in each["text"] for each in shown["entries"])


def test_the_chiefs_speak_and_the_commitment_is_carried_forward(calls: Calls) -> None:
    """24 October: the chiefs of London and Washington; channels stay open, promised by both sides of the one call."""
    stage = calls.stage
    chief = "Chief of the General Staff"
    contacts = {
        post: call(stage, post, chief, office, f"2022-10-24T{hour}:00Z", f"2022-10-24T{hour}:30Z")
        for (post, office), hour in zip(CHIEFS.items(), ("10", "13"), strict=True)
    }
    london = contacts["United Kingdom"]
    due = ("--due", "2d")
    ours = stage.do("United Kingdom", "call", "commit", "make", london, CHANNELS, *due)["id"]
    theirs = stage.do("United Kingdom", "call", "commit", "make", london, CHANNELS, *due, "--owner", "Russia")["id"]
    claimed = ("call", "commit", "list", "--open", "--line", LINES["United Kingdom"])
    seen(stage, "Russia", claimed, lambda value: len(value["commitments"]) == 2)
    stage.do("Russia", "call", "commit", "word", theirs, "accepted")
    for post in ("Russia", "United Kingdom"):
        held = seen(stage, post, claimed, lambda value: {each["status"] for each in value["commitments"]} == {"open"})
        assert {each["id"]: each["owner"] for each in held["commitments"]} == {ours: "United Kingdom", theirs: "Russia"}
        assert {each["text"] for each in held["commitments"]} == {CHANNELS}
        follows = stage.do(post, "call", "show", london)["follows"]["commitments"]
        assert {each["id"] for each in follows} == {ours, theirs}
    board = stage.do("Russia", "call", "board", "--matter", "dirty bomb")
    held = {(row["post"], row["office"]) for row in board["rows"] if row["stands"] == "held"}
    assert held == {*MINISTERS.items(), *CHIEFS.items()}
