"""Checking a certificate of no contact: that it shows what it says it shows, whole, and what it comes to.

It is checked as a bundle is, but that each of two feeds may begin late: there the certificate gives the tree of what is
before, and a checkpoint bears it out (spec/certificate.md, What a verifier checks).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from openline.errors import PeerError
from openline.identity.card import Card
from openline.limits import NO_CONTACT_ENTRIES_MAX
from openline.proof.faults import Faults
from openline.proof.reach import Case, Sentence, Tree, finding, ordered, shown
from openline.proof.walk import Walk
from openline.terms import EntryId, PostId
from openline.wire.certificate import Certificate, CertificateHeading, Span, certificate_of
from openline.wire.contact import request_of
from openline.wire.entry import Entry
from openline.wire.full import decode_full
from openline.wire.kinds import Kind


class Certified(msgspec.Struct, frozen=True, kw_only=True):
    """What a certificate comes to. `case` holds what the sentences were made from, to be merged with another's."""

    contact: EntryId
    statements: tuple[EntryId, ...]
    requester: PostId
    counterpart: PostId
    sentences: tuple[Sentence, ...]
    case: Case

    def as_json(self) -> dict[str, Any]:
        """As a JSON document (docs/reference/verify.md)."""
        sentences = [
            {
                "code": each.code,
                "label": each.label.value,
                "text": each.text,
                "proofs": [proof.hex() for proof in each.proofs],
            }
            for each in self.sentences
        ]
        return {
            "contact": self.contact.hex(),
            "statements": [each.hex() for each in self.statements],
            "requester": self.requester.hex(),
            "counterpart": self.counterpart.hex(),
            "sentences": sentences,
        }

    def lines(self) -> list[str]:
        """Plain sentences, each after its label and with the beginnings of the ids of its proofs."""
        return [
            f"[{each.label.value}] {each.text} ({', '.join(proof.hex()[:12] for proof in each.proofs)})"
            for each in self.sentences
        ]


class Collector:
    """Passes entries on to be walked, and keeps them, for a certificate is small."""

    def __init__(self, entries: Iterable[bytes], faults: Faults) -> None:
        self._entries = entries
        self._faults = faults
        self.held: list[bytes] = []

    def __iter__(self) -> Collector:
        self._from = iter(self._entries)
        return self

    def __next__(self) -> bytes:
        entry = next(self._from)
        if len(self.held) >= NO_CONTACT_ENTRIES_MAX:
            self._faults.file("too-large", f"A certificate has at most {NO_CONTACT_ENTRIES_MAX} entries.")
            raise StopIteration
        self.held.append(entry)
        return entry

    def counted(self, walk: Walk) -> list[Entry]:
        """The entries whose signatures hold and that stand in their feeds."""
        found = []
        for data in self.held:
            try:
                entry = decode_full(data)
            except PeerError:
                continue
            feed = walk.feeds.get(entry.header.author)
            if feed is not None and feed.column.holds(entry.header.number, entry.id):
                found.append(entry)
        return found


def judge(heading: CertificateHeading, walk: Walk, entries: list[Entry], faults: Faults) -> Certified | None:
    """What a certificate comes to; None where it is none. What is wrong with it becomes a fault."""
    by_id = {entry.id: entry for entry in entries}
    statement, request = by_id.get(heading.statement), by_id.get(heading.contact)
    body = None if statement is None else shown(certificate_of, statement)
    asked = None if request is None else shown(request_of, request)
    if statement is None or request is None or body is None or asked is None:
        faults.file("bad-certificate", "The certificate does not show its own statement and the call request.")
        return None
    spans = {span.post: span for span in heading.spans}
    requester = statement.header.author
    if not _fits(statement, request, body) or spans.keys() != {requester, body.post}:
        faults.file("bad-certificate", "The statement, the call request and the ranges shown do not belong together.")
        return None
    _check_requester(walk, spans[requester], request, statement, faults)
    _check_counterpart(walk, spans[body.post], request, statement, faults)
    trees = tuple(
        Tree(entry, tree.checkpoint.size, tree.time)
        for entry, tree in (walk.feeds[body.post].trees.items() if body.post in walk.feeds else ())
        if tree.relied
    )
    case = Case(
        requester=requester,
        counterpart=body.post,
        request=request,
        statements=(statement,),
        entries=ordered(entries),
        trees=trees,
        cards=walk.cards,
    )
    return certified(case)


