"""An inquiry: one post asks another about an activity, against a clock, and judges each answer; it alone closes.

The state is the fold of the entries in canonical order (spec/inquiry.md), so both ends see the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from openline.errors import BadField, NoPlace
from openline.feeds import folding
from openline.feeds.folding import Folded, Told
from openline.feeds.order import precedes
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire import inquiry as wire
from openline.wire.contact import Words
from openline.wire.entry import Entry
from openline.wire.inquiry import Answer, Inquiry, InquiryWords, Judgement, Reply, Verdict
from openline.wire.kinds import Kind

OPENINGS: Final = frozenset({Kind.INQUIRY})

READERS: Final[Mapping[Kind, Callable[[Entry], object]]] = {
    Kind.INQUIRY: wire.inquiry_of,
    Kind.INQUIRY_ANSWER: wire.answer_of,
    Kind.INQUIRY_JUDGED: wire.judgement_of,
}

CLOCK_MS: Final = 48 * 3_600_000
"""How long an answer may take unless the asker says otherwise (Vienna Document, chapter III)."""


class Answered(msgspec.Struct, frozen=True):
    """An answer. `overdue`: signed after the clock ran out. `late`: the asker closed without having it."""

    kept: Kept
    answer: Answer
    words: Words | None
    overdue: bool = False
    late: bool = False

    @property
    def id(self) -> EntryId:
        """The id of its entry."""
        return self.kept.entry.id


class Judged(msgspec.Struct, frozen=True):
    """What the asker said of an answer, or of the silence; `on` is the answer that it names."""

    kept: Kept
    judgement: Judgement
    on: EntryId | None
    words: Words | None


class State(msgspec.Struct, frozen=True):
    """An inquiry. `about` is an entry that it names, `clock` the time until which an answer is asked for now."""

    opening: Kept
    inquiry: Inquiry
    words: InquiryWords | None
    about: EntryId | None
    clock: Instant
    answers: tuple[Answered, ...] = ()
    judged: tuple[Judged, ...] = ()
    ended: Judged | None = None
    marks: tuple[Kept, ...] = ()

    @property
    def asker(self) -> PostId:
        """Who asks, judges and closes."""
        return self.opening.entry.header.author

    @property
    def asked(self) -> PostId:
        """Who answers."""
        return self.inquiry.post

    @property
    def traffic(self) -> TrafficClass:
        """The class of everything in it."""
        return self.opening.entry.header.traffic

    @property
    def precedence(self) -> Precedence:
        """That of the inquiry."""
        return Precedence(self.opening.entry.header.precedence)

    @property
    def unjudged(self) -> tuple[Answered, ...]:
        """Answers on which the asker has said nothing."""
        on = {each.on for each in self.judged}
        return tuple(each for each in self.answers if each.id not in on)

    @property
    def status(self) -> str:
        """`satisfied`, `not answered` or `withdrawn` once closed; else by the newest answer: `asked` while there is
        none, `answered`, `answered elsewhere`, or `unsatisfactory` once judged so.
        """
        if self.ended is not None:
            return self.ended.judgement.verdict.name.lower().replace("_", " ")
        if not self.answers:
            return "asked"
        newest = self.answers[-1]
        if newest not in self.unjudged:
            return "unsatisfactory"
        return "answered elsewhere" if newest.answer.reply == Reply.ELSEWHERE else "answered"

    @property
    def open(self) -> bool:
        """Whether the asker has not closed it."""
        return self.ended is None

    @property
    def waits(self) -> bool:
        """Whether an answer is waited for: there is none, or the newest does not satisfy."""
        return self.status in ("asked", "unsatisfactory")


def fold(entries: Iterable[Kept]) -> Folded[State] | None:
    """The inquiry that these entries make."""
    return folding.fold(entries, begin, step)


def begin(kept: Kept) -> State:
    """The state after the inquiry itself. Raises BadField where it opens none."""
    header = kept.entry.header
    inquiry, words = wire.inquiry_of(kept.entry)
    if header.act is None or len(header.refers) > 1:
        raise BadField("An officer signs an inquiry, and it refers to the entry that it is about, or to nothing.")
    return State(kept, inquiry, words, header.refers[0] if header.refers else None, inquiry.reply_by)


def step(state: State, kept: Kept) -> State:
    """The state after one more entry. Raises NoPlace for one that counts for nothing."""
    header = kept.entry.header
    if header.kind in folding.MARKS:
        folding.check_mark(kept, state.opening.entry)
        return msgspec.structs.replace(state, marks=(*state.marks, kept))
    if header.kind not in (Kind.INQUIRY_ANSWER, Kind.INQUIRY_JUDGED):
        raise NoPlace("its kind has no place in an inquiry")
    if header.traffic != state.traffic:
        raise NoPlace("its traffic class is not that of the inquiry")
    if header.refers[:1] != (state.opening.entry.id,):
        raise NoPlace("it does not refer to the inquiry")
    if header.act is None:
        raise NoPlace("no officer signed it")
    return _answer(state, kept) if header.kind == Kind.INQUIRY_ANSWER else _judge(state, kept)


def _answer(state: State, kept: Kept) -> State:
    header = kept.entry.header
    if header.author != state.asked:
        raise NoPlace("its author was not asked")
    if state.ended is not None and precedes(state.ended.kept, kept):
        raise NoPlace("its author knew that the inquiry was closed")
    answer, words = wire.answer_of(kept.entry)
    overdue, late = header.time > state.clock, state.ended is not None
    return msgspec.structs.replace(state, answers=(*state.answers, Answered(kept, answer, words, overdue, late)))


def _judge(state: State, kept: Kept) -> State:
    header = kept.entry.header
    judgement, words = wire.judgement_of(kept.entry)
    if header.author != state.asker:
        raise NoPlace("only who asked judges the answers, and closes")
    if state.ended is not None:
        raise NoPlace("the inquiry was closed before")
    named = header.refers[1] if len(header.refers) > 1 else None
    _check(state, kept, judgement, named)
    judged = Judged(kept, judgement, named, words)
    state = msgspec.structs.replace(state, judged=(*state.judged, judged))
    if judgement.verdict == Verdict.UNSATISFACTORY:
        return msgspec.structs.replace(state, clock=max(state.clock, judgement.reply_by))
    answers = tuple(msgspec.structs.replace(each, late=not precedes(each.kept, kept)) for each in state.answers)
    return msgspec.structs.replace(state, answers=answers, ended=judged)


def _check(state: State, kept: Kept, judgement: Judgement, named: EntryId | None) -> None:
    """Raise NoPlace where the asker cannot say that of this answer, or of the silence, as it knew it."""
    on_answer = judgement.verdict in (Verdict.SATISFIED, Verdict.UNSATISFACTORY)
    if on_answer != (named is not None):
        raise NoPlace("satisfied and unsatisfactory name an answer, and nothing else does")
    if named is not None and named not in {each.id for each in state.answers}:
        raise NoPlace("it names no answer to this inquiry")
    if judgement.verdict != Verdict.NOT_ANSWERED:
        return
    if kept.entry.header.time < state.clock:
        raise NoPlace("there is no 'not answered' before the clock has run out")
    if any(precedes(each.kept, kept) for each in state.unjudged):
        raise NoPlace("its author had an answer that it has not judged")


# What people are told

WARN_MS: Final = 6 * 3_600_000
"""How long before the clock runs out both ends are reminded; of a short clock at most its last quarter."""

NameOf = Callable[[PostId], str]


def told(before: Folded[State] | None, after: Folded[State], me: PostId, name_of: NameOf) -> tuple[Told, ...]:
    """What is new for the people at post `me`: who was asked, or who asks."""
    state = after.state
    if me not in (state.asker, state.asked):
        return ()
    known = set() if before is None else {kept.entry.id for kept in before.entries}
    ignored = {each.entry for each in after.ignored}
    fresh = [kept for kept in after.entries if kept.entry.id not in known | ignored]
    news = [_new(state, kept, me, name_of) for kept in fresh if kept.entry.header.author != me]
    was_late = () if before is None else {each.id for each in before.state.answers if each.late}
    crossed = [each for each in state.answers if each.late and each.id not in was_late]
    for each in crossed:
        text = f"{name_of(state.asked)} answered late: the answer and the closing word crossed."
        news.append(Told("inquiry-late", text, each.id, state.precedence))
    return tuple(each for each in news if each is not None)


def _new(state: State, kept: Kept, me: PostId, name_of: NameOf) -> Told | None:
    name, entry, level = name_of(kept.entry.header.author), kept.entry.id, state.precedence
    match kept.entry.header.kind:
        case Kind.INQUIRY:
            words = "its words are withheld" if state.words is None else _activity(state.words)
            return Told("inquiry-asked", f"{name} asks about an activity: {words}", entry, level)
        case Kind.INQUIRY_ANSWER:
            answered = next(each for each in state.answers if each.id == entry)
            if answered.late:
                return None
            where = " elsewhere" if answered.answer.reply == Reply.ELSEWHERE else ""
            over = ", after the clock ran out" if answered.overdue else ""
            return Told("inquiry-answered", f"{name} answered the inquiry{where}{over}. Judge it.", entry, level)
        case Kind.INQUIRY_JUDGED:
            judged = next(each for each in state.judged if each.kept.entry.id == entry)
            if judged.judgement.verdict == Verdict.UNSATISFACTORY:
                why = "" if judged.words is None else f" {judged.words.text}"
                return Told("inquiry-unsatisfactory", f"{name} finds the answer unsatisfactory.{why}", entry, level)
            what = judged.judgement.verdict.name.lower().replace("_", " ")
            return Told("inquiry-closed", f"{name} closed its inquiry: {what}.", entry, level)
        case _:
            return None


def _activity(words: InquiryWords) -> str:
    return f"{words.what}, {words.where}" if words.where else words.what


def due(state: State, me: PostId, after: Instant) -> Instant | None:
    """When the people at post `me` are reminded of the clock, later than `after`."""
    if not state.open or me not in (state.asker, state.asked) or not (state.waits or me == state.asker):
        return None
    since = next((each.kept for each in reversed(state.judged) if each.judgement.reply_by), state.opening)
    span = max(0, state.clock - since.entry.header.time)
    warned = Instant(state.clock - min(WARN_MS, span // 4))
    times = [warned, state.clock] if state.waits else [state.clock]
    return min((at for at in times if at > after), default=None)


def overdue(state: State, me: PostId, at: Instant, name_of: NameOf) -> tuple[Told, ...]:
    """What they are told then; at the end of the clock with the next step that was announced."""
    over = at >= state.clock
    if me == state.asker and not state.waits:
        text = f"The answer of {name_of(state.asked)} to our inquiry is not judged, and its clock is over."
    elif me == state.asker:
        text = f"The clock of our inquiry {'is over' if over else 'is near its end'}, and {name_of(state.asked)} "
        text += f"has not answered{' again' if state.answers else ''}."
    else:
        text = f"{name_of(state.asker)} waits for an answer to its inquiry, and the clock "
        text += "is over." if over else "is near its end."
    step = "" if state.words is None or not state.words.next_step or not state.waits else state.words.next_step
    announced = f" Announced next: {step}" if step else ""
    return (Told("inquiry-waits", text + announced, state.opening.entry.id, state.precedence),)
