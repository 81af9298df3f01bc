"""An incident to play, as its file says it (docs/guides/exercises.md). Times are text; `openline.exercises.times` reads
them. Names are checked by `openline.exercises.reading`, which alone makes an `Exercise`."""

from __future__ import annotations

from typing import Final

import msgspec

FORMAT: Final = 1


class _Table(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename=lambda name: name.strip("_")
):
    """A table of the file; a key that is a word of Python has a line behind its name here."""


class Holder(_Table, frozen=True):
    """Who holds an office, from one day to another."""

    name: str
    from_: str
    until: str = ""


class Office(_Table, frozen=True):
    """A position at a party, which it publishes on its lines before play begins."""

    name: str
    holders: tuple[Holder, ...] = ()
    deputies: tuple[str, ...] = ()


class Party(_Table, frozen=True):
    """A post, the officer on watch there, and what it is in the story."""

    name: str
    officer: str
    role: str = ""
    office: tuple[Office, ...] = ()


class Line(_Table, frozen=True):
    """A line between parties, opened with `rules`, a text as for `line open --rules`.

    `forms`: its members agree on the shipped forms of notices.
    """

    name: str
    members: tuple[str, ...]
    forms: bool = False
    rules: str = ""


class Fact(_Table, frozen=True):
    """Something that happened, in our own words; `sources` are keys of the table of sources."""

    at: str
    text: str
    sources: tuple[str, ...]


class Step(_Table, frozen=True):
    """What a party does, or is told: by time (`at`) or in reaction (`when`, perhaps `after` a span).

    `do` is a command of the command line with places to fill in; `tell` is what the party, or all, learn beside the
    line. `writes` says of which kind the entry is that `do` makes: where people play the party, the first such entry of
    theirs has the step's name. `every`: a reaction that comes each time. `fact` says what of it is known.
    """

    party: str = ""
    name: str = ""
    at: str = ""
    when: str = ""
    after: str = ""
    every: bool = False
    do: str = ""
    tell: str = ""
    writes: str = ""
    fact: str = ""
    sources: tuple[str, ...] = ()


class Fault(_Table, frozen=True):
    """The path between two parties is cut or slow, or a post is down, from a time on for a span, or to the end."""

    at: str
    lasts: str = ""
    cut: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    bits_per_second: int = msgspec.field(default=2_400, name="bits-per-second")
    down: str = ""


class Paper(_Table, frozen=True):
    """A file that commands may name, as {out}/NAME."""

    name: str
    text: str


class Goal(_Table, frozen=True):
    """What should come of it: something in time (`to`, `within`), never (`never`), or an answer that holds a value.

    The clock of a goal in time starts when `from` first comes true, or when play begins. `look` is a command, `find`
    the place in its answer, `is` what should be there, asked `by` a time or at the end.
    """

    name: str
    party: str
    from_: str = ""
    to: str = ""
    within: str = ""
    never: str = ""
    look: str = ""
    find: str = ""
    is_: str | int | bool | None = None
    by: str = ""


class Exercise(_Table, frozen=True):
    """The whole. `invented` says in one sentence what of it is not fact."""

    format: int
    title: str
    about: str
    invented: str
    begins: str
    lasts: str
    party: tuple[Party, ...]
    line: tuple[Line, ...]
    step: tuple[Step, ...]
    goal: tuple[Goal, ...]
    fact: tuple[Fact, ...] = ()
    fault: tuple[Fault, ...] = ()
    file: tuple[Paper, ...] = ()
    sources: dict[str, str] = {}
