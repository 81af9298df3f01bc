"""Commands for what follows a call: its minute, its commitments, and what may be said of it in public."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import times
from openline.cli.calls import ContactName, TextOption, call
from openline.cli.common import DEFAULTS, Common, Dialogue, out
from openline.cli.messages import EntryName, OfficerName, Words
from openline.cli.printing import SHORT_ID, say
from openline.cli.screen import on_one_line
from openline.errors import Misuse
from openline.post.requests import AnyRequest
from openline.post.talk import minute_requests as asks

_DENIED = "bold white on red"
_STATUS = {"agreed": "AGREED", "differs": "THEY DIFFER", "open": "open"}

PointName = Annotated[str, Parameter(name="POINT", help="The point, by its id.")]

minute = App(name="minute", help="The minute of a call: points agreed, or the words of each side; signed by both.")
commit = App(name="commit", help="What was promised in a call: who owes it, until when, and whether it is kept.")
disclose = App(name="disclose", help="What may be said of a call in public, and what was.")
for _group in (minute, commit, disclose):
    call.command(_group)


def _say(common: Common, request: AnyRequest, then: AnyRequest | None = None) -> int:
    """Write an entry, and show what it belongs to as it stands then."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        return {**kept, **((yield then) if then is not None else {})}

    def words(value: Any) -> None:
        if "minutes" in value:
            print_minutes(value)
        elif "disclosures" in value:
            print_disclosures(value)
        else:
            out.print(f"Kept as {value['id']}", markup=False)

    return common.say(common.converse(dialogue()), words)


