"""A feed with two histories goes on from the branch that its owner's root names (spec/feeds.md, Forks).

Going back needs the tree as it was, which the record can make again: so it is an effect, and until its result comes
nothing of that feed is taken.
"""

from __future__ import annotations

from openline.engine import restoring
from openline.engine.effects import Regrow
from openline.engine.events import Regrown
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.feeds.feed import Feed
from openline.feeds.merkle import Frontier
from openline.feeds.ranges import Numbers
from openline.feeds.record import Drop, Put
from openline.identity.card import Card
from openline.terms import EntryId, PostId
from openline.wire import cbor


def follow(state: State, turn: Turn, card: Card) -> None:
    """Take up the branches that a card names and that are not followed yet."""
    for identifier, places in card.branches.items():
        line = state.lines.get(identifier)
        feed = None if line is None else line.feeds.get(card.post)
        if line is None or feed is None or not places or feed.branch == places[-1]:
            continue
        line.rewinding[card.post] = _common(feed, places[-1])
        turn.emit(Regrow(identifier, card.post, line.rewinding[card.post]))


def _common(feed: Feed, place: tuple[int, EntryId]) -> int:
    """How much of what is chained here is surely on the named branch."""
    number, named = place
    if number <= feed.number and feed.id_at(number) == named:
        return number
    before = feed.number if feed.fork is None else feed.fork.number - 1
    return min(number, before) if number > feed.number or feed.fork is not None else 0


def regrown(state: State, turn: Turn, event: Regrown) -> None:
    """The tree as it was: go back, and ask the others for the rest of the branch."""
    identifier, post, number = event.line, event.feed, event.number
    line, card = state.line(identifier), state.card_of(post)
    if line.rewinding.get(post) != number or card is None:
        return
    del line.rewinding[post]
    place = card.branches[identifier][-1]
    line.feeds[post].rewind(number, Frontier.from_bytes(event.frontier), dict(event.claims), place)
    line.accused.pop(line.id + post, None)
    line.refused.pop(post, None)
    settle_claims(line, post, place[0])
    turn.emit(Drop("fork", line.id + post))
    turn.emit(Put("branch", line.id + post, cbor.encode(list(place))))
    state.moved_heads[(identifier, post)] = None
    if post != state.me:
        line.changed.add(post)
    for link in state.links.values():
        link.offered[(identifier, post)] = Numbers([(1, number)])
        link.lost = True
    state.recheck = True
    if post == state.me:
        restoring.whole_again(state, turn, line)
    name = state.name_of(post)
    text = f"{name} has named entry {place[0]} as the last true one before its feed goes on. Later ones do not count."
    turn.alarm(identifier, "branch-named", text)


def settle_claims(line: Line, post: PostId, number: int) -> None:
    """What was signed for beyond the named entry was of another branch."""
    for feed in line.feeds.values():
        if feed.claims.get(post, 0) > number:
            feed.claims[post] = number
    if post == line.me:
        line.proved = {by: min(proved, number) for by, proved in line.proved.items()}
