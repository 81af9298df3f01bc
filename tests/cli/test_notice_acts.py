"""Commands that write about notices."""

from __future__ import annotations

from functools import partial

from tests.pair import Pair, command, done, program, refused, until

EXERCISE = (
    "live-fire-exercise",
    *("--area", "34-15N 033-30E, 34-15N 034-30E, 35-00N 034-30E, 35-00N 033-30E"),
    *("--window", "3d/5d", "--field", "weapons=naval missiles", "--class", "exercise"),
)


def heard(pair: Pair, notice: str) -> None:
    """Wait until South has it."""
    until(lambda: command(pair.south, "notice", "show", notice)[0] == 0)


def test_a_notice_is_given_answered_changed_and_ended(told: Pair) -> None:
    sent = done(told.north, "notice", "send", "strait", *EXERCISE, "--contact", "Lead:radio")["id"]
    heard(told, sent)
    value = done(told.south, "notice", "ack", sent)["notice"]
    assert value["owes"] == [{"member": "South", "for": ["passed on"]}]
    value = done(told.south, "notice", "pass", sent, "--to", "radars of the north")["notice"]
    assert value["owes"] == []
    done(told.south, "notice", "try", sent, "--text", "rang out")
    until(lambda: done(told.north, "notice", "show", sent)["tries"])
    said = program("notice", "show", sent, "--home", str(told.north)).stdout
    assert "unverified, assume nothing" in said
    assert "passed it on to radars of the north" in said
    assert "where: BOUND BY 34-15N 033-30E" in said
    done(told.north, "notice", "amend", sent, "--field", "purpose=drill", "--area", "within 5 miles of 34-15N 033-30E")
    done(told.north, "notice", "ask", sent)
    until(lambda: len(done(told.south, "notice", "show", sent)["versions"]) == 2)
    assert done(told.south, "notice", "show", sent)["owes"] == [
        {"member": "South", "for": ["acknowledged", "passed on"]}
    ]
    done(told.south, "notice", "confirm", sent)
    value = done(told.north, "notice", "postpone", sent, "--window", "4d/6d", "--alternate", "7d/8d")["notice"]
    assert len(value["versions"]) == 3
    assert done(told.north, "notice", "complete", sent)["notice"]["state"] == "completed"
    assert refused(told.north, "notice", "cancel", sent)[1] == "not-allowed"
    assert "COMPLETED" in program("notice", "show", sent, "--home", str(told.north)).stdout


def test_other_ends(told: Pair) -> None:
    give = partial(done, told.north, "notice", "send", "strait", *EXERCISE)
    ids = [give()["id"] for _ in range(4)]
    assert done(told.north, "notice", "cancel", ids[0], "--text", "weather")["notice"]["ended"]["text"] == "weather"
    assert done(told.north, "notice", "lapse", ids[1])["notice"]["state"] == "lapsed"
    assert done(told.north, "notice", "supersede", ids[2], ids[3])["notice"]["ended"]["by"] == ids[3]


def test_an_accident_is_told_with_one_field(told: Pair) -> None:
    words = ("accident", "--field", "what=a missile left our territory", "--precedence", "flash", "--class", "test")
    sent = done(told.north, "notice", "send", "strait", *words)["id"]
    heard(told, sent)
    value = done(told.south, "notice", "show", sent)
    assert (value["precedence"], value["versions"][0]["fields"][0]["text"]) == ("flash", "a missile left our territory")


def test_what_people_type_wrong_is_said(told: Pair) -> None:
    for words in (
        ("live-fire-exercise",),
        ("nonsense",),
        ("accident", "--field", "what"),
        ("accident", "--field", "what=x", "--area", "over there"),
        ("accident", "--field", "what=x", "--area", "34-15N 033-99E"),
        ("accident", "--field", "what=x", "--window", "tomorrow"),
        ("accident", "--field", "what=x", "--window", "5d/3d"),
        ("accident", "--field", "what=x", "--contact", "nobody"),
        ("accident", "--field", "what=x", "--area-file", "/dev/null"),
    ):
        assert refused(told.north, "notice", "send", "strait", *words)[1] in ("misuse", "unknown-name", "cannot-read")
