"""The whole record as people look through it: every entry, newest kept first, by line, author, kind, rank and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from openline.errors import Misuse
from openline.feeds.record import Kept
from openline.post import queries
from openline.post import record_requests as asks
from openline.post.names import Names, precedence, traffic_class
from openline.post.post import Post
from openline.post.speaker import Answerer, Speaker
from openline.wire.entry import Entry
from openline.wire.kinds import Kind

PAGE_ENTRIES: Final = 500
"""Entries in one answer at most."""

LOOKED_THROUGH: Final = 2_000
"""Entries that are looked through for one answer; it says where to go on."""

WORDS_CHARACTERS: Final = 240
"""Words of an entry in a list; the whole is shown when it is opened."""

_SLICE: Final = 200
"""Entries read from the store at once."""

Fits = Callable[[Entry], bool]

KINDS: Final = tuple(sorted(queries.kind_name(each) for each in Kind))


async def list_(service: Speaker, request: asks.RecordList) -> Any:
    """One page of the entries that fit. A page may be short, or empty, and yet not be the last: see `before`."""
    if not 1 <= request.most <= PAGE_ENTRIES:
        raise Misuse(f"Ask for 1 to {PAGE_ENTRIES} entries at a time.")
    if request.before is not None and not 0 <= request.before < 1 << 63:
        raise Misuse("Say in `before` what the last answer said in its own.")
    fits = _fitting(service.names, request)
    return await service.post.reading(_page, service.post, service.names, fits, request.before, request.most)


def _fitting(names: Names, request: asks.RecordList) -> list[Fits]:
    """What an entry has to be, the cheapest first. Raises UnknownName or Misuse."""
    fits: list[Fits] = []
    if request.line:
        line = names.line(request.line)
        fits.append(lambda entry: entry.header.line == line)
    if request.author:
        author = names.member(request.author)
        fits.append(lambda entry: entry.header.author == author)
    if request.kind:
        if request.kind not in KINDS:
            raise Misuse(f"{request.kind!r} is no kind of entry; there are: {', '.join(KINDS)}.")
        fits.append(lambda entry: queries.kind_name(entry.header.kind) == request.kind)
    if request.precedence:
        rank = precedence(request.precedence)
        fits.append(lambda entry: entry.header.precedence == rank)
    if request.traffic:
        traffic = traffic_class(request.traffic)
        fits.append(lambda entry: entry.header.traffic == traffic)
    if wanted := " ".join(request.text.split()).casefold():
        fits.append(lambda entry: wanted in queries.words_of(entry).casefold())
    return fits


def _page(post: Post, names: Names, fits: list[Fits], before: int | None, most: int) -> dict[str, Any]:
    """Look through so many entries at most; `before` is None where the record has no more."""
    found: list[dict[str, Any]] = []
    looked = 0
    while looked < LOOKED_THROUGH and len(found) < most:
        held = post.record.newest(before, min(_SLICE, LOOKED_THROUGH - looked))
        if not held:
            return {"entries": found, "before": None, "looked": looked, "kinds": KINDS}
        for sequence, kept in held:
            before, looked = sequence, looked + 1
            if all(fit(kept.entry) for fit in fits):
                found.append({"sequence": sequence, **_value(post, names, kept)})
                if len(found) == most:
                    break
    return {"entries": found, "before": before, "looked": looked, "kinds": KINDS}


def _value(post: Post, names: Names, kept: Kept) -> dict[str, Any]:
    """An entry in a list: its words cut, and which messages crossed it."""
    value = queries.entry_value(names, kept)
    value.pop("text", None)
    words = queries.words_of(kept.entry)
    header = kept.entry.header
    opening = header.exchange
    return {
        **value,
        "exchange": None if opening is None else opening.hex(),
        "words": words[:WORDS_CHARACTERS],
        "cut": len(words) > WORDS_CHARACTERS,
        "withheld": any(item is None for item in kept.entry.items),
        "crossed": [each.entry.id.hex() for each in queries.crossed_with(post, kept)],
    }


ANSWERS: Final[Mapping[type, Answerer]] = {asks.RecordList: list_}
"""By the type of the request."""
