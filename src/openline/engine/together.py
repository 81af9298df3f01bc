"""Documents of simultaneous exchanges: kept by this post alone until all parties are bound, then shown by itself.

The document is kept in one commit with the commitment and forgotten in one with the reveal, so a crash neither loses
it nor shows it twice. What is held of the parties decides, not the clock: a reveal waits until everything is here that
any of the bound knew, for a withdrawal may be among it (spec/together.md).
"""

from __future__ import annotations

from typing import Any, Final

from openline.engine.events import Bind, Say
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import writable
from openline.errors import Misuse, NotAllowed
from openline.exchanges.together import State as Exchange
from openline.feeds.folding import Draft, Folded
from openline.feeds.record import Drop, Put, Record
from openline.limits import NAME_MAX_BYTES, TOGETHER_DOCUMENT_MAX_BYTES, TOGETHER_KEPT_MAX
from openline.terms import ID_BYTES, EntryId, LineId, PostId, Precedence
from openline.wire import cbor
from openline.wire.kinds import Kind
from openline.wire.together import COMMITTED, SALT_BYTES, Committed, Secret, digest, items_of

TABLE: Final = "together"
"""Of the record: sealed there as all secrets are (post/home/secrets.py)."""

FORGET_MS: Final = 30 * 24 * 3_600_000
"""How long after the hour to show it a document is kept: what was signed in time may still come by hand."""


def reload(record: Record, state: State) -> None:
    """The documents that the record keeps."""
    for key, value in record.objects(TABLE).items():
        salt, name, document = cbor.decode(value, TOGETHER_DOCUMENT_MAX_BYTES + 1_024)
        place = (LineId(key[:ID_BYTES]), EntryId(key[ID_BYTES:]))
        state.sealed[place] = Secret(salt, name, document)


def commitment(state: State, turn: Turn, command: Bind) -> tuple[Say, Secret]:
    """What is written, and what is kept once it is. Raises Misuse or NotAllowed."""
    if not 0 < len(command.document) <= TOGETHER_DOCUMENT_MAX_BYTES:
        raise Misuse(f"The document is empty, or has more than {TOGETHER_DOCUMENT_MAX_BYTES} bytes.")
    if len(command.name.encode()) > NAME_MAX_BYTES:
        raise Misuse(f"The name of the document has more than {NAME_MAX_BYTES} bytes.")
    if (command.line, command.opening) in state.sealed:
        raise NotAllowed("This post is bound to a document already.")
    if len(state.sealed) >= TOGETHER_KEPT_MAX:
        raise NotAllowed(f"This post keeps {TOGETHER_KEPT_MAX} documents that wait to be shown, and takes no more.")
    secret = Secret(turn.random(SALT_BYTES), command.name, command.document)
    body = Committed(digest(command.opening, state.me, secret))
    said = Say(
        request=command.request,
        line=command.line,
        kind=Kind.TOGETHER_COMMITTED,
        items=(COMMITTED.item(body),),
        officer=command.officer,
        precedence=Precedence.PRIORITY,
        traffic=command.traffic,
        opening=command.opening,
        refers=(command.opening,),
        exchange=command.exchange,
    )
    return said, secret


def keep(state: State, turn: Turn, command: Bind, secret: Secret) -> None:
    """Keep the document, in the same commit as the commitment."""
    state.sealed[(command.line, command.opening)] = secret
    value = cbor.encode([secret.salt, secret.name, secret.document])
    turn.emit(Put(TABLE, command.line + command.opening, value))


def forget(state: State, turn: Turn, line: LineId, opening: EntryId) -> None:
    """The document is shown, or never will be."""
    if state.sealed.pop((line, opening), None) is not None:
        turn.emit(Drop(TABLE, line + opening))


def look(state: State, turn: Turn, line: Line, folded: Folded[Any]) -> None:
    """An exchange was folded: remember it where our document is not shown; say so where it was lost.

    What the fold lacks is believed only if it is the newest: none is on its way, and nothing has come since.
    """
    exchange = folded.state
    if not isinstance(exchange, Exchange):
        return
    key, mine = (line.id, folded.head), exchange.by(state.me)
    newest = key not in state.folding and key not in state.news
    over = turn.at > exchange.opened.reveal_by + FORGET_MS or (newest and off_for_good(line, exchange) is not None)
    if over or (mine is not None and mine.shown is not None):
        forget(state, turn, *key)
    if over or mine is None or mine.shown is not None or key in state.lost:
        state.unshown.pop(key, None)
        return
    state.unshown[key] = exchange
    if newest and key not in state.sealed and writable(state, line):
        state.lost.add(key)
        del state.unshown[key]
        text = (
            "This post is bound to a document in a simultaneous exchange, and has lost it with a restore. "
            "Tell the other parties at once: no other document fits."
        )
        turn.alarm(line.id, "together-lost", text, folded.head)


def owed(state: State, line: Line, folded: Folded[Any]) -> tuple[Draft, ...]:
    """Our document, once all are bound and nothing is missing that could say otherwise."""
    key, exchange = (line.id, folded.head), folded.state
    secret = state.sealed.get(key)
    if secret is None or key not in state.unshown or not _certain(line, exchange):
        return ()
    return (Draft(Kind.TOGETHER_REVEALED, items_of(secret), folded.head, (folded.head,), Precedence.PRIORITY),)


def _certain(line: Line, exchange: Exchange) -> bool:
    """Whether all are bound, by all that those who are bound had."""
    if not exchange.complete:
        return False
    wanted: dict[PostId, int] = {}
    for bound in exchange.bound:
        known = {**bound.kept.knew, bound.author: bound.kept.entry.header.number}
        for post in exchange.parties:
            wanted[post] = max(wanted.get(post, 0), known.get(post, 0))
    feeds = {post: line.feeds.get(post) for post in exchange.parties}
    return all(feed is not None and feed.fork is None and feed.number >= wanted[post] for post, feed in feeds.items())


def off_for_good(line: Line, exchange: Exchange) -> PostId | None:
    """A party that is not bound and cannot be any more: it withdrew, or has signed that it holds a withdrawal."""
    for post in exchange.parties:
        feed = line.feeds.get(post)
        if feed is None or exchange.by(post) is not None:
            continue
        for header in (kept.entry.header for kept, _ in exchange.withdrawn):
            had = feed.number if post == header.author else feed.claims.get(header.author, 0)
            if had >= header.number:
                return post
    return None


def tick(state: State, turn: Turn) -> None:
    """What was missing may be here now: fold those exchanges again. Documents do not wait for ever."""
    for key, exchange in list(state.unshown.items()):
        line = state.lines.get(key[0])
        if line is None or turn.at > exchange.opened.reveal_by + FORGET_MS:
            forget(state, turn, *key)
            del state.unshown[key]
            continue
        shows = writable(state, line) and (key not in state.sealed or _certain(line, exchange))
        if shows or off_for_good(line, exchange) is not None:
            state.news.setdefault(key, [])
