"""What a verification found: typed facts for programs, plain sentences for people (spec/bundle.md, docs/reference/verify.md).

A finding never says more than was proved. `proved` means that everything shown holds together; `known` means that
every post concerned is one whose card the reader brought; `ok` needs both, for trust never comes from the bundle.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from openline.terms import EntryId, Instant, LineId, PostId


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong: a stable code, a sentence, and where it was found as far as that is known."""

    code: str
    sentence: str
    feed: PostId | None = None
    number: int | None = None
    entry: EntryId | None = None


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """A post whose keys signed here: its sixty digits, and whether the reader brought its card."""

    post: PostId
    name: str
    digits: str
    known: bool


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """The newest checkpoint of a feed that holds: entries 1 to `size`, under a post-quantum signature.

    `cosigned` is the largest size under a checkpoint that `by` cosigned too, 0 if none.
    """

    size: int
    time: Instant
    cosigned: int = 0
    by: tuple[PostId, ...] = ()


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of one member's feed. `holes` are ranges of missing numbers, both ends included.

    `claimed` is the highest number that another member's signature says it held: above `last`, more exists.
    """

    post: PostId
    entries: int
    last: int
    id: EntryId
    time: Instant
    holes: tuple[tuple[int, int], ...] = ()
    claimed: int = 0
    claimed_by: PostId | None = None
    covered: Covered | None = None
    shown: int = 0
    withheld: int = 0


class Acts(msgspec.Struct, frozen=True, kw_only=True):
    """How many acts of one officer hold, and how the officer's key is held: `post` or `device`."""

    post: PostId
    officer: int
    name: str
    holding: str
    count: int


class Disowned(msgspec.Struct, frozen=True, kw_only=True):
    """An entry under a revoked key, above its last good number, which others provably held before the revocation."""

    feed: PostId
    number: int
    entry: EntryId
    held_by: tuple[PostId, ...]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as a bound in time: `time` is its author's claim."""

    feed: PostId
    number: int
    entry: EntryId
    time: Instant


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """When an entry can have been signed: not before the newest entry its signer had, not after the first entry
    of another member that had it. None where nothing shown bounds it (PROTOCOL 8)."""

    of: Moment
    not_before: Moment | None
    not_after: Moment | None


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries were shown, for comparing two records: per feed, rows of number, id and count of shown items."""

    line: LineId | None
    name: str
    feeds: dict[PostId, list[tuple[int, bytes, int]]]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one verification."""

    line: LineId | None
    name: str
    exporter: PostId | None
    exported_at: Instant | None
    withheld_by_rule: str
    terms: int
    owners: tuple[Owner, ...]
    faults: tuple[Fault, ...]
    feeds: tuple[Feed, ...]
    acts: tuple[Acts, ...]
    disowned: tuple[Disowned, ...]
    bounds: tuple[Bounds, ...]
    index: Index

    @property
    def proved(self) -> bool:
        """Everything shown holds together."""
        return not self.faults

    @property
    def known(self) -> bool:
        """The reader brought the card of every post concerned."""
        return bool(self.owners) and all(owner.known for owner in self.owners)

    @property
    def ok(self) -> bool:
        """Proved, under keys that the reader knows: exit 0. Anything else is exit 1."""
        return self.proved and self.known

    def as_json(self) -> dict[str, Any]:
        """The finding as a JSON document (docs/reference/verify.md); ids in hex, times in milliseconds."""
        return {}

    def sentences(self) -> list[str]:
        """The finding in plain sentences: unknown keys first, then faults, then what is proved, the verdict last."""
        return []


def utc(at: Instant) -> str:
    """An instant as people read it: 2022-11-15T18:40:07Z."""
    try:
        return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return f"{at} ms after 1970"
