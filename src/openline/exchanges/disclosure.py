"""What may be said in public of a contact: terms proposed and agreed by all, and disclosures judged against them.

Every proposal and every disclosure opens by itself; those that name one contact and the same parties are one
disclosure, so proposals that crossed, and counter-proposals, stand in it together. Terms are agreed from the signed
time by which all had; a disclosure is judged by the terms for the time at which it is said to have happened.
A breach is recorded and stops nothing (spec/disclosure.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire import codec
from openline.wire.contact import Words
from openline.wire.disclosure import Event, Item, Proposal, breach_of, event_of, proposal_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.rules import Disclosure

OPENINGS: Final = frozenset({Kind.DISCLOSURE, Kind.DISCLOSED})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.DISCLOSURE: proposal_of,
    Kind.DISCLOSURE_AGREED: codec.bare,
    Kind.DISCLOSED: event_of,
    Kind.BREACH: breach_of,
}


class Judgement(StrEnum):
    """What the terms say of a disclosure, as its recorder describes it."""

    KEPT = "kept the terms"
    BROKE = "broke the terms"
    UNKNOWN = "outside the terms, by whom is not known"
    NO_TERMS = "nothing was agreed for then"


class Terms(msgspec.Struct, frozen=True):
    """A proposal with the agreements to it; `since` is the signed time by which all had agreed, None until then."""

    kept: Kept
    proposal: Proposal
    words: Words | None
    agreed: tuple[Kept, ...] = ()
    since: Instant | None = None

    @property
    def author(self) -> PostId:
        """Who proposed it."""
        return self.kept.entry.header.author

    @property
    def by(self) -> tuple[PostId, ...]:
        """Its author, and all who agreed."""
        return (self.author, *(each.entry.header.author for each in self.agreed))

    def item(self, about: EntryId) -> Item:
        """The terms of an item; one that is not named has those of the contact itself."""
        return next((each for each in self.proposal.items if each.about == about), self.proposal.items[0])


class Disclosed(msgspec.Struct, frozen=True):
    """Something that became public, as one party recorded it, and what the terms for then say of it."""

    kept: Kept
    event: Event
    words: Words | None
    judgement: Judgement = Judgement.NO_TERMS
    breaches: tuple[tuple[Kept, Words | None], ...] = ()


class State(msgspec.Struct, frozen=True):
    """The disclosure of a contact; `contact` is a request of it. `agreed` names the terms that all agreed to, in order.

    `terms` and `disclosed` stand in canonical order.
    """

    contact: EntryId
    parties: tuple[PostId, ...]
    traffic: TrafficClass
    terms: tuple[Terms, ...] = ()
    disclosed: tuple[Disclosed, ...] = ()
    agreed: tuple[EntryId, ...] = ()

    @property
    def newest(self) -> Terms | None:
        """The terms that all agreed to last."""
        return self._named(self.agreed[-1]) if self.agreed else None

    def applies(self, about: EntryId, at: Instant) -> Terms | None:
        """The terms for an item at a time: the last that all had agreed to by then and that had begun for it."""
        for entry in reversed(self.agreed):
            terms = self._named(entry)
            if terms.since is not None and max(terms.since, terms.item(about).since) <= at:
                return terms
        return None

    def _named(self, entry: EntryId) -> Terms:
        return next(each for each in self.terms if each.kept.entry.id == entry)


def group(openings: Iterable[Kept], opening: EntryId) -> tuple[EntryId, ...]:
    """The openings that are one disclosure with `opening`."""
    return folding.alike(openings, opening, _key)


def _key(kept: Kept) -> tuple[EntryId, frozenset[PostId], TrafficClass]:
    state = begin(kept)
    return state.contact, frozenset(state.parties), state.traffic


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The disclosure that these entries make; the openings among them are one `group`."""
    folded = folding.fold_alike(entries, begin, step)
    if folded is None:
        return None
    place = {kept.entry.id: at for at, kept in enumerate(folded.entries)}
    state = folded.state
    terms = tuple(sorted(state.terms, key=lambda each: place[each.kept.entry.id]))
    disclosed = tuple(sorted(state.disclosed, key=lambda each: place[each.kept.entry.id]))
    judged = tuple(msgspec.structs.replace(each, judgement=_judge(state, each.event)) for each in disclosed)
    return msgspec.structs.replace(folded, state=msgspec.structs.replace(state, terms=terms, disclosed=judged))


def begin(kept: Kept) -> State:
    """The state after the first proposal or disclosure. Raises BadField for one that opens none."""
    header = kept.entry.header
    if len(header.refers) != 1 or header.act is None:
        raise BadField("It refers to its contact, and an officer signs it.")
    body = event_of(kept.entry)[0] if header.kind == Kind.DISCLOSED else proposal_of(kept.entry)[0]
    return _opened(State(header.refers[0], body.parties, header.traffic), kept)


