"""Minutes: every state meets every event, no order of arrival counts, nobody signs what was not read."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.minute import REMIND_MS, State, begin, due, fold, group, objection, overdue, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.kinds import Kind
from tests.exchanges.talks import BOTH, minute, name_of, point, signed, word
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark, message

OPENED = minute()
DRAFT = point(ALPHA, 2, OPENED)
THEIRS = point(BRAVO, 1, OPENED, "The launch was planned long before.")
REVISED = point(ALPHA, 3, OPENED, "The line stays open for two days.", DRAFT)


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


def digest(*entries: Kept) -> bytes:
    return folded(*entries).state.digest()


def by_both(*entries: Kept, numbers: tuple[int, int] = (8, 8)) -> tuple[Kept, ...]:
    made = digest(*entries)
    at, other = numbers
    return (*entries, signed(ALPHA, at, OPENED, made), signed(BRAVO, other, OPENED, made))


STATES = {
    "opened": (OPENED,),
    "drafted": (OPENED, DRAFT),
    "agreed": (OPENED, DRAFT, word(BRAVO, 2, OPENED, DRAFT)),
    "differs": (OPENED, DRAFT, word(BRAVO, 2, OPENED, DRAFT, "For one day.")),
    "revised": (OPENED, DRAFT, REVISED),
    "by both": (OPENED, DRAFT, THEIRS),
    "signed by one": (OPENED, DRAFT, signed(ALPHA, 8, OPENED, digest(OPENED, DRAFT))),
    "signed by all": by_both(OPENED, DRAFT, word(BRAVO, 2, OPENED, DRAFT)),
    "refused": (OPENED, DRAFT, signed(BRAVO, 8, OPENED, digest(OPENED, DRAFT), "Never said.")),
}

Rule = Callable[[str], bool]


class Event(msgspec.Struct, frozen=True):
    """An entry, and in which states it is taken."""

    entry: Kept
    taken: Rule


def always(state: str) -> bool:
    return True


def never(state: str) -> bool:
    return False


def has_draft(state: str) -> bool:
    return state != "opened"


EVENTS = {
    "opened by the other": Event(minute(BRAVO, 9), always),
    "opened within": Event(minute(BRAVO, 9, exchange=OPENED.entry.id), never),
    "point": Event(point(BRAVO, 9, OPENED), always),
    "point by a stranger": Event(point(CHARLIE, 1, OPENED), never),
    "point by a machine": Event(point(BRAVO, 9, OPENED, act=None), never),
    "point in another class": Event(point(BRAVO, 9, OPENED, traffic=TrafficClass.DRILL), never),
    "point of no minute": Event(point(BRAVO, 9, OPENED, refers=()), never),
    "revision": Event(point(ALPHA, 9, OPENED, "Otherwise.", DRAFT), has_draft),
    "revision of the other's": Event(point(BRAVO, 9, OPENED, "Otherwise.", DRAFT), never),
    "agreed": Event(word(BRAVO, 9, OPENED, DRAFT), has_draft),
    "agreed to the new draft": Event(word(BRAVO, 9, OPENED, REVISED), lambda state: state == "revised"),
    "says otherwise": Event(word(BRAVO, 9, OPENED, DRAFT, "No."), has_draft),
    "agreed with itself": Event(word(ALPHA, 9, OPENED, DRAFT), never),
    "word on no point": Event(word(BRAVO, 9, OPENED, DRAFT, refers=(OPENED.entry.id,)), never),
    "signed": Event(signed(BRAVO, 9, OPENED, bytes(32)), always),
    "refused": Event(signed(BRAVO, 9, OPENED, bytes(32), "Never."), always),
    "signed by a machine": Event(signed(BRAVO, 9, OPENED, bytes(32), act=None), never),
    "message": Event(message(BRAVO, 9, exchange=OPENED.entry.id, refers=(OPENED.entry.id,)), never),
    "mark": Event(mark(BRAVO, 9, Kind.SEEN, OPENED), never),
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(STATES, EVENTS)))
def test_every_state_meets_every_event(state: str, event: str) -> None:
    entry = EVENTS[event].entry
    before, after = folded(*STATES[state]), folded(*STATES[state], entry)
    assert (after.why_not(entry.entry.id) is None) == EVENTS[event].taken(state)
    if not EVENTS[event].taken(state):
        assert after.state == before.state


def test_a_point_ends_as_agreed_or_in_the_words_of_each() -> None:
    yes, no = word(BRAVO, 2, OPENED, DRAFT), word(BRAVO, 2, OPENED, DRAFT, "For one day.")
    for entries, status in (((), "open"), ((yes,), "agreed"), ((no,), "differs")):
        state = folded(OPENED, DRAFT, *entries).state
        assert state.status(state.points[0]) == status
    three = minute(parties=(*BOTH, CHARLIE))
    first = point(ALPHA, 2, three)
    state = folded(three, first, word(BRAVO, 2, three, first)).state
    assert state.status(state.points[0]) == "open"
    state = folded(three, first, word(BRAVO, 2, three, first), word(CHARLIE, 2, three, first)).state
    assert state.status(state.points[0]) == "agreed"


def test_a_new_draft_takes_no_words_of_others_with_it() -> None:
    yes, no = word(BRAVO, 2, OPENED, DRAFT), word(BRAVO, 2, OPENED, DRAFT, "For one day.")
    agreed, differs = folded(OPENED, DRAFT, yes, REVISED).state, folded(OPENED, DRAFT, no, REVISED).state
    assert agreed.status(agreed.points[0]) == "open"
    assert differs.status(differs.points[0]) == "differs"
    gave_up = folded(OPENED, DRAFT, no, word(BRAVO, 3, OPENED, DRAFT), REVISED).state
    assert gave_up.status(gave_up.points[0]) == "open"
    again = folded(OPENED, DRAFT, no, REVISED, word(BRAVO, 3, OPENED, REVISED)).state
    assert again.status(again.points[0]) == "agreed"


def test_an_agreement_that_crossed_a_new_draft_agrees_to_nothing() -> None:
    for yes in (word(BRAVO, number, OPENED, DRAFT) for number in range(2, 12)):
        state = folded(OPENED, DRAFT, yes, REVISED).state
        assert state.status(state.points[0]) == "open"


def test_a_signature_holds_for_what_its_author_had() -> None:
    entries = STATES["signed by all"]
    assert folded(*entries).state.complete
    late = folded(*entries, point(BRAVO, 9, OPENED)).state
    assert not late.complete
    assert not late.decided(ALPHA)
    assert not folded(*by_both(OPENED, DRAFT)).state.complete
    refused = (*entries, signed(BRAVO, 9, OPENED, folded(*entries).state.digest(), "On reflection."))
    assert not folded(*refused).state.complete
    assert folded(*refused).state.decided(BRAVO)
    assert not folded(OPENED).state.complete


def test_openings_about_one_contact_are_one_minute() -> None:
    other, foreign, machine = minute(BRAVO, 1), minute(BRAVO, 2, parties=(BRAVO, CHARLIE)), minute(BRAVO, 3, act=None)
    elsewhere = minute(BRAVO, 4, contact=EntryId(b"d" * 32))
    every = [OPENED, other, foreign, machine, elsewhere]
    assert group(every, OPENED.entry.id) == tuple(sorted((OPENED.entry.id, other.entry.id)))
    assert group(every, machine.entry.id) == (machine.entry.id,)
    mine, theirs = point(ALPHA, 2, OPENED), point(BRAVO, 4, other)
    for entries in itertools.permutations((OPENED, other, mine, theirs)):
        state = folded(*entries)
        assert len(state.state.points) == 2
        assert state.ignored == ()
    assert fold([machine]) is None
    with pytest.raises(BadField):
        begin(minute(refers=()))


def test_nobody_signs_what_was_not_read_or_not_answered() -> None:
    made = digest(OPENED, DRAFT)
    for author, objects in ((ALPHA, False), (BRAVO, True)):
        entry = signed(author, 8, OPENED, made)
        assert (objection(folded(OPENED, DRAFT, entry), entry.entry.id, author) is not None) == objects
    stale = signed(ALPHA, 8, OPENED, digest(OPENED))
    assert "changed" in str(objection(folded(OPENED, DRAFT, stale), stale.entry.id, ALPHA))
    no = signed(BRAVO, 8, OPENED, made, "Never said.")
    assert objection(folded(OPENED, DRAFT, no), no.entry.id, BRAVO) is None
    assert objection(folded(OPENED, DRAFT), DRAFT.entry.id, ALPHA) is None


def codes(before: tuple[Kept, ...], after: tuple[Kept, ...], me: PostId) -> list[str]:
    held = folded(*before) if before else None
    return [each.code for each in told(held, folded(*after), me, name_of)]


def test_each_side_is_told_what_the_other_did() -> None:
    assert codes((), (OPENED, DRAFT), BRAVO) == ["minute-point"]
    assert codes((), (OPENED, DRAFT), ALPHA) == codes((), (OPENED, DRAFT), CHARLIE) == []
    for name in ("agreed", "differs"):
        assert codes(STATES["drafted"], STATES[name], ALPHA) == ["minute-point"]
    assert codes(STATES["drafted"], STATES["refused"], ALPHA) == ["minute-refused"]
    assert codes(STATES["agreed"], STATES["signed by all"], ALPHA) == ["minute-complete"]
    assert codes(STATES["signed by all"], STATES["signed by all"], ALPHA) == []
    assert codes(STATES["drafted"], (*STATES["drafted"], point(BRAVO, 9, OPENED, act=None)), ALPHA) == []


def test_who_has_not_decided_is_reminded_once() -> None:
    assert due(folded(OPENED).state, ALPHA, Instant(0)) is None
    state = folded(*STATES["refused"]).state
    assert due(state, BRAVO, Instant(0)) is None
    assert due(state, CHARLIE, Instant(0)) is None
    assert due(state, ALPHA, Instant(0)) == REMIND_MS
    assert due(state, ALPHA, Instant(REMIND_MS)) is None
    assert [each.code for each in overdue(state, ALPHA, Instant(REMIND_MS), name_of)] == ["minute-waits"]


@st.composite
def minutes(draw: st.DrawFn) -> list[Kept]:
    """Two posts open, draft, revise, agree, differ and sign, each knowing some of what the other did."""
    entries, reached = [OPENED], {ALPHA: 1, BRAVO: 0}
    if draw(st.booleans()):
        reached[BRAVO] = 1
        entries.append(minute(BRAVO, 1))
    openings = list(entries)
    known = {ALPHA: 0, BRAVO: 1}
    for _ in range(draw(st.integers(0, 7))):
        author = draw(st.sampled_from(BOTH))
        other = BRAVO if author == ALPHA else ALPHA
        known[author] = draw(st.integers(known[author], max(known[author], reached[other])))
        reached[author] += 1
        to, knew = draw(st.sampled_from(openings)), {other: known[author]}
        entries.append(_next(draw, author, reached[author], to, entries, knew))
    return entries


def _next(draw: st.DrawFn, author: PostId, number: int, to: Kept, entries: list[Kept], knew: dict[PostId, int]) -> Kept:
    points = [each for each in entries if each.entry.header.kind == Kind.MINUTE_POINT]
    sort = draw(st.sampled_from(("draft", "revise", "agree", "differ", "sign") if points else ("draft", "sign")))
    match sort:
        case "draft":
            return point(author, number, to, knew=knew)
        case "revise":
            return point(author, number, to, "Otherwise.", draw(st.sampled_from(points)), knew=knew)
        case "sign":
            return signed(author, number, to, digest(*entries), knew=knew)
        case _:
            return word(author, number, to, draw(st.sampled_from(points)), "No." * (sort == "differ"), knew=knew)


@given(minutes(), st.randoms())
def test_the_order_of_arrival_makes_no_difference(entries: list[Kept], chance: st.DataObject) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = folded(*entries), folded(*shuffled)
    assert one == other
    assert one.state.digest() == other.state.digest()
    heads = tuple(sorted(each.entry.id for each in entries if each.entry.header.exchange is None))
    assert {group(each, head) for each in (entries, shuffled) for head in heads} == {heads}
