"""Marks that the program proposes in a text, each with the words that made it propose them: never a finding.

A sentence is proposed for what its cue words speak of: names from the rosters, days, numbers and the voice beside them
are filled in. A person accepts a proposal, with changes, or rejects it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

import msgspec

from openline.accounts.assertion import Assertion, Attribution, What
from openline.accounts.dates import Dated, dates
from openline.accounts.names import Named, Party, find
from openline.accounts.numbers import STATES, Count, Numbered, numbers
from openline.accounts.sentences import sentences
from openline.accounts.speech import Cue, cues, quotations
from openline.limits import ACCOUNT_NAMES_MAX, ACCOUNT_PROPOSALS_MAX


class Because(msgspec.Struct, frozen=True):
    """Words from `start` to `end` of the text that made the program propose something, and as what it took them."""

    start: int
    end: int
    taken_as: str


class Proposal(msgspec.Struct, frozen=True):
    """A mark proposed; its id stays the same as long as the program proposes the same mark."""

    id: str
    start: int
    end: int
    assertion: Assertion
    because: tuple[Because, ...]


class Heard(msgspec.Struct, frozen=True):
    """What was found in one sentence; places count from the beginning of it."""

    text: str
    names: tuple[Named, ...]
    dated: tuple[Dated, ...]
    numbered: tuple[Numbered, ...]
    cues: tuple[Cue, ...]
    quoted: tuple[tuple[int, int], ...]


class Found(msgspec.Struct, frozen=True):
    """Something to propose in a sentence."""

    start: int
    end: int
    assertion: Assertion
    because: tuple[Because, ...]


def propose(text: str, published: date, parties: Iterable[Party]) -> list[Proposal]:
    """All proposals for a text that was published on a day, in order; at most ACCOUNT_PROPOSALS_MAX."""
    known = list(parties)
    made: list[Proposal] = []
    for start, end in sentences(text):
        for found in _of_sentence(hear(text[start:end], published, known)):
            made.append(_proposal(found, start))
            if len(made) == ACCOUNT_PROPOSALS_MAX:
                return made
    return made


def hear(sentence: str, published: date, parties: list[Party]) -> Heard:
    """What a sentence has that a proposal can rest on."""
    names = find(sentence, parties)
    return Heard(
        sentence,
        tuple(names),
        tuple(dates(sentence, published)),
        tuple(numbers(sentence)),
        tuple(cues(sentence, names)),
        tuple(quotations(sentence)),
    )


def _proposal(found: Found, offset: int) -> Proposal:
    start, end = found.start + offset, found.end + offset
    name = f"{found.assertion.what.value} {start} {end}"
    because = tuple(Because(each.start + offset, each.end + offset, each.taken_as) for each in found.because)
    return Proposal(hashlib.sha256(name.encode()).hexdigest()[:8], start, end, found.assertion, because)


_OF_OTHER_DAYS: Final = (What.LAST_BEFORE, What.FIRST_SINCE)
"""Where one of these is proposed, the day in the sentence is not that of the contact."""


def _of_sentence(heard: Heard) -> list[Found]:
    """At most one proposal of each sort, but for numbers, each of which is one."""
    found = []
    for what, pattern, make in _RULES:
        matched = pattern.search(heard.text)
        made = None if matched is None else make(heard, matched, what)
        if made is not None:
            found.append(made)
    if any(each.assertion.what in _OF_OTHER_DAYS for each in found):
        found = [each for each in found if each.assertion.what is not What.WHEN]
    return found + _counted(heard) + _spoken(heard, found)


_SPOKE: Final = (
    r"spoke(?:n)? (?:to|with|several|by|since|of|about|once|twice|again)|talk(?:ed|s)? (?:to|with|by)"
    r"|(?:tele)?phone conversation with|(?:conversation|call) (?:with|between)|communicated|counterparts? in"
    r"|(?:tele)?phoned|rang"
)
_CONTACT: Final = re.compile(rf"\b(?:{_SPOKE})\b", re.IGNORECASE)
_TRIED: Final = re.compile(
    r"\b(?:initiated|contacted|reached out|(?:tried|trying|attempted) to (?:reach|contact|speak|call|connect|talk)"
    r"|placed (?:a|the) call|called (?:his|her|their)|(?:tele)?phoned|rang|(?:had )?asked for (?:(?:a|the) call|it)?"
    r"|put (?:its|his|her|the|a) claim|(?:on|at) (?:the|his|her|its) (?:own )?initiative)\b",
    re.IGNORECASE,
)
_FAILED: Final = re.compile(
    r"(?:could(?:n['’]t| not)|unable to|not able to|failed to|did(?:n['’]t| not)) (?:\w+ )?"
    r"(?:connect|get through|reach|respond|answer|speak|pick up)|\bunsuccessful|\bunreachable|\bunavailable"
    r"|without [”\"]? ?(?:success|hit|answer)|\bno (?:answer|response|reply) (?:from|to|was)"
    r"|\bnot (?:be |been |to be )?reached\b|\bnobody answered\b|\bwas refused\b",
    re.IGNORECASE,
)
_TALKS: Final = r"\b(?:discussions|conversations?|calls?|stated on)\b"
_HELD: Final = re.compile(r"\b(?:call|conversation) (?:took place|was held)\b", re.IGNORECASE)


def _text_of(heard: Heard, start: int, end: int) -> str:
    return " ".join(heard.text[start:end].split())[:400]


def _base(heard: Heard, start: int, end: int) -> tuple[Attribution, list[Because]]:
    """The voice of a sentence: the cue that is nearest to some words."""
    near = sorted(heard.cues, key=lambda each: (max(start - each.end, each.start - end, 0), each.start))
    if not near:
        return Attribution(), []
    return near[0].attribution, [Because(near[0].start, near[0].end, f"according to {near[0].attribution.by.value}")]


def _made(
    heard: Heard, matched: re.Match[str], what: What, rest: Mapping[str, object], because: list[Because], end: int = 0
) -> Found:
    """A proposal on the words that were matched and those that it rests on."""
    attribution, voice = _base(heard, matched.start(), matched.end())
    spans = [(matched.start(), max(matched.end(), end)), *((each.start, each.end) for each in because)]
    assertion = msgspec.structs.replace(Assertion(what=what, according_to=attribution), **rest)
    taken = [Because(matched.start(), matched.end(), f"speaks of {what.value}"), *because, *voice]
    return Found(min(at for at, _ in spans), max(at for _, at in spans), assertion, tuple(taken))


def _who(each: Named) -> str:
    """What a name stands for, as a mark names it."""
    if each.sort == "holder":
        return each.party.persons[0]
    return f"{each.party.post}:{each.party.office}" if each.sort == "office" else each.party.post


def _names(found: Iterable[Named]) -> tuple[tuple[str, ...], list[Because]]:
    held = list(found)[:ACCOUNT_NAMES_MAX]
    names = tuple(dict.fromkeys(_who(each) for each in held))
    return names, [Because(each.start, each.end, f"{each.sort} in a roster") for each in held]


def _with_names(heard: Heard, matched: re.Match[str], what: What) -> Found | None:
    names, because = _names(heard.names)
    return _made(heard, matched, what, {"who": names}, because) if names else None


def _by_and_to(heard: Heard, matched: re.Match[str], what: What) -> Found:
    """Who did it stands before, to whom after."""
    who, first = _names([each for each in heard.names if each.end <= matched.start()][-1:])
    whom, then = _names([each for each in heard.names if each.start >= matched.end()][:1])
    days, when = _days(heard)
    return _made(heard, matched, what, {"who": who, "whom": whom, "days": days}, [*first, *then, *when])


def _days(heard: Heard) -> tuple[object, list[Because]]:
    dated = next((each for each in heard.dated if each.days is not None), None)
    if dated is None:
        return None, []
    return dated.days, [Because(dated.start, dated.end, f"{dated.days}: {dated.why}")]


def _dated(heard: Heard, matched: re.Match[str], what: What) -> Found | None:
    days, because = _days(heard)
    return _made(heard, matched, what, {"days": days}, because) if because else None


def _dated_or_named(heard: Heard, matched: re.Match[str], what: What) -> Found:
    who, because = _names([each for each in heard.names if each.start >= matched.end()][-1:])
    days, when = _days(heard)
    return _made(heard, matched, what, {"who": who, "days": days}, [*because, *when])


def _first(heard: Heard, matched: re.Match[str], what: What) -> Found:
    names, because = _names([each for each in heard.names if each.sort == "holder" and each.start >= matched.end()][:1])
    days, when = _days(heard)
    return _made(heard, matched, what, {"who": names, "days": days}, [*because, *when])


def _words(heard: Heard, matched: re.Match[str], what: What) -> Found:
    """The rest of the sentence is what it is about."""
    end = len(heard.text)
    return _made(heard, matched, what, {"text": _text_of(heard, matched.end(), end)}, [], end)


_WEAPON: Final = re.compile(r"\b(?:missile|rocket|drone|projectile|shell|air defen[cs]e)", re.IGNORECASE)


def _of_a_weapon(heard: Heard, matched: re.Match[str], what: What) -> Found | None:
    return _words(heard, matched, what) if _WEAPON.search(heard.text, matched.end()) else None


def _rejecting(heard: Heard, matched: re.Match[str], what: What) -> Found:
    who, because = _names([each for each in heard.names if each.end <= matched.start()][-1:])
    end = len(heard.text)
    return _made(heard, matched, what, {"who": who, "text": _text_of(heard, matched.end(), end)}, because, end)


def _at_request(heard: Heard, matched: re.Match[str], what: What) -> Found:
    inside = [each for each in heard.names if matched.start() <= each.start < matched.end() + 40]
    who, because = _names(inside[:1])
    return _made(heard, matched, what, {"who": who}, because)


def _failed(heard: Heard, matched: re.Match[str], what: What) -> Found:
    days, when = _days(heard)
    whom, because = _names([each for each in heard.names if each.start >= matched.end()][:1])
    return _made(heard, matched, what, {"value": "no-answer", "whom": whom, "days": days}, [*because, *when])


def _did_hold(heard: Heard, matched: re.Match[str], what: What) -> Found:
    days, because = _days(heard)
    return _made(heard, matched, what, {"value": "held", "days": days}, because)


def _why(heard: Heard, matched: re.Match[str], what: What) -> Found:
    value = "planned" if matched["planned"] else "response"
    return _made(heard, matched, what, {"value": value}, [])


def _confirming(heard: Heard, matched: re.Match[str], what: What) -> Found:
    before = heard.text[: matched.end()]
    denied = re.search(r"\b(?:no|not)\b(?:\s\w+){0,3}\s*$", before, re.IGNORECASE) is not None
    asked = re.search(r"\b(?:asked|asking)\b", heard.text, re.IGNORECASE) is not None
    who, because = _names(heard.names[:1])
    value = "not-confirmed" if denied else "asked" if asked else "unasked"
    return _made(heard, matched, what, {"who": who, "value": value}, because)


def _not_announced(heard: Heard, matched: re.Match[str], what: What) -> Found:
    end = len(heard.text)
    quiet = re.search(r"\bnot to\b.{0,30}\b(?:announce|disclose)\b", heard.text[matched.start() :], re.IGNORECASE)
    rest = {"value": "not-announced"} if quiet else {"text": _text_of(heard, matched.end(), end)}
    return _made(heard, matched, what, rest, [], end)


_UNITS: Final = frozenset(("hours", "hour", "days", "weeks", "months", "years", "minutes", "times", "percent"))


def _often(heard: Heard, matched: re.Match[str], what: What) -> Found:
    names, because = _names(heard.names)
    days, when = _days(heard)
    count = numbers(matched[0])[0].count
    return _made(
        heard, matched, what, {"who": names, "number": Count(count.least, count.most), "days": days}, [*because, *when]
    )


def _counted(heard: Heard) -> list[Found]:
    """Each number of something that is no measure of time."""
    found = []
    for each in heard.numbered:
        of = each.count.of.split()
        if of and of[-1].lower() not in _UNITS and not _is_vague(heard, each):
            attribution, voice = _base(heard, each.start, each.end)
            assertion = Assertion(what=What.NUMBER, number=each.count, according_to=attribution)
            because = (Because(each.start, each.end, f"a number: {each.count}"), *voice)
            found.append(Found(each.start, each.end, assertion, because))
    return found


def _is_vague(heard: Heard, each: Numbered) -> bool:
    """A number in words, but of dead or wounded: two generals, both countries."""
    in_figures = any(character.isdecimal() for character in heard.text[each.start : each.end])
    return not in_figures and each.count.of not in STATES


_QUOTED_WORDS_MIN: Final = 4


def _spoken(heard: Heard, others: list[Found]) -> list[Found]:
    """Each quotation of some words, with the voice beside it, where nothing else is proposed for what stands in it."""
    found = []
    for start, end in heard.quoted:
        words = _text_of(heard, start + 1, end - 1)
        taken = any(start <= each.because[0].start < end for each in others)
        if len(words.split()) >= _QUOTED_WORDS_MIN and not taken:
            attribution, voice = _base(heard, start, end)
            assertion = Assertion(what=What.SAID, text=words, who=_speaker(attribution), according_to=attribution)
            found.append(Found(start, end, assertion, (Because(start, end, "a quotation"), *voice)))
    return found


def _speaker(attribution: Attribution) -> tuple[str, ...]:
    return (attribution.name,) if attribution.by.value in ("person", "office") and attribution.name else ()


def _cue(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_RULES: Final[tuple[tuple[What, re.Pattern[str], Callable[[Heard, re.Match[str], What], Found | None]], ...]] = (
    (What.WHO, _CONTACT, _with_names),
    (What.INITIATED_BY, _TRIED, _by_and_to),
    (What.WHEN, re.compile(f"{_CONTACT.pattern}|{_TRIED.pattern}|{_TALKS}", re.IGNORECASE), _dated),
    (
        What.LAST_BEFORE,
        _cue(r"\b(?:last|previous(?:ly)?) (?:communicated|spoke|talked|call|contact|conversation)"),
        _dated,
    ),
    (What.FIRST_SINCE, _cue(r"\bfirst (?:time|call|contact|conversation)\b"), _first),
    (
        What.TIMES,
        _cue(r"\b(?:several|multiple|numerous|two|three|many) (?:times|communications|calls|conversations|contacts)\b"),
        _often,
    ),
    (
        What.ABOUT,
        _cue(
            r"\b(?:(?:have |was |were )?discuss(?:ed|ing)|(?:talked|spoken?|spoke) (?:about|of)|been about"
            r"|informed about|addressed|cautioned|warning|warned (?:of|about)|to discuss|dealt with|was about"
            r"|were about)\b"
        ),
        _words,
    ),
    (What.AGREED, _cue(r"\bagree(?:d|ing)\b|\bkept private\b|\b(?:undertook|pledged|promised) to\b"), _not_announced),
    (What.REQUESTED_BY, _cue(r"\bat the request of\b|\bat (?:[\w.’'-]+\s){1,4}request\b"), _at_request),
    (What.OUTCOME, _FAILED, _failed),
    (What.OUTCOME, _HELD, _did_hold),
    (
        What.REASON,
        _cue(
            r"(?P<planned>\b(?:been|was|were|long) planned\b)|\b(?:(?:direct |a |in )response to|(?:a )?reaction to|"
            r"in retaliation|retaliat\w+|is a result of)"
        ),
        _why,
    ),
    (What.REJECTED, _cue(r"\breject(?:s|ed)?\b|\bden(?:y|ies|ied)\b|\bdismiss(?:es|ed)?\b|\bunfounded\b"), _rejecting),
    (
        What.CONFIRMED,
        _cue(r"\bconfirm(?:ed|ation|s)\b|\bbeing asked\b(?!.*\bconfirm)|\bno (?:word|comment) (?:of|from|by)\b"),
        _confirming,
    ),
    (
        What.TOLD,
        _cue(
            r"\b(?:was|were) informed\b|\bnotif\w+|\b(?:drills|exercises?) (?:occurred|took place|began)\b"
            r"|\bgave (?:notice|warning)\b|\bannounced (?:a|an|the) (?:\w+ )?(?:drills?|exercises?|launch|firing)\b"
        ),
        _dated_or_named,
    ),
    (
        What.HAPPENED,
        _cue(r"\b(?:landed|struck|attack|explosion|strike|incident occurred|came down|fell|exploded|crashed)\b"),
        _dated,
    ),
    (
        What.ORIGIN,
        _cue(r"\b(?:likely|probably|presumably) (?!the (?:largest|biggest))|\b(?:launched|fired) by\b"),
        _of_a_weapon,
    ),
    (What.INVESTIGATES, _cue(r"\binvestigating\b|\binvestigates?\b"), _with_names),
)
