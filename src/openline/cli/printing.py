"""How entries look to people: words first, colour beside them, times in UTC.

Whatever belongs to an exercise, a drill or a test says so on each of its lines. What somebody wrote stands behind a bar
on every line, also where a terminal would break it: no text can look like a line of ours.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from rich.text import Text

from openline.cli import clock
from openline.cli.advice import advice
from openline.cli.common import err, out
from openline.cli.screen import on_one_line

_STYLES: Final = {"flash": "bold white on red", "immediate": "bold red", "priority": "bold yellow", "routine": ""}
_CLASSES: Final = {"operation": "", "exercise": "black on cyan", "drill": "black on green", "test": "black on white"}
_LATE: Final = timedelta(minutes=1)
"""An entry that came so long after it was signed came late enough to be told."""

SHORT_ID: Final = 12
"""Digits of an id that people see, and can type."""


def print_inbox(value: Any) -> None:
    """Entries one after the other, the newest last, and what waits for somebody here."""
    for entry in value["entries"]:
        _print_said(entry)
    if not value["entries"]:
        out.print("Nothing yet.")
    print_waiting([each for each in value["entries"] if each.get("waits_for")])


def print_waiting(waiting: list[Any]) -> None:
    """How many messages wait for somebody here, and which one first."""
    if not waiting:
        return
    overdue = sum(1 for each in waiting if each["overdue"])
    first = min(waiting, key=lambda each: (_LOUDEST.index(each["precedence"]), each["handle_by"]))
    wait = "1 message waits" if len(waiting) == 1 else f"{len(waiting)} messages wait"
    late = "" if not overdue else ", OVERDUE" if len(waiting) == 1 else f", {overdue} of them OVERDUE"
    say("", f"{wait} for somebody here{late}. First: openline {first['waits_for']} {first['id'][:SHORT_ID]}", "bold")


_LOUDEST: Final = tuple(_STYLES)


def print_entry(value: Any) -> None:
    """One entry with everything that belongs to it."""
    _print_said(value)
    if value.get("corrections"):
        say(_margin(value), "corrected; first it said:")
        quote(value, value["original"])
    print_translations(value.get("translations", []))
    for each in value["crossed"]:
        say(_margin(each), f"CROSSED with {about(each)} of {each['author']}:")
        quote(each, _text(each))
    if value.get("drafter"):
        say(_margin(value), f"drafted by {value['drafter']}")
    if value.get("released_by_one"):
        second = value["countersigned"]
        say(_margin(value), "released by one" + (f", countersigned by {second}" if second else "; not countersigned"))
    _print_rungs(value)
    for each in value.get("said", ()):
        if each["id"] != value["id"]:
            _print_said(each)
    for each in value.get("ignored", ()):
        say(_margin(value), f"counts for nothing: {each['id'][:SHORT_ID]}, for {each['why']}")


def print_translations(translations: list[Any]) -> None:
    """What stands beside a text: each with its label, never as the author's words."""
    for each in translations:
        say(_margin(each), _label(each), "" if each["stands"] else "dim")
        quote(each, "[its words are withheld]" if each["text"] is None else each["text"])


def _label(each: Any) -> str:
    """What a translation is, who or what made it, whose word it is, and what became of it."""
    made_by = each["made_by"] or "one whose name is withheld"
    maker = f"the machine “{made_by}”" if each["maker"] == "machine" else made_by
    who = each["author"] + (f", {each['officer']}" if each["officer"] else "")
    said = f"{each['id'][:SHORT_ID]}  TRANSLATION of #{each['field']} into {each['language']}, "
    said += f"made by {maker}, attached by {who}"
    if each["withdrawn"] is not None:
        said += "; WITHDRAWN" + (f": {each['why']}" if each["why"] else "")
    elif each["replaced"]:
        said += f"; REPLACED by {each['replaced'][-1][:SHORT_ID]}"
    if each["disputed"]:
        said += f"; DISPUTED by {', '.join(one[:SHORT_ID] for one in each['disputed'])}"
    return said


