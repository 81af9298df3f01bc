"""Link checks by the clock: each side originates its slots, others answer, and what is missing alarms both ends.

What was checked is kept with the line (table "checks"), so a restart neither repeats a check nor forgets one.
A slot that passed while this post was down is not made up for: a check says that the line is good now.
"""

from __future__ import annotations

from openline.engine import checkbook, timetable
from openline.engine.checkbook import Checks, Out
from openline.engine.line import Line
from openline.engine.state import State
from openline.engine.turn import Turn
from openline.engine.writing import write
from openline.feeds.record import Put
from openline.limits import CHECKS_ANSWERED_MAX, OUTAGES_MAX
from openline.terms import EntryId, Instant, PostId, Precedence, TrafficClass
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from openline.wire.linkcheck import CHECK, MISSED, Check, Missed, check_of, outage_of
from openline.wire.rules import Slots

SLACK_MS = 1_000
"""How much longer than the grace a check is waited for, so that both ends judge the same slot as missed."""

HOUR_MS = 3_600_000


def tick(state: State, turn: Turn, line: Line) -> None:
    """Originate what is due, and judge what should have come. Called while the line may be written to."""
    before = checkbook.encode(line.checks)
    for slots in line.rules.slots:
        for human in (False, True):
            newest = timetable.latest(slots, turn.at, human=human)
            if newest is not None and slots.member == state.me:
                _originate(state, turn, line, newest, human=human)
            elif slots.member in line.active:
                _expect(state, turn, line, slots, human=human)
    for check, out in list(line.checks.out.items()):
        if out.answer_by + SLACK_MS <= turn.at:
            del line.checks.out[check]
            _unanswered(state, turn, line, check, out)
    for entry, (_, _, ends) in list(line.checks.silent.items()):
        if ends + line.rules.grace_ms < turn.at:
            del line.checks.silent[entry]
    if checkbook.encode(line.checks) != before:
        _keep(turn, line)


def _originate(state: State, turn: Turn, line: Line, slot: Instant, *, human: bool) -> None:
    known = line.checks.own.setdefault(human, slot)
    if slot <= known or not line.others():
        return
    line.checks.own[human] = slot
    if turn.at - slot > line.rules.grace_ms:
        return
    texts = line.rules.texts
    text = texts[int.from_bytes(turn.random(8)) % len(texts)]
    answer_by = Instant(slot + line.rules.grace_ms)
    check = Check(slot=slot, answer_by=answer_by, asked=line.others(), text=text, human=human)
    entry = write(
        state,
        turn,
        line,
        Kind.CHECK,
        (CHECK.item(check),),
        precedence=Precedence.PRIORITY,
        traffic=traffic(line),
    )
    came(state, turn, line, entry)


def traffic(line: Line) -> TrafficClass:
    """The class of link checks: operation where the terms allow it, else the first that they do."""
    classes = line.terms.classes
    return TrafficClass.OPERATION if TrafficClass.OPERATION in classes else classes[0]


def _expect(state: State, turn: Turn, line: Line, slots: Slots, *, human: bool) -> None:
    key = (slots.member, human)
    due = timetable.latest(slots, Instant(turn.at - line.rules.grace_ms - SLACK_MS), human=human)
    if due is None:
        return
    judged = line.checks.judged.setdefault(key, due)
    if due <= judged:
        return
    line.checks.judged[key] = due
    if line.checks.seen.get(key, 0) >= due or _explained(line, slots.member, due):
        return
    feed = line.feeds[slots.member]
    last = feed.last if feed.number else EntryId(bytes(32))
    missed = Missed(member=slots.member, slot=due, number=feed.number, last=last)
    entry = write(
        state,
        turn,
        line,
        Kind.CHECK_MISSED,
        (MISSED.item(missed),),
        precedence=Precedence.PRIORITY,
        traffic=traffic(line),
    )
    name = state.name_of(slots.member)
    text = f"The {'human' if human else 'machine'} check of {name} did not come; {_last(line, slots.member)}."
    turn.alarm(line.id, "check-missed", text, entry.id)


def _explained(line: Line, member: PostId, slot: Instant) -> bool:
    return any(post == member and begins <= slot <= ends for post, begins, ends in line.checks.silent.values())


def _last(line: Line, member: PostId) -> str:
    number = line.feeds[member].number
    return f"the last of it here is entry {number}" if number else "nothing of it is here"


def _unanswered(state: State, turn: Turn, line: Line, check: EntryId, out: Out) -> None:
    silent = [post for post in out.pending if post in line.active and not _explained(line, post, out.slot)]
    if silent:
        told = "; ".join(f"{state.name_of(post)}: {_last(line, post)}" for post in silent)
        who = "No officer has answered" if out.human else "Nobody has answered"
        turn.alarm(line.id, "check-unanswered", f"{who} this post's check in time. {told}.", check)


def came(state: State, turn: Turn, line: Line, entry: Entry) -> None:
    """An entry of a link check was kept here, ours or another's: note it, and answer where a machine does.

    Raises PeerError for one that cannot be read.
    """
    header, checks = entry.header, line.checks
    if header.kind == Kind.CHECK:
        check = check_of(entry)
        if header.author == state.me:
            checks.out[entry.id] = Out(check.slot, check.answer_by, check.human, list(check.asked))
        else:
            key = (header.author, check.human)
            if check.slot <= turn.at + line.rules.grace_ms:
                checks.seen[key] = max(check.slot, checks.seen.get(key, Instant(0)))
            if not check.human and state.me in check.asked and _answerable(checks, header.author, turn.at):
                state.answering.append((line.id, entry))
    elif header.kind == Kind.CHECK_ANSWER and header.refers and header.refers[0] in checks.out:
        out = checks.out[header.refers[0]]
        if header.author in out.pending and (header.act is not None or not out.human):
            out.pending.remove(header.author)
        if not out.pending:
            del checks.out[header.refers[0]]
    elif header.kind == Kind.OUTAGE:
        outage = outage_of(entry)
        checks.silent[entry.id] = (header.author, outage.begins, outage.ends)
        theirs = [known for known, (post, _, _) in checks.silent.items() if post == header.author]
        for oldest in theirs[:-OUTAGES_MAX]:
            del checks.silent[oldest]
    elif header.kind == Kind.OUTAGE_OVER and header.refers and header.refers[0] in checks.silent:
        post, begins, ends = checks.silent[header.refers[0]]
        if post == header.author:
            checks.silent[header.refers[0]] = (post, begins, min(ends, header.time))
    else:
        return
    _keep(turn, line)


def _answerable(checks: Checks, author: PostId, at: Instant) -> bool:
    """Whether one more check of this member is answered: whoever floods checks has no flood of answers for it."""
    hour = at // HOUR_MS
    count = checks.answered.get(author, (hour, 0))
    checks.answered[author] = (hour, count[1] + 1 if count[0] == hour else 1)
    return checks.answered[author][1] <= CHECKS_ANSWERED_MAX


def settle(state: State, turn: Turn) -> None:
    """Answer the machine checks that came in this turn, or while a checkpoint of their line was signed."""
    answering, state.answering = state.answering, []
    for identifier, check in answering:
        line = state.lines[identifier]
        if line.id in state.signing:
            state.answering.append((identifier, check))
        elif line.writes():
            header = check.header
            write(
                state,
                turn,
                line,
                Kind.CHECK_ANSWER,
                precedence=Precedence(header.precedence),
                traffic=header.traffic,
                exchange=check.id,
                refers=(check.id,),
            )


def _keep(turn: Turn, line: Line) -> None:
    turn.emit(Put("checks", line.id, checkbook.encode(line.checks)))
