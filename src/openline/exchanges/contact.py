"""A contact: one asks to speak with others, each answers as often as it likes, and the one who asked closes, once each.

The state is the fold of the entries in canonical order (feeds.folding), so both ends see the same (spec/contact.md).
Requests that crossed between the same two posts are one contact: it has the id of the smaller one, whose author closes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import NoPlace, PeerError
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.order import crossed
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire.contact import (
    Answer,
    Attempt,
    Closing,
    Outcome,
    Reply,
    Request,
    RequestWords,
    Words,
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
}

WARN_MS: Final = 10 * 60_000
"""How long before reply-by the called side is reminded."""


class Opened(msgspec.Struct, frozen=True):
    """A request of the contact; `words` is None where they are withheld."""

    entry: Entry
    request: Request
    words: RequestWords | None


class Answered(msgspec.Struct, frozen=True):
    """An answer. It is late where the closing entry was signed by one who did not have it."""

    kept: Kept
    answer: Answer
    words: Words | None
    late: bool = False

    @property
    def id(self) -> EntryId:
        """The id of its entry."""
        return self.kept.entry.id


class Ended(msgspec.Struct, frozen=True):
    """The closing entry, the answer that it names, and whether its author had an answer that it denies."""

    kept: Kept
    closing: Closing
    words: Words | None
    named: EntryId | None
    contradicted: bool


class Tried(msgspec.Struct, frozen=True):
    """An attempt to reach a party; without an officer a machine stated it."""

    entry: Entry
    attempt: Attempt
    words: Words | None


class Party(msgspec.Struct, frozen=True):
    """What came of the contact with one called party."""

    post: PostId
    office: str
    answers: tuple[Answered, ...] = ()
    attempts: tuple[Tried, ...] = ()
    ended: Ended | None = None

    @property
    def outcome(self) -> Outcome | None:
        """The one outcome; None while the contact is open."""
        return None if self.ended is None else self.ended.closing.outcome

    @property
    def standing(self) -> Answered | None:
        """The newest answer that is not late."""
        return next((each for each in reversed(self.answers) if not each.late), None)

    @property
    def content_taken(self) -> Answered | None:
        """The first answer by which somebody on watch took the content (B3)."""
        return next((each for each in self.answers if each.answer.reply == Reply.CONTENT_TAKEN), None)


class State(msgspec.Struct, frozen=True):
    """A contact. `requests` starts with the one whose id and author the contact has."""

    requests: tuple[Opened, ...]
    parties: tuple[Party, ...]

    @property
    def id(self) -> EntryId:
        """The id of the contact."""
        return self.requests[0].entry.id

    @property
    def closer(self) -> PostId:
        """The one post that closes it."""
        return self.requests[0].entry.header.author

    @property
    def request(self) -> Request:
        """The request whose id the contact has."""
        return self.requests[0].request

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.requests[0].entry.header.traffic

    @property
    def precedence(self) -> Precedence:
        """The highest precedence of its requests."""
        return max(each.entry.header.precedence for each in self.requests)

    @property
    def reply_by(self) -> Instant:
        """Until when an answer is asked for: the latest of its requests."""
        return max(each.request.reply_by for each in self.requests)

    @property
    def open(self) -> bool:
        """Whether any party has no outcome yet."""
        return any(each.ended is None for each in self.parties)

    def party(self, post: PostId) -> Party | None:
        """The called party at this post; in merged requests the post that closes is none."""
        return next((each for each in self.parties if each.post == post), None)


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
        raise NoPlace("only the post whose request has the smallest id closes the contact")
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
    author = kept.entry.header.author
    if author not in {each.entry.header.author for each in state.requests}:
        raise NoPlace("only who asked for the contact states attempts")
    party = state.party(attempt.post) or (state.parties[0] if attempt.post == state.closer else None)
    if party is None or attempt.post == author:
        raise NoPlace("it is an attempt to reach somebody who was not called")
    tried = Tried(kept.entry, attempt, words_of(kept.entry))
    return _with(state, party, attempts=(*party.attempts, tried))


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


# What people are told


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    known = {kept.entry.id for kept in before.entries} if before is not None else set()
    state, news = after.state, []
    for opened in state.requests:
        if opened.entry.id not in known and opened.entry.header.author != me:
            news += _told_request(state, opened, me, name_of)
    for party in state.parties:
        was = None if before is None else before.state.party(party.post)
        for answered in party.answers:
            fresh = answered.id not in known
            turned = was is not None and any(each.id == answered.id and not each.late for each in was.answers)
            if fresh or (answered.late and turned):
                news += _told_answer(state, party, answered, me, name_of)
        if party.ended is not None and party.ended.kept.entry.id not in known:
            news += _told_end(state, party, party.ended, me, name_of)
    return tuple(news)


def _told_request(state: State, opened: Opened, me: PostId, name_of: Callable[[PostId], str]) -> list[Told]:
    header, office = opened.entry.header, [each.office for each in opened.request.called if each.post == me]
    name, level = name_of(header.author), header.precedence
    if len(state.requests) > 1:
        text = f"{name} asked for the same call while this post did: both requests are one contact."
        return [Told("call-crossed", text, opened.entry.id, level)]
    if not office:
        return []
    about = "" if opened.words is None or not opened.words.topics else f" about {'; '.join(opened.words.topics)}"
    text = f"{name}: {opened.request.office} asks to speak with {office[0]}{about}."
    return [Told("call-requested", text, opened.entry.id, level)]


def _told_answer(
    state: State, party: Party, answered: Answered, me: PostId, name_of: Callable[[PostId], str]
) -> list[Told]:
    author = answered.kept.entry.header.author
    if answered.late and me in (state.closer, author):
        text = (
            f"{name_of(author)} answered late: the answer and the closing word crossed. A new request can take it up."
        )
        return [Told("answered-late", text, answered.id, state.precedence)]
    if author == me or state.closer != me:
        return []
    text = f"{name_of(author)} ({party.office}): {answered.answer.reply.name.lower().replace('_', ' ')}."
    return [Told("call-answered", text, answered.id, state.precedence)]


def _told_end(state: State, party: Party, ended: Ended, me: PostId, name_of: Callable[[PostId], str]) -> list[Told]:
    if state.closer == me:
        return []
    name, outcome = name_of(state.closer), ended.closing.outcome.name.lower().replace("_", " ")
    news = []
    if party.post == me:
        news.append(
            Told("call-closed", f"{name} closed the contact with {party.office}: {outcome}.", ended.kept.entry.id)
        )
    if ended.contradicted:
        text = f"{name} signed 'no answer' and had signed before that it holds the answer of {name_of(party.post)}."
        news.append(Told("contradicted", text, ended.kept.entry.id))
    return news


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When time alone makes something due at post `me`, later than `after`."""
    mine = state.party(me)
    waits = (mine is not None and mine.ended is None and not mine.answers) or (state.closer == me and state.open)
    if not waits:
        return None
    times = [state.reply_by] if state.closer == me else [Instant(state.reply_by - WARN_MS), state.reply_by]
    return min((at for at in times if at > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: Callable[[PostId], str]) -> tuple[Told, ...]:
    """What people are told when that time has come."""
    if state.closer == me:
        silent = [name_of(each.post) for each in state.parties if each.ended is None and not each.answers]
        text = f"Reply-by is over, and nothing is here of {', '.join(silent)}. Close it, or ask again."
        return (Told("reply-by", text, state.id, state.precedence),) if silent else ()
    party = state.party(me)
    if party is None or party.answers or party.ended is not None:
        return ()
    over = "is over" if at >= state.reply_by else "is near"
    text = f"{name_of(state.closer)} waits for an answer of {party.office}, and reply-by {over}."
    return (Told("reply-by", text, state.id, state.precedence),)
