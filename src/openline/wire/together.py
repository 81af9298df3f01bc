"""What the entries of a simultaneous exchange hold: who shows what until when, commitments, documents
(spec/together.md)."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import CALLED_MAX, NAME_MAX_BYTES, TOGETHER_DOCUMENT_MAX_BYTES
from openline.terms import EntryId, Instant, PostId
from openline.wire import cbor, codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.minute import each_once

SALT_BYTES: Final = 32
CONTEXT: Final = b"openline/together/1\x00"


class Together(msgspec.Struct, frozen=True):
    """Who takes part, until when each binds itself to its document, and until when each document is to be shown."""

    parties: tuple[PostId, ...]
    commit_by: Instant
    reveal_by: Instant


class Committed(msgspec.Struct, frozen=True):
    """A party binds itself to a document that nobody else has yet."""

    digest: bytes


class Secret(msgspec.Struct, frozen=True):
    """What a party bound itself to: the salt, and its document with the name of its file."""

    salt: bytes
    name: str
    document: bytes


class Salt(msgspec.Struct, frozen=True):
    """The first item of what is shown."""

    salt: bytes


class Document(msgspec.Struct, frozen=True):
    """The second: the document as it is, and the name that its author gave it."""

    document: bytes
    name: str = ""


TOGETHER: Final = Codec(
    Together,
    "The simultaneous exchange",
    codec.identifiers(1, "parties", count=CALLED_MAX + 1),
    codec.instant(2, "commit_by"),
    codec.instant(3, "reveal_by"),
)
COMMITTED: Final = Codec(Committed, "The commitment", codec.identifier(1, "digest"))
SALT: Final = Codec(Salt, "The salt", codec.octets(1, "salt", most=SALT_BYTES, exactly=SALT_BYTES))
DOCUMENT: Final = Codec(
    Document,
    "The document",
    codec.octets(1, "document", most=TOGETHER_DOCUMENT_MAX_BYTES),
    codec.text(2, "name", most=NAME_MAX_BYTES),
)


def digest(opening: EntryId, author: PostId, secret: Secret) -> bytes:
    """What binds a party to its document in one exchange: nobody else's commitment is ever the same."""
    bound = [opening, author, secret.salt, secret.name, secret.document]
    return hashlib.sha256(CONTEXT + cbor.encode(bound)).digest()


def items_of(secret: Secret) -> tuple[bytes, bytes]:
    """The items of the entry that shows a document."""
    return SALT.item(Salt(secret.salt)), DOCUMENT.item(Document(secret.document, secret.name))


def together_of(entry: Entry) -> tuple[Together, Words | None]:
    """What opens a simultaneous exchange, and what each is to show. Raises PeerError subclasses only."""
    opened, words = codec.first(entry, TOGETHER), codec.second(entry, WORDS)
    each_once(entry, opened.parties)
    if opened.reveal_by <= opened.commit_by:
        raise BadField("Documents are shown after all have committed.")
    if words is not None and not words.text.strip():
        raise BadField("A simultaneous exchange says what each is to show.")
    return opened, words


def committed_of(entry: Entry) -> bytes:
    """The digest of a commitment. Raises PeerError subclasses only."""
    return codec.only(entry, COMMITTED).digest


def revealed_of(entry: Entry) -> Secret:
    """The document that an entry shows; one that is withheld shows nothing. Raises PeerError subclasses only."""
    salt, document = codec.first(entry, SALT), codec.shown(entry, 1, 2, DOCUMENT)
    if not document.document:
        raise BadField("A document is not empty.")
    return Secret(salt.salt, document.name, document.document)


def withdrawn_of(entry: Entry) -> Words | None:
    """Why a party takes no part any more; None where that is withheld. Raises PeerError subclasses only."""
    return codec.at(entry, 0, 1, WORDS)
