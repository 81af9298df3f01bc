"""Readouts, as people ask for them and as JSON holds them: filed, marked, beside the minute and beside each other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from openline.engine.machines import DISCLOSURE, MINUTE, READOUT
from openline.errors import Misuse, NotAllowed
from openline.exchanges import disclosure as terms
from openline.exchanges.disclosure import Judgement
from openline.exchanges.minute import Point
from openline.exchanges.readout import Marked, Readout, State
from openline.feeds.folding import Folded
from openline.limits import READOUT_TEXT_MAX_BYTES
from openline.post.call.calls import option
from openline.post.loop import now
from openline.post.names import Names
from openline.post.queries import entry_value
from openline.post.speaker import Answerer, Speaker
from openline.post.talk import readout_requests as asks
from openline.post.talk import talks, wordwise
from openline.post.talk.disclosures import rule_of
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant
from openline.wire import readout as wire
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import NO_ENTRY, Event
from openline.wire.kinds import Kind
from openline.wire.readout import Answer, Filing, Mark, Sort, Span, Text, Word
from openline.wire.rules import Disclosure


def beginning(text: str) -> str:
    """As much of a text, from its beginning, as one readout holds."""
    return text.encode()[:READOUT_TEXT_MAX_BYTES].decode(errors="ignore")


async def file(service: Speaker, request: asks.ReadoutFile) -> Any:
    """File what was published."""
    line, contact = await talks.contact_of(service, request.contact)
    parties, me = talks.parties(contact.state), service.post.keyring.card.post
    of = service.names.member(request.of) if request.of else me
    if me not in parties or of not in parties:
        raise NotAllowed("A readout is filed by a party of the contact, and is the text of one.")
    if not request.text.strip() or not request.where.strip() or not request.language.strip():
        raise Misuse("Say what was published, where, and in which language.")
    if not 0 < request.published <= now():
        raise Misuse("Say when it was published; that time has not come yet.")
    data = request.text.encode()
    digest = bytes.fromhex(request.digest) if re.fullmatch("[0-9a-f]{64}", request.digest) else b""
    if request.size and not digest:
        raise Misuse("Of a text that is too long, say the SHA-256 of the whole in hexadecimal.")
    if not request.size and len(data) > READOUT_TEXT_MAX_BYTES:
        raise Misuse(f"A readout holds {READOUT_TEXT_MAX_BYTES} bytes: file the beginning, with size and digest.")
    body = Filing(
        parties=parties,
        published=Instant(request.published),
        where=request.where.strip(),
        language=request.language.strip(),
        digest=digest if request.size else hashlib.sha256(data).digest(),
        size=request.size or len(data),
        of=None if of == me else of,
    )
    items = (wire.FILING.item(body), wire.TEXT.item(Text(request.text)))
    return await talks.begin(service, line, contact, Kind.READOUT, items, request.officer)


async def mark(service: Speaker, request: asks.ReadoutMark) -> Any:
    """Mark a readout beside a point, beside another readout, or as more than either says."""
    folded, readout = await _readout(service, request.readout)
    sort = option(Sort, request.sort)
    span = _span(readout, request.quote, "readout")
    if (sort == Sort.MISSING) == bool(span):
        raise Misuse("Quote the words of the readout; of what is missing from it, say the point alone.")
    refers: tuple[EntryId, ...] = (readout.kept.entry.id,)
    other = Span()
    if request.target:
        target = service.names.entry(request.target)
        beside = folded.state.readout(target.entry.id)
        if beside is not None and sort != Sort.ADDED:
            other = _span(beside, request.other_quote, "other readout")
        elif request.other_quote:
            raise Misuse("Only another readout has words to quote: name a readout with them.")
        if beside is None:
            await _point(service, request.readout, target.entry.id)
        elif not other and sort != Sort.ADDED:
            raise Misuse("Quote the words of the other readout, too.")
        refers = (*refers, target.entry.id)
    elif sort != Sort.ADDED:
        raise Misuse("Say which point of the minute, or which other readout.")
    items = (wire.MARK.item(Mark(sort, span, other)), WORDS.item(Words(request.text.strip())))
    return await talks.add(service, folded, Kind.READOUT_MARK, items, request.officer, *refers)


async def _readout(service: Speaker, text: str) -> tuple[Folded[State], Readout]:
    kept, folded = await talks.opened_by(service, text, READOUT, "readout")
    readout = folded.state.readout(kept.entry.id)
    if readout is None:
        raise Misuse(f"{text} is no readout, but a word on one.")
    return folded, readout


async def _point(service: Speaker, contact: str, draft: EntryId) -> Point:
    """The point of the contact's minute with this draft. Raises Misuse."""
    line, folded = await talks.contact_of(service, contact)
    found = await talks.find(service, line, MINUTE, folded.state)
    for held in found.own:
        for point in held.state.points:
            if draft in point.drafts:
                return point  # type: ignore[no-any-return]
    raise Misuse("That is no point of the minute of this contact, and no readout of it.")


