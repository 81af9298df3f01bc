"""Minutes and commitments, as people ask for them and as JSON holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.engine.conversing import gather
from openline.engine.machines import COMMITMENT, MINUTE
from openline.errors import Misuse, NotAllowed, NotReady
from openline.exchanges import commitment as commitments
from openline.exchanges.minute import Point, Signed, State
from openline.feeds.folding import Folded
from openline.feeds.record import Record
from openline.limits import INBOX_MAX_ENTRIES, OPENINGS_MAX
from openline.post.call.calls import option
from openline.post.names import ID_DIGITS_MIN, Names
from openline.post.queries import entry_value
from openline.post.speaker import Answerer, Speaker
from openline.post.talk import minute_requests as asks
from openline.post.talk import talks
from openline.proof.sentences import utc
from openline.terms import Instant, LineId
from openline.wire import minute as wire
from openline.wire.contact import WORDS, Words
from openline.wire.kinds import Kind
from openline.wire.minute import Commitment, Nothing, Parties, Progress, Report, Signing, Stance, Word


async def draft(service: Speaker, request: asks.MinuteDraft) -> Any:
    """Draft or revise a point; the first point opens the minute."""
    items = (wire.POINT.item(Nothing()), WORDS.item(Words(request.text.strip())))
    if not request.text.strip():
        raise Misuse("The point is empty.")
    if request.point:
        point, folded = await talks.opened_by(service, request.point, MINUTE, "minute")
        refers = (folded.head, point.entry.id)
        return await talks.add(service, folded, Kind.MINUTE_POINT, items, request.officer, *refers)
    line, contact = await talks.contact_of(service, request.contact)
    parties = talks.took_part(contact.state)
    held = (await talks.find(service, line, MINUTE, contact.state)).of(parties)
    if held is None:
        if service.post.keyring.card.post not in parties:
            raise NotAllowed("This post took no part in that contact.")
        opening = (wire.PARTIES.item(Parties(parties)),)
        await talks.begin(service, line, contact, Kind.MINUTE, opening, request.officer)
        held = (await talks.find(service, line, MINUTE, contact.state)).of(parties)
    if held is None:
        raise NotReady("The minute was opened, and cannot be read yet: try again.")
    return await talks.add(service, held, Kind.MINUTE_POINT, items, request.officer, held.head)


async def word(service: Speaker, request: asks.MinuteWord) -> Any:
    """Agree to a point, or say our own version."""
    point, folded = await talks.opened_by(service, request.point, MINUTE, "minute")
    stance = Stance.SAYS if request.text.strip() else Stance.AGREED
    items = (wire.WORD.item(Word(stance)), WORDS.item(Words(request.text.strip())))
    return await talks.add(service, folded, Kind.MINUTE_WORD, items, request.officer, folded.head, point.entry.id)


async def sign(service: Speaker, request: asks.MinuteSign) -> Any:
    """Sign the minute as it was read, or refuse to."""
    line, contact = await talks.contact_of(service, request.contact)
    found = await talks.find(service, line, MINUTE, contact.state)
    held = found.of(talks.took_part(contact.state)) or found.by(service.post.keyring.card.post)
    if held is None or not held.state.points:
        raise NotAllowed("There is no minute of that contact yet: draft a point first.")
    digest: bytes = held.state.digest()
    if request.refuse:
        if not request.text.strip():
            raise Misuse("Say why the minute is not signed.")
    elif len(request.version) < ID_DIGITS_MIN:
        raise Misuse("Say which version was read: the digits that `openline call minute show` gives.")
    elif not digest.hex().startswith(request.version.lower()):
        raise NotAllowed("The minute has changed since that version: read it again, and sign what it says now.")
    items = (wire.SIGNING.item(Signing(digest, request.refuse)), WORDS.item(Words(request.text.strip())))
    return await talks.add(service, held, Kind.MINUTE_SIGNED, items, request.officer, held.head)


async def show(service: Speaker, request: asks.MinuteShow) -> Any:
    """The minute of a contact."""
    line, contact = await talks.contact_of(service, request.contact)
    found = await talks.find(service, line, MINUTE, contact.state)
    minutes = [minute_value(service.names, line, each) for each in found.own]
    return {"contact": contact.head.hex(), "minutes": minutes, "ignored": found.ignored()}


def minute_value(names: Names, line: LineId, folded: Folded[State]) -> dict[str, Any]:
    """A minute with its points and signatures."""
    state = folded.state
    return {
        "id": folded.head.hex(),
        "line": names.line_name(line),
        "parties": [names.post(each) for each in state.parties],
        "complete": state.complete,
        "digest": state.digest().hex(),
        "points": [_point_value(names, state, each) for each in state.points],
        "signatures": [_signed_value(names, state, each) for each in state.signed],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _point_value(names: Names, state: State, point: Point) -> dict[str, Any]:
    return {
        **entry_value(names, point.kept),
        "drafts": [each.hex() for each in point.drafts],
        "text": None if point.words is None else point.words.text,
        "status": state.status(point),
        "words": [
            {
                "by": names.post(party),
                "officer": names.acted(said.kept.entry),
                "stance": said.stance.name.lower(),
                "text": None if said.words is None else said.words.text,
                "proof": said.kept.entry.id.hex(),
            }
            for party in state.parties
            if (said := point.by(party)) is not None
        ],
    }


def _signed_value(names: Names, state: State, signed: Signed) -> dict[str, Any]:
    author = signed.kept.entry.header.author
    return {
        **entry_value(names, signed.kept),
        "refused": signed.refused,
        "reason": None if signed.words is None else signed.words.text,
        "stands": state.word(author) is signed,
        "of_this_version": signed.digest == state.digest(),
    }


async def make(service: Speaker, request: asks.CommitMake) -> Any:
    """Record a commitment."""
    line, contact = await talks.contact_of(service, request.contact)
    owner = service.names.member(request.owner) if request.owner else service.post.keyring.card.post
    if not request.text.strip():
        raise Misuse("Say what was committed to.")
    body = Commitment(owner, Instant(request.due), talks.took_part(contact.state))
    if service.post.keyring.card.post not in body.parties:
        raise NotAllowed("This post took no part in that contact.")
    if owner not in body.parties:
        raise Misuse("The owner of a commitment is a party of the contact.")
    items = (wire.COMMITMENT.item(body), WORDS.item(Words(request.text.strip())))
    return await talks.begin(service, line, contact, Kind.COMMITMENT, items, request.officer)


async def report(service: Speaker, request: asks.CommitWord) -> Any:
    """A word on a commitment."""
    _, folded = await talks.opened_by(service, request.commitment, COMMITMENT, "commitment")
    items = (wire.REPORT.item(Report(option(Progress, request.word))), WORDS.item(Words(request.text.strip())))
    return await talks.add(service, folded, Kind.COMMITMENT_WORD, items, request.officer, folded.head)


async def list_(service: Speaker, request: asks.CommitList) -> Any:
    """Commitments, the newest first; open ones among the OPENINGS_MAX newest."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} commitments at a time.")
    line = service.names.line(request.line) if request.line else None
    look = OPENINGS_MAX if request.open else request.most
    found = await service.post.reading(_newest, service.post.record, line, look)
    wanted = [each for each in found if each.state.open or not request.open][: request.most]
    return {"commitments": [commitment_value(service.names, each) for each in wanted]}


def _newest(record: Record, line: LineId | None, most: int) -> list[Folded[commitments.State]]:
    openings = [kept for _, kept in record.openings(line, [Kind.COMMITMENT], None, most)]
    folds = [commitments.fold(gather(record, each.entry.header.line, each.entry.id)) for each in openings]
    return [each for each in folds if each is not None]


def commitment_value(names: Names, folded: Folded[commitments.State]) -> dict[str, Any]:
    """A commitment with the words on it."""
    state = folded.state
    return {
        **entry_value(names, folded.entries[0]),
        "contact": state.contact.hex(),
        "parties": [names.post(each) for each in state.parties],
        "owner": names.post(state.commitment.owner),
        "due": utc(state.commitment.due),
        "text": None if state.words is None else state.words.text,
        "status": state.status,
        "open": state.open,
        "words": [
            {
                **entry_value(names, each.kept),
                "word": each.progress.name.lower(),
                "text": None if each.words is None else each.words.text,
            }
            for each in state.reports
        ],
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.MinuteDraft: draft,
    asks.MinuteWord: word,
    asks.MinuteSign: sign,
    asks.MinuteShow: show,
    asks.CommitMake: make,
    asks.CommitWord: report,
    asks.CommitList: list_,
}
