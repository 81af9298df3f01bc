"""Pages that were tried: kept in the record, told by `paging log`, and what the ladder knows of a message by them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import msgspec

from openline.engine.line import Untaken
from openline.engine.untaken import STOPS
from openline.feeds.record import Drop, Keep, Put
from openline.limits import PAGES_MAX
from openline.post.post import Post
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, LineId, Precedence, TrafficClass

TABLE: Final = "page"
TEXT_CHARACTERS: Final = 480
"""What a page has at most: three text messages of a telephone."""

Key = tuple[LineId, EntryId]


class Attempt(msgspec.Struct, frozen=True, array_like=True):
    """One try to page one person by one service: `why` it failed is "" where the service took the page.

    `last` says that nothing more is tried for this person in this round. `messages` are those paged for, each with the
    round; none for a test.
    """

    at: int
    person: str
    place: int
    kind: str
    why: str
    last: bool
    messages: tuple[tuple[bytes, bytes, int], ...] = ()


class Pages:
    """The log of one post, and per message when its first page was tried and whom it has paged."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._numbers: list[int] = []
        self._begun: dict[Key, Instant] = {}
        self._tried: dict[Key, dict[tuple[int, str], bool]] = {}
        for number, attempt in held(post):
            self._numbers.append(number)
            self._note(attempt)

    def _note(self, attempt: Attempt) -> None:
        for line, message, round_ in attempt.messages:
            key = (LineId(line), EntryId(message))
            self._begun.setdefault(key, Instant(attempt.at))
            if attempt.last:
                self._tried.setdefault(key, {})[(round_, attempt.person)] = not attempt.why

    def begun(self, line: LineId, message: EntryId) -> Instant | None:
        """When somebody was first paged for a message."""
        return self._begun.get((line, message))

    def tried(self, line: LineId, message: EntryId) -> dict[tuple[int, str], bool]:
        """Whom a message has paged, in which round, and whether a service took the page."""
        return self._tried.get((line, message), {})

    def keep(self, attempt: Attempt, messages: Mapping[Key, int]) -> None:
        """Keep one attempt. Raises as the record does."""
        paged = tuple((line, message, round_) for (line, message), round_ in messages.items())
        attempt = msgspec.structs.replace(attempt, messages=paged)
        self._note(attempt)
        number = self._numbers[-1] + 1 if self._numbers else 1
        self._numbers.append(number)
        keeps: list[Keep] = [Put(TABLE, number.to_bytes(8, "big"), msgspec.msgpack.encode(attempt))]
        while len(self._numbers) > PAGES_MAX:
            keeps.append(Drop(TABLE, self._numbers.pop(0).to_bytes(8, "big")))
        self._post.keep(keeps)

    def forget(self, waiting: Collection[Key]) -> None:
        """Remember nothing more of messages that do not wait any more; the log stays."""
        for gone in [key for key in self._begun if key not in waiting]:
            del self._begun[gone]
            self._tried.pop(gone, None)


def held(post: Post) -> list[tuple[int, Attempt]]:
    """All attempts that are remembered, oldest first, with their numbers."""
    found = sorted(post.record.objects(TABLE).items())
    return [(int.from_bytes(key, "big"), msgspec.msgpack.decode(value, type=Attempt)) for key, value in found]


def value_of(attempt: Attempt) -> dict[str, Any]:
    """An attempt as JSON holds it."""
    return {
        "at": utc(Instant(attempt.at)),
        "person": attempt.person,
        "service": attempt.place,
        "kind": attempt.kind,
        "taken": not attempt.why,
        "why": attempt.why,
        "for": [message.hex() for _, message, _ in attempt.messages],
    }


def page_text(name: str, waiting: Sequence[Untaken], more: Sequence[str]) -> str:
    """What a page says: that something waits at the post of this name, and what `more` may be read by strangers.

    Openline: STOP, 2 FLASH and EXERCISE IMMEDIATE wait at North.
    """
    counts: dict[tuple[bool, Precedence, TrafficClass], int] = {}
    for each in waiting:
        kind = (each.kind in STOPS, each.precedence, each.traffic)
        counts[kind] = counts.get(kind, 0) + 1
    words = []
    for (stop, precedence, traffic), count in sorted(
        counts.items(), key=lambda item: (-item[0][0], -item[0][1], item[0][2])
    ):
        number = f"{count} " if count > 1 else ""
        what = "STOP" if stop else precedence.name
        words.append(number + ("" if traffic == TrafficClass.OPERATION else f"{traffic.name} ") + what)
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    text = f"Openline: {listed} {'wait' if len(waiting) > 1 else 'waits'} at {name}."
    return " ".join([text, *(" ".join(each.split()) for each in more)])[:TEXT_CHARACTERS]
