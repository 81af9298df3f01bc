"""How claims look to people: whose it is, on which lines, what each answered, and who is silent."""

from __future__ import annotations

from typing import Any, Final

from openline.cli.common import out
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line

_BOLD: Final = "bold"
_DENIED: Final = "bold white on red"


def print_claims(value: Any) -> None:
    """One after the other, the newest first."""
    for each in value["claims"]:
        print_one(each)
    if not value["claims"]:
        out.print("No claims yet.")


def print_claim(value: Any) -> None:
    """The claim as it stands, and where it could not be written."""
    print_one(value["shown"])
    for each in value.get("refused", ()):
        say("  ", f"NOT WRITTEN on {each['line']}: {each['message']}", _DENIED)


def print_one(value: Any) -> None:
    """A claim, then each line on which it is put."""
    traffic = "" if value["class"] == "operation" else f"{value['class'].upper()} "
    text = "(withheld)" if value["text"] is None else on_one_line(value["text"])
    own = " (this post)" if value["own"] else ""
    say("", f"{traffic}CLAIM of {value['claimant']}{own}: {text}", _BOLD)
    for each in value["put"]:
        _print_put(each)


def _print_put(put: Any) -> None:
    until = f", reply by {put['reply_by']}" if put["reply_by"] else ""
    head = f"{put['at']}  {put['id'][:SHORT_ID]}  on {put['line']}, {put['precedence'].upper()}{until}"
    say("  ", f"{head}, signed by {put['officer'] or 'nobody'}", _BOLD)
    if put["replaces"]:
        say("    ", f"in the place of {put['replaces'][:SHORT_ID]}")
    for each in put["parties"]:
        _print_party(each)
    for each in put["evidence"]:
        words = f": {on_one_line(each['text'])}" if each["text"] else ""
        say("    ", f"{each['at']}  evidence{words}")
        for file in each["files"]:
            say("      ", f"{on_one_line(file['name'])}, SHA-256 {file['sha256']}")
    for each in put["told"]:
        _print_told(each)
    if put["not_told_of"]:
        say("    ", f"not told here that it was put to: {'; '.join(put['not_told_of'])}")
    if put["withdrawn"]:
        _print_withdrawn(put["withdrawn"])
    for each in put["ignored"]:
        say("    ", f"counts for nothing: {each['id'][:SHORT_ID]}, for {each['why']}")


def _print_party(party: Any) -> None:
    name = party["post"] + (" (this post)" if party["own"] else "")
    if party["status"] == "silent":
        say("    ", f"{name}: SILENT; {_reached(party['reached'])}", _BOLD)
        return
    say("    ", f"{name}: {party['status'].upper().replace('-', ' ')}", _BOLD)
    for each in party["answers"]:
        words = f": {on_one_line(each['text'])}" if each["text"] else ""
        late = "  LATE, after reply-by" * each["late"] + "  CROSSED the withdrawal" * each["crossed"]
        said = each["stance"].replace("-", " ")
        say("      ", f"{each['at']}  {each['author']}, {each['officer'] or 'nobody'}: {said}{words}{late}")


def _reached(reached: Any) -> str:
    """How far it got with whoever is silent."""
    if reached["at"] is None:
        return "nothing shows that it arrived"
    by = f" by {reached['officer']}" if reached["officer"] else ""
    return f"{reached['rung']}{by} {reached['at']}"


def _print_told(told: Any) -> None:
    names = "(withheld)" if told["names"] is None else "; ".join(map(on_one_line, told["names"]))
    words = f" ({on_one_line(told['text'])})" if told["text"] else ""
    say("    ", f"{told['at']}  {told['author']} states who else was told: {names}{words}")
    if told["allowed"] is False:
        say("      ", "OUTSIDE THE RULES of this line, which do not let members say it", _DENIED)


def _print_withdrawn(withdrawn: Any) -> None:
    words = f": {on_one_line(withdrawn['text'])}" if withdrawn["text"] else ""
    instead = f", {withdrawn['replaced_by'][:SHORT_ID]} in its place" if withdrawn["replaced_by"] else ""
    say("    ", f"{withdrawn['at']}  WITHDRAWN by {withdrawn['author']}{instead}{words}", _BOLD)
