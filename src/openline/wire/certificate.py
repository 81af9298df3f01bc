"""What a certificate of no contact holds: the requester's statement, the response to it, and the heading of its file.

The statement says how much of the counterpart's feed the requester holds, and how its link to it stands
(spec/certificate.md).
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

import msgspec

from openline.errors import BadField, UnknownVersion
from openline.limits import BEYOND_MAX, CALL_TIMES_MAX, LINE_MEMBERS_MAX
from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId
from openline.wire import cbor, codec
from openline.wire.bundle import MOST_BYTES, RULE_MAX_BYTES, Part
from openline.wire.codec import Codec
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.fields import as_list, octets, text, uint

FORMAT: Final = "openline/certificate/1"
SEAL_CONTEXT: Final = b"openline/certificate/1"
NODES_MAX: Final = 63
NONE: Final = EntryId(b"")
"""Stands for the id of no entry."""


class LinkState(IntEnum):
    """How a post's own link to another stands."""

    UP = 1
    LOST = 2
    REFUSED = 3
    UNTRIED = 4
    NO_PATH = 5


class LinkFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A post's link to another: how it stands and since when, when anything last came over it, who else is linked."""

    state: LinkState
    since: Instant = Instant(0)
    heard: Instant = Instant(0)
    via: tuple[PostId, ...] = ()


class Beyond(msgspec.Struct, frozen=True):
    """An entry held beyond a gap."""

    number: int
    id: EntryId


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """All of the counterpart's feed up to `number`, whose id is `id`, is held, what is `beyond`, and nothing else."""

    post: PostId
    link: LinkFacts
    number: int = 0
    id: EntryId = NONE
    beyond: tuple[Beyond, ...] = ()


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """How much the counterpart holds of the requester's feed, and its own answers in the contact."""

    number: int = 0
    id: EntryId = NONE
    answers: tuple[EntryId, ...] = ()


LINK: Final = Codec(
    LinkFacts,
    "The link",
    codec.choice(1, "state", LinkState),
    codec.instant(2, "since"),
    codec.instant(3, "heard"),
    codec.identifiers(4, "via", count=LINE_MEMBERS_MAX),
)

BEYOND: Final = Codec(Beyond, "What is held beyond", codec.number(1, "number", least=1), codec.identifier(2, "id"))

CERTIFICATE: Final = Codec(
    Certificate,
    "The certificate",
    codec.identifier(1, "post"),
    codec.inner(2, "link", LINK),
    codec.number(3, "number"),
    codec.identifier(4, "id"),
    codec.inners(5, "beyond", BEYOND, count=BEYOND_MAX),
)

RESPONSE: Final = Codec(
    Response,
    "The response",
    codec.number(1, "number"),
    codec.identifier(2, "id"),
    codec.identifiers(3, "answers", count=4 * CALL_TIMES_MAX),
)


def certificate_of(entry: Entry) -> Certificate:
    """The certificate that an entry carries. Raises PeerError subclasses only."""
    certificate = codec.first(entry, CERTIFICATE)
    numbers = [each.number for each in certificate.beyond]
    if bool(certificate.number) != bool(certificate.id) or certificate.post == entry.header.author:
        raise BadField("A certificate names another post, and the last entry of it that is held.")
    if numbers != sorted(set(numbers)) or (numbers and numbers[0] < certificate.number + 2):
        raise BadField("What is held beyond a gap is not in order, or is beyond none.")
    return certificate


def response_of(entry: Entry) -> Response:
    """The response that an entry carries."""
    response = codec.first(entry, RESPONSE)
    if bool(response.number) != bool(response.id):
        raise BadField("A response names the last entry that is held.")
    return response


def statement_words(entry: Entry) -> Words | None:
    """The words of a certificate or a response; None where they are withheld."""
    return codec.second(entry, WORDS)


class Span(msgspec.Struct, frozen=True):
    """Entries `first` to `last` of a feed, all shown; `nodes` are the perfect subtrees of all before them."""

    post: PostId
    first: int
    last: int
    nodes: tuple[bytes, ...] = ()


class CertificateHeading(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says of itself: `contact` is the call request, `statement` the certificate's own entry."""

    line: LineId
    exporter: PostId
    at: Instant
    rule: str
    contact: EntryId
    statement: EntryId
    spans: tuple[Span, ...]


def encode_heading(heading: CertificateHeading) -> bytes:
    """The content of the first piece."""
    spans = [[each.post, each.first, each.last, list(each.nodes)] for each in heading.spans]
    said = [heading.line, heading.exporter, heading.at, heading.rule, heading.contact, heading.statement, spans]
    return cbor.encode([FORMAT, *said])


def decode_heading(content: bytes) -> CertificateHeading | None:
    """The heading in the first piece of a certificate, None where it is that of something else. Raises as cbor does,
    or BadField."""
    value = cbor.decode(content, MOST_BYTES[Part.HEADING])
    return heading_of(value) if type(value) is list and value[:1] == [FORMAT] else None


def heading_of(value: Any) -> CertificateHeading:
    """The heading that a decoded list is. Raises BadField or UnknownVersion."""
    if type(value) is not list or not value or value[0] != FORMAT:
        raise UnknownVersion(f"This is not the heading of a certificate of the format {FORMAT!r}.")
    _, line, exporter, at, rule, contact, statement, spans = as_list(value, "heading", most=8, exactly=8)
    held = tuple(_span(each) for each in as_list(spans, "spans", most=2, exactly=2))
    if len({each.post for each in held}) != 2:
        raise BadField("A certificate has one span of each of two feeds.")
    return CertificateHeading(
        line=LineId(octets(line, "line", exactly=ID_BYTES)),
        exporter=PostId(octets(exporter, "exporter", exactly=ID_BYTES)),
        at=Instant(uint(at, "exported at")),
        rule=text(rule, "what is withheld", most=RULE_MAX_BYTES),
        contact=EntryId(octets(contact, "contact", exactly=ID_BYTES)),
        statement=EntryId(octets(statement, "statement", exactly=ID_BYTES)),
        spans=held,
    )


def _span(value: Any) -> Span:
    post, first, last, nodes = as_list(value, "span", most=4, exactly=4)
    size = uint(first, "first", least=1) - 1
    held = tuple(octets(each, "node", exactly=ID_BYTES) for each in as_list(nodes, "nodes", most=NODES_MAX))
    if len(held) != size.bit_count():
        raise BadField("A span does not have one node for each perfect subtree of what is before it.")
    return Span(PostId(octets(post, "post", exactly=ID_BYTES)), size + 1, uint(last, "last"), held)
