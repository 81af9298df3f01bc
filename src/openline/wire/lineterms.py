"""The terms of a line: who its members are and what is allowed on it, as a hash-linked chain (spec/terms.md)."""

from __future__ import annotations

import hashlib
from typing import Any, Final

import msgspec

from openline.errors import BadField, UnknownVersion
from openline.limits import LINE_MEMBERS_MAX, RULES_MAX_BYTES, TERMS_MAX_BYTES
from openline.terms import ID_BYTES, Instant, LineId, PostId, TrafficClass
from openline.wire import cbor
from openline.wire.fields import as_list, as_map, name, octets, uint

FORMAT: Final = 1
NONCE_BYTES: Final = 16


class Member(msgspec.Struct, frozen=True):
    """A post that is, or once was, a member. Its place in the list never changes: it is its number on the wire."""

    post: PostId
    active: bool


class LineTerms(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a line's terms. `nonce` makes two lines of the same founder two; `previous` links the chain.

    `rules` is what wire.rules encodes, empty where nothing is agreed beside the members.
    """

    name: str
    version: int
    previous: bytes | None
    members: tuple[Member, ...]
    time: Instant
    nonce: bytes
    classes: tuple[TrafficClass, ...] = tuple(TrafficClass)
    rules: bytes = b""

    def active(self) -> tuple[PostId, ...]:
        """The members that this version keeps, in order."""
        return tuple(member.post for member in self.members if member.active)

    def index(self, post: PostId) -> int | None:
        """The number of a post on the wire, removed ones included."""
        return next((at for at, member in enumerate(self.members) if member.post == post), None)


def encode_terms(terms: LineTerms) -> bytes:
    """The payload that is hashed, and signed by standing in an entry of each member it keeps."""
    fields: dict[int, Any] = {
        1: FORMAT,
        2: terms.name,
        3: terms.version,
        5: [[member.post, member.active] for member in terms.members],
        6: terms.time,
        7: terms.nonce,
        8: [int(traffic) for traffic in terms.classes],
    }
    if terms.previous is not None:
        fields[4] = terms.previous
    if terms.rules:
        fields[9] = terms.rules
    return cbor.encode(fields)


def decode_terms(payload: bytes) -> LineTerms:
    """The terms that `payload` encodes. Raises PeerError subclasses only."""
    fields = as_map(cbor.decode(payload, TERMS_MAX_BYTES), frozenset(range(1, 10)), "The terms")
    if uint(fields.get(1), "format") != FORMAT:
        raise UnknownVersion(f"These terms have format {fields.get(1)!r}; this program knows {FORMAT}.")
    if not fields.keys() >= {1, 2, 3, 5, 6, 7, 8}:
        raise BadField("The terms lack a field.")
    version = uint(fields[3], "terms version", least=1, most=65_535)
    if (4 in fields) != (version > 1):
        raise BadField("Every version of the terms but the first names the one before it.")
    classes = [uint(value, "class", most=max(TrafficClass)) for value in as_list(fields[8], "classes", most=4)]
    if not classes or classes != sorted(set(classes)):
        raise BadField("The classes of the terms are not a rising list.")
    rules = octets(fields[9], "rules", most=RULES_MAX_BYTES) if 9 in fields else b""
    if 9 in fields and not rules:
        raise BadField("The rules are present and empty.")
    members = _members(fields[5])
    if version == 1 and not all(member.active for member in members):
        raise BadField("Founding terms mark a member as removed.")
    return LineTerms(
        name=name(fields[2], "line name"),
        version=version,
        previous=octets(fields[4], "previous terms", exactly=ID_BYTES) if 4 in fields else None,
        members=members,
        time=Instant(uint(fields[6], "time")),
        nonce=octets(fields[7], "nonce", exactly=NONCE_BYTES),
        classes=tuple(TrafficClass(value) for value in classes),
        rules=rules,
    )


def _members(value: Any) -> tuple[Member, ...]:
    members: list[Member] = []
    for pair in as_list(value, "members", most=LINE_MEMBERS_MAX):
        post, active = as_list(pair, "member", most=2, exactly=2)
        if type(active) is not bool:
            raise BadField("A member is not marked as kept or removed.")
        members.append(Member(PostId(octets(post, "member", exactly=ID_BYTES)), active))
    if len({member.post for member in members}) != len(members) or sum(member.active for member in members) < 2:
        raise BadField("A line has at least two members, each once.")
    return tuple(members)


def line_id(payload: bytes) -> LineId:
    """The id of the line that these founding terms make."""
    return LineId(hashlib.sha256(b"openline/line/1\x00" + payload).digest())


def terms_hash(payload: bytes) -> bytes:
    """What the next version names as its previous one."""
    return hashlib.sha256(b"openline/terms/1\x00" + payload).digest()


def follows(new: LineTerms, old: LineTerms, old_payload: bytes) -> bool:
    """Whether `new` may come after `old` (spec/terms.md, What may follow).

    The chain holds, the list grows by active members only, two at least stay, and nobody returns.
    """
    if new.version != old.version + 1 or new.previous != terms_hash(old_payload):
        return False
    if new.name != old.name or new.nonce != old.nonce or len(new.members) < len(old.members):
        return False
    if len(must_sign(new, old)) < 2:
        return False
    kept = zip(new.members, old.members, strict=False)
    added = new.members[len(old.members) :]
    return all(n.post == o.post and (o.active or not n.active) for n, o in kept) and all(n.active for n in added)


def must_sign(new: LineTerms, old: LineTerms | None) -> tuple[PostId, ...]:
    """The posts whose signature brings `new` into force: all members that it keeps (spec/terms.md, Who signs)."""
    before = set(new.active()) if old is None else set(old.active())
    return tuple(post for post in new.active() if post in before)
