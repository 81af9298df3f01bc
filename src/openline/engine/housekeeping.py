"""What is done by the clock: dead links, dialling, answers and summaries that are due, checkpoints, epochs, gaps."""

from __future__ import annotations

from openline.engine import (
    admitting,
    cards,
    checkpoints,
    checks,
    claims,
    conversing,
    epochs,
    evidence,
    messages,
    reaching,
    receiving,
    together,
    untaken,
    voice,
)
from openline.engine.effects import Changed, Dial, Hang, Wake
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.sending import refill, send_lazy
from openline.engine.state import REDIAL_IDLE_MS, REDIAL_MS, State
from openline.engine.summaries import announce, lacks, summarise
from openline.engine.turn import Turn
from openline.errors import OpenlineError
from openline.terms import Instant, PostId
from openline.wire.link import Ask

TICK_MS = 500
LAZY_MS = 5_000
ANNOUNCE_MS = 1_000
IDLE_MS = 35_000
GREETING_MS = 90_000
GAP_ALARM_MS = 60_000
SUMMARY_AGAIN_MS = 2_000


def tick(state: State, turn: Turn) -> None:
    """Look at everything that time alone makes due."""
    for link in list(state.links.values()):
        _link(state, turn, link)
    for line in state.lines.values():
        _line(state, turn, line)
    admitting.judge_again(state, turn)
    messages.remind(state, turn)
    conversing.tick(state, turn)
    together.tick(state, turn)
    untaken.remind(state, turn)
    voice.tick(state, turn)
    dial(state, turn)
    turn.emit(Wake(Instant(turn.at + TICK_MS)))


def _link(state: State, turn: Turn, link: Link) -> None:
    if link.flow.dead(turn.at) or (not link.greeted and turn.at - link.up_at > GREETING_MS):
        turn.emit(Hang(link.id, "The peer's link layer has not answered in time."))
        down(state, turn, link.id)
        return
    if not link.greeted:
        return
    if link.lazy and turn.at - link.lazy_at >= LAZY_MS:
        send_lazy(state, link)
    if turn.at - link.sent_at >= IDLE_MS:
        link.say(Ask())
    quiet = turn.at - link.announced_at
    lost = quiet >= SUMMARY_AGAIN_MS and (link.lost or link.lost_before)
    if lost:
        # Twice: what was on its way at the first summary, and damaged there, is sent again at the second.
        link.lost, link.lost_before = False, link.lost
        link.asked.clear()
    for line in _shared(state, link):
        receiving.ask_again(turn, link, line)
        if quiet >= ANNOUNCE_MS:
            announce(state, turn, link, line.id)
        if lost or (quiet >= SUMMARY_AGAIN_MS and lacks(link, line, turn.at)):
            summarise(state, turn, link, line)


def _shared(state: State, link: Link) -> list[Line]:
    """The lines that the peer named here and of which both are active members: of others it is told nothing."""
    named = [state.lines[identifier] for identifier in dict.fromkeys(link.theirs.values()) if identifier in state.lines]
    return [line for line in named if link.peer in line.active and state.me in line.active]


def _line(state: State, turn: Turn, line: Line) -> None:
    for post, feed in line.feeds.items():
        if not feed.waiting or feed.fork is not None:
            line.gaps.pop(post, None)
            continue
        since = line.gaps.setdefault(post, turn.at)
        if turn.at - since >= GAP_ALARM_MS:
            line.gaps[post] = Instant(1 << 60)
            first, last = feed.number + 1, min(feed.waiting) - 1
            name = state.name_of(post)
            text = f"Entries {first} to {last} of {name} are missing, though later ones are here."
            turn.alarm(line.id, "gap", text)
    evidence.shrunken(state, turn, line)
    evidence.foretold(state, turn, line, line.mine)
    claims.judge(state, turn, line)
    if not line.writes() or line.rewinding or line.id in state.signing:
        return
    try:
        evidence.testify(state, turn, line)
        cards.tell(state, turn, line)
        checks.tick(state, turn, line)
        if line.epoch is not None and turn.at - line.epoch.base >= epochs.EPOCH_MS:
            epochs.begin(state, turn, line)
        if checkpoints.due(line, turn.at):
            checkpoints.begin(state, turn, line)
    except OpenlineError as error:
        turn.note(f"{error.code}: {error}", line.id.hex())


def dial(state: State, turn: Turn) -> None:
    """Try every peer that has an address and no link: often while something waits for it, else now and then."""
    linked = {link.peer for link in state.links.values()}
    for peer in sorted(state.reachable):
        if peer in linked:
            continue
        last = state.redial.get(peer)
        every = REDIAL_MS if _waits_for(state, peer) else REDIAL_IDLE_MS
        if last is None or turn.at - last >= every:
            state.redial[peer] = turn.at
            turn.emit(Dial(peer))


def _waits_for(state: State, peer: PostId) -> bool:
    lines = [line for line in state.lines.values() if peer in line.active]
    return any(line.claimed(peer, state.me) < line.spoken_at or not line.feeds[peer].number for line in lines)


def down(state: State, turn: Turn, link: int) -> None:
    """A link is gone: nothing of it is kept, for the next one starts from what each side holds."""
    gone = state.links.pop(link, None)
    if gone is None:
        return
    state.redial.pop(gone.peer, None)
    left = state.link_to(gone.peer)
    if left is not None:
        left.behind |= left.wants  # what went on the link that is gone may be lost, and was not offered on this one
        refill(state, turn, left)
        _tell_held(state, turn, left, gone.peer)
        return
    turn.emit(Changed(None, f"link to {state.name_of(gone.peer)} is down"))
    reaching.down(state, turn, gone.peer, gone.flow.heard_at)
    for other in state.links.values():
        _tell_held(state, turn, other, gone.peer)
    dial(state, turn)


def _tell_held(state: State, turn: Turn, link: Link, peer: PostId) -> None:
    """Say on a link what is held of the lines of a peer to whom another link is gone, so that it comes this way."""
    for line in _shared(state, link) if link.greeted else ():
        if peer in line.active:
            summarise(state, turn, link, line)
