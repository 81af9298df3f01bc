"""Made-up claims and inquiries, as a record would give them."""

from __future__ import annotations

from typing import Any

from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId
from openline.wire import claim as on_claim
from openline.wire import inquiry as on_inquiry
from openline.wire.claim import ClaimWords, File, Stance, Told
from openline.wire.inquiry import Inquiry, InquiryWords, Judgement, Reply, Verdict
from openline.wire.kinds import Kind
from tests.exchanges.talks import said, within
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept

TAG = bytes([7]) * 32
TEXT = "They prepare a provocation."
REPLY_BY = 10_000_000
CLOCK = 40_000_000


def claim(
    author: PostId = ALPHA,
    number: int = 1,
    *,
    parties: tuple[PostId, ...] = (BRAVO, CHARLIE),
    reply_by: int = REPLY_BY,
    text: str = TEXT,
    tag: bytes = TAG,
    digest: bytes | None = None,
    **fields: Any,
) -> Kept:
    """A claim is put."""
    words = ClaimWords(text, tag)
    body = on_claim.Claim(digest or on_claim.digest_of(words), parties, Instant(reply_by))
    items = (on_claim.CLAIM.item(body), on_claim.CLAIM_WORDS.item(words))
    return kept(author, number, Kind.CLAIM, *items, **{"act": ACT, **fields})


def stance(author: PostId, number: int, to: Kept, stance: Stance = Stance.REJECTS, **fields: Any) -> Kept:
    """A party's answer to a claim."""
    items = (on_claim.ANSWER.item(on_claim.Answer(stance)), said("So we say."))
    return within(author, number, Kind.CLAIM_ANSWER, to, *items, **fields)


def evidence(number: int, to: Kept, *files: File, text: str = "Photographs.", **fields: Any) -> Kept:
    """Evidence of who put the claim."""
    items = (on_claim.EVIDENCE.item(on_claim.Evidence(files)), said(text))
    return within(to.entry.header.author, number, Kind.CLAIM_EVIDENCE, to, *items, **fields)


def told_others(number: int, to: Kept, *names: str, **fields: Any) -> Kept:
    """Who else was told."""
    items = on_claim.TOLD.item(Told(names))
    return within(to.entry.header.author, number, Kind.CLAIM_TOLD, to, items, **fields)


def withdrawn(number: int, to: Kept, *instead: Kept, **fields: Any) -> Kept:
    """The claim is withdrawn, for another or for none."""
    items = (on_claim.WITHDRAWN.item(on_claim.Nothing()), said("It was an error."))
    return within(to.entry.header.author, number, Kind.CLAIM_WITHDRAWN, to, *items, names=instead, **fields)


def inquiry(
    author: PostId = ALPHA,
    number: int = 1,
    *,
    post: PostId = BRAVO,
    reply_by: int = CLOCK,
    begins: int = 0,
    ends: int = 0,
    what: str = "Movement of forces",
    next_step: str = "We ask for a meeting.",
    **fields: Any,
) -> Kept:
    """An inquiry."""
    body = Inquiry(post, Instant(reply_by), Instant(begins), Instant(ends))
    words = InquiryWords(what=what, where="near the border", question="Why, and until when?", next_step=next_step)
    items = (on_inquiry.INQUIRY.item(body), on_inquiry.INQUIRY_WORDS.item(words))
    return kept(author, number, Kind.INQUIRY, *items, **{"act": ACT, **fields})


def reply(
    author: PostId, number: int, to: Kept, text: str = "A drill.", *, entry: bytes = b"", channel: str = "", **more: Any
) -> Kept:
    """An answer to an inquiry, elsewhere where it says so."""
    kind = Reply.ELSEWHERE if entry or channel else Reply.ANSWERED
    body = on_inquiry.Answer(kind, EntryId(entry or bytes(32)), channel)
    return within(author, number, Kind.INQUIRY_ANSWER, to, on_inquiry.ANSWER.item(body), said(text), **more)


def judged(
    author: PostId, number: int, to: Kept, verdict: Verdict, *on: Kept, reply_by: int = 0, text: str = "", **more: Any
) -> Kept:
    """The asker's word on an answer, or on the silence."""
    why = text or ("It says too little." if verdict == Verdict.UNSATISFACTORY else "")
    items = (on_inquiry.JUDGEMENT.item(Judgement(verdict, Instant(reply_by))), said(why))
    return within(author, number, Kind.INQUIRY_JUDGED, to, *items, names=on, **more)
