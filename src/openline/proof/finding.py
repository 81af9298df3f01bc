"""What a verification found: typed facts for programs, plain sentences for people (docs/reference/verify.md).

A finding never says more than was proved. `proved` means that everything shown holds together; `known` means that
every post concerned is one whose card the reader brought; `ok` needs both, for trust never comes from the bundle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from openline.proof.columns import Column
from openline.proof.sentences import sentences
from openline.proof.translations import Translation
from openline.terms import EntryId, Instant, LineId, PostId

if TYPE_CHECKING:
    from openline.proof.certificate import Certified
    from openline.proof.joint import Stated


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
    """How many acts of one officer hold, and how the officer's key is held: `post` or `device`.

    `in_force` is False where the card has ended the officer or revoked the key since.
    """

    post: PostId
    officer: int
    name: str
    holding: str
    count: int
    in_force: bool


class Disowned(msgspec.Struct, frozen=True, kw_only=True):
    """An entry under a revoked key, above its last good number, which others provably held before the revocation."""

    feed: PostId
    number: int
    entry: EntryId
    held_by: tuple[PostId, ...]


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A number that its author signed in several versions, and of which its root has named the true one."""

    feed: PostId
    number: int
    entries: tuple[EntryId, ...]


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as a bound in time: `time` is its author's claim."""

    feed: PostId
    number: int
    entry: EntryId
    time: Instant


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """When an entry can have been signed: not before the newest entry its signer had, not after the first entry
    of another member that had it. None where nothing shown bounds it (spec/verify.md)."""

    of: Moment
    not_before: Moment | None
    not_after: Moment | None


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries were shown, for comparing two records.

    `since` is None for a whole record; of a certificate, the first entry that is to be shown of each of its two feeds.
    """

    line: LineId | None
    columns: dict[PostId, Column]
    since: dict[PostId, int] | None = None

    def speaks_of(self, feed: PostId, number: int) -> bool:
        """Whether an entry that is not shown was left out: a certificate says nothing of what is outside its ranges."""
        return self.since is None or number >= self.since.get(feed, number + 1)


_APART: Final = ("index", "certificate")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one verification. `line`, `exporter` and `exported_at` are None where there is none to tell.

    `rule` is what was withheld, in the exporter's words; `terms` the version in force; `more` faults were not kept.
    """

    line: LineId | None = None
    name: str = ""
    exporter: PostId | None = None
    exported_at: Instant | None = None
    rule: str = ""
    terms: int = 0
    owners: tuple[Owner, ...] = ()
    faults: tuple[Fault, ...] = ()
    more: int = 0
    feeds: tuple[Feed, ...] = ()
    acts: tuple[Acts, ...] = ()
    disowned: tuple[Disowned, ...] = ()
    settled: tuple[Settled, ...] = ()
    bounds: tuple[Bounds, ...] = ()
    translations: tuple[Translation, ...] = ()
    certificate: Certified | None = None
    statement: Stated | None = None
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
        verdict = {"ok": self.ok, "proved": self.proved, "known": self.known}
        fields = {name: plain(getattr(self, name)) for name in self.__struct_fields__ if name not in _APART}
        certificate = None if self.certificate is None else self.certificate.as_json()
        return {**verdict, **fields, "certificate": certificate, "sentences": self.sentences()}

    def sentences(self) -> list[str]:
        """The finding in plain sentences: unknown keys first, then what is wrong, what is shown, the verdict last."""
        return sentences(self)


def plain(value: Any) -> Any:
    """A value as JSON has it: bytes in hex, structures as objects."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    return value
