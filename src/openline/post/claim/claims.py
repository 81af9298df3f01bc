"""Claims: what people ask for becomes entries, on one line or on several; each line is written to by itself."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from openline.engine.conversing import gather
from openline.engine.machines import CLAIM
from openline.errors import Misuse, NotAllowed, NotReady, OpenlineError, PeerError
from openline.exchanges import claim as machine
from openline.exchanges.claim import State
from openline.feeds.folding import Folded
from openline.feeds.record import Kept, Record
from openline.limits import INBOX_MAX_ENTRIES, OPENINGS_MAX
from openline.post.call.calls import option
from openline.post.claim import requests as asks
from openline.post.claim.values import claim_value, elsewhere
from openline.post.loop import now
from openline.post.names import precedence, traffic_class
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.post.talk.talks import opened_by
from openline.terms import ID_BYTES, EntryId, Instant, LineId, PostId, Precedence, TrafficClass
from openline.wire import claim as wire
from openline.wire.claim import Answer, Claim, ClaimWords, Evidence, File, Nothing, Stance, Told
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind

Places = list[tuple[LineId, tuple[PostId, ...]]]


def same(record: Record, kept: Kept) -> list[Folded[State]]:
    """The claim that an entry opens, on every line on which the record has it, oldest first.

    It is looked for among the OPENINGS_MAX newest claims. Raises PeerError for what opens none.
    """
    wanted = machine.identity(kept)
    near = {each.entry.id: each for _, each in record.openings(None, sorted(machine.OPENINGS), None, OPENINGS_MAX)}
    near[kept.entry.id] = kept
    found = []
    for each in near.values():
        with suppress(PeerError):
            if machine.identity(each) == wanted:
                found.append(machine.fold(gather(record, each.entry.header.line, each.entry.id)))
    held = [each for each in found if each is not None]
    return sorted(held, key=lambda each: (each.state.opening.entry.header.time, each.head))


async def put(service: Speaker, request: asks.ClaimPut) -> Any:
    """Put a claim, on every line under one digest."""
    if not request.text.strip():
        raise Misuse("The claim is empty.")
    words = ClaimWords(request.text.strip(), secrets.token_bytes(ID_BYTES))
    places = _places(service, request.to, ())
    _check(service, places, request.reply_by, request.told)
    level, traffic = precedence(request.precedence), traffic_class(request.traffic)
    return await _put(service, words, places, request, level, traffic)


async def also(service: Speaker, request: asks.ClaimAlso) -> Any:
    """Put a claim of ours to others, too."""
    held = await _ours(service, request.claim, everywhere=True)
    state = held[0].state
    if state.words is None:
        raise NotAllowed("The words of that claim are withheld here.")
    if all(each.state.withdrawn is not None for each in held):
        raise NotAllowed("That claim was withdrawn: put a new one.")
    places = _places(service, request.to, [(each, party.post) for each in held for party in each.state.parties])
    _check(service, places, request.reply_by, request.told)
    return await _put(service, state.words, places, request, state.precedence, state.traffic)


def _places(service: Speaker, to: asks.To, before: Iterable[tuple[Folded[State], PostId]]) -> Places:
    """The lines and whom the claim is put to on each; one to whom it is put already is not asked twice."""
    if not to:
        raise Misuse("Say on which line, or to whom on it: LINE, or LINE:PEER.")
    asked = {(each.state.opening.entry.header.line, post) for each, post in before}
    found: dict[LineId, list[PostId]] = {}
    for name, peers in to:
        line = service.names.line(name)
        held = service.names.machine_line(line)
        if held is None:
            raise NotReady(f"The line {name} does not run here yet.")
        named = service.names.peers(peers)
        others = [post for post in held.others() if not named or post in named]
        if len(others) < len(set(named)) or not others:
            raise Misuse(f"Not all of those are members of the line {name}.")
        again = [service.names.post(post) for post in others if (line, post) in asked]
        if again:
            raise NotAllowed(f"The claim is put to {', '.join(again)} already.")
        found.setdefault(line, []).extend(post for post in others if post not in found.get(line, ()))
    return [(line, tuple(sorted(posts))) for line, posts in found.items()]


def _check(service: Speaker, places: Places, reply_by: int, told: tuple[str, ...]) -> None:
    if reply_by and reply_by <= now():
        raise Misuse("Reply-by is over already: name a later time.")
    for line, _ in places if told else ():
        held = service.names.machine_line(line)
        if held is None or not held.rules.told:
            name = service.names.line_name(line)
            raise NotAllowed(f"The rules of the line {name} do not let members say who else was told.")


async def _put(
    service: Speaker,
    words: ClaimWords,
    places: Places,
    request: asks.ClaimPut | asks.ClaimAlso,
    level: Precedence,
    traffic: TrafficClass,
) -> Any:
    async def on(place: tuple[LineId, tuple[PostId, ...]]) -> Any:
        line, parties = place
        kept = await _open(service, line, words, parties, request.reply_by, request.officer, level, traffic)
        if request.told:
            folded = await _folded(service, line, kept["id"])
            await _say(service, folded, Kind.CLAIM_TOLD, (_told(request.told, ""),), request.officer)
        return kept

    written = await _each(service, places, on, lambda place: place[0])
    return {"claim": wire.digest_of(words).hex(), **written}


async def _open(
    service: Speaker,
    line: LineId,
    words: ClaimWords,
    parties: tuple[PostId, ...],
    reply_by: int,
    officer: str,
    level: Precedence,
    traffic: TrafficClass,
    refers: tuple[EntryId, ...] = (),
) -> Any:
    body = Claim(wire.digest_of(words), parties, Instant(reply_by))
    items = (wire.CLAIM.item(body), wire.CLAIM_WORDS.item(words))
    return await service.say(line, Kind.CLAIM, items, officer=officer, precedence=level, traffic=traffic, refers=refers)


async def _folded(service: Speaker, line: LineId, entry: str) -> Folded[State]:
    entries = await service.post.reading(gather, service.post.record, line, EntryId(bytes.fromhex(entry)))
    folded = machine.fold(entries)
    if folded is None:
        raise NotReady("The claim was put, and cannot be read yet: try again.")
    return folded


async def _each(
    service: Speaker,
    things: Iterable[Any],
    write: Callable[[Any], Awaitable[Any]],
    line_of: Callable[[Any], LineId],
) -> dict[str, Any]:
    """Write on each line; `refused` says where it was not. Raises the first refusal where nothing was written."""
    written: list[Any] = []
    refused: list[Any] = []
    errors: list[OpenlineError] = []
    for each in things:
        line = service.names.line_name(line_of(each))
        try:
            written.append({"line": line, **await write(each)})
        except OpenlineError as error:
            errors.append(error)
            refused.append({"line": line, "code": error.code, "message": str(error)})
    if errors and not written:
        raise errors[0]
    return {"id": written[0]["id"], "written": written, "refused": refused}


async def answer(service: Speaker, request: asks.ClaimAnswer) -> Any:
    """Answer a claim that is put to this post."""
    _, folded = await opened_by(service, request.claim, CLAIM, "claim")
    items = (wire.ANSWER.item(Answer(option(Stance, request.stance))), WORDS.item(Words(request.text.strip())))
    return await _say(service, folded, Kind.CLAIM_ANSWER, items, request.officer)


async def evidence(service: Speaker, request: asks.ClaimEvidence) -> Any:
    """Give evidence for a claim of ours."""
    if not request.text.strip() and not request.files:
        raise Misuse("Say what the evidence is, or name a file.")
    files = tuple(File(name, _hash(digest)) for name, digest in request.files)
    items = (wire.EVIDENCE.item(Evidence(files)), WORDS.item(Words(request.text.strip())))
    refers = [service.names.entry(each).entry for each in request.entries]
    held = await _ours(service, request.claim, everywhere=request.everywhere)

    async def on(folded: Folded[State]) -> Any:
        line = folded.state.opening.entry.header.line
        if any(each.header.line != line for each in refers):
            raise NotAllowed("An entry that is evidence stands on the line of the claim; others cannot see it.")
        return await _say(service, folded, Kind.CLAIM_EVIDENCE, items, request.officer, *(each.id for each in refers))

    return await _each(service, held, on, _line_of)


def _hash(digest: str) -> bytes:
    try:
        data = bytes.fromhex(digest)
    except ValueError:
        data = b""
    if len(data) != hashlib.sha256().digest_size:
        raise Misuse(f"{digest!r} is no SHA-256: it has 64 hexadecimal digits.")
    return data


async def tell(service: Speaker, request: asks.ClaimTell) -> Any:
    """State who else was told."""
    every = await _ours(service, request.claim, everywhere=True)
    held = every if request.everywhere else await _ours(service, request.claim, everywhere=False)

    async def on(folded: Folded[State]) -> Any:
        others = elsewhere(service.names, folded, every) if request.others else []
        item = _told((*request.names, *others), request.text)
        return await _say(service, folded, Kind.CLAIM_TOLD, (item,), request.officer)

    return await _each(service, held, on, _line_of)


def _told(names: tuple[str, ...], text: str) -> bytes:
    said = tuple(each.strip() for each in names)
    if not said or not all(said):
        raise Misuse("Say by name who else was told.")
    return wire.TOLD.item(Told(names=said, text=text.strip()))


async def withdraw(service: Speaker, request: asks.ClaimWithdraw) -> Any:
    """Withdraw a claim of ours."""
    held = await _ours(service, request.claim, everywhere=request.everywhere)

    async def on(folded: Folded[State]) -> Any:
        return await _withdraw(service, folded, request.text, request.officer)

    return await _each(service, held, on, _line_of)


async def _withdraw(service: Speaker, folded: Folded[State], text: str, officer: str, *instead: EntryId) -> Any:
    items = (wire.WITHDRAWN.item(Nothing()), WORDS.item(Words(text.strip())))
    return await _say(service, folded, Kind.CLAIM_WITHDRAWN, items, officer, *instead)


async def replace(service: Speaker, request: asks.ClaimReplace) -> Any:
    """Put another claim in the place of one of ours; answers to that one stay with it."""
    if not request.text.strip():
        raise Misuse("The claim is empty.")
    held = await _ours(service, request.claim, everywhere=request.everywhere)
    _check(service, [], request.reply_by, ())
    words = ClaimWords(request.text.strip(), secrets.token_bytes(ID_BYTES))

    async def on(folded: Folded[State]) -> Any:
        state, line = folded.state, _line_of(folded)
        if state.withdrawn is not None:
            raise NotAllowed("That claim was withdrawn before: put a new one.")
        parties = state.claim.parties
        level, traffic = state.precedence, state.traffic
        at, officer = request.reply_by, request.officer
        kept = await _open(service, line, words, parties, at, officer, level, traffic, (folded.head,))
        await _withdraw(service, folded, request.reason, officer, EntryId(bytes.fromhex(kept["id"])))
        return kept

    return {"claim": wire.digest_of(words).hex(), **await _each(service, held, on, _line_of)}


async def _ours(service: Speaker, text: str, *, everywhere: bool) -> list[Folded[State]]:
    """A claim of this post: on the line where the entry is, or on all. Raises NotAllowed for another's."""
    _, folded = await opened_by(service, text, CLAIM, "claim")
    if not service.names.is_own(folded.state.claimant):
        raise NotAllowed("That is a claim of another post: answer it.")
    if not everywhere:
        return [folded]
    return await service.post.reading(same, service.post.record, folded.state.opening)


