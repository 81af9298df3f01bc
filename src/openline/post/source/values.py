"""Accounts as JSON holds them (docs/reference/control.md), and assertions as people type them."""

from __future__ import annotations

from typing import Any

import msgspec

from openline.accounts import days, numbers
from openline.accounts.assertion import EXPLAINED, Assertion, Attribution, By, Mark, What, according, check, told
from openline.accounts.matrix import Conflict, Held, Row
from openline.accounts.proposing import Proposal
from openline.accounts.verdict import Verdict
from openline.errors import Misuse
from openline.post.names import Names
from openline.post.source.requests import Asserted
from openline.post.source.store import Account
from openline.proof.sentences import utc
from openline.terms import Instant


def account_value(account: Account) -> dict[str, Any]:
    """An account without its text."""
    return {
        "id": account.id.hex(),
        "publisher": account.publisher,
        "published": account.published.isoformat(),
        "language": account.language,
        "about": account.about or None,
        "digest": account.digest.hex(),
        "characters": account.characters,
        "filed_at": utc(Instant(account.at)),
        "officer": account.officer,
        "from": account.source or None,
    }


def assertion_value(assertion: Assertion) -> dict[str, Any]:
    """What is asserted."""
    number = assertion.number
    return {
        "what": assertion.what.value,
        "explained": EXPLAINED[assertion.what],
        "says": told(assertion),
        "who": list(assertion.who),
        "whom": list(assertion.whom),
        "days": None if assertion.days is None else msgspec.to_builtins(assertion.days),
        "number": None if number is None else {"least": number.least, "most": number.most, "of": number.of},
        "value": assertion.value,
        "text": assertion.text,
        "about": assertion.about or None,
        "entry": assertion.entry or None,
        "otherwise": assertion.otherwise,
        "according_to": {
            "by": assertion.according_to.by.value,
            "name": assertion.according_to.name,
            "says": according(assertion.according_to),
        },
    }


def verdict_value(verdict: Verdict) -> dict[str, Any]:
    """What it comes to."""
    return {
        "finding": verdict.finding.value,
        "why": verdict.why,
        "entry": verdict.entry or None,
        "against": list(verdict.against),
    }


def mark_value(number: int, mark: Mark, text: str, verdict: Verdict) -> dict[str, Any]:
    """A mark, the words that it is on, and what it comes to."""
    return {
        "mark": number,
        "start": mark.start,
        "end": mark.end,
        "words": text[mark.start : mark.end],
        **assertion_value(mark.assertion),
        "officer": mark.officer,
        "proposal": mark.proposal or None,
        "verdict": verdict_value(verdict),
    }


def proposal_value(proposal: Proposal, text: str) -> dict[str, Any]:
    """A proposal, with the words that made the program propose it."""
    return {
        "id": proposal.id,
        "start": proposal.start,
        "end": proposal.end,
        "words": text[proposal.start : proposal.end],
        **assertion_value(proposal.assertion),
        "because": [
            {"start": each.start, "end": each.end, "words": text[each.start : each.end], "taken_as": each.taken_as}
            for each in proposal.because
        ],
    }


def row_value(row: Row) -> dict[str, Any]:
    """A fact with what the accounts assert of it."""
    return {
        "what": row.what.value,
        "explained": EXPLAINED[row.what],
        "about": row.about or None,
        "asserted": [_held_value(each) for each in row.held],
    }


def conflict_value(conflict: Conflict) -> dict[str, Any]:
    """Two assertions that exclude each other."""
    return {"one": _held_value(conflict.one), "other": _held_value(conflict.other), "why": conflict.why}


def _held_value(held: Held) -> dict[str, Any]:
    assertion = held.mark.assertion
    return {
        "account": held.account,
        "mark": held.number,
        "says": told(assertion),
        "according_to": according(assertion.according_to),
        "verdict": verdict_value(held.verdict),
    }


def assertion_of(names: Names, request: Asserted, before: Assertion | None = None) -> Assertion:
    """The assertion that a person picked, over what was proposed. Raises Misuse or UnknownName."""
    if not request.what and before is None:
        raise Misuse(f"Say what is asserted: {', '.join(What)}.")
    start = before if before is not None else Assertion(what=_what(request.what))
    changed: dict[str, Any] = {
        key: value
        for key in ("who", "whom", "value", "text", "otherwise")
        if (value := getattr(request, key)) not in ((), "", False)
    }
    changed |= {"what": _what(request.what)} if request.what else {}
    changed |= {"days": days.read(request.days)} if request.days else {}
    changed |= {"number": numbers.read(request.number, request.of)} if request.number else {}
    changed |= {"entry": names.entry(request.entry).entry.id.hex()} if request.entry else {}
    changed |= {"according_to": attribution_of(request.according_to)} if request.according_to else {}
    return check(msgspec.structs.replace(start, **changed))


def _what(said: str) -> What:
    try:
        return What(said)
    except ValueError:
        raise Misuse(f"{said!r} is nothing that can be asserted here; there are: {', '.join(What)}.") from None


def attribution_of(said: str) -> Attribution:
    """According to whom, as a person types it. Raises Misuse."""
    by, _, name = said.partition(":")
    try:
        return Attribution(By(by.strip()), name.strip())
    except ValueError:
        raise Misuse(f"{said!r} is no voice: say publisher, unnamed, or person:NAME, office:NAME, via:NAME.") from None
