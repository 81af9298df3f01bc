"""What every answer of a post stands on: the post, its names, its notices, and ways to give the machine a command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from openline.engine import events
from openline.engine.effects import Answer, Refuse
from openline.errors import InternalError, OpenlineError
from openline.feeds.record import Kept
from openline.post.health import Pulse
from openline.post.loop import Outcome
from openline.post.names import Names, plain
from openline.post.notice.noticeboard import Board
from openline.post.people.counters import Counters
from openline.post.people.tokens import Tokens
from openline.post.post import Post
from openline.terms import EntryId, LineId, Precedence, TrafficClass
from openline.wire.kinds import Kind


class Drafted(Exception):
    """What was asked is made ready and not written: no further word of it is answered."""

    def __init__(self, value: dict[str, Any]) -> None:
        super().__init__("drafted")
        self.value = value


class Speaker:
    """Speaks with the machine of one running post."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self.names = Names(post)
        self.board = Board(post)
        self.counters = Counters(post)
        self.tokens = Tokens(post)
        self.pulse = Pulse(post)
        self.drafting: Callable[[events.Command], events.Command] | None = None

    async def command(self, make: Callable[[int], events.Command]) -> Any:
        """Give the machine a command; its answer as JSON holds it. Raises the OpenlineError of a refusal.

        Where this one drafts (post.drafts), it is made ready and not done.
        """
        drafting = self.drafting
        if drafting is not None:
            drafting(make(0))
        value = told(await self.post.asked(make if drafting is None else lambda number: drafting(make(number))))
        if isinstance(value, OpenlineError):
            raise value
        if drafting is not None:
            raise Drafted(value)
        return value

    async def writing(self, make: Callable[[int], events.Command]) -> Any:
        """Give the machine a command that writes an entry; its id. Raises the OpenlineError of a refusal."""
        return {"id": await self.command(make)}

    async def say(
        self,
        line: LineId,
        kind: Kind,
        items: tuple[bytes, ...],
        *,
        officer: str = "",
        precedence: Precedence = Precedence.ROUTINE,
        traffic: TrafficClass = TrafficClass.OPERATION,
        opening: EntryId | None = None,
        refers: tuple[EntryId, ...] = (),
        exchange: tuple[Kept, ...] = (),
    ) -> Any:
        """Write an entry of an exchange, signed by an officer; its id. Raises the OpenlineError of a refusal."""
        number = self.names.officer(officer)
        return await self.writing(
            lambda request: events.Say(
                request=request,
                line=line,
                kind=kind,
                items=items,
                officer=number,
                precedence=precedence,
                traffic=traffic,
                opening=opening,
                refers=refers,
                exchange=exchange,
            )
        )


def told(outcome: Outcome) -> Any:
    """What a command came to, as JSON holds it, or the OpenlineError of a refusal."""
    if type(outcome) is Answer:
        return plain(outcome.value)
    return outcome.error if isinstance(outcome, Refuse) else InternalError("A parcel came where none was asked for.")


Answerer = Callable[[Speaker, Any], Awaitable[Any]]
"""Answers one sort of request, given the speaker. Raises the OpenlineError that is to be told instead."""
