"""After a restore: nothing of our own is written before we hold again what others hold of it (spec/feeds.md).

An old copy of a post does not know what the post wrote after it. If it wrote on, it would sign a second history under
its own name. So each line waits until every active member was heard and has given back what it holds of our feed. The
copy may have been put in place by hand, so an entry of ours that comes from a member and is not here says the same;
that a member says it has one proves nothing (claims.py).
"""

from __future__ import annotations

from openline.engine import cards, claims, epochs
from openline.engine.effects import Answer
from openline.engine.line import Line
from openline.engine.link import Link
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.errors import NotAllowed
from openline.feeds.record import Drop
from openline.identity.card import Card
from openline.terms import EntryId, LineId, PostId, Precedence
from openline.wire.change import TrueBranch
from openline.wire.entry import Entry
from openline.wire.statement import decode_signed


def begin(state: State, turn: Turn) -> None:
    """This home was restored from a backup: no line is written to until its members were heard."""
    turn.emit(Drop("home", b"restored"))
    for line in state.lines.values():
        if state.me in line.active:
            line.unheard = set(line.others())
            state.moved_lines[line.id] = None


def heard_of_own(
    state: State,
    turn: Turn,
    line: Line,
    peer: PostId,
    number: int,
    link: Link | None = None,
    entry: EntryId | None = None,
) -> None:
    """A member says how much of our feed it holds, by a summary on `link` or signed in `entry`.

    That it holds no more than we do counts only if it says so now, on a live link: an old entry or parcel knows
    nothing of what came after it. A member that did not know of our named branch speaks of what we disowned.
    """
    now = link is not None and link.live
    branch, knew = line.mine.branch, True
    if branch is not None and number > line.mine.number:
        knew = link is not None and now and link.knows >= _naming(state.card, line.id)
        number = number if knew else branch[0]
    if number > line.mine.number:
        claims.claimed(state, turn, line, peer, number, link if now else None, entry)
    elif now and knew:
        claims.withdrawn(line, peer)
    if link is not None and now:
        link.said[line.id] = number
    if now and line.unheard is not None:
        line.heard[peer] = number
        whole_again(state, turn, line)


def shown(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """An entry of ours that is not here came from a member: our own signature says that this is an old copy."""
    if line.mine.branch is not None and entry.header.number > line.mine.number:
        return  # it may stand on what we disowned, until it is chained
    if line.unheard is None:
        line.unheard = set(line.others())
        line.heard = {link.peer: link.said[line.id] for link in state.links_of(line) if line.id in link.said}
        state.moved_lines[line.id] = None
        turn.alarm(
            line.id,
            "restored",
            f"Entry {entry.header.number} of ours, which is not here, came from another member: "
            "this post runs from an old copy. It writes nothing until it has fetched the rest.",
            entry.id,
            Precedence.FLASH,
        )
        claims.ask(state, line)
    claims.shown(turn, line)


def _naming(card: Card, line: LineId) -> int:
    """The number of the key statement by which our root named the true branch of a line last."""
    for sequence in range(card.sequence, 0, -1):
        changes = decode_signed(card.statements[sequence - 1]).statement.changes
        if any(isinstance(change, TrueBranch) and change.line == line for change in changes):
            return sequence
    return 0


def whole_again(state: State, turn: Turn, line: Line) -> None:
    """A member counts as heard once we hold as much of our feed as it said that it holds, on its named branch."""
    if line.unheard is None or state.me in line.rewinding:
        return
    heard = {peer for peer in line.unheard if line.heard.get(peer, 1 << 62) <= line.mine.number}
    if heard:
        line.unheard -= heard
        state.moved_lines[line.id] = None
    if not line.unheard and state.me in line.active:
        line.heard.clear()
        resume(state, turn, line)


def confirm_start(state: State, turn: Turn, request: int, line: Line) -> None:
    """A person takes it on them that the members not heard hold nothing of ours that is lost here."""
    if line.unheard is None:
        raise NotAllowed("This line is not waiting for anything; it writes.")
    if line.mine.branch != (line.mine.number, line.mine.last):
        raise NotAllowed("Our card must first name our last entry here as the true branch.")
    names = sorted(state.name_of(post) for post in line.unheard)
    resume(state, turn, line, lost=True)
    turn.emit(Answer(request, {"line": line.terms.name, "not heard": names}))


def resume(state: State, turn: Turn, line: Line, *, lost: bool = False) -> None:
    """Our own feed is whole again, or the rest of it is taken for `lost`: go on, under a new epoch."""
    line.unheard = None
    line.claims = {peer: claim for peer, claim in line.claims.items() if claim.told}
    state.moved_lines[line.id] = None
    line.changed.update(post for post in line.feeds if post != state.me)
    cards.tell(state, turn, line)
    epochs.begin(state, turn, line, lost=lost)
    turn.alarm(line.id, "resumed", "This post has fetched what it wrote since the backup, and writes again.")
