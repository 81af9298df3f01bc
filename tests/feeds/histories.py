"""Made-up histories: entries of a few authors who have heard some of each other, as a record would give them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire.bodies import Message, message_item
from openline.wire.entry import Act, Entry, Header, commitment, encode_header, entry_id
from openline.wire.kinds import Kind

LINE = LineId(bytes(32))
ALPHA, BRAVO, CHARLIE = (PostId(bytes([at]) * 32) for at in (1, 2, 3))
AUTHORS = (ALPHA, BRAVO, CHARLIE)
ACT = Act(1, bytes(16), "", Instant(0), bytes(64))


def kept(
    author: PostId,
    number: int,
    kind: int = Kind.MESSAGE,
    *items: bytes,
    knew: dict[PostId, int] | None = None,
    at: int = 0,
    **fields: Any,
) -> Kept:
    """An entry as kept; its signature is of no account here, for what is kept was verified before."""
    salts = tuple(bytes(16) for _ in items)
    header = Header(
        line=LINE,
        author=author,
        number=number,
        previous=None if number == 1 else EntryId(bytes([number % 256]) * 32),
        time=Instant(at),
        terms=1,
        epoch=1,
        kind=kind,
        commitments=tuple(commitment(salt, item) for salt, item in zip(salts, items, strict=True)),
        **fields,
    )
    payload = encode_header(header)
    entry = Entry(
        id=entry_id(payload), header=header, payload=payload, signature=bytes(64), items=tuple(items), salts=salts
    )
    return Kept(entry, Instant(at), {**(knew or {}), author: number - 1})


def message(
    author: PostId, number: int, text: str = "Are these your aircraft?", kind: int = Kind.MESSAGE, **fields: Any
) -> Kept:
    """A message, an answer or a correction."""
    return kept(author, number, kind, message_item(Message(text, number)), **fields)


def mark(author: PostId, number: int, kind: int, target: Kept, *items: bytes, **fields: Any) -> Kept:
    """An officer's word on a message that opened its exchange, unless `exchange` says otherwise."""
    given = {"act": ACT, "exchange": target.entry.id, "refers": (target.entry.id,), **fields}
    return kept(author, number, kind, *items, **given)


@st.composite
def histories(draw: st.DrawFn, lies: bool = False) -> list[Kept]:
    """What three posts wrote, each knowing a prefix of the others; liars claim to know what is not written yet."""
    written: list[Kept] = []
    knew: dict[PostId, dict[PostId, int]] = {author: {} for author in AUTHORS}
    reached = dict.fromkeys(AUTHORS, 0)
    for _ in range(draw(st.integers(0, 12))):
        author = draw(st.sampled_from(AUTHORS))
        for other in AUTHORS:
            if other != author:
                most = reached[other] + (3 if lies else 0)
                known = knew[author].get(other, 0)
                knew[author][other] = draw(st.integers(min(known, most), most)) if most > known else known
        reached[author] += 1
        known_entries = [
            each.entry.id
            for each in written
            if each.entry.header.number <= knew[author].get(each.entry.header.author, 0)
        ]
        refers = tuple(draw(st.lists(st.sampled_from(known_entries), max_size=2, unique=True))) if known_entries else ()
        traffic = draw(st.sampled_from((TrafficClass.OPERATION, TrafficClass.TEST)))
        precedence = draw(st.sampled_from(Precedence))
        number = reached[author]
        written.append(
            message(author, number, knew=dict(knew[author]), refers=refers, traffic=traffic, precedence=precedence)
        )
    return written
