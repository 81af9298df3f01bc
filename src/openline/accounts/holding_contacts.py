"""Rules of holding.py for what the folds decide: who, whom, when, which contact came before, how it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from openline.accounts.assertion import Assertion, What
from openline.accounts.days import Days, utc_day
from openline.accounts.facts import Fact, Holder, Picture
from openline.accounts.names import Party, denotes, known
from openline.accounts.verdict import Verdict, absent, contradicts, matches
from openline.terms import Instant

_DID: Final = {
    What.WHOM: "was called",
    What.INITIATED_BY: "asked for it",
    What.REQUESTED_BY: "asked for these terms",
    What.INVESTIGATES: "investigates",
}


def named(names: tuple[str, ...], parties: Iterable[Party]) -> bool:
    """Whether each of these names is that of one of the parties."""
    held = list(parties)
    return all(known(each, held) for each in names)


def by_names(facts: Iterable[Fact], assertion: Assertion) -> list[Fact]:
    """The facts of those who are named; all where nobody is."""
    return [
        each
        for each in facts
        if (not assertion.who or any(known(name, each.parties) for name in assertion.who))
        and (not assertion.whom or any(known(name, each.to) for name in assertion.whom))
    ]


def listed(parties: Iterable[Party]) -> str:
    """Parties in words."""
    return " and ".join(str(each) for each in parties) or "nobody"


def on(fact: Fact) -> str:
    """When a fact was, in words."""
    first, last = utc_day(fact.at), utc_day(fact.until or fact.at)
    return f"on {first}" if first == last else f"from {first} to {last}"


def by_party(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Who asked, was called, asked for terms, investigates: these parties and no others."""
    facts, did = picture.of(assertion.what), _DID[assertion.what]
    if not facts:
        return absent(f"The record does not say who {did}.")
    there = [party for fact in facts for party in fact.parties]
    if named(assertion.who, there):
        fact = next(each for each in facts if known(assertion.who[0], each.parties))
        return matches(fact, f"{listed(fact.parties)} {did}.")
    strange = [each for each in assertion.who if not known(each, picture.parties())]
    if strange:
        return absent(f"Nobody called {strange[0]!r} is known on this line; {listed(there)} {did}.")
    if assertion.what is What.INVESTIGATES:
        return absent(f"The record has only that {listed(there)} {did}.")
    return contradicts(facts[0], f"{listed(there)} {did}.")


