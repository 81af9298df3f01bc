"""The sense of an exercise: each way of making none has its line and a sentence."""

from __future__ import annotations

import pytest

from openline.exercises import reading
from openline.exercises.checking import Judge
from openline.limits import EXERCISE_PARTIES_MAX
from tests.exercises.samples import SMALL

STEP = 'do = "take {it}"'
GOAL = 'within = "5m"\n'


def found(old: str, new: str, judge: Judge = reading.nothing_wrong) -> list[tuple[str, str]]:
    """What is found after a change: the line of the file as it then is, and the sentence."""
    text = SMALL.replace(old, new)
    assert text != SMALL
    _, findings = reading.examine(text.encode(), judge)
    return [(text.splitlines()[each.line - 1], each.text) for each in findings]


WRONG = [
    (
        "[[goal]]",
        '[[file]]\nname = "../x"\ntext = ""\n[[goal]]',
        'name = "../x"',
        "'../x' cannot name a file",
    ),
    ("format = 1", "format = 2", "format = 2", "This program reads format 1: write format = 1."),
    ('"All of it."', '" "', 'invented = " "', "'invented' is empty."),
    ('"2022-11-15T14:40Z"', '"yesterday"', 'begins = "yesterday"', "'yesterday' is no time"),
    ('"1h"', '"long"', 'lasts = "long"', "'long' is no span of time"),
    ('"1h"', '"0m"', 'lasts = "0m"', "lasts longer than nothing"),
    ('name = "South"\nofficer', 'name = "South "\nofficer', 'name = "South "', "cannot name a party"),
    ('officer = "Cole"', 'officer = ""', 'officer = ""', "Nobody is on watch at South: name an officer."),
    ("from = 2020-01-01", 'from = "long ago"', 'holders = [{name = "General A", from = "long ago"}]', "is no day"),
    (
        'members = ["North", "South"]',
        'members = ["North", "East"]',
        'members = ["North", "East"]',
        "There is no party 'East'; there are: North, South.",
    ),
    (
        'members = ["North", "South"]',
        'members = ["North", "North"]',
        'members = ["North", "North"]',
        "at least two members, each once",
    ),
    ('at = "1m"', 'at = "first"', 'at = "first"', "'first' is no time"),
    ('sources = ["press"]', "sources = []", "sources = []", "A fact names its sources."),
    (
        'sources = ["press"]',
        'sources = ["radio"]',
        'sources = ["radio"]',
        "There is no source 'radio'; there are: press.",
    ),
    ('name = "boat"', 'name = "The boat"', 'name = "The boat"', "'The boat' cannot name a step"),
    ('name = "boat"', 'name = "it"', 'name = "it"', "'it' cannot name a step"),
    ('at = "2m"\nparty = "North"', 'at = "2m"\nparty = "West"', 'party = "West"', "There is no party 'West'"),
    ('at = "2m"\nparty = "North"\n', 'at = "2m"\n', "[[step]]", "There is no party ''"),
    ('at = "2m"\nparty', 'at = "2 minutes"\nparty', 'at = "2 minutes"', "is no time"),
    ('at = "2m"\nparty', "party", "[[step]]", "either 'at', a time, or 'when'"),
    ('at = "2m"\nparty', 'at = "2m"\nevery = true\nparty', "every = true", "'every' belongs to a reaction"),
    ('after = "3m"', 'at = "3m"', "[[step]]", "either 'at', a time, or 'when'"),
    ('after = "3m"', 'after = "3"', 'after = "3"', "is no span of time"),
    (
        'when = "South receives message from North"',
        'when = "South gets it"',
        'when = "South gets it"',
        "is no condition",
    ),
    ('writes = "message"', 'writes = "massage"', 'writes = "massage"', "There is no kind of entry 'massage'"),
    (STEP, 'do = "take {boot}"', 'do = "take {boot}"', "{boot} names no step; there are: boat."),
    (STEP, 'do = "take {+later}"', 'do = "take {+later}"', "is no span of time"),
    (STEP, 'do = "take \'it"', 'do = "take \'it"', "Look at its quotation marks"),
    (STEP, f'{STEP}\ntell = "news"', "[[step]]", "either 'do', a command, or 'tell'"),
    ("{+20m}", "{it}", "do = 'send strait \"A boat drifts.\" --deliver-by {it}'", "{it} is what a reaction reacts to"),
    ('when = "South receives message from North"', 'when = "South is played"', 'do = "take {it}"', "{it} is what"),
    (
        'from = "South receives message from North"',
        'from = "South is played"',
        'from = "South is played"',
        "none of it",
    ),
    ('at = "10m"', 'at = "x"', 'at = "x"', "is no time"),
    ('lasts = "5m"', 'lasts = "x"', 'lasts = "x"', "is no span of time"),
    ('lasts = "5m"', 'down = "North"', "[[fault]]", "one of 'cut', 'slow' and 'down'"),
    ('cut = ["North", "South"]', 'cut = ["North", "West"]', 'cut = ["North", "West"]', "There is no party 'West'"),
    ('cut = ["North", "South"]', 'slow = ["North"]', 'slow = ["North"]', "'slow' names two parties that share a line."),
    ('cut = ["North", "South"]', 'down = "West"', 'down = "West"', "There is no party 'West'"),
    ('lasts = "5m"', "bits-per-second = 0", "bits-per-second = 0", "is a number above 0"),
    (
        'name = "South takes it"\nparty = "South"',
        'name = "g"\nparty = "West"',
        'party = "West"',
        "There is no party 'West'",
    ),
    ('to = "South writes taken"', 'to = "South takes"', 'to = "South takes"', "is no condition"),
    ('from = "South receives', 'from = "West receives', 'from = "West receives message from North"', "no party 'West'"),
    (GOAL, "", 'to = "South writes taken"', "'to' and 'within' belong together."),
    (GOAL, 'within = "soon"\n', 'within = "soon"', "is no span of time"),
    (GOAL, f'{GOAL}never = "North writes stop"\n', "[[goal]]", "one of 'to' (in time), 'never' and 'look'"),
    (GOAL, f'{GOAL}by = "later"\n', 'by = "later"', "is no time"),
    (
        'to = "South writes taken"\nwithin = "5m"',
        'look = "call show {boat}"',
        'look = "call show {boat}"',
        "needs 'find'",
    ),
    (
        'to = "South writes taken"\nwithin = "5m"',
        'look = "x {no}"\nfind = "a"\nis = 1',
        'look = "x {no}"',
        "names no step",
    ),
]


