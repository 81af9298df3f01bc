"""How far a call got, from the entries of both sides: plain sentences, each with who proves it and by which entries.

Nothing is said that no entry bears out; what nobody proves is said to be not known (spec/certificate.md, The finding).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

import msgspec

from openline.errors import PeerError
from openline.identity.card import Card
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, PostId
from openline.wire.certificate import Certificate, LinkState, certificate_of, response_of, statement_words
from openline.wire.contact import (
    Attempt,
    Closing,
    Outcome,
    Reason,
    answer_of,
    attempt_of,
    closing_of,
    request_of,
)
from openline.wire.entry import Entry
from openline.wire.kinds import QUIET, Kind

Body = TypeVar("Body")


class Label(StrEnum):
    """Who proves a sentence."""

    THEM = "signed by them"
    THIRD = "signed by a third member"
    REQUESTER = "stated by the requester"
    UNKNOWN = "not known"


class Sentence(msgspec.Struct, frozen=True):
    """One sentence of a finding: its stable code, who proves it, and the ids of the entries that do."""

    code: str
    label: Label
    text: str
    proofs: tuple[EntryId, ...]


class Tree(msgspec.Struct, frozen=True):
    """A checkpoint of the called side that holds: its entry, what it covers, and when it was signed."""

    entry: EntryId
    size: int
    time: Instant


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What a finding is made from: the certificate's own entries, the entries that are shown, and the cards."""

    requester: PostId
    counterpart: PostId
    request: Entry
    statements: tuple[Entry, ...]
    entries: Mapping[PostId, tuple[Entry, ...]]
    trees: tuple[Tree, ...]
    cards: Mapping[PostId, Card]

    @property
    def statement(self) -> Entry:
        """The newest certificate."""
        return self.statements[-1]

    @property
    def theirs(self) -> tuple[Entry, ...]:
        """What is shown of the counterpart's feed, by number."""
        return self.entries.get(self.counterpart, ())

    @property
    def ours(self) -> tuple[Entry, ...]:
        """What is shown of the requester's feed."""
        return self.entries.get(self.requester, ())

    def name(self, post: PostId) -> str:
        """What the post's card calls it."""
        card = self.cards.get(post)
        return f"“{card.name}”" if card is not None else post.hex()[:12]

    def officer(self, entry: Entry) -> str:
        """Who signed an entry: an officer's name, or the post."""
        act, card = entry.header.act, self.cards.get(entry.header.author)
        held = None if act is None or card is None else card.officer(act.officer)
        return f"officer {held.name}" if held is not None else "the post, without an officer"

    def in_contact(self, entry: Entry, kind: Kind) -> bool:
        """Whether an entry is of this kind and of the contact."""
        return entry.header.kind == kind and self.request.id in entry.header.refers[:1]


def holds(entry: Entry, feed: PostId, number: int) -> bool:
    """Whether an entry's have-vector holds an entry of another feed."""
    return any(
        have.feed == feed and (have.number >= number or number in dict(have.beyond)) for have in entry.header.have
    )


def finding(case: Case) -> tuple[Sentence, ...]:
    """All sentences, those that the called side signed first."""
    return (*_by_them(case), *_by_others(case), *_by_requester(case), *_not_known(case))


# What the called side signed


def _by_them(case: Case) -> Iterator[Sentence]:
    them, last = case.name(case.counterpart), case.theirs[-1:]
    received = delivered(case)
    if received is not None:
        text = f"{them} signed that it held the request at {utc(received.header.time)}, their clock."
        yield Sentence("delivered", Label.THEM, text, (received.id, case.request.id))
    manned = _manned(case, received)
    if manned is not None and received is not None and manned.header.act is not None:
        text = (
            f"{_begin(case.officer(manned))} of {them} signed entry {manned.header.number} at "
            f"{utc(manned.header.act.time)}, their clock, after their post held the request: their desk was manned."
        )
        yield Sentence("manned", Label.THEM, text, (manned.id, received.id))
    for entry in answers(case):
        yield Sentence("answered", Label.THEM, _said_answer(case, entry), (entry.id,))
    tree = no_answer_in_their_record(case)
    if tree is not None:
        text = (
            f"Their own record holds no answer: their checkpoint of {utc(tree.time)}, after reply-by, covers their "
            f"entries up to {tree.size}, and none of them answers the request."
        )
        yield Sentence("no-answer-in-their-record", Label.THEM, text, (tree.entry,))
    for entry in responses(case):
        yield Sentence("responded", Label.THEM, _said_response(case, entry), (entry.id, entry.header.refers[1]))
    alive = _wrote_since(case)
    if alive is not None:
        text = (
            f"Entry {alive.header.number} of {them} is of {utc(alive.header.time)}, their clock, while the "
            "requester says that it had no link: their post was at work then."
        )
        yield Sentence("at-work", Label.THEM, text, (alive.id, case.statement.id))
    for entry in last:
        text = f"The last entry of {them} that is shown is {entry.header.number}, of {utc(entry.header.time)}."
        yield Sentence("last-shown", Label.THEM, text, (entry.id,))


