"""How a line stands with each member, beyond what the machine counts: the highest layer proved, and since when.

Layers are proved apart (PRODUCT A6): the bearer by an open link, the post by a signed entry of its own, the desk by an
officer's act. Each is told with its time, for a proof of last night says nothing of now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openline.engine.engine import Engine
from openline.feeds.record import Kept, Record
from openline.post.call import contacts
from openline.post.links import Links
from openline.post.names import Names
from openline.post.queries import entry_value, kind_name
from openline.proof.sentences import utc
from openline.terms import LineId, PostId
from openline.wire.contact import Outcome
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

LOOKED_THROUGH: Final = 256
"""Newest entries of a member that are looked through for the last act of an officer."""

LISTED: Final = 10
"""Messages listed at most of those that a member has not signed for."""

_ACCEPTS: Final = frozenset({Kind.TAKEN, Kind.PASSED_ON, Kind.CALL_ANSWER})
"""Kinds by which an officer takes something in hand."""

_STEP: Final = 32
_MANY_BYTES: Final = 64 << 20
_FETCHED: Final = 200
_FETCHED_BYTES: Final = 4 << 20

Ranges = Mapping[PostId, Sequence[tuple[int, int]]]


def lacking(engine: Engine | None, line: LineId) -> dict[PostId, Ranges]:
    """For each other member, what it has not signed for; to be asked before leaving the loop's thread."""
    held = None if engine is None else engine.state.lines.get(line)
    return {} if engine is None or held is None else {post: engine.lacking(line, post) for post in held.others()}


def with_proofs(
    value: dict[str, Any],
    record: Record,
    names: Names,
    line: LineId,
    links: Links | None,
    lacks: Mapping[PostId, Ranges],
) -> dict[str, Any]:
    """What the machine says of a line, with what the record and the links know of each other member."""
    value["serving"] = links is not None
    value["members"] = [{**each, **_member(each, record, names, line, links, lacks)} for each in value["members"]]
    return value


def _member(
    each: Mapping[str, Any],
    record: Record,
    names: Names,
    line: LineId,
    links: Links | None,
    lacks: Mapping[PostId, Ranges],
) -> dict[str, Any]:
    post = PostId(bytes.fromhex(each["post"]))
    if names.is_own(post):
        return {"name": names.post(post)}
    word, act, accepted = _newest(record, names, line, post, each["entries"])
    reached = _reached(record, line, post, names)
    unsigned = _unsigned(record, line, post, names, lacks.get(post, {}))
    return {
        "name": names.post(post),
        "link since": None if links is None else utc(links.since(post)),
        "proved": "officer" if act else "post" if word else "bearer" if each["link"] == "up" else "nothing",
        "layers": {
            "bearer": {"up": each["link"] == "up", "since": None if links is None else utc(links.since(post))},
            "post": _layer(names, word),
            "desk": _layer(names, act),
            "officer": _layer(names, accepted),
            "principal": reached,
        },
        "last word": None if word is None else entry_value(names, word),
        "last act": None if act is None else entry_value(names, act),
        "messages not signed for": len(unsigned),
        "not signed for": [entry_value(names, kept) for kept in unsigned[:LISTED]],
    }


def _newest(record: Record, names: Names, line: LineId, post: PostId, last: int) -> tuple[Kept | None, ...]:
    """The newest entry of a member, the newest of the last ones with an officer's act that holds, and the newest by
    which an officer took or answered something."""
    word: Kept | None = None
    act: Kept | None = None
    for at in range(last, max(0, last - LOOKED_THROUGH), -_STEP):
        for entry in reversed(record.span(line, post, max(1, at - _STEP + 1), at, _MANY_BYTES)):
            word = word or record.entry(line, entry.id)
            if names.acted(entry) is None:
                continue
            act = act or record.entry(line, entry.id)
            if entry.header.kind in _ACCEPTS:
                return word, act, record.entry(line, entry.id)
    return word, act, None


def _layer(names: Names, kept: Kept | None) -> dict[str, Any] | None:
    """When a layer was proved last, by which entry, and by whom."""
    if kept is None:
        return None
    header = kept.entry.header
    officer = names.acted(kept.entry)
    return {"at": utc(header.time), "officer": officer, "kind": kind_name(header.kind), "proof": kept.entry.id.hex()}


def _reached(record: Record, line: LineId, post: PostId, names: Names) -> dict[str, Any] | None:
    """The newest call with an office of that member that was held."""
    held = [
        (ended.closing.began, ended, party.office if party.post == post else folded.state.request.office)
        for _, folded in contacts.newest(record, line, LOOKED_THROUGH)
        for party in folded.state.parties
        if post in (party.post, folded.state.closer) and (ended := party.ended) is not None
        if ended.closing.outcome == Outcome.HELD
    ]
    if not held:
        return None
    began, ended, office = max(held, key=lambda each: each[0])
    officer = names.acted(ended.kept.entry)
    return {"at": utc(began), "office": office, "officer": officer, "proof": ended.kept.entry.id.hex()}


def _unsigned(record: Record, line: LineId, post: PostId, names: Names, lacks: Ranges) -> list[Kept]:
    """Messages of ours that a member has not signed for, highest precedence first."""
    found = []
    for feed, ranges in lacks.items():
        if names.is_own(feed):
            for entry in record.urgent(line, feed, ranges, _FETCHED, _FETCHED_BYTES):
                kept = record.entry(line, entry.id) if _is_message(entry) else None
                if kept is not None and not _has_signed(record, entry, post):
                    found.append(kept)
    return found


def _is_message(entry: Entry) -> bool:
    return entry.header.kind in (Kind.MESSAGE, Kind.CORRECTION)


def _has_signed(record: Record, entry: Entry, post: PostId) -> bool:
    header = entry.header
    return any(each.by == post for each in record.deliveries(header.line, header.author, header.number))