@minute.command
def draft(
    contact: ContactName,
    text: Words,
    /,
    *,
    point: Annotated[str, Parameter(name="--revises", help="A point of ours that this takes the place of.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Draft a point of the minute, or revise one of ours. Whoever agreed to it before is asked again.

    Example: openline call minute draft 4f0c56b1 "Both sides will keep the line open for 48 hours."
    """
    request = asks.MinuteDraft(contact=contact, text=text, point=point, officer=officer)
    return _say(common, request, asks.MinuteShow(contact=contact))


@minute.command
def agree(point: PointName, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Agree to a point that the other side drafted.

    Example: openline call minute agree 7a31c0de
    """
    return _say(common, asks.MinuteWord(point=point, officer=officer))


@minute.command
def differ(point: PointName, text: Words, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Put our own version beside a point: "A says", "B says".

    Example: openline call minute differ 7a31c0de "The launch was planned long before."
    """
    if not text.strip():
        raise Misuse("Say what this side says; to agree there is 'minute agree'.")
    return _say(common, asks.MinuteWord(point=point, text=text, officer=officer))


@minute.command
def sign(
    contact: ContactName,
    version: Annotated[str, Parameter(name="VERSION", help="The version that was read: 'minute show' gives it.")],
    /,
    *,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Sign the version of the minute that you have read. A later change takes the signature from it.

    Example: openline call minute sign 4f0c56b1 c41d09ee
    """
    request = asks.MinuteSign(contact=contact, version=version, officer=officer)
    return _say(common, request, asks.MinuteShow(contact=contact))


@minute.command
def refuse(contact: ContactName, reason: Words, /, *, officer: OfficerName = "", common: Common = DEFAULTS) -> int:
    """Record that this side does not sign the minute, and why.

    Example: openline call minute refuse 4f0c56b1 "Point 3 was never said."
    """
    request = asks.MinuteSign(contact=contact, refuse=True, text=reason, officer=officer)
    return _say(common, request, asks.MinuteShow(contact=contact))


@minute.command(name="show")
def show_minute(contact: ContactName, /, *, common: Common = DEFAULTS) -> int:
    """Show the minute of a call with the status of each point.

    Example: openline call minute show 4f0c56b1
    """
    return common.say(common.ask(asks.MinuteShow(contact=contact)), print_minutes)


def print_minutes(value: Any) -> None:
    """Point by point, then who signed."""
    if not value["minutes"]:
        out.print("There is no minute of that contact yet.")
    for each in value["minutes"]:
        state = "signed by all" if each["complete"] else "NOT signed by all"
        say("", f"Minute of {' and '.join(each['parties'])}, version {each['digest'][:SHORT_ID]}: {state}", "bold")
        for at, point in enumerate(each["points"], 1):
            say("  ", f"{at}. [{_STATUS[point['status']]}] {point['id'][:SHORT_ID]}")
            say("     ", f"{point['author']} says: {_quoted(point['text'])}")
            for word in point["words"]:
                said = "agrees" if word["stance"] == "agreed" else f"says: {_quoted(word['text'])}"
                say("     ", f"{word['by']} {said}")
        for signed in each["signatures"]:
            _print_signed(signed)
        print_ignored(each)
    print_ignored(value)


def print_ignored(value: Any) -> None:
    """What counts for nothing, and why."""
    for each in value["ignored"]:
        say("    ", f"counts for nothing: {each['id'][:SHORT_ID]}, for {each['why']}")


def _print_signed(signed: Any) -> None:
    who = f"{signed['at']}  {signed['author']}, {signed['officer']}"
    if signed["refused"]:
        say("  ", f"{who} REFUSED to sign: {_quoted(signed['reason'])}", _DENIED)
    elif not signed["of_this_version"]:
        say("  ", f"{who} signed an earlier version")
    else:
        say("  ", f"{who} signed" + ("" if signed["stands"] else ", and said otherwise later"))


def _quoted(text: str | None) -> str:
    return "(withheld)" if text is None else on_one_line(text)


@commit.command(name="make")
def make(
    contact: ContactName,
    text: Words,
    /,
    *,
    due: Annotated[str, Parameter(help="Until when: 2d, or a UTC time.")],
    owner: Annotated[str, Parameter(help="The party that owes it; without it, this post.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Record what was promised in a call.

    Example: openline call commit make 4f0c56b1 "Send the coordinates of the firing area." --due 1d
    """
    at = times.instant_or_span(due)
    request = asks.CommitMake(contact=contact, text=text, due=at, owner=owner, officer=officer)
    return _say(common, request)


@commit.command
def word(
    commitment: EntryName,
    said: Annotated[str, Parameter(name="WORD", help="accepted, done, disputed, closed or released.")],
    /,
    *,
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Say of a commitment: accepted, done or disputed, if this post owes it; else closed, released or disputed.

    Example: openline call commit word 9e22ab01 done
    """
    return _say(common, asks.CommitWord(commitment=commitment, word=said, text=text, officer=officer))


@commit.command(name="list")
def list_commitments(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    open_only: Annotated[bool, Parameter(name="--open", help="Open ones only.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Show commitments, the newest first.

    Example: openline call commit list --open
    """
    return common.say(common.ask(asks.CommitList(line=line, open=open_only)), print_commitments)


def print_commitments(value: Any) -> None:
    """One a line, with the words on each."""
    for each in value["commitments"]:
        by = f" ({each['author']} says so)" if each["status"] == "claimed" else ""
        head = f"{each['id'][:SHORT_ID]}  {each['status'].upper()}{by}, due {each['due']}: {each['owner']} owes:"
        say("", f"{head} {_quoted(each['text'])}", "bold" if each["open"] else "")
        for said in each["words"]:
            more = f": {on_one_line(said['text'])}" if said["text"] else ""
            say("    ", f"{said['at']}  {said['author']}, {said['officer']}: {said['word']}{more}")
        print_ignored(each)
    if not value["commitments"]:
        out.print("No commitments.")


@disclose.command
def propose(
    contact: ContactName,
    level: Annotated[str, Parameter(name="LEVEL", help="closed, confirm-if-asked, agreed-text or open.")],
    /,
    *,
    since: Annotated[str, Parameter(help="From when on: 7d, or a UTC time; without it, at once.")] = "",
    item: Annotated[tuple[str, ...], Parameter(help="ID:LEVEL of a point or entry; repeat for several.")] = (),
    text: Annotated[str, Parameter(help="The agreed text.")] = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Propose what may be said of a call in public; a later proposal counters an earlier one.

    Example: openline call disclose propose 4f0c56b1 confirm-if-asked
    """
    at = times.instant_or_span(since) if since else 0
    items = tuple(_item(each) for each in item)
    request = asks.DisclosePropose(contact=contact, level=level, since=at, items=items, text=text, officer=officer)
    return _say(common, request, asks.DiscloseShow(contact=contact))


def _item(text: str) -> tuple[str, str]:
    entry, colon, level = text.partition(":")
    if not colon:
        raise Misuse(f"{text!r} names no level: write ID:LEVEL, as 7a31c0de:open.")
    return entry, level


@disclose.command(name="agree")
def agree_disclosure(
    proposal: Annotated[str, Parameter(name="PROPOSAL", help="The proposal, by its id.")],
    /,
    *,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Agree to a proposal; it holds once all parties have.

    Example: openline call disclose agree 5d0f11aa
    """
    return _say(common, asks.DiscloseAgree(proposal=proposal, officer=officer))


@disclose.command
def record(
    contact: ContactName,
    /,
    *,
    at: Annotated[str, Parameter(help="When it became public, UTC; without it, now.")] = "",
    by: Annotated[str, Parameter(help="The party that said it; without it, nobody knows.")] = "",
    about: Annotated[str, Parameter(help="The point or entry that it is about; without it, the call itself.")] = "",
    asked: Annotated[bool, Parameter(help="It was said on being asked.")] = False,
    confirmed_only: Annotated[bool, Parameter(help="It only confirmed.")] = False,
    agreed_text: Annotated[bool, Parameter(help="It was the agreed text.")] = False,
    who: Annotated[str, Parameter(help="Who said it, where.")] = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Record that something of a call became public; it is judged by the terms in force then.

    Example: openline call disclose record 4f0c56b1 --at 2024-12-05T12:00Z --by Washington --asked --confirmed-only
    """
    request = asks.DiscloseRecord(
        contact=contact,
        at=times.instant(at) if at else 0,
        by=by,
        about=about,
        asked=asked,
        confirmed_only=confirmed_only,
        agreed_text=agreed_text,
        text=text,
        who=who,
        officer=officer,
    )
    return _say(common, request, asks.DiscloseShow(contact=contact))


@disclose.command
def breach(
    disclosed: EntryName,
    /,
    *,
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Record that a disclosure broke what was agreed. It stops nothing.

    Example: openline call disclose breach 1b77c2f0 --text "It was announced before anybody had asked."
    """
    return _say(common, asks.DiscloseBreach(disclosed=disclosed, text=text, officer=officer))


@disclose.command(name="show")
def show_disclosure(contact: ContactName, /, *, common: Common = DEFAULTS) -> int:
    """Show what may be said of a call, who agreed, and what was said.

    Example: openline call disclose show 4f0c56b1
    """
    return common.say(common.ask(asks.DiscloseShow(contact=contact)), print_disclosures)


def print_disclosures(value: Any) -> None:
    """The terms, then what became public."""
    terms = [each for held in value["disclosures"] for each in held["terms"]]
    if not any(each["agreed_since"] for each in terms):
        out.print(f"Nothing is agreed on that contact; the rule of the line is {value['rule']}.", markup=False)
    for each in value["disclosures"]:
        for proposal in each["terms"]:
            _print_terms(proposal, each["in_force"])
        for disclosed in each["disclosed"]:
            _print_disclosed(disclosed)
        print_ignored(each)
    print_ignored(value)


def _print_terms(terms: Any, in_force: str | None) -> None:
    since = terms["agreed_since"]
    stands = f"AGREED by all since {since}" if since else "not agreed by all"
    now = "; IN FORCE NOW" if terms["id"] == in_force else ""
    head = f"{terms['id'][:SHORT_ID]}  {terms['author']} proposed, {' and '.join(terms['by'])} agree"
    say("", f"{head}: {stands}{now}", "bold")
    for item in terms["items"]:
        about = "the contact" if item["about"] is None else item["about"][:SHORT_ID]
        start = f" from {item['since']}" if item["since"] else ""
        say("    ", f"{about}: {item['level']}{start}")
    if terms["text"]:
        say("    ", f"agreed text: {on_one_line(terms['text'])}")


def _print_disclosed(each: Any) -> None:
    by = each["by"] or "somebody unknown"
    rule = f"; by the rule of the line: {each['by_the_rule']}" if each["by_the_rule"] else ""
    asked = "on being asked" if each["asked"] else "without being asked"
    who = f" ({on_one_line(each['who'])})" if each["who"] else ""
    text = f"{each['happened']}  {each['id'][:SHORT_ID]}  {by}{who}, {asked}: {each['judgement'].upper()}{rule}"
    say("", text, _DENIED if "broke" in f"{each['judgement']} {each['by_the_rule']}" else "bold")
    say("    ", f"recorded by {each['author']}, {each['officer']}")
    if each["text"]:
        say("    ", on_one_line(each["text"]))
    for breach in each["breaches"]:
        why = f": {on_one_line(breach['text'])}" if breach["text"] else ""
        say("    ", f"{breach['at']}  {breach['author']}, {breach['officer']}, records a breach{why}", _DENIED)
