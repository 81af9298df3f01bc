"""Made-up contacts: entries as a record would give them, for tests of the machine and of what reads its state."""

from __future__ import annotations

from typing import Any

from openline.exchanges.contact import State, fold
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId
from openline.wire import certificate as wire_certificate
from openline.wire import contact as wire
from openline.wire.certificate import NONE, Certificate, LinkFacts, LinkState, Response
from openline.wire.contact import Answer, Attempt, Called, Closing, Outcome, Reply, Request, RequestWords, Words
from openline.wire.kinds import Kind
from tests.feeds.histories import ACT, ALPHA, BRAVO, kept

REPLY_BY = Instant(1_000_000)


def request(author: PostId = ALPHA, number: int = 1, *, to: tuple[PostId, ...] = (BRAVO,), **fields: Any) -> Kept:
    """A call request of one office to that of each of `to`."""
    offices = {ALPHA: "Chairman", BRAVO: "Chief"}
    called = tuple(Called(each, offices.get(each, "Minister")) for each in to)
    body = Request(office=offices[author], called=called, reply_by=REPLY_BY)
    words = RequestWords(topics=("the missile",))
    items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(words))
    return kept(author, number, Kind.CALL_REQUEST, *items, **{"act": ACT, **fields})


def answer(author: PostId, number: int, to: Kept, reply: Reply = Reply.ACCEPTED, **fields: Any) -> Kept:
    """An answer that knows the request."""
    body = Answer(
        reply=reply,
        at=Instant(5 if reply in (Reply.ACCEPTED, Reply.DEFERRED) else 0),
        times=(Instant(5),) if reply == Reply.COUNTER_TIME else (),
        office="Deputy" if reply == Reply.DELEGATED else "",
    )
    items = (wire.ANSWER.item(body), wire.WORDS.item(Words("")))
    return _in(author, number, Kind.CALL_ANSWER, items, to, **fields)


def closing(
    author: PostId,
    number: int,
    to: Kept,
    outcome: Outcome = Outcome.WITHDRAWN,
    *names: EntryId,
    post: PostId = BRAVO,
    **fields: Any,
) -> Kept:
    """A closing word on one party; `names` is the answer that it takes."""
    times = Instant(7 if outcome == Outcome.HELD else 0)
    items = (wire.CLOSING.item(Closing(post=post, outcome=outcome, began=times, ended=times)), wire.WORDS.item(Words()))
    given = {"refers": (to.entry.id, *names), "at": REPLY_BY, **fields}
    return _in(author, number, Kind.CALL_OUTCOME, items, to, **given)


def attempt(author: PostId, number: int, to: Kept, *, post: PostId = BRAVO, **fields: Any) -> Kept:
    """An attempt by telephone."""
    body = Attempt(post=post, means="telephone", began=Instant(3))
    items = (wire.ATTEMPT.item(body), wire.WORDS.item(Words("rang")))
    return _in(author, number, Kind.CALL_ATTEMPT, items, to, **fields)


def certificate(
    author: PostId,
    number: int,
    to: Kept,
    *,
    post: PostId = BRAVO,
    holds: int = 0,
    link: LinkState = LinkState.LOST,
    **fields: Any,
) -> Kept:
    """A certificate of one who holds the first `holds` entries of the other's feed."""
    last = EntryId(bytes([holds]) * 32) if holds else NONE
    body = Certificate(post=post, link=LinkFacts(state=LinkState.LOST), number=holds, id=last)
    items = (wire_certificate.CERTIFICATE.item(body), wire.WORDS.item(Words("the link is lost")))
    return _in(author, number, Kind.CALL_CERTIFICATE, items, to, **fields)


def response(author: PostId, number: int, to: Kept, certified: Kept, **fields: Any) -> Kept:
    """A response of one who knows the request and the certificate."""
    known = certified.entry.header
    items = (wire_certificate.RESPONSE.item(Response()), wire.WORDS.item(Words()))
    given = {"refers": (to.entry.id, certified.entry.id), "knew": {known.author: known.number}, **fields}
    return _in(author, number, Kind.CALL_RESPONSE, items, to, **given)


def _in(author: PostId, number: int, kind: Kind, items: tuple[bytes, ...], to: Kept, **fields: Any) -> Kept:
    opening = to.entry.header
    knew = {opening.author: opening.number} if opening.author != author else {}
    given = {"act": ACT, "exchange": to.entry.id, "refers": (to.entry.id,), "knew": knew, **fields}
    return kept(author, number, kind, *items, **given)


def folded(*entries: Kept) -> Folded[State]:
    """The contact that these entries make, which there must be."""
    state = fold(entries)
    assert state is not None
    return state


ASKED_STATE = folded(request())
"""A contact that was asked for, and nothing more."""
