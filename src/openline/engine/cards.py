"""Cards while lines run: ours goes into our feeds as it grows, and those of others grow by what stands in theirs."""

from __future__ import annotations

from openline.engine import branches
from openline.engine.effects import Changed
from openline.engine.events import Cards
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import write
from openline.errors import CardForked
from openline.feeds.record import Put
from openline.identity.card import Card
from openline.terms import PostId, Precedence
from openline.wire import cbor
from openline.wire.bodies import statements_item, statements_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.link import CardPiece


def trusted(state: State, turn: Turn, event: Cards) -> None:
    """Take up our own keys and the cards that this home trusts, and tell of ours by link and in every feed."""
    introduced = dict(state.peers)
    state.trust(event.own, event.card, event.peers, event.reachable)
    for post, known in introduced.items():
        given = state.peers.get(post)
        try:
            state.peers[post] = known if given is None else known.merged(given)
        except CardForked as error:
            forked(state, turn, post, error)
    for link in state.links.values():
        if link.greeted:
            link.say(CardPiece(event.card.encode()), first=bool(event.card.branches))
    state.recheck = True
    for known in (event.card, *state.peers.values()):
        branches.follow(state, turn, known)
    for line in state.lines.values():
        if line.id not in state.signing and not line.rewinding:
            tell(state, turn, line)


def tell(state: State, turn: Turn, line: Line) -> None:
    """Copy our new key statements into our feed, so that they reach everybody and stand in the record."""
    new = state.card.statements[line.keys_told :]
    if not new or not line.writes():
        return
    line.keys_told = state.card.sequence
    state.moved_lines[line.id] = None
    write(state, turn, line, Kind.KEYS, (statements_item(new),), precedence=Precedence.FLASH)


def told(state: State, turn: Turn, entry: Entry) -> None:
    """A member's key statements came in its feed: its card grows."""
    card = state.peers.get(entry.header.author)
    if card is None:
        return
    try:
        newer = grown(card, entry)
    except CardForked as error:
        forked(state, turn, card.post, error)
        return
    if newer.sequence > card.sequence:
        learn(state, turn, newer)


def grown(card: Card, entry: Entry) -> Card:
    """The card with the statements that a KEYS entry holds; such an entry may be signed by the key it brings."""
    for statement in statements_of(entry):
        card = card.extended(statement)
    return card


def shown(state: State, turn: Turn, data: bytes) -> None:
    """A peer handed over the card of a post; of posts that are not known here, none is wanted."""
    new = Card.admit_beside(data, state.peers.values())
    old = state.peers.get(new.post)
    if old is None:
        return
    try:
        merged = old.merged(new)
    except CardForked as error:
        forked(state, turn, new.post, error)
        return
    if merged.sequence > old.sequence:
        learn(state, turn, merged)


def forked(state: State, turn: Turn, post: PostId, error: CardForked) -> None:
    """A post's root signed two histories of its keys: both are kept, and people are told, once."""
    if post in state.forked_cards:
        return
    state.forked_cards.add(post)
    turn.emit(Put("card-fork", post, cbor.encode([error.ours, error.theirs])))
    turn.alarm(None, error.code, str(error), precedence=Precedence.FLASH)


def learn(state: State, turn: Turn, card: Card) -> None:
    """A known post's card has grown."""
    state.peers[card.post] = card
    turn.emit(Put("card", card.post, card.encode()))
    turn.emit(Changed(None, "cards"))
    state.recheck = True
    branches.follow(state, turn, card)
