"""Body items in words: each field by its name, before an officer signs what it says (spec/kinds.md).

Nothing is left out: an item that no codec here reads is given as it is, by its keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, Final, get_args

import msgspec

from openline.errors import PeerError
from openline.post.names import Names, plain
from openline.proof.sentences import utc
from openline.terms import Instant, PostId
from openline.wire import (
    cbor,
    certificate,
    claim,
    contact,
    disclosure,
    hoax,
    incident,
    inquiry,
    joint_statement,
    linkcheck,
    minute,
    notice,
    readout,
    roster,
    stop,
    together,
    translation,
)
from openline.wire.codec import Codec
from openline.wire.kinds import Kind

_NOTICE: Final = (notice.HEAD, notice.PLACES, notice.PARTICULARS, notice.SOURCE)
_STOP: Final = (stop.HEAD, stop.HIT, stop.SPOT)
_WORDS: Final = contact.WORDS

ITEMS: Final[Mapping[int, tuple[Codec[Any], ...]]] = {
    Kind.ROSTER: (roster.OFFICES, roster.FALLBACKS),
    Kind.CALL_REQUEST: (contact.REQUEST, contact.REQUEST_WORDS),
    Kind.CALL_ANSWER: (contact.ANSWER, _WORDS),
    Kind.CALL_OUTCOME: (contact.CLOSING, _WORDS),
    Kind.CALL_ATTEMPT: (contact.ATTEMPT, _WORDS),
    Kind.CALL_CERTIFICATE: (certificate.CERTIFICATE, _WORDS),
    Kind.CALL_RESPONSE: (certificate.RESPONSE, _WORDS),
    Kind.HOAX_QUESTION: (hoax.CLAIM,),
    Kind.HOAX_ANSWER: (hoax.ANSWER,),
    Kind.HOAX_REPORT: (hoax.CLAIM,),
    Kind.MINUTE: (minute.PARTIES,),
    Kind.MINUTE_POINT: (minute.POINT, _WORDS),
    Kind.MINUTE_WORD: (minute.WORD, _WORDS),
    Kind.MINUTE_SIGNED: (minute.SIGNING, _WORDS),
    Kind.COMMITMENT: (minute.COMMITMENT, _WORDS),
    Kind.COMMITMENT_WORD: (minute.REPORT, _WORDS),
    Kind.DISCLOSURE: (disclosure.PROPOSAL, _WORDS),
    Kind.DISCLOSED: (disclosure.EVENT, _WORDS),
    Kind.BREACH: (_WORDS,),
    Kind.CHECK: (linkcheck.CHECK,),
    Kind.CHECK_MISSED: (linkcheck.MISSED,),
    Kind.OUTAGE: (linkcheck.OUTAGE,),
    Kind.NOTICE: _NOTICE,
    Kind.NOTICE_AMENDED: _NOTICE,
    Kind.NOTICE_ENDED: (notice.ENDED, notice.WORDS),
    Kind.NOTICE_POSTPONED: (notice.POSTPONED, notice.WORDS),
    Kind.NOTICE_REFUSED: (notice.REFUSAL, notice.WORDS),
    Kind.NOTICE_ACKNOWLEDGED: (notice.WORDS,),
    Kind.NOTICE_ASKED: (notice.WORDS,),
    Kind.NOTICE_CONFIRMED: (notice.WORDS,),
    Kind.NOTICE_PASSED: (notice.PASSED_ON, notice.TO),
    Kind.NOTICE_TRIED: (notice.TRIED, notice.WORDS),
    Kind.STOP: _STOP,
    Kind.STOP_ADDED: _STOP,
    Kind.STOP_READ_BACK: (stop.READ_BACK,),
    Kind.STOP_PASSED: (stop.PASSED, notice.TO),
    Kind.STOP_WITHDRAWN: (stop.SAID,),
    Kind.INCIDENT: (incident.WHEN, incident.DESCRIPTION, incident.SOURCES),
    Kind.INCIDENT_ASSESSED: (incident.JUDGEMENT, incident.FINDING, incident.SOURCES),
    Kind.INCIDENT_STANCE: (incident.STOOD, _WORDS),
    Kind.INCIDENT_SOURCE: (incident.SOURCES,),
    Kind.INCIDENT_INVESTIGATED: (incident.JOINT, _WORDS),
    Kind.INCIDENT_QUIET: (incident.QUIET, _WORDS),
    Kind.INCIDENT_CORRECTION: (incident.WHEN, incident.DESCRIPTION),
    Kind.INCIDENT_WORD: (incident.SAID, _WORDS),
    Kind.CLAIM: (claim.CLAIM, claim.CLAIM_WORDS),
    Kind.CLAIM_ANSWER: (claim.ANSWER, _WORDS),
    Kind.CLAIM_EVIDENCE: (claim.EVIDENCE, _WORDS),
    Kind.CLAIM_TOLD: (claim.TOLD,),
    Kind.CLAIM_WITHDRAWN: (claim.WITHDRAWN, _WORDS),
    Kind.INQUIRY: (inquiry.INQUIRY, inquiry.INQUIRY_WORDS),
    Kind.INQUIRY_ANSWER: (inquiry.ANSWER, _WORDS),
    Kind.INQUIRY_JUDGED: (inquiry.JUDGEMENT, _WORDS),
    Kind.JOINT_STATEMENT: (joint_statement.OPENING, _WORDS),
    Kind.JOINT_CHANGE: (joint_statement.CHANGE, _WORDS),
    Kind.JOINT_WORD: (joint_statement.VERDICT, _WORDS),
    Kind.JOINT_APPROVAL: (joint_statement.APPROVAL, _WORDS),
    Kind.JOINT_CLOSED: (joint_statement.CLOSING, _WORDS),
    Kind.READOUT: (readout.FILING, readout.TEXT),
    Kind.READOUT_MARK: (readout.MARK, _WORDS),
    Kind.READOUT_WORD: (readout.WORD, _WORDS),
    Kind.TOGETHER: (together.TOGETHER, _WORDS),
    Kind.TOGETHER_COMMITTED: (together.COMMITTED,),
    Kind.TOGETHER_REVEALED: (together.SALT, together.DOCUMENT),
    Kind.TOGETHER_WITHDRAWN: (_WORDS,),
    Kind.TRANSLATION: (translation.TRANSLATION, _WORDS),
    Kind.TRANSLATION_WITHDRAWN: (_WORDS,),
}
"""What the items of each kind are, in order; kinds without a body, or whose body is no map of fields, are not here."""

_MESSAGE: Final = {1: "text", 2: "serial", 3: "deliver by", 4: "give up"}


def in_words(names: Names, kind: int, items: tuple[bytes, ...]) -> list[Any]:
    """The items of an entry of this kind as JSON holds them, an item each."""
    codecs = ITEMS.get(kind, ())
    if len(codecs) != len(items):
        return [_raw(kind, item) for item in items]
    return [_item(names, kind, codec, item) for codec, item in zip(codecs, items, strict=True)]


def _item(names: Names, kind: int, codec: Codec[Any], item: bytes) -> Any:
    try:
        return _said(names, codec.decode(item, max(len(item), 1)), None)
    except PeerError:
        return _raw(kind, item)


def _said(names: Names, value: Any, sort: Any) -> Any:
    """A value of a field of this sort; of a struct what is not as it is by default, by the names of the fields."""
    if isinstance(value, msgspec.Struct):
        parts = ((each, getattr(value, each.name)) for each in msgspec.structs.fields(type(value)))
        return {
            part.name.replace("_", " "): _said(names, held, part.type) for part, held in parts if held != part.default
        }
    if isinstance(value, tuple):
        return [_said(names, each, sort) for each in value]
    if isinstance(value, IntEnum):
        return value.name.lower().replace("_", "-")
    if isinstance(value, bytes):
        return names.post(PostId(value)) if _is(sort, PostId) else value.hex()
    return utc(value) if _is(sort, Instant) and value else value


def _is(sort: Any, wanted: Any) -> bool:
    return sort is wanted or any(_is(each, wanted) for each in get_args(sort))


def _raw(kind: int, item: bytes) -> Any:
    """The fields of a message by their names, what no codec reads by its keys."""
    value = cbor.decode(item, max(len(item), 1))
    if kind in (Kind.MESSAGE, Kind.CORRECTION) and isinstance(value, dict):
        value = {_MESSAGE.get(key, key): each for key, each in value.items()}
    return _readable(value)


def _readable(value: Any) -> Any:
    """A body item as JSON has it: every key and every value, and bytes as hexadecimal digits."""
    if isinstance(value, dict):
        return {str(plain(key)): _readable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_readable(each) for each in value]
    return plain(value)
