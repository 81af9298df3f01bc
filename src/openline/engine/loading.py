"""The state of a post from its record, at start-up: no entry is read again but those that wait beyond a gap."""

from __future__ import annotations

from typing import Any

from openline.engine import checkbook, drafting, numbering, together
from openline.engine.branches import settle_claims
from openline.engine.line import Line, Offer, Statement, epoch_keys
from openline.engine.state import State
from openline.engine.untaken import reload
from openline.errors import CardForked
from openline.feeds.feed import Fork
from openline.feeds.record import Record
from openline.identity.card import Card
from openline.identity.own import Own
from openline.limits import CARD_MAX_BYTES, ENTRY_MAX_BYTES, LINE_MEMBERS_MAX
from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import cbor
from openline.wire.lineterms import decode_terms

VALUE_MAX_BYTES = ENTRY_MAX_BYTES + LINE_MEMBERS_MAX * CARD_MAX_BYTES


def load(record: Record, own: Own, card: Card, peers: tuple[Card, ...], reachable: frozenset[PostId]) -> State:
    """Everything that the record remembers, ready for the first event."""
    state = State(own, card, peers, reachable)
    for post, value in record.objects("introduced").items():
        state.peers.setdefault(PostId(post), Card.admit(value))
    for post, value in record.objects("card").items():
        newer = Card.admit(value)
        known = state.peers.get(PostId(post))
        try:
            state.peers[PostId(post)] = newer if known is None else known.merged(newer)
        except CardForked:
            continue  # what a person compared counts; the fork was alarmed when it came
    state.forked_cards = {PostId(post) for post in record.objects("card-fork")}
    for key, payload in record.objects("terms").items():
        _terms(state, LineId(key[:ID_BYTES]), payload)
    for identifier, value in record.objects("line").items():
        if identifier in state.lines:
            _counters(state.lines[LineId(identifier)], cbor.decode(value, VALUE_MAX_BYTES))
    for line in state.lines.values():
        _feeds(record, line)
    _secrets(record, state)
    _offers(record, state)
    _disputes(record, state)
    state.proposals = {LineId(key): value for key, value in record.objects("proposal").items()}
    for key, value in record.objects("reminder").items():
        number, due, give_up, traffic = cbor.decode(value, VALUE_MAX_BYTES)
        reminder = (number, Instant(due), give_up, TrafficClass(traffic))
        state.reminders[(LineId(key[:ID_BYTES]), EntryId(key[ID_BYTES:]))] = reminder
    for key, value in record.objects("checks").items():
        if key in state.lines:
            state.lines[LineId(key)].checks = checkbook.decode(cbor.decode(value, VALUE_MAX_BYTES))
    numbering.reload(record, state)
    drafting.reload(record, state)
    for key, value in record.objects("due").items():
        told, at = cbor.decode(value, VALUE_MAX_BYTES)
        state.due[(LineId(key[:ID_BYTES]), EntryId(key[ID_BYTES:]))] = (Instant(told), Instant(at))
    state.due = dict(sorted(state.due.items(), key=lambda each: each[1][1]))
    reload(record, state)
    together.reload(record, state)
    return state


def _terms(state: State, identifier: LineId, payload: bytes) -> None:
    terms = decode_terms(payload)
    line = state.lines.get(identifier)
    if line is None:
        state.lines[identifier] = Line(identifier, state.me, payload, terms)
    else:
        line.chain.append((payload, terms))
        line.add_members()


def _counters(line: Line, value: dict[int, Any]) -> None:
    line.checkpoint, line.checkpoint_at = value[1], Instant(value[2])
    line.serials = dict(value[3])
    line.spoken = value[4]
    line.unheard = None if value[5] is None else {PostId(post) for post in value[5]}
    line.current_epoch, line.spoken_at, line.keys_told = value[6], value[7], value[8]
    if value[9] is not None:
        line.due, line.due_to = Precedence(value[9][0]), {PostId(post) for post in value[9][1]}