def _span(readout: Readout, quote: str, what: str) -> Span:
    """Where a quotation stands in a text, in bytes; white space in it stands for any. Raises Misuse."""
    words = quote.split()
    if not words:
        return Span()
    if readout.text is None:
        raise Misuse(f"The text of the {what} is withheld, and nothing in it can be quoted.")
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), readout.text))
    if len(found) != 1:
        many = "is not in" if not found else f"stands {len(found)} times in"
        raise Misuse(f"That {many} the {what}: quote it word for word, with enough words to stand there once.")
    start, end = (len(readout.text[:at].encode()) for at in found[0].span())
    return Span(start, end)


async def word(service: Speaker, request: asks.ReadoutWord) -> Any:
    """A word on a mark."""
    kept, folded = await talks.opened_by(service, request.mark, READOUT, "readout")
    on = next((each.on for each in folded.state.marks if each.kept.entry.id == kept.entry.id), None)
    if on is None:
        raise Misuse(f"{request.mark} is no mark on a readout.")
    items = (wire.WORD.item(Word(option(Answer, request.word))), WORDS.item(Words(request.text.strip())))
    return await talks.add(service, folded, Kind.READOUT_WORD, items, request.officer, on, kept.entry.id)


async def compare(service: Speaker, request: asks.ReadoutCompare) -> Any:
    """Two texts word by word."""
    folded, readout = await _readout(service, request.readout)
    target = service.names.entry(request.other).entry.id
    beside = folded.state.readout(target)
    if beside is None:
        point = await _point(service, request.readout, target)
        other = {"what": "point", "id": target.hex(), "of": service.names.post(point.author), "language": None}
        text = None if point.words is None else point.words.text
    else:
        other, text = _named(service.names, beside), beside.text
    if readout.text is None or text is None:
        raise Misuse("One of the two texts is withheld, and cannot be compared.")
    compared = await service.post.reading(wordwise.compare, readout.text, text)
    counts = {has: compared.words(has) for has in ("both", "first", "second")}
    return {
        "first": _named(service.names, readout),
        "second": other,
        "words": counts,
        "left_out": list(compared.left_out),
        "runs": [{"has": each.has, "first": each.first, "second": each.second} for each in compared.runs],
        "note": "Words that both have or only one has. Nobody has said that this means anything.",
    }


def _named(names: Names, readout: Readout) -> dict[str, Any]:
    language = readout.filing.language
    return {"what": "readout", "id": readout.kept.entry.id.hex(), "of": names.post(readout.of), "language": language}


