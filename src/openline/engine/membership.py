"""Lines and their members: proposed, accepted, changed; terms in force only when all whom they keep have signed."""

from __future__ import annotations

import msgspec

from openline.engine import epochs, proposals, restoring
from openline.engine.effects import Answer, Changed
from openline.engine.events import ChangeMembers, OpenLine
from openline.engine.line import Line, Offer
from openline.engine.state import State
from openline.engine.summaries import summarise
from openline.engine.turn import Turn
from openline.engine.writing import check_writable, write
from openline.errors import BadTerms, LineTooLarge, Misuse, NotAllowed, PeerError, UnknownName
from openline.feeds.record import Drop, Put
from openline.limits import LINE_MEMBERS_MAX
from openline.terms import LineId, PostId, Precedence
from openline.wire import cbor
from openline.wire.bodies import bytes_item, terms_of
from openline.wire.entry import Entry
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from openline.wire.lineterms import (
    NONCE_BYTES,
    LineTerms,
    Member,
    decode_terms,
    encode_terms,
    follows,
    line_id,
    must_sign,
    terms_hash,
)
from openline.wire.rules import decode_rules

COMMAND_WORDS = frozenset({"add", "list", "pass", "read-back", "send", "show", "withdraw"})
"""Words that follow `openline stop`: on a line of such a name it would not send STOP (tests/cli/test_stops.py)."""

OFFERS_MAX = 16
LATER_MAX = 64


def open_line(state: State, turn: Turn, command: OpenLine) -> None:
    """Propose a line: our signature on its founding terms is our first entry."""
    name, peers = command.name, command.peers
    for peer in peers:
        if peer not in state.peers:
            raise UnknownName("A peer of the proposed line has no card here; add it with `peer add`.")
    if len(set(peers)) != len(peers) or state.me in peers or not peers:
        raise NotAllowed("Name each of the other posts once, and this one not at all.")
    if len(peers) >= LINE_MEMBERS_MAX:
        raise LineTooLarge(f"A line has at most {LINE_MEMBERS_MAX} members.")
    if any(line.terms.name == name for line in state.lines.values()):
        raise NotAllowed(f"There is a line named {name} already; choose another name.")
    if not name.isprintable():
        raise Misuse("The name of the line holds characters that cannot be shown.")
    if _is_command(name):
        raise Misuse(
            f"A line cannot be called {name!r}: `openline stop` reads it as another word. Choose another name."
        )
    members = tuple(Member(post, active=True) for post in (state.me, *peers))
    terms = LineTerms(
        name=name,
        version=1,
        previous=None,
        members=members,
        time=turn.at,
        nonce=turn.random(NONCE_BYTES),
        classes=command.classes,
        rules=command.rules,
    )
    _check_rules(terms.rules)
    payload = encode_terms(terms)
    decode_terms(payload)
    line, entry = join(state, turn, [payload], line_id(payload))
    _remember_signatures(turn, line, (encode_full(entry),))
    for link in state.links.values():
        if link.greeted and link.peer in peers:
            proposals.invite(state, link, line)
            summarise(state, turn, link, line)
    turn.emit(Answer(command.request, {"line": name, "id": line.id}))


def _is_command(name: str) -> bool:
    return name in COMMAND_WORDS or name.startswith("-")


def _remember_signatures(turn: Turn, line: Line, signatures: tuple[bytes, ...]) -> None:
    """Keep the entries that sign the terms in force, to show them to a member that has not signed yet."""
    line.signatures = signatures
    turn.emit(Put("signatures", line.id, cbor.encode(list(signatures))))


def join(state: State, turn: Turn, payloads: list[bytes], identifier: LineId) -> tuple[Line, Entry]:
    """Take up a line under these terms: sign them, and begin our first epoch."""
    line = Line(identifier, state.me, payloads[0], decode_terms(payloads[0]))
    for payload in payloads[1:]:
        line.chain.append((payload, decode_terms(payload)))
    line.add_members()
    line.keys_told = state.card.sequence
    line.checkpoint_at = turn.at
    state.lines[identifier] = line
    for number, payload in enumerate(payloads, 1):
        turn.emit(Put("terms", identifier + number.to_bytes(4, "big"), payload))
    entry = write(state, turn, line, Kind.TERMS, (bytes_item(payloads[-1]),), precedence=Precedence.FLASH)
    epochs.begin(state, turn, line)
    state.moved_lines[identifier] = None
    return line, entry


