"""Accounts, as people file and mark them: kept in the home, held against the record when they are looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import msgspec

from openline.accounts.assertion import Mark, check
from openline.accounts.facts import Picture
from openline.accounts.holding import hold
from openline.accounts.matrix import Held, conflicts, rows
from openline.accounts.names import Party
from openline.accounts.proposing import Proposal, propose
from openline.engine.machines import COMMITMENT, CONTACT, DISCLOSURE, MINUTE, OF_KIND, READOUT
from openline.errors import Misuse, TooLarge, UnknownName
from openline.limits import (
    ACCOUNT_FILE_MAX_BYTES,
    ACCOUNT_MARKS_MAX,
    ACCOUNT_PARTIES_MAX,
    ACCOUNT_TEXT_MAX_BYTES,
    ACCOUNTS_MAX,
    NAME_MAX_BYTES,
)
from openline.post.loop import now
from openline.post.source import requests as asks
from openline.post.source.facts import picture
from openline.post.source.parties import Roll
from openline.post.source.store import Account, Sources, account_id
from openline.post.source.values import (
    account_value,
    assertion_of,
    conflict_value,
    mark_value,
    proposal_value,
    row_value,
)
from openline.post.speaker import Answerer, Speaker
from openline.post.talk import talks

FORMAT: Final = 1
_CONTACTS: Final = (CONTACT, MINUTE, COMMITMENT, DISCLOSURE, READOUT)


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An account as it is shown to others."""

    openline_account: int
    publisher: str
    published: date
    language: str
    about: str
    text: str
    digest: str
    marks: tuple[Mark, ...]


async def add(service: Speaker, request: asks.AccountAdd) -> Any:
    """File a text."""
    data = _bytes(request.text)
    publisher, published = _name(request.publisher, "publisher"), _day(request.published)
    about = await _about(service, request.about)
    digest = hashlib.sha256(data).digest()
    account = Account(
        id=account_id(publisher, published, digest, ""),
        publisher=publisher,
        published=published,
        digest=digest,
        characters=len(request.text),
        language=_name(request.language, "language"),
        about=about,
        officer=_officer(service, request.officer),
        at=now(),
    )
    new = Sources(service.post).add(account, data)
    return {"id": account.id.hex(), "digest": digest.hex(), "already": not new}


def _bytes(text: str) -> bytes:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise Misuse("The account is not text in UTF-8.") from None
    if not text.strip():
        raise Misuse("The account is empty.")
    if len(data) > ACCOUNT_TEXT_MAX_BYTES:
        raise TooLarge(f"An account has at most {ACCOUNT_TEXT_MAX_BYTES} bytes; this one has {len(data)}.")
    return data


def _name(text: str, what: str) -> str:
    held = text.strip()
    if not held or len(held.encode(errors="replace")) > 2 * NAME_MAX_BYTES or not held.isprintable():
        raise Misuse(f"{text!r} is no {what}: 1 to {2 * NAME_MAX_BYTES} bytes that can all be seen.")
    return held


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Misuse(f"{text!r} is no day: write when it was published as 2024-12-05.") from None


def _officer(service: Speaker, name: str) -> str:
    return service.names.signer(service.post.keyring.card.post, service.names.officer(name)) or ""


async def _about(service: Speaker, text: str) -> str:
    """What an account is about: the opening of the exchange of an entry, of a contact for what follows it."""
    if not text:
        return ""
    header = (kept := service.names.entry(text)).entry.header
    if OF_KIND.get(header.kind) in _CONTACTS:
        _, folded = await talks.contact_of(service, text)
        return folded.head.hex()
    return (header.exchange or kept.entry.id).hex()


async def about(service: Speaker, request: asks.AccountAbout) -> Any:
    """Say what an account is about."""
    sources = Sources(service.post)
    account = sources.find(request.account)
    changed = msgspec.structs.replace(account, about=await _about(service, request.about))
    sources.change(changed)
    return account_value(changed)


async def remove(service: Speaker, request: asks.AccountRemove) -> Any:
    """Forget an account."""
    sources = Sources(service.post)
    account = sources.find(request.account)
    sources.remove(account)
    return account_value(account)


async def list_(service: Speaker, request: asks.AccountList) -> Any:
    """All accounts."""
    return {"accounts": [account_value(each) for each in await service.post.reading(Sources(service.post).all)]}


async def show(service: Speaker, request: asks.AccountShow) -> Any:
    """An account, its text and its marks, each with what it comes to."""
    account = Sources(service.post).find(request.account)
    return await service.post.reading(_shown, service, account)


def _shown(service: Speaker, account: Account) -> Any:
    text = Sources(service.post).text(account)
    marks = [mark_value(each.number, each.mark, text, each.verdict) for each in _held(service, account, {})]
    return {**account_value(account), "text": text, "marks": marks}