def delivered(case: Case) -> Entry | None:
    """Their first entry that says that they hold the request."""
    number = case.request.header.number
    return next((each for each in case.theirs if holds(each, case.requester, number)), None)


def _manned(case: Case, received: Entry | None) -> Entry | None:
    """Their newest entry by an officer, after they held the request."""
    if received is None:
        return None
    acted = [
        each for each in case.theirs if each.header.act is not None and each.header.number >= received.header.number
    ]
    return acted[-1] if acted else None


def answers(case: Case) -> list[Entry]:
    """Their answers to the request."""
    return [each for each in case.theirs if case.in_contact(each, Kind.CALL_ANSWER) and each.header.act is not None]


def responses(case: Case) -> list[Entry]:
    """Their responses to certificates of the requester that are shown."""
    named = {each.id for each in case.ours if case.in_contact(each, Kind.CALL_CERTIFICATE)}
    said = [each for each in case.theirs if case.in_contact(each, Kind.CALL_RESPONSE)]
    return [each for each in said if named.intersection(each.header.refers[1:2])]


def no_answer_in_their_record(case: Case) -> Tree | None:
    """Their checkpoint later than reply-by that covers all headers shown but quiet ones, where none answers."""
    request = shown(request_of, case.request)
    if request is None or answers(case):
        return None
    loud = [each.header.number for each in case.theirs if each.header.kind not in QUIET]
    late = [tree for tree in case.trees if tree.time > request.reply_by and tree.size >= max(loud, default=0)]
    return max(late, key=lambda tree: tree.size, default=None)


def _wrote_since(case: Case) -> Entry | None:
    since = _lost_at(case)
    return None if since is None else next((each for each in case.theirs if each.header.time > since), None)


def _lost_at(case: Case) -> Instant | None:
    """Since when, from the request on, the requester says that it has no link; None where it says that it has one."""
    body = shown(certificate_of, case.statement)
    if body is None or body.link.state == LinkState.UP:
        return None
    return max(body.link.since, case.request.header.time)


# What others signed


def _by_others(case: Case) -> Iterator[Sentence]:
    for entry in third_reach(case):
        upto = max(have.number for have in entry.header.have if have.feed == case.counterpart)
        text = (
            f"{case.name(entry.header.author)} signed at {utc(entry.header.time)}, its clock, that entries of "
            f"{case.name(case.counterpart)} up to {upto} had reached it."
        )
        yield Sentence("third-reach", Label.THIRD, text, (entry.id,))


def third_reach(case: Case) -> list[Entry]:
    """Of each third member, its newest entry since the request that says it got something of theirs."""
    found = []
    for post in sorted(case.entries):
        if post not in (case.requester, case.counterpart):
            since = [each for each in case.entries[post] if each.header.time >= case.request.header.time]
            reached = [each for each in since if holds(each, case.counterpart, 1)]
            found += reached[-1:]
    return found


# What the requester states


def _by_requester(case: Case) -> Iterator[Sentence]:
    us, them = case.name(case.requester), case.name(case.counterpart)
    request, body = shown(request_of, case.request), shown(certificate_of, case.statement)
    if request is not None:
        office = next((each.office for each in request.called if each.post == case.counterpart), request.office)
        text = (
            f"{us}, {request.office}, asked at {utc(case.request.header.time)} to speak with {office} of {them}; "
            f"reply by {utc(request.reply_by)}."
        )
        yield Sentence("asked", Label.REQUESTER, text, (case.request.id,))
    for entry in case.ours:
        if case.in_contact(entry, Kind.CALL_ATTEMPT):
            attempt = shown(attempt_of, entry)
            if attempt is None or attempt.post == case.counterpart:
                yield Sentence("attempt", Label.REQUESTER, _said_attempt(case, entry, attempt), (entry.id,))
        elif case.in_contact(entry, Kind.CALL_OUTCOME):
            closing = shown(closing_of, entry)
            if closing is None or closing.post == case.counterpart:
                yield Sentence("closed", Label.REQUESTER, _said_closing(case, entry, closing), (entry.id,))
    if body is not None:
        upto = f"entries up to {body.number} of {them}" if body.number else f"nothing of {them}"
        beyond = ", ".join(str(each.number) for each in body.beyond)
        text = f"{us} held {upto}{f' and entries {beyond}' if beyond else ''}, and nothing else of theirs."
        yield Sentence("holds", Label.REQUESTER, text, (case.statement.id,))
        yield Sentence("link", Label.REQUESTER, _said_link(case, body), (case.statement.id,))
    for statement in case.statements:
        ack = refuting(case, statement)
        if ack is not None:
            text = (
                f"REFUTED: {us} had signed in entry {ack.header.number} that it holds more of {them} than its "
                f"certificate, entry {statement.header.number}, says."
            )
            yield Sentence("refuted", Label.REQUESTER, text, (ack.id, statement.id))