def took_part(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Who took part in what was held."""
    facts = picture.of(What.WHO)
    there = [party for fact in facts for party in fact.parties]
    names = (*assertion.who, *assertion.whom)
    if facts and named(names, there):
        fact = next((each for each in facts if named(names, each.parties)), facts[0])
        return matches(fact, f"They took part: {listed(fact.parties)}.")
    missing = next((each for each in names if not known(each, there)), "")
    for fact in picture.of(What.OUTCOME):
        if known(missing, fact.to) and fact.value != "held":
            return contradicts(fact, f"With {listed(fact.to)} it came to {fact.value!r}.")
    return absent(f"The record does not have {missing!r} in it; it has {listed(there)}.")


def on_days(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Whether it was on these days."""
    facts = [each for each in by_names(picture.of(assertion.what), assertion) if each.at]
    if assertion.days is None or not facts:
        return absent("The record has no time of it.")
    for fact in facts:
        if _in(fact, assertion.days):
            return matches(fact, f"It was {on(fact)}.")
    for fact in facts:
        if _may_be_in(fact, assertion.days):
            return matches(
                fact, f"It was {on(fact)} by UTC, and that is in {assertion.days} by the clock of some place."
            )
    return contradicts(facts[0], f"It was {on(facts[0])}, not in {assertion.days}.")


def _in(fact: Fact, days: Days) -> bool:
    return Days(utc_day(fact.at), utc_day(fact.until or fact.at)).meets(days)


def _may_be_in(fact: Fact, days: Days) -> bool:
    return days.may_have(fact.at) or days.may_have(fact.until or fact.at)


def last_before(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """When these offices had their contact before this one."""
    facts, days = by_names(picture.of(What.LAST_BEFORE), assertion), assertion.days
    if not facts or days is None:
        return absent("The record has no earlier contact between these offices; what was before it is not known.")
    fact = facts[-1]
    if days.may_have(fact.at):
        return matches(fact, f"The contact before was {on(fact)}.")
    if utc_day(fact.at) > days.last:
        return contradicts(fact, f"There was one after {days}: {on(fact)}.")
    return absent(f"The record has none in {days}; the last before that it has was {on(fact)}.")


def first_since(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Whether it is the first contact since a person took office."""
    holder = _holder(assertion.who[0], picture)
    this = next((each for each in picture.of(What.WHEN) if each.at), None)
    if holder is None or not holder.begins:
        return absent(f"No roster says since when {assertion.who[0]!r} holds an office.")
    roster = Fact(what=What.FIRST_SINCE, proof=holder.proof, at=holder.begins)
    if assertion.days is not None and not assertion.days.may_have(holder.begins):
        return contradicts(roster, f"{assertion.who[0]} took office {on(roster)}, not in {assertion.days}.")
    if this is None:
        return absent("The record does not say that this contact was held.")
    earlier = [
        each
        for each in picture.of(What.TIMES)
        if holder.begins <= each.at < this.at and any(one.post == holder.party.post for one in each.parties)
    ]
    if earlier:
        return contradicts(
            earlier[0], f"There was one before it, and after {assertion.who[0]} took office: {on(earlier[0])}."
        )
    return matches(
        this, f"{assertion.who[0]} took office {on(roster)}, and the record has none between that and this one."
    )


def _holder(name: str, picture: Picture) -> Holder | None:
    return next((each for each in reversed(picture.holders) if denotes(name, each.party)), None)


def times(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """How often these were in contact, from the first of the days on."""
    if assertion.number is None:
        return absent("It is not said how often.")
    names, number = (*assertion.who, *assertion.whom), assertion.number
    since = date.min if assertion.days is None else assertion.days.first
    facts = [each for each in picture.of(What.TIMES) if named(names, each.parties) and utc_day(each.at) >= since]
    has = f"The record has {len(facts)} contacts of {' and '.join(names)}" + (
        f" since {since}" if assertion.days else ""
    )
    if not facts or len(facts) < number.least:
        return absent(f"{has}; others may have been elsewhere.")
    if number.most is not None and len(facts) > number.most:
        return contradicts(facts[-1], f"{has}.")
    return matches(facts[-1], f"{has}, the last {on(facts[-1])}.")


def outcome(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """What it came to, with whom, on which days."""
    facts = by_names(picture.of(What.OUTCOME), assertion)
    if not facts:
        return absent("The record has no outcome of it with those who are named.")
    same = [each for each in facts if each.value == assertion.value]
    if not same:
        return contradicts(facts[0], f"With {listed(facts[0].to)} it came to {facts[0].value!r}.")
    days = assertion.days
    held = same if days is None else [each for each in same if not each.at or _in(each, days) or _may_be_in(each, days)]
    if not held:
        return contradicts(same[0], f"With {listed(same[0].to)} it came to {same[0].value!r}, but {on(same[0])}.")
    when = f", {on(held[0])}" if held[0].at else ""
    return matches(
        held[0], f"{listed(held[0].parties)} asked for {listed(held[0].to)}; it came to {held[0].value!r}{when}."
    )


def confirmed(assertion: Assertion, picture: Picture, published: date) -> Verdict:
    """Whether a party spoke of it in public, asked or not, by what was recorded of that."""
    facts = by_names(picture.of(What.CONFIRMED), assertion)
    whose = " and ".join(assertion.who)
    if assertion.value == "not-confirmed":
        by_then = [each for each in facts if _day_is_by(each.at, published)]
        if by_then:
            return contradicts(by_then[0], f"{listed(by_then[0].parties)} spoke of it in public {on(by_then[0])}.")
        return absent(f"The record has no public word of {whose} until then.")
    if not facts:
        return absent(f"The record has no public word of {whose}.")
    same = [each for each in facts if each.value == assertion.value]
    if not same:
        return contradicts(
            facts[0], f"{listed(facts[0].parties)} spoke of it {on(facts[0])}, and that was {facts[0].value}."
        )
    return matches(same[0], f"{listed(same[0].parties)} spoke of it in public {on(same[0])}, {same[0].value}.")


def _day_is_by(at: Instant, published: date) -> bool:
    return utc_day(at) <= published
