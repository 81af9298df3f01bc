"""What an author's own signatures say against it, told to people and kept for anyone to check (spec/feeds.md).

Three things accuse: two histories of one feed, a have-vector that names another entry than the one held, and one that
claims less than before. Only signatures accuse, never bytes: who handed them over is not to blame for what they say.
"""

from __future__ import annotations

from openline.engine.effects import Proved
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import write
from openline.errors import ForkedFeed
from openline.feeds.feed import Feed, Fork
from openline.feeds.record import Drop, Put
from openline.limits import NOTE_MAX_BYTES
from openline.terms import EntryId, PostId, Precedence
from openline.wire import cbor
from openline.wire.bodies import bytes_item
from openline.wire.entry import Entry, Have
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from openline.wire.link import Want

SUSPECT_MS = 10_000
"""How long a claim that shrank waits for the branch that may explain it."""


def forked(state: State, turn: Turn, line: Line, feed: Feed, entry: Entry) -> None:
    """Two histories under one signature: keep both, alarm, say so in the record, and show the others."""
    fork = feed.fork
    key = line.id + feed.author
    if fork is None or line.accused.get(key, fork.number + 1) <= fork.number:
        return
    known = key in line.accused
    line.accused[key] = fork.number
    turn.emit(Put("fork", key, cbor.encode([fork.number, fork.ours, fork.theirs])))
    if known:
        return
    _alarm(state, turn, line, feed.author, fork)
    for link in state.links_of(line):
        if link.peer != feed.author and (line.id, feed.author) in link.offered:
            link.offered[(line.id, feed.author)].discard(entry.header.number)
            link.push(line, entry)
    if feed.author != state.me:
        line.testimony.append((fork, entry))
        turn.emit(Put("untold", key, entry.id))
        testify(state, turn, line)


def _alarm(state: State, turn: Turn, line: Line, author: PostId, fork: Fork) -> None:
    text = f"{state.name_of(author)} signed two different histories from entry {fork.number} on. "
    text += "Both are kept as evidence. " + ForkedFeed.advice
    turn.alarm(line.id, ForkedFeed.code, text, fork.theirs, Precedence.FLASH)


def remind(state: State, turn: Turn) -> None:
    """At each start, tell of every fork that is not settled: the post may have stopped before anybody was told."""
    for line in state.lines.values():
        for author, feed in line.feeds.items():
            if feed.fork is not None:
                _alarm(state, turn, line, author, feed.fork)


def testify(state: State, turn: Turn, line: Line) -> None:
    """Say in our own feed what was seen of forks, as soon as it may be written to."""
    while line.testimony and line.writes():
        fork, entry = line.testimony.pop(0)
        turn.emit(Drop("untold", line.id + entry.header.author))
        shown = (bytes_item(encode_full(entry)),) if len(entry.payload) + _body(entry) <= NOTE_MAX_BYTES // 2 else ()
        refers = (fork.ours, fork.theirs)
        write(state, turn, line, Kind.EVIDENCE, shown, precedence=Precedence.IMMEDIATE, refers=refers)


def _body(entry: Entry) -> int:
    return sum(len(item) for item in entry.items if item is not None)


def compare(state: State, turn: Turn, line: Line, entry: Entry, have: Have, ours: EntryId | None) -> None:
    """Hold what an author signed of a feed against the entry held here, unless a named branch may explain it."""
    branch = line.feeds[have.feed].branch
    if branch is not None and have.number > branch[0]:
        return
    if have.number and ours is not None and ours != have.id:
        contradicted(state, turn, line, entry, have.feed, have.number)


def foretold(state: State, turn: Turn, line: Line, feed: Feed) -> None:
    """Others signed for entries of a feed before they were here: hold it against those that came."""
    for by, of in [pair for pair in line.foretold if pair[1] == feed.author]:
        entry = line.foretold[by, of]
        have = next(each for each in entry.header.have if each.feed == of)
        if have.number <= feed.number:
            del line.foretold[by, of]
            ours = line.id_at(of, have.number)
            compare(state, turn, line, entry, have, ours)
            if of == line.me and ours == have.id:
                proved(turn, line, by, have.number)


def proved(turn: Turn, line: Line, by: PostId, number: int) -> None:
    """A member signed for our own entry of this number, by its id, and so for all before it."""
    line.proved[by] = max(number, line.proved.get(by, 0))
    turn.emit(Proved(line.id, by, number))


def contradicted(state: State, turn: Turn, line: Line, entry: Entry, feed: PostId, number: int) -> None:
    """An author signed for another entry than the one held here: ask for that one, for one of the two is a lie."""
    author, owner = state.name_of(entry.header.author), state.name_of(feed)
    said = f"{author} signed that it holds another entry {number} of {owner} than the one held here."
    turn.alarm(line.id, "have-differs", f"{said} One of the two signed what is not true.", entry.id)
    if feed != state.me:
        for link in state.links_of(line):
            if link.peer == entry.header.author and (line.id, feed) in link.offered:
                link.offered[(line.id, feed)].discard(number)
                link.behind.add((line.id, feed))
                link.asked.add((line.id, feed, number))
                link.say(Want(link.alias(line.id), line.index(feed), number))


def shrunken(state: State, turn: Turn, line: Line) -> None:
    """Have-vectors that shrank: no lie if the feed's owner named a branch, which may be learnt a little later."""
    while line.suspected and turn.at - line.suspected[0][0] >= SUSPECT_MS:
        _, entry, other = line.suspected.pop(0)
        card = state.card_of(other)
        if card is not None and card.branches.get(line.id):
            continue
        author, owner = state.name_of(entry.header.author), state.name_of(other)
        text = f"{author} signed that it holds less of {owner} than it had signed before. Its own signatures disagree."
        turn.alarm(line.id, "have-shrank", text, entry.id)
