"""What was checked on a line, as the post remembers it between turns and over a restart (table "checks")."""

from __future__ import annotations

from typing import Any

import msgspec

from openline.terms import EntryId, Instant, PostId
from openline.wire import cbor


class Out(msgspec.Struct):
    """A check of ours that waits for answers: of which slot, until when, and of whom."""

    slot: Instant
    answer_by: Instant
    human: bool
    pending: list[PostId]


class Checks(msgspec.Struct):
    """What was checked on a line: our newest slot of each sort, the newest of each member that came and that was
    judged, our checks that wait for answers, silence that was announced, oldest first, and of each member the hour and
    how many of its checks came in it.
    """

    own: dict[bool, Instant]
    seen: dict[tuple[PostId, bool], Instant]
    judged: dict[tuple[PostId, bool], Instant]
    out: dict[EntryId, Out]
    silent: dict[EntryId, tuple[PostId, Instant, Instant]]
    answered: dict[PostId, tuple[int, int]]


def begin() -> Checks:
    """Nothing was checked yet."""
    return Checks({}, {}, {}, {}, {}, {})


def encode(checks: Checks) -> bytes:
    """What is kept of the checks of a line."""
    return cbor.encode(
        {
            1: [[human, at] for human, at in sorted(checks.own.items())],
            2: [[post, human, at] for (post, human), at in sorted(checks.seen.items())],
            3: [[post, human, at] for (post, human), at in sorted(checks.judged.items())],
            4: [[key, each.slot, each.answer_by, each.human, each.pending] for key, each in sorted(checks.out.items())],
            5: [[key, *each] for key, each in checks.silent.items()],
            6: [[post, *each] for post, each in sorted(checks.answered.items())],
        }
    )


def decode(value: dict[int, Any]) -> Checks:
    """What was kept, as it was."""
    return Checks(
        own={human: Instant(at) for human, at in value[1]},
        seen={(PostId(post), human): Instant(at) for post, human, at in value[2]},
        judged={(PostId(post), human): Instant(at) for post, human, at in value[3]},
        out={EntryId(key): Out(slot, by, human, pending) for key, slot, by, human, pending in value[4]},
        silent={EntryId(key): (PostId(post), begins, ends) for key, post, begins, ends in value[5]},
        answered={PostId(post): (hour, count) for post, hour, count in value.get(6, [])},
    )
