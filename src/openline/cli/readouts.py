"""Commands for readouts: what each side told the public of a call, marked by both, side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter
from rich.text import Text

from openline.cli import times
from openline.cli.calls import ContactName, TextOption, call
from openline.cli.common import DEFAULTS, Common, Dialogue, out
from openline.cli.messages import OfficerName
from openline.cli.minutes import print_ignored
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.errors import Misuse
from openline.limits import READOUT_FILE_MAX_BYTES, READOUT_TEXT_MAX_BYTES
from openline.post.home import homes
from openline.post.requests import AnyRequest
from openline.post.talk import readout_requests as asks
from openline.post.talk.readouts import beginning

readout = App(name="readout", help="What each side told the public of a call, held against the minute and each other.")
call.command(readout)

ReadoutName = Annotated[str, Parameter(name="READOUT", help="The readout, by its id.")]
GAP = " | "
"""Between two texts side by side."""


def _say(common: Common, request: AnyRequest, then: AnyRequest) -> int:
    def dialogue() -> Dialogue[Any]:
        kept = yield request
        return {**kept, **(yield then)}

    return common.say(common.converse(dialogue()), print_readouts)


@readout.command
def file(
    contact: ContactName,
    path: Annotated[Path, Parameter(name="FILE", help="The text as it was published, UTF-8.")],
    /,
    *,
    published_at: Annotated[str, Parameter(help="When it was published: 2h ago, or a UTC time.")],
    where: Annotated[str, Parameter(help="Its address, or the name of the place.")],
    language: Annotated[str, Parameter(help="Its language: en, fr, ru.")],
    of: Annotated[str, Parameter(help="The party whose text it is; without it, this post.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """File what was published of a call, byte for byte. Of a very long text the beginning is kept, with its digest.

    Example: openline call readout file 4f0c56b1 readout.txt --published-at 2h --where ministry.example --language en
    """
    try:
        text = (data := homes.read_file(path.expanduser(), READOUT_FILE_MAX_BYTES)).decode()
    except UnicodeDecodeError:
        raise Misuse(f"{str(path)!r} is not text in UTF-8.") from None
    long = len(data) > READOUT_TEXT_MAX_BYTES
    request = asks.ReadoutFile(
        contact=contact,
        text=beginning(text) if long else text,
        published=times.instant_or_ago(published_at),
        where=where,
        language=language,
        of=of,
        size=len(data) if long else 0,
        digest=hashlib.sha256(data).hexdigest() if long else "",
        officer=officer,
    )
    return _say(common, request, asks.ReadoutShow(contact=contact))


@readout.command
def mark(
    name: ReadoutName,
    sort: Annotated[str, Parameter(name="SORT", help="covers, missing, added or differs.")],
    quote: Annotated[str, Parameter(name="QUOTE", help="Its words, as they stand; of what is missing none.")] = "",
    /,
    *,
    beside: Annotated[str, Parameter(help="The point of the minute, or another readout, by its id.")] = "",
    theirs: Annotated[str, Parameter(help="The words of that other readout.")] = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Mark what a readout covers, lacks, adds or says otherwise. It stands under your name; others answer it.

    Example: openline call readout mark 9a01c2d3 missing --beside 7a31c0de
    """
    request = asks.ReadoutMark(
        readout=name, sort=sort, quote=quote, target=beside, other_quote=theirs, text=text, officer=officer
    )
    return _say(common, request, asks.ReadoutShow(contact=name))


