"""How contacts look to people: who asked whom, what each answered, and the one outcome."""

from __future__ import annotations

from typing import Any

from openline.cli.common import out
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line

_OPEN = "bold"
_DENIED = "bold white on red"


def print_contacts(value: Any) -> None:
    """One after the other, open ones first."""
    for each in value["contacts"]:
        print_contact(each)
    if not value["contacts"]:
        out.print("No contacts yet.")


def print_contact(value: Any) -> None:
    """A contact with everything in it."""
    kind = "" if value["class"] == "operation" else f" {value['class'].upper()}"
    for request in value["requests"]:
        called = ", ".join(f"{office} ({peer})" for peer, office in request["called"])
        head = f"{value['precedence'].upper()}{kind}  {request['id'][:SHORT_ID]}  {request['at']}  {value['line']}"
        say("", f"{head}  {request['author']}, {request['office']}, asks to speak with {called}", _OPEN)
        _request_words(request)
    if len(value["requests"]) > 1:
        say("    ", f"requests that crossed: one contact, closed by {value['closer']}")
    for party in value["parties"]:
        _party(party, value)
    if "follows" in value:
        _follows(value["follows"])
    for each in value["ignored"]:
        say("    ", f"counts for nothing: {each['id'][:SHORT_ID]}, for {each['why']}")


def _follows(value: Any) -> None:
    for each in value["minutes"]:
        state = "signed by all" if each["complete"] else "NOT signed by all"
        say("  ", f"minute with {each['points']} points: {state}; 'openline call minute show'")
    for each in value["commitments"]:
        say("  ", f"commitment {each['id'][:SHORT_ID]} of {each['owner']}: {each['status']}")
    for each in value["disclosures"]:
        agreed = "agreed" if each["agreed"] else "NOT agreed"
        said = "".join(f"; disclosed: {judgement}" for judgement in each["disclosed"])
        say("  ", f"what may be said in public: {agreed}{said}; 'openline call disclose show'")
    for each in value["readouts"]:
        text = f"readout of {each['of']}, {each['marks']} marks"
        say("  ", f"{text}; 'openline call readout show'")


def _request_words(request: Any) -> None:
    said = {
        "about": "; ".join(request["topics"] or ()),
        "times": ", ".join(request["times"]),
        "languages": ", ".join(request["languages"]),
        "means": request["means"],
        "reply by": request["reply_by"],
        "if none": request["consequence"],
        "content": request["content"],
        "matter": request["matter"],
        "also told": "; ".join(request["told"] or ()),
    }
    if request["topics"] is None:
        say("    ", "its words are withheld")
    for name, words in said.items():
        if words:
            say("    ", f"{name}: {on_one_line(words)}")


def _party(party: Any, value: Any) -> None:
    outcome = party["outcome"]
    what = f"OUTCOME {outcome}" if outcome else "open, no answer yet" if not party["answers"] else "open"
    say("  ", f"{party['post']}, {party['office']}: {what}", _OPEN)
    for each in party["answers"]:
        late = "  ANSWERED LATE" if each["late"] else ""
        words = [each["reply"], each["for"] or "", ", ".join(each["times"]), each["office"], each["reason"] or ""]
        said = " ".join(word for word in words if word) + (f": {on_one_line(each['text'])}" if each["text"] else "")
        say("    ", f"{each['at']}  {each['author']}, {each['officer']}: {said}{late}")
    for each in party["attempts"]:
        who = each["officer"] or "stated by the post"
        said = ", ".join(on_one_line(word) for word in (each["who"], each["text"]) if word)
        text = f"{each['began']}  tried by {each['means']} ({who}), reached {each['layer']}"
        say("    ", text + (f": {said}" if said else ""))
    for each in party["certificates"]:
        _certificate(each)
    ended = party["ended"]
    if ended is not None:
        span = f" {ended['began']} to {ended['ended']}" if ended["began"] else ""
        said = f": {on_one_line(ended['text'])}" if ended["text"] else ""
        say("    ", f"{ended['at']}  closed by {value['closer']}, {ended['officer']}: {ended['outcome']}{span}{said}")
        if ended["contradicted"]:
            text = f"{value['closer']} had signed for an answer before it signed 'no answer'"
            say("    ", f"CONTRADICTED BY ITS OWN SIGNATURE: {text}", _DENIED)


def _certificate(certified: Any) -> None:
    holds = f"entries up to {certified['holds']} of theirs" if certified["holds"] else "nothing of theirs"
    text = f": {on_one_line(certified['text'])}" if certified["text"] else ""
    say("    ", f"{certified['at']}  {certified['stated_by']} certified that it holds {holds}{text}")
    if certified["refuted"]:
        text = f"{certified['stated_by']} had signed for entry {certified['refuted']} before"
        say("    ", f"REFUTED BY ITS OWN SIGNATURE: {text}", _DENIED)
    for each in certified["responses"]:
        who = each["officer"] or "stated by the post"
        answers = ", ".join(answer[:SHORT_ID] for answer in each["answers"]) or "none"
        text = f": {on_one_line(each['text'])}" if each["text"] else ""
        say("    ", f"{each['at']}  {each['stated_by']} ({who}) responded: its answers are {answers}{text}")


def print_board(value: Any) -> None:
    """One row for each office: how it stands, the highest layer proved, who took the content."""
    heading = (
        f"{value['matter'] or 'all matters'}: {len(value['rows'])} {'office' if len(value['rows']) == 1 else 'offices'}"
    )
    say("", heading, _OPEN)
    for row in value["rows"]:
        office = f"{row['post']}, {row['office']}" if row["office"] else row["post"]
        briefed = row["briefed"]
        words = [
            f"{row['stands'].upper():<10} {office} on {row['line']}",
            f"asked {row['asked']}" if row["asked"] else "",
            f"reached {row['layer']}" if row["contacts"] else "",
            f"briefed {briefed['at']} ({briefed['officer']}, {briefed['proof'][:SHORT_ID]})" if briefed else "",
            f"{row['attempts']} attempts" if row["attempts"] else "",
            f"outcome {row['outcome']}" if row["outcome"] else "",
        ]
        say("  ", "; ".join(word for word in words if word), _DENIED if row["stands"] == "no-answer" else "")
    if value["told"]:
        say("  ", f"also told: {'; '.join(on_one_line(each) for each in value['told'])}")
    if not value["rows"]:
        known = "; ".join(on_one_line(each) for each in value["matters"]) or "none"
        say("  ", f"Nobody was asked in this matter. Matters: {known}.")
