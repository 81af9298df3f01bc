"""A member that was removed while nobody reached it is told when a link with it comes up (spec/terms.md).

It gets the versions of the terms up to the one that removed it, and the entries that sign that one: nothing that was
written after. They travel as a proposal does, and hang together in the same way.
"""

from __future__ import annotations

from openline.engine import membership, proposals
from openline.engine.line import Line, Offer
from openline.engine.link import Link
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import BadTerms
from openline.identity.card import Card
from openline.terms import PostId
from openline.wire import cbor
from openline.wire.full import encode_full
from openline.wire.lineterms import decode_terms, line_id, must_sign
from openline.wire.link import Proposal, Summary


def give(state: State, link: Link, summary: Summary) -> None:
    """Tell a peer, once on a link, that it was removed from the line of its summary, if it does not know so yet."""
    line = state.lines.get(summary.line)
    if line is None or link.peer in line.active or state.me not in line.active or line.id in link.bidden:
        return
    version = _removing(line, link.peer)
    entries = line.removals.get(version)
    if entries is None or summary.terms >= version:
        return
    link.bidden.add(line.id)
    signed = cbor.encode([[payload for payload, _ in line.chain[:version]], list(entries)])
    cards = [state.card_of(post) for post in line.chain[version - 1][1].active()]
    link.say(Proposal(signed, tuple(card.encode() for card in cards if card is not None)))


def _removing(line: Line, post: PostId) -> int:
    """The version of the terms that no longer keeps a post that an earlier one kept; 0 for a stranger."""
    kept = [terms.version for _, terms in line.chain if post in terms.active()]
    return kept[-1] + 1 if kept else 0


def taken(state: State, turn: Turn, link: Link, proposal: Proposal) -> bool:
    """Whether a proposal is of a line that runs here; if it shows that this post was removed from it, it is.

    Raises PeerError where it does not hold together.
    """
    payloads, entries = proposals.parts(proposal)
    line = state.lines.get(line_id(payloads[0]))
    if line is None:
        return False
    latest = decode_terms(payloads[-1])
    behind = len(payloads) > line.terms.version and state.me in line.active
    if not behind or state.me in latest.active() or link.peer not in latest.active():
        return True
    versions = proposals.chain(payloads)
    if any(payload != known for payload, (known, _) in zip(payloads, line.chain, strict=False)):
        raise BadTerms("The terms that a peer shows are not those in force here.")
    shown = [Card.admit_beside(card, state.peers.values()) for card in proposal.cards]
    known = {card.post: card for card in shown} | state.peers
    signers = {proposals.signer(entry, payloads, known) for entry in entries}
    needed = {*must_sign(latest, versions[-2]), *must_sign(latest, line.terms)}
    if not needed <= signers:
        raise BadTerms("The terms that remove this post lack a signature.")
    offer = Offer(payloads[-1], latest, signers, [encode_full(entry) for entry in entries])
    membership.removed(state, turn, line, payloads[:-1], offer)
    return True
