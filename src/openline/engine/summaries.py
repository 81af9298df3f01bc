"""What each side of a link holds of a line, told and taken (spec/link.md, Summary).

Nothing else decides what is sent: a post offers what it holds and the peer has not named, and what is lost on the way,
dropped, or given to a post that was then restored is named missing by the next summary. An author's entries come from
the author; those of another are asked for only where its author gives nothing (docs/decisions/0044).
"""

from __future__ import annotations

from openline.engine import restoring
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import BadLink
from openline.feeds.ranges import Numbers
from openline.limits import BEYOND_MAX
from openline.terms import Instant, LineId, PostId
from openline.wire.link import Held, Summary

LINES_MAX = 1_024
"""Lines that a peer may name on one link."""

RELAY_AFTER_MS = 1_000
"""How long an author may take to give what another member already holds, before the other is asked."""


def summarise(state: State, turn: Turn, link: Link, line: Line) -> None:
    """Tell the peer what is held here, and which feeds are wanted from it."""
    held = []
    for at, member in enumerate(line.terms.members):
        feed = line.feeds[member.post]
        wanted = wants(state, turn.at, link, line, member.post)
        if member.post in line.rewinding:  # what stands beyond may be of the branch that is not the true one
            held.append(Held(at, line.rewinding[member.post], wanted))
            continue
        after = feed.number + 2
        numbers = line.settled(member.post).ranges()
        beyond = tuple((max(first, after), last) for first, last in numbers if last >= after)[:BEYOND_MAX]
        held.append(Held(at, feed.number, wanted, beyond))
    link.announced_at = turn.at
    link.announced[line.id] = sizes(line)
    link.say(Summary(link.alias(line.id), line.id, line.terms.version, tuple(held)))


def sizes(line: Line) -> tuple[int, ...]:
    """How far each feed is chained here."""
    return tuple(feed.number for feed in line.feeds.values())


def wants(state: State, at: Instant, link: Link, line: Line, feed: PostId) -> bool:
    """Whether a feed is wanted from this peer: its own is; another's where its author gives nothing."""
    if feed == link.peer:
        return True
    if feed == state.me:
        return line.unheard is not None or bool(line.claims)
    since = link.behind_since.get((line.id, feed))
    return state.link_to(feed) is None or (since is not None and at - since >= RELAY_AFTER_MS)


def announce(state: State, turn: Turn, link: Link, identifier: LineId) -> None:
    """Tell a peer what is held of a line, when it is likely to lack some of it."""
    line = state.lines[identifier]
    if link.announced.get(identifier) == sizes(line):
        return
    for post, feed in line.feeds.items():
        offered = link.offered.get((identifier, post))
        if post not in (state.me, link.peer) and offered is not None and feed.number not in offered and feed.number:
            summarise(state, turn, link, line)
            return


def take(state: State, turn: Turn, link: Link, summary: Summary) -> None:
    """A peer says what it holds of a line: offer again what it lacks after all, and what it wants."""
    if summary.alias not in link.theirs and len(link.theirs) >= LINES_MAX:
        raise BadLink("Too many lines are named on one link.")
    named = link.theirs.get(summary.alias, summary.line)
    if named != summary.line and named in state.lines:
        raise BadLink("An alias names one line for as long as the link lasts.")
    link.theirs[summary.alias] = summary.line
    line = state.lines.get(summary.line)
    if line is not None and summary.terms > line.terms.version:
        link.early[line.id] = summary
    if line is None or link.peer not in line.active or state.me not in line.active:
        return
    if not link.opened(line.id, link.peer):
        summarise(state, turn, link, line)
    on_the_way = link.flow.on_the_way()
    for held in summary.held:
        post = line.member(held.member)
        if post is None:
            continue
        peer_holds = Numbers([(1, _true(line, post, held.number)), *held.beyond])
        _weigh(state, turn, link, line, post, max([held.number, *(last for _, last in held.beyond)]))
        feed = (line.id, post)
        offered = link.offered.get(feed)
        if offered is None:
            link.offered[feed] = peer_holds
        else:
            link.offered[feed] = _still_offered(link, feed, offered, peer_holds, on_the_way)
        if held.wanted:
            link.wants.add(feed)
        else:
            link.wants.discard(feed)
        if held.wanted or post == state.me:
            link.behind.add(feed)


def _true(line: Line, post: PostId, number: int) -> int:
    """How much of what a peer holds counts: what is beyond all that a feed's named branch has here is of another."""
    feed = line.feeds[post]
    return number if feed.branch is None or number <= feed.number else min(number, feed.branch[0])


def _still_offered(
    link: Link,
    feed: tuple[LineId, PostId],
    offered: Numbers,
    peer_holds: Numbers,
    on_the_way: set[tuple[bytes, bytes, int]],
) -> Numbers:
    """What need not be sent after a summary: what the peer holds, and what waits for it or is on its way."""
    flying = link.outbox.numbers(*feed) | {number for line, post, number in on_the_way if (line, post) == feed}
    numbers = Numbers(peer_holds.ranges())
    for number in sorted(flying):
        if number in offered:
            numbers.add(number)
    return numbers


def _weigh(state: State, turn: Turn, link: Link, line: Line, post: PostId, number: int) -> None:
    """What the peer holds against what is held here: our own lost entries, and feeds that only it can give."""
    feed = line.feeds[post]
    if post == state.me:
        restoring.heard_of_own(state, turn, line, link.peer, number, link)
    elif post != link.peer and number > feed.number:
        link.behind_since.setdefault((line.id, post), turn.at)
    else:
        link.behind_since.pop((line.id, post), None)


def lacks(link: Link, line: Line, at: Instant) -> bool:
    """Whether a fresh summary would make the peer send what is missing here."""
    for feed in [feed for feed in link.behind_since if feed[0] == line.id and _caught_up(link, line, feed[1])]:
        del link.behind_since[feed]
    late = [since for (identifier, _), since in link.behind_since.items() if identifier == line.id]
    gap = bool(line.feeds[link.peer].waiting) if link.peer in line.feeds else False
    return link.lost or gap or any(at - since >= RELAY_AFTER_MS for since in late)


def _caught_up(link: Link, line: Line, feed: PostId) -> bool:
    """Whether all that the peer holds of a feed has come by now, by whatever way."""
    return not link.offered[(line.id, feed)].without(line.settled(feed))
