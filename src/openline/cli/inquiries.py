"""Commands for inquiries: ask about an activity, answer, judge the answer, close, look."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import clock, times
from openline.cli.common import DEFAULTS, Common, Dialogue, app, out
from openline.cli.messages import ClassName, LineName, OfficerName, PrecedenceName, Words
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.post.claim import inquiry_requests as asks
from openline.post.requests import AnyRequest

_BOLD = "bold"
_OVER = "bold white on red"

InquiryName = Annotated[str, Parameter(name="ID", help="The inquiry: the digits that 'inquiry list' shows.")]
TextOption = Annotated[str, Parameter(help="In words.")]
AnswerName = Annotated[str, Parameter(name="--answer", help="Which answer; without it, the newest.")]

inquiry = App(name="inquiry", help="Ask about an activity against a clock; answer, and judge the answer.")
app.command(inquiry)


def _say(common: Common, request: AnyRequest, inquiry_id: str = "") -> int:
    """Write, and show the inquiry as it stands then."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        shown = yield asks.InquiryShow(inquiry=inquiry_id or kept["id"])
        return {**kept, "inquiry": shown}

    return common.say(common.converse(dialogue()), lambda value: print_inquiry(value["inquiry"]))


@inquiry.command
def ask(
    line: LineName,
    what: Annotated[str, Parameter(name="WHAT", help="About what activity.")],
    /,
    *,
    peer: Annotated[str, Parameter(help="Who is asked.")],
    where: Annotated[str, Parameter(help="Where, in words.")] = "",
    begins: Annotated[str, Parameter(help="When it began or begins, UTC.")] = "",
    ends: Annotated[str, Parameter(help="When it ends, UTC.")] = "",
    question: Annotated[str, Parameter(help="What is asked about it.")] = "",
    reply_by: Annotated[str, Parameter(help="Until when: 12h, 2d, or a UTC time; without it, 48 hours.")] = "",
    next_step: Annotated[str, Parameter(name="--next", help="What follows if nobody answers in time.")] = "",
    about: Annotated[str, Parameter(help="The notice, or another entry of the line, that it is about.")] = "",
    precedence: PrecedenceName = PrecedenceName.PRIORITY,
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Ask a peer about an activity. Its clock runs at both ends.

    Example: openline inquiry ask strait "Movement of forces" --peer South --where "near the border" --next "A meeting."
    """
    request = asks.InquiryAsk(
        line=line,
        peer=peer,
        what=what,
        where=where,
        question=question,
        next_step=next_step,
        begins=times.instant(begins) if begins else 0,
        ends=times.instant(ends) if ends else 0,
        reply_by=times.instant_or_span(reply_by) if reply_by else 0,
        about=about,
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
    )
    return _say(common, request)


@inquiry.command
def answer(inquiry_id: InquiryName, text: Words, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Answer an inquiry: who, what, where, until when, why.

    Example: openline inquiry answer 4f0c56b1 "A drill of one brigade, until 20 February."
    """
    return _say(common, asks.InquiryAnswer(inquiry=inquiry_id, text=text, officer=officer), inquiry_id)


@inquiry.command
def elsewhere(
    inquiry_id: InquiryName,
    /,
    *,
    entry: Annotated[str, Parameter(help="A notice, or another entry, that answers it.")] = "",
    channel: Annotated[str, Parameter(help="Where else it is answered: our ambassador, a note of 14 February.")] = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Say that an inquiry is answered elsewhere, and where.

    Example: openline inquiry elsewhere 4f0c56b1 --channel "our ambassador, today"
    """
    request = asks.InquiryAnswer(inquiry=inquiry_id, text=text, entry=entry, channel=channel, officer=officer)
    return _say(common, request, inquiry_id)


@inquiry.command
def satisfied(
    inquiry_id: InquiryName,
    /,
    *,
    which: AnswerName = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Close an inquiry of ours: the answer will do.

    Example: openline inquiry satisfied 4f0c56b1
    """
    request = asks.InquiryJudge(inquiry=inquiry_id, verdict="satisfied", answer=which, text=text, officer=officer)
    return _say(common, request, inquiry_id)


@inquiry.command
def unsatisfactory(
    inquiry_id: InquiryName,
    reason: Words,
    /,
    *,
    which: AnswerName = "",
    reply_by: Annotated[str, Parameter(help="Until when again; without it, as long as at first.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Say that an answer is unsatisfactory, and why. They may answer again, and a new clock runs.

    Example: openline inquiry unsatisfactory 4f0c56b1 "It does not say until when."
    """
    at = times.instant_or_span(reply_by) if reply_by else 0
    request = asks.InquiryJudge(
        inquiry=inquiry_id, verdict="unsatisfactory", answer=which, text=reason, reply_by=at, officer=officer
    )
    return _say(common, request, inquiry_id)


@inquiry.command(name="not-answered")
def not_answered(
    inquiry_id: InquiryName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Close an inquiry of ours after its clock: nobody answered.

    Example: openline inquiry not-answered 4f0c56b1
    """
    return _close(common, inquiry_id, "not-answered", text, officer)


@inquiry.command
def withdraw(
    inquiry_id: InquiryName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Close an inquiry of ours: we ask no more.

    Example: openline inquiry withdraw 4f0c56b1
    """
    return _close(common, inquiry_id, "withdrawn", text, officer)


def _close(common: Common, inquiry_id: str, verdict: str, text: str, officer: str) -> int:
    request = asks.InquiryJudge(inquiry=inquiry_id, verdict=verdict, text=text, officer=officer)
    return _say(common, request, inquiry_id)


@inquiry.command
def show(inquiry_id: InquiryName, /, *, common: Common = DEFAULTS) -> int:
    """Show an inquiry: its clock, each answer and what was made of it; how far it got where nobody answered.

    Example: openline inquiry show 4f0c56b1
    """
    return common.say(common.ask(asks.InquiryShow(inquiry=inquiry_id)), print_inquiry)


@inquiry.command(name="list")
def list_inquiries(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    open_only: Annotated[bool, Parameter(name="--open", help="Open ones only.")] = False,
    most: Annotated[int, Parameter(help="How many of the newest.")] = 50,
    common: Common = DEFAULTS,
) -> int:
    """Show the newest inquiries, open ones first.

    Example: openline inquiry list --open
    """
    return common.say(common.ask(asks.InquiryList(line=line, open=open_only, most=most)), print_inquiries)


def print_inquiries(value: Any) -> None:
    """One after the other, open ones first."""
    for each in value["inquiries"]:
        print_inquiry(each)
    if not value["inquiries"]:
        out.print("No inquiries yet.")


def print_inquiry(value: Any) -> None:
    """An inquiry with everything in it."""
    traffic = "" if value["class"] == "operation" else f"{value['class'].upper()} "
    head = f"{value['precedence'].upper()} {traffic}{value['id'][:SHORT_ID]}  {value['at']}  {value['line']}"
    what = "(withheld)" if value["what"] is None else on_one_line(value["what"])
    say("", f"{head}  {value['asker']} asks {value['asked']} about: {what}", _BOLD)
    span = f"{value['begins'] or 'not known'} to {value['ends'] or 'not known'}"
    said = {
        "where": value["where"],
        "when": span if value["begins"] or value["ends"] else "",
        "question": value["question"],
        "about the entry": (value["about"] or "")[:SHORT_ID],
        "next step": value["next_step"],
    }
    for name, words in said.items():
        if words:
            say("    ", f"{name}: {on_one_line(words)}")
    say("  ", f"{value['status'].upper().replace('-', ' ')}; {_clock(value)}", _OVER if value["over"] else _BOLD)
    if not value["answers"]:
        reached = value["reached"]
        by = f" by {reached['officer']}" if reached["officer"] else ""
        got = "nothing shows that it arrived" if reached["at"] is None else f"{reached['rung']}{by} {reached['at']}"
        say("    ", f"how far it got with {value['asked']}: {got}")
    for each in sorted((*value["answers"], *value["judged"]), key=lambda each: str(each["at"])):
        _print_said(each)
    for each in value["ignored"]:
        say("    ", f"counts for nothing: {each['id'][:SHORT_ID]}, for {each['why']}")


def _clock(value: Any) -> str:
    """How the clock stands now."""
    if not value["open"]:
        return "closed"
    try:
        rest = clock.instant(value["clock"]) - clock.now()
    except ValueError:
        return f"its clock runs until {value['clock']}"
    if not value["over"] and rest.total_seconds() < 0:
        return f"its clock ended {value['clock']}"
    return f"CLOCK OVER since {value['clock']}" if value["over"] else f"{clock.span(rest)} left, until {value['clock']}"


def _print_said(each: Any) -> None:
    words = f": {on_one_line(each['text'])}" if each["text"] else ""
    who = f"{each['at']}  {each['id'][:SHORT_ID]}  {each['author']}, {each['officer'] or 'nobody'}"
    if "verdict" in each:
        until = f", again by {each['reply_by']}" if each["reply_by"] else ""
        say("    ", f"{who}: {each['verdict'].upper().replace('-', ' ')}{until}{words}")
        return
    entry = "" if each["entry"] is None else f", {each['entry_kind'] or 'an entry not here'} {each['entry'][:SHORT_ID]}"
    channel = f", {on_one_line(each['channel'])}" if each["channel"] else ""
    late = "  AFTER THE CLOCK" * each["overdue"] + "  ANSWERED LATE" * each["late"]
    reply = "answers" if each["reply"] == "answered" else "answered elsewhere"
    say("    ", f"{who} {reply}{entry}{channel}{words}{late}")
