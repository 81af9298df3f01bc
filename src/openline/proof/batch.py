"""What can be said of an entry by itself: its encoding, its signatures, its items. Any number at once, in any process.

`check_batch` is a pure function of picklable values, so a shell may spread batches over all cores: signatures are most
of the work. What the walk needs of an entry comes back as a `Seen`, much smaller than the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from openline.errors import PeerError
from openline.feeds.merkle import leaf_hash
from openline.identity.acts import check_signatures, holding, signing_key
from openline.identity.card import Card
from openline.identity.chain import Officer
from openline.keys import ed25519
from openline.proof.translations import Attached, attached, taken_back
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire import bodies
from openline.wire.assertion import Assertion
from openline.wire.certificate import certificate_of
from openline.wire.change import Holding
from openline.wire.entry import (
    ACT_CONTEXT,
    DRAFTED_CONTEXT,
    Act,
    Drafted,
    Entry,
    Have,
    Header,
    act_to_be_signed,
    entry_to_be_signed,
)
from openline.wire.full import decode_full
from openline.wire.kinds import Kind
from openline.wire.two_persons import by_one

BATCH_ENTRIES: Final = 512

BATCH_BYTES: Final = 4 << 20
"""A batch ends when it has so many entries or so many bytes."""

NOTHING: Final = EntryId(bytes(32))
"""The id before the first entry."""


class Keys(msgspec.Struct, frozen=True):
    """What signs for one post: feed keys, and officers by their numbers."""

    feed: tuple[bytes, ...]
    officers: dict[int, Officer]


class Batch(msgspec.Struct, frozen=True):
    """Entries in full form, and the keys of every post whose card is known."""

    line: LineId
    keys: dict[PostId, Keys]
    entries: tuple[bytes, ...]


class Signer(msgspec.Struct, frozen=True):
    """Who signed an act or its draft, and where the key is; `counted` is a passkey and its count, where it counts."""

    officer: int
    holding: Holding
    counted: tuple[bytes, int] | None = None


class Flaw(msgspec.Struct, frozen=True):
    """What is wrong with an entry by itself."""

    code: str
    sentence: str


class Broken(msgspec.Struct, frozen=True):
    """An entry that counts for nothing; the places are None where the bytes do not even tell."""

    flaw: Flaw
    author: PostId | None = None
    number: int | None = None
    id: EntryId | None = None


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """An entry whose signature holds, under the author's feed key at place `key`; `previous` is NOTHING for entry 1.

    `leaf` is its leaf in the feed's tree, `body` what its item holds for kinds that the walk reads (for a KEYS the
    statements, for others one byte string), `serial` that of a shown message, `states` what a shown certificate says is
    held of whom, `attached` the translation that it attaches, `takes_back` the one that it withdraws, `signers` and
    `draft` its act's, `by_one` whether a second person is lacking if the rules name its kind, `flaw` what else is wrong
    with it.
    """

    author: PostId
    number: int
    id: EntryId
    previous: EntryId
    leaf: bytes
    time: Instant
    terms: int
    kind: int
    traffic: int
    key: int
    have: tuple[Have, ...]
    shown: int
    withheld: int
    signers: tuple[Signer, ...] = ()
    draft: bytes = b""
    refers: EntryId | None = None
    body: tuple[bytes, ...] = ()
    serial: int | None = None
    states: tuple[PostId, int] | None = None
    attached: Attached | None = None
    takes_back: EntryId | None = None
    by_one: bool = False
    flaw: Flaw | None = None


Summary = list[Seen | Broken]

MapFunction = Callable[[Callable[[Batch], Summary], Iterable[Batch]], Iterable[Summary]]
"""`map`, or one that spreads over processes. Its results come in order. It should be lazy, as the input is a stream:
`concurrent.futures.Executor.map` reads all of it before it returns, so give out a window of some batches instead."""


def keys_of(card: Card) -> Keys:
    """What signs for the post of this card, keys that are revoked or ended included."""
    officers = {officer.number: officer for officer in card.officers}
    return Keys(tuple(key.public for key in card.feed_keys), officers)


def batches(line: LineId, keys: dict[PostId, Keys], entries: Iterable[bytes]) -> Iterator[Batch]:
    """Cut a stream of entries into batches."""
    held: list[bytes] = []
    size = 0
    for entry in entries:
        held.append(entry)
        size += len(entry)
        if len(held) == BATCH_ENTRIES or size >= BATCH_BYTES:
            yield Batch(line, keys, tuple(held))
            held, size = [], 0
    if held:
        yield Batch(line, keys, tuple(held))


def check_batch(batch: Batch) -> Summary:
    """Check every entry by itself; one result for each, in order. Never raises."""
    return [_check(data, batch) for data in batch.entries]


def _check(data: bytes, batch: Batch) -> Seen | Broken:
    try:
        entry = decode_full(data)
    except PeerError as error:
        return Broken(Flaw(error.code, f"These bytes are not an entry: {error}"))
    header = entry.header
    if header.line != batch.line:
        return _broken(entry, "other-line", "belongs to another line")
    keys = batch.keys.get(header.author)
    if keys is None:
        return _broken(entry, "no-card", "is by a post whose card is not in the bundle, so nothing shows who signed it")
    signed = entry_to_be_signed(entry.payload)
    for place, key in enumerate(keys.feed):
        if ed25519.verify(key, entry.signature, signed):
            return _seen(entry, place, signed, keys)
    return _broken(entry, "bad-signature", "is not signed by its author")


def _broken(entry: Entry, code: str, said: str) -> Broken:
    header = entry.header
    return Broken(Flaw(code, said), header.author, header.number, entry.id)


def _seen(entry: Entry, place: int, signed: bytes, keys: Keys) -> Seen:
    header, act = entry.header, entry.header.act
    withheld = entry.items.count(None)
    body, serial, flaw = _body(entry)
    if act is not None:
        flaw = _act_flaw(entry, keys) or flaw
    return Seen(
        author=header.author,
        number=header.number,
        id=entry.id,
        previous=header.previous or NOTHING,
        leaf=leaf_hash(signed),
        time=header.time,
        terms=header.terms,
        kind=header.kind,
        traffic=int(header.traffic),
        key=place,
        have=header.have,
        shown=len(entry.items) - withheld,
        withheld=withheld,
        signers=() if act is None else _signers(header, keys),
        draft=b"" if act is None else act.draft,
        refers=header.refers[0] if header.kind == Kind.COSIGN and header.refers else None,
        body=body,
        serial=serial,
        states=_states(entry) if header.kind == Kind.CALL_CERTIFICATE else None,
        attached=attached(entry),
        takes_back=taken_back(entry),
        by_one=by_one(header, entry.items),
        flaw=flaw,
    )


def _states(entry: Entry) -> tuple[PostId, int] | None:
    try:
        certificate = certificate_of(entry)
    except PeerError:
        return None
    return certificate.post, certificate.number


_TEXTS: Final = (Kind.MESSAGE, Kind.CORRECTION)
_BYTES: Final = {Kind.TERMS: bodies.terms_of, Kind.CHECKPOINT: bodies.note_of, Kind.COSIGN: bodies.note_of}
_READ: Final = frozenset({*_TEXTS, *_BYTES, Kind.KEYS})


def _body(entry: Entry) -> tuple[tuple[bytes, ...], int | None, Flaw | None]:
    """What the walk reads of the body, where it is shown; a kind that is not known here has none."""
    if entry.header.kind not in _READ or None in entry.items:
        return (), None, None
    kind = Kind(entry.header.kind)
    try:
        if kind in _TEXTS:
            message = bodies.message_of(entry)
            return (), message.serial if kind is Kind.MESSAGE else None, None
        if kind is Kind.KEYS:
            return bodies.statements_of(entry), None, None
        return (_BYTES[kind](entry),), None, None
    except PeerError as error:
        return (), None, Flaw("bad-body", f"has a body that its kind does not allow: {error}")


def _signers(header: Header, keys: Keys) -> tuple[Signer, ...]:
    act = header.act
    assert act is not None
    both = ((act, ACT_CONTEXT), (act.drafted, DRAFTED_CONTEXT))
    return tuple(_signer(header, each, act.draft, keys, context) for each, context in both if each is not None)


def _signer(header: Header, act: Act | Drafted, draft: bytes, keys: Keys, context: bytes) -> Signer:
    officer, signature = keys.officers.get(act.officer), act.signature
    if officer is None:
        return Signer(act.officer, Holding.POST)
    counted = None
    if isinstance(signature, Assertion) and signature.counter:
        message = act_to_be_signed(header, draft=draft, role=act.role, time=act.time, context=context)
        counted = (signing_key(officer, signature, message) or b"", signature.counter)
    return Signer(act.officer, holding(officer, signature), counted)


def _act_flaw(entry: Entry, keys: Keys) -> Flaw | None:
    """Why the officer's act does not hold, if it does not (spec/acts.md)."""
    try:
        check_signatures(entry.header, keys.officers)
    except PeerError as error:
        return Flaw("bad-act", str(error))
    return None
