"""Commands for claims: put one to many, answer, give evidence, say who else was told, withdraw or replace, look."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from openline.cli import times
from openline.cli.claim_words import print_claim, print_claims
from openline.cli.common import DEFAULTS, REFUSED, Common, Dialogue, app
from openline.cli.messages import ClassName, OfficerName, PrecedenceName, Words
from openline.errors import Misuse
from openline.post.claim import requests as asks
from openline.post.requests import AnyRequest

ClaimName = Annotated[str, Parameter(name="ID", help="The claim: the digits that 'claim list' shows.")]
To = Annotated[
    tuple[str, ...],
    Parameter(consume_multiple=True, help="LINE for all its other members, or LINE:PEER; one or several."),
]
ReplyBy = Annotated[str, Parameter(help="Until when an answer is asked for: 20m, 3h, or a UTC time; without it, none.")]
TextOption = Annotated[str, Parameter(help="In words.")]
TellOption = Annotated[tuple[str, ...], Parameter(help="Say there, signed, who else was told; repeat for several.")]
Everywhere = Annotated[bool, Parameter(help="On every line on which we put it, not only on this one.")]
OnlyHere = Annotated[bool, Parameter(help="On this line only, not on every line on which we put it.")]

claim = App(name="claim", help="One claim put to one or many: what each answers, or that it is silent.")
app.command(claim)


def _say(common: Common, request: AnyRequest, claim_id: str = "") -> int:
    """Write, and show the claim as it stands then. Exit 1 where it was refused on some of the lines."""

    def dialogue() -> Dialogue[Any]:
        kept = yield request
        shown = yield asks.ClaimShow(claim=claim_id or kept["id"])
        return {**kept, "shown": shown}

    value = common.converse(dialogue())
    common.say(value, print_claim)
    return REFUSED if value.get("refused") else 0


@claim.command
def put(
    text: Words,
    /,
    *,
    to: To,
    reply_by: ReplyBy = "",
    told: TellOption = (),
    precedence: PrecedenceName = PrecedenceName.PRIORITY,
    traffic: Annotated[ClassName, Parameter(name="--class")] = ClassName.OPERATION,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Put one claim to members of one line or of several. No line shows that it was put on others.

    Example: openline claim put "They prepare a provocation." --to moscow-paris --to moscow-london --reply-by 12h
    """
    request = asks.ClaimPut(
        text=text,
        to=_to(to),
        reply_by=times.instant_or_span(reply_by) if reply_by else 0,
        told=told,
        precedence=precedence.value,
        traffic=traffic.value,
        officer=officer,
    )
    return _say(common, request)


def _to(said: tuple[str, ...]) -> asks.To:
    """LINE and LINE:PEER, as they are asked for. Raises Misuse."""
    pairs = [each.partition(":") for each in said]
    if any(not line.strip() or (colon and not peer.strip()) for line, colon, peer in pairs):
        raise Misuse("Say to whom: LINE for all its other members, or LINE:PEER.")
    return tuple((line.strip(), (peer.strip(),) if colon else ()) for line, colon, peer in pairs)


