"""How entries look to people: words first, colour beside them, times in UTC."""

from __future__ import annotations

from typing import Any, Final

from rich.text import Text

from openline.cli.common import out
from openline.cli.screen import on_one_line

_STYLES: Final = {"flash": "bold white on red", "immediate": "bold red", "priority": "bold yellow", "routine": ""}
_CLASSES: Final = {"operation": "", "exercise": "black on cyan", "drill": "black on green", "test": "black on white"}


def print_inbox(value: Any) -> None:
    """Entries one after the other, the newest last."""
    for entry in value["entries"]:
        out.print(_headline(entry))
        out.print(_quoted(_text(entry)))
    if not value["entries"]:
        out.print("Nothing yet.")


def print_entry(value: Any) -> None:
    """One entry with everything that belongs to it."""
    out.print(_headline(value))
    out.print(_quoted(_text(value)))
    if value.get("corrections"):
        out.print(Text("    corrected; first it said:"))
        out.print(_quoted(value["original"]))
    for each in value["crossed"]:
        out.print(Text(f"    CROSSED with {each['id'][:12]} of {each['author']}: {on_one_line(_text(each))}"))
    if value.get("rungs"):
        print_rungs(value)
    for each in value.get("said", ()):
        if each["id"] != value["id"]:
            out.print(_headline(each))
            out.print(_quoted(_text(each)))
    for each in value.get("ignored", ()):
        out.print(Text(f"    counts for nothing: {each['id'][:12]}, for {each['why']}"))


def print_rungs(value: Any) -> None:
    """The ladder of a message, lowest rung first."""
    for each in value["rungs"]:
        who = each["by"] + (f", {each['officer']}" if each["officer"] else "")
        to = f" to {on_one_line(each['to'])}" if each.get("to") else ""
        proof = f"  proved by {each['proof'][:12]}" if each["proof"] else "  stated by this post"
        out.print(Text(f"    {each['at']}  {each['rung']}{to}: {who}{proof}"))
    if value.get("given_up"):
        out.print(Text("    GIVEN UP by its author"))


def print_event(event: Any) -> None:
    """Something that a watching person is told."""
    what = event["what"]
    if what == "entry":
        out.print(_headline(event))
        if event.get("text"):
            out.print(_quoted(_text(event)))
    elif what == "alarm":
        line = f" on {event['line']}" if event["line"] else ""
        out.print(Text(f"ALARM{line}: {on_one_line(event['text'])}", style=_STYLES[event["precedence"]]))
    elif what == "changed":
        line = f"{event['line']}: " if event["line"] else ""
        out.print(Text(f"{line}{on_one_line(event['text'])}", style="dim"))
    else:
        who = event.get("by") or event.get("to")
        out.print(Text(f"{event['line']}: our entries up to {event['number']} {what} ({who})", style="dim"))


def _quoted(text: str) -> Text:
    """What somebody wrote, with a bar before each line: no text can look like a line of ours."""
    return Text("  | " + text.replace("\n", "\n  | "))


def _text(entry: Any) -> str:
    if entry.get("text") is not None:
        return str(entry["text"])
    return f"[{entry['kind']}]" + (f" to {entry['to']}" if entry.get("to") else "")


def _headline(entry: Any) -> Text:
    text = Text()
    text.append(entry["precedence"].upper(), style=_STYLES[entry["precedence"]])
    if entry["class"] != "operation":
        text.append(" ")
        text.append(entry["class"].upper(), style=_CLASSES[entry["class"]])
    officer = f", {entry['officer']}" if entry["officer"] else ""
    text.append(f"  {entry['at']}  {entry['line']}  {entry['author']}{officer}  {entry['id'][:12]}")
    if entry.get("rung"):
        text.append(f"  {entry['rung']}", style="bold")
    if entry.get("crossed"):
        text.append("  CROSSED")
    if entry.get("corrected"):
        text.append("  CORRECTED")
    if entry.get("given_up"):
        text.append("  GIVEN UP")
    return text
