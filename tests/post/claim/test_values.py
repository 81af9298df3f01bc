"""What is shown of a claim: what we put elsewhere and did not tell here, and what breaks the rules of the line."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from openline.exchanges.claim import State, fold
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.post.claim.values import claim_value, elsewhere
from openline.post.names import Names
from openline.post.post import Post
from openline.wire.rules import Rules
from tests.exchanges.asking import claim, told_others
from tests.exchanges.talks import name_of
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE


def names(rules: Rules | None) -> Names:
    """Names at Alpha, on a line with these rules; None where the terms of the entries are not known here."""
    line = SimpleNamespace(version=lambda terms: None if rules is None else terms, rules_of=lambda terms: rules)
    fake = SimpleNamespace(
        post=name_of,
        is_own=lambda post: post == ALPHA,
        acted=lambda entry: "Berg",
        signer=lambda post, number: None,
        line_name=lambda line: "strait",
        machine_line=lambda known: line,
    )
    return cast(Names, fake)


POST = cast(
    Post,
    SimpleNamespace(carried_to=lambda line, number: [], record=SimpleNamespace(deliveries=lambda *place: [])),
)


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


def value(rules: Rules | None, *held: Folded[State]) -> dict[str, Any]:
    return claim_value(POST, names(rules), held)


FIRST, SECOND = claim(parties=(BRAVO,)), claim(number=2, parties=(CHARLIE,), reply_by=0)


def test_who_was_not_told_of_whom_is_named() -> None:
    told = folded(FIRST, told_others(3, FIRST, "charlie"))
    shown = value(Rules(told=True), told, folded(SECOND))
    assert [each["not_told_of"] for each in shown["put"]] == [[], ["Bravo"]]
    assert [each["reply_by"] is None for each in shown["put"]] == [False, True]
    assert elsewhere(names(None), told, [told, folded(SECOND)]) == ["Charlie"]


def test_a_statement_outside_the_rules_is_shown_as_that() -> None:
    told = folded(FIRST, told_others(3, FIRST, "Paris"))
    for rules, allowed in ((Rules(told=True), True), (Rules(), False), (None, None)):
        (stated,) = value(rules, told)["put"][0]["told"]
        assert (stated["names"], stated["allowed"]) == (["Paris"], allowed)


def test_silence_says_how_far_it_got() -> None:
    (party,) = value(Rules(), folded(FIRST))["put"][0]["parties"]
    assert (party["status"], party["reached"]) == (
        "silent",
        {"rung": "kept", "at": None, "officer": None, "proof": None},
    )
