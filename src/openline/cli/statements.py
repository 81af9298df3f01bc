"""Commands for joint statements: draft, amend, approve, release, and write the public page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import times
from openline.cli.common import DEFAULTS, Common, Dialogue, app, out
from openline.cli.messages import ClassName, LineName, OfficerName
from openline.cli.minutes import print_ignored
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.errors import Misuse
from openline.post.requests import AnyRequest
from openline.post.statement import requests as asks

StatementName = Annotated[str, Parameter(name="ID", help="The statement, by the digits that 'statement list' shows.")]
LineOfText = Annotated[str, Parameter(name="LINE", help="The line of the text, by the digits that 'show' gives.")]
ChangeName = Annotated[str, Parameter(name="CHANGE", help="The proposed change, by its id.")]
VersionName = Annotated[str, Parameter(name="VERSION", help="The version that was read: 'show' gives it.")]
Why = Annotated[str, Parameter(help="Why, in words; it is not in the public page.")]
Texts = Annotated[tuple[str, ...], Parameter(name="--text", help="LANGUAGE=TEXT; repeat for several languages.")]

statement = App(name="statement", help="A joint statement: one text in several languages, approved and released.")
app.command(statement)


def _say(common: Common, request: AnyRequest, shown: str = "") -> int:
    """Write an entry, and show the statement as it stands then; `shown` is an id of it, else the new entry's."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        return {"kept": kept["id"], **(yield asks.StatementShow(statement=shown or kept["id"]))}

    return common.say(common.converse(dialogue()), print_statement)