def certified(case: Case) -> Certified:
    """A case and its finding."""
    return Certified(
        contact=case.request.id,
        statements=tuple(each.id for each in case.statements),
        requester=case.requester,
        counterpart=case.counterpart,
        sentences=finding(case),
        case=case,
    )


def _fits(statement: Entry, request: Entry, body: Certificate) -> bool:
    kinds = (statement.header.kind, request.header.kind) == (Kind.CALL_CERTIFICATE, Kind.CALL_REQUEST)
    same = statement.header.author == request.header.author and statement.header.exchange == request.id
    return kinds and same and body.post != statement.header.author


def _check_requester(walk: Walk, span: Span, request: Entry, statement: Entry, faults: Faults) -> None:
    """Its own feed is whole from the request to the statement, and a checkpoint of its own covers both."""
    if span.first > request.header.number or span.last < statement.header.number:
        said = "The requester's own entries are not shown from the request to the certificate."
        faults.add("short-range", said, feed=span.post)
    _check_shown(walk, span, faults)
    trees = walk.feeds[span.post].trees.values() if span.post in walk.feeds else ()
    if not any(tree.relied and tree.checkpoint.size >= statement.header.number for tree in trees):
        faults.add("no-checkpoint", "No checkpoint of the requester covers its certificate.", feed=span.post)


def _check_counterpart(walk: Walk, span: Span, request: Entry, statement: Entry, faults: Faults) -> None:
    """Its feed is whole from a checkpoint that the requester cosigned before it asked, to what it says it holds."""
    body = certificate_of(statement)
    if span.last < body.number:
        said = f"Entries of the counterpart are shown up to {span.last}, less than the {body.number} that are stated."
        faults.add("short-range", said, feed=span.post)
    _check_shown(walk, span, faults)
    feed = walk.feeds.get(span.post)
    if feed is not None and body.number and feed.column.holds(body.number, body.id) is False:
        said = "names another last entry of the counterpart than the one shown"
        faults.entry("bad-have", said, statement.header.author, statement.header.number, statement.id)
    if span.first > 1 and not _is_cosigned(walk, span, request):
        said = "The counterpart's entries do not begin at a checkpoint that was cosigned before the request."
        faults.add("short-range", said, feed=span.post, number=span.first)


def _check_shown(walk: Walk, span: Span, faults: Faults) -> None:
    if span.post not in walk.feeds and span.first <= span.last:
        said = f"Entries {span.first} to {span.last} of {faults.name(span.post)} are missing."
        faults.add("hole", said, feed=span.post, number=span.first)


def _is_cosigned(walk: Walk, span: Span, request: Entry) -> bool:
    """Whether the span begins with a checkpoint that holds and that the requester cosigned before the request."""
    theirs, ours = walk.feeds.get(span.post), walk.feeds.get(request.header.author)
    first = None if theirs is None else theirs.column.id(span.first)
    tree = None if theirs is None or first is None else theirs.trees.get(first)
    if tree is None or not tree.relied or ours is None:
        return False
    return any(
        seen.kind == Kind.COSIGN and seen.refers == first and seen.number < request.header.number
        for seen in ours.bodies
    )


def merged(one: Certified | None, other: Certified | None) -> Certified | None:
    """What two certificates of one contact come to together: they add to each other, and never contradict."""
    if one is None or other is None or one.contact != other.contact or one.counterpart != other.counterpart:
        return None
    first, second = one.case, other.case
    entries = [entry for case in (first, second) for held in case.entries.values() for entry in held]
    statements = {each.id: each for each in (*first.statements, *second.statements)}
    trees = {each.entry: each for each in (*first.trees, *second.trees)}
    cards: Mapping[PostId, Card] = {**first.cards, **second.cards}
    return certified(
        msgspec.structs.replace(
            first,
            entries=ordered(entries),
            statements=tuple(sorted(statements.values(), key=lambda each: each.header.number)),
            trees=tuple(trees.values()),
            cards=cards,
        )
    )
