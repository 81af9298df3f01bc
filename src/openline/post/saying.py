"""Writing into an exchange that was opened before: its line, class and entries come from what was folded of it."""

from __future__ import annotations

from typing import Any

from openline.feeds.folding import Folded
from openline.post.speaker import Speaker
from openline.terms import EntryId, Precedence
from openline.wire.kinds import Kind


async def say_in(
    service: Speaker,
    folded: Folded[Any],
    kind: Kind,
    items: tuple[bytes, ...],
    officer: str,
    *refers: EntryId,
    precedence: Precedence | None = None,
) -> Any:
    """Write an entry that refers to these, the one that opened its exchange first; without any, to that one.

    Without a precedence it has that of the opening entry. Raises the OpenlineError of a refusal.
    """
    opening = refers[0] if refers else folded.head
    header = next(kept.entry.header for kept in folded.entries if kept.entry.id == folded.head)
    return await service.say(
        header.line,
        kind,
        items,
        officer=officer,
        precedence=Precedence(header.precedence) if precedence is None else precedence,
        traffic=header.traffic,
        opening=opening,
        refers=refers or (opening,),
        exchange=folded.entries,
    )
