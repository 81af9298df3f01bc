"""A member says that it holds more of our feed than is here (spec/feeds.md, Claims).

Either this post runs from an old copy, or the member lies. One more entry under our own signature tells which; the
word of a second member does not, for two can lie together. So the member is asked for one, and has a short time. Only
what it says first may hold our writing back that long: a post that ran while the member said otherwise cannot have
become an old copy since.
"""

from __future__ import annotations

from openline.engine import epochs
from openline.engine.line import Claim, Line
from openline.engine.link import Link
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.terms import EntryId, PostId, Precedence

SHOW_MS = 10_000
"""How long a member has to show one entry of ours beyond what is here, and our writing may wait for it, once."""

STALLED_MS = 60_000
"""After how long without such an entry people are told that a restored post waits in vain."""


def claimed(
    state: State, turn: Turn, line: Line, peer: PostId, number: int, link: Link | None, entry: EntryId | None
) -> None:
    """Ask for what a member says it holds of ours; `entry` is the one in which it signed so, if it did."""
    known = line.claims.get(peer)
    if known is not None:
        known.number, known.entry = max(known.number, number), entry or known.entry
        return
    spoken = link if link is not None else state.link_to(peer)
    holds = line.unheard is None and (spoken is None or line.id not in spoken.said)
    line.claims[peer] = Claim(number, turn.at, entry, holds)
    ask(state, line)


def ask(state: State, line: Line) -> None:
    """Let the next summaries ask for our own feed."""
    for link in state.links_of(line):
        link.lost = True


def withdrawn(line: Line, peer: PostId) -> None:
    """A member says that it holds no more of our feed than is here; what it signed, and what was found empty, stays."""
    claim = line.claims.get(peer)
    if claim is not None and not claim.told and claim.entry is None:
        del line.claims[peer]


def shown(turn: Turn, line: Line) -> None:
    """An entry of ours came back: what is here now is claimed no more, and for the rest the time begins again."""
    for peer, claim in list(line.claims.items()):
        claim.holds = False
        if claim.number <= line.mine.number and not claim.told:
            del line.claims[peer]
        elif line.unheard is not None:
            claim.since, claim.told = turn.at, False


def judge(state: State, turn: Turn, line: Line) -> None:
    """Tell people of claims for which nothing was shown in time, and write on, where we were never restored."""
    held = line.held_back
    for peer, claim in line.claims.items():
        restoring = line.unheard is not None
        if claim.told or turn.at - claim.since < (STALLED_MS if restoring else SHOW_MS):
            continue
        claim.told, claim.holds = True, False
        _tell(state, turn, line, peer, claim, restoring=restoring)
    if held and line.writes():
        epochs.begin(state, turn, line)


def _tell(state: State, turn: Turn, line: Line, peer: PostId, claim: Claim, *, restoring: bool) -> None:
    name, here = state.name_of(peer), line.mine.number
    signed = "signed" if claim.entry is not None else "says"
    said = f"{name} {signed} that it holds {claim.number} entries of ours, and here are {here}."
    if restoring:
        text = f"{said} It has shown none of the others for a minute, so this post still writes nothing. "
        text += "Call them; if they have none, go on with `line resume`."
        turn.alarm(line.id, "restored", text, claim.entry, Precedence.FLASH)
        return
    if claim.number <= here:
        said = f"{name} {signed} that it holds {claim.number} entries of ours before there were that many."
    text = f"{said} It has shown none of the others, so it is not believed, and this post writes on."
    turn.alarm(line.id, "empty-claim", text, claim.entry)
