"""What people are told of a contact: what is new, and what is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from openline.exchanges.contact.state import Answered, Certified, Ended, Opened, Party, State
from openline.feeds.folding import Folded, Told
from openline.terms import EntryId, Instant, PostId

WARN_MS: Final = 10 * 60_000
"""How long before reply-by the called side is reminded."""

WHILE_OPEN: Final = Instant(1 << 59)
"""The hour of a contact that waits for nothing, and whose links are watched while it is open."""


def told(
    before: Folded[State] | None, after: Folded[State], me: PostId, name_of: Callable[[PostId], str]
) -> tuple[Told, ...]:
    """What is new for the people at post `me`."""
    known = {kept.entry.id for kept in before.entries} if before is not None else set()
    state, news = after.state, []
    for opened in state.requests:
        if opened.entry.id not in known and opened.entry.header.author != me:
            news += _told_request(state, opened, me, name_of)
    for party in state.parties:
        was = None if before is None else before.state.party(party.post)
        for answered in party.answers:
            fresh = answered.id not in known
            turned = was is not None and any(each.id == answered.id and not each.late for each in was.answers)
            if fresh or (answered.late and turned):
                news += _told_answer(state, party, answered, me, name_of)
        if party.ended is not None and party.ended.kept.entry.id not in known:
            news += _told_end(state, party, party.ended, me, name_of)
        for certified in party.certificates:
            news += _told_certificate(party, certified, known, me, name_of)
    return tuple(news)


def _told_request(state: State, opened: Opened, me: PostId, name_of: Callable[[PostId], str]) -> list[Told]:
    header, office = opened.entry.header, [each.office for each in opened.request.called if each.post == me]
    name, level = name_of(header.author), header.precedence
    if len(state.requests) > 1:
        text = f"{name} asked for the same call while this post did: both requests are one contact."
        return [Told("call-crossed", text, opened.entry.id, level)]
    if not office:
        return []
    about = "" if opened.words is None or not opened.words.topics else f" about {'; '.join(opened.words.topics)}"
    text = f"{name}: {opened.request.office} asks to speak with {office[0]}{about}."
    return [Told("call-requested", text, opened.entry.id, level)]


def _told_answer(
    state: State, party: Party, answered: Answered, me: PostId, name_of: Callable[[PostId], str]
) -> list[Told]:
    author = answered.kept.entry.header.author
    if answered.late and me in (state.closer, author):
        text = (
            f"{name_of(author)} answered late: the answer and the closing word crossed. A new request can take it up."
        )
        return [Told("answered-late", text, answered.id, state.precedence)]
    if author == me or state.closer != me:
        return []
    text = f"{name_of(author)} ({party.office}): {answered.answer.reply.name.lower().replace('_', ' ')}."
    return [Told("call-answered", text, answered.id, state.precedence)]


def _told_end(state: State, party: Party, ended: Ended, me: PostId, name_of: Callable[[PostId], str]) -> list[Told]:
    if state.closer == me:
        return []
    name, outcome = name_of(state.closer), ended.closing.outcome.name.lower().replace("_", " ")
    news = []
    if party.post == me:
        news.append(
            Told("call-closed", f"{name} closed the contact with {party.office}: {outcome}.", ended.kept.entry.id)
        )
    if ended.contradicted:
        text = f"{name} signed 'no answer' and had signed before that it holds the answer of {name_of(party.post)}."
        news.append(Told("contradicted", text, ended.kept.entry.id, rests_on=party.post))
    return news


def _told_certificate(
    party: Party, certified: Certified, known: set[EntryId], me: PostId, name_of: Callable[[PostId], str]
) -> list[Told]:
    entry, about = certified.entry, certified.certificate.post
    author, news = name_of(entry.header.author), []
    if entry.id not in known and about == me:
        text = f"{author} certifies how far its call to {party.office} got. Respond, if your side of it differs."
        news.append(Told("call-certified", text, entry.id))
    if entry.id not in known and certified.refuted:
        text = (
            f"{author} certifies that it holds {name_of(about)} up to entry {certified.certificate.number}, "
            f"and had signed for entry {certified.refuted} before."
        )
        news.append(Told("refuted", text, entry.id, rests_on=about))
    for each in certified.responses:
        if each.entry.id not in known and entry.header.author == me:
            text = f"{name_of(about)} has responded to the certificate: make it again, so that it shows both sides."
            news.append(Told("call-responded", text, each.entry.id))
    return news


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When time alone makes something due at post `me`, later than `after`."""
    mine = state.party(me)
    waits = (mine is not None and mine.ended is None and not mine.answers) or (state.closer == me and state.open)
    if not waits:
        return None
    warned = Instant(state.reply_by - WARN_MS)
    times = [state.reply_by, WHILE_OPEN] if state.closer == me else [warned, state.reply_by]
    return min((at for at in times if at > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: Callable[[PostId], str]) -> tuple[Told, ...]:
    """What people are told when that time has come."""
    if state.closer == me:
        silent = [name_of(each.post) for each in state.parties if each.ended is None and not each.answers]
        text = f"Reply-by is over, and nothing is here of {', '.join(silent)}. Close it, or ask again."
        return (Told("reply-by", text, state.id, state.precedence),) if silent else ()
    party = state.party(me)
    if party is None or party.answers or party.ended is not None:
        return ()
    over = "is over" if at >= state.reply_by else "is near"
    text = f"{name_of(state.closer)} waits for an answer of {party.office}, and reply-by {over}."
    return (Told("reply-by", text, state.id, state.precedence),)
