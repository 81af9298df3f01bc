"""Every act by which somebody writes words: who does it, what it needs, what its fields hold, where it is read.

What is here is held against the routes of the desk: an act that is not here, or a field of it, fails a test.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, NamedTuple

from openline.errors import PeerError
from openline.limits import (
    TEXT_MAX_BYTES,
)
from openline.wire.joint_statement import check_language, check_text
from tests.desk.strings.said import Words
from tests.desk.strings.stage import Stage

Fields = dict[str, Any]
"""What an act holds; what begins with `_` is not sent, but serves to read."""

Reads = list[tuple[str, Fields]]


class Case(NamedTuple):
    """One act. `fill` gives what it holds beside words, `refs` are fields without any, `read` asks for what it wrote.

    `alone` says that it is kept in this home and goes to nobody. `unread` are fields that this sort of act ignores.
    """

    south: bool
    fill: Callable[[Stage], Awaitable[Fields]]
    words: Mapping[str, tuple[Words, ...]]
    refs: str
    read: Callable[[Fields, Any], Reads]
    alone: bool = False
    unread: str = ""
    replaced: bool = False


LONG: Final = TEXT_MAX_BYTES // 2


def long(**more: Any) -> Words:
    """Text as long as a letter."""
    return Words(LONG, **more)


def is_line(text: str) -> bool:
    """Whether it may stand as a line of a joint statement."""
    try:
        check_text(text)
    except PeerError:
        return False
    return True


def is_language(text: str) -> bool:
    """Whether it may name a language."""
    try:
        check_language(text)
    except PeerError:
        return False
    return True


def by(name: str, field: str, key: str) -> Callable[[Fields, Any], Reads]:
    """Read by the id that stands in a field of the act."""
    return lambda fields, answer: [(name, {key: fields[field]})]


def at(name: str, key: str) -> Callable[[Fields, Any], Reads]:
    """Read by the id that the act answered."""
    return lambda fields, answer: [(name, {key: answer["id"]})]


def listed(name: str, **more: Any) -> Callable[[Fields, Any], Reads]:
    """Read in a list of all."""
    return lambda fields, answer: [(name, {"most": 500, **more})]


def on(of: str, key: str, uses: int = 24, /, **more: Any) -> Callable[[Stage], Awaitable[Fields]]:
    """What it needs is the id of something of the stage, which several acts may speak of."""

    async def fill(stage: Stage) -> Fields:
        return {key: await stage.some(of, getattr(stage, of), uses), **more}

    return fill


def anew(of: str, key: str, /, **more: Any) -> Callable[[Stage], Awaitable[Fields]]:
    """The same, made for this act alone."""

    async def fill(stage: Stage) -> Fields:
        return {key: await stage.heard(await getattr(stage, of)()), **more}

    return fill


def just(**fields: Any) -> Callable[[Stage], Awaitable[Fields]]:
    """It needs nothing that has to be made."""

    async def fill(_: Stage) -> Fields:
        return dict(fields)

    return fill


def wrapped(*before: Any, after: tuple[Any, ...] = ()) -> Callable[[Any], Any]:
    """A text, or each of several, in its place among others."""

    def wrap(value: Any) -> Any:
        return [[*before, each, *after] for each in (value if isinstance(value, tuple) else (value,))]

    return wrap
