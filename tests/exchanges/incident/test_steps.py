"""Incidents: every state meets every event, and no order of arrival counts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.incident import objection
from openline.exchanges.incident.steps import begin, fold
from openline.feeds.record import Kept
from openline.limits import INCIDENT_OPEN_MAX, INCIDENT_STANDING_MAX
from openline.terms import TrafficClass
from openline.wire.incident import Stance, Word
from openline.wire.kinds import Kind
from tests.exchanges.incidents import (
    assessed,
    correction,
    folded,
    incidents,
    investigation,
    opened,
    quiet,
    source,
    stood,
    word,
)
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark, message

OPENED = opened()
FIRST = assessed(ALPHA, 2, OPENED)
REVISED = assessed(ALPHA, 3, OPENED, FIRST, origin="from the east")
GONE = word(ALPHA, 4, OPENED, Word.WITHDRAWN, FIRST)
STOOD = stood(BRAVO, 1, OPENED, FIRST)
JOINT = investigation(ALPHA, 5, OPENED, BRAVO)
QUIET = quiet(ALPHA, 5, OPENED, BRAVO)
NAME = correction(ALPHA, 6, OPENED, knew={BRAVO: 1})
CLOSED = word(ALPHA, 7, OPENED, Word.CLOSED)
TIE = word(ALPHA, 8, OPENED, Word.SAME, message(BRAVO, 40))

STATES = {
    "opened": (OPENED,),
    "assessed": (OPENED, FIRST),
    "revised": (OPENED, FIRST, REVISED),
    "withdrawn": (OPENED, FIRST, GONE),
    "joint": (OPENED, JOINT),
    "joined": (OPENED, JOINT, word(BRAVO, 2, OPENED, Word.ACCEPTED, JOINT)),
    "finished": (OPENED, JOINT, word(ALPHA, 6, OPENED, Word.FINISHED, JOINT)),
    "quiet": (OPENED, QUIET),
    "named": (OPENED, FIRST, STOOD, NAME),
    "renamed": (OPENED, FIRST, STOOD, NAME, word(BRAVO, 2, OPENED, Word.ACCEPTED, NAME)),
    "closed": (OPENED, CLOSED),
    "reopened": (OPENED, CLOSED, word(BRAVO, 1, OPENED, Word.REOPENED, knew={ALPHA: 7})),
    "tied": (OPENED, TIE),
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


def within(*states: str) -> Rule:
    return lambda state: state in states


HAVE_FIRST = within("assessed", "revised", "withdrawn", "named", "renamed")
STANDS = within("assessed", "revised", "named", "renamed")

EVENTS = {
    "assessment": Event(assessed(BRAVO, 9, OPENED), always),
    "assessment by a machine": Event(assessed(BRAVO, 9, OPENED, act=None), never),
    "assessment in another class": Event(assessed(BRAVO, 9, OPENED, traffic=TrafficClass.DRILL), never),
    "assessment of nothing": Event(assessed(BRAVO, 9, OPENED, refers=()), never),
    "revision": Event(assessed(ALPHA, 9, OPENED, FIRST), STANDS),
    "revision of another's": Event(assessed(BRAVO, 9, OPENED, FIRST), never),
    "revision of no assessment": Event(assessed(ALPHA, 9, OPENED, OPENED), never),
    "stance": Event(stood(CHARLIE, 9, OPENED, FIRST), HAVE_FIRST),
    "stance on oneself": Event(stood(ALPHA, 9, OPENED, FIRST), never),
    "stance on nothing": Event(stood(CHARLIE, 9, OPENED, FIRST, refers=(OPENED.entry.id,)), never),
    "source": Event(source(CHARLIE, 9, OPENED), always),
    "source of something": Event(source(CHARLIE, 9, OPENED, refers=(OPENED.entry.id, FIRST.entry.id)), never),
    "investigation": Event(investigation(CHARLIE, 9, OPENED), always),
    "request": Event(quiet(CHARLIE, 9, OPENED, ALPHA), always),
    "correction": Event(correction(CHARLIE, 9, OPENED), always),
    "withdrawal": Event(word(ALPHA, 9, OPENED, Word.WITHDRAWN, FIRST), STANDS),
    "withdrawal by another": Event(word(BRAVO, 9, OPENED, Word.WITHDRAWN, FIRST), never),
    "withdrawal of the incident": Event(word(ALPHA, 9, OPENED, Word.WITHDRAWN, OPENED), never),
    "withdrawal of nothing": Event(word(ALPHA, 9, OPENED, Word.WITHDRAWN), never),
    "joint withdrawn": Event(word(ALPHA, 9, OPENED, Word.WITHDRAWN, JOINT), within("joint", "joined")),
    "quiet withdrawn": Event(word(ALPHA, 9, OPENED, Word.WITHDRAWN, QUIET), within("quiet")),
    "correction withdrawn": Event(word(ALPHA, 9, OPENED, Word.WITHDRAWN, NAME, knew={BRAVO: 2}), within("named")),
    "tie withdrawn": Event(word(ALPHA, 9, OPENED, Word.WITHDRAWN, TIE), within("tied")),
    "joint accepted": Event(word(BRAVO, 9, OPENED, Word.ACCEPTED, JOINT), within("joint", "joined", "finished")),
    "joint accepted by a stranger": Event(word(CHARLIE, 9, OPENED, Word.ACCEPTED, JOINT), never),
    "joint finished": Event(word(BRAVO, 9, OPENED, Word.FINISHED, JOINT), within("joined")),
    "joint finished by its author": Event(word(ALPHA, 9, OPENED, Word.FINISHED, JOINT), within("joint", "joined")),
    "quiet declined": Event(word(BRAVO, 9, OPENED, Word.DECLINED, QUIET), within("quiet")),
    "quiet finished": Event(word(ALPHA, 9, OPENED, Word.FINISHED, QUIET), never),
    "correction declined": Event(word(BRAVO, 9, OPENED, Word.DECLINED, NAME), within("named", "renamed")),
    "correction accepted by its author": Event(word(ALPHA, 9, OPENED, Word.ACCEPTED, NAME), never),
    "assessment accepted": Event(word(BRAVO, 9, OPENED, Word.ACCEPTED, FIRST), never),
    "closed": Event(word(ALPHA, 9, OPENED, Word.CLOSED, knew={BRAVO: 1}), lambda state: state != "closed"),
    "closed by another": Event(word(BRAVO, 9, OPENED, Word.CLOSED), never),
    "closed with something": Event(word(ALPHA, 9, OPENED, Word.CLOSED, FIRST), never),
    "reopened": Event(word(CHARLIE, 9, OPENED, Word.REOPENED, knew={ALPHA: 7, BRAVO: 1}), within("closed")),
    "same": Event(word(CHARLIE, 9, OPENED, Word.SAME, message(BRAVO, 40)), always),
    "same as itself": Event(word(CHARLIE, 9, OPENED, Word.SAME, OPENED), never),
    "opened within": Event(opened(BRAVO, 9, exchange=OPENED.entry.id, refers=(OPENED.entry.id,)), never),
    "message": Event(message(BRAVO, 9, exchange=OPENED.entry.id, refers=(OPENED.entry.id,)), never),
    "mark": Event(mark(BRAVO, 9, Kind.SEEN, OPENED), never),
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(STATES, EVENTS)))
def test_every_state_meets_every_event(state: str, event: str) -> None:
    entry = EVENTS[event].entry
    before, after = folded(*STATES[state]), folded(*STATES[state], entry)
    assert (after.why_not(entry.entry.id) is None) == EVENTS[event].taken(state), after.why_not(entry.entry.id)
    if not EVENTS[event].taken(state):
        assert after.state == before.state


def test_what_opens_an_incident_refers_to_nothing_and_is_signed() -> None:
    for wrong in (opened(refers=(FIRST.entry.id,)), opened(act=None)):
        assert fold([wrong]) is None
        with pytest.raises(BadField):
            begin(wrong)


def test_a_title_changes_by_the_word_of_all_who_took_part() -> None:
    accepted = word(BRAVO, 2, OPENED, Word.ACCEPTED, NAME)
    assert folded(*STATES["named"]).state.title == "Explosion near the border"
    assert folded(*STATES["named"]).state.corrections[0].waits_for == (BRAVO,)
    assert folded(*STATES["named"], accepted).state.title == "Explosion at a farm"
    stranger = stood(CHARLIE, 1, OPENED, FIRST)
    assert folded(*STATES["named"], stranger, accepted).state.title == "Explosion at a farm"
    declined = word(BRAVO, 2, OPENED, Word.DECLINED, NAME)
    assert folded(*STATES["named"], declined).state.title == "Explosion near the border"
    assert folded(*STATES["named"], declined, word(BRAVO, 3, OPENED, Word.ACCEPTED, NAME)).state.corrections[0].taken


def test_before_anybody_else_took_part_who_opened_it_corrects_it_alone() -> None:
    assert folded(OPENED, correction(ALPHA, 2, OPENED)).state.title == "Explosion at a farm"
    theirs = correction(BRAVO, 1, OPENED)
    assert folded(OPENED, theirs).state.corrections[0].needs == (ALPHA,)


def test_one_party_fills_no_list_without_end() -> None:
    many = [source(BRAVO, at, OPENED) for at in range(1, INCIDENT_OPEN_MAX + 2)]
    state = folded(OPENED, *many, source(CHARLIE, 1, OPENED)).state
    assert len(state.named) == INCIDENT_OPEN_MAX + 1
    views = [assessed(BRAVO, at, OPENED) for at in range(1, INCIDENT_STANDING_MAX + 2)]
    assert folded(OPENED, *views).why_not(views[-1].entry.id) is not None
    gone = word(BRAVO, INCIDENT_STANDING_MAX + 1, OPENED, Word.WITHDRAWN, views[0])
    again = assessed(BRAVO, INCIDENT_STANDING_MAX + 2, OPENED)
    assert folded(OPENED, *views[:-1], gone, again).ignored == ()


def test_nobody_judges_what_was_not_read() -> None:
    assert objection(folded(OPENED, FIRST, STOOD), STOOD.entry.id, BRAVO) is None
    assert "revised" in str(objection(folded(OPENED, FIRST, REVISED, STOOD), STOOD.entry.id, BRAVO))
    assert "withdrawn" in str(objection(folded(OPENED, FIRST, GONE, STOOD), STOOD.entry.id, BRAVO))
    assert objection(folded(OPENED, FIRST), FIRST.entry.id, ALPHA) is None


def test_a_stance_that_crossed_a_withdrawal_is_kept() -> None:
    state = folded(OPENED, FIRST, GONE, stood(BRAVO, 1, OPENED, FIRST, Stance.DISPUTES)).state
    assert [each.stance for each in state.assessments[0].stances] == [Stance.DISPUTES]


@given(incidents(), st.integers(0, 1 << 16))
def test_the_order_of_arrival_makes_no_difference(entries: list[Kept], seed: int) -> None:
    shuffled = list(entries)
    Random(seed).shuffle(shuffled)
    assert folded(*entries) == folded(*shuffled)


@given(incidents())
def test_nobody_changes_what_another_said(entries: list[Kept]) -> None:
    state = folded(*entries).state
    for assessment in state.assessments:
        assert {each.author for each in assessment.versions} == {assessment.author}
        assert assessment.withdrawn is None or assessment.withdrawn.author == assessment.author
        assert all(each.author != assessment.author for each in assessment.stances)
    for each in (*state.investigations, *state.quiets):
        assert set(each.accepted) <= set(each.asked)
    for change in state.corrections:
        assert not change.taken or change.withdrawn is None
    assert all(each.author == state.author for each in state.ends if each.word == Word.CLOSED)
