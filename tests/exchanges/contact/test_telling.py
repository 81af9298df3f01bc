"""What people are told of a contact, and when something is due."""

from __future__ import annotations

from openline.exchanges.contact import due, fold, overdue, told
from openline.exchanges.contact.telling import WHILE_OPEN
from openline.feeds.record import Kept
from openline.terms import Instant, PostId
from openline.wire.contact import Outcome
from tests.exchanges.contacts import REPLY_BY, answer, certificate, closing, folded, request, response
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

ASKED = request()
NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}


def name_of(post: PostId) -> str:
    return NAMES[post]


def codes(me: PostId, *entries: Kept, news: tuple[Kept, ...]) -> list[str]:
    before = fold(each for each in entries if each not in news)
    return [each.code for each in told(before, folded(*entries), me, name_of)]


def test_people_are_told_of_what_concerns_them() -> None:
    yes, end = answer(BRAVO, 1, ASKED), closing(ALPHA, 2, ASKED, Outcome.NO_ANSWER)
    assert codes(BRAVO, ASKED, news=(ASKED,)) == ["call-requested"]
    assert codes(CHARLIE, ASKED, news=(ASKED,)) == []
    assert codes(ALPHA, ASKED, yes, news=(yes,)) == ["call-answered"]
    assert codes(BRAVO, ASKED, yes, news=(yes,)) == []
    assert codes(BRAVO, ASKED, end, news=(end,)) == ["call-closed"]
    assert codes(ALPHA, ASKED, end, yes, news=(yes,)) == ["answered-late"]
    assert codes(BRAVO, ASKED, end, yes, news=(end,)) == ["answered-late", "call-closed"]
    denied = closing(ALPHA, 2, ASKED, Outcome.NO_ANSWER, knew={BRAVO: 1})
    assert codes(CHARLIE, ASKED, yes, denied, news=(denied,)) == ["contradicted"]
    pair = (ASKED, request(BRAVO, to=(ALPHA,)))
    smaller, larger = sorted(pair, key=lambda each: each.entry.id)
    me = smaller.entry.header.author
    assert codes(me, smaller, larger, news=(larger,)) == ["call-crossed"]


def test_reply_by_is_told_to_both_until_there_is_an_answer() -> None:
    state = folded(ASKED).state
    near = Instant(REPLY_BY - 600_000)
    assert (due(state, BRAVO, Instant(0)), due(state, BRAVO, near)) == (near, REPLY_BY)
    assert (due(state, ALPHA, Instant(0)), due(state, ALPHA, REPLY_BY)) == (REPLY_BY, WHILE_OPEN)
    assert due(state, CHARLIE, Instant(0)) is None
    assert [each.code for each in overdue(state, BRAVO, near, name_of)] == ["reply-by"]
    assert "is over" in overdue(state, BRAVO, REPLY_BY, name_of)[0].text
    assert "Bravo" in overdue(state, ALPHA, REPLY_BY, name_of)[0].text
    answered = folded(ASKED, answer(BRAVO, 1, ASKED)).state
    assert due(answered, BRAVO, Instant(0)) is None
    assert overdue(answered, BRAVO, REPLY_BY, name_of) == ()
    closed = folded(ASKED, closing(ALPHA, 2, ASKED)).state
    assert due(closed, ALPHA, Instant(0)) is None


def test_a_certificate_and_its_response_are_told_to_those_whom_they_concern() -> None:
    certified = certificate(ALPHA, 2, ASKED)
    said = response(BRAVO, 1, ASKED, certified)
    assert codes(BRAVO, ASKED, certified, news=(certified,)) == ["call-certified"]
    assert codes(CHARLIE, ASKED, certified, news=(certified,)) == []
    assert codes(ALPHA, ASKED, certified, said, news=(said,)) == ["call-responded"]
    assert codes(BRAVO, ASKED, certified, said, news=(said,)) == []
    denied = certificate(ALPHA, 2, ASKED, knew={BRAVO: 1})
    assert codes(CHARLIE, ASKED, denied, news=(denied,)) == ["refuted"]
