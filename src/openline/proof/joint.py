"""Verifying the public page of a joint statement: that the text shown is the one that the parties approved.

There is no other copy of the text than the one that people read; its digest is what officers signed
(spec/joint-statement.md, What a verifier of a page checks).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec

from openline.errors import BadField, PeerError
from openline.identity.acts import check_act
from openline.identity.card import Card
from openline.proof import page as pages
from openline.proof.cards import Cards
from openline.proof.faults import Faults
from openline.proof.finding import Acts, Finding, Index
from openline.proof.page import Page
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.change import Holding
from openline.wire.entry import Entry, entry_to_be_signed
from openline.wire.full import decode_full
from openline.wire.joint_statement import Opening, Outcome, approval_of, closing_of, opening_of, version_digest
from openline.wire.kinds import Kind

Body = TypeVar("Body")


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """An officer who approved exactly these words, by the officer's clock."""

    post: PostId
    officer: int
    name: str
    holding: str
    at: Instant
    in_force: bool


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a page comes to. `signed` are the approvals that hold, `approved` the parties with enough of them."""

    id: EntryId
    version: bytes
    revision: int
    languages: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    drafter: PostId
    parties: tuple[PostId, ...]
    needed: int
    persons: int
    not_before: Instant
    released_at: Instant
    traffic: TrafficClass
    signed: tuple[Signer, ...]
    approved: tuple[PostId, ...]


def verify_page(data: bytes, known: Mapping[PostId, Card]) -> Finding:
    """What a page proves to somebody who trusts the cards in `known`. Whatever is wrong becomes a fault."""
    faults = Faults()
    nothing = Index(line=None, columns={})
    try:
        page = pages.read(data)
    except PeerError as error:
        faults.file(error.code, f"The file is damaged, changed, or no page of a joint statement: {error}")
        return Finding(faults=faults.all(), index=nothing)
    cards = Cards(known, faults)
    for each in page.proof.cards:
        cards.take(each)
    checked = _Checked(page, cards.used, faults)
    return Finding(
        line=None if checked.opening is None else checked.opening.header.line,
        owners=cards.owners(),
        faults=faults.all(),
        acts=checked.acts(),
        statement=checked.stated(),
        index=nothing,
    )


class _Checked:
    """A page that is gone through once, from the opening to the release."""

    def __init__(self, page: Page, cards: Mapping[PostId, Card], faults: Faults) -> None:
        self._page, self._cards, self._faults = page, cards, faults
        self._signers: list[Signer] = []
        self._acted: dict[tuple[PostId, int], int] = {}
        self.opening: Entry | None = None
        self._body: Opening | None = None
        self._release: Entry | None = None
        opened = self._entry(page.proof.opening, Kind.JOINT_STATEMENT, "What opened the statement", opening_of)
        if opened is None:
            return
        self.opening, (self._body, _) = opened
        self._digest = version_digest(self.opening.id, page.revision, page.languages, page.lines)
        self._check_parties(self._body)
        if self._body.languages != page.languages:
            faults.file("changed-text", "The languages shown are not the ones that were agreed.")
        if self.opening.header.traffic != page.traffic:
            faults.file("changed-text", "The traffic class shown is not the one that was signed.")
        if not page.lines:
            faults.file("bad-field", "The page shows no text.")
        self._check_approvals(self._body)
        self._check_release(self.opening, self._body)

    def _entry(self, data: bytes, kind: Kind, what: str, read: Callable[[Entry], Body]) -> tuple[Entry, Body] | None:
        """An entry in its place, with its body; None where that is not what it has to be, which is a fault."""
        try:
            entry = decode_full(data)
            opening = self.opening or entry
            _check_place(entry, kind, opening, first=opening is entry)
            body = read(entry)
        except PeerError as error:
            self._faults.add(error.code, f"{what} is not what it has to be: {error}")
            return None
        return (entry, body) if self._is_signed(entry, what) else None

    def _is_signed(self, entry: Entry, what: str) -> bool:
        """Whether its author and an officer of it signed it; if not, that is a fault."""
        header = entry.header
        card = self._cards.get(header.author)
        if card is None:
            self._faults.entry(
                "no-card", "is by a post whose card is not in the page", header.author, header.number, entry.id
            )
            return False
        key = card.verify_feed(entry.signature, entry_to_be_signed(entry.payload))
        why = None
        if key is None:
            why = "bad-signature", f"is not signed by its author: {what.lower()}"
        elif key.revocations is not None:
            why = (
                "key-revoked",
                "is signed under a key that its author has revoked since; a bundle tells what it is worth",
            )
        else:
            try:
                officer = check_act(header, card)
                self._acted[(card.post, officer.number)] = self._acted.get((card.post, officer.number), 0) + 1
            except PeerError as error:
                why = "bad-act", f"has an act that does not hold: {error}"
        if why is not None:
            self._faults.entry(*why, header.author, header.number, entry.id)
        return why is None

    def _check_parties(self, body: Opening) -> None:
        for post in sorted(set(body.parties) - set(self._cards)):
            self._faults.add("no-card", "A party of the statement has no card in the page.", feed=post)
        for post in sorted(set(self._cards) - set(body.parties)):
            self._faults.add("not-a-member", "A card in the page is that of no party.", feed=post)

    def _check_approvals(self, body: Opening) -> None:
        before: tuple[PostId, int] | None = None
        for at, data in enumerate(self._page.proof.approvals, 1):
            found = self._entry(data, Kind.JOINT_APPROVAL, f"Approval {at}", approval_of)
            if found is None:
                continue
            entry, (approval, _) = found
            header, act = entry.header, entry.header.act
            assert act is not None
            place = (header.author, act.officer)
            if approval.taken_back:
                self._fault("bad-field", "takes an approval back", entry)
            elif approval.digest != self._digest:
                self._fault("changed-text", "approves another text than the one that is shown", entry)
            elif header.author not in body.parties:
                self._fault("not-a-member", "is by no party", entry)
            elif before is not None and place <= before:
                self._fault("bad-order", "is out of its order, or there twice", entry)
            else:
                before = place
                self._signers.append(_signer(self._cards[header.author], act.officer, act.time))
        approved = self._approved(body)
        needed = body.needed or len(body.parties)
        if len(approved) < needed:
            said = f"{len(approved)} parties approved the text that is shown; {needed} are needed."
            self._faults.add("too-few-approvals", said)

    def _check_release(self, opening: Entry, body: Opening) -> None:
        found = self._entry(self._page.proof.release, Kind.JOINT_CLOSED, "The release", closing_of)
        if found is None:
            return
        entry, (closing, _) = found
        if entry.header.author != opening.header.author or closing.outcome != Outcome.RELEASED:
            self._fault("bad-field", "is no release by the drafter", entry)
        elif closing.digest != self._digest:
            self._fault("changed-text", "releases another text than the one that is shown", entry)
        elif entry.header.time < body.not_before:
            self._fault("too-early", "releases it before the time agreed", entry)
        else:
            self._release = entry

    def _fault(self, code: str, said: str, entry: Entry) -> None:
        self._faults.entry(code, said, entry.header.author, entry.header.number, entry.id)

    def _approved(self, body: Opening) -> tuple[PostId, ...]:
        persons = 1 if body.one_person else 2
        count = {post: sum(1 for each in self._signers if each.post == post) for post in body.parties}
        return tuple(post for post in body.parties if count[post] >= persons)

    def acts(self) -> tuple[Acts, ...]:
        """The officers whose acts hold."""
        found = []
        for (post, number), count in sorted(self._acted.items()):
            signer = _signer(self._cards[post], number, Instant(0))
            acts = Acts(
                post=post,
                officer=number,
                name=signer.name,
                holding=signer.holding,
                count=count,
                in_force=signer.in_force,
            )
            found.append(acts)
        return tuple(found)

    def stated(self) -> Stated | None:
        """What the page comes to; None where it cannot be told."""
        opening, body, release = self.opening, self._body, self._release
        if opening is None or body is None or release is None:
            return None
        return Stated(
            id=opening.id,
            version=self._digest,
            revision=self._page.revision,
            languages=self._page.languages,
            lines=self._page.lines,
            drafter=opening.header.author,
            parties=body.parties,
            needed=body.needed or len(body.parties),
            persons=1 if body.one_person else 2,
            not_before=body.not_before,
            released_at=release.header.time,
            traffic=TrafficClass(opening.header.traffic),
            signed=tuple(self._signers),
            approved=self._approved(body),
        )


def _check_place(entry: Entry, kind: Kind, opening: Entry, *, first: bool) -> None:
    """Raise BadField unless an entry is of its kind and of the statement, and shows item 0 alone."""
    header = entry.header
    if header.kind != kind or len(entry.items) != 2 or entry.items[0] is None or entry.items[1] is not None:
        raise BadField("It is of another kind, or shows more or less than its first item.")
    if header.line != opening.header.line or header.traffic != opening.header.traffic or header.act is None:
        raise BadField("It is of another line or class, or no officer signed it.")
    if header.exchange != (None if first else opening.id) or (not first and header.refers[:1] != (opening.id,)):
        raise BadField("It does not belong to the statement.")


def _signer(card: Card, number: int, at: Instant) -> Signer:
    officer = card.officer(number)
    assert officer is not None
    holding = "post" if officer.holding is Holding.POST else "device"
    return Signer(post=card.post, officer=number, name=officer.name, holding=holding, at=at, in_force=officer.in_force)
