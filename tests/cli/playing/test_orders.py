"""Commands as an exercise gives them: understood beforehand, signed as exercise, refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.cli.playing import orders
from openline.cli.playing.cast import Cast
from openline.errors import Misuse


@pytest.mark.parametrize(
    "command",
    [
        'send strait "A boat."',
        "call decline 00000000 --reason not-available",
        'call ask strait --from A --to "B:C" --reply-by 2030-01-01T00:00Z --topic x',
        'stop strait --what "convoy" --where "km 12"',
        "export strait --out x",
    ],
)
def test_what_is_understood(command: str) -> None:
    assert orders.judge(command) == ""


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("", "is no command of an exercise"),
        ("sendd strait x", "'openline sendd strait x' is not understood"),
        ("send strait", "is not understood"),
        ("send strait x --precedense flash", "is not understood"),
        ("send strait x --home y", "Leave out --home"),
        ("send strait x --json=1", "Leave out --json"),
        ("send strait x --class operation", "leave out --class"),
        ("serve", "'serve' is no command of an exercise"),
        ("demo", "is no command of an exercise"),
        ("--help", "is no command of an exercise"),
        ('send strait "x', "quotation marks"),
    ],
)
def test_what_is_not(command: str, why: str) -> None:
    assert why in orders.judge(command)


def test_the_class_is_said_where_a_command_takes_one() -> None:
    assert orders.as_exercise(["send", "strait", "x"])[-2:] == ["--class", "exercise"]
    assert orders.as_exercise(["send", "strait", "x", "--class", "exercise"])[-2:] == ["--class", "exercise"]
    assert orders.as_exercise(["take", "00000000"]) == ["take", "00000000"]
    with pytest.raises(Misuse):
        orders.as_exercise(["serve"])


def test_what_a_command_answers_and_why_it_is_refused(cast: Cast) -> None:
    home = cast.posts["North"].home
    value, why = orders.carry_out(home, ["send", "strait", "Radio check."])
    assert (len(value["id"]), why) == (64, "")
    shown, _ = orders.carry_out(home, ["show", value["id"]])
    assert (shown["class"], shown["text"]) == ("exercise", "Radio check.")
    assert orders.carry_out(home, ["send", "nowhere", "x"])[1].startswith("unknown-name: ")
    assert "no command of an exercise" in orders.carry_out(home, ["serve"])[1]


def test_the_status_of_any_command(tmp_path: Path) -> None:
    code, value = orders.said_by(tmp_path / "nobody", ["line", "list"])
    assert (code, value["error"]["code"]) == (1, "no-home")