def _held(service: Speaker, account: Account, pictures: dict[str, Picture]) -> list[Held]:
    """Each mark with its verdict; `pictures` remembers those that were made."""
    found = []
    for number, mark in Sources(service.post).marks(account).items():
        subject = mark.assertion.about or account.about
        if subject not in pictures:
            pictures[subject] = _picture(service, subject)
        verdict = hold(mark.assertion, pictures[subject], account.published, mark.officer)
        found.append(Held(account.id.hex(), number, mark, verdict, pictures[subject]))
    return found


def _picture(service: Speaker, subject: str) -> Picture:
    """What the record says of an entry; nothing where it is not kept here."""
    if not subject:
        return Picture()
    try:
        kept = service.names.entry(subject)
    except UnknownName:
        return Picture()
    return picture(service.names, service.post.record, kept)


async def proposals(service: Speaker, request: asks.AccountPropose) -> Any:
    """What the program proposes, but for what was rejected or is marked already."""
    if bool(request.account) == bool(request.text):
        raise Misuse("Name an account, or give a text with the day on which it was published.")
    if request.text:
        _bytes(request.text)
        published = _day(request.published)
        made = await service.post.reading(_proposed, service, request.text, published)
        return {"published": published.isoformat(), "proposals": [proposal_value(each, request.text) for each in made]}
    account = Sources(service.post).find(request.account)
    text, made = await service.post.reading(_open, service, account)
    return {**account_value(account), "proposals": [proposal_value(each, text) for each in made]}


def _proposed(service: Speaker, text: str, published: date) -> list[Proposal]:
    return propose(text, published, parties(service))


def _open(service: Speaker, account: Account) -> tuple[str, list[Proposal]]:
    sources = Sources(service.post)
    text, settled = sources.text(account), sources.rejected(account)
    settled |= {each.proposal for each in sources.marks(account).values()}
    return text, [each for each in _proposed(service, text, account.published) if each.id not in settled]


def parties(service: Speaker) -> list[Party]:
    """Everybody whom the rosters of all lines know, and every post; at most ACCOUNT_PARTIES_MAX."""
    found: dict[Party, None] = {}
    for _, line in sorted(service.names.lines().items()):
        held = service.names.machine_line(line)
        for post in () if held is None else held.terms.active():
            found[Party(service.names.post(post))] = None
        for holder in Roll(service.names, service.post.record, line).holders():
            found[holder.party] = None
    return list(found)[:ACCOUNT_PARTIES_MAX]


async def mark(service: Speaker, request: asks.AccountMark) -> Any:
    """Mark words."""
    sources = Sources(service.post)
    account = sources.find(request.account)
    text, start = sources.text(account), -1
    for _ in range(max(1, min(request.nth, len(text)))):
        start = text.find(request.words, start + 1)
        if start < 0 or not request.words:
            raise Misuse("These words do not stand in the account, or not so often; write them exactly as it does.")
    assertion = assertion_of(service.names, request)
    return await _marked(
        service, account, request, Mark(start=start, end=start + len(request.words), assertion=assertion)
    )


async def _marked(service: Speaker, account: Account, request: asks.Asserted, made: Mark) -> Any:
    """Keep a mark under the officer's name, and show what it comes to."""
    subject = await _about(service, request.about)
    assertion = msgspec.structs.replace(made.assertion, about=subject or made.assertion.about)
    whole = msgspec.structs.replace(made, assertion=assertion, officer=_officer(service, request.officer))
    sources = Sources(service.post)
    number = sources.mark(account, whole)
    shown = await service.post.reading(_shown, service, account)
    return {"account": account.id.hex(), **next(each for each in shown["marks"] if each["mark"] == number)}


async def accept(service: Speaker, request: asks.AccountAccept) -> Any:
    """Make a mark of a proposal."""
    account = Sources(service.post).find(request.account)
    _, made = await service.post.reading(_open, service, account)
    proposal = _one(made, request.proposal)
    assertion = assertion_of(service.names, request, proposal.assertion)
    whole = Mark(start=proposal.start, end=proposal.end, assertion=assertion, proposal=proposal.id)
    return await _marked(service, account, request, whole)


async def reject(service: Speaker, request: asks.AccountReject) -> Any:
    """Do not propose it again."""
    account = Sources(service.post).find(request.account)
    _, made = await service.post.reading(_open, service, account)
    proposal = _one(made, request.proposal)
    Sources(service.post).reject(account, proposal.id)
    return {"id": account.id.hex(), "rejected": proposal.id}


def _one(made: list[Proposal], text: str) -> Proposal:
    found = next((each for each in made if each.id == text.lower()), None)
    if found is None:
        raise UnknownName(f"No proposal {text!r} stands open in that account; look at 'account propose'.")
    return found


