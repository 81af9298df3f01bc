"""Verifying a bundle, or a record at home, against the cards that the reader brought (spec/bundle.md).

Trust never comes from the bundle (spec/verify.md, Trust): its cards only carry keys; whether they are the right ones
is decided by the cards in `known`. A card that the reader brought is also newer or the same: so revocations that an
exporter left out, or could not know yet, still count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from openline.errors import PeerError
from openline.identity.card import Card
from openline.proof.batch import MapFunction
from openline.proof.cards import Cards
from openline.proof.certificate import Certified, Collector, judge
from openline.proof.faults import Faults
from openline.proof.finding import Finding, Index
from openline.proof.translations import found as translations
from openline.proof.walk import Walk
from openline.terms import EntryId, LineId, PostId
from openline.wire import bundle, certificate
from openline.wire.bundle import (
    Heading,
    Part,
    Piece,
    Reader,
    decode_heading,
    decode_seal,
    read_pieces,
    seal_to_be_signed,
)
from openline.wire.certificate import CertificateHeading


def verify_bundle(
    reader: Reader,
    known: Mapping[PostId, Card],
    *,
    map_function: MapFunction = map,
    bounds_of: Collection[EntryId] = (),
) -> Finding:
    """What the bundle or certificate in `reader` proves to somebody who trusts the cards in `known`.

    Whatever is wrong with the bytes becomes a fault, never an error. `bounds_of` names entries whose bounds in time
    are wanted. `map_function` may spread the work over processes: see `openline.proof.batch.MapFunction`.
    """
    faults = Faults()
    pieces = _Pieces(reader, faults)
    heading = pieces.heading()
    if heading is None:
        return Finding(faults=faults.all(), index=Index(line=None, columns={}))
    cards = Cards(known, faults)
    for data in pieces.contents(Part.CARD):
        cards.take(data)
    spans = {span.post: span for span in heading.spans} if isinstance(heading, CertificateHeading) else None
    walk = Walk(heading.line, cards.used, faults, spans)
    if isinstance(heading, CertificateHeading):
        held = Collector(pieces.contents(Part.ENTRY), faults)
        walk.take_all(held, map_function)
        walk.finish()
        found = judge(heading, walk, held.counted(walk), faults)
        pieces.check_seal(heading, cards.used, walk.terms.members, certificate.SEAL_CONTEXT)
        return _finding(walk, cards, faults, heading, bounds_of, found)
    walk.take_all(pieces.contents(Part.ENTRY), map_function)
    walk.finish()
    pieces.check_seal(heading, cards.used, walk.terms.members, bundle.SEAL_CONTEXT)
    return _finding(walk, cards, faults, heading, bounds_of)


def verify_record(
    line: LineId,
    cards: Iterable[bytes],
    entries: Iterable[bytes],
    known: Mapping[PostId, Card],
    *,
    map_function: MapFunction = map,
    bounds_of: Collection[EntryId] = (),
) -> Finding:
    """The same for a record at home: encoded cards, and full forms of all entries of `line`.

    Cards come in order of post id; entries feed by feed in order of post id, by number, two with one number by id.
    """
    faults = Faults()
    held = Cards(known, faults)
    for data in cards:
        held.take(data)
    walk = Walk(line, held.used, faults)
    walk.take_all(entries, map_function)
    walk.finish()
    return _finding(walk, held, faults, None, bounds_of)


def _finding(
    walk: Walk,
    cards: Cards,
    faults: Faults,
    heading: Heading | CertificateHeading | None,
    bounds_of: Collection[EntryId],
    found: Certified | None = None,
) -> Finding:
    spans = heading.spans if isinstance(heading, CertificateHeading) else ()
    since = {span.post: span.first for span in spans} if spans else None
    return Finding(
        line=walk.line,
        name=walk.terms.name,
        exporter=None if heading is None else heading.exporter,
        exported_at=None if heading is None else heading.at,
        rule="" if heading is None else heading.rule,
        terms=len(walk.terms.chain),
        owners=cards.owners(),
        faults=faults.all(),
        more=faults.more,
        feeds=walk.feed_findings(),
        acts=walk.acts(),
        disowned=tuple(walk.disowned),
        settled=walk.settled(),
        bounds=walk.bounds(bounds_of),
        translations=translations(walk.feeds.values()),
        certificate=found,
        index=Index(line=walk.line, columns={post: feed.column for post, feed in walk.feeds.items()}, since=since),
    )


class _Pieces:
    """The pieces of a bundle by their parts; where they break off, that is a fault and nothing more comes."""

    def __init__(self, reader: Reader, faults: Faults) -> None:
        self._pieces = read_pieces(reader)
        self._faults = faults
        self._next = self._read()

    def _read(self) -> Piece | None:
        try:
            return next(self._pieces, None)
        except PeerError as error:
            self._faults.file(error.code, f"The file is damaged or is not a bundle: {error}")
            return None

    def heading(self) -> Heading | CertificateHeading | None:
        """The heading, None where there is none to read."""
        if self._next is None:
            return None
        try:
            content = self._next.content
            heading = certificate.decode_heading(content) or decode_heading(content)
        except PeerError as error:
            self._faults.file(error.code, f"The file is damaged or is not a bundle: {error}")
            return None
        self._next = self._read()
        return heading

    def contents(self, part: Part) -> Iterator[bytes]:
        """The contents of all pieces of one part that come now."""
        while self._next is not None and self._next.part is part:
            yield self._next.content
            self._next = self._read()

    def check_seal(
        self,
        heading: Heading | CertificateHeading,
        cards: Mapping[PostId, Card],
        members: Collection[PostId],
        context: bytes,
    ) -> None:
        """Check that nothing was changed since the exporter sealed the bundle."""
        piece = self._next
        if piece is None:
            return
        self._next = self._read()
        try:
            seal = decode_seal(piece.content)
        except PeerError as error:
            self._faults.file(error.code, f"The seal of the bundle is none: {error}")
            return
        if seal.digest != piece.digest:
            self._faults.file("changed-bundle", "The file was changed after it was exported.")
        if heading.exporter not in members:
            self._faults.file("not-a-member", "The bundle was exported by a post that is no member of the line.")
        card = cards.get(heading.exporter)
        if card is None:
            self._faults.file("no-card", "The bundle has no card of the post that is to have exported it.")
            return
        key = card.verify_feed(seal.signature, seal_to_be_signed(seal.digest, context))
        if key is None:
            self._faults.file("bad-signature", f"The seal is not signed by {self._faults.name(card.post)}.")
        elif key.revocations is not None:
            said = f"The seal is signed by a key that {self._faults.name(card.post)} has revoked."
            self._faults.file("key-revoked", said)
