"""The watch log of this home: words kept beside the record, what is open, and the relief of one officer by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from openline.errors import Misuse, NotAllowed, NotReady
from openline.feeds.record import Drop, Keep, Put
from openline.identity import watchlog
from openline.identity.watchlog import What, Word
from openline.limits import INBOX_MAX_ENTRIES, WATCH_ITEMS_MAX, WATCH_LOG_MAX_WORDS, WATCH_TEXT_MAX_BYTES
from openline.post import queries
from openline.post.call import calls
from openline.post.call import requests as call_requests
from openline.post.loop import now
from openline.post.notice import requests as notice_requests
from openline.post.notice import stopping
from openline.post.people import watch_requests as asks
from openline.post.post import Post
from openline.post.speaker import Answerer, Speaker
from openline.post.talk import minute_requests, minutes
from openline.proof.sentences import utc
from openline.terms import Instant

TABLE: Final = "watch"
LOOKED_THROUGH: Final = 500
"""Newest entries that are looked through for what waits."""

_SHORT: Final = 12
_WORDS: Final = 80


def held(post: Post) -> list[Word]:
    """All words that are kept, oldest first."""
    found = sorted(post.record.objects(TABLE).items())
    return [msgspec.msgpack.decode(value, type=Word) for _, value in found]


async def open_items(service: Speaker) -> list[dict[str, Any]]:
    """What somebody here still has to see to, as `what`, `id`, `line` and `text`, the most urgent first."""
    stops = (await stopping.list_(service, notice_requests.StopList()))["stops"]
    inbox = await service.post.reading(queries.inbox, service.post, service.names, None, None, LOOKED_THROUGH)
    contacts = (await calls.list_(service, call_requests.CallList(open=True)))["contacts"]
    promised = (await minutes.list_(service, minute_requests.CommitList(open=True)))["commitments"]
    found = [
        *(("STOP", each, each["what"]) for each in stops if each["waits"] and each["withdrawn"] is None),
        *((each["precedence"].upper(), each, each["text"]) for each in inbox["entries"] if each["waits_for"]),
        *(("call", each, "; ".join(each["requests"][0]["topics"] or ())) for each in contacts),
        *(("commitment", each, each["text"]) for each in promised),
    ]
    return [
        {"what": what, "id": each["id"], "line": each["line"], "text": text or "(no words)"}
        for what, each, text in found[:WATCH_ITEMS_MAX]
    ]


def _lines(items: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Open items as both officers sign them."""
    return tuple(
        f"{each['what']} {each['id'][:_SHORT]} on {each['line']}: {' '.join(each['text'].split())[:_WORDS]}"
        for each in items
    )


def _write(service: Speaker, officer: str, word: Word) -> dict[str, Any]:
    """Keep a word as the next of the log, signed by the officer; its value."""
    if len(word.text.encode()) > WATCH_TEXT_MAX_BYTES:
        raise Misuse(f"A word of the watch log has at most {WATCH_TEXT_MAX_BYTES} bytes; write several.")
    post, number = service.post, service.names.officer(officer)
    key = post.keyring.own.officer(number)
    if key is None:
        raise NotReady("The key of this officer is not here.")
    words = held(post)
    word = msgspec.structs.replace(word, at=now(), officer=number)
    word = watchlog.written(post.keyring.card.post, words, word, key)
    keeps: list[Keep] = [Put(TABLE, word.number.to_bytes(8, "big"), msgspec.msgpack.encode(word))]
    gone = words[: max(0, len(words) + 1 - WATCH_LOG_MAX_WORDS)]
    keeps += [Drop(TABLE, old.number.to_bytes(8, "big")) for old in gone]
    post.keep(keeps)
    return _value(service, word)


def _value(service: Speaker, word: Word) -> dict[str, Any]:
    card = service.post.keyring.card
    officers = {each.number: each.name for each in card.officers}
    return {
        "number": word.number,
        "id": watchlog.word_id(card.post, word).hex(),
        "at": utc(word.at),
        "officer": officers.get(word.officer, f"officer {word.officer}"),
        "what": word.what.name.lower().replace("_", " "),
        "text": word.text,
        "to": officers.get(word.to) if word.to else None,
        "items": list(word.items),
        "relieved": bool(word.offer),
    }


async def show(service: Speaker, request: asks.LogShow) -> Any:
    """The log, who has the watch, what is open."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} words at a time.")
    words = await service.post.reading(held, service.post)
    taken, offer = watchlog.on_watch(words), watchlog.offered(words)
    faults = await service.post.reading(watchlog.faults, service.post.keyring.card, words)
    return {
        "on_watch": None if taken is None else _value(service, taken),
        "offered": None if offer is None else _value(service, offer),
        "open": await open_items(service),
        "words": [_value(service, each) for each in words[-request.most :][::-1]],
        "total": len(words),
        "faults": [{"number": number, "why": why} for number, why in faults],
    }


async def note(service: Speaker, request: asks.LogNote) -> Any:
    """A note."""
    if not request.text.strip():
        raise Misuse("Write what is to be noted.")
    return _write(service, request.officer, _word(What.NOTE, text=request.text))


async def hand_over(service: Speaker, request: asks.LogHandOver) -> Any:
    """The watch is handed over, with what is open."""
    if not request.to:
        raise Misuse("Say to which officer.")
    to = next((each for each in service.post.keyring.card.officers if each.in_force and each.name == request.to), None)
    if to is None:
        raise Misuse(f"No officer {request.to!r} is in force here; `openline officer list` names them.")
    items = _lines(await open_items(service))
    return _write(service, request.officer, _word(What.HANDED_OVER, text=request.text, to=to.number, items=items))


async def take_over(service: Speaker, request: asks.LogTakeOver) -> Any:
    """The watch is taken over."""
    listed = _lines(await open_items(service))
    offer = watchlog.offered(held(service.post))
    if offer is None:
        return _write(service, request.officer, _word(What.TAKEN_OVER, text=request.text, items=listed))
    if offer.to != service.names.officer(request.officer):
        raise NotAllowed("The watch was handed over to another officer; ask for it to be handed over to you.")
    post = service.post.keyring.card.post
    word = _word(What.TAKEN_OVER, text=request.text, items=offer.items, offer=watchlog.word_id(post, offer))
    return _write(service, request.officer, word)


def _word(what: What, **fields: Any) -> Word:
    return Word(number=0, previous=b"", at=Instant(0), officer=0, what=what, **fields)


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.LogShow: show,
    asks.LogNote: note,
    asks.LogHandOver: hand_over,
    asks.LogTakeOver: take_over,
}
