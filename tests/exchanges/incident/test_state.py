"""What an incident says of itself."""

from __future__ import annotations

from openline.wire.incident import Stance, Word
from tests.exchanges.incidents import assessed, folded, investigation, opened, quiet, stood, word
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE

OPENED = opened()
FIRST = assessed(ALPHA, 2, OPENED, origin="unknown to us")
REVISED = assessed(ALPHA, 3, OPENED, FIRST, origin="from the east")


def test_a_stance_is_bound_to_the_version_that_it_names() -> None:
    early = stood(BRAVO, 1, OPENED, FIRST, Stance.CONCURS)
    assessment = folded(OPENED, FIRST, early).state.assessments[0]
    stance = assessment.stance_of(BRAVO)
    assert stance is not None
    assert assessment.is_fresh(stance)
    assessment = folded(OPENED, FIRST, early, REVISED).state.assessments[0]
    stance = assessment.stance_of(BRAVO)
    assert stance is not None
    assert not assessment.is_fresh(stance)
    late = stood(BRAVO, 2, OPENED, REVISED, Stance.DISPUTES)
    crossed = stood(BRAVO, 3, OPENED, FIRST, Stance.NO_POSITION)
    assessment = folded(OPENED, FIRST, early, REVISED, late, crossed).state.assessments[0]
    stance = assessment.stance_of(BRAVO)
    assert stance is not None
    assert (stance.id, assessment.is_fresh(stance)) == (late.entry.id, True)
    assert assessment.stance_of(CHARLIE) is None
    assert (assessment.id, assessment.author, assessment.standing.id) == (FIRST.entry.id, ALPHA, REVISED.entry.id)


def test_who_writes_is_a_party() -> None:
    state = folded(OPENED, FIRST, stood(CHARLIE, 1, OPENED, FIRST)).state
    assert (state.author, state.parties) == (ALPHA, (ALPHA, CHARLIE))
    assert (state.id, state.title, state.open) == (OPENED.entry.id, "Explosion near the border", True)


def test_what_is_asked_waits_for_those_who_have_not_answered() -> None:
    asked = quiet(ALPHA, 2, OPENED, BRAVO, CHARLIE)
    yes, no = word(BRAVO, 1, OPENED, Word.ACCEPTED, asked), word(CHARLIE, 1, OPENED, Word.DECLINED, asked)
    state = folded(OPENED, asked).state.quiets[0]
    assert (state.waits_for, state.accepted) == ((BRAVO, CHARLIE), ())
    state = folded(OPENED, asked, yes, no).state.quiets[0]
    assert (state.waits_for, state.accepted) == ((), (BRAVO,))
    later = word(BRAVO, 2, OPENED, Word.DECLINED, asked)
    assert folded(OPENED, asked, yes, later).state.quiets[0].accepted == ()
    gone = word(ALPHA, 3, OPENED, Word.WITHDRAWN, asked)
    state = folded(OPENED, asked, gone).state.quiets[0]
    assert (state.over, state.waits_for) == (True, ())
    joint = investigation(ALPHA, 2, OPENED, BRAVO)
    done = folded(OPENED, joint, word(ALPHA, 3, OPENED, Word.FINISHED, joint)).state.investigations[0]
    assert (done.over, done.withdrawn) == (True, None)
