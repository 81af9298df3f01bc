"""A claim that one post puts to others: each answers for itself, the newest answer counts, silence stays silence.

The state is the fold of the entries in canonical order (spec/claim.md). A claim that is put on several lines is one
exchange on each of them, recognised by `identity`: no line learns from its own record that there are others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire import claim as wire
from openline.wire.claim import Claim, ClaimWords, File, Stance
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.rules import Rules

OPENINGS: Final = frozenset({Kind.CLAIM})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.CLAIM: wire.claim_of,
    Kind.CLAIM_ANSWER: wire.answer_of,
    Kind.CLAIM_EVIDENCE: wire.evidence_of,
    Kind.CLAIM_TOLD: wire.told_of,
    Kind.CLAIM_WITHDRAWN: wire.withdrawn_of,
}


class Answered(msgspec.Struct, frozen=True):
    """A party's answer. `late`: its first, after reply-by by its own time. `crossed`: withdrawn by who had it not."""

    kept: Kept
    stance: Stance
    words: Words | None
    late: bool = False
    crossed: bool = False


class Given(msgspec.Struct, frozen=True):
    """Evidence."""

    kept: Kept
    files: tuple[File, ...]
    words: Words | None


class Stated(msgspec.Struct, frozen=True):
    """Who else was told, by the claimant's word; `names` is None where that is withheld."""

    kept: Kept
    names: tuple[str, ...] | None
    text: str


class Withdrawn(msgspec.Struct, frozen=True):
    """The claimant's withdrawal; `replaced` is the claim that it names in its place."""

    kept: Kept
    replaced: EntryId | None
    words: Words | None


class Party(msgspec.Struct, frozen=True):
    """A post that the claim is put to, with all its answers."""

    post: PostId
    answers: tuple[Answered, ...] = ()

    @property
    def newest(self) -> Answered | None:
        """The answer that counts."""
        return self.answers[-1] if self.answers else None


class State(msgspec.Struct, frozen=True):
    """A claim on one line. `replaces` is the claim whose place it says that it takes, `marks` are officers' marks."""

    opening: Kept
    claim: Claim
    words: ClaimWords | None
    replaces: EntryId | None
    parties: tuple[Party, ...]
    evidence: tuple[Given, ...] = ()
    told: tuple[Stated, ...] = ()
    marks: tuple[Kept, ...] = ()
    withdrawn: Withdrawn | None = None

    @property
    def claimant(self) -> PostId:
        """Whose claim it is."""
        return self.opening.entry.header.author

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.opening.entry.header.traffic

    @property
    def precedence(self) -> Precedence:
        """That of the claim."""
        return Precedence(self.opening.entry.header.precedence)

    def party(self, post: PostId) -> Party | None:
        """One that it is put to."""
        return next((each for each in self.parties if each.post == post), None)

    def status(self, party: Party) -> str:
        """`silent`, `accepts`, `rejects`, `no position`, `asks evidence`, or `evidence given` since it asked."""
        newest = party.newest
        if newest is None:
            return "silent"
        asks = newest.stance == Stance.ASKS_EVIDENCE
        if asks and any(precedes(newest.kept, each.kept) for each in self.evidence):
            return "evidence given"
        return newest.stance.name.lower().replace("_", " ")

    def is_put_to(self, post: PostId) -> bool:
        """Whether an answer of a post is asked for."""
        return self.party(post) is not None


def forbidden(entry: Entry, rules: Rules) -> str | None:
    """Why the rules of the line do not allow an entry: who else was told is said only where they say so."""
    if entry.header.kind != Kind.CLAIM_TOLD or rules.told:
        return None
    return "the rules of this line do not let members say who else was told"


