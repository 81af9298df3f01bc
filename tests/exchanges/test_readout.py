"""Readouts: who may file, mark and answer; what nobody has marked; no order of arrival counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.readout import State, begin, fold, group, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.limits import READOUT_MARKS_MAX, READOUTS_MAX
from openline.terms import EntryId, TrafficClass
from openline.wire.readout import Answer, Sort
from tests.exchanges.published import SPOKE, answer, mark, readout
from tests.exchanges.talks import BOTH, minute, name_of, point
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, message

OURS, THEIRS = readout(ALPHA, 1), readout(BRAVO, 1, "We spoke.")
MINUTE = minute(ALPHA, 2)
POINT = point(ALPHA, 3, MINUTE)
COVERS = mark(ALPHA, 4, OURS, Sort.COVERS, POINT)
MISSING = mark(BRAVO, 2, OURS, Sort.MISSING, POINT)
BESIDE = mark(BRAVO, 3, OURS, Sort.DIFFERS, THEIRS, other=(0, 5))


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


def test_readouts_of_all_stand_together_with_their_marks() -> None:
    after = folded(THEIRS, BESIDE, MISSING, COVERS, OURS)
    assert after.head == min(OURS.entry.id, THEIRS.entry.id)
    assert after.ignored == ()
    assert {each.of for each in after.state.readouts} == set(BOTH)
    assert {each.kept.entry.id for each in after.state.on(OURS.entry.id)} == {
        each.entry.id for each in (COVERS, MISSING, BESIDE)
    }
    assert after.state.on(THEIRS.entry.id) == ()
    kept, stranger, elsewhere = readout(ALPHA, 1), readout(ALPHA, 8, parties=(ALPHA, CHARLIE)), EntryId(b"e" * 32)
    others = [OURS, THEIRS, stranger, readout(BRAVO, 9, contact=elsewhere)]
    assert set(group(others, OURS.entry.id)) == {kept.entry.id, THEIRS.entry.id}


def test_a_text_of_another_says_whose_it_is() -> None:
    (filed,) = folded(readout(ALPHA, 1, of=BRAVO)).state.readouts
    assert (filed.author, filed.of, filed.text) == (ALPHA, BRAVO, SPOKE)


def test_points_that_nobody_marked() -> None:
    state = folded(OURS, THEIRS, MISSING).state
    drafts = (EntryId(b"x" * 32), POINT.entry.id)
    assert not state.silent_on(OURS.entry.id, drafts)
    assert state.silent_on(THEIRS.entry.id, drafts)
    taken_back = answer(BRAVO, 3, OURS, MISSING, Answer.WITHDRAWN)
    assert folded(OURS, THEIRS, MISSING, taken_back).state.silent_on(OURS.entry.id, drafts)


def test_a_mark_is_answered_and_the_newest_word_counts() -> None:
    no = answer(ALPHA, 5, OURS, MISSING, Answer.DISPUTED)
    yes = answer(ALPHA, 6, OURS, MISSING, Answer.AGREED)
    (before,) = folded(OURS, MISSING, no).state.marks
    (after,) = folded(OURS, MISSING, no, yes).state.marks
    assert (before.disputed, after.disputed) == (True, False)
    said = after.by(ALPHA)
    assert said is not None
    assert said.answer == Answer.AGREED
    assert before.stands
    gone = answer(BRAVO, 7, OURS, MISSING, Answer.WITHDRAWN, knew={ALPHA: 6})
    (last,) = folded(OURS, MISSING, no, yes, gone).state.marks
    assert not last.stands
    late = answer(ALPHA, 7, OURS, MISSING, Answer.DISPUTED, knew={BRAVO: 7})
    assert folded(OURS, MISSING, gone, late).why_not(late.entry.id) == "the mark was withdrawn"


LENGTH = len(SPOKE.encode())
NOTHING: dict[str, Kept] = {
    "of a stranger": mark(CHARLIE, 1, OURS, Sort.COVERS, POINT),
    "of a machine": mark(BRAVO, 9, OURS, Sort.COVERS, POINT, act=None),
    "of another class": mark(BRAVO, 9, OURS, Sort.COVERS, POINT, traffic=TrafficClass.TEST),
    "beyond the text": mark(BRAVO, 9, OURS, Sort.COVERS, POINT, span=(0, LENGTH + 1)),
    "beyond the other text": mark(BRAVO, 9, OURS, Sort.DIFFERS, THEIRS, other=(0, 10)),
    "no span of the other": mark(BRAVO, 9, OURS, Sort.DIFFERS, THEIRS),
    "a span of a point": mark(BRAVO, 9, OURS, Sort.DIFFERS, POINT, other=(0, 2)),
    "beside itself": mark(BRAVO, 9, OURS, Sort.DIFFERS, OURS, other=(0, 2)),
    "covers nothing": mark(BRAVO, 9, OURS, Sort.COVERS),
    "on a point": mark(BRAVO, 9, POINT, Sort.ADDED),
    "withdrawn by another": answer(ALPHA, 9, OURS, MISSING, Answer.WITHDRAWN),
    "agreed with by its author": answer(BRAVO, 9, OURS, MISSING, Answer.AGREED),
    "a word on a readout": answer(ALPHA, 9, OURS, THEIRS, Answer.AGREED),
    "another kind": message(BRAVO, 9, exchange=OURS.entry.id, refers=(OURS.entry.id,)),
    "a readout inside": readout(BRAVO, 9, exchange=OURS.entry.id),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_counts_for_nothing(name: str) -> None:
    entry = NOTHING[name]
    after = folded(OURS, THEIRS, MISSING, entry)
    assert after.why_not(entry.entry.id)
    assert after.state == folded(OURS, THEIRS, MISSING).state


def test_what_is_added_needs_no_point() -> None:
    for entry in (mark(BRAVO, 9, OURS, Sort.ADDED), mark(BRAVO, 9, OURS, Sort.ADDED, THEIRS)):
        assert folded(OURS, THEIRS, entry).why_not(entry.entry.id) is None


def test_nobody_files_or_marks_without_end() -> None:
    readouts = [readout(ALPHA, at) for at in range(1, READOUTS_MAX + 2)]
    after = folded(*readouts)
    assert len(after.state.readouts) == READOUTS_MAX
    assert len(after.ignored) == 1
    marks = [mark(BRAVO, at, OURS, Sort.ADDED) for at in range(1, READOUT_MARKS_MAX + 2)]
    assert len(folded(OURS, *marks).state.marks) == READOUT_MARKS_MAX


def test_a_machine_files_nothing() -> None:
    wrong: tuple[dict[str, Any], ...] = ({"act": None}, {"refers": ()})
    for fields in wrong:
        with pytest.raises(BadField):
            begin(readout(**fields))
        assert fold([readout(**fields)]) is None


def test_what_is_told() -> None:
    before, after = folded(OURS), folded(OURS, readout(BRAVO, 1, of=ALPHA), MISSING)
    assert [(each.code, each.text) for each in told(before, after, ALPHA, name_of)] == [
        ("readout", "Bravo filed what Alpha published of a contact."),
        ("readout-mark", "Bravo marked the readout of Alpha."),
    ]
    assert told(before, after, BRAVO, name_of) == told(before, after, CHARLIE, name_of) == ()
    no = folded(OURS, MISSING, answer(ALPHA, 5, OURS, MISSING, Answer.DISPUTED))
    (word,) = told(folded(OURS, MISSING), no, BRAVO, name_of)
    assert word.text == "Alpha disputed a mark on a readout."


@given(st.data())
def test_the_order_of_arrival_makes_no_difference(data: st.DataObject) -> None:
    entries, numbers = [OURS, THEIRS], {ALPHA: 3, BRAVO: 3}
    for _ in range(data.draw(st.integers(0, 6))):
        author, other = data.draw(st.sampled_from(((ALPHA, BRAVO), (BRAVO, ALPHA))))
        numbers[author] += 1
        knew = {other: data.draw(st.integers(1, numbers[other]))}
        marks = [each for each in entries if each not in (OURS, THEIRS)]
        answers = data.draw(st.booleans())
        if marks and answers:
            entry = answer(
                author,
                numbers[author],
                OURS,
                data.draw(st.sampled_from(marks)),
                data.draw(st.sampled_from(Answer)),
                knew=knew,
            )
        else:
            on, sort = data.draw(st.sampled_from((OURS, THEIRS))), data.draw(st.sampled_from(Sort))
            entry = mark(author, numbers[author], on, sort, POINT, knew=knew)
        entries.append(entry)
    shuffled = data.draw(st.permutations(entries))
    assert folded(*entries) == folded(*shuffled)
