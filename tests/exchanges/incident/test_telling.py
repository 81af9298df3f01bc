"""What people are told of an incident, and when they are reminded."""

from __future__ import annotations

import pytest
from hypothesis import given

from openline.exchanges.incident import due, overdue, told
from openline.exchanges.incident.telling import ANSWER_MS
from openline.feeds.record import Kept
from openline.terms import Instant, PostId
from openline.wire.incident import Stance, Word
from tests.exchanges.incidents import (
    AT,
    UNTIL,
    assessed,
    correction,
    folded,
    incidents,
    investigation,
    opened,
    quiet,
    source,
    stood,
    word,
)
from tests.exchanges.talks import name_of
from tests.feeds.histories import ALPHA, AUTHORS, BRAVO, CHARLIE

OPENED = opened()
FIRST = assessed(ALPHA, 2, OPENED)
ASKED = quiet(ALPHA, 3, OPENED, BRAVO, at=AT)
JOINT = investigation(ALPHA, 4, OPENED, BRAVO, at=AT)


def news(entry: Kept, *held: Kept, me: PostId = CHARLIE) -> list[tuple[str, str]]:
    before = folded(OPENED, *held)
    return [(each.code, each.text) for each in told(before, folded(OPENED, *held, entry), me, name_of)]


WHAT = 'the incident "Explosion near the border"'


@pytest.mark.parametrize(
    ("entry", "held", "code", "text"),
    [
        (FIRST, (), "incident-assessed", f"Alpha made an assessment of {WHAT}."),
        (assessed(ALPHA, 3, OPENED, FIRST), (FIRST,), "incident-assessed", f"Alpha revised its assessment of {WHAT}."),
        (
            word(ALPHA, 5, OPENED, Word.WITHDRAWN, FIRST),
            (FIRST,),
            "incident-assessed",
            f"Alpha withdrew its assessment of {WHAT}.",
        ),
        (
            stood(BRAVO, 1, OPENED, FIRST, Stance.DISPUTES),
            (FIRST,),
            "incident-stance",
            f"Bravo disputes the assessment of Alpha of {WHAT}.",
        ),
        (ASKED, (), "incident-quiet", f"Alpha asks others not to comment on {WHAT} for a while."),
        (JOINT, (), "incident-investigation", f"Alpha investigates {WHAT}."),
        (
            word(BRAVO, 1, OPENED, Word.ACCEPTED, ASKED),
            (ASKED,),
            "incident-quiet",
            f"Bravo accepted a request not to comment on {WHAT}.",
        ),
        (
            word(BRAVO, 1, OPENED, Word.DECLINED, JOINT),
            (JOINT,),
            "incident-investigation",
            f"Bravo declined an investigation of {WHAT}.",
        ),
        (source(BRAVO, 1, OPENED), (), "incident-changed", f"Bravo named a source on {WHAT}."),
        (
            word(ALPHA, 5, OPENED, Word.CLOSED),
            (),
            "incident-changed",
            f"Alpha closed {WHAT}.",
        ),
        (
            word(BRAVO, 1, OPENED, Word.SAME, FIRST),
            (),
            "incident-changed",
            f"Bravo says that {WHAT} is the same as another one.",
        ),
    ],
)
def test_others_are_told(entry: Kept, held: tuple[Kept, ...], code: str, text: str) -> None:
    assert news(entry, *held) == [(code, text)]
    assert news(entry, *held, me=entry.entry.header.author) == []


def test_who_is_asked_is_told_so() -> None:
    assert "asks this post not to comment" in news(ASKED, me=BRAVO)[0][1]
    assert "asks this post to investigate" in news(JOINT, me=BRAVO)[0][1]
    change = correction(BRAVO, 1, OPENED)
    assert news(change, me=ALPHA)[0][0] == "incident-changed"
    tie = word(BRAVO, 2, OPENED, Word.WITHDRAWN, change)
    assert "withdrew a correction or a tie" in news(tie, change)[0][1]
    assert [each.code for each in told(None, folded(OPENED), BRAVO, name_of)] == ["incident-opened"]
    assert news(source(BRAVO, 1, OPENED, act=None)) == []


def test_who_has_not_answered_is_reminded_and_the_end_of_a_silence_is_said() -> None:
    state = folded(OPENED, ASKED, JOINT).state
    assert due(state, CHARLIE, Instant(0)) is None
    assert due(state, BRAVO, Instant(0)) == AT + ANSWER_MS
    assert due(state, ALPHA, Instant(0)) == UNTIL
    late = overdue(state, BRAVO, Instant(AT + ANSWER_MS), name_of)
    assert [each.code for each in late] == ["incident-waits", "incident-waits"]
    answers = (word(BRAVO, 1, OPENED, Word.ACCEPTED, ASKED), word(BRAVO, 2, OPENED, Word.DECLINED, JOINT))
    state = folded(OPENED, ASKED, JOINT, *answers).state
    assert due(state, BRAVO, Instant(0)) == UNTIL
    assert [each.code for each in overdue(state, BRAVO, UNTIL, name_of)] == ["incident-quiet-over"]
    assert due(state, BRAVO, UNTIL) is None
    withdrawn = word(ALPHA, 5, OPENED, Word.WITHDRAWN, ASKED)
    assert due(folded(OPENED, ASKED, *answers[:1], withdrawn).state, BRAVO, Instant(0)) is None
    closed = word(ALPHA, 5, OPENED, Word.CLOSED)
    assert due(folded(OPENED, ASKED, closed).state, BRAVO, Instant(0)) is None


def test_a_short_silence_is_asked_for_again_before_it_is_over() -> None:
    soon = Instant(AT + 60_000)
    assert due(folded(OPENED, quiet(ALPHA, 2, OPENED, BRAVO, until=soon, at=AT)).state, BRAVO, Instant(0)) == soon


@given(incidents())
def test_anything_can_be_told(entries: list[Kept]) -> None:
    after = folded(*entries)
    for me in AUTHORS:
        for each in told(None, after, me, name_of):
            assert each.code.startswith("incident-")
        at = due(after.state, me, Instant(0))
        assert at is None or overdue(after.state, me, at, name_of)
