"""Rules of holding.py for words: all words of the assertion that say something stand in one text of the record, or not.

No rule guesses at meaning. Where words differ and mean the same, a person names the entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from openline.accounts.assertion import Assertion, What
from openline.accounts.days import Days, utc_day
from openline.accounts.facts import Fact, Picture
from openline.accounts.holding_contacts import by_names, listed, on
from openline.accounts.names import known
from openline.accounts.numbers import Count, numbers
from openline.accounts.verdict import Verdict, absent, contradicts, matches
from openline.accounts.words import missing

PLANNED: Final = re.compile(r"\b(?:planned|planning|long prepared)\b", re.IGNORECASE)
RESPONSE: Final = re.compile(r"\b(?:response|responding|reaction|retaliation|reprisal)\b", re.IGNORECASE)
_NOT: Final = re.compile(r"\b(?:not|no|never)\b(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_NOT_WITHIN: Final = 40
QUOTED_CHARACTERS: Final = 160
"""Of the record's words, in a sentence why."""


def quoted(text: str) -> str:
    """The beginning of the record's own words."""
    flat = " ".join(text.split())
    return f'"{flat}"' if len(flat) <= QUOTED_CHARACTERS else f'"{flat[: QUOTED_CHARACTERS - 1]}…"'


def bearing(assertion: Assertion, facts: Iterable[Fact]) -> list[Fact]:
    """The facts that have all words of the assertion."""
    return [each for each in facts if each.text and not missing(assertion.text, each.text)]


def about(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """What it was about: a topic of the request, a point of the minute, or other words in it."""
    found = bearing(assertion, [*picture.of(What.ABOUT), *picture.of(What.AGREED), *picture.of(What.SAID)])
    if not found:
        return absent(f"No topic, point or text of it has all of these words: {assertion.text}.")
    return matches(found[0], f"All of these words stand in {quoted(found[0].text)}.")


def in_words(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Who said, rejected, or holds for the origin what these words say."""
    facts = by_names(picture.of(assertion.what), assertion)
    if assertion.what is What.REJECTED:
        facts += [each for each in by_names(picture.of(What.SAID), assertion) if _rejects(each.text)]
    found = bearing(assertion, facts)
    accepting = [each for each in found if each.value == "accepts"]
    if assertion.what is What.REJECTED and accepting and len(accepting) == len(found):
        return contradicts(found[0], f"{listed(found[0].parties)} accepted it: {quoted(found[0].text)}.")
    found = [each for each in found if each not in accepting]
    if not found:
        whose = " and ".join(assertion.who) or "anybody"
        return absent(f"The record has no such words of {whose}: {assertion.text}.")
    lacking = [each for each in assertion.who if not any(known(each, fact.parties) for fact in found)]
    if lacking:
        return absent(f"The record has it of {listed(found[0].parties)}, and not of {lacking[0]}.")
    first = next((each for each in found if not assertion.who or known(assertion.who[0], each.parties)), found[0])
    return matches(first, f"{listed(first.parties)}: {quoted(first.text)}.")


def _rejects(text: str) -> bool:
    return re.search(r"\b(?:reject|den(?:y|ies|ied)|dismiss)", text, re.IGNORECASE) is not None


def agreed(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """What was agreed: terms of disclosure by their level, anything else by its words."""
    facts = picture.of(What.AGREED)
    if assertion.value:
        terms = [each for each in facts if each.value and each.value != "differs"]
        if not terms:
            return absent("The record has no agreed terms of disclosure.")
        last = terms[-1]
        kept = (
            ("closed", "confirm-if-asked", "agreed-text") if assertion.value == "not-announced" else (assertion.value,)
        )
        why = f"All agreed on {last.value!r} {on(last)}, as {listed(last.parties)} proposed."
        return matches(last, why) if last.value in kept else contradicts(last, why)
    found = bearing(assertion, [each for each in facts if not each.value or each.value == "differs"])
    whole = [each for each in found if not each.value]
    if whole:
        return matches(whole[0], f"It is agreed: {quoted(whole[0].text)}.")
    if found:
        return contradicts(found[0], f"It is not agreed, the sides differ on it: {quoted(found[0].text)}.")
    return absent(f"Nothing that was agreed has all of these words: {assertion.text}.")


def reason(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Whether it was planned or a response, by what the sides say of it."""
    said = [(value_of(each), each) for each in by_names(picture.of(What.SAID), assertion)]
    held = [(value, each) for value, each in said if value and not missing(assertion.text, each.text)]
    same = [each for value, each in held if value == assertion.value]
    other = [each for value, each in held if value != assertion.value]
    if not held:
        return absent("The record does not say whether it was planned or a response.")
    if not same:
        return contradicts(other[0], f"{listed(other[0].parties)}: {quoted(other[0].text)}.")
    why = f"{listed(same[0].parties)}: {quoted(same[0].text)}."
    if other:
        why = f"{why[:-1]}; {listed(other[0].parties)} says otherwise: {quoted(other[0].text)}."
    return matches(same[0], why, tuple(other))


def value_of(fact: Fact) -> str:
    """`planned` or `response` by the words of a text; empty where it has both, or neither, or a denial."""
    found = [
        value
        for value, pattern in (("planned", PLANNED), ("response", RESPONSE))
        if (at := pattern.search(fact.text)) is not None
        and _NOT.search(fact.text, max(0, at.start() - _NOT_WITHIN), at.start()) is None
    ]
    return fact.value or (found[0] if len(found) == 1 else "")


def number(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """How many, against the numbers of the same thing in the record."""
    wanted = assertion.number
    if wanted is None or not wanted.of:
        return absent("It is not said how many of what.")
    held = [(count, fact) for fact in by_names(picture.facts, assertion) for count in _counts(fact)]
    held = [(count, fact) for count, fact in held if count.of and count.counts(wanted)]
    same = [(count, fact) for count, fact in held if count.meets(wanted)]
    other = [(count, fact) for count, fact in held if not count.meets(wanted)]
    if not held:
        return absent(f"The record gives no number of {wanted.of}.")
    if not same:
        return contradicts(other[0][1], f"{listed(other[0][1].parties)}: {other[0][0]}, which excludes {wanted}.")
    why = f"{listed(same[0][1].parties)}: {same[0][0]}, and {wanted} does not exclude that."
    return matches(same[0][1], why, tuple(fact for _, fact in other))


def _counts(fact: Fact) -> list[Count]:
    return [fact.number] if fact.number is not None else [each.count for each in numbers(fact.text)]


def told(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Whether notice was given of it, by whom, for which days."""
    facts = picture.of(What.TOLD)
    if not facts:
        return absent("The record has no such notice.")
    by_them = by_names(facts, assertion)
    if not by_them:
        return contradicts(facts[0], f"{listed(facts[0].parties)} gave that notice.")
    found = bearing(assertion, by_them) if assertion.text else by_them
    if not found:
        return absent(f"The notice does not have all of these words: {assertion.text}.")
    fact, days = found[0], assertion.days
    window = Days(utc_day(fact.at), utc_day(fact.until or fact.at))
    if days is not None and fact.at and not window.meets(days):
        return contradicts(fact, f"Its windows are {on(fact)}, and {days} is outside of that.")
    return matches(fact, f"{listed(fact.parties)} gave notice, for what is {on(fact)}: {quoted(fact.text)}.")
