"""Commands for contacts: ask for a call, answer, close it with its one outcome, and keep the ledger of attempts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import contacts, times
from openline.cli.common import DEFAULTS, Common, Dialogue, app, out
from openline.cli.messages import ClassName, LineName, OfficerName, PrecedenceName
from openline.cli.printing import SHORT_ID
from openline.errors import Misuse
from openline.post.call import requests as asks
from openline.post.requests import AnyRequest

ContactName = Annotated[str, Parameter(name="ID", help="The call request: the digits that 'call list' shows.")]
PartyName = Annotated[str, Parameter(name="--with", help="Which called party, where there are several.")]
TextOption = Annotated[str, Parameter(help="In words.")]
Several = Parameter(consume_multiple=True)

call = App(name="call", help="Reach a person on the other side, or prove how far it got.")
app.command(call)


@call.command(name="ask")
def ask_(
    line: LineName,
    /,
    *,
    office: Annotated[str, Parameter(name="--from", help="The office that asks.")],
    to: Annotated[tuple[str, ...], Parameter(consume_multiple=True, help="PEER:OFFICE, one or several.")],
    reply_by: Annotated[str, Parameter(help="Until when an answer is asked for: 20m, 3h, or a UTC time.")],
    topic: Annotated[tuple[str, ...], Parameter(help="What it is about; repeat for several.")] = (),
    time: Annotated[tuple[str, ...], Parameter(help="A proposed time; repeat for several.")] = (),
    language: Annotated[tuple[str, ...], Several] = (),
    means: Annotated[str, Parameter(help="By which means they would speak.")] = "",
    if_none: Annotated[str, Parameter(help="What follows if nobody answers.")] = "",
    content: Annotated[str, Parameter(help="What whoever is on watch may take at once, without the call.")] = "",
    matter: Annotated[str, Parameter(help="The matter that this belongs to, for the reach board.")] = "",
    told: Annotated[tuple[str, ...], Parameter(help="Who else is told; repeat for several.")] = (),
    precedence: PrecedenceName = PrecedenceName.IMMEDIATE,
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Ask to speak with an office of a peer.

    Example: openline call ask hotline --from "Chairman" --to "Moscow:Chief of the General Staff" --reply-by 30m
    """
    pairs = tuple(peer_and_office(each) for each in to)
    request = asks.CallAsk(
        line=line,
        office=office,
        called=pairs,
        reply_by=times.instant_or_span(reply_by),
        times=times.instants(time),
        languages=language,
        means=means,
        topics=topic,
        consequence=if_none,
        content=content,
        matter=matter,
        told=told,
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
    )
    return _say(common, request)


def peer_and_office(text: str) -> tuple[str, str]:
    """The two halves of PEER:OFFICE. Raises Misuse."""
    peer, colon, office = text.partition(":")
    if not colon or not peer.strip() or not office.strip():
        raise Misuse(f'{text!r} names no office: write PEER:OFFICE, as "Moscow:Chief of the General Staff".')
    return peer.strip(), office.strip()


def _say(common: Common, request: AnyRequest, contact: str = "") -> int:
    """Write an entry of a contact, and show the contact as it stands then."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        shown = yield asks.CallShow(contact=contact or kept["id"])
        return {**kept, "contact": shown}

    return common.say(common.converse(dialogue()), lambda value: contacts.print_contact(value["contact"]))


@call.command
def accept(
    contact: ContactName,
    /,
    *,
    at: Annotated[str, Parameter(help="For when; without it, now.")] = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer that the office will speak, now or at a time.

    Example: openline call accept 4f0c56b1 --at 20m
    """
    when = times.instant_or_span(at) if at else 0
    return _answer(common, asks.CallAnswer(contact=contact, reply="accepted", at=when, text=text, officer=officer))


