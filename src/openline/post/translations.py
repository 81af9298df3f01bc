"""Translations beside what is written on a line: attached, withdrawn, and shown with who or what made them.

The text of an entry is its author's word; a translation is that of whoever attached it (spec/translation.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.engine.conversing import gather
from openline.engine.machines import TRANSLATION
from openline.errors import BadField, Misuse, NotAllowed
from openline.exchanges import translation as machine
from openline.exchanges.translation import Beside, State
from openline.feeds.record import Kept, Record
from openline.limits import NAME_MAX_BYTES, PHRASE_MAX_BYTES, TEXT_MAX_BYTES
from openline.post import translation_requests as asks
from openline.post.names import Names
from openline.post.queries import entry_value
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.post.talk.talks import opened_by
from openline.terms import EntryId, Precedence
from openline.wire import translation as wire
from openline.wire.contact import WORDS, Words
from openline.wire.entry import Entry
from openline.wire.joint_statement import check_language
from openline.wire.kinds import Kind
from openline.wire.translation import Maker, Path, Translation

BESIDE_MAX: Final = 64
"""Translations that this post attaches to one entry, and that are shown beside one: the newest."""


async def attach(service: Speaker, request: asks.TranslationAttach) -> Any:
    """Attach a translation to a text of an entry."""
    kept = service.names.entry(request.entry)
    entry, header = kept.entry, kept.entry.header
    body = Translation(_path(entry, request.field), _language(request.to), _maker(request))
    words = Words(_within(request.text, "translation", TEXT_MAX_BYTES // 2), _who(request))
    found = await service.post.reading(beside, service.post.record, entry)
    own = service.post.keyring.card.post
    if sum(each.state.author == own for each in found) >= BESIDE_MAX:
        raise NotAllowed(f"This post has attached {BESIDE_MAX} translations to this entry already.")
    refers: tuple[EntryId, ...] = (entry.id,)
    if request.instead:
        other = service.names.entry(request.instead).entry.id
        if other not in {each.state.id for each in found}:
            raise Misuse(f"{request.instead} is no translation of this entry; 'translation list' shows them.")
        refers = (entry.id, other)
    return await service.say(
        header.line,
        Kind.TRANSLATION,
        (wire.TRANSLATION.item(body), WORDS.item(words)),
        officer=request.officer,
        precedence=min(Precedence(header.precedence), Precedence.PRIORITY),
        traffic=header.traffic,
        refers=refers,
    )


def _path(entry: Entry, field: str) -> Path:
    """The text that is meant: the one named, or the only one. Raises Misuse with those that there are."""
    if entry.header.kind < Kind.MESSAGE or entry.header.kind in machine.READERS:
        raise Misuse("An entry of this kind has no words to translate; name the entry that somebody wrote.")
    texts = [(path, text) for path, text in wire.texts_of(entry) if text.strip()]
    named = field or (dotted(texts[0][0]) if len(texts) == 1 else "")
    found = next((path for path, _ in texts if dotted(path) == named), None)
    if found is None:
        listed = ", ".join(f"{dotted(path)} ({text[:30]!r})" for path, text in texts[:16])
        raise Misuse(f"Say which text is translated: {listed}." if texts else "This entry shows no text to translate.")
    return found


def dotted(path: Path) -> str:
    """A path as people type it."""
    return ".".join(map(str, path))


def _maker(request: asks.TranslationAttach) -> Maker:
    if bool(request.by.strip()) == bool(request.machine.strip()):
        raise Misuse("Say who made the translation: the name of a person, or the name of a machine.")
    return Maker.MACHINE if request.machine.strip() else Maker.PERSON


def _who(request: asks.TranslationAttach) -> str:
    return _within(request.machine or request.by, "name of who made it", PHRASE_MAX_BYTES)


def _within(text: str, what: str, most: int) -> str:
    said = text.strip()
    if not said:
        raise Misuse(f"The {what} is empty.")
    if len(said.encode()) > most:
        raise Misuse(f"The {what} has more than {most} bytes.")
    return said


def _language(tag: str) -> str:
    try:
        check_language(tag)
    except BadField as error:
        raise Misuse(str(error)) from error
    return _within(tag, "language", NAME_MAX_BYTES)


async def withdraw(service: Speaker, request: asks.TranslationWithdraw) -> Any:
    """Take back a translation of ours."""
    _, folded = await opened_by(service, request.translation, TRANSLATION, "translation")
    items = (WORDS.item(Words(request.text.strip())),)
    return await say_in(service, folded, Kind.TRANSLATION_WITHDRAWN, items, request.officer)


async def list_(service: Speaker, request: asks.TranslationList) -> Any:
    """An entry, or the one that a translation is of, with its texts and the translations beside them."""
    kept = service.names.entry(request.entry)
    header = kept.entry.header
    if header.kind in machine.READERS:
        opening = service.post.record.entry(header.line, header.exchange or kept.entry.id)
        of = opening.entry.header.refers[0] if opening is not None and opening.entry.header.refers else kept.entry.id
        kept = service.post.record.entry(header.line, of) or kept
    return await service.post.reading(beside_value, service.post.record, service.names, kept)


def beside(record: Record, entry: Entry) -> tuple[Beside, ...]:
    """The newest translations of an entry, in canonical order."""
    line, states = entry.header.line, list[State]()
    newest = sorted(record.about(line, sorted(machine.OPENINGS), entry.id), key=lambda each: -each.at)
    for kept in newest[:BESIDE_MAX]:
        folded = machine.fold(gather(record, line, kept.entry.id))
        states += [] if folded is None else [folded.state]
    return machine.beside(entry, states)


def beside_value(record: Record, names: Names, kept: Kept) -> dict[str, Any]:
    """An entry with its texts by their paths, and what stands beside it, as JSON holds it."""
    texts = [{"field": dotted(path), "text": text} for path, text in wire.texts_of(kept.entry) if text.strip()]
    value = entry_value(names, kept)
    return {**value, "texts": texts, "translations": translations(record, names, kept.entry)}


def translations(record: Record, names: Names, entry: Entry) -> list[dict[str, Any]]:
    """The translations beside an entry, as JSON holds them; a name or text that is withheld is null."""
    return [_value(names, each) for each in beside(record, entry)]


def _value(names: Names, each: Beside) -> dict[str, Any]:
    state = each.state
    return {
        **entry_value(names, state.opening),
        "of": state.of.hex(),
        "field": dotted(state.translation.path),
        "language": state.translation.language,
        "maker": state.translation.maker.name.lower(),
        "made_by": None if state.words is None else state.words.who,
        "text": None if state.words is None else state.words.text,
        "stands": each.stands,
        "withdrawn": None if state.withdrawn is None else entry_value(names, state.withdrawn),
        "why": "" if state.why is None else state.why.text,
        "replaced": [other.hex() for other in each.replaced],
        "disputed": [other.hex() for other in each.disputed],
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.TranslationAttach: attach,
    asks.TranslationWithdraw: withdraw,
    asks.TranslationList: list_,
}
"""By the type of the request."""
