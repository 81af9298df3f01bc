"""The steps of a contact: which entry is taken in which state, and what it makes of it (spec/contact.md, The fold)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import NoPlace, PeerError
from openline.exchanges.contact.state import Answered, Certified, Ended, Opened, Party, Responded, State, Tried
from openline.feeds import folding
from openline.feeds.folding import Folded
from openline.feeds.order import crossed
from openline.feeds.record import Kept
from openline.terms import EntryId, PostId
from openline.wire.certificate import certificate_of, response_of, statement_words
from openline.wire.contact import (
    Closing,
    Outcome,
    Reply,
    answer_of,
    attempt_of,
    closing_of,
    request_of,
    request_words,
    words_of,
)
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

OPENINGS: Final = frozenset({Kind.CALL_REQUEST})
READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.CALL_REQUEST: lambda entry: (request_of(entry), request_words(entry)),
    Kind.CALL_ANSWER: lambda entry: (answer_of(entry), words_of(entry)),
    Kind.CALL_OUTCOME: lambda entry: (closing_of(entry), words_of(entry)),
    Kind.CALL_ATTEMPT: lambda entry: (attempt_of(entry), words_of(entry)),
    Kind.CALL_CERTIFICATE: lambda entry: (certificate_of(entry), statement_words(entry)),
    Kind.CALL_RESPONSE: lambda entry: (response_of(entry), statement_words(entry)),
}


def group(requests: Iterable[Kept], opening: EntryId) -> tuple[EntryId, ...]:
    """The requests that are one contact with `opening`, smallest id first (PROTOCOL 14).

    They are of one party each, between the same two offices and in one class, and tied by having crossed, pair by pair.
    """
    alike = {kept.entry.id: kept for kept in requests if _between(kept) is not None}
    if opening not in alike:
        return (opening,)
    between = _between(alike[opening])
    alike = {each: kept for each, kept in alike.items() if _between(kept) == between}
    found, look = {opening}, [opening]
    while look:
        at = alike[look.pop()]
        near = [each for each, kept in alike.items() if each not in found and crossed(at, kept)]
        found.update(near)
        look += near
    return tuple(sorted(found))


def met(kept: Kept) -> PostId | None:
    """The post whose requests can have crossed this one; None where it calls several."""
    try:
        called = request_of(kept.entry).called
    except PeerError:
        return None
    return called[0].post if len(called) == 1 else None


def _between(kept: Kept) -> tuple[int, frozenset[tuple[PostId, str]]] | None:
    try:
        request = request_of(kept.entry)
    except PeerError:
        return None
    if len(request.called) != 1:
        return None
    called, header = request.called[0], kept.entry.header
    return header.traffic, frozenset({(header.author, request.office), (called.post, called.office)})


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The contact that these entries make; the requests among them are one `group`."""
    held = list(entries)
    openings = [kept.entry.id for kept in held if kept.entry.header.exchange is None]
    if not openings:
        return None
    return folding.fold(held, begin, step, head=min(openings))


def begin(kept: Kept) -> State:
    """The state after the request whose id the contact has."""
    opened = _opened(kept)
    return State((opened,), tuple(Party(each.post, each.office) for each in opened.request.called))


def _opened(kept: Kept) -> Opened:
    return Opened(kept.entry, request_of(kept.entry), request_words(kept.entry))


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the request")
    if header.kind == Kind.CALL_REQUEST:
        if header.exchange is not None:
            raise NoPlace("a request opens a contact of its own and stands in none")
        return msgspec.structs.replace(state, requests=(*state.requests, _opened(kept)))
    if not header.refers or header.refers[0] not in {each.entry.id for each in state.requests}:
        raise NoPlace("it does not refer to the request")
    match header.kind:
        case Kind.CALL_ANSWER:
            return _answer(state, kept)
        case Kind.CALL_OUTCOME:
            return _close(state, kept)
        case Kind.CALL_ATTEMPT:
            return _attempt(state, kept)
        case Kind.CALL_CERTIFICATE:
            return _certify(state, kept)
        case Kind.CALL_RESPONSE:
            return _respond(state, kept)
        case _:
            raise NoPlace("its kind has no place in a contact")


def _answer(state: State, kept: Kept) -> State:
    header, answer = kept.entry.header, answer_of(kept.entry)
    if header.act is None:
        raise NoPlace("no officer signed it")
    merged = len(state.requests) > 1 and header.author == state.closer
    party = state.parties[0] if merged else state.party(header.author)
    if party is None:
        raise NoPlace("its author was not called")
    late = party.ended is not None
    if party.ended is not None and _had(kept, party.ended.kept):
        raise NoPlace("its author knew that the contact was closed; a new request is needed")
    answered = Answered(kept, answer, words_of(kept.entry), late)
    return _with(state, party, answers=(*party.answers, answered))


