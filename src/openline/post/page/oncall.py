"""Who is on call, and who is paged when: the file `paging.toml` of a home, and the ladder that it makes.

The file is strict: an unknown key, a person without a service or a wait longer than an untaken message allows is
refused with a sentence (docs/guides/paging.md). Nothing here sends anything or reads a clock.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Annotated, Final, Literal

import msgspec

from openline.engine.untaken import STOPS, UNTAKEN_MS
from openline.errors import BadPaging
from openline.limits import PAGING_FILE_MAX_BYTES, PAGING_PEOPLE_MAX, PAGING_SERVICES_MAX
from openline.terms import Instant, Precedence
from openline.wire.kinds import Kind

FILE: Final = "paging.toml"
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAY_MINUTES = 24 * 60
_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)")
_SERVICE = re.compile(r"[a-z][a-z0-9+.-]{0,31}://[!-~]+")

Seconds = Annotated[int, msgspec.Meta(ge=0, le=86_400)]
Some = Annotated[int, msgspec.Meta(ge=30, le=86_400)]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Shift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When somebody is on call, UTC; `hours` that pass midnight belong to the day on which they begin."""

    days: tuple[Day, ...] = DAYS
    hours: str = "00:00-24:00"

    def holds(self, at: Instant) -> bool:
        """Whether the shift is on at this time."""
        day, minute = weekday(at), at // 60_000 % _DAY_MINUTES
        first, last = minutes(self.hours)
        if first < last:
            return DAYS[day] in self.days and first <= minute < last
        return (minute >= first and DAYS[day] in self.days) or (minute < last and DAYS[day - 1] in self.days)


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who can be paged, by these services in this order; without a shift, on call always."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    services: tuple[str, ...]
    shift: tuple[Shift, ...] = ()

    def on_call(self, at: Instant) -> bool:
        """Whether this person is on call."""
        return not self.shift or any(each.holds(at) for each in self.shift)


class Ladder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When messages of one precedence page whom, in seconds (docs/guides/paging.md).

    `first`: the first person is paged so long after a message came; `watched`: the same while somebody watches at a
    desk; `next`: after it, the next person; `all`: everybody who is on call; `again`: everybody again, `rounds` times.
    """

    first: Seconds
    watched: Seconds
    next: Some
    all: Some
    again: Some
    rounds: Annotated[int, msgspec.Meta(ge=0, le=100)] = 6


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file. `text` is what strangers who carry pages may read: that something waits, from whom, or its words."""

    person: tuple[Person, ...]
    text: Literal["quiet", "sender", "full"] = "quiet"
    timeout: Annotated[int, msgspec.Meta(ge=1, le=60)] = 15
    classes: tuple[Literal["operation", "exercise", "drill", "test"], ...] = ("operation", "exercise", "drill")
    flash: Ladder = Ladder(first=0, watched=120, next=60, all=300, again=300)
    immediate: Ladder = Ladder(first=300, watched=600, next=300, all=1_800, again=1_800)
    stop: Ladder = Ladder(first=0, watched=120, next=60, all=120, again=120, rounds=30)

    def ladder(self, precedence: Precedence, kind: int = Kind.MESSAGE) -> Ladder | None:
        """The ladder of a precedence, or of a STOP; None where nobody is paged."""
        if kind in STOPS:
            return self.stop
        return {Precedence.FLASH: self.flash, Precedence.IMMEDIATE: self.immediate}.get(precedence)

    def on_call(self, at: Instant) -> tuple[Person, ...]:
        """Who is on call, in the order of the ladder; everybody where nobody is."""
        return tuple(each for each in self.person if each.on_call(at)) or self.person


def weekday(at: Instant) -> int:
    """The day of the week in UTC, 0 for Monday: 1 January 1970 was a Thursday."""
    return (at // (_DAY_MINUTES * 60_000) + 3) % 7


def minutes(hours: str) -> tuple[int, int]:
    """Hours such as 18:00-06:00 as minutes of the day."""
    found = _HOURS.fullmatch(hours)
    first, last = (0, 0) if found is None else (int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4]))
    if found is None or last > _DAY_MINUTES or first == last:
        raise BadPaging(f"{hours!r} are no hours: write them in UTC as 18:00-06:00.")
    return first, last


