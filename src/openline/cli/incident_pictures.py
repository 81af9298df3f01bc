"""How incidents look to people: the table of parties and assessments, what is asked, and the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any, Final

from openline.cli.common import out
from openline.cli.notice_words import area_words
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line

_RED: Final = "bold white on red"
_WITHHELD: Final = "(withheld)"
_ACROSS: Final = 4
"""Assessments side by side in one table; more make a second one below."""

_WIDTH: Final = 16
_SAID: Final = {
    "own": "ITS OWN",
    "concurs": "concurs",
    "no-contradiction": "nothing against",
    "disputes": "DISPUTES",
    "no-position": "no position",
    "": ".",
}
_HAD: Final = {
    "held": "by its own clock and ours alone",
    "claimed": "by its own clock alone",
    "differ": "the clocks differ",
    "not-proved": "NOT PROVED",
}


def print_incidents(value: Any) -> None:
    """One line for each."""
    for each in value["incidents"]:
        closed = "" if each["open"] else "CLOSED  "
        waits = f"; {len(each['waits_for_us'])} waits for this post" if each["waits_for_us"] else ""
        kind = "" if each["class"] == "operation" else f"{each['class'].upper()}  "
        head = f"{each['id'][:SHORT_ID]}  {kind}{each['happened']}  {each['line']}  {closed}{_title(each)}"
        say("", f"{head}: {origin_words(each)}{waits}", "bold" if waits else "")
    if not value["incidents"]:
        out.print("No incidents.")


def _title(each: Any) -> str:
    return _WITHHELD if each["title"] is None else on_one_line(each["title"])


def origin_words(each: Any) -> str:
    """Where the parties stand on the origin, in a few words."""
    status, preliminary = each["origin"]["status"], each["origin"]["preliminary"]
    words = {"several": "said differently by several", "not stated": "stated, how sure is not"}.get(status, status)
    return f"origin {words.upper()}{', preliminary' if preliminary else ''}"


def print_picture(value: Any, proofs: bool = False) -> None:
    """The picture, as of the moment and the party that were asked for, and those of incidents said to be the same."""
    _print_view(value)
    if value["picture"] is None:
        say("", f"It is not proved that {value['view']['as'] or 'anybody'} had this incident then.", "bold")
    else:
        _print_one(value["picture"], proofs)
    for each in value["same"]:
        say("", f"THE SAME INCIDENT, says {each['said_by']} ({each['proof'][:SHORT_ID]}):", "bold")
        if each["picture"] is not None:
            _print_one(each["picture"], proofs)
        else:
            say("  ", f"{each['id'][:SHORT_ID]}: not proved to have been held then")


def _print_view(value: Any) -> None:
    view = value["view"]
    if view["before"] is not None:
        when = f"when {view['before_author']} signed {view['before'][:SHORT_ID]}"
        by = "by signatures alone, no clock"
    else:
        when = f"at {view['at']}" if view["at"] else "now"
        by = "each dated by the clock of its author"
    if view["as"] is not None:
        say("", f"What {view['as']} had {when}, as far as it is proved:", "bold")
        for each in view["entries"]:
            _print_known(each)
    elif view["at"] is not None or view["before"] is not None:
        say("", f"The picture {when} ({by}):", "bold")


def _print_known(each: Any) -> None:
    if each["had"] == "proved":
        witness = each["witness"]
        seen = "" if witness is None else f", which {witness['by']} had at {witness['at']} ({witness['id'][:SHORT_ID]})"
        say("    ", f"{each['id'][:SHORT_ID]}  proved by {each['proof'][:SHORT_ID]} of {each['signed_at']}{seen}")
        return
    first = f"; first signed for in {each['proof'][:SHORT_ID]}, dated {each['signed_at']}" if each["proof"] else ""
    say("    ", f"{each['id'][:SHORT_ID]}  {_HAD[each['had']]}{first}", "bold yellow")


def _print_one(value: Any, proofs: bool) -> None:
    kind = "" if value["class"] == "operation" else f"{value['class'].upper()} "
    state = "open" if value["open"] else "CLOSED"
    say("", f"{kind}INCIDENT {value['id'][:SHORT_ID]} on {value['line']}, {state}: {_title(value)}", "bold")
    until = f" to {value['until']}" if value["until"] else ""
    place = _WITHHELD if value["place"] is None else on_one_line(value["place"])
    say("    ", f"{value['happened']}{until}, {place}; opened by {value['author']}, {value['officer']}")
    if value["area"] is not None:
        say("    ", f"where: {area_words(value['area'])}")
    disputed = value["origin"]["status"] in ("disputed", "several")
    say("    ", origin_words(value) + _disputed_before(value), _RED if disputed else "bold")
    _print_table(value)
    for letter, each in zip(_letters(), value["assessments"], strict=False):
        _print_assessment(letter, each)
    _print_asked(value)
    for each in value["sources"]:
        where = "".join(f", {on_one_line(word)}" for word in (each["where"], each["at"]) if word)
        say("  ", f"source, named by {each['by']}: {on_one_line(each['text'])}{where}")
    _print_timeline(value, proofs)
    for each in value["ignored"]:
        say("    ", f"counts for nothing: {each['id'][:SHORT_ID]}, for {each['why']}")


def _disputed_before(value: Any) -> str:
    """Who disputed a version that was revised since, and has not said anything of the one that stands."""
    rows = [
        row for row in value["table"] if any(each["earlier"] and each["said"] == "disputes" for each in row["cells"])
    ]
    return f"; an earlier version was DISPUTED by {', '.join(row['party'] for row in rows)}" if rows else ""


def _letters() -> Iterator[str]:
    """A to Z, then A1 and so on."""
    for at in range(1 << 16):
        yield ascii_uppercase[at % 26] + (str(at // 26) if at >= 26 else "")


def _print_table(value: Any) -> None:
    for text, style in table_lines(value):
        say("  ", text, style)
    if any(each["earlier"] for row in value["table"] for each in row["cells"]):
        say("  ", "* of an earlier version: it was revised since")
    if value["silent"]:
        say("  ", f"has said nothing: {', '.join(value['silent'])}")


def table_lines(value: Any) -> list[tuple[str, str]]:
    """Who says what of which assessment, each line with its style; what is withdrawn is not in it."""
    names = dict(zip((each["assessment"] for each in value["assessments"]), _letters(), strict=False))
    columns = value["table"][0]["cells"] if value["table"] else []
    lines = []
    for first in range(0, len(columns), _ACROSS):
        shown = columns[first : first + _ACROSS]
        lines.append((_cells("", [names[each["assessment"]] for each in shown]), "bold"))
        for row in value["table"]:
            cells = row["cells"][first : first + _ACROSS]
            said = [_SAID[each["said"]] + ("*" if each["earlier"] else "") for each in cells]
            disputes = any(each["said"] == "disputes" and not each["earlier"] for each in cells)
            lines.append((_cells(row["party"], said), "bold red" if disputes else ""))
    return lines


def _cells(name: str, cells: list[str]) -> str:
    cut = name if len(name) <= 20 else name[:19] + "…"
    return f"{cut:<22}" + "".join(f"{each:<{_WIDTH}}" for each in cells).rstrip()


def _print_assessment(letter: str, each: Any) -> None:
    mark = "CONFIRMED" if each["confirmed"] else "PRELIMINARY"
    sure = "" if each["confidence"] == "not stated" else f", {each['confidence']}"
    gone = "WITHDRAWN  " if each["withdrawn"] else ""
    version = f", version {len(each['earlier']) + 1}" if each["earlier"] else ""
    head = f"{letter}  {each['id'][:SHORT_ID]}  {each['at']}  {gone}{each['author']}, {each['officer']}{version}"
    say("  ", f"{head}: {mark}{sure}", "" if gone else "bold")
    if each["what"] is None:
        say("     ", _WITHHELD)
        return
    say("     ", on_one_line(each["what"]))
    say("     ", f"origin: {on_one_line(each['origin']) or 'not known'}")
    for source in each["sources"]:
        say("     ", f"source: {on_one_line(source['text'])}")
    for stance in each["stances"]:
        if stance["counts"] and stance["text"]:
            old = "" if stance["of_this_version"] else ", of an earlier version"
            said = f"{stance['author']} ({_SAID[stance['stance']]}{old}): {on_one_line(stance['text'])}"
            say("     ", said)


def _print_asked(value: Any) -> None:
    for each in value["investigations"]:
        state = "WITHDRAWN" if each["withdrawn"] else "finished" if each["finished"] else "going on"
        head = f"investigation {each['id'][:SHORT_ID]} by {each['author']}, {state}"
        say("  ", f"{head}{_answers(each['asked'])}{_why(each)}")
    for each in value["quiets"]:
        gone = "WITHDRAWN: " if each["withdrawn"] else ""
        head = f"{gone}no comment before {each['quiet_until']}, asked by {each['author']} ({each['id'][:SHORT_ID]})"
        say("  ", f"{head}{_answers(each['asked'])}{_why(each)}", "" if gone else "bold")
    for each in value["corrections"]:
        state = "in effect" if each["in_effect"] else "WITHDRAWN" if each["withdrawn"] else "proposed"
        place = _WITHHELD if each["place"] is None else on_one_line(each["place"])
        said = f"correction {each['id'][:SHORT_ID]} by {each['author']}, {state}: {_title(each)}, {place}"
        say("  ", f"{said}, {each['happened']}{_answers(each['needs'])}")
    for each in value["ties"]:
        gone = "WITHDRAWN: " if each["withdrawn"] else ""
        say("  ", f"{gone}{each['author']} says it is the same as {each['other'][:SHORT_ID]} ({each['id'][:SHORT_ID]})")


def _answers(asked: Any) -> str:
    said = [f"{each['party']} {each['answer'].upper() if each['answer'] else 'has not answered'}" for each in asked]
    return f": {'; '.join(said)}" if said else ""


def _why(each: Any) -> str:
    return f" - {on_one_line(each['text'])}" if each["text"] else ""


def _print_timeline(value: Any, proofs: bool) -> None:
    say("  ", "Timeline:")
    for each in value["timeline"]:
        what = on_one_line(each["what"])
        say("    ", f"{each['at']}  {each['id'][:SHORT_ID]}  {each['author']}, {each['officer']}, {what}")
        for held in each["held"] if proofs else ():
            say("        ", f"{held['by']} had it by {held['at']}, its clock: {held['proof'][:SHORT_ID]}")