@pytest.mark.parametrize(("old", "new", "line", "why"), WRONG, ids=[f"{at}" for at in range(len(WRONG))])
def test_what_makes_no_sense(old: str, new: str, line: str, why: str) -> None:
    findings = found(old, new)
    assert any(each == line and why in text for each, text in findings), findings


def test_names_are_given_once() -> None:
    for name in ("party", "line", "step", "goal"):
        table = SMALL[SMALL.index(f"[[{name}]]") :].split("\n\n")[0]
        _, findings = reading.examine(f"{SMALL}\n{table}\n".encode())
        assert any("is the name of 2 of them" in each.text for each in findings)


def test_an_exercise_has_parties_steps_and_goals() -> None:
    bare = SMALL[: SMALL.index("[sources]")]
    texts = [each.text for each in reading.examine(bare.encode())[1]]
    least = (("goal", 1), ("line", 1), ("step", 1), ("party", 2))
    assert texts == [f"An exercise has at least {count} [[{name}]]." for name, count in least]
    crowd = "".join(f'[[party]]\nname = "P{at}"\nofficer = "X"\n' for at in range(EXERCISE_PARTIES_MAX))
    assert any("at most 12 parties" in each.text for each in reading.examine((SMALL + crowd).encode())[1])


def test_a_command_is_judged_with_its_places_filled() -> None:
    asked: list[str] = []

    def judge(command: str) -> str:
        asked.append(command)
        return "It is wrong." if command.startswith("take") else ""

    assert found('"A boat"', '"Another boat"', judge) == [(STEP, "It is wrong.")]
    assert asked == ['send strait "A boat drifts." --deliver-by 2030-01-01T00:00Z', "take 00000000"]