def read(data: bytes) -> Config:
    """The configuration in a file. Raises BadPaging, whose sentence says what is wrong with it."""
    if len(data) > PAGING_FILE_MAX_BYTES:
        raise BadPaging(f"{FILE} has more than {PAGING_FILE_MAX_BYTES} bytes.")
    try:
        held = tomllib.loads(data.decode())
        for name in ("routine", "priority"):
            if name in held:
                raise BadPaging(f"{FILE}: [{name}] pages nobody; only [flash] and [immediate] can.")
        config = msgspec.convert(held, Config)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPaging(f"{FILE} is not TOML: {error}.") from None
    except msgspec.ValidationError as error:
        raise BadPaging(f"{FILE}: {error}.") from None
    _check(config)
    return config


def _check(config: Config) -> None:
    if not 1 <= len(config.person) <= PAGING_PEOPLE_MAX:
        raise BadPaging(f"{FILE} names 1 to {PAGING_PEOPLE_MAX} persons, each under [[person]].")
    names = [each.name.casefold() for each in config.person]
    for person in config.person:
        if names.count(person.name.casefold()) > 1:
            raise BadPaging(f"{FILE} names {person.name!r} twice; give one person several shifts instead.")
        if not 1 <= len(person.services) <= PAGING_SERVICES_MAX:
            raise BadPaging(f"{FILE}: {person.name!r} needs 1 to {PAGING_SERVICES_MAX} services.")
        for place, service in enumerate(person.services, 1):
            if _SERVICE.fullmatch(service) is None:
                raise BadPaging(f"{FILE}: service {place} of {person.name!r} is no address such as mailto://...")
        for shift in person.shift:
            minutes(shift.hours)
    flash, immediate = UNTAKEN_MS[Precedence.FLASH] // 1_000, UNTAKEN_MS[Precedence.IMMEDIATE] // 1_000
    for name, ladder, most in (
        ("FLASH", config.flash, flash),
        ("IMMEDIATE", config.immediate, immediate),
        ("STOP", config.stop, flash),
    ):
        if max(ladder.first, ladder.watched) > most:
            raise BadPaging(f"{FILE}: {name} pages after {most} seconds at the latest, desk watched or not.")


def kind(service: str) -> str:
    """All that is shown of a service: the rest of its address is secret."""
    return service.split("://", 1)[0]


class Due(msgspec.Struct, frozen=True):
    """Who is to be paged now for one message, in which round, and when to look again, None for never."""

    round: int
    names: tuple[str, ...]
    look_at: Instant | None


Tried = Mapping[tuple[int, str], bool]
"""Whom a message has paged, by round and name: whether any service took the page."""


def due(ladder: Ladder, begins: Instant, at: Instant, on_call: Sequence[str], tried: Tried) -> Due:
    """Who is due at `at` for a message whose first page is due at `begins`.

    A person is due in turn, or at once when every one before could not be paged; then everybody; then all again.
    """
    everybody = begins + ladder.all * 1_000
    if at >= everybody:
        number = min((at - everybody) // (ladder.again * 1_000), ladder.rounds)
        after = everybody + (number + 1) * ladder.again * 1_000
        names = tuple(name for name in on_call if (number, name) not in tried)
        return Due(number, names, None if number >= ladder.rounds else Instant(after))
    turn: list[str] = []
    look_at = begins
    for name in on_call:
        if at < look_at:
            break
        if (0, name) not in tried:
            turn.append(name)
        if tried.get((0, name), True):
            look_at = Instant(look_at + ladder.next * 1_000)
    return Due(0, tuple(turn), Instant(min(everybody, look_at) if at < look_at else everybody))