@statement.command
def draft(
    line: LineName,
    about: Annotated[str, Parameter(help="What it is about; it is not in the public page.")],
    /,
    *,
    languages: Annotated[str, Parameter(help="Language tags with commas between: en,fr,ru; all equally authentic.")],
    parties: Annotated[
        tuple[str, ...], Parameter(name="--with", consume_multiple=True, help="Who signs beside us; else all members.")
    ] = (),
    needed: Annotated[int, Parameter(help="How many parties have to approve; without it, all.")] = 0,
    not_before: Annotated[str, Parameter(help="When it may be released at the earliest: 3h, or a UTC time.")] = "",
    one_person: Annotated[bool, Parameter(help="One officer approves for a party; without it, two.")] = False,
    refers: Annotated[tuple[str, ...], Parameter(help="An entry that it is about, by its id; repeat.")] = (),
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Draft a joint statement. This post has the pen: it puts the lines in, and takes in what others propose.

    Example: openline statement draft hotline "The calls of 23 October" --languages en,fr,ru
    """
    request = asks.StatementDraft(
        line=line,
        about=about,
        languages=tuple(each.strip() for each in languages.split(",")),
        parties=parties,
        needed=needed,
        not_before=times.instant_or_span(not_before) if not_before else 0,
        one_person=one_person,
        refers=refers,
        traffic=traffic.value,
        officer=officer,
    )
    return _say(common, request)


@statement.command(name="line")
def add_line(
    id_: StatementName,
    /,
    *,
    text: Texts,
    after: Annotated[str, Parameter(help="The line after which it goes; without it, at the end.")] = "",
    first: Annotated[bool, Parameter(help="It goes before all others.")] = False,
    why: Why = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Add a line in one language or several; whoever has not the pen proposes it.

    Example: openline statement line 4f0c56b1 --text en="We reject the claim." --text fr="Nous rejetons ce propos."
    """
    request = asks.StatementLine(statement=id_, texts=_texts(text), after=after, first=first, text=why, officer=officer)
    return _say(common, request, id_)


def _texts(given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Languages and texts. Raises Misuse."""
    found = []
    for each in given:
        language, equals, text = each.partition("=")
        if not equals or not text.strip():
            raise Misuse(f'{each!r} names no language: write LANGUAGE=TEXT, as en="We reject the claim."')
        found.append((language.strip(), text.strip()))
    return tuple(found)


@statement.command
def amend(
    line: LineOfText,
    /,
    *,
    text: Texts,
    why: Why = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Change a line in these languages; whoever has not the pen proposes it. Approvals given before count no more.

    Example: openline statement amend 7a31c0de --text fr="Nous rejetons cette allégation."
    """
    return _say(common, asks.StatementAmend(line=line, texts=_texts(text), text=why, officer=officer), line)


@statement.command
def strike(line: LineOfText, /, *, why: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Strike a line in all languages; whoever has not the pen proposes it.

    Example: openline statement strike 7a31c0de --why "It is said in line 2."
    """
    return _say(common, asks.StatementAmend(line=line, text=why, officer=officer), line)


@statement.command
def accept(change: ChangeName, /, *, why: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Accept a proposed change: from the drafter it is then in the text, from others it is an opinion.

    Example: openline statement accept 9e22ab01
    """
    return _say(common, asks.StatementWord(change=change, accept=True, text=why, officer=officer), change)


@statement.command
def reject(change: ChangeName, /, *, why: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Reject a proposed change; of our own, take it back.

    Example: openline statement reject 9e22ab01 --why "The other languages do not say it."
    """
    return _say(common, asks.StatementWord(change=change, accept=False, text=why, officer=officer), change)


@statement.command
def approve(
    id_: StatementName, version: VersionName, /, *, officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Approve exactly the version that you have read; it takes two officers of a party unless it was opened for one.

    Example: openline statement approve 4f0c56b1 c41d09ee --officer "Anna Releaser"
    """
    return _say(common, asks.StatementApprove(statement=id_, version=version, officer=officer), id_)


@statement.command
def revoke(id_: StatementName, /, *, why: Why = "", officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Take our approval back, before the release.

    Example: openline statement revoke 4f0c56b1 --why "New facts came in."
    """
    return _say(common, asks.StatementRevoke(statement=id_, text=why, officer=officer), id_)


@statement.command
def release(
    id_: StatementName, version: VersionName, /, *, officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Release the version that you have read; only the drafter can, when enough have approved, and not before the time.

    Example: openline statement release 4f0c56b1 c41d09ee
    """
    return _say(common, asks.StatementRelease(statement=id_, version=version, officer=officer), id_)


@statement.command
def withdraw(
    id_: StatementName,
    reason: Annotated[str, Parameter(name="REASON", help="Why.")],
    /,
    *,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """End a statement that this post drafted without releasing it.

    Example: openline statement withdraw 4f0c56b1 "The matter is settled otherwise."
    """
    return _say(common, asks.StatementWithdraw(statement=id_, text=reason, officer=officer), id_)


@statement.command
def show(id_: StatementName, /, *, common: Common = DEFAULTS) -> int:
    """Show a statement: its text, who changed what from what to what, what is proposed, and who approved.

    Example: openline statement show 4f0c56b1
    """
    return common.say(common.ask(asks.StatementShow(statement=id_)), print_statement)


@statement.command(name="list")
def list_statements(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    open_only: Annotated[bool, Parameter(name="--open", help="Those that have no end yet.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Show joint statements, the newest first.

    Example: openline statement list --open
    """
    return common.say(common.ask(asks.StatementList(line=line, open=open_only)), print_statements)


def print_statements(value: Any) -> None:
    """One a line."""
    for each in value["statements"]:
        say("", f"{each['id'][:SHORT_ID]}  {each['at']}  {_head(each)}", "bold" if each["status"] != "released" else "")
    if not value["statements"]:
        out.print("No joint statements.")


def _head(value: Any) -> str:
    needed = "all" if value["needed"] == len(value["parties"]) else f"{value['needed']} of {len(value['parties'])}"
    approved = ", ".join(value["approved"]) or "nobody"
    traffic = "" if value["class"] == "operation" else f"{value['class'].upper()} "
    return f"{traffic}{value['status'].upper()}: {_quoted(value['about'])}; approved by {approved}, needed: {needed}"


def print_statement(value: Any) -> None:
    """Its text first, then what was changed and proposed, then who approved."""
    say("", f"{value['id'][:SHORT_ID]}  {_head(value)}", "bold")
    opened = f", not before {value['not_before']}" if value["not_before"] else ""
    say("  ", f"drafted by {value['drafter']}, in {', '.join(value['languages'])}{opened}")
    changes = f"{value['revision']} change{'s' if value['revision'] != 1 else ''}"
    say("  ", f"version {value['version'][:SHORT_ID]}, after {changes}", "bold")
    for at, line in enumerate(value["lines"], 1):
        say("  ", f"{at}. {line['id'][:SHORT_ID]}")
        for language in value["languages"]:
            text = line["texts"].get(language)
            say("     ", f"{language}: {on_one_line(text)}" if text else f"{language}: MISSING", "" if text else "bold")
    for change in value["changes"]:
        say("  ", _changed(change))
        _print_words(change)
    for proposal in value["proposals"]:
        say("  ", f"{_changed(proposal)}: {proposal['status'].upper()}", "bold" if proposal["status"] == "open" else "")
        _print_words(proposal)
        for word in proposal["words"]:
            more = f": {on_one_line(word['text'])}" if word["text"] else ""
            say("     ", f"{word['author']}, {word['officer']}, {word['stance']} it{more}")
    for approval in value["approvals"]:
        _print_approval(approval)
    if value["closed"] is not None:
        closed = value["closed"]
        more = f": {on_one_line(closed['text'])}" if closed["text"] else ""
        say(
            "  ",
            f"{closed['at']}  {closed['outcome'].upper()} by {closed['author']}, {closed['officer']}{more}",
            "bold",
        )
    elif value["missing"] and value["status"] == "open":
        say("  ", f"missing: {', '.join(value['missing'])}")
    print_ignored(value)


def _changed(change: Any) -> str:
    """Who changed or would change which line."""
    accepted = change.get("accepted")
    by = f", accepted by {accepted['by']}, {accepted['officer']}" if accepted else ""
    number = f"change {change['revision']}" if "revision" in change else "proposed"
    line = f" line {change['line_id'][:SHORT_ID]}" if change["line_id"] else " a line"
    return f"{change['at']}  {change['id'][:SHORT_ID]} {number}: {change['author']} {_DID[change['change']]}{line}{by}"


_DID = {"add": "adds", "amend": "amends", "strike": "strikes"}


def _print_words(change: Any) -> None:
    for language in sorted({*change["before"], *change["after"]}):
        before, after = change["before"].get(language), change["after"].get(language)
        if before is not None:
            say("     ", f"{language} - {on_one_line(before)}")
        if after is not None:
            say("     ", f"{language} + {on_one_line(after)}")
    if change["text"]:
        say("     ", f"why: {on_one_line(change['text'])}")


def _print_approval(approval: Any) -> None:
    who = f"{approval['at']}  {approval['author']}, {approval['officer']}"
    back = approval["taken_back"]
    if not approval["of_this_version"]:
        say("  ", f"{who} approved an earlier version, which counts no more")
    elif back is None:
        say("  ", f"{who} approved this version")
    else:
        crossed = "; that CROSSED THE RELEASE, and the approval counts" if back["crossed_the_release"] else ""
        say("  ", f"{who} approved this version, and {back['officer']} took it back{crossed}")


def _quoted(text: str | None) -> str:
    return "(withheld)" if text is None else on_one_line(text)


@statement.command
def page(
    id_: StatementName,
    /,
    *,
    file: Annotated[Path, Parameter(name="--out", help="The file to write, an HTML page.")],
    common: Common = DEFAULTS,
) -> int:
    """Write the public page of a released statement: one file, which proves in any browser who approved which words.

    Example: openline statement page 4f0c56b1 --out statement.html
    """
    request = asks.StatementPage(statement=id_, file=str(file.absolute()))

    def words(value: Any) -> None:
        out.print(f"Written: {value['file']}, {value['bytes']} bytes.", markup=False)
        out.print("Readers trust it only as far as they know the digits of the keys: publish yours elsewhere.")

    return common.say(common.ask(request), words)
