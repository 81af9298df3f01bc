"""What a post states by itself in a contact, without an officer: its link attempts, and its response to a certificate.

An attempt is stated when the request is written and whenever the link to the called post stands otherwise than stated
before; so nothing is said twice, and never more than ATTEMPTS_STATED_MAX times for one party.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from openline.exchanges.contact.state import Certified, Party, State
from openline.feeds.folding import Draft
from openline.limits import ATTEMPTS_STATED_MAX, PHRASE_MAX_BYTES, RESPONSES_STATED_MAX
from openline.terms import EntryId, Instant, PostId
from openline.wire.certificate import NONE, RESPONSE, LinkFacts, LinkState, Response
from openline.wire.contact import ATTEMPT, WORDS, Attempt, Layer, Reply, Words
from openline.wire.kinds import Kind

MEANS: Final = "link"
"""The means of every attempt that a post states by itself."""

ANSWERS_MAX: Final = 64
"""Answers that a response names: the newest."""

_SAID: Final = {
    LinkState.UP: "the link is up",
    LinkState.LOST: "the link is lost",
    LinkState.REFUSED: "a dial failed",
    LinkState.UNTRIED: "no link yet",
    LinkState.NO_PATH: "no path: no address of them is known, and they have not called",
}


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What a post knows of another by itself: its link, why the last dial failed, and what each holds of the other.

    `signed` is the highest number of this post's feed that the other has signed for; `held`, with the id `last`, how
    far its feed is held here.
    """

    link: LinkFacts
    why: str = ""
    signed: int = 0
    held: int = 0
    last: EntryId = NONE


def watches(state: State, me: PostId) -> bool:
    """Whether this post states its attempts here: it closes the contact, and has not done so yet."""
    return state.closer == me and state.open


def owed(
    state: State, me: PostId, facts: Callable[[PostId], Facts], name_of: Callable[[PostId], str]
) -> tuple[Draft, ...]:
    """What post `me` has to state as things stand."""
    drafts = [_response(state, certified, me, facts) for certified in _unanswered(state, me)]
    if watches(state, me):
        for party in state.parties:
            drafts += _attempts(state, party, facts(party.post), name_of) if party.ended is None else []
    return tuple(drafts)


def described(facts: Facts, name_of: Callable[[PostId], str]) -> str:
    """How a link stands, in words; the same words for the same state."""
    said = _SAID[facts.link.state]
    why = f": {facts.why}" if facts.why and facts.link.state == LinkState.REFUSED else ""
    way = ", ".join(sorted(name_of(post) for post in facts.link.via))
    text = f"{said}{why}" + (f" (linked: {way})" if way and facts.link.state != LinkState.UP else "")
    return text.encode()[:PHRASE_MAX_BYTES].decode(errors="ignore")


def reached(party: Party, facts: Facts, request: int) -> Layer:
    """The highest layer that is proved now of a party: by its officers, by its post's signature, or by the link."""
    replies = {each.answer.reply for each in party.answers}
    if Reply.ACCEPTED in replies:
        return Layer.OFFICER
    if replies:
        return Layer.DESK
    if facts.signed >= request:
        return Layer.POST
    return Layer.BEARER if facts.link.state == LinkState.UP else Layer.NONE


def _attempts(state: State, party: Party, facts: Facts, name_of: Callable[[PostId], str]) -> list[Draft]:
    stated = [each for each in party.attempts if each.entry.header.author == state.closer and not each.entry.header.act]
    text = described(facts, name_of)
    before = stated[-1].words if stated else None
    if len(stated) >= ATTEMPTS_STATED_MAX or (before is not None and before.text == text):
        return []
    opening = state.requests[0].entry
    layer = reached(party, facts, opening.header.number)
    began = max(facts.link.since, opening.header.time)
    attempt = Attempt(post=party.post, means=MEANS, began=Instant(began), layer=layer)
    return [Draft(Kind.CALL_ATTEMPT, (ATTEMPT.item(attempt), WORDS.item(Words(text))), opening.id, (opening.id,))]


def _unanswered(state: State, me: PostId) -> list[Certified]:
    """The certificates about this post to which it has not responded, as long as it responds."""
    about = [each for party in state.parties for each in party.certificates if each.certificate.post == me]
    stated = sum(not answer.entry.header.act for each in about for answer in each.responses)
    return [each for each in about if not each.responses][: max(0, RESPONSES_STATED_MAX - stated)]


def _response(state: State, certified: Certified, me: PostId, facts: Callable[[PostId], Facts]) -> Draft:
    known = facts(certified.entry.header.author)
    mine = [each.id for party in state.parties for each in party.answers if each.kept.entry.header.author == me]
    response = Response(number=known.held, id=known.last, answers=tuple(mine[-ANSWERS_MAX:]))
    opening = certified.entry.header.refers[0]
    refers = (opening, certified.entry.id)
    return Draft(Kind.CALL_RESPONSE, (RESPONSE.item(response), WORDS.item(Words())), opening, refers)