def _opened(state: State, kept: Kept) -> State:
    if kept.entry.header.kind == Kind.DISCLOSED:
        event, words = event_of(kept.entry)
        return msgspec.structs.replace(state, disclosed=(*state.disclosed, Disclosed(kept, event, words)))
    proposal, words = proposal_of(kept.entry)
    return msgspec.structs.replace(state, terms=(*state.terms, Terms(kept, proposal, words)))


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the disclosure")
    if header.author not in state.parties:
        raise NoPlace("its author is no party of the contact")
    if header.act is None:
        raise NoPlace("no officer signed it")
    match header.kind:
        case Kind.DISCLOSURE | Kind.DISCLOSED:
            if header.exchange is not None:
                raise NoPlace("what opens by itself stands in no other exchange")
            return _opened(state, kept)
        case Kind.DISCLOSURE_AGREED:
            return _agree(state, kept)
        case Kind.BREACH:
            return _breach(state, kept)
        case _:
            raise NoPlace("its kind has no place in a disclosure")


def _agree(state: State, kept: Kept) -> State:
    header = kept.entry.header
    meant = next((each for each in state.terms if each.kept.entry.id in header.refers[:1]), None)
    if meant is None:
        raise NoPlace("it names no proposal of this contact")
    if header.author in meant.by:
        raise NoPlace("its author has agreed already")
    if any(
        each.author == meant.author and precedes(meant.kept, each.kept) and precedes(each.kept, kept)
        for each in state.terms
    ):
        raise NoPlace("its author had a later proposal of the same post, which takes the place of this one")
    agreed = (*meant.agreed, kept)
    whole = {meant.author, *(each.entry.header.author for each in agreed)} == set(state.parties)
    since = Instant(max(each.entry.header.time for each in (meant.kept, *agreed))) if whole else None
    changed = msgspec.structs.replace(meant, agreed=agreed, since=since)
    return msgspec.structs.replace(
        state,
        terms=tuple(changed if each is meant else each for each in state.terms),
        agreed=(*state.agreed, meant.kept.entry.id) if whole else state.agreed,
    )


def _breach(state: State, kept: Kept) -> State:
    refers, words = kept.entry.header.refers[:1], breach_of(kept.entry)
    meant = next((each for each in state.disclosed if each.kept.entry.id in refers), None)
    if meant is None:
        raise NoPlace("it names nothing that was recorded as disclosed")
    changed = msgspec.structs.replace(meant, breaches=(*meant.breaches, (kept, words)))
    disclosed = tuple(changed if each is meant else each for each in state.disclosed)
    return msgspec.structs.replace(state, disclosed=disclosed)


def _judge(state: State, event: Event) -> Judgement:
    terms = state.applies(event.about, event.at)
    return Judgement.NO_TERMS if terms is None else judge(terms.item(event.about).level, event)


def judge(level: Disclosure, event: Event) -> Judgement:
    """What terms of one level say of a disclosure."""
    allowed = {
        Disclosure.CLOSED: False,
        Disclosure.CONFIRM_IF_ASKED: event.asked and event.confirmed_only,
        Disclosure.AGREED_TEXT: event.agreed_text or (event.asked and event.confirmed_only),
        Disclosure.OPEN: True,
    }[level]
    if allowed:
        return Judgement.KEPT
    return Judgement.UNKNOWN if event.by is None else Judgement.BROKE


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    state = after.state
    if me not in state.parties:
        return ()
    known = {kept.entry.id for kept in before.entries} if before is not None else set()
    news = []
    for terms in state.terms:
        if terms.kept.entry.id not in known and terms.author != me:
            text = f"{name_of(terms.author)} proposes what may be said in public of a contact."
            news.append(Told("disclosure-proposed", text, terms.kept.entry.id, Precedence.PRIORITY))
    then = () if before is None else before.state.agreed
    for entry in state.agreed:
        if entry not in then:
            text = "All parties agreed on what may be said in public of a contact."
            news.append(Told("disclosure-agreed", text, entry, Precedence.ROUTINE))
    for each in state.disclosed:
        news += _told_disclosed(each, known, me, name_of)
    return tuple(news)


def _told_disclosed(each: Disclosed, known: set[EntryId], me: PostId, name_of: Callable[[PostId], str]) -> list[Told]:
    author, news = each.kept.entry.header.author, []
    if each.kept.entry.id not in known and author != me:
        by = "somebody unknown" if each.event.by is None else name_of(each.event.by)
        text = f"{name_of(author)} recorded that {by} spoke of a contact in public; by that record: {each.judgement}."
        news.append(Told("disclosed", text, each.kept.entry.id))
    for kept, _ in each.breaches:
        if kept.entry.id not in known and kept.entry.header.author != me:
            text = f"{name_of(kept.entry.header.author)} records a breach of what was agreed on disclosure."
            news.append(Told("breach", text, kept.entry.id))
    return news
