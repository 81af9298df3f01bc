"""The file of an exercise: what is right is read, and each way of being wrong has its line and a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadExercise
from openline.exercises import reading
from openline.exercises.script import Script
from openline.limits import EXERCISE_FILE_MAX_BYTES, EXERCISE_STEPS_MAX
from tests.exercises.samples import SMALL, small


def found(old: str, new: str) -> list[tuple[str, str]]:
    """What is found after a change: the line of the file as it then is, and the sentence."""
    text = SMALL.replace(old, new)
    assert text != SMALL
    _, findings = reading.examine(text.encode())
    return [(text.splitlines()[each.line - 1], each.text) for each in findings]


def test_what_is_right_is_read() -> None:
    exercise = small()
    assert (exercise.title, exercise.begins, exercise.lasts) == ("A boat", "2022-11-15T14:40Z", "1h")
    assert [party.name for party in exercise.party] == ["North", "South"]
    assert exercise.fault[0].cut == ("North", "South")
    assert small('begins = "2022-11-15T14:40Z"', "begins = 2022-11-15T14:40:00Z").begins == "2022-11-15T14:40:00Z"


SHAPES = [
    ('title = "A boat"\n', "", "format = 1", "An exercise needs 'title'."),
    (
        'title = "A boat"',
        'titel = "A boat"',
        'titel = "A boat"',
        "There is no 'titel' in an exercise; there are: format",
    ),
    (
        'title = "A boat"',
        "title = 5",
        "title = 5",
        "'title' is a whole number where a text in quotation marks is needed.",
    ),
    ('officer = "Cole"\n', "", "[[party]]", "A party needs 'officer'."),
    (
        'at = "2m"\nparty',
        "at = 2\nparty",
        "at = 2",
        "'at' is a whole number where a text in quotation marks is needed.",
    ),
    (
        'after = "3m"',
        'after = "3m"\nevry = true',
        "evry = true",
        "There is no 'evry' in a step; there are: party, name",
    ),
    ('lasts = "5m"', 'lasts = "5m"\ncut-off = 1', "cut-off = 1", "There is no 'cut-off' in a fault"),
    ('members = ["North", "South"]', 'members = "North"', 'members = "North"', "where a list in brackets is needed"),
    ('{name = "General A", from = 2020-01-01}', '{nam = "A"}', "[[party]]", "There is no 'nam' in office"),
    ("[[goal]]", "[goal]", "format = 1", "Write each goal as a table with the header [[goal]]."),
    ('lasts = "1h"', "lasts = 1h", "lasts = 1h", "Write times and spans between quotation marks."),
    ("[[goal]]", "[[goal]", "[[goal]", "This is not TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "why"), SHAPES, ids=lambda each: repr(each)[:30])
def test_wrong_shapes(old: str, new: str, line: str, why: str) -> None:
    findings = found(old, new)
    assert len(findings) == 1
    assert findings[0][0] == line
    assert why in findings[0][1]


def test_several_faults_are_told_together() -> None:
    text = SMALL.replace('officer = "Berg"\n', "").replace('text = "A boat drifts."', "text = 1")
    with pytest.raises(BadExercise) as raised:
        reading.read(text.encode())
    assert "Line 11: A party needs 'officer'." in str(raised.value)
    assert "'text' is a whole number" in str(raised.value)
    assert "exercise check FILE" in str(raised.value)


def test_what_is_no_text_or_too_long_or_too_deep() -> None:
    assert reading.examine(b"a = 1\nb = '\xff'")[1][0].line == 2
    assert "longer than" in reading.examine(b"#" * (EXERCISE_FILE_MAX_BYTES + 1))[1][0].text
    deep = b"a = " + b"[" * 100_000
    assert "nested" in reading.examine(deep)[1][0].text or "not TOML" in reading.examine(deep)[1][0].text
    many = SMALL + '[[fact]]\nat = "1m"\ntext = "x"\nsources = ["press"]\n' * EXERCISE_STEPS_MAX
    assert "There may be 1000 [[fact]]; these are 1001." in reading.examine(many.encode())[1][0].text


@pytest.mark.parametrize("cut", range(0, len(SMALL), 37))
def test_half_a_file_is_read_or_told_what_it_lacks(cut: int) -> None:
    exercise, findings = reading.examine(SMALL[:cut].encode())
    assert findings
    assert all(each.line >= 1 and each.text for each in findings)
    assert exercise is None or exercise.title


@pytest.mark.parametrize("text", ["a = '''open\n", "", "\n", "a = 1d", "a = '\u2028'\nb = 1d\n"])
def test_where_a_file_stops_being_toml(text: str) -> None:
    _, findings = reading.examine(text.encode())
    assert findings[0].line <= text.count("\n") + 1


@given(st.data())
def test_whatever_is_typed_into_it_is_read_or_told(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SMALL)))
    end = data.draw(st.integers(start, min(len(SMALL), start + 30)))
    typed = data.draw(
        st.text(st.sampled_from('"[]{}=\n#.0123456789abcdmhs+-T:Z ') | st.characters(codec="utf-8"), max_size=12)
    )
    exercise, findings = reading.examine((SMALL[:start] + typed + SMALL[end:]).encode())
    if exercise is not None and not findings:
        coming = [at for at, _ in Script(exercise, (), "out").coming(9)]
        assert coming == sorted(coming)