async def unmark(service: Speaker, request: asks.AccountUnmark) -> Any:
    """Take a mark away."""
    sources = Sources(service.post)
    account = sources.find(request.account)
    sources.unmark(account, request.mark)
    return {"id": account.id.hex(), "unmarked": request.mark}


async def matrix(service: Speaker, request: asks.AccountMatrix) -> Any:
    """Accounts side by side, and where they exclude each other."""
    sources = Sources(service.post)
    subject = await _about(service, request.about)
    chosen = [sources.find(each) for each in request.accounts[:ACCOUNTS_MAX]] or sources.all()
    return await service.post.reading(_matrix, service, chosen, subject)


def _matrix(service: Speaker, chosen: list[Account], subject: str) -> Any:
    pictures: dict[str, Picture] = {}
    held = [each for account in chosen for each in _held(service, account, pictures)]
    held = [each for each in held if not subject or each.picture.about == subject]
    names = {each.account for each in held}
    return {
        "about": subject or None,
        "accounts": [account_value(each) for each in chosen if each.id.hex() in names],
        "rows": [row_value(each) for each in rows(held)],
        "conflicts": [conflict_value(each) for each in conflicts(held)],
    }


async def export(service: Speaker, request: asks.AccountExport) -> Any:
    """An account and its marks in one text."""
    sources = Sources(service.post)
    account = sources.find(request.account)
    file = File(
        openline_account=FORMAT,
        publisher=account.publisher,
        published=account.published,
        language=account.language,
        about=account.about,
        text=sources.text(account),
        digest=account.digest.hex(),
        marks=tuple(sources.marks(account).values()),
    )
    data = msgspec.json.format(msgspec.json.encode(file), indent=1)
    if len(data) > ACCOUNT_FILE_MAX_BYTES:
        raise TooLarge(f"The file would have {len(data)} bytes; it may have {ACCOUNT_FILE_MAX_BYTES}.")
    return {"id": account.id.hex(), "text": data.decode()}


async def import_(service: Speaker, request: asks.AccountImport) -> Any:
    """Take in an account that others marked."""
    file = read_file(request.text)
    source, digest = _name(request.source, "name of a source"), bytes.fromhex(file.digest)
    publisher = _name(file.publisher, "publisher")
    account = Account(
        id=account_id(publisher, file.published, digest, source),
        publisher=publisher,
        published=file.published,
        digest=digest,
        characters=len(file.text),
        language=_name(file.language, "language"),
        about=file.about,
        officer=_officer(service, request.officer),
        at=now(),
        source=source,
    )
    marks = tuple(
        msgspec.structs.replace(each, officer=f"{each.officer or 'somebody'} of {source}") for each in file.marks
    )
    new = Sources(service.post).add(account, file.text.encode(), marks)
    return {"id": account.id.hex(), "digest": file.digest, "marks": len(file.marks), "already": not new}


def read_file(text: str) -> File:
    """A file that `export` wrote. Raises Misuse or TooLarge, which say what is wrong with it."""
    if len(text) > ACCOUNT_FILE_MAX_BYTES:
        raise TooLarge(f"Such a file has at most {ACCOUNT_FILE_MAX_BYTES} bytes.")
    try:
        file = msgspec.json.decode(text.encode(), type=File)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Misuse(f"This is no account as 'account export' writes it: {error}.") from None
    if file.openline_account != FORMAT:
        raise Misuse(f"The file has format {file.openline_account}; this program knows format {FORMAT}.")
    if hashlib.sha256(_bytes(file.text)).hexdigest() != file.digest:
        raise Misuse("The text in the file is not the one that its digest names: ask for the file again.")
    if len(file.marks) > ACCOUNT_MARKS_MAX:
        raise TooLarge(f"An account has at most {ACCOUNT_MARKS_MAX} marks.")
    for each in (file.about, *(one for mark in file.marks for one in (mark.assertion.about, mark.assertion.entry))):
        if each and (len(each) != 64 or not set(each) <= set("0123456789abcdef")):
            raise Misuse("Something in the file that should be the id of an entry is none.")
    for mark in file.marks:
        if not 0 <= mark.start < mark.end <= len(file.text):
            raise Misuse("A mark in the file is on no words of its text.")
        _name(mark.officer or "nobody", "officer")
        if mark.proposal:
            _name(mark.proposal, "proposal")
        check(mark.assertion)
    return file


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.AccountAdd: add,
    asks.AccountAbout: about,
    asks.AccountRemove: remove,
    asks.AccountList: list_,
    asks.AccountShow: show,
    asks.AccountPropose: proposals,
    asks.AccountMark: mark,
    asks.AccountAccept: accept,
    asks.AccountReject: reject,
    asks.AccountUnmark: unmark,
    asks.AccountMatrix: matrix,
    asks.AccountExport: export,
    asks.AccountImport: import_,
}