def print_receipts(value: Any) -> None:
    """Which message it is, and the ladder that it climbed."""
    out.print(_headline(value))
    _print_rungs(value)
    if value.get("given_up"):
        say(_margin(value), "GIVEN UP by its author")


def _print_rungs(value: Any) -> None:
    for each in value.get("rungs", ()):
        who = each["by"] + (f", {each['officer']}" if each["officer"] else "")
        to = f"  to {on_one_line(each['to'])}" if each.get("to") else ""
        proof = f"  proved by {each['proof'][:SHORT_ID]}" if each["proof"] else "  stated by this post"
        say(_margin(value), f"{each['at']}  {each['rung']}: {who}{proof}{to}")


def print_kept(value: Any) -> None:
    """What was just written: its whole id, what it is, who signed it; and whom no link leads to now."""
    entry = value["entry"]
    officer = entry["officer"] or "nobody"
    signed = f"{entry['kind']} by {officer}" if "text" not in entry else f"signed by {officer}"
    to = f" to {on_one_line(entry['to'])}" if entry.get("to") else ""
    already = ", already before" if value.get("already") else ""
    text = Text(f"Kept as {value['id']}  ")
    text.append_text(_words(entry))
    operation = " OPERATION" if entry["class"] == "operation" else ""
    text.append(f"{operation} on {entry['line']}, {signed}{to}{already}")
    out.print(text)
    if value["cut"] and not value["serving"]:
        err.print("This post is not running: nothing goes out before 'openline serve' runs.", style="bold")
    elif value["cut"]:
        where = ", ".join(value["cut"])
        err.print(f"No link to {where} now: it goes out by itself as soon as there is one.", style="bold", markup=False)


def print_event(event: Any) -> None:
    """Something that a watching person is told."""
    line = f"{event['line']}: " if event.get("line") else ""
    if event["what"] == "entry":
        _print_said(event)
    elif event["what"] == "alarm":
        _print_alarm(event)
    elif event["what"] == "waiting":
        text = Text()
        text.append_text(_words(event))
        text.append(f"  {event['id'][:SHORT_ID]}  {line}{event['author']}: {_waits(event)}", style="bold")
        out.print(text)
    elif event["what"] == "changed":
        say("", f"{event['at']}  {line}{on_one_line(event['text'])}", "dim")
    elif event["what"] == "delivered":
        for each in event["messages"]:
            say(_margin(each, 0), f"{event['at']}  {line}{about(each)} is delivered: {event['by']} signed for it")


def _print_alarm(event: Any) -> None:
    line = f" on {event['line']}" if event["line"] else ""
    style = _STYLES[event["precedence"]]
    say("", f"ALARM {event['code']}{line}, {event['at']}: {on_one_line(event['text'])}", style)
    if event["entry"] is not None:
        _print_said(event["entry"])
    if advice(event):
        say("    ", f"What to do: {on_one_line(advice(event))}")
    if event.get("card"):
        say("    ", f"All steps: openline action {event['code']}")


def _print_said(entry: Any) -> None:
    out.print(_headline(entry))
    if "text" in entry or entry.get("to"):
        quote(entry, _text(entry))
    for each in _states(entry):
        say(_margin(entry), each, "bold" if entry.get("overdue") else "")


def _headline(entry: Any) -> Text:
    text = _words(entry)
    officer = f", {entry['officer']}" if entry["officer"] else ""
    own = " (this post)" if entry["own"] else ""
    about = f" {entry['refers'][0][:SHORT_ID]}" if entry["refers"] else ""
    kind = f"  [{entry['kind']}{about}]" if entry["kind"] != "message" else ""
    text.append(f"  {entry['id'][:SHORT_ID]}  {entry['at']}{kind}  {entry['line']}  {entry['author']}{officer}{own}")
    for word in ("crossed", "corrected", "given_up"):
        if entry.get(word):
            text.append("  " + word.upper().replace("_", " "))
    return text


