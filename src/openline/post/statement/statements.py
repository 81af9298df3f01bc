"""Joint statements: what people ask for becomes entries. What has no place is refused by the machine itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.engine.conversing import gather
from openline.engine.machines import JOINT_STATEMENT
from openline.errors import Misuse, NotAllowed
from openline.exchanges import joint_statement as machine
from openline.exchanges.joint_statement import State
from openline.feeds.folding import Folded
from openline.feeds.record import Record
from openline.limits import INBOX_MAX_ENTRIES, OPENINGS_MAX
from openline.post.names import ID_DIGITS_MIN, traffic_class
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.post.statement import pages as statement_pages
from openline.post.statement import requests as asks
from openline.post.statement import values as values
from openline.post.talk import talks
from openline.terms import EntryId, Instant, LineId, PostId
from openline.wire import joint_statement as wire
from openline.wire.contact import WORDS, Words
from openline.wire.joint_statement import (
    Approval,
    Change,
    Closing,
    LineChange,
    Opening,
    Outcome,
    Stance,
    Text,
    Verdict,
)
from openline.wire.kinds import Kind

WHAT: Final = "joint statement"


async def draft(service: Speaker, request: asks.StatementDraft) -> Any:
    """Open a statement; this post drafts it."""
    line = service.names.line(request.line)
    if not request.about.strip():
        raise Misuse("Say what the statement is about.")
    opening = Opening(
        parties=_parties(service, line, request.parties),
        languages=request.languages,
        needed=request.needed,
        not_before=Instant(request.not_before),
        one_person=request.one_person,
    )
    if opening.needed == len(opening.parties):
        raise Misuse("All have to approve unless fewer are named: leave --needed out.")
    return await service.say(
        line,
        Kind.JOINT_STATEMENT,
        (wire.OPENING.item(opening), WORDS.item(Words(request.about.strip()))),
        officer=request.officer,
        precedence=talks.PRECEDENCE,
        traffic=traffic_class(request.traffic),
        refers=tuple(service.names.entry(each).entry.id for each in request.refers),
    )


def _parties(service: Speaker, line: LineId, names: tuple[str, ...]) -> tuple[PostId, ...]:
    """This post and those named, in order of id; without a name, all active members of the line."""
    held = service.names.machine_line(line)
    if held is None:
        raise NotAllowed("This line does not run yet; it has to be accepted first.")
    named = {service.names.member(each) for each in names} | {service.post.keyring.card.post}
    strangers = named - set(held.active)
    if strangers:
        raise Misuse(f"{service.names.post(min(strangers))} is no member of this line.")
    return tuple(sorted(named if names else held.active))


async def line(service: Speaker, request: asks.StatementLine) -> Any:
    """Add a line, or propose one."""
    folded = await _statement(service, request.statement)
    if request.first and request.after:
        raise Misuse("Say one of both: first, or after a line.")
    after = (folded.head,) if request.first else ()
    if request.after:
        after = (_line(service, folded.state, request.after),)
    return await _change(service, folded, Change.ADD, request, request.texts, *after)


async def amend(service: Speaker, request: asks.StatementAmend) -> Any:
    """Change a line, or strike it; or propose that."""
    folded = await _statement(service, request.line)
    held = _line(service, folded.state, request.line)
    change = Change.AMEND if request.texts else Change.STRIKE
    return await _change(service, folded, change, request, request.texts, held)


def _line(service: Speaker, state: State, text: str) -> EntryId:
    """A line by the entry that added it. Raises Misuse."""
    entry = service.names.entry(text).entry.id
    if state.line(entry) is None:
        raise Misuse(f"{text} is no line of the statement: 'openline statement show' gives the ids of its lines.")
    return entry


async def _change(
    service: Speaker,
    folded: Folded[State],
    change: Change,
    request: asks.StatementLine | asks.StatementAmend,
    texts: tuple[tuple[str, str], ...],
    *refers: EntryId,
) -> Any:
    body = LineChange(change, folded.state.revision, tuple(Text(language, text.strip()) for language, text in texts))
    items = (wire.CHANGE.item(body), WORDS.item(Words(request.text.strip())))
    return await say_in(service, folded, Kind.JOINT_CHANGE, items, request.officer, folded.head, *refers)


async def word(service: Speaker, request: asks.StatementWord) -> Any:
    """Accept or reject a proposed change."""
    kept, folded = await talks.opened_by(service, request.change, JOINT_STATEMENT, WHAT)
    body = Verdict(Stance.ACCEPTS if request.accept else Stance.REJECTS)
    items = (wire.VERDICT.item(body), WORDS.item(Words(request.text.strip())))
    return await say_in(service, folded, Kind.JOINT_WORD, items, request.officer, folded.head, kept.entry.id)


async def approve(service: Speaker, request: asks.StatementApprove) -> Any:
    """Approve the version that was read."""
    folded = await _statement(service, request.statement)
    digest = _read(folded.state, request.version)
    held = service.names.machine_line(folded.entries[0].entry.header.line)
    why = None if held is None else machine.barred(folded.state, held.rules)
    if why is not None:
        raise NotAllowed("The rules of the line ask for two persons, and this statement was opened for one.")
    items = (wire.APPROVAL.item(Approval(digest)), WORDS.item(Words()))
    return await say_in(service, folded, Kind.JOINT_APPROVAL, items, request.officer)


async def revoke(service: Speaker, request: asks.StatementRevoke) -> Any:
    """Take our approval back."""
    folded = await _statement(service, request.statement)
    items = (
        wire.APPROVAL.item(Approval(folded.state.digest(), taken_back=True)),
        WORDS.item(Words(request.text.strip())),
    )
    return await say_in(service, folded, Kind.JOINT_APPROVAL, items, request.officer)


async def release(service: Speaker, request: asks.StatementRelease) -> Any:
    """Release the version that was read."""
    folded = await _statement(service, request.statement)
    closing = Closing(Outcome.RELEASED, _read(folded.state, request.version))
    items = (wire.CLOSING.item(closing), WORDS.item(Words()))
    return await say_in(service, folded, Kind.JOINT_CLOSED, items, request.officer)


async def withdraw(service: Speaker, request: asks.StatementWithdraw) -> Any:
    """End it without a release."""
    if not request.text.strip():
        raise Misuse("Say why the statement is withdrawn.")
    folded = await _statement(service, request.statement)
    items = (wire.CLOSING.item(Closing(Outcome.WITHDRAWN)), WORDS.item(Words(request.text.strip())))
    return await say_in(service, folded, Kind.JOINT_CLOSED, items, request.officer)


def _read(state: State, version: str) -> bytes:
    """The digest of the text as it stands, if it is the version that was read. Raises Misuse or NotAllowed."""
    digest = state.digest()
    if len(version) < ID_DIGITS_MIN:
        raise Misuse("Say which version was read: the digits that `openline statement show` gives.")
    if not digest.hex().startswith(version.lower()):
        raise NotAllowed("The text has changed since that version: read it again, and approve what it says now.")
    return digest


async def _statement(service: Speaker, text: str) -> Folded[State]:
    _, folded = await talks.opened_by(service, text, JOINT_STATEMENT, WHAT)
    return folded


async def show(service: Speaker, request: asks.StatementShow) -> Any:
    """A statement."""
    folded = await _statement(service, request.statement)
    return values.statement_value(service.names, service.post.keyring.card.post, folded)


async def page(service: Speaker, request: asks.StatementPage) -> Any:
    """Write the public page of a released statement."""
    folded = await _statement(service, request.statement)
    return await service.post.reading(statement_pages.write_page, service.names, folded, request.file)


async def list_(service: Speaker, request: asks.StatementList) -> Any:
    """Statements, the newest first; open ones among the OPENINGS_MAX newest."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} statements at a time.")
    on = service.names.line(request.line) if request.line else None
    look = OPENINGS_MAX if request.open else request.most
    found = await service.post.reading(_newest, service.post.record, on, look)
    wanted = [each for each in found if each.state.closed is None or not request.open][: request.most]
    return {"statements": [values.head_value(service.names, each) for each in wanted]}


def _newest(record: Record, on: LineId | None, most: int) -> list[Folded[State]]:
    openings = [kept for _, kept in record.openings(on, [Kind.JOINT_STATEMENT], None, most)]
    folds = [machine.fold(gather(record, each.entry.header.line, each.entry.id)) for each in openings]
    return [each for each in folds if each is not None]


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.StatementDraft: draft,
    asks.StatementLine: line,
    asks.StatementAmend: amend,
    asks.StatementWord: word,
    asks.StatementApprove: approve,
    asks.StatementRevoke: revoke,
    asks.StatementRelease: release,
    asks.StatementWithdraw: withdraw,
    asks.StatementShow: show,
    asks.StatementList: list_,
    asks.StatementPage: page,
}
