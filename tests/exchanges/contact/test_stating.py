"""What a post states by itself: attempts when its link changes, responses to certificates, both bounded."""

from __future__ import annotations

from typing import Any

import pytest

from openline.exchanges.contact import Facts, described, owed, watches
from openline.exchanges.contact.stating import reached
from openline.feeds.folding import Draft
from openline.feeds.record import Kept
from openline.limits import ATTEMPTS_STATED_MAX, RESPONSES_STATED_MAX
from openline.terms import EntryId, Instant, PostId
from openline.wire import cbor
from openline.wire import contact as wire
from openline.wire.certificate import RESPONSE, LinkFacts, LinkState
from openline.wire.contact import ATTEMPT, WORDS, Layer, Outcome, Reply, Words
from openline.wire.kinds import Kind
from tests.exchanges.contacts import answer, attempt, certificate, closing, folded, request, response
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

ASKED = request(number=5)
NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}
REFUSED = Facts(link=LinkFacts(state=LinkState.REFUSED, since=Instant(7)), why="Nobody listens there.")
UP = Facts(link=LinkFacts(state=LinkState.UP, since=Instant(7)))


def name_of(post: PostId) -> str:
    return NAMES[post]


def stated(facts: Facts, *entries: Kept, me: PostId = ALPHA) -> tuple[Draft, ...]:
    return owed(folded(*entries).state, me, lambda post: facts, name_of)


def by_itself(number: int, text: str) -> Kept:
    made = attempt(ALPHA, number, ASKED, act=None)
    items = (made.entry.items[0] or b"", wire.WORDS.item(Words(text)))
    fields: dict[str, Any] = {"act": None, "exchange": ASKED.entry.id, "refers": (ASKED.entry.id,)}
    return kept(ALPHA, number, Kind.CALL_ATTEMPT, *items, **fields)


def test_an_attempt_is_stated_when_asked_and_again_only_when_something_changed() -> None:
    (draft,) = stated(REFUSED, ASKED)
    assert (draft.kind, draft.opening, draft.refers) == (Kind.CALL_ATTEMPT, ASKED.entry.id, (ASKED.entry.id,))
    body = ATTEMPT.decode(draft.items[0])
    assert (body.post, body.means, body.began, body.layer) == (BRAVO, "link", 7, Layer.NONE)
    text = WORDS.decode(draft.items[1]).text
    assert text == "a dial failed: Nobody listens there."
    assert stated(REFUSED, ASKED, by_itself(6, text)) == ()
    assert len(stated(UP, ASKED, by_itself(6, text))) == 1
    assert len(stated(REFUSED, ASKED, attempt(ALPHA, 6, ASKED))) == 1


def test_attempts_end_with_the_contact_and_are_the_closers_alone() -> None:
    assert stated(REFUSED, ASKED, me=BRAVO) == ()
    assert stated(REFUSED, ASKED, closing(ALPHA, 6, ASKED)) == ()
    assert watches(folded(ASKED).state, ALPHA)
    assert not watches(folded(ASKED).state, BRAVO)
    assert not watches(folded(ASKED, closing(ALPHA, 6, ASKED)).state, ALPHA)
    several = request(number=5, to=(BRAVO, CHARLIE))
    assert len(stated(UP, several, closing(ALPHA, 6, several))) == 1


def test_attempts_are_bounded() -> None:
    many = [by_itself(number, str(number)) for number in range(6, 6 + ATTEMPTS_STATED_MAX)]
    assert len(stated(UP, ASKED, *many[:-1])) == 1
    assert stated(UP, ASKED, *many) == ()


@pytest.mark.parametrize("state", LinkState)
def test_each_state_of_a_link_has_its_words(state: LinkState) -> None:
    said = {described(Facts(link=LinkFacts(state=each)), name_of) for each in LinkState}
    assert len(said) == len(LinkState)
    by_others = described(Facts(link=LinkFacts(state=state, via=(CHARLIE,))), name_of)
    assert ("Charlie" in by_others) == (state != LinkState.UP)


@pytest.mark.parametrize(
    ("facts", "replies", "layer"),
    [
        (REFUSED, (), Layer.NONE),
        (UP, (), Layer.BEARER),
        (Facts(link=REFUSED.link, signed=5), (), Layer.POST),
        (REFUSED, (Reply.DECLINED,), Layer.DESK),
        (REFUSED, (Reply.DECLINED, Reply.ACCEPTED), Layer.OFFICER),
    ],
)
def test_the_layer_is_what_is_proved_then(facts: Facts, replies: tuple[Reply, ...], layer: Layer) -> None:
    answers = [answer(BRAVO, number, ASKED, reply) for number, reply in enumerate(replies, 1)]
    (party,) = folded(ASKED, *answers).state.parties
    assert reached(party, facts, 5) == layer


def test_the_called_post_responds_to_each_certificate_once() -> None:
    yes, certified = answer(BRAVO, 1, ASKED), certificate(ALPHA, 6, ASKED)
    facts = Facts(link=UP.link, held=6, last=EntryId(bytes(32)))
    (draft,) = stated(facts, ASKED, yes, certified, me=BRAVO)
    assert (draft.kind, draft.refers) == (Kind.CALL_RESPONSE, (ASKED.entry.id, certified.entry.id))
    body = RESPONSE.decode(draft.items[0])
    assert (body.number, body.answers) == (6, (yes.entry.id,))
    assert stated(UP, ASKED, certified, response(BRAVO, 2, ASKED, certified), me=BRAVO) == ()
    assert stated(UP, ASKED, certified, me=CHARLIE) == ()


def test_responses_are_bounded() -> None:
    certified = [certificate(ALPHA, 6 + at, ASKED) for at in range(RESPONSES_STATED_MAX + 1)]
    assert len(stated(UP, ASKED, *certified, me=BRAVO)) == RESPONSES_STATED_MAX
    given = [response(BRAVO, 1 + at, ASKED, each, act=None) for at, each in enumerate(certified[:-1])]
    assert stated(UP, ASKED, *certified, *given, me=BRAVO) == ()


def test_what_is_stated_closes_nothing() -> None:
    state = folded(ASKED, by_itself(6, "up")).state
    assert state.open
    assert folded(ASKED, by_itself(6, "up"), closing(ALPHA, 7, ASKED, Outcome.HELD)).state.parties[0].attempts
    assert cbor.decode(stated(UP, ASKED)[0].items[1], 100)