def refuting(case: Case, statement: Entry) -> Entry | None:
    """The requester's own earlier entry that says it holds more than this certificate states."""
    body = shown(certificate_of, statement)
    if body is None:
        return None
    stated = {each.number for each in body.beyond}
    card = case.cards.get(body.post)
    named = () if card is None else card.branches.get(case.request.header.line, ())
    most = min((number for number, _ in named), default=1 << 63)  # beyond it, what was signed for may be off the branch
    for entry in case.ours:
        for have in entry.header.have if entry.header.number <= statement.header.number else ():
            beyond = {number for number, _ in have.beyond if body.number < number <= most}
            if have.feed == body.post and (body.number < have.number <= most or beyond - stated):
                return entry
    return None


# What nobody proves


def _not_known(case: Case) -> Iterator[Sentence]:
    them, proof = case.name(case.counterpart), (case.statement.id,)
    received = delivered(case)
    if received is None:
        text = (
            f"Whether the request reached {them}: no receipt of theirs is shown, and that does not mean that it was "
            "not delivered."
        )
        yield Sentence("delivery", Label.UNKNOWN, text, (case.request.id, case.statement.id))
    elif _manned(case, received) is None:
        text = (
            f"Whether anybody was at the desk of {them}: no officer of theirs signed anything shown after the request."
        )
        yield Sentence("desk", Label.UNKNOWN, text, (received.id, case.statement.id))
    since = _lost_at(case)
    told = [each for each in third_reach(case) if since is not None and each.header.time > since]
    if since is not None and not told and _wrote_since(case) is None:
        text = f"Whether the line was cut or the post of {them} was down: nothing shown tells."
        yield Sentence("cut-or-down", Label.UNKNOWN, text, proof)
    last = case.theirs[-1].header.number if case.theirs else 0
    text = f"Anything of {them} after entry {last}." if last else f"Anything of {them}: nothing of theirs is shown."
    yield Sentence("after", Label.UNKNOWN, text, proof)
    if not responses(case):
        text = f"What {them} says of this: one side only, for no response of theirs is shown."
        yield Sentence("one-side", Label.UNKNOWN, text, proof)


# In words


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _plain(name: str) -> str:
    return name.lower().replace("_", " ")


def _said_answer(case: Case, entry: Entry) -> str:
    answer, head = (
        shown(answer_of, entry),
        f"{_begin(case.officer(entry))} of {case.name(case.counterpart)} answered",
    )
    when = f"at {utc(entry.header.time)}, their clock"
    if answer is None:
        return f"{head} {when}; what is withheld."
    reason = f", {_plain(answer.reason.name)}" if answer.reason != Reason.UNSTATED else ""
    at = f" for {utc(answer.at)}" if answer.at else ""
    return f"{head} {when}: {_plain(answer.reply.name)}{at}{reason}."


def _said_response(case: Case, entry: Entry) -> str:
    body, words = shown(response_of, entry), shown(statement_words, entry)
    named = ", ".join(each.hex()[:12] for each in body.answers) if body is not None else ""
    text = f" “{words.text}”" if words is not None and words.text else ""
    said = f"its answers are {named}" if named else "it names no answer of its own"
    who = f"{case.name(case.counterpart)} ({case.officer(entry)})"
    return f"{who} responded to the certificate at {utc(entry.header.time)}, their clock: {said}.{text}"


def _said_attempt(case: Case, entry: Entry, attempt: Attempt | None) -> str:
    if attempt is None:
        return f"An attempt, entry {entry.header.number}, whose words are withheld."
    words = shown(statement_words, entry)
    said = "; ".join(each for each in (words.who, words.text) if each) if words is not None else ""
    until = f" to {utc(attempt.ended)}" if attempt.ended else ""
    text = f"Tried by {attempt.means} at {utc(attempt.began)}{until}, reached {_plain(attempt.layer.name)}"
    return f"{text} ({case.officer(entry)})" + (f": “{said}”" if said else ".")


def _said_closing(case: Case, entry: Entry, closing: Closing | None) -> str:
    what = "whose outcome is withheld" if closing is None else _plain(Outcome(closing.outcome).name)
    return f"Closed at {utc(entry.header.time)} ({case.officer(entry)}): {what}."


def _said_link(case: Case, body: Certificate) -> str:
    words = shown(statement_words, case.statement)
    how = words.text if words is not None and words.text else _plain(body.link.state.name)
    since = f" since {utc(body.link.since)}" if body.link.since else ""
    heard = f"something came over it last at {utc(body.link.heard)}" if body.link.heard else "nothing has come over it"
    return f"Its own link to {case.name(case.counterpart)}: {how}{since}; {heard}, by its own clock."


# Bodies, as far as they are shown


def shown(read: Callable[[Entry], Body], entry: Entry) -> Body | None:
    """What a body says, None where it is withheld or says nothing that its kind allows."""
    try:
        return read(entry)
    except PeerError:
        return None


def ordered(entries: Iterable[Entry]) -> dict[PostId, tuple[Entry, ...]]:
    """Entries by author, each author's by number."""
    found: dict[PostId, dict[EntryId, Entry]] = {}
    for entry in entries:
        found.setdefault(entry.header.author, {})[entry.id] = entry
    return {
        post: tuple(sorted(held.values(), key=lambda each: (each.header.number, each.id)))
        for post, held in sorted(found.items())
    }
