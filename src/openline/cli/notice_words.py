"""How notices and STOP look to people."""

from __future__ import annotations

from typing import Any

from openline.cli.common import out
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line

_RED = "bold white on red"
_WITHHELD = "(withheld)"


def called(value: Any) -> str:
    """A notice in few words."""
    source = f" ({on_one_line(value['source_id'])})" if value["source_id"] else ""
    return f"{value['form']} {value['number']}/{value['year']}{source} of {value['author']}"


def print_notice(value: Any) -> None:
    """A notice as it stands, and what everybody signed about it."""
    kind = "" if value["class"] == "operation" else f"{value['class'].upper()} "
    say("", f"{value['id'][:SHORT_ID]}  {kind}{called(value)} on {value['line']}: {value['state'].upper()}", "bold")
    for each in value["remarks"]:
        say("    ", each, "bold")
    version = value["versions"][-1]
    _print_windows("from", version["windows"])
    _print_windows("or, in reserve, from", version["alternate_windows"])
    if version["areas"] is None:
        say("    ", f"where: {_WITHHELD}")
    for area in version["areas"] or ():
        say("    ", f"where: {area_words(area)}")
    for each in version["fields"] or ():
        say("    ", f"{each['label']}: {on_one_line(each['text'])}")
    if version["fields"] is None:
        say("    ", f"particulars: {_WITHHELD}")
    for at, each in enumerate(version["contacts"] or (), 1):
        say("    ", f"contact {at}: {on_one_line(each['name'])}, {on_one_line(each['means'])}")
    for line in (version["text"] or "").splitlines():
        say("    | ", line, hang="")
    if version["source"] is not None:
        say("    ", f"as it was issued ({version['source']['format']}):")
        for line in version["source"]["text"].splitlines():
            say("    | ", line, hang="")
        for each in (*version["source"]["flags"], *version["source"]["refused"]):
            say("    ", f"doubted or not understood: {on_one_line(each)}", "bold yellow")
    _print_signed(value)


def _print_windows(word: str, windows: Any) -> None:
    for each in windows[:12]:
        end = each["end"] or "until further notice"
        estimated = " (estimated)" if each["end_kind"] == "est" else ""
        say("    ", f"{word} {each['start']} to {end}{estimated}")
    if len(windows) > 12:
        say("    ", f"and {len(windows) - 12} more windows")


def _print_signed(value: Any) -> None:
    for each in value["provided"]:
        late = each["late_minutes"]
        word = "not obliged" if late is None else "in time" if not late else f"LATE by {late} minutes"
        say("    ", f"provided to {each['member']} at {each['at']}: {word}", "bold" if late else "")
    for name, word in (("acknowledged", "acknowledged"), ("confirmed", "confirmed: those on shift hold it")):
        for each in value[name]:
            old = "" if each["newest"] else " (an earlier version)"
            say("    ", f"{each['at']}  {_who(each)} {word}{old}{_text(each)}")
    for each in value["passed"]:
        old = "" if each["newest"] else " (an earlier version)"
        to = _WITHHELD if each["to"] is None else on_one_line(each["to"])
        say("    ", f"{each['passed_at']}  {_who(each)} passed it on to {to}{old}")
    for each in value["asked"]:
        say("    ", f"{each['at']}  {_who(each)} asks whether those on shift hold it{_text(each)}")
    for each in value["refused"]:
        say("    ", f"{each['at']}  REFUSED by {each['author']}{_text(each)}", _RED)
    for each in value["tries"]:
        style = "" if each["standing"] == "reached" else _RED
        say("    ", f"{each['tried_at']}  {_who(each)} tried contact {each['contact']}: {each['standing']}", style)
    if value["ended"] is not None:
        say("    ", f"{value['ended']['ended_at']}  {value['ended']['how'].upper()}{_text(value['ended'])}", "bold")
    for each in value["owes"]:
        say("    ", f"NOT yet by {each['member']}: {' and '.join(each['for'])}", "bold")


def _who(each: Any) -> str:
    return f"{each['author']}, {each['officer']}," if each["officer"] else each["author"]


def _text(each: Any) -> str:
    return f": {on_one_line(each['text'])}" if each.get("text") else ""


def area_words(value: Any) -> str:
    """An area in the words of warnings at sea."""
    import msgspec

    from openline.areas.shapes import Area
    from openline.areas.writing.words import area_words as words

    return " ".join(words(msgspec.convert(value, Area), listed=True))


def print_notices(value: Any) -> None:
    """One line for each."""
    for each in value["notices"]:
        owes = "; ".join(f"{one['member']} owes {' and '.join(one['for'])}" for one in each["owes"])
        text = f"{each['id'][:SHORT_ID]}  {each['at']}  {each['line']}  {called(each)}: {each['state']}"
        say("", f"{text}{'; ' if owes else ''}{owes}", "bold" if owes else "")
    if not value["notices"]:
        out.print("No notices.")
    elif value["total"] > len(value["notices"]):
        out.print(f"{value['total']} in all; ask for more with --most.")


def print_in_force(value: Any) -> None:
    """One line for each, in the order of their starts."""
    for each in value["notices"]:
        until = each["until"] or "further notice"
        refused = "  (its form is refused)" if each["refused"] else ""
        say("", f"{each['id'][:SHORT_ID]}  {each['state']}  {called(each)} on {each['line']}, until {until}{refused}")
    count = len(value["notices"])
    out.print(f"{count} notice{'' if count == 1 else 's'} in force at {value['at']}.")


def print_stops(value: Any) -> None:
    """STOPs, those that wait first."""
    for each in value["stops"]:
        print_stop(each)
    if not value["stops"]:
        say("", "No STOP has come or gone.")


def print_stop(value: Any) -> None:
    """A STOP with its clock, and who still owes what."""
    kind = "" if value["class"] == "operation" else f"{value['class'].upper()} "
    seconds = int(value["seconds"])
    clock = f"{seconds // 60} min {seconds % 60} s ago"
    say(
        "", f"{kind}STOP {value['id'][:SHORT_ID]} of {value['author']} on {value['line']}, {value['at']}, {clock}", _RED
    )
    for name in ("what", "where", "by"):
        text = value[name]
        say("    ", f"{name}: {_WITHHELD if text is None else on_one_line(text) or 'not known yet'}")
    for area in value["areas"]:
        say("    ", f"area: {area_words(area)}")
    for each in value["read_back"]:
        old = "" if each["newest"] else ", before something was added"
        say("    ", f"{each['at']}  {_who(each)} read it back{old}")
    for each in value["passed"]:
        to = _WITHHELD if each["to"] is None else on_one_line(each["to"])
        say("    ", f"{each['at']}  {_who(each)} passed it on to {to}")
    if value["withdrawn"] is not None:
        say("    ", f"{value['withdrawn']['at']}  STOP WITHDRAWN{_text(value['withdrawn'])}", "bold")
    for each in value["waits"]:
        say("    ", f"NOT yet by {each['member']}: {' and '.join(each['for'])}", _RED)
