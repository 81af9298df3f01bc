"""A line proposed to a post that has not signed for it: what goes out, and what is checked before a person is asked.

A proposal holds every version of the terms, and in full form the entries that sign the newest one. The versions hang
together by their hashes, so who trusts the members that signed the newest trusts the chain; the older signatures are
in the record, which the newcomer then reads.
"""

from __future__ import annotations

from typing import Any

from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import BadSignature, BadTerms, NotAMember, TooLarge
from openline.feeds.record import Put
from openline.identity.card import Card
from openline.limits import CARD_MAX_BYTES, ENTRY_MAX_BYTES, LINE_MEMBERS_MAX, TERMS_MAX_BYTES
from openline.terms import ID_BYTES, LineId, PostId, TrafficClass
from openline.wire import cbor
from openline.wire.bodies import terms_of
from openline.wire.entry import Entry, entry_to_be_signed
from openline.wire.fields import as_list, octets
from openline.wire.full import decode_full
from openline.wire.kinds import Kind
from openline.wire.lineterms import LineTerms, decode_terms, follows, line_id, must_sign
from openline.wire.link import Proposal

PROPOSALS_MAX = 64
PROPOSALS_PER_PEER_MAX = 8
PROPOSAL_MAX_BYTES = 4 << 20
VERSIONS_MAX = 1_024


def invite(state: State, link: Link, line: Line) -> None:
    """Propose a line, as it stands, to a member that has not signed for it yet."""
    if line.feeds[link.peer].number or not line.signatures:
        return
    signed = cbor.encode([[payload for payload, _ in line.chain], list(line.signatures)])
    cards = [state.card_of(post) for post in line.active]
    link.say(Proposal(signed, tuple(card.encode() for card in cards if card is not None)))


def proposed(state: State, turn: Turn, link: Link, proposal: Proposal) -> None:
    """A peer proposes a line: check that it holds together, and ask a person."""
    terms = read(state, proposal.signed, proposal.cards, link.peer)
    known = state.proposals.get(terms.line)
    value = cbor.encode([link.peer, proposal.signed, list(proposal.cards)])
    if known == value:
        return
    own = sum(_proposer(each) == link.peer for each in state.proposals.values())
    if known is None and (len(state.proposals) >= PROPOSALS_MAX or own >= PROPOSALS_PER_PEER_MAX):
        turn.note("Too many lines are proposed here already; accept some first.", state.name_of(link.peer))
        return
    state.proposals[terms.line] = value
    turn.emit(Put("proposal", terms.line, value))
    if known is None:
        classes = terms.latest.classes
        only = "" if len(classes) == len(TrafficClass) else f", for {', '.join(each.name for each in classes)} only"
        text = f"{state.name_of(link.peer)} proposes the line {terms.latest.name}{only}. Accept it with `line accept`."
        turn.alarm(terms.line, "line-proposed", text)


def _proposer(value: bytes) -> PostId:
    """Who made a proposal that waits: the first of the three that it encodes, whose head takes three bytes."""
    return PostId(value[3 : 3 + ID_BYTES])


class Proposed:
    """A proposal that holds together: all versions of the terms, who signed the newest, the members' cards."""

    def __init__(self, payloads: list[bytes], signatures: tuple[bytes, ...], members: list[Card]) -> None:
        self.payloads = payloads
        self.signatures = signatures
        self.members = members
        self.line = line_id(payloads[0])
        self.latest = decode_terms(payloads[-1])


def read(state: State, signed: bytes, cards: tuple[bytes, ...], peer: PostId) -> Proposed:
    """What a proposal of a peer holds. Raises PeerError where it does not hold together."""
    payloads, entries = _parts(signed)
    latest = chain(payloads)[-1]
    beside = (state.card, *state.peers.values())
    shown = [Card.admit_beside(card, beside) for card in cards]
    known = {card.post: card for card in shown} | state.peers | {state.me: state.card}
    signers = {signer(entry, payloads, known) for entry in entries}
    needed = must_sign(latest, decode_terms(payloads[-2])) if len(payloads) > 1 else (peer,)
    if len(payloads) > 1 and not set(needed) <= signers:
        raise BadTerms("The newest terms of a proposal lack a signature.")
    if not signers or not signers <= set(latest.active()):
        raise BadTerms("A proposal is signed by nobody who is a member.")
    if peer not in latest.active() or state.me not in latest.active():
        raise NotAMember("A proposal of a line that does not have both posts as members.")
    if any(post not in known for post in latest.active()):
        raise BadTerms("A proposal lacks the card of a member.")
    return Proposed(payloads, tuple(map(bytes, _values(signed)[1])), [known[post] for post in latest.active()])


def _values(signed: bytes) -> list[Any]:
    return as_list(cbor.decode(signed, ENTRY_MAX_BYTES), "proposal", most=2, exactly=2)


def parts(proposal: Proposal) -> tuple[list[bytes], list[Entry]]:
    """The versions of the terms that a proposal holds, and the entries that sign the newest of them."""
    if len(proposal.signed) + sum(map(len, proposal.cards)) > PROPOSAL_MAX_BYTES:
        raise TooLarge("A proposal is longer than any card and terms need.")
    return _parts(proposal.signed)


def _parts(signed: bytes) -> tuple[list[bytes], list[Entry]]:
    versions, entries = _values(signed)
    payloads = [octets(value, "terms", most=TERMS_MAX_BYTES) for value in as_list(versions, "terms", most=VERSIONS_MAX)]
    if not payloads:
        raise BadTerms("A proposal holds no terms.")
    full = [octets(value, "entry") for value in as_list(entries, "signed terms", most=LINE_MEMBERS_MAX)]
    return payloads, [decode_full(value) for value in full]


def chain(payloads: list[bytes]) -> list[LineTerms]:
    """The versions of the terms, which must follow each other from the first one on."""
    versions = [decode_terms(payload) for payload in payloads]
    if versions[0].version != 1:
        raise BadTerms("A proposal does not start with founding terms.")
    for at, new in enumerate(versions[1:], 1):
        if not follows(new, versions[at - 1], payloads[at - 1]):
            raise BadTerms("The terms of a proposal do not follow from each other.")
    return versions


def signer(entry: Entry, payloads: list[bytes], known: dict[PostId, Card]) -> PostId:
    """The author of an entry that signs the newest terms of this line."""
    card = known.get(entry.header.author)
    if card is None or card.verify_feed(entry.signature, entry_to_be_signed(entry.payload)) is None:
        raise BadSignature("A proposal holds terms whose signature does not verify.")
    if entry.header.kind != Kind.TERMS or terms_of(entry) != payloads[-1] or entry.header.line != line_id(payloads[0]):
        raise BadTerms("A proposal holds an entry that does not sign its terms.")
    return entry.header.author


def stored(state: State, identifier: LineId) -> Proposed | None:
    """The proposal of a line that waits for a person, checked again as the cards stand now."""
    value = state.proposals.get(identifier)
    if value is None:
        return None
    peer, signed, cards = cbor.decode(value, ENTRY_MAX_BYTES + LINE_MEMBERS_MAX * CARD_MAX_BYTES)
    return read(state, signed, tuple(cards), PostId(peer))


def name(value: bytes) -> str:
    """The name of a line that is proposed here."""
    _, signed, _ = cbor.decode(value, ENTRY_MAX_BYTES + LINE_MEMBERS_MAX * CARD_MAX_BYTES)
    return decode_terms(_values(signed)[0][-1]).name