@readout.command
def word(
    name: Annotated[str, Parameter(name="MARK", help="The mark, by its id.")],
    said: Annotated[str, Parameter(name="WORD", help="agreed or disputed; of a mark of ours, withdrawn.")],
    /,
    *,
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Agree with a mark of another, dispute it, or withdraw one of ours.

    Example: openline call readout word 3c77ab10 disputed --text "It is in the last line."
    """
    request = asks.ReadoutWord(mark=name, word=said, text=text, officer=officer)
    return _say(common, request, asks.ReadoutShow(contact=name))


@readout.command
def show(contact: ContactName, /, *, common: Common = DEFAULTS) -> int:
    """Show all readouts of a call side by side: the marks on each, and the points that nobody has marked.

    Example: openline call readout show 4f0c56b1
    """
    return common.say(common.ask(asks.ReadoutShow(contact=contact)), print_readouts)


@readout.command
def compare(
    name: ReadoutName,
    other: Annotated[str, Parameter(name="OTHER", help="Another readout, or a point of the minute, by its id.")],
    /,
    *,
    common: Common = DEFAULTS,
) -> int:
    """Show word by word what both texts have, and what only one has. This is no finding.

    Example: openline call readout compare 9a01c2d3 5e62f0b4
    """
    return common.say(common.ask(asks.ReadoutCompare(readout=name, other=other)), print_compared)


def print_readouts(value: Any) -> None:
    """The texts beside each other, the points against each, then the marks and what the terms say."""
    readouts = value["readouts"]
    if not readouts:
        out.print("No readout of that contact is filed yet.")
    else:
        heads = [f"{each['of'].upper()}, {each['published']}, {each['language']}" for each in readouts]
        in_columns(heads, "bold")
        in_columns([_text(each) for each in readouts])
    for at, point in enumerate(value["points"], 1):
        text = "(withheld)" if point["text"] is None else on_one_line(point["text"])
        say("", f"Point {at} [{point['id'][:SHORT_ID]}], {point['status']}: {text}", "bold")
        in_columns([_against(each, point["id"]) for each in readouts])
    numbers = {point["id"]: at for at, point in enumerate(value["points"], 1)}
    for each in readouts:
        _print_readout(each, numbers)
    print_ignored(value)


def _text(readout: Any) -> str:
    if readout["text"] is None:
        return "(withheld)"
    return str(readout["text"]).strip() + ("" if readout["whole"] else " [...] (the beginning)")


def _against(readout: Any, point: str) -> str:
    """What the marks that stand say of a point in one readout."""
    marks = [each for each in readout["marks"] if each["stands"] and each["target"] and each["target"]["id"] == point]
    said = [f"{each['sort'].upper()}, says {each['author']}{_answers(each)}" for each in marks]
    return "; ".join(said) or "not marked by anybody"


def _answers(mark: Any) -> str:
    newest = {each["author"]: each["word"] for each in mark["words"]}
    return "".join(f", {word} by {author}" for author, word in newest.items())


def _print_readout(each: Any, numbers: Mapping[str, int]) -> None:
    filed = "" if each["author"] == each["of"] else f" (filed by {each['author']})"
    say("", f"{each['of']}{filed}: {each['id'][:SHORT_ID]}  {on_one_line(each['where'])}", "bold")
    terms = each["disclosure"]
    rule = f"; by the rule of the line: {terms['by_the_rule']}" if terms["by_the_rule"] else ""
    say("    ", f"by what was agreed on disclosure: {terms['judgement']}{rule}")
    if not each["whole"]:
        say("    ", f"the whole has {each['size']} bytes, SHA-256 {each['digest']}")
    for mark in each["marks"]:
        _print_mark(mark, numbers)


def _print_mark(mark: Any, numbers: Mapping[str, int]) -> None:
    target, gone = mark["target"], "" if mark["stands"] else ", WITHDRAWN"
    beside = "" if target is None else f" {_target(target, numbers)}"
    head = f"{mark['id'][:SHORT_ID]}  {mark['author']}, {mark['officer']}: {mark['sort'].upper()}{gone}"
    say("    ", f"{head}{_quoted(mark['span'])}{beside}")
    if mark["text"]:
        say("        ", on_one_line(mark["text"]))
    for each in mark["words"]:
        why = f": {on_one_line(each['text'])}" if each["text"] else ""
        say("        ", f"{each['author']}, {each['officer']}: {each['word']}{why}")


def _target(target: Any, numbers: Mapping[str, int]) -> str:
    if target["what"] == "readout":
        return f"beside {target['of']}{_quoted(target['span'])}"
    if target["id"] not in numbers:
        return f"({target['what']}: {target['id'][:SHORT_ID]})"
    draft = ", an earlier draft" if target["earlier_draft"] else ""
    return f"(point {numbers[target['id']]}{draft})"


def _quoted(span: Any) -> str:
    if span is None:
        return ""
    return " (withheld)" if span["text"] is None else f' "{on_one_line(span["text"])}"'


def print_compared(value: Any) -> None:
    """Run by run, side by side: what both have on both sides, what one has on its own."""
    first, second = value["first"], value["second"]
    in_columns([f"{each['of'].upper()}, {each['what']} {each['id'][:SHORT_ID]}" for each in (first, second)], "bold")
    for run in value["runs"]:
        in_columns([on_one_line(run["first"]), on_one_line(run["second"])], "dim" if run["has"] == "both" else "")
    words = value["words"]
    say("", f"{words['both']} words both have; {words['first']} only the first, {words['second']} only the second.")
    if any(value["left_out"]):
        ends = " and ".join(str(each) for each in value["left_out"])
        say("", f"The texts are too long: the last {ends} words of them are not compared.")
    if second["language"] not in (None, first["language"]):
        say("", f"One is in {on_one_line(first['language'])}, the other in {on_one_line(second['language'])}.")
    say("", value["note"])


def in_columns(texts: Sequence[str], style: str = "") -> None:
    """Print texts side by side, folded to the width of the terminal, a bar before each: no line of ours begins so."""
    width = max(12, (out.width - len(GAP) * len(texts)) // len(texts))
    folded = [Text(each.expandtabs(4), style=style).wrap(out, width, overflow="fold") for each in texts]
    for at in range(max(map(len, folded))):
        row = Text("| ")
        for place, lines in enumerate(folded):
            cell = lines[at] if at < len(lines) else Text("")
            cell.rstrip()
            row.append(GAP if place else "")
            row.append_text(cell)
            row.append(" " * (width - cell.cell_len if place + 1 < len(folded) else 0))
        row.rstrip()
        out.print(row)
