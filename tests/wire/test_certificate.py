"""Bodies of certificates and responses, and the heading of the file: what does not fit together is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError, UnknownVersion
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire import cbor
from openline.wire import certificate as wire
from openline.wire.certificate import Beyond, Certificate, CertificateHeading, LinkFacts, LinkState, Response, Span
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from tests.exchanges.contacts import certificate, request, response
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, kept

ID = EntryId(bytes([7]) * 32)
LINK = LinkFacts(state=LinkState.REFUSED, since=Instant(1), heard=Instant(2), via=(CHARLIE,))
ASKED = request()


def entry(body: bytes, kind: Kind) -> object:
    held = kept(ALPHA, 2, kind, body, WORDS.item(Words("no dial tone"))).entry
    assert wire.statement_words(held) == Words("no dial tone")
    return wire.certificate_of(held) if kind == Kind.CALL_CERTIFICATE else wire.response_of(held)


def test_each_comes_back() -> None:
    beyond = (Beyond(6, ID), Beyond(8, ID))
    body = Certificate(post=BRAVO, link=LINK, number=4, id=ID, beyond=beyond)
    assert entry(wire.CERTIFICATE.item(body), Kind.CALL_CERTIFICATE) == body
    said = Response(number=9, id=ID, answers=(ID,))
    assert entry(wire.RESPONSE.item(said), Kind.CALL_RESPONSE) == said
    assert wire.certificate_of(certificate(ALPHA, 2, ASKED).entry).number == 0
    assert wire.response_of(response(BRAVO, 1, ASKED, certificate(ALPHA, 2, ASKED)).entry).answers == ()


@pytest.mark.parametrize(
    "body",
    [
        Certificate(post=ALPHA, link=LINK),
        Certificate(post=BRAVO, link=LINK, number=4),
        Certificate(post=BRAVO, link=LINK, id=ID),
        Certificate(post=BRAVO, link=LINK, number=4, id=ID, beyond=(Beyond(5, ID),)),
        Certificate(post=BRAVO, link=LINK, beyond=(Beyond(4, ID), Beyond(3, ID))),
        Certificate(post=BRAVO, link=LINK, beyond=(Beyond(4, ID), Beyond(4, ID))),
    ],
)
def test_a_certificate_that_does_not_fit_together(body: Certificate) -> None:
    with pytest.raises(BadField):
        entry(wire.CERTIFICATE.item(body), Kind.CALL_CERTIFICATE)


@pytest.mark.parametrize("body", [Response(number=4), Response(id=ID)])
def test_a_response_that_does_not_fit_together(body: Response) -> None:
    with pytest.raises(BadField):
        entry(wire.RESPONSE.item(body), Kind.CALL_RESPONSE)


def heading(*spans: Span) -> CertificateHeading:
    given = {"line": LineId(bytes(32)), "exporter": ALPHA, "at": Instant(5), "rule": "all but the contact"}
    return CertificateHeading(**given, contact=ID, statement=ID, spans=spans)  # type: ignore[arg-type]


def test_the_heading_comes_back() -> None:
    whole = heading(Span(ALPHA, 1, 9), Span(BRAVO, 6, 8, (bytes(32), bytes(32))))
    assert wire.heading_of(cbor.decode(wire.encode_heading(whole), 1 << 12)) == whole


@pytest.mark.parametrize(
    "spans",
    [
        (Span(ALPHA, 1, 9),),
        (Span(ALPHA, 1, 9), Span(ALPHA, 1, 9)),
        (Span(ALPHA, 1, 9), Span(BRAVO, 6, 8, (bytes(32),))),
        (Span(ALPHA, 1, 9), Span(BRAVO, 2, 8, (bytes(31),))),
        (Span(ALPHA, 0, 9), Span(BRAVO, 1, 8)),
        (Span(ALPHA, 1, 9), Span(PostId(b"short"), 1, 8)),
    ],
)
def test_spans_that_are_none(spans: tuple[Span, ...]) -> None:
    with pytest.raises(BadField):
        wire.heading_of(cbor.decode(wire.encode_heading(heading(*spans)), 1 << 12))


def test_another_format() -> None:
    for value in (None, [], ["openline/certificate/2"], {1: 2}):
        with pytest.raises(UnknownVersion):
            wire.heading_of(value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read in (wire.CERTIFICATE.decode, wire.RESPONSE.decode):
        with suppress(PeerError):
            read(data)
