"""What an account asserts: the mark in its text, what a person picked for it, and according to whom it is said."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from openline.accounts.days import Days
from openline.accounts.numbers import Count
from openline.errors import Misuse
from openline.limits import ACCOUNT_NAMES_MAX, NAME_MAX_BYTES, PHRASE_MAX_BYTES


class What(StrEnum):
    """What is asserted."""

    WHO = "who"
    WHOM = "whom"
    INITIATED_BY = "initiated-by"
    WHEN = "when"
    LAST_BEFORE = "last-before"
    FIRST_SINCE = "first-since"
    TIMES = "times"
    ABOUT = "about"
    AGREED = "agreed"
    REQUESTED_BY = "requested-by"
    OUTCOME = "outcome"
    REASON = "reason"
    NUMBER = "number"
    REJECTED = "rejected"
    SAID = "said"
    CONFIRMED = "confirmed"
    TOLD = "told"
    HAPPENED = "happened"
    ORIGIN = "origin"
    INVESTIGATES = "investigates"


EXPLAINED: Final = {
    What.WHO: "these took part in the contact",
    What.WHOM: "these were called",
    What.INITIATED_BY: "this one asked for the contact",
    What.WHEN: "the contact was on these days",
    What.LAST_BEFORE: "the contact before was on these days",
    What.FIRST_SINCE: "it was the first since this person took office",
    What.TIMES: "these were in contact so many times since then",
    What.ABOUT: "the contact was about this",
    What.AGREED: "this was agreed",
    What.REQUESTED_BY: "what may be said in public was agreed at this one's request",
    What.OUTCOME: "the contact came to this",
    What.REASON: "it was planned, or it was a response",
    What.NUMBER: "so many",
    What.REJECTED: "these rejected this",
    What.SAID: "this one said this",
    What.CONFIRMED: "this one confirmed it in public",
    What.TOLD: "this one gave notice of this",
    What.HAPPENED: "the event was on these days",
    What.ORIGIN: "this one holds this for the origin",
    What.INVESTIGATES: "these investigate",
}

VALUES: Final = {
    What.OUTCOME: ("held", "no-answer", "declined", "not-held"),
    What.REASON: ("planned", "response"),
    What.AGREED: ("not-announced", "closed", "confirm-if-asked", "agreed-text", "open"),
    What.CONFIRMED: ("asked", "unasked", "not-confirmed"),
}
"""What is picked where words would not do; for AGREED either one of these or words."""

NEEDS: Final = {
    What.WHO: ("who",),
    What.WHOM: ("who",),
    What.INITIATED_BY: ("who",),
    What.WHEN: ("days",),
    What.LAST_BEFORE: ("days",),
    What.FIRST_SINCE: ("who",),
    What.TIMES: ("who", "number"),
    What.ABOUT: ("text",),
    What.AGREED: (),
    What.REQUESTED_BY: ("who",),
    What.OUTCOME: ("value",),
    What.REASON: ("value",),
    What.NUMBER: ("number",),
    What.REJECTED: ("who", "text"),
    What.SAID: ("text",),
    What.CONFIRMED: ("who", "value"),
    What.TOLD: ("who",),
    What.HAPPENED: ("days",),
    What.ORIGIN: ("text",),
    What.INVESTIGATES: ("who",),
}
"""Without which parts an assertion says nothing."""


class By(StrEnum):
    """According to whom: the publisher, a named person, an office, unnamed officials, or another publisher."""

    PUBLISHER = "publisher"
    PERSON = "person"
    OFFICE = "office"
    UNNAMED = "unnamed"
    VIA = "via"


class Attribution(msgspec.Struct, frozen=True):
    """According to whom; the name is empty for the publisher, and may be for unnamed officials."""

    by: By = By.PUBLISHER
    name: str = ""


class Assertion(msgspec.Struct, frozen=True, kw_only=True):
    """What is asserted, in parts; each `what` needs some of them (NEEDS).

    `who` and `whom` are names as the rosters know them. `about` is the entry, in hex, that it is about, where that is
    not the one of the whole account. `entry` is the entry that a person holds it against: `otherwise` says that the two
    exclude each other, and without an entry a rule decides.
    """

    what: What
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    days: Days | None = None
    number: Count | None = None
    value: str = ""
    text: str = ""
    about: str = ""
    entry: str = ""
    otherwise: bool = False
    according_to: Attribution = Attribution()


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A span of the text, by characters from 0, and what it asserts; `proposal` is the one that was accepted."""

    start: int
    end: int
    assertion: Assertion
    officer: str = ""
    proposal: str = ""


def check(assertion: Assertion) -> Assertion:
    """The assertion, if it says something and is no longer than it may be. Raises Misuse."""
    what = assertion.what
    for part in NEEDS[what]:
        if not getattr(assertion, part):
            raise Misuse(f"{what.value!r} ({EXPLAINED[what]}) needs --{part}.")
    allowed = VALUES.get(what, ())
    if assertion.value and assertion.value not in allowed:
        said = f"one of {', '.join(allowed)}" if allowed else "none"
        raise Misuse(f"{assertion.value!r} is no value for {what.value!r}: there is {said}.")
    if what is What.AGREED and not (assertion.value or assertion.text):
        raise Misuse(f"Say what was agreed, with --text, or with --value: {', '.join(allowed)}.")
    if assertion.according_to.by in (By.PERSON, By.OFFICE, By.VIA) and not assertion.according_to.name:
        raise Misuse(f"Say which {assertion.according_to.by.value}: {assertion.according_to.by.value}:NAME.")
    for names in (assertion.who, assertion.whom):
        if len(names) > ACCOUNT_NAMES_MAX:
            raise Misuse(f"One mark names at most {ACCOUNT_NAMES_MAX} on each side.")
    short = (*assertion.who, *assertion.whom, assertion.according_to.name)
    if any(len(each.encode()) > 2 * NAME_MAX_BYTES or not each.strip() for each in short if each):
        raise Misuse(f"A name has 1 to {2 * NAME_MAX_BYTES} bytes.")
    if len(assertion.text.encode()) > PHRASE_MAX_BYTES:
        raise Misuse(f"The words of an assertion have at most {PHRASE_MAX_BYTES} bytes: say it in short.")
    return assertion


def told(assertion: Assertion) -> str:
    """An assertion in short: last-before 2022-10; outcome no-answer of Russia on 2022-11-15."""
    parts = [assertion.what.value]
    parts += [" and ".join(assertion.who)] if assertion.who else []
    parts += [assertion.value] if assertion.value else []
    parts += [str(assertion.number)] if assertion.number is not None else []
    parts += [f"with {' and '.join(assertion.whom)}"] if assertion.whom else []
    parts += [f"on {assertion.days}"] if assertion.days is not None else []
    parts += [f'"{assertion.text}"'] if assertion.text else []
    return " ".join(parts)


def according(attribution: Attribution) -> str:
    """According to whom, in words."""
    match attribution.by:
        case By.PUBLISHER:
            return "the publisher"
        case By.UNNAMED:
            return f"unnamed: {attribution.name}" if attribution.name else "unnamed officials"
        case By.VIA:
            return f"via {attribution.name}"
        case By.PERSON | By.OFFICE:
            return attribution.name
