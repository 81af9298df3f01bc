"""The law of key statements: each follows from the one before it, and what they come to (spec/card.md).

A `Chain` grows by one verified statement at a time and is never wrong: a statement that breaks a rule raises a
PeerError. It holds every key that the root ever certified, for a record is verified long after its keys have gone.
No rule reads a clock: a statement's time is a claim, and the same bytes are good or bad everywhere and always.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Final, assert_never

import msgspec

from openline.errors import BadField, BadKey, BadSignature, TooLarge
from openline.identity.passkeys import Passkey, check_possession
from openline.keys import ed25519, mldsa, sealing
from openline.limits import CARD_KEYS_MAX, PASSKEYS_MAX
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire import change as wire
from openline.wire.change import Change, Holding
from openline.wire.statement import (
    SignedStatement,
    Statement,
    decode_signed,
    next_root,
    post_id,
    statement_id,
    statement_to_be_signed,
)

Place = tuple[int, EntryId]
"""An entry's number in its feed, and its id."""


class FeedKey(msgspec.Struct, frozen=True):
    """A key that signs entries. `revocations` is None while it is good; then the last good entry of each line."""

    public: bytes
    revocations: Mapping[LineId, Place] | None = None


class Certified(msgspec.Struct, frozen=True):
    """A checkpoint, cosigning or link key."""

    public: bytes
    revoked: bool = False


class Sealing(msgspec.Struct, frozen=True):
    """A sealing key, to be sealed for at a time t with `start` <= t < `end`."""

    number: int
    public: bytes
    start: Instant
    end: Instant


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """A person with a key, `revoked` or not, and passkeys beside it.

    `ended` is the time of the statement that ended the officer, by its signer's clock. An act of an ended or revoked
    officer still verifies, for time and arrival prove nothing; who shows it says so.
    """

    number: int
    name: str
    public: bytes
    holding: Holding
    roles: tuple[str, ...]
    ended: Instant | None = None
    revoked: bool = False
    passkeys: tuple[Passkey, ...] = ()

    @property
    def in_force(self) -> bool:
        """Not ended, and with a key that is not revoked."""
        return self.ended is None and not (self.revoked and all(each.revoked for each in self.passkeys))


NO_POST: Final = PostId(b"")