def accept(state: State, turn: Turn, request: int, identifier: LineId, terms: str) -> None:
    """Accept a proposed line, or the terms proposed for a line that runs."""
    if identifier in state.lines:
        _accept_terms(state, turn, request, state.lines[identifier], terms)
        return
    proposed = proposals.stored(state, identifier)
    if proposed is None:
        raise UnknownName("No such line has been proposed here.")
    if any(line.terms.name == proposed.latest.name for line in state.lines.values()):
        raise NotAllowed("There is another line of that name already; ask the proposer for another name.")
    if _is_command(proposed.latest.name):
        name = proposed.latest.name
        raise NotAllowed(f"`openline stop` cannot name a line called {name!r}; ask the proposer for another name.")
    for card in proposed.members:
        if card.post != state.me and card.post not in state.peers:
            state.peers[card.post] = card
            turn.emit(Put("introduced", card.post, card.encode()))
    del state.proposals[identifier]
    turn.emit(Drop("proposal", identifier))
    line, _ = join(state, turn, proposed.payloads, identifier)
    _remember_signatures(turn, line, proposed.signatures)
    for link in state.links.values():
        if link.greeted and link.peer in line.active:
            summarise(state, turn, link, line)
    state.recheck = True
    turn.emit(Changed(None, "cards"))
    turn.emit(Answer(request, {"line": line.terms.name, "id": line.id}))


def change(state: State, turn: Turn, line: Line, command: ChangeMembers) -> None:
    """Propose terms with members added and removed, or other rules; our signature on them is an entry."""
    check_writable(state, line)
    add, remove = command.add, command.remove
    if any(post not in state.peers for post in add):
        raise UnknownName("A post to be added has no card here; add it with `peer add`.")
    if any(line.index(post) >= 0 for post in add) or any(post not in line.active for post in remove):
        raise NotAllowed("Only a new post can be added, and only an active member removed; nobody returns to a line.")
    if len(line.terms.members) + len(add) > LINE_MEMBERS_MAX:
        raise LineTooLarge(f"A line has at most {LINE_MEMBERS_MAX} members, removed ones included.")
    members = [Member(member.post, member.active and member.post not in remove) for member in line.terms.members]
    members += [Member(post, active=True) for post in add]
    payload, current = line.chain[-1]
    new = msgspec.structs.replace(
        current,
        version=current.version + 1,
        previous=terms_hash(payload),
        members=tuple(members),
        time=turn.at,
        rules=current.rules if command.rules is None else command.rules,
    )
    _check_rules(new.rules)
    encoded = encode_terms(new)
    decode_terms(encoded)
    if state.me not in new.active():
        raise NotAllowed("A post does not remove itself; ask another member to.")
    if len(must_sign(new, current)) < 2:
        raise NotAllowed("At least two of the present members stay on a line; open another line instead.")
    _sign_terms(state, turn, line, encoded)
    waiting = [state.name_of(post) for post in must_sign(new, current) if post != state.me]
    turn.emit(Answer(command.request, {"line": line.terms.name, "version": new.version, "waiting for": waiting}))


def _accept_terms(state: State, turn: Turn, request: int, line: Line, terms: str) -> None:
    meant = {key: offer for key, offer in line.offers.items() if key.hex().startswith(terms.lower())}
    open_offers = {key: offer for key, offer in meant.items() if state.me not in offer.signed}
    if not open_offers:
        raise UnknownName("No such new terms are waiting to be accepted on this line.")
    if len(open_offers) > 1:
        shown = ", ".join(f"{key.hex()[:12]} by {_signers(state, offer)}" for key, offer in sorted(open_offers.items()))
        raise NotAllowed(f"Several terms are proposed: {shown}. Look at `line status`, and name the ones you mean.")
    (offer,) = open_offers.values()
    for post in offer.terms.active():
        if state.card_of(post) is None:
            raise UnknownName(
                f"The new terms add the post {post.hex()[:12]}, whose card is not here. "
                "Add it with `peer add`, compare its digits by voice, then accept."
            )
    _check_rules(offer.terms.rules)
    _sign_terms(state, turn, line, offer.payload)
    turn.emit(Answer(request, {"line": line.terms.name, "version": offer.terms.version}))


def _check_rules(rules: bytes) -> None:
    try:
        decode_rules(rules)
    except PeerError as error:
        raise NotAllowed(f"The rules in these terms cannot be read here: {error}") from error