def _close(state: State, kept: Kept) -> State:
    header, closing = kept.entry.header, closing_of(kept.entry)
    party = state.party(closing.post)
    if header.author != state.closer:
        raise NoPlace(
            "only the post that asked closes the contact, and of requests that crossed the one with the smallest id"
        )
    if header.act is None:
        raise NoPlace("no officer signed it")
    if party is None:
        raise NoPlace("it closes with somebody who was not called")
    if party.ended is not None:
        raise NoPlace("the contact with this party has its outcome already")
    named = header.refers[1] if len(header.refers) > 1 else None
    answer = next((each for each in party.answers if each.id == named), None)
    _check_closing(state, kept, closing, named, answer)
    had = [each for each in party.answers if _had(kept, each.kept)]
    contradicted = closing.outcome == Outcome.NO_ANSWER and any(
        each.kept.entry.header.author != header.author for each in had
    )
    answers = tuple(msgspec.structs.replace(each, late=each not in had) for each in party.answers)
    ended = Ended(kept, closing, words_of(kept.entry), named, contradicted)
    return _with(state, party, answers=answers, ended=ended)


def _check_closing(state: State, kept: Kept, closing: Closing, named: EntryId | None, answer: Answered | None) -> None:
    if named is not None and answer is None:
        raise NoPlace("it names an answer that is none of this party's")
    if closing.outcome == Outcome.DECLINED and (answer is None or answer.answer.reply != Reply.DECLINED):
        raise NoPlace("declined names the answer that declines")
    if closing.outcome == Outcome.NO_ANSWER and named is not None:
        raise NoPlace("no answer names none")
    if closing.outcome == Outcome.NO_ANSWER and kept.entry.header.time < state.reply_by:
        raise NoPlace("there is no 'no answer' before reply-by is over")
    if closing.outcome == Outcome.NOT_HELD and answer is None:
        raise NoPlace("not held after all names the answer that had agreed to the call")


def _attempt(state: State, kept: Kept) -> State:
    attempt = attempt_of(kept.entry)
    party = _sought(state, kept, attempt.post, "states attempts")
    tried = Tried(kept.entry, attempt, words_of(kept.entry))
    return _with(state, party, attempts=(*party.attempts, tried))


def _sought(state: State, kept: Kept, post: PostId, does: str) -> Party:
    """The party whom the author of a request sought at that post."""
    author = kept.entry.header.author
    if author not in {each.entry.header.author for each in state.requests}:
        raise NoPlace(f"only who asked for the contact {does}")
    party = state.party(post) or (state.parties[0] if post == state.closer else None)
    if party is None or post == author:
        raise NoPlace("it is about somebody who was not called")
    return party


def _certify(state: State, kept: Kept) -> State:
    certificate = certificate_of(kept.entry)
    party = _sought(state, kept, certificate.post, "certifies how far it got")
    had = kept.knew.get(certificate.post, 0)
    refuted = had if had > certificate.number else 0
    certified = Certified(kept.entry, certificate, statement_words(kept.entry), refuted)
    return _with(state, party, certificates=(*party.certificates, certified))


def _respond(state: State, kept: Kept) -> State:
    header, response = kept.entry.header, response_of(kept.entry)
    named = header.refers[1] if len(header.refers) > 1 else None
    for party in state.parties:
        for certified in party.certificates:
            if certified.entry.id != named:
                continue
            if header.author != certified.certificate.post:
                raise NoPlace("only the post that the certificate is about responds to it")
            responded = Responded(kept.entry, response, statement_words(kept.entry))
            answered = msgspec.structs.replace(certified, responses=(*certified.responses, responded))
            held = tuple(answered if each is certified else each for each in party.certificates)
            return _with(state, party, certificates=held)
    raise NoPlace("it names no certificate of this contact")


def _with(state: State, party: Party, **changes: object) -> State:
    changed = msgspec.structs.replace(party, **changes)
    parties = tuple(changed if each is party else each for each in state.parties)
    return msgspec.structs.replace(state, parties=parties)


def _had(later: Kept, earlier: Kept) -> bool:
    """Whether the author of one entry had another when it signed."""
    one, other = later.entry.header, earlier.entry.header
    if one.author == other.author:
        return one.number > other.number
    return later.knew.get(other.author, 0) >= other.number


def objection(folded: Folded[State], entry: EntryId, me: PostId) -> str | None:
    """Why this post should not write an entry though the fold takes it: it would convict itself."""
    for party in folded.state.parties:
        if party.ended is not None and party.ended.kept.entry.id == entry and party.ended.contradicted:
            return "They have answered, and this post has signed for that answer: read it, and close with what it says."
    return None
