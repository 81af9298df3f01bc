"""Epochs: each author's secret, stated in its feed, wrapped for each member alone (spec/sealing.md)."""

from __future__ import annotations

from openline.engine.effects import Wrap
from openline.engine.line import Line, Statement, epoch_keys
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import write
from openline.errors import BadSeal
from openline.feeds.record import Drop, Put
from openline.keys import aead
from openline.terms import PostId, Precedence
from openline.wire import cbor
from openline.wire.bodies import Epoch, epoch_commitment, epoch_item, epoch_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.link import WrapPiece, wrap_info

EPOCH_MS = 7 * 24 * 3600 * 1000
"""How long a secret is used before the next one."""

SECRET_BYTES = 32


def begin(state: State, turn: Turn, line: Line, *, lost: bool = False) -> None:
    """Draw a new secret, state it in our feed, and have it wrapped for each other member.

    Where entries of ours were `lost`, they may have used numbers that are not known here: the time in seconds is none
    of them, for numbers go up by one.
    """
    stated = sorted(epoch for post, epoch in line.statements if post == state.me)
    number = stated[-1] + 1 if stated else 1
    if lost:
        number = max(number, turn.at // 1000)
    secret = turn.random(SECRET_BYTES)
    readers = []
    for post in line.others():
        card = state.card_of(post)
        key = card.sealing_key(turn.at) if card is not None else None
        if key is None:
            name = state.name_of(post)
            text = f"No sealing key of {name} is valid now; {name} reads what is passed on until its card is renewed."
            turn.alarm(line.id, "no-sealing-key", text)
        else:
            readers.append((post, *key))
    wraps = tuple((line.index(post), key) for post, key, _ in readers)
    item = epoch_item(Epoch(epoch_commitment(secret), wraps))
    line.epoch = epoch_keys(line.id, state.me, number, secret, turn.at)
    entry = write(state, turn, line, Kind.EPOCH, (item,), precedence=Precedence.FLASH)
    remember(turn, line, (state.me, number), Statement(epoch_commitment(secret), turn.at, entry.header.number))
    turn.emit(Put("secret", _key(line, state.me, number), cbor.encode([secret, turn.at])))
    for post, _, public in readers:
        turn.emit(Wrap(line.id, number, post, public, wrap_info(line.id, state.me, number, post), secret))
    for epoch, post in [wrap for wrap in line.wraps if wrap[0] < number]:
        del line.wraps[(epoch, post)]
        turn.emit(Drop("wrap", line.id + epoch.to_bytes(8, "big") + post))
    for old in stated[:-1][-1:]:
        turn.emit(Drop("secret", _key(line, state.me, old)))


def _key(line: Line, post: PostId, number: int) -> bytes:
    return line.id + post + number.to_bytes(8, "big")


def remember(turn: Turn, line: Line, key: tuple[PostId, int], statement: Statement) -> None:
    """Keep what an author, this post included, states of its secret of an epoch."""
    line.statements[key] = statement
    value = cbor.encode([statement.commitment, statement.base, statement.number])
    turn.emit(Put("statement", _key(line, *key), value))


def wrap_missing(state: State, turn: Turn, line: Line) -> None:
    """Have our secret wrapped for each member that has no wrap of it: the post stopped before, or a card was old."""
    if line.epoch is None:
        return
    epoch = line.epoch
    for post in line.others():
        card = state.card_of(post)
        key = card.sealing_key(turn.at) if card is not None else None
        if key is not None and (epoch.number, post) not in line.wraps:
            info = wrap_info(line.id, state.me, epoch.number, post)
            turn.emit(Wrap(line.id, epoch.number, post, key[1], info, epoch.secret))


def wrapped(state: State, turn: Turn, line: Line, epoch: int, member: PostId, sealed: bytes) -> None:
    """A secret was wrapped: send the wrap to the member if it is there, and keep it for whenever it asks."""
    if line.epoch is None or epoch != line.epoch.number:
        return
    line.wraps[(epoch, member)] = sealed
    turn.emit(Put("wrap", line.id + epoch.to_bytes(8, "big") + member, sealed))
    link = state.link_to(member)
    if link is not None and line.id in link.aliases and member in line.active:
        link.say(WrapPiece(link.alias(line.id), epoch, sealed))


def stated(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """An author's EPOCH entry: remember what it commits to."""
    header = entry.header
    key = (header.author, header.epoch)
    statement = Statement(epoch_of(entry).commitment, header.time, header.number)
    known = line.statements.get(key)
    if known is not None and known.commitment != statement.commitment and header.author != state.me:
        text = (
            f"{state.name_of(header.author)} stated its epoch {header.epoch} twice, with two secrets. The first counts."
        )
        turn.alarm(line.id, "epoch-restated", text, entry.id)
        return
    remember(turn, line, key, statement)
    prove(state, turn, line, key)


def prove(state: State, turn: Turn, line: Line, key: tuple[PostId, int]) -> None:
    """Take up a secret once both it and its author's signed commitment are here; forget the one before the last."""
    state.recheck = True
    statement, secret = line.statements.get(key), line.unproved.get(key)
    if statement is None or secret is None:
        return
    del line.unproved[key]
    post, number = key
    if epoch_commitment(secret) != statement.commitment:
        name = state.name_of(post)
        text = f"{name} sent a secret for its epoch {number} that is not the one it signed for. Ask them to renew it."
        turn.alarm(line.id, BadSeal.code, text)
        return
    line.epochs[key] = epoch_keys(line.id, post, number, secret, statement.base)
    turn.emit(Put("secret", _key(line, post, number), cbor.encode([secret, statement.base])))
    for old in sorted(known for known in line.epochs if known[0] == post)[:-2]:
        del line.epochs[old]
        aead.forget()
        turn.emit(Drop("secret", _key(line, *old)))