@dataclass
class Chain:
    """What the statements so far come to; maps are in the order in which the root made them."""

    post: PostId = NO_POST
    name: str = ""
    root: wire.NewRoot | None = None
    ids: list[bytes] = field(default_factory=list)
    feed_keys: dict[bytes, FeedKey] = field(default_factory=dict)
    checkpoint_keys: dict[bytes, Certified] = field(default_factory=dict)
    cosigning_keys: dict[bytes, Certified] = field(default_factory=dict)
    link_keys: dict[bytes, Certified] = field(default_factory=dict)
    sealing_keys: list[Sealing] = field(default_factory=list)
    officers: dict[int, Officer] = field(default_factory=dict)
    branches: dict[LineId, tuple[Place, ...]] = field(default_factory=dict)
    enrolled: set[bytes] = field(default_factory=set)

    def copied(self) -> Chain:
        """A chain that grows apart from this one."""
        return Chain(**{each.name: copy.copy(getattr(self, each.name)) for each in fields(self)})

    def admit(self, data: bytes) -> None:
        """Grow by the encoded statement that comes next. After a PeerError the chain is not to be used again."""
        signed = decode_signed(data)
        statement = signed.statement
        first, *others = statement.changes
        new = first if isinstance(first, wire.NewRoot) else None
        if any(isinstance(change, wire.NewRoot) for change in others):
            raise BadField("New root keys come first in their statement, and once.")
        self._check_place(statement, new)
        self._check_signatures(signed, new)
        for change in statement.changes:
            self._apply(change, statement)
        if not self.name:
            raise BadField("The first statement does not name its post.")
        self.ids.append(statement_id(signed.payload))

    def _check_place(self, statement: Statement, new: wire.NewRoot | None) -> None:
        if statement.sequence != len(self.ids) + 1:
            raise BadField(f"Key statement {statement.sequence} stands where {len(self.ids) + 1} belongs.")
        if self.root is None:
            if new is None or statement.post != post_id(new.ed25519, new.mldsa65):
                raise BadField("The first statement does not hold the root keys of the post that it names.")
            self.post = statement.post
        elif statement.post != self.post:
            raise BadField("A key statement is of another post.")
        elif statement.previous != self.ids[-1]:
            raise BadField(f"Key statement {statement.sequence} does not follow from the one before it.")
        elif new is not None and next_root(new.ed25519, new.mldsa65) != self.root.next:
            raise BadKey("The new root keys are not the ones to which the card committed before.")

    def _check_signatures(self, signed: SignedStatement, new: wire.NewRoot | None) -> None:
        """The root in force signs; at a rotation the new root signs too, after it."""
        roots = [root for root in (self.root, new) if root is not None]
        if len(roots) != len(signed.signatures):
            raise BadSignature(f"A key statement has {len(signed.signatures)} pairs of signatures, not {len(roots)}.")
        if new is not None:
            ed25519.check_public(new.ed25519)
            self._enrol(new.ed25519)
            self._enrol(new.mldsa65)
        message = statement_to_be_signed(signed.payload)
        for root, (short, long) in zip(roots, signed.signatures, strict=True):
            if not ed25519.verify(root.ed25519, short, message) or not mldsa.verify65(root.mldsa65, long, message):
                raise BadSignature(f"Key statement {signed.statement.sequence} is not signed by the post's root.")

    def _apply(self, change: Change, statement: Statement) -> None:
        match change:
            case wire.NewRoot():
                self.root = change
            case wire.NewName():
                self.name = change.name
            case wire.NewFeedKey():
                self._prove(change)
                self.feed_keys[change.public] = FeedKey(change.public)
            case wire.NewCheckpointKey() | wire.NewCosigningKey() | wire.NewLinkKey():
                self._certify(change)
            case wire.NewSealingKey():
                self._add_sealing_key(change)
            case wire.NewOfficer():
                self._add_officer(change)
            case wire.OfficerEnded():
                self._end_officer(change.number, statement.time)
            case wire.RevokedFeedKey():
                self._revoke_feed_key(change)
            case wire.RevokedKey():
                self._revoke(change.public)
            case wire.TrueBranch():
                self._name_branch(change)
            case wire.NewPasskey():
                self._add_passkey(change)
            case _:
                assert_never(change)

    def _enrol(self, public: bytes) -> None:
        """Each key is enrolled once, for one purpose: so a signature has one meaning and a revocation stays."""
        if public in self.enrolled:
            raise BadKey("A key is enrolled a second time.")
        if len(self.enrolled) == CARD_KEYS_MAX:
            raise TooLarge(f"A card enrols more than {CARD_KEYS_MAX} keys.")
        self.enrolled.add(public)

    def _prove(self, change: wire.NewFeedKey | wire.NewCosigningKey | wire.NewLinkKey | wire.NewOfficer) -> None:
        self._enrol(change.public)
        ed25519.check_possession(change.public, self.post, change.possession)

    def _certify(self, change: wire.NewCheckpointKey | wire.NewCosigningKey | wire.NewLinkKey) -> None:
        if isinstance(change, wire.NewCheckpointKey):
            self._enrol(change.public)
            keys = self.checkpoint_keys
        else:
            self._prove(change)
            keys = self.cosigning_keys if isinstance(change, wire.NewCosigningKey) else self.link_keys
        keys[change.public] = Certified(change.public)

    def _add_sealing_key(self, change: wire.NewSealingKey) -> None:
        if change.number != len(self.sealing_keys) + 1 or change.start >= change.end:
            raise BadField("Sealing keys are numbered from 1 without a gap, and each ends after it starts.")
        self._enrol(change.public)
        sealing.check_public(change.public)
        self.sealing_keys.append(Sealing(change.number, change.public, change.start, change.end))

    def _add_officer(self, change: wire.NewOfficer) -> None:
        if change.number != len(self.officers) + 1:
            raise BadField("Officers are numbered from 1 without a gap.")
        self._prove(change)
        self.officers[change.number] = Officer(
            number=change.number, name=change.name, public=change.public, holding=change.holding, roles=change.roles
        )

    def _add_passkey(self, change: wire.NewPasskey) -> None:
        officer = self.officers.get(change.officer)
        if officer is None or officer.ended is not None:
            raise BadField(f"There is no officer {change.officer} who could have a passkey.")
        if len(officer.passkeys) == PASSKEYS_MAX:
            raise TooLarge(f"An officer has more than {PASSKEYS_MAX} passkeys.")
        self._enrol(change.public)
        check_possession(change.public, change.rp, self.post, change.possession)
        passkeys = (*officer.passkeys, Passkey(change.public, change.rp))
        self.officers[officer.number] = msgspec.structs.replace(officer, passkeys=passkeys)

    def _end_officer(self, number: int, time: Instant) -> None:
        officer = self.officers.get(number)
        if officer is None or officer.ended is not None:
            raise BadField(f"There is no officer {number} who could be ended.")
        self.officers[number] = msgspec.structs.replace(officer, ended=time)

    def _revoke_feed_key(self, change: wire.RevokedFeedKey) -> None:
        key = self.feed_keys.get(change.public)
        if key is None or key.revocations is not None:
            raise BadField("What is revoked is not a feed key in force.")
        revocations = {last.line: (last.number, last.id) for last in change.last}
        self.feed_keys[key.public] = FeedKey(key.public, MappingProxyType(revocations))

    def _revoke(self, public: bytes) -> None:
        """Once only, and for good; whatever was signed before is for its reader to judge."""
        for keys in (self.checkpoint_keys, self.cosigning_keys, self.link_keys):
            if public in keys and not keys[public].revoked:
                keys[public] = Certified(public, revoked=True)
                return
        for officer in self.officers.values():
            if officer.public == public and not officer.revoked:
                self.officers[officer.number] = msgspec.structs.replace(officer, revoked=True)
                return
            if any(each.public == public and not each.revoked for each in officer.passkeys):
                revoked = (each.public == public or each.revoked for each in officer.passkeys)
                passkeys = tuple(
                    Passkey(each.public, each.rp, gone) for each, gone in zip(officer.passkeys, revoked, strict=True)
                )
                self.officers[officer.number] = msgspec.structs.replace(officer, passkeys=passkeys)
                return
        raise BadField("What is revoked is not a key in force.")

    def _name_branch(self, change: wire.TrueBranch) -> None:
        named = self.branches.get(change.line, ())
        if any(number == change.number for number, _ in named):
            raise BadField("Two entries with one number are both named as the true one.")
        self.branches[change.line] = (*named, (change.number, change.id))