def _feeds(record: Record, line: Line) -> None:
    heads = {head.feed: head for head in record.heads(line.id)}
    for post, feed in line.feeds.items():
        feed.restore(heads.get(post), record.ids(line.id, post), record.beyond(line.id, post))
    for (author, other), number in record.claims(line.id).items():
        if author in line.feeds:
            line.feeds[author].claims[other] = number
        if other == line.me and author in line.feeds:
            line.proved[author] = _proved(record, line, author, min(number, line.mine.number))
    for post, feed in line.feeds.items():
        if post != line.me and (feed.number > line.mine.claims.get(post, 0) or feed.waiting):
            line.changed.add(post)


def _proved(record: Record, line: Line, by: PostId, most: int) -> int:
    """How much of our own feed a member's signatures prove that it holds: what is proved is so of all before, too."""
    proved, at = 0, most
    while proved < most:
        if any(each.by == by for each in record.deliveries(line.id, line.me, at)):
            proved = at
        else:
            most = at - 1
        at = (proved + most + 1) // 2
    return proved


def _secrets(record: Record, state: State) -> None:
    for key, value in record.objects("statement").items():
        line, post, number = _split(state, key)
        commitment, base, at = cbor.decode(value, VALUE_MAX_BYTES)
        if line is not None:
            line.statements[(post, number)] = Statement(commitment, Instant(base), at)
    for key, value in record.objects("secret").items():
        line, post, number = _split(state, key)
        secret, base = cbor.decode(value, VALUE_MAX_BYTES)
        if line is None:
            continue
        keys = epoch_keys(line.id, post, number, secret, Instant(base))
        if post != state.me:
            line.epochs[(post, number)] = keys
        elif number == line.current_epoch:
            line.epoch = keys
    for key, value in record.objects("wrap").items():
        identifier, number = LineId(key[:ID_BYTES]), int.from_bytes(key[ID_BYTES : ID_BYTES + 8], "big")
        if identifier in state.lines:
            state.lines[identifier].wraps[(number, PostId(key[ID_BYTES + 8 :]))] = value


def _split(state: State, key: bytes) -> tuple[Line | None, PostId, int]:
    line = state.lines.get(LineId(key[:ID_BYTES]))
    return line, PostId(key[ID_BYTES : 2 * ID_BYTES]), int.from_bytes(key[2 * ID_BYTES :], "big")


def _offers(record: Record, state: State) -> None:
    for key, value in record.objects("offer").items():
        line = state.lines.get(LineId(key[:ID_BYTES]))
        payload, signed, entries = cbor.decode(value, VALUE_MAX_BYTES)
        if line is not None:
            line.offers[key[ID_BYTES:]] = Offer(payload, decode_terms(payload), set(signed), list(entries))
    for key, value in record.objects("signatures").items():
        if key in state.lines:
            state.lines[LineId(key)].signatures = tuple(cbor.decode(value, VALUE_MAX_BYTES))
    for key, value in record.objects("removal").items():
        line = state.lines.get(LineId(key[:ID_BYTES]))
        if line is not None:
            line.removals[int.from_bytes(key[ID_BYTES:], "big")] = tuple(cbor.decode(value, VALUE_MAX_BYTES))


def _disputes(record: Record, state: State) -> None:
    for key, value in record.objects("branch").items():
        line = state.lines.get(LineId(key[:ID_BYTES]))
        if line is not None:
            number, named = cbor.decode(value, VALUE_MAX_BYTES)
            line.feeds[PostId(key[ID_BYTES:])].take_branch((number, named))
            settle_claims(line, PostId(key[ID_BYTES:]), number)
    for key, value in record.objects("fork").items():
        line = state.lines.get(LineId(key[:ID_BYTES]))
        if line is not None:
            number, ours, theirs = cbor.decode(value, VALUE_MAX_BYTES)
            line.accused[key] = number
            line.feeds[PostId(key[ID_BYTES:])].fork = Fork(number, ours, theirs)
    for key, value in record.objects("untold").items():
        line = state.lines.get(LineId(key[:ID_BYTES]))
        fork = None if line is None else line.feeds[PostId(key[ID_BYTES:])].fork
        kept = None if line is None else record.entry(line.id, EntryId(value))
        if line is not None and fork is not None and kept is not None:
            line.testimony.append((fork, kept.entry))