@call.command
def counter(
    contact: ContactName,
    /,
    *,
    time: Annotated[tuple[str, ...], Parameter(help="A time proposed instead; repeat for several.")],
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer with other times.

    Example: openline call counter 4f0c56b1 --time 2h --time 5h
    """
    proposed = times.instants(time)
    request = asks.CallAnswer(contact=contact, reply="counter-time", times=proposed, text=text, officer=officer)
    return _answer(common, request)


@call.command
def delegate(
    contact: ContactName,
    /,
    *,
    to: Annotated[str, Parameter(help="The office that will speak instead.")],
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer that another office will speak.

    Example: openline call delegate 4f0c56b1 --to "First deputy"
    """
    return _answer(common, asks.CallAnswer(contact=contact, reply="delegated", office=to, text=text, officer=officer))


@call.command
def defer(
    contact: ContactName,
    /,
    *,
    until: Annotated[str, Parameter(help="Until when: 3h, or a UTC time.")],
    reason: Annotated[str, Parameter(help="not-available, not-at-this-level, not-by-this-means, ...")] = "unstated",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer that it is put off.

    Example: openline call defer 4f0c56b1 --until 3h --reason not-available
    """
    when = times.instant_or_span(until)
    request = asks.CallAnswer(contact=contact, reply="deferred", at=when, reason=reason, text=text, officer=officer)
    return _answer(common, request)


@call.command
def take(
    contact: ContactName, /, *, text: TextOption = "", officer: OfficerName = "", common: Common = DEFAULTS
) -> int:
    """Take the content at once, without the call. Whoever is on watch may: nobody waits for a named contact.

    Example: openline call take 4f0c56b1
    """
    return _answer(common, asks.CallAnswer(contact=contact, reply="content-taken", text=text, officer=officer))


@call.command
def decline(
    contact: ContactName,
    /,
    *,
    reason: Annotated[str, Parameter(help="not-available, not-at-this-level, instructed-not-to, ...")],
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer that there will be no call, and why.

    Example: openline call decline 4f0c56b1 --reason not-at-this-level
    """
    request = asks.CallAnswer(contact=contact, reply="declined", reason=reason, text=text, officer=officer)
    return _answer(common, request)


def _answer(common: Common, request: asks.CallAnswer) -> int:
    return _say(common, request, request.contact)


@call.command
def held(
    contact: ContactName,
    /,
    *,
    began: Annotated[str, Parameter(help="UTC time; without it, now.")] = "",
    ended: Annotated[str, Parameter(help="UTC time; without it, when it began.")] = "",
    present: Annotated[tuple[str, ...], Parameter(help="Who took part; repeat for several.")] = (),
    interpreter: Annotated[tuple[str, ...], Parameter(help="Who interpreted; repeat for several.")] = (),
    peer: PartyName = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Close a contact that this post asked for: the call was held.

    Example: openline call held 4f0c56b1 --began 2022-11-15T21:00Z --ended 2022-11-15T21:20Z
    """
    request = asks.CallClose(
        contact=contact,
        outcome="held",
        peer=peer,
        began=times.instant(began) if began else 0,
        ended=times.instant(ended) if ended else 0,
        present=present,
        interpreters=interpreter,
        text=text,
        officer=officer,
    )
    return _say(common, request, contact)


@call.command
def close(
    contact: ContactName,
    outcome: Annotated[str, Parameter(help="no-answer, declined, not-held or withdrawn.")],
    /,
    *,
    peer: PartyName = "",
    answer: Annotated[str, Parameter(help="The answer that it takes, where it is not the newest.")] = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Close a contact that this post asked for, with its one outcome.

    Example: openline call close 4f0c56b1 no-answer
    """
    request = asks.CallClose(contact=contact, outcome=outcome, peer=peer, answer=answer, text=text, officer=officer)
    return _say(common, request, contact)


@call.command(name="try")
def try_(
    contact: ContactName,
    /,
    *,
    means: Annotated[str, Parameter(help="telephone, satellite, attache, ...")],
    began: Annotated[str, Parameter(help="UTC time; without it, now.")] = "",
    ended: Annotated[str, Parameter(help="UTC time.")] = "",
    layer: Annotated[str, Parameter(help="How far it got: none, bearer, post, desk, officer or principal.")] = "none",
    who: Annotated[str, Parameter(help="Who answered.")] = "",
    peer: PartyName = "",
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Put an attempt outside Openline into the ledger, as the officer's own statement.

    Example: openline call try 4f0c56b1 --means telephone --text "rang 40 seconds, nobody picked up"
    """
    request = asks.CallTry(
        contact=contact,
        means=means,
        peer=peer,
        began=times.instant(began) if began else 0,
        ended=times.instant(ended) if ended else 0,
        layer=layer,
        who=who,
        text=text,
        officer=officer,
    )
    return _say(common, request, contact)


@call.command
def certificate(
    contact: ContactName,
    /,
    *,
    file: Annotated[Path, Parameter(name="--out", help="The file to write.")],
    peer: PartyName = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Certify how far a call got: a signed entry, and a file that anyone can verify with no post at all.

    Write it again when the other side has responded: it then shows both sides.

    Example: openline call certificate 4f0c56b1 --out no-contact.certificate
    """
    request = asks.CallCertificate(contact=contact, file=str(file.absolute()), peer=peer, officer=officer)

    def words(value: Any) -> None:
        out.print(f"Certified in entry {value['id'][:SHORT_ID]}.", markup=False)
        out.print(f"Written: {value['file']}, {value['bytes']} bytes. Read it with 'openline verify'.", markup=False)

    return common.say(common.ask(request), words)


@call.command
def respond(
    contact: ContactName,
    /,
    *,
    text: Annotated[str, Parameter(help="What your side of it was.")],
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Respond to a certificate about this post: it joins the record, and the next certificate shows it.

    Example: openline call respond 4f0c56b1 --text "Our desk was moving to the alternate site."
    """
    return _say(common, asks.CallRespond(contact=contact, text=text, officer=officer), contact)


@call.command
def board(
    *,
    matter: Annotated[str, Parameter(help="One matter; without it, all newest contacts.")] = "",
    common: Common = DEFAULTS,
) -> int:
    """Show whom this post has asked, reached and briefed, on all lines, and who else was told.

    Example: openline call board --matter "Przewodow"
    """
    return common.say(common.ask(asks.CallBoard(matter=matter)), contacts.print_board)


@call.command
def show(contact: ContactName, /, *, common: Common = DEFAULTS) -> int:
    """Show a contact: who asked, who answered what, every attempt, and the outcome.

    Example: openline call show 4f0c56b1
    """
    return common.say(common.ask(asks.CallShow(contact=contact)), contacts.print_contact)


@call.command(name="list")
def list_(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    open_only: Annotated[bool, Parameter(name="--open", help="Open ones only.")] = False,
    most: Annotated[int, Parameter(help="How many of the newest.")] = 100,
    common: Common = DEFAULTS,
) -> int:
    """Show the newest contacts, open ones first.

    Example: openline call list --open
    """
    value = common.ask(asks.CallList(line=line, open=open_only, most=most))
    return common.say(value, contacts.print_contacts)
