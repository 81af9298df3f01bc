"""The minute of a contact: points drafted by either side, each agreed or with the words of each, signed or refused.

All openings of a minute that name one contact and the same parties are one minute, so drafts that crossed stand in it
together. A signature binds the digest of the points and the words on them that its author had: after a change it is
one on an earlier version, and is shown as that (spec/minute.md).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.minute import Stance, parties_of, point_of, signing_of, word_of

OPENINGS: Final = frozenset({Kind.MINUTE})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.MINUTE: parties_of,
    Kind.MINUTE_POINT: point_of,
    Kind.MINUTE_WORD: word_of,
    Kind.MINUTE_SIGNED: signing_of,
}

REMIND_MS: Final = 24 * 3_600_000
"""How long after its last entry those who have not signed a minute, and not refused to, are reminded of it."""


class Said(msgspec.Struct, frozen=True):
    """A party's word on a point: agreed to its draft `on`, or its own version in `words`."""

    kept: Kept
    on: EntryId
    stance: Stance
    words: Words | None

    @property
    def author(self) -> PostId:
        """Whose word it is."""
        return self.kept.entry.header.author


class Point(msgspec.Struct, frozen=True):
    """A point as it stands; `drafts` are the ids of all its drafts, the one that stands last, which is `kept`."""

    kept: Kept
    words: Words | None
    drafts: tuple[EntryId, ...]
    said: tuple[Said, ...] = ()

    @property
    def author(self) -> PostId:
        """Who drafted it."""
        return self.kept.entry.header.author

    def by(self, party: PostId) -> Said | None:
        """The newest word of a party on it, if it stands: agreed to an earlier draft is asked again."""
        newest = next((each for each in reversed(self.said) if each.author == party), None)
        stands = newest is not None and (newest.stance == Stance.SAYS or newest.on == self.kept.entry.id)
        return newest if stands else None


class Signed(msgspec.Struct, frozen=True):
    """A party's signature or refusal; `digest` is of the minute as it had it."""

    kept: Kept
    digest: bytes
    refused: bool
    words: Words | None


class State(msgspec.Struct, frozen=True):
    """A minute. `contact` is a request of the contact that it is of, `openings` are what opened it."""

    contact: EntryId
    parties: tuple[PostId, ...]
    traffic: TrafficClass
    openings: tuple[EntryId, ...]
    points: tuple[Point, ...] = ()
    signed: tuple[Signed, ...] = ()
    newest: Instant = Instant(0)

    def status(self, point: Point) -> str:
        """`agreed` where all others agreed, `differs` where any has a version of its own, else `open`."""
        others = [point.by(party) for party in self.parties if party != point.author]
        if any(each is not None and each.stance == Stance.SAYS for each in others):
            return "differs"
        return "agreed" if all(each is not None for each in others) else "open"

    def digest(self) -> bytes:
        """What a signature on the minute as it stands binds: each point with the newest word of each party on it."""
        points = sorted(
            [
                point.kept.entry.id,
                *sorted(each.kept.entry.id for party in self.parties if (each := point.by(party)) is not None),
            ]
            for point in self.points
        )
        return hashlib.sha256(b"openline/minute/1\x00" + cbor.encode([self.contact, points])).digest()

    def word(self, party: PostId) -> Signed | None:
        """The newest signature or refusal of a party."""
        return next((each for each in reversed(self.signed) if each.kept.entry.header.author == party), None)

    def decided(self, party: PostId) -> bool:
        """Whether a party signed the minute as it stands, or refused to."""
        signed = self.word(party)
        return signed is not None and signed.digest == self.digest()

    @property
    def complete(self) -> bool:
        """Whether each point has its words and all parties signed the minute as it stands."""
        settled = bool(self.points) and all(self.status(point) != "open" for point in self.points)
        words = [self.word(party) for party in self.parties]
        return settled and all(each is not None and not each.refused and each.digest == self.digest() for each in words)


def group(openings: Iterable[Kept], opening: EntryId) -> tuple[EntryId, ...]:
    """The openings that are one minute with `opening`."""
    return folding.alike(openings, opening, _key)


