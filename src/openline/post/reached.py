"""How far an entry that is no message got with each member: the ladder of messages, from marks and have-vectors.

So silence on a claim or an inquiry is told apart from one that never arrived (spec/message.md, The ladder).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openline.exchanges import message
from openline.exchanges.message import MARKS, Said, State, Step
from openline.feeds.record import Kept
from openline.post.names import Names
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import PostId
from openline.wire.bodies import Message, whom_of
from openline.wire.entry import Entry
from openline.wire.kinds import Kind


def reached(post: Post, names: Names, opening: Kept, marks: Sequence[Kept], member: PostId) -> dict[str, Any]:
    """The highest rung that is proved of a member, as JSON holds it: `rung`, `at`, `officer`, `proof`."""
    header = opening.entry.header
    carried = post.carried_to(header.line, header.number) if names.is_own(header.author) else []
    held = [mark for mark in marks if names.acted(mark.entry) is not None]
    state = State(said=(Said(opening.entry, Message("", 0)),), steps=tuple(_step(each.entry, opening) for each in held))
    deliveries = post.record.deliveries(header.line, header.author, header.number)
    steps = message.ladder(state, opening.entry.id, opening.at, carried, deliveries)
    theirs = [each for each in steps if each.by == member]
    if not theirs:
        return {"rung": message.Rung.KEPT.value, "at": None, "officer": None, "proof": None}
    newest = max(theirs, key=lambda each: message.LADDER.index(each.rung))
    return {
        "rung": newest.rung.value,
        "at": utc(newest.at),
        "officer": names.signer(newest.by, newest.officer),
        "proof": None if newest.proof is None else newest.proof.hex(),
    }


def _step(mark: Entry, opening: Kept) -> Step:
    header = mark.header
    whom = whom_of(mark) if header.kind == Kind.PASSED_ON else ""
    officer = 0 if header.act is None else header.act.officer
    return Step(MARKS[Kind(header.kind)], header.author, officer, header.time, mark.id, opening.entry.id, whom)