def _words(entry: Any) -> Text:
    """The precedence and, where it is none of operation, the class."""
    text = Text()
    text.append(entry["precedence"].upper(), style=_STYLES[entry["precedence"]])
    if entry["class"] != "operation":
        text.append(" ")
        text.append(entry["class"].upper(), style=_CLASSES[entry["class"]])
    return text


def about(entry: Any) -> str:
    """A message in few words: FLASH EXERCISE 4f0c56b1aa02."""
    return f"{_words(entry).plain} {entry['id'][:SHORT_ID]}"


def _states(entry: Any) -> list[str]:
    """How far a message got, what it waits for, and whether it came late."""
    late = [] if entry["own"] or not _late(entry) else [_late(entry)]
    if entry.get("waits_for"):
        return [*late, _waits(entry)]
    if "rung" not in entry:
        return late
    return [*late, "; ".join([_reached(entry), *(_lacks(entry) if entry["own"] else [])])]


def _reached(entry: Any) -> str:
    rung, who = entry["rung"], " and ".join(entry["rung_by"])
    if rung == "kept":
        return "kept here" if entry["own"] else "kept"
    return f"{rung} {'to' if rung in ('carried', 'delivered') else 'by'} {who}"


def _lacks(entry: Any) -> list[str]:
    """What is not proved of a message of ours."""
    lacks = []
    if entry["undelivered"]:
        lacks.append(f"NOT DELIVERED yet to {', '.join(entry['undelivered'])}")
    if not entry["in_hand"] and not entry["given_up"]:
        lacks.append(f"nobody has {'seen' if entry['refers'] else 'taken'} this")
    elif entry["corrected"] and not entry["seen"]:
        lacks.append("nobody has seen the correction")
    return lacks


def _waits(entry: Any) -> str:
    command = f"openline {entry['waits_for']} {entry['id'][:SHORT_ID]}"
    rest = clock.instant(entry["handle_by"]) - clock.now()
    take = entry["waits_for"] == "take"
    if rest >= timedelta():
        return f"{'take' if take else 'read'} within {clock.span(rest)}: {command}"
    what = "taken this" if take else "seen the correction" if entry.get("corrected") else "seen this"
    return f"OVERDUE by {clock.span(rest)}, nobody here has {what}: {command}"


def _late(entry: Any) -> str:
    """That an entry came long after it was signed, by its author's clock, which may say anything."""
    try:
        late = clock.instant(entry["kept_at"]) - clock.instant(entry["at"])
    except ValueError:
        return f"came at {entry['kept_at']}; the time of its author is none"
    return f"came at {entry['kept_at']}, {clock.span(late)} after it was signed" if late >= _LATE else ""


def _margin(entry: Any, width: int = 4) -> str:
    return " " * width + ("" if entry["class"] == "operation" else f"{entry['class'].upper()}  ")


def quote(entry: Any, text: str) -> None:
    """What somebody wrote, with a bar before each line."""
    word = "" if entry["class"] == "operation" else f"{entry['class'].upper()} "
    for line in text.split("\n"):
        say(f"  {word}| ", line, hang="")


def say(margin: str, text: str, style: str = "", hang: str = "      ") -> None:
    """Print a text so that each line of the terminal begins with the margin, and those after the first hang.

    A text is one line: names of offices, means and holders are what others wrote, and none begins a line of ours.
    """
    line = Text(on_one_line(text), style=style)
    width = max(20, out.width - len(margin + hang))
    for at, each in enumerate(line.wrap(out, width, overflow="fold") if out.is_terminal and text else [line]):
        each.rstrip()
        out.print(Text(margin + (hang if at else "")) + each)


def _text(entry: Any) -> str:
    if entry.get("text") is not None:
        return str(entry["text"])
    return f"[{entry['kind']}]" + (f" to {entry['to']}" if entry.get("to") else "")