def identity(kept: Kept) -> tuple[PostId, TrafficClass, bytes]:
    """What a claim has in common with itself on other lines. Raises PeerError for what is no claim."""
    return kept.entry.header.author, kept.entry.header.traffic, wire.claim_of(kept.entry)[0].digest


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The claim that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the claim itself. Raises BadField where it opens none."""
    header = kept.entry.header
    claim, words = wire.claim_of(kept.entry)
    if header.act is None or len(header.refers) > 1:
        raise BadField("An officer signs a claim, and it refers to the claim that it replaces, or to nothing.")
    replaces = header.refers[0] if header.refers else None
    return State(kept, claim, words, replaces, tuple(map(Party, claim.parties)))


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind in folding.MARKS:
        folding.check_mark(kept, state.opening.entry)
        return msgspec.structs.replace(state, marks=(*state.marks, kept))
    if header.kind not in _STEPS:
        raise NoPlace("its kind has no place in a claim")
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the claim")
    if header.refers[:1] != (state.opening.entry.id,):
        raise NoPlace("it does not refer to the claim")
    if header.act is None:
        raise NoPlace("no officer signed it")
    if header.kind != Kind.CLAIM_ANSWER and header.author != state.claimant:
        raise NoPlace("only who put the claim says that")
    return _STEPS[Kind(header.kind)](state, kept)


def _answer(state: State, kept: Kept) -> State:
    party, end = state.party(kept.entry.header.author), state.withdrawn
    if party is None:
        raise NoPlace("the claim is not put to its author")
    if end is not None and precedes(end.kept, kept):
        raise NoPlace("its author knew that the claim was withdrawn")
    answer, words = wire.answer_of(kept.entry)
    first = all(each.late for each in party.answers)
    late = first and 0 < state.claim.reply_by < kept.entry.header.time
    answered = Answered(kept, answer.stance, words, late, crossed=end is not None)
    changed = Party(party.post, (*party.answers, answered))
    return msgspec.structs.replace(state, parties=tuple(changed if each is party else each for each in state.parties))


def _give(state: State, kept: Kept) -> State:
    if state.withdrawn is not None:
        raise NoPlace("the claim was withdrawn before")
    evidence, words = wire.evidence_of(kept.entry)
    return msgspec.structs.replace(state, evidence=(*state.evidence, Given(kept, evidence.files, words)))


def _tell(state: State, kept: Kept) -> State:
    told = wire.told_of(kept.entry)
    stated = Stated(kept, None if told is None else told.names, "" if told is None else told.text)
    return msgspec.structs.replace(state, told=(*state.told, stated))


def _withdraw(state: State, kept: Kept) -> State:
    if state.withdrawn is not None:
        raise NoPlace("the claim was withdrawn before")
    refers = kept.entry.header.refers
    withdrawn = Withdrawn(kept, refers[1] if len(refers) > 1 else None, wire.withdrawn_of(kept.entry))
    parties = tuple(
        Party(
            each.post,
            tuple(
                msgspec.structs.replace(answered, crossed=not precedes(answered.kept, kept))
                for answered in each.answers
            ),
        )
        for each in state.parties
    )
    return msgspec.structs.replace(state, parties=parties, withdrawn=withdrawn)


_STEPS: Final[Mapping[Kind, Callable[[State, Kept], State]]] = {
    Kind.CLAIM_ANSWER: _answer,
    Kind.CLAIM_EVIDENCE: _give,
    Kind.CLAIM_TOLD: _tell,
    Kind.CLAIM_WITHDRAWN: _withdraw,
}


# What people are told

WARN_MS: Final = 3_600_000
"""How long before reply-by a party that has not answered is reminded; of a short time at most its last quarter."""

NameOf = Callable[[PostId], str]


def told(before: Folded[State] | None, after: Folded[State], me: PostId, name_of: NameOf) -> tuple[Told, ...]:
    """What is new for the people at post `me`: a party, or the claimant."""
    state = after.state
    known = set() if before is None else {kept.entry.id for kept in before.entries}
    known |= {each.entry for each in after.ignored}
    news = [kept for kept in after.entries if kept.entry.id not in known and kept.entry.header.author != me]
    if me == state.claimant:
        return tuple(_answered(state, kept, name_of) for kept in news if kept.entry.header.kind == Kind.CLAIM_ANSWER)
    if not state.is_put_to(me):
        return ()
    said = (_said(state, kept, name_of(state.claimant)) for kept in news)
    return tuple(each for each in said if each is not None)


def _answered(state: State, kept: Kept, name_of: NameOf) -> Told:
    header = kept.entry.header
    party = state.party(header.author)
    answered = next(each for each in (() if party is None else party.answers) if each.kept.entry.id == kept.entry.id)
    late = ", after reply-by" * answered.late + ", crossing its withdrawal" * answered.crossed
    text = f"{name_of(header.author)} {_ANSWERS[answered.stance]}{late}."
    return Told("claim-answered", text, kept.entry.id, state.precedence)


_ANSWERS: Final[Mapping[Stance, str]] = {
    Stance.ACCEPTS: "accepts the claim",
    Stance.REJECTS: "rejects the claim",
    Stance.NO_POSITION: "takes no position on the claim",
    Stance.ASKS_EVIDENCE: "asks for evidence for the claim",
}


def _said(state: State, kept: Kept, name: str) -> Told | None:
    """One thing that the claimant said to a party."""
    entry, level = kept.entry.id, state.precedence
    match kept.entry.header.kind:
        case Kind.CLAIM:
            words = "its words are withheld" if state.words is None else state.words.text
            return Told("claim-put", f"{name} puts a claim to this post: {words}", entry, level)
        case Kind.CLAIM_EVIDENCE:
            return Told("claim-evidence", f"{name} gives evidence for its claim. Answer again.", entry, level)
        case Kind.CLAIM_TOLD:
            names = next((each.names for each in state.told if each.kept.entry.id == entry), None)
            whom = "names that are withheld" if names is None else "; ".join(names)
            return Told("claim-told", f"{name} states who else was told: {whom}.", entry, Precedence.ROUTINE)
        case Kind.CLAIM_WITHDRAWN:
            instead = state.withdrawn is not None and state.withdrawn.replaced is not None
            text = f"{name} withdraws its claim" + (", and puts another in its place." if instead else ".")
            return Told("claim-withdrawn", text, entry, level)
        case _:
            return None


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the people at post `me` are reminded that an answer is asked for, later than `after`."""
    reply_by, party = state.claim.reply_by, state.party(me)
    if not reply_by or state.withdrawn is not None:
        return None
    if me == state.claimant:
        times = [reply_by] if any(each.newest is None for each in state.parties) else []
    else:
        span = max(0, reply_by - state.opening.entry.header.time)
        warned = Instant(reply_by - min(WARN_MS, span // 4))
        times = [warned, reply_by] if party is not None and party.newest is None else []
    return min((at for at in times if at > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: NameOf) -> tuple[Told, ...]:
    """What they are told then."""
    over = at >= state.claim.reply_by
    if me == state.claimant:
        silent = ", ".join(name_of(each.post) for each in state.parties if each.newest is None)
        text = f"Reply-by is over, and {silent} answered nothing. That is silence, and neither yes nor no."
    else:
        text = (
            f"{name_of(state.claimant)} waits for an answer to its claim, and reply-by is {'over' if over else 'near'}."
        )
    return (Told("claim-waits", text, state.opening.entry.id, state.precedence),)