def _line_of(folded: Folded[State]) -> LineId:
    return folded.state.opening.entry.header.line


async def _say(
    service: Speaker,
    folded: Folded[State],
    kind: Kind,
    items: tuple[bytes, ...],
    officer: str,
    *refers: EntryId,
) -> Any:
    return await say_in(service, folded, kind, items, officer, folded.head, *refers)


async def show(service: Speaker, request: asks.ClaimShow) -> Any:
    """A claim on every line that this post is on."""
    _, folded = await opened_by(service, request.claim, CLAIM, "claim")
    return await service.post.reading(_shown, service, folded.state.opening)


def _shown(service: Speaker, opening: Kept) -> Any:
    return claim_value(service.post, service.names, same(service.post.record, opening))


async def list_(service: Speaker, request: asks.ClaimList) -> Any:
    """The newest claims, each once."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} claims at a time.")
    line = service.names.line(request.line) if request.line else None
    return {"claims": await service.post.reading(_newest, service, line, request.most)}


def _newest(service: Speaker, line: LineId | None, most: int) -> list[Any]:
    """Claims by their newest openings; all openings of one are folded once."""
    groups: dict[tuple[PostId, TrafficClass, bytes], list[Kept]] = {}
    record = service.post.record
    for _, kept in record.openings(None, sorted(machine.OPENINGS), None, OPENINGS_MAX):
        with suppress(PeerError):
            groups.setdefault(machine.identity(kept), []).insert(0, kept)
    wanted = [each for each in groups.values() if line is None or any(kept.entry.header.line == line for kept in each)]
    folds = [
        [machine.fold(gather(record, kept.entry.header.line, kept.entry.id)) for kept in each] for each in wanted[:most]
    ]
    found = [[folded for folded in each if folded is not None] for each in folds]
    return [claim_value(service.post, service.names, each) for each in found if each]


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.ClaimPut: put,
    asks.ClaimAlso: also,
    asks.ClaimAnswer: answer,
    asks.ClaimEvidence: evidence,
    asks.ClaimTell: tell,
    asks.ClaimWithdraw: withdraw,
    asks.ClaimReplace: replace,
    asks.ClaimShow: show,
    asks.ClaimList: list_,
}
