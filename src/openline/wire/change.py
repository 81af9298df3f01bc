"""What a key statement can change: one code and one list of fields for each change, for all time (spec/card.md)."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from itertools import pairwise
from typing import Any, Final

import msgspec

from openline.errors import BadField, UnknownVersion
from openline.limits import ROLES_MAX, STATEMENT_MAX_BYTES
from openline.terms import ID_BYTES, EntryId, Instant, LineId
from openline.wire.assertion import Assertion, assertion_value, decode_assertion, rp_id
from openline.wire.fields import UINT_MAX, as_list, name, octets, uint

ED25519_BYTES: Final = 32
ES256_BYTES: Final = 33
ED25519_SIGNATURE_BYTES: Final = 64
MLDSA65_BYTES: Final = 1952
MLDSA44_BYTES: Final = 1312
XWING_BYTES: Final = 1216


class Holding(IntEnum):
    """Who holds an officer's key: the post, which vouches for the person, or the person's own device."""

    POST = 0
    DEVICE = 1


class Last(msgspec.Struct, frozen=True):
    """The last entry of a feed on one line that a revoked key is good for."""

    line: LineId
    number: int
    id: EntryId


class NewRoot(msgspec.Struct, frozen=True):
    """The root keys from here on, and the commitment to the ones after them (`next_root`)."""

    ed25519: bytes
    mldsa65: bytes
    next: bytes


class NewName(msgspec.Struct, frozen=True):
    """The post's name from here on."""

    name: str


class NewFeedKey(msgspec.Struct, frozen=True):
    """A key that signs entries."""

    public: bytes
    possession: bytes


class NewCheckpointKey(msgspec.Struct, frozen=True):
    """An ML-DSA-44 key that signs the post's own checkpoints."""

    public: bytes


class NewCosigningKey(msgspec.Struct, frozen=True):
    """A key that cosigns other members' checkpoints."""

    public: bytes
    possession: bytes


class NewLinkKey(msgspec.Struct, frozen=True):
    """A key by which the post's end of a link is known."""

    public: bytes
    possession: bytes


class NewSealingKey(msgspec.Struct, frozen=True):
    """A key for which secrets may be sealed at a time t with `start` <= t < `end`."""

    number: int
    public: bytes
    start: Instant
    end: Instant


class NewOfficer(msgspec.Struct, frozen=True):
    """A person with a key that signs acts."""

    number: int
    name: str
    public: bytes
    holding: Holding
    roles: tuple[str, ...]
    possession: bytes


class NewPasskey(msgspec.Struct, frozen=True):
    """A key on a device of an officer, which signs acts beside the one that the officer has; good for one RP id."""

    officer: int
    public: bytes
    rp: str
    possession: Assertion


class OfficerEnded(msgspec.Struct, frozen=True):
    """The officer signs nothing from here on."""

    number: int


class RevokedFeedKey(msgspec.Struct, frozen=True):
    """A feed key is good up to `last` on the lines listed there, and for nothing on any other line."""

    public: bytes
    last: tuple[Last, ...]


class RevokedKey(msgspec.Struct, frozen=True):
    """A checkpoint, cosigning, link or officer's key that is not to be relied on."""

    public: bytes


class TrueBranch(msgspec.Struct, frozen=True):
    """Of a feed that forked or was restored, the branch with this entry is the true one."""

    line: LineId
    number: int
    id: EntryId


Change = (
    NewRoot
    | NewName
    | NewFeedKey
    | NewCheckpointKey
    | NewCosigningKey
    | NewLinkKey
    | NewSealingKey
    | NewOfficer
    | OfficerEnded
    | RevokedFeedKey
    | RevokedKey
    | TrueBranch
    | NewPasskey
)


def _size(what: str, size: int) -> Callable[[Any], bytes]:
    return lambda value: octets(value, what, exactly=size)


def _whole(what: str, least: int, most: int = UINT_MAX) -> Callable[[Any], int]:
    return lambda value: uint(value, what, least=least, most=most)


def _name(value: Any) -> str:
    return name(value, "name")


