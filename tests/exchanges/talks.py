"""Made-up minutes, commitments and disclosures of one contact, as a record would give them."""

from __future__ import annotations

from typing import Any

from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId
from openline.wire import disclosure as on_disclosure
from openline.wire import minute as wire
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import Event, Item, Proposal
from openline.wire.kinds import Kind
from openline.wire.minute import Commitment, Nothing, Parties, Progress, Report, Signing, Stance, Word
from openline.wire.rules import Disclosure
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept

CONTACT = EntryId(b"c" * 32)
BOTH = (ALPHA, BRAVO)
NAMES = {ALPHA: "Alpha", BRAVO: "Bravo", CHARLIE: "Charlie"}


def name_of(post: PostId) -> str:
    """What the tests call a post."""
    return NAMES[post]


def opening(author: PostId, number: int, kind: Kind, *items: bytes, contact: EntryId = CONTACT, **fields: Any) -> Kept:
    """An entry that opens an exchange about a contact."""
    return kept(author, number, kind, *items, **{"act": ACT, "refers": (contact,), **fields})


def within(
    author: PostId, number: int, kind: Kind, to: Kept, *items: bytes, names: tuple[Kept, ...] = (), **more: Any
) -> Kept:
    """An entry in the exchange that `to` opened; its author had `to` and what it names."""
    seen = {post: at for each in (to, *names) for post, at in [(each.entry.header.author, each.entry.header.number)]}
    given = {
        "act": ACT,
        "exchange": to.entry.id,
        "refers": (to.entry.id, *(each.entry.id for each in names)),
        "knew": {post: at for post, at in seen.items() if post != author},
        **more,
    }
    return kept(author, number, kind, *items, **given)


def said(text: str) -> bytes:
    """The item that holds words."""
    return WORDS.item(Words(text))


def minute(author: PostId = ALPHA, number: int = 1, *, parties: tuple[PostId, ...] = BOTH, **fields: Any) -> Kept:
    """A minute is opened."""
    return opening(author, number, Kind.MINUTE, wire.PARTIES.item(Parties(parties)), **fields)


def point(
    author: PostId, number: int, to: Kept, text: str = "The line stays open.", *revises: Kept, **fields: Any
) -> Kept:
    """A point, or a new draft of one."""
    items = (wire.POINT.item(Nothing()), said(text))
    return within(author, number, Kind.MINUTE_POINT, to, *items, names=revises, **fields)


def word(author: PostId, number: int, to: Kept, on: Kept, text: str = "", **fields: Any) -> Kept:
    """A word on a point: agreed, or with a text one's own version."""
    items = (wire.WORD.item(Word(Stance.SAYS if text else Stance.AGREED)), said(text))
    return within(author, number, Kind.MINUTE_WORD, to, *items, names=(on,), **fields)


def signed(author: PostId, number: int, to: Kept, digest: bytes, reason: str = "", **fields: Any) -> Kept:
    """A signature on that digest, or with a reason its refusal."""
    items = (wire.SIGNING.item(Signing(digest, bool(reason))), said(reason))
    return within(author, number, Kind.MINUTE_SIGNED, to, *items, **fields)


def commitment(
    author: PostId = ALPHA,
    number: int = 1,
    *,
    owner: PostId = ALPHA,
    due: int = 10_000_000,
    parties: tuple[PostId, ...] = BOTH,
    **fields: Any,
) -> Kept:
    """A commitment."""
    body = wire.COMMITMENT.item(Commitment(owner, Instant(due), parties))
    return opening(author, number, Kind.COMMITMENT, body, said("Send the area."), **fields)


def report(author: PostId, number: int, to: Kept, progress: Progress, **fields: Any) -> Kept:
    """A word on a commitment."""
    return within(author, number, Kind.COMMITMENT_WORD, to, wire.REPORT.item(Report(progress)), said(""), **fields)


def proposal(
    author: PostId,
    number: int,
    level: Disclosure = Disclosure.CONFIRM_IF_ASKED,
    *items: Item,
    since: int = 0,
    parties: tuple[PostId, ...] = BOTH,
    text: str = "",
    **fields: Any,
) -> Kept:
    """Terms of disclosure proposed."""
    body = Proposal(parties, (Item(level=level, since=Instant(since)), *items))
    return opening(author, number, Kind.DISCLOSURE, on_disclosure.PROPOSAL.item(body), said(text), **fields)


def agreement(author: PostId, number: int, to: Kept, **fields: Any) -> Kept:
    """Agreed to a proposal."""
    return within(author, number, Kind.DISCLOSURE_AGREED, to, **fields)


def disclosed(
    author: PostId,
    number: int,
    happened: int,
    *,
    by: PostId | None = BRAVO,
    parties: tuple[PostId, ...] = BOTH,
    about: EntryId = on_disclosure.NO_ENTRY,
    asked: bool = False,
    confirmed_only: bool = False,
    agreed_text: bool = False,
    **fields: Any,
) -> Kept:
    """Something became public."""
    body = Event(
        parties=parties,
        at=Instant(happened),
        by=by,
        about=about,
        asked=asked,
        confirmed_only=confirmed_only,
        agreed_text=agreed_text,
    )
    return opening(author, number, Kind.DISCLOSED, on_disclosure.EVENT.item(body), said("It was said."), **fields)


def breach(author: PostId, number: int, to: Kept, **fields: Any) -> Kept:
    """A breach is recorded."""
    return within(author, number, Kind.BREACH, to, said("Too early."), **fields)
