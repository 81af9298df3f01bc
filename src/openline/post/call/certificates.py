"""Writing a certificate of no contact into a file that anyone can verify (spec/certificate.md, The file)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from openline.errors import NotAllowed
from openline.feeds.merkle import Frontier, leaf_hash
from openline.feeds.record import Kept, Record
from openline.limits import NO_CONTACT_ENTRIES_MAX
from openline.post.bundles import writing
from openline.post.loop import now
from openline.post.names import Names
from openline.post.post import Post
from openline.proof.export import write_certificate
from openline.terms import EntryId, LineId, PostId
from openline.wire.certificate import CertificateHeading, Span, certificate_of
from openline.wire.entry import Entry, entry_to_be_signed
from openline.wire.kinds import Kind

_SLICE_BYTES: Final = 4 << 20
_PAGE_ENTRIES: Final = 200
_LAST: Final = (1 << 62) - 1

_SHOWN: Final[Mapping[int, int]] = {
    Kind.CALL_REQUEST: 1,
    Kind.CALL_ANSWER: 1,
    Kind.CALL_OUTCOME: 1,
    Kind.CALL_ATTEMPT: 2,
    Kind.CALL_CERTIFICATE: 2,
    Kind.CALL_RESPONSE: 2,
}
"""How many items of each kind the finding needs, the first ones."""


class Needed(msgspec.Struct, frozen=True):
    """What the finding needs is shown: of the contact, who asked whom, what was answered, tried and stated."""

    requests: frozenset[EntryId]

    def withholds(self, entry: Entry, place: int) -> bool:
        """Whether this item of an entry is withheld."""
        header = entry.header
        if header.kind < Kind.MESSAGE:
            return False
        ours = entry.id in self.requests or header.exchange in self.requests
        return not ours or place >= _SHOWN.get(header.kind, 0)

    def said(self) -> str:
        """The rule in words."""
        return "all that was said, but for who asked whom in this contact, what was answered, tried and stated"


def export(post: Post, names: Names, line: LineId, statement: EntryId, file: str) -> dict[str, Any]:
    """Write the certificate with this entry, and what it is shown with. Raises CannotWrite, DiskFull or NotAllowed."""
    record, me = post.record, post.keyring.card.post
    kept = record.entry(line, statement)
    if kept is None or post.engine is None:
        raise NotAllowed("The certificate is not kept here.")
    request = record.entry(line, kept.entry.header.refers[0])
    if request is None:
        raise NotAllowed("The call request of the certificate is not kept here.")
    spans, loose = _selected(record, line, request, kept)
    members = sorted(member.post for member in post.engine.state.lines[line].terms.members)
    cards = [card.encode() for member in members if (card := names.card(member)) is not None]
    rule = Needed(frozenset({request.entry.id}))
    heading = CertificateHeading(
        line=line,
        exporter=me,
        at=now(),
        rule=rule.said(),
        contact=request.entry.id,
        statement=statement,
        spans=spans,
    )
    entries = sorted(_entries(record, line, spans, loose), key=_place)
    if len(entries) > NO_CONTACT_ENTRIES_MAX:
        raise NotAllowed("Too much was written since the call was asked for: export the line as a bundle instead.")
    with writing(file) as out:
        sign = post.keyring.own.feed.sign
        revealed = write_certificate(out.write, heading=heading, cards=cards, entries=entries, sign=sign, rule=rule)
    return {"file": file, "bytes": revealed.size, "entries": len(entries)}


def _place(entry: Entry) -> tuple[PostId, int, EntryId]:
    return entry.header.author, entry.header.number, entry.id


def _selected(record: Record, line: LineId, request: Kept, statement: Kept) -> tuple[tuple[Span, Span], list[Entry]]:
    """The ranges of both feeds, and the single entries that the finding needs besides."""
    body, header = certificate_of(statement.entry), request.entry.header
    last = {head.feed: head.number for head in record.heads(line)}
    ours = Span(
        header.author,
        header.number,
        last.get(header.author, 0),
        _nodes(record, line, header.author, header.number - 1),
    )
    cosigned = _cosigned_before(record, line, request, body.post)
    first = 1 if cosigned is None else cosigned[0].header.number
    upto = max(body.number, _last_response(record, line, request, body.post, last.get(body.post, 0)))
    theirs = Span(body.post, first, upto, _nodes(record, line, body.post, first - 1))
    loose = [kept.entry for kept in _openings(record, line, Kind.TERMS)]
    loose += [] if cosigned is None else [cosigned[1]]
    loose += _reaching(record, line, body.post, {header.author, body.post})
    loose += [each for at in body.beyond for each in record.span(line, body.post, at.number, at.number, _SLICE_BYTES)]
    return (ours, theirs), loose


def _nodes(record: Record, line: LineId, feed: PostId, size: int) -> tuple[bytes, ...]:
    """The perfect subtrees over the first entries of a feed."""
    leaves = (leaf_hash(entry_to_be_signed(entry.payload)) for entry in _span(record, line, feed, 1, size))
    return Frontier.empty().append_many(leaves).nodes


def _span(record: Record, line: LineId, feed: PostId, first: int, last: int) -> Iterator[Entry]:
    while first <= last and (found := record.span(line, feed, first, last, _SLICE_BYTES)):
        yield from found
        first = found[-1].header.number + 1


def _entries(record: Record, line: LineId, spans: tuple[Span, ...], loose: list[Entry]) -> list[Entry]:
    shown = {entry.id: entry for entry in loose}
    for span in spans:
        shown.update((entry.id, entry) for entry in _span(record, line, span.post, span.first, span.last))
    return list(shown.values())


def _openings(record: Record, line: LineId, kind: Kind) -> Iterator[Kept]:
    """All entries of a kind that names no exchange, newest first."""
    before: int | None = None
    while found := record.openings(line, [kind], before, _PAGE_ENTRIES):
        yield from (kept for _, kept in found)
        before = found[-1][0]


def _cosigned_before(record: Record, line: LineId, request: Kept, about: PostId) -> tuple[Entry, Entry] | None:
    """The last checkpoint of the counterpart that the requester cosigned before it asked, with the cosignature."""
    header = request.entry.header
    for kept in _openings(record, line, Kind.COSIGN):
        cosign = kept.entry.header
        if cosign.author != header.author or cosign.number >= header.number or not cosign.refers:
            continue
        checkpoint = record.entry(line, cosign.refers[0])
        if checkpoint is not None and checkpoint.entry.header.author == about:
            return checkpoint.entry, kept.entry
    return None


def _last_response(record: Record, line: LineId, request: Kept, about: PostId, most: int) -> int:
    """The number of the counterpart's newest response in the contact that is chained here, 0 for none."""
    exchange = record.exchange(line, request.entry.id)
    said = [kept.entry.header for kept in exchange if kept.entry.header.kind == Kind.CALL_RESPONSE]
    return max((each.number for each in said if each.author == about and each.number <= most), default=0)


def _reaching(record: Record, line: LineId, about: PostId, sides: set[PostId]) -> list[Entry]:
    """Of each third member, the entry that says last that something of the counterpart reached it."""
    found = []
    for (author, feed), number in record.claims(line).items():
        if feed != about or author in sides:
            continue
        for delivery in record.deliveries(line, about, number):
            kept = record.entry(line, delivery.proof) if delivery.by == author else None
            found += [] if kept is None else [kept.entry]
    return found
