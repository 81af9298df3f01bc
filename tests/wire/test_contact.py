"""Bodies of a contact: what is said fits what is decided; anything else is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.contact import READERS
from openline.terms import Instant
from openline.wire import contact as wire
from openline.wire.contact import Answer, Attempt, Called, Closing, Outcome, Reply, Request, Words
from openline.wire.kinds import Kind
from tests.exchanges.contacts import answer, attempt, closing, request
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

ASKED = request()


def test_each_kind_comes_back() -> None:
    asked = wire.request_of(ASKED.entry)
    assert (asked.office, asked.called) == ("Chairman", (Called(BRAVO, "Chief"),))
    words = wire.request_words(ASKED.entry)
    assert words is not None
    assert words.topics == ("the missile",)
    assert wire.answer_of(answer(BRAVO, 1, ASKED).entry).reply == Reply.ACCEPTED
    assert wire.closing_of(closing(ALPHA, 2, ASKED).entry).outcome == Outcome.WITHDRAWN
    assert wire.attempt_of(attempt(ALPHA, 2, ASKED).entry).means == "telephone"
    assert wire.words_of(attempt(ALPHA, 2, ASKED).entry) == Words("rang")


@pytest.mark.parametrize("called", [(), (BRAVO, BRAVO), (ALPHA,), (BRAVO, ALPHA)])
def test_a_request_names_other_posts_each_once(called: tuple[bytes, ...]) -> None:
    body = Request(office="a", called=tuple(Called(post, "b") for post in called), reply_by=Instant(2))  # type: ignore[arg-type]
    entry = kept(ALPHA, 1, Kind.CALL_REQUEST, wire.REQUEST.item(body), wire.WORDS.item(Words())).entry
    with pytest.raises(BadField):
        wire.request_of(entry)


def test_a_request_asks_for_an_answer_by_a_time_after_its_own() -> None:
    body = Request(office="a", called=(Called(BRAVO, "b"),), reply_by=Instant(5))
    items = wire.REQUEST.item(body), wire.WORDS.item(Words())
    assert wire.request_of(kept(ALPHA, 1, Kind.CALL_REQUEST, *items, at=4).entry) == body
    with pytest.raises(BadField):
        wire.request_of(kept(ALPHA, 1, Kind.CALL_REQUEST, *items, at=5).entry)


@pytest.mark.parametrize(
    "body",
    [
        Answer(reply=Reply.COUNTER_TIME),
        Answer(reply=Reply.DECLINED, times=(Instant(1),)),
        Answer(reply=Reply.DELEGATED),
        Answer(reply=Reply.ACCEPTED),
        Answer(reply=Reply.DECLINED, at=Instant(1)),
    ],
)
def test_an_answer_says_what_belongs_to_it(body: Answer) -> None:
    entry = kept(BRAVO, 1, Kind.CALL_ANSWER, wire.ANSWER.item(body), wire.WORDS.item(Words())).entry
    with pytest.raises(BadField):
        wire.answer_of(entry)


@pytest.mark.parametrize(
    "body",
    [
        Closing(post=CHARLIE, outcome=Outcome.HELD),
        Closing(post=CHARLIE, outcome=Outcome.WITHDRAWN, began=Instant(1), ended=Instant(1)),
        Closing(post=CHARLIE, outcome=Outcome.HELD, began=Instant(2), ended=Instant(1)),
    ],
)
def test_a_call_that_was_held_has_its_times(body: Closing) -> None:
    entry = kept(ALPHA, 1, Kind.CALL_OUTCOME, wire.CLOSING.item(body), wire.WORDS.item(Words())).entry
    with pytest.raises(BadField):
        wire.closing_of(entry)


def test_an_attempt_does_not_end_before_it_begins() -> None:
    body = Attempt(post=BRAVO, means="telephone", began=Instant(5), ended=Instant(4))
    entry = kept(ALPHA, 1, Kind.CALL_ATTEMPT, wire.ATTEMPT.item(body), wire.WORDS.item(Words())).entry
    with pytest.raises(BadField):
        wire.attempt_of(entry)


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=40), max_size=3))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