def _key(kept: Kept) -> tuple[EntryId, frozenset[PostId], TrafficClass]:
    state = begin(kept)
    return state.contact, frozenset(state.parties), state.traffic


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The minute that these entries make; the openings among them are one `group`."""
    return folding.fold_alike(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the entry that opens it. Raises BadField for one that opens none."""
    header = kept.entry.header
    if len(header.refers) != 1 or header.act is None:
        raise BadField("A minute refers to its contact, and an officer signs it.")
    return State(
        header.refers[0], parties_of(kept.entry), header.traffic, openings=(kept.entry.id,), newest=header.time
    )


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the minute")
    if header.author not in state.parties:
        raise NoPlace("its author is no party of the minute")
    if header.act is None:
        raise NoPlace("no officer signed it")
    if header.kind == Kind.MINUTE:
        if header.exchange is not None:
            raise NoPlace("what opens a minute stands in none")
        return msgspec.structs.replace(state, openings=(*state.openings, kept.entry.id))
    if not header.refers or header.refers[0] not in state.openings:
        raise NoPlace("it does not refer to the minute")
    match header.kind:
        case Kind.MINUTE_POINT:
            state = _draft(state, kept)
        case Kind.MINUTE_WORD:
            state = _say(state, kept)
        case Kind.MINUTE_SIGNED:
            signing, words = signing_of(kept.entry)
            signed = Signed(kept, signing.digest, signing.refused, words)
            state = msgspec.structs.replace(state, signed=(*state.signed, signed))
        case _:
            raise NoPlace("its kind has no place in a minute")
    return msgspec.structs.replace(state, newest=max(state.newest, header.time))


def _draft(state: State, kept: Kept) -> State:
    words, refers = point_of(kept.entry), kept.entry.header.refers
    if len(refers) == 1:
        point = Point(kept, words, (kept.entry.id,))
        return msgspec.structs.replace(state, points=(*state.points, point))
    before = _point(state, refers[1])
    if before.author != kept.entry.header.author:
        raise NoPlace("only who drafted a point revises it; others say their own version")
    return _with(state, before, Point(kept, words, (*before.drafts, kept.entry.id), before.said))


def _say(state: State, kept: Kept) -> State:
    word, words = word_of(kept.entry)
    header = kept.entry.header
    if len(header.refers) < 2:
        raise NoPlace("it names no point")
    point = _point(state, header.refers[1])
    if point.author == header.author:
        raise NoPlace("who drafted a point revises it, and does not agree to it")
    said = Said(kept, header.refers[1], word.stance, words)
    return _with(state, point, msgspec.structs.replace(point, said=(*point.said, said)))


def _point(state: State, draft: EntryId) -> Point:
    for point in state.points:
        if draft in point.drafts:
            return point
    raise NoPlace("it names no point of this minute")


def _with(state: State, point: Point, changed: Point) -> State:
    points = tuple(changed if each is point else each for each in state.points)
    return msgspec.structs.replace(state, points=points)


def objection(folded: Folded[State], entry: EntryId, me: PostId) -> str | None:
    """Why post `me` should not sign, though the fold takes it: nobody signs what was not read, or not answered."""
    state = folded.state
    signed = next((each for each in state.signed if each.kept.entry.id == entry), None)
    if signed is None or signed.refused:
        return None
    if signed.digest != state.digest():
        return "The minute has changed since it was read: read it again, and sign what it says now."
    if any(point.author != me and point.by(me) is None for point in state.points):
        return "This post has not answered every point: agree to each, or say this side's version; then sign."
    return None


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    state = after.state
    if me not in state.parties:
        return ()
    known = {kept.entry.id for kept in before.entries} if before is not None else set()
    news = [kept for kept in after.entries if kept.entry.id not in known and kept.entry.header.author != me]
    said = [each for kept in news if after.why_not(kept.entry.id) is None for each in _told(kept, name_of)]
    if state.complete and (before is None or not before.state.complete):
        said.append(Told("minute-complete", "All parties signed the minute.", after.head, Precedence.ROUTINE))
    return tuple(said)


def _told(kept: Kept, name_of: Callable[[PostId], str]) -> list[Told]:
    header, name = kept.entry.header, name_of(kept.entry.header.author)
    if header.kind == Kind.MINUTE_POINT:
        return [Told("minute-point", f"{name} drafted a point of the minute.", kept.entry.id, Precedence.PRIORITY)]
    if header.kind == Kind.MINUTE_WORD:
        stance = word_of(kept.entry)[0].stance
        what = "agreed to a point" if stance == Stance.AGREED else "says otherwise on a point"
        return [Told("minute-point", f"{name} {what} of the minute.", kept.entry.id, Precedence.PRIORITY)]
    if header.kind == Kind.MINUTE_SIGNED and signing_of(kept.entry)[0].refused:
        return [Told("minute-refused", f"{name} refused to sign the minute.", kept.entry.id)]
    return []


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the people at post `me` are reminded that they have neither signed nor refused."""
    at = Instant(state.newest + REMIND_MS)
    waits = me in state.parties and bool(state.points) and not state.decided(me)
    return at if waits and at > after else None


def overdue(state: State, me: PostId, at: Instant, name_of: Callable[[PostId], str]) -> tuple[Told, ...]:
    """What they are told then."""
    text = "A minute waits for this post's signature, or for its refusal with the reason."
    return (Told("minute-waits", text, state.openings[0], Precedence.PRIORITY),)
