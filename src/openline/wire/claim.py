"""What the entries of a claim hold: the claim, the answers to it, evidence, who else was told (spec/claim.md).

A claim that is put on several lines has one digest on all of them; its text and the random tag are what it is made of.
"""

from __future__ import annotations

import hashlib
from enum import IntEnum
from typing import Final

import msgspec

from openline.errors import BadField
from openline.limits import CLAIM_FILES_MAX, CLAIM_TOLD_MAX, LINE_MEMBERS_MAX, PHRASE_MAX_BYTES, TEXT_MAX_BYTES
from openline.terms import Instant, PostId
from openline.wire import cbor, codec
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry


class Claim(msgspec.Struct, frozen=True):
    """What is claimed, by its digest, to whom it is put, and until when an answer is asked for; 0 asks for no time."""

    digest: bytes
    parties: tuple[PostId, ...]
    reply_by: Instant = Instant(0)


class ClaimWords(msgspec.Struct, frozen=True):
    """The claim itself; the 32 random bytes of `tag` keep its digest from being guessed."""

    text: str
    tag: bytes


class Stance(IntEnum):
    """A party's answer to a claim."""

    ACCEPTS = 1
    REJECTS = 2
    NO_POSITION = 3
    ASKS_EVIDENCE = 4


class Answer(msgspec.Struct, frozen=True):
    """What a party says of the claim."""

    stance: Stance


class File(msgspec.Struct, frozen=True):
    """A file that is handed over by another way: its name, and SHA-256 of its bytes."""

    name: str
    digest: bytes


class Evidence(msgspec.Struct, frozen=True):
    """What the claimant gives for its claim, beside the words."""

    files: tuple[File, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """Who else was told, by names, as the claimant states it; each statement takes the place of the one before."""

    names: tuple[str, ...]
    text: str = ""


class Nothing(msgspec.Struct, frozen=True):
    """A withdrawal says nothing beside its words."""


CLAIM: Final = Codec(
    Claim,
    "The claim",
    codec.identifier(1, "digest"),
    codec.identifiers(2, "parties", count=LINE_MEMBERS_MAX),
    codec.instant(3, "reply_by"),
)
CLAIM_WORDS: Final = Codec(
    ClaimWords,
    "The words of the claim",
    codec.text(1, "text", most=TEXT_MAX_BYTES // 2),
    codec.identifier(2, "tag"),
)
ANSWER: Final = Codec(Answer, "The answer to the claim", codec.choice(1, "stance", Stance))
FILE: Final = Codec(File, "The file", codec.text(1, "name", most=PHRASE_MAX_BYTES), codec.identifier(2, "digest"))
EVIDENCE: Final = Codec(Evidence, "The evidence", codec.inners(1, "files", FILE, count=CLAIM_FILES_MAX))
TOLD: Final = Codec(
    Told,
    "The statement of who else was told",
    codec.texts(1, "names", count=CLAIM_TOLD_MAX, most=PHRASE_MAX_BYTES),
    codec.text(2, "text", most=PHRASE_MAX_BYTES),
)
WITHDRAWN: Final = Codec(Nothing, "The withdrawal of the claim")


def digest_of(words: ClaimWords) -> bytes:
    """What a claim is recognised by on every line on which it is put."""
    return hashlib.sha256(b"openline/claim/1\x00" + cbor.encode([words.tag, words.text])).digest()


def claim_of(entry: Entry) -> tuple[Claim, ClaimWords | None]:
    """A claim and its words, None where they are withheld. Raises PeerError subclasses only."""
    claim, words = codec.first(entry, CLAIM), codec.second(entry, CLAIM_WORDS)
    if not claim.parties or len(set(claim.parties)) != len(claim.parties) or entry.header.author in claim.parties:
        raise BadField("A claim is put to other posts, each once.")
    if words is not None and not words.text.strip():
        raise BadField("A claim has a text.")
    if words is not None and digest_of(words) != claim.digest:
        raise BadField("The digest of the claim is not that of its words.")
    return claim, words


def answer_of(entry: Entry) -> tuple[Answer, Words | None]:
    """A party's answer, and its words."""
    return codec.first(entry, ANSWER), codec.second(entry, WORDS)


def evidence_of(entry: Entry) -> tuple[Evidence, Words | None]:
    """Evidence for the claim: words, files, or both."""
    evidence, words = codec.first(entry, EVIDENCE), codec.second(entry, WORDS)
    if any(not each.name.strip() for each in evidence.files):
        raise BadField("A file of evidence has a name.")
    if words is not None and not words.text.strip() and not evidence.files:
        raise BadField("Evidence has words or files.")
    return evidence, words


def told_of(entry: Entry) -> Told | None:
    """Who else was told; None where that is withheld."""
    told = codec.at(entry, 0, 1, TOLD)
    if told is not None and (not told.names or any(not each.strip() for each in told.names)):
        raise BadField("Who else was told is said by names.")
    return told


def withdrawn_of(entry: Entry) -> Words | None:
    """The words of a withdrawal; None where they are withheld."""
    codec.first(entry, WITHDRAWN)
    return codec.second(entry, WORDS)
