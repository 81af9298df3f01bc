"""How far an entry that is no message got with each member: the ladder of messages, from marks and have-vectors.

So silence on a claim or an inquiry is told apart from one that never arrived (spec/message.md, The ladder).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openline.exchanges import message
from openline.feeds.record import Kept
from openline.post.names import Names
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import PostId


def reached(post: Post, names: Names, opening: Kept, marks: Sequence[Kept], member: PostId) -> dict[str, Any]:
    """The highest rung that is proved of a member, as JSON holds it: `rung`, `at`, `officer`, `proof`."""
    header = opening.entry.header
    carried = post.carried_to(header.line, header.number) if names.is_own(header.author) else []
    held = [mark for mark in marks if names.acted(mark.entry) is not None]
    state = message.marked(opening.entry, held)
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
