"""The loop with real posts: a script played to its end, judged and proved; and what the director may not do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from openline.cli.playing import evidence
from openline.cli.playing.cast import Cast
from openline.cli.playing.director import Asked, Request
from openline.cli.playing.ears import Ears
from openline.cli.playing.run import Run
from openline.errors import OpenlineError
from openline.exercises import scoring
from openline.exercises.script import Script
from openline.exercises.story import Row
from openline.post.loop import now
from tests.exercises.samples import SMALL, small

MORE = """
[[step]]
at = "4m"
party = "North"
do = "take 00000000"

[[step]]
at = "5m"
tell = "The wind turns."

[[goal]]
name = "Nobody corrects it"
party = "North"
look = "show {boat}"
find = "corrected"
is = false
by = "6m"

[[goal]]
name = "A number that is not there"
party = "North"
look = "show {boat}"
find = "nothing.here"
is = 1
"""


class Playing:
    """A run of the small exercise, and what it said."""

    def __init__(
        self,
        cast: Cast,
        files: Path,
        more: str = "",
        *,
        speed: float = 100.0,
        skip: bool = True,
        seated: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        self.queue: SimpleQueue[Any] = SimpleQueue()
        self.said: list[Row] = []
        self.script = Script(small(" --deliver-by {+20m}", "", more), (), str(files))
        exercise, say = self.script.exercise, self.said.append
        queue = self.queue
        self.run = Run(exercise, cast, self.script, queue, say, speed=speed, skip=skip, wall=now, seated=seated)

    def direct(self, request: Request) -> Any:
        """What the director is answered. Raises what came instead."""
        asked = Asked(request, SimpleQueue())  # type: ignore[arg-type]
        self.run._one(asked)
        value = asked.answer.get()
        if isinstance(value, OpenlineError):
            raise value
        return value


def test_a_script_is_played_judged_and_proved(cast: Cast, files: Path) -> None:
    assert "take {it}" in SMALL
    playing = Playing(cast, files, MORE)
    ears = Ears(playing.queue, now)
    try:
        for name, post in cast.posts.items():
            ears.listen(name, post.home)
        cast.processes.until(ears.all_listen, "ears")
        playing.run.play()
    finally:
        ears.close()
    run, script = playing.run, playing.script
    assert (run.ended, run.over_at) == ("its time was over", script.ends)
    assert run.rows == playing.said
    told = [(row.sort, row.party) for row in run.rows if row.sort in ("fact", "told", "wrote", "not done")]
    assert told[:2] == [("fact", ""), ("wrote", "North")]
    assert {("told", ""), ("wrote", "South"), ("not done", "North")} <= set(told)
    assert [row.text for row in run.rows if row.sort == "fault"] == [
        "The path between North and South is cut.",
        "The path between North and South is whole again.",
    ]
    results = scoring.judged(script.exercise, script.log, script.named, run.over_at, run.looks)
    assert [each.state for each in results] == ["met", "met", "missed"]
    check_proof(cast, script, files)


def check_proof(cast: Cast, script: Script, files: Path) -> None:
    """Each record is proved, and lacks nothing; a party that held nothing of it would be named."""
    verdicts = evidence.verdicts(cast, script.log, files)
    assert [(each.line, each.party, each.ok, each.same) for each in verdicts] == [
        ("strait", "North", True, True),
        ("strait", "South", True, True),
    ]
    held = script.log.held
    script.log.held = {pair for pair in held if pair[0] == "North"}
    assert [each.same for each in evidence.verdicts(cast, script.log, files)] == [True, False]


def test_the_director_sees_stops_and_moves_the_clock(cast: Cast, files: Path) -> None:
    playing = Playing(cast, files)
    assert playing.direct(Request("pause"))["runs"] is False
    before = playing.run.now
    assert playing.direct(Request("jump"))["story"] == "2022-11-15T14:41:00Z"
    assert playing.direct(Request("jump", to="90m"))["story"] == "2022-11-15T15:40:00Z"
    assert playing.run.now > before
    value = playing.direct(Request("status"))
    assert (value["next"], value["ends"]) == ("2022-11-15T14:41:00Z", "2022-11-15T15:40:00Z")
    assert [each["party"] for each in value["parties"]] == ["North", "South"]
    assert playing.direct(Request("go"))["runs"] is True
    assert playing.direct(Request("inject", tell="News."))["last"][-1]["text"] == "News."
    playing.direct(Request("end"))
    assert playing.run.ended == "the director ended it"


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (Request("jump", to="-5m"), "is no time"),
        (Request("jump", to="2022-11-15T14:00Z"), "does not go back"),
        (Request("inject", party="West", tell="x"), "There is no party 'West'"),
        (Request("inject", command="send strait x"), "There is no party ''"),
        (Request("inject", party="North"), "either a command or something to tell"),
        (Request("inject", party="North", command="sendd x"), "is not understood"),
        (Request("inject", party="North", command="serve"), "no command of an exercise"),
    ],
)
def test_what_the_director_may_not_do(cast: Cast, files: Path, request_: Request, why: str) -> None:
    playing = Playing(cast, files)
    with pytest.raises(OpenlineError, match=why):
        playing.direct(request_)
    assert playing.said == []


SEATED = """
[[step]]
when = "South is played"
after = "1m"
tell = "Somebody is on watch in South."

[[step]]
at = "40m"
party = "South"
do = "send strait 'The script of South speaks.'"
"""


def test_the_script_of_a_side_is_silent_once_somebody_has_sat_down_there(cast: Cast, files: Path) -> None:
    coming = ["South"]
    playing = Playing(cast, files, SEATED, speed=3_600.0, seated=lambda: [coming.pop()] if coming else [])
    playing.run.play()
    rows = [(row.sort, row.party) for row in playing.said if row.sort in ("people", "told", "not done")]
    assert rows == [("people", "South"), ("told", "")]
    assert not any("speaks" in each["text"] for each in cast.posts["South"].inbox())