@claim.command
def also(
    claim_id: ClaimName,
    /,
    *,
    to: To,
    reply_by: ReplyBy = "",
    told: TellOption = (),
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Put a claim of ours to others, too, as the same claim.

    Example: openline claim also 4f0c56b1 --to moscow-washington
    """
    at = times.instant_or_span(reply_by) if reply_by else 0
    request = asks.ClaimAlso(claim=claim_id, to=_to(to), reply_by=at, told=told, officer=officer)
    return _say(common, request)


@claim.command
def answer(
    claim_id: ClaimName,
    stance: Annotated[str, Parameter(name="ANSWER", help="accepts, rejects, no-position or asks-evidence.")],
    /,
    *,
    text: TextOption = "",
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Answer a claim. A later answer takes the place of an earlier one; both stay in the record.

    Example: openline claim answer 4f0c56b1 rejects --text "The allegation is transparently false."
    """
    return _say(common, asks.ClaimAnswer(claim=claim_id, stance=stance, text=text, officer=officer), claim_id)


@claim.command
def evidence(
    claim_id: ClaimName,
    text: Annotated[str, Parameter(name="TEXT", help="What shows it.")] = "",
    /,
    *,
    file: Annotated[tuple[Path, ...], Parameter(help="A file handed over another way: its name and SHA-256.")] = (),
    entry: Annotated[tuple[str, ...], Parameter(help="An entry of the line that shows it; repeat for several.")] = (),
    everywhere: Everywhere = False,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Give evidence for a claim of ours. The file itself stays here: hand it over another way.

    Example: openline claim evidence 4f0c56b1 "Photographs of the site." --file photographs.pdf
    """
    files = tuple((each.name, _digest_of(each)) for each in file)
    request = asks.ClaimEvidence(
        claim=claim_id, text=text, files=files, entries=entry, everywhere=everywhere, officer=officer
    )
    return _say(common, request, claim_id)


def _digest_of(path: Path) -> str:
    if not path.expanduser().is_file():
        raise Misuse(f"{str(path)!r} is no file.")
    with path.expanduser().open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@claim.command
def tell(
    claim_id: ClaimName,
    names: Annotated[tuple[str, ...], Parameter(name="NAME", help="Who else was told, one or several.")] = (),
    /,
    *,
    others: Annotated[bool, Parameter(help="All those to whom we put it elsewhere.")] = False,
    text: TextOption = "",
    everywhere: Everywhere = False,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """State who else was told of a claim of ours, where the rules of the line let members say it.

    Example: openline claim tell 4f0c56b1 Paris London Ankara
    """
    if not names and not others:
        raise Misuse("Say by name who else was told, or --others.")
    request = asks.ClaimTell(
        claim=claim_id, names=names, others=others, text=text, everywhere=everywhere, officer=officer
    )
    return _say(common, request, claim_id)


@claim.command
def withdraw(
    claim_id: ClaimName,
    /,
    *,
    text: TextOption = "",
    only_here: OnlyHere = False,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Withdraw a claim of ours, on every line. It stays in the record, with the answers to it.

    Example: openline claim withdraw 4f0c56b1 --text "It rested on an error."
    """
    request = asks.ClaimWithdraw(claim=claim_id, text=text, everywhere=not only_here, officer=officer)
    return _say(common, request, claim_id)


@claim.command
def replace(
    claim_id: ClaimName,
    text: Words,
    /,
    *,
    reason: Annotated[str, Parameter(help="Why, in words.")] = "",
    reply_by: ReplyBy = "",
    only_here: OnlyHere = False,
    officer: OfficerName = "",
    common: Common = DEFAULTS,
) -> int:
    """Put another claim in the place of one of ours. Answers to the old one stay with the old one.

    Example: openline claim replace 4f0c56b1 "They may prepare a provocation." --reason "It said too much."
    """
    request = asks.ClaimReplace(
        claim=claim_id,
        text=text,
        reason=reason,
        reply_by=times.instant_or_span(reply_by) if reply_by else 0,
        everywhere=not only_here,
        officer=officer,
    )
    return _say(common, request)


@claim.command
def show(claim_id: ClaimName, /, *, common: Common = DEFAULTS) -> int:
    """Show a claim on every line that this post is on: what each answered, how far it got where nobody did.

    Example: openline claim show 4f0c56b1
    """
    return common.say({"shown": common.ask(asks.ClaimShow(claim=claim_id))}, print_claim)


@claim.command(name="list")
def list_claims(
    *,
    line: Annotated[str, Parameter(help="One line only.")] = "",
    most: Annotated[int, Parameter(help="How many of the newest.")] = 50,
    common: Common = DEFAULTS,
) -> int:
    """Show the newest claims, each once.

    Example: openline claim list
    """
    return common.say(common.ask(asks.ClaimList(line=line, most=most)), print_claims)
