"""Inquiries, as people ask, answer, judge and close them, and as JSON holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.engine.conversing import gather
from openline.engine.machines import INQUIRY
from openline.errors import Misuse, NotAllowed
from openline.exchanges import inquiry as machine
from openline.exchanges.inquiry import CLOCK_MS, Answered, Judged, State
from openline.feeds.folding import Folded
from openline.feeds.record import Record
from openline.limits import INBOX_MAX_ENTRIES
from openline.post.call.calls import option
from openline.post.call.contacts import named
from openline.post.claim import inquiry_requests as asks
from openline.post.claim.reached import reached
from openline.post.loop import now
from openline.post.names import Names, precedence, traffic_class
from openline.post.post import Post
from openline.post.queries import entry_value, kind_name
from openline.post.saying import say_in
from openline.post.speaker import Answerer, Speaker
from openline.post.talk.talks import opened_by
from openline.proof.sentences import utc
from openline.terms import EntryId, Instant, LineId, Precedence, TrafficClass
from openline.wire import inquiry as wire
from openline.wire.contact import WORDS, Words
from openline.wire.disclosure import NO_ENTRY
from openline.wire.inquiry import Answer, Inquiry, InquiryWords, Judgement, Reply, Verdict
from openline.wire.kinds import Kind

_ON_ANSWERS: Final = frozenset({Verdict.SATISFIED, Verdict.UNSATISFACTORY})


async def ask(service: Speaker, request: asks.InquiryAsk) -> Any:
    """Ask a peer about an activity."""
    line, at = service.names.line(request.line), now()
    if not request.what.strip():
        raise Misuse("Say about what activity you ask.")
    if request.reply_by and request.reply_by <= at:
        raise Misuse("Reply-by is over already: name a later time.")
    if request.ends and request.ends < request.begins:
        raise Misuse("The activity ends before it begins.")
    about = service.names.entry(request.about).entry if request.about else None
    if about is not None and about.header.line != line:
        raise NotAllowed("The entry that the inquiry is about stands on another line.")
    reply_by = Instant(request.reply_by or at + CLOCK_MS)
    body = Inquiry(service.names.peer(request.peer), reply_by, Instant(request.begins), Instant(request.ends))
    words = InquiryWords(
        what=request.what.strip(),
        where=request.where.strip(),
        question=request.question.strip(),
        next_step=request.next_step.strip(),
    )
    return await service.say(
        line,
        Kind.INQUIRY,
        (wire.INQUIRY.item(body), wire.INQUIRY_WORDS.item(words)),
        officer=request.officer,
        precedence=precedence(request.precedence),
        traffic=traffic_class(request.traffic),
        refers=() if about is None else (about.id,),
    )


async def answer(service: Speaker, request: asks.InquiryAnswer) -> Any:
    """Answer an inquiry, or say where the answer is."""
    _, folded = await opened_by(service, request.inquiry, INQUIRY, "inquiry")
    entry = service.names.entry(request.entry).entry.id if request.entry else NO_ENTRY
    channel = request.channel.strip()
    elsewhere = bool(request.entry or channel)
    if not elsewhere and not request.text.strip():
        raise Misuse("Say what the answer is, or where it is.")
    body = Answer(Reply.ELSEWHERE if elsewhere else Reply.ANSWERED, entry, channel)
    items = (wire.ANSWER.item(body), WORDS.item(Words(request.text.strip())))
    return await say_in(service, folded, Kind.INQUIRY_ANSWER, items, request.officer)


async def judge(service: Speaker, request: asks.InquiryJudge) -> Any:
    """Say what we make of an answer, or of the silence, or that we ask no more."""
    _, folded = await opened_by(service, request.inquiry, INQUIRY, "inquiry")
    state, verdict = folded.state, option(Verdict, request.verdict)
    on = _on(service, state, request.answer) if verdict in _ON_ANSWERS else None
    reply_by = 0
    if verdict == Verdict.UNSATISFACTORY:
        if not request.text.strip():
            raise Misuse("Say what is missing in the answer.")
        span = max(0, state.inquiry.reply_by - state.opening.entry.header.time)
        reply_by = request.reply_by or now() + span
    items = (wire.JUDGEMENT.item(Judgement(verdict, Instant(reply_by))), WORDS.item(Words(request.text.strip())))
    refers = (folded.head,) if on is None else (folded.head, on)
    return await say_in(service, folded, Kind.INQUIRY_JUDGED, items, request.officer, *refers)


def _on(service: Speaker, state: State, said: str) -> EntryId:
    if said:
        return service.names.entry(said).entry.id
    if not state.answers:
        raise NotAllowed("There is no answer to judge yet.")
    return state.answers[-1].id


async def show(service: Speaker, request: asks.InquiryShow) -> Any:
    """One inquiry."""
    _, folded = await opened_by(service, request.inquiry, INQUIRY, "inquiry")
    return await service.post.reading(inquiry_value, service.post, service.names, folded)


async def list_(service: Speaker, request: asks.InquiryList) -> Any:
    """The newest inquiries, open ones first."""
    if not 1 <= request.most <= INBOX_MAX_ENTRIES:
        raise Misuse(f"Ask for 1 to {INBOX_MAX_ENTRIES} inquiries at a time.")
    line = service.names.line(request.line) if request.line else None
    found = await service.post.reading(_newest, service.post.record, line, request.most)
    shown = [each for each in found if each.state.open or not request.open]
    values = [await service.post.reading(inquiry_value, service.post, service.names, each) for each in shown]
    return {"inquiries": values}


def _newest(record: Record, line: LineId | None, most: int) -> list[Folded[State]]:
    openings = [kept for _, kept in record.openings(line, sorted(machine.OPENINGS), None, most)]
    folds = [machine.fold(gather(record, each.entry.header.line, each.entry.id)) for each in openings]
    return sorted((each for each in folds if each is not None), key=lambda each: not each.state.open)


def inquiry_value(post: Post, names: Names, folded: Folded[State]) -> dict[str, Any]:
    """An inquiry with its answers and what the asker made of them; `over` where its clock ran out and it waits."""
    state, inquiry, words = folded.state, folded.state.inquiry, folded.state.words
    header = state.opening.entry.header
    return {
        "id": folded.head.hex(),
        "line": names.line_name(header.line),
        "asker": names.post(state.asker),
        "asked": names.post(state.asked),
        "own": names.is_own(state.asker),
        "officer": names.acted(state.opening.entry),
        "at": utc(header.time),
        "class": TrafficClass(state.traffic).name.lower(),
        "precedence": Precedence(header.precedence).name.lower(),
        "status": state.status.replace(" ", "-"),
        "open": state.open,
        "reply_by": utc(inquiry.reply_by),
        "clock": utc(state.clock),
        "over": state.waits and now() > state.clock,
        "begins": utc(inquiry.begins) if inquiry.begins else None,
        "ends": utc(inquiry.ends) if inquiry.ends else None,
        "about": None if state.about is None else state.about.hex(),
        "what": None if words is None else words.what,
        "where": None if words is None else words.where,
        "question": None if words is None else words.question,
        "next_step": None if words is None else words.next_step,
        "answers": [_answer_value(post, names, each) for each in state.answers],
        "judged": [_judged_value(names, each) for each in state.judged],
        "reached": reached(post, names, state.opening, state.marks, state.asked),
        "ignored": [{"id": each.entry.hex(), "why": each.why} for each in folded.ignored],
    }


def _answer_value(post: Post, names: Names, answered: Answered) -> dict[str, Any]:
    entry = answered.answer.entry
    found = [] if entry == NO_ENTRY else post.record.between(entry, entry, 1)
    kept = names.kept(entry, found[0][0]) if found else None
    return {
        **entry_value(names, answered.kept),
        "reply": named(answered.answer.reply.name),
        "text": None if answered.words is None else answered.words.text,
        "entry": None if entry == NO_ENTRY else entry.hex(),
        "entry_kind": None if kept is None else kind_name(kept.entry.header.kind),
        "channel": answered.answer.channel,
        "overdue": answered.overdue,
        "late": answered.late,
    }


def _judged_value(names: Names, judged: Judged) -> dict[str, Any]:
    reply_by = judged.judgement.reply_by
    return {
        **entry_value(names, judged.kept),
        "verdict": named(judged.judgement.verdict.name),
        "answer": None if judged.on is None else judged.on.hex(),
        "text": None if judged.words is None else judged.words.text,
        "reply_by": utc(reply_by) if reply_by else None,
    }


ANSWERS: Final[Mapping[type, Answerer]] = {
    asks.InquiryAsk: ask,
    asks.InquiryAnswer: answer,
    asks.InquiryJudge: judge,
    asks.InquiryShow: show,
    asks.InquiryList: list_,
}