def _signers(state: State, offer: Offer) -> str:
    return " and ".join(sorted(state.name_of(post) for post in offer.signed))


def _sign_terms(state: State, turn: Turn, line: Line, payload: bytes) -> None:
    if any(state.me in offer.signed for offer in line.offers.values()):
        raise NotAllowed("This post has signed other terms to follow the same ones; two would be evidence against it.")
    entry = write(state, turn, line, Kind.TERMS, (bytes_item(payload),), precedence=Precedence.FLASH)
    signed(state, turn, line, entry)


def signed(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """A member signed terms to follow the ones in force; when all whom they keep have, they are in force."""
    payload, author = terms_of(entry), entry.header.author
    new = decode_terms(payload)
    if any(payload == known for known, _ in line.chain):
        return
    if new.version > line.terms.version + 1:
        if len(line.later) >= LATER_MAX:
            raise BadTerms("too many terms wait for the ones before them.")
        line.later.append(entry)
        return
    if not follows(new, line.terms, line.chain[-1][0]):
        raise BadTerms("these terms do not follow from the ones in force.")
    key = terms_hash(payload)
    others = [offer for other, offer in line.offers.items() if other != key and author in offer.signed]
    if others:
        text = f"{state.name_of(author)} signed two different terms to follow the same ones."
        turn.alarm(line.id, "terms-forked", text, entry.id, Precedence.FLASH)
        return
    if key not in line.offers and len(line.offers) >= OFFERS_MAX:
        raise BadTerms("too many terms are proposed at once.")
    offer = line.offers.setdefault(key, Offer(payload, new, set(), []))
    if author in offer.signed:
        return
    offer.signed.add(author)
    offer.entries.append(encode_full(entry))
    turn.emit(Put("offer", line.id + key, cbor.encode([payload, sorted(offer.signed), offer.entries])))
    if set(must_sign(new, line.terms)) <= offer.signed:
        _into_force(state, turn, line, offer)
    elif state.me not in offer.signed and state.me in new.active():
        text = f"{state.name_of(author)} proposes new terms. See `line status`, then `line accept`."
        turn.alarm(line.id, "terms-proposed", text, entry.id)


def removed(state: State, turn: Turn, line: Line, payloads: list[bytes], offer: Offer) -> None:
    """Terms that remove this post, with all versions before them, are shown by a member (farewells.py)."""
    for payload in payloads[line.terms.version :]:
        terms = decode_terms(payload)
        line.chain.append((payload, terms))
        turn.emit(Put("terms", line.id + terms.version.to_bytes(4, "big"), payload))
    _into_force(state, turn, line, offer)


def _into_force(state: State, turn: Turn, line: Line, offer: Offer) -> None:
    before = set(line.active)
    line.chain.append((offer.payload, offer.terms))
    for key in line.offers:
        turn.emit(Drop("offer", line.id + key))
    line.offers.clear()
    turn.emit(Put("terms", line.id + offer.terms.version.to_bytes(4, "big"), offer.payload))
    _remember_signatures(turn, line, tuple(offer.entries))
    line.add_members()
    _removals(state, turn, line, before, offer)
    state.recheck = True
    turn.emit(Changed(line.id, f"terms version {offer.terms.version} are in force"))
    if line.unheard is not None:
        # Whom these terms remove may alone hold what a restored post has lost: only a person goes on without it.
        line.unheard.update(post for post in line.others() if post not in before)
        state.moved_lines[line.id] = None
    if line.unheard is not None and not line.unheard and state.me in offer.terms.active():
        restoring.whole_again(state, turn, line)
    elif line.writes():
        epochs.begin(state, turn, line)
    for link in state.links_of(line):
        proposals.invite(state, link, line)
        summarise(state, turn, link, line)
    later, line.later = line.later, []
    for entry in later:
        signed(state, turn, line, entry)


def _removals(state: State, turn: Turn, line: Line, before: set[PostId], offer: Offer) -> None:
    """Remember, for those whom these terms remove, who signed them; say so, if this post is one."""
    gone = before.difference(line.active)
    if not gone:
        return
    version = offer.terms.version
    line.removals[version] = tuple(offer.entries)
    turn.emit(Put("removal", line.id + version.to_bytes(4, "big"), cbor.encode(offer.entries)))
    if state.me in gone:
        text = f"{_signers(state, offer)} signed terms that remove this post from the line. It gets nothing more of it."
        turn.alarm(line.id, "removed", text, precedence=Precedence.IMMEDIATE)