def _roles(value: Any) -> tuple[str, ...]:
    return tuple(name(role, "role") for role in as_list(value, "roles", most=ROLES_MAX))


def _holding(value: Any) -> Holding:
    return Holding(uint(value, "holding", most=max(Holding)))


def _last(value: Any) -> tuple[Last, ...]:
    triples = [as_list(each, "last", most=3, exactly=3) for each in as_list(value, "last", most=STATEMENT_MAX_BYTES)]
    last = tuple(Last(LineId(_LINE(line)), _NUMBER(number), EntryId(_ENTRY(entry))) for line, number, entry in triples)
    if any(one.line >= other.line for one, other in pairwise(last)):
        raise BadField("The lines of a revoked feed key are not in order, each once.")
    return last


_LINE: Final = _size("line", ID_BYTES)
_ENTRY: Final = _size("entry", ID_BYTES)
_NUMBER: Final = _whole("number", 1)
_TIME: Final = _whole("time", 0)
_ED25519: Final = _size("Ed25519 key", ED25519_BYTES)
_MLDSA44: Final = _size("ML-DSA-44 key", MLDSA44_BYTES)
_MLDSA65: Final = _size("ML-DSA-65 key", MLDSA65_BYTES)
_XWING: Final = _size("sealing key", XWING_BYTES)
_POSSESSION: Final = _size("possession", ED25519_SIGNATURE_BYTES)


def _any_key(value: Any) -> bytes:
    if type(value) is bytes and len(value) in (MLDSA44_BYTES, ES256_BYTES):
        return value
    return _ED25519(value)


def _passkey(value: Any) -> bytes:
    if type(value) is bytes and len(value) == ES256_BYTES:
        return value
    return _ED25519(value)


_SHAPES: Final[dict[int, tuple[Callable[..., Change], tuple[Callable[[Any], Any], ...]]]] = {
    1: (NewRoot, (_ED25519, _MLDSA65, _size("next root", 32))),
    2: (NewName, (_name,)),
    3: (NewFeedKey, (_ED25519, _POSSESSION)),
    4: (NewCheckpointKey, (_MLDSA44,)),
    5: (NewCosigningKey, (_ED25519, _POSSESSION)),
    6: (NewLinkKey, (_ED25519, _POSSESSION)),
    7: (NewSealingKey, (_NUMBER, _XWING, _TIME, _TIME)),
    8: (NewOfficer, (_NUMBER, _name, _ED25519, _holding, _roles, _POSSESSION)),
    9: (OfficerEnded, (_NUMBER,)),
    10: (RevokedFeedKey, (_ED25519, _last)),
    11: (RevokedKey, (_any_key,)),
    12: (TrueBranch, (_LINE, _NUMBER, _ENTRY)),
    13: (NewPasskey, (_NUMBER, _passkey, rp_id, decode_assertion)),
}
"""The changes by their codes: each is a list of its code and these fields, in this order."""

_CODES: Final = {shape[0]: code for code, shape in _SHAPES.items()}


def decode_change(value: Any) -> Change:
    """The change that a decoded list stands for. BadField, or UnknownVersion for a code that is not known."""
    if type(value) is not list or not value:
        raise BadField("A change is not a list that begins with its code.")
    code = uint(value[0], "code of a change")
    if code not in _SHAPES:
        raise UnknownVersion(f"This key statement makes a change with code {code}, which this program does not know.")
    made, parsers = _SHAPES[code]
    fields = as_list(value[1:], f"change {code}", most=len(parsers), exactly=len(parsers))
    return made(*(parse(field) for parse, field in zip(parsers, fields, strict=True)))


def change_value(change: Change) -> list[Any]:
    """The list that stands for a change."""
    fields = [getattr(change, field) for field in change.__struct_fields__]
    return [_CODES[type(change)], *(_field_value(field) for field in fields)]


def _field_value(field: Any) -> Any:
    if isinstance(field, tuple):
        return [_field_value(each) for each in field]
    if isinstance(field, Assertion):
        return assertion_value(field)
    if isinstance(field, Last):
        return [field.line, field.number, field.id]
    return int(field) if isinstance(field, int) else field