async def show(service: Speaker, request: asks.ReadoutShow) -> Any:
    """The readouts of a contact beside its minute, with what the terms of disclosure say of each."""
    line, contact = await talks.contact_of(service, request.contact)
    found = await talks.find(service, line, READOUT, contact.state)
    minutes = await talks.find(service, line, MINUTE, contact.state)
    disclosed = await talks.find(service, line, DISCLOSURE, contact.state)
    rule = rule_of(service.names, line, contact.state)
    points = [(held.state, point) for held in minutes.own for point in held.state.points]
    readouts = []
    for held in found.own:
        agreed = disclosed.of(held.state.parties)
        for readout in held.state.readouts:
            value = _readout_value(service.names, held.state, readout, [point for _, point in points])
            judged = _judged(None if agreed is None else agreed.state, readout, rule)
            readouts.append({**value, "disclosure": judged})
    return {
        "contact": contact.head.hex(),
        "points": [
            {
                "id": point.kept.entry.id.hex(),
                "drafts": [each.hex() for each in point.drafts],
                "author": service.names.post(point.author),
                "status": state.status(point),
                "text": None if point.words is None else point.words.text,
            }
            for state, point in points
        ],
        "readouts": readouts,
        "ignored": [
            *({"id": each.entry.hex(), "why": each.why} for held in found.own for each in held.ignored),
            *found.ignored(),
        ],
    }


def _readout_value(names: Names, state: State, readout: Readout, points: list[Point]) -> dict[str, Any]:
    entry, filing = readout.kept.entry.id, readout.filing
    marks = [each for each in state.marks if each.on == entry]
    return {
        **entry_value(names, readout.kept),
        "of": names.post(readout.of),
        "published": utc(filing.published),
        "where": filing.where,
        "language": filing.language,
        "digest": filing.digest.hex(),
        "size": filing.size,
        "whole": filing.size == filing.held,
        "text": readout.text,
        "marks": [_mark_value(names, state, each, points) for each in marks],
        "not_marked": [each.kept.entry.id.hex() for each in points if state.silent_on(entry, each.drafts)],
    }


def _mark_value(names: Names, state: State, marked: Marked, points: list[Point]) -> dict[str, Any]:
    on = state.readout(marked.on)
    beside = None if marked.target is None else state.readout(marked.target)
    point = next((each for each in points if marked.target in each.drafts), None)
    return {
        **entry_value(names, marked.kept),
        "sort": marked.mark.sort.name.lower(),
        "span": None if on is None else _span_value(on, marked.mark.span),
        "target": None
        if marked.target is None
        else {
            "what": "readout" if beside is not None else "point" if point is not None else "nothing of this contact",
            "id": marked.target.hex() if point is None else point.kept.entry.id.hex(),
            "earlier_draft": point is not None and marked.target != point.kept.entry.id,
            "of": names.post(beside.of) if beside is not None else None,
            "span": None if beside is None else _span_value(beside, marked.mark.other),
        },
        "text": None if marked.words is None else marked.words.text,
        "stands": marked.stands,
        "disputed": marked.disputed,
        "words": [
            {
                **entry_value(names, each.kept),
                "word": each.answer.name.lower(),
                "text": None if each.words is None else each.words.text,
            }
            for each in marked.said
        ],
    }


def _span_value(readout: Readout, span: Span) -> dict[str, Any] | None:
    if not span:
        return None
    text = None
    if readout.text is not None:
        text = readout.text.encode()[span.start : span.end].decode(errors="replace")
    return {"start": span.start, "end": span.end, "text": text}


def _judged(state: terms.State | None, readout: Readout, rule: Disclosure) -> dict[str, Any]:
    """What the terms for then say of a readout, as a disclosure of its party that nobody had asked for."""
    published = readout.filing.published
    held = None if state is None else state.applies(NO_ENTRY, published)
    agreed = (
        held is not None
        and held.words is not None
        and readout.text is not None
        and held.words.text.strip() == readout.text.strip()
        and held.item(NO_ENTRY).level == Disclosure.AGREED_TEXT
    )
    event = Event(parties=readout.filing.parties, at=published, by=readout.of, agreed_text=agreed)
    by_rule = terms.judge(rule, event) if held is None else None
    judged = Judgement.NO_TERMS if held is None else terms.judge(held.item(NO_ENTRY).level, event)
    return {
        "terms": None if held is None else held.kept.entry.id.hex(),
        "agreed_text": agreed,
        "judgement": judged.value,
        "by_the_rule": None if by_rule is None else by_rule.value,
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.ReadoutFile: file,
    asks.ReadoutMark: mark,
    asks.ReadoutWord: word,
    asks.ReadoutShow: show,
    asks.ReadoutCompare: compare,
}
