"""Messages between two real posts: sent, read, marked, answered, corrected, and proved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pair import Pair, done, introduce, make, program, refused, serving, until


def entry(home: Any, identifier: str) -> Any:
    """An entry in the inbox of a post, or None."""
    return next((each for each in done(home, "inbox")["entries"] if each["id"] == identifier), None)


def sent(pair: Pair, text: str, *options: str) -> str:
    """A message of North that South has."""
    identifier = str(done(pair.north, "send", "strait", text, *options)["id"])
    until(lambda: entry(pair.south, identifier))
    return identifier


def test_a_message_goes_across_and_its_receipt_comes_back(pair: Pair) -> None:
    identifier = sent(pair, "Boat 17 is in your area.", "--precedence", "flash", "--class", "exercise")
    there = entry(pair.south, identifier)
    assert there["author"] == "North"
    assert there["officer"] == "Berg"
    assert there["text"] == "Boat 17 is in your area."
    assert (there["precedence"], there["class"], there["line"]) == ("flash", "exercise", "strait")
    assert there["at"].endswith("Z")
    until(lambda: entry(pair.north, identifier)["rung"] == "delivered")
    rungs = done(pair.north, "receipts", identifier)["rungs"]
    assert [each["rung"] for each in rungs] == ["kept", "carried", "delivered"]
    assert [each["by"] for each in rungs] == ["North", "South", "South"]
    assert rungs[0]["proof"] is rungs[1]["proof"] is None
    assert len(bytes.fromhex(rungs[2]["proof"])) == 32


def test_both_directions(pair: Pair) -> None:
    identifier = done(pair.south, "send", "strait", "From the south.")["id"]
    assert until(lambda: entry(pair.north, identifier))["author"] == "South"


def test_every_mark_is_a_signature_of_a_named_officer(pair: Pair) -> None:
    identifier = sent(pair, "Take this.")
    done(pair.south, "officer", "add", "Lt. Dorn", "--role", "watch officer")
    done(pair.south, "show", identifier)
    done(pair.south, "take", identifier, "--officer", "Lt. Dorn")
    done(pair.south, "ack", identifier)
    done(pair.south, "pass", identifier, "--to", "coastal radar")
    answer = done(pair.south, "reply", identifier, "Understood.")["id"]
    until(lambda: entry(pair.north, identifier)["rung"] == "answered")
    rungs = {each["rung"]: each for each in done(pair.north, "receipts", identifier)["rungs"]}
    assert list(rungs) == [
        "kept",
        "carried",
        "delivered",
        "seen",
        "acknowledged",
        "taken",
        "passed on",
        "answered",
    ]
    assert [rungs[each]["officer"] for each in ("seen", "taken", "acknowledged")] == ["Cole", "Lt. Dorn", "Cole"]
    assert rungs["passed on"]["to"] == "coastal radar"
    assert rungs["answered"]["proof"] == answer
    assert len({each["proof"] for each in rungs.values() if each["proof"]}) == 6
    assert until(lambda: entry(pair.north, answer))["refers"] == [identifier]


def test_showing_signs_seen_once_and_only_where_it_was_sent_to(pair: Pair) -> None:
    identifier = sent(pair, "Look at this.")
    done(pair.south, "show", identifier, "--unseen")
    assert entry(pair.south, identifier)["rung"] == "delivered"
    done(pair.south, "show", identifier)
    shown = done(pair.south, "show", identifier)
    assert [each["rung"] for each in shown["rungs"]].count("seen") == 1
    done(pair.north, "show", identifier)
    assert [each["rung"] for each in done(pair.north, "show", identifier)["rungs"]].count("seen") <= 1


def test_a_correction_leaves_both_texts(pair: Pair) -> None:
    identifier = sent(pair, "Boat 17.")
    done(pair.north, "correct", identifier, "Boat 71, not 17.")
    shown = until(lambda: (value := done(pair.south, "show", identifier, "--unseen"))["corrections"] and value)
    assert shown["text"] == "Boat 71, not 17."
    assert shown["original"] == "Boat 17."
    assert entry(pair.south, identifier)["corrected"]
    assert refused(pair.south, "correct", identifier, "No.") == (1, "not-allowed")


def test_an_answer_keeps_class_and_precedence(pair: Pair) -> None:
    identifier = sent(pair, "Drill.", "--class", "drill", "--precedence", "priority")
    answer = done(pair.south, "reply", identifier, "Drilling.")["id"]
    shown = entry(pair.south, answer)
    assert (shown["class"], shown["precedence"]) == ("drill", "priority")
    louder = done(pair.south, "reply", identifier, "Drilling!", "--precedence", "immediate")["id"]
    assert entry(pair.south, louder)["precedence"] == "immediate"


def test_a_deadline_is_shown(pair: Pair) -> None:
    identifier = sent(pair, "By then.", "--deliver-by", "2199-01-01T00:00Z")
    shown = entry(pair.south, identifier)
    assert (shown["deliver_by"], shown["give_up"]) == ("2199-01-01T00:00:00Z", False)


def test_the_inbox_is_in_the_order_of_sending_and_in_pages(pair: Pair) -> None:
    identifiers = [sent(pair, f"Number {at}") for at in range(5)]
    inbox = done(pair.south, "inbox", "--line", "strait")["entries"]
    assert [each["id"] for each in inbox if each["id"] in identifiers] == identifiers
    last = done(pair.south, "inbox", "--most", "2")["entries"]
    before = done(pair.south, "inbox", "--most", "1", "--before", str(last[0]["sequence"]))["entries"]
    assert before[0]["sequence"] < last[0]["sequence"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["send", "nowhere", "Hello"], (1, "unknown-name")),
        (["send", "strait", " "], (2, "misuse")),
        (["send", "strait", "Hello", "--officer", "Nobody"], (1, "unknown-name")),
        (["send", "strait", "Hello", "--precedence", "quick"], (2, "misuse")),
        (["send", "strait", "word " * 201, "--precedence", "flash"], (1, "too-many-words")),
        (["send", "strait", "Hello", "--deliver-by", "noon"], (2, "misuse")),
        (["send", "strait", "Hello", "--deliver-by", "2030-01-01T00:00"], (2, "misuse")),
        (["send", "strait", "Hello", "--give-up-at", "2020-01-01T00:00Z"], (2, "misuse")),
        (["pass", "00" * 32, "--to", " "], (2, "misuse")),
        (
            ["send", "strait", "Hello", "--deliver-by", "2030-01-01T00:00Z", "--give-up-at", "2030-01-01T00:00Z"],
            (2, "misuse"),
        ),
        (["show", "12"], (2, "misuse")),
        (["take", "00" * 32], (1, "unknown-name")),
        (["pass", "00" * 32], (2, "misuse")),
        (["inbox", "--line", "nowhere"], (1, "unknown-name")),
        (["inbox", "--most", "-1"], (2, "misuse")),
        (["send"], (2, "misuse")),
    ],
)
def test_what_is_refused(pair: Pair, words: list[str], expected: tuple[int, str]) -> None:
    assert refused(pair.north, *words) == expected


def test_precedence_and_class_in_any_case_and_ids_by_their_beginnings(pair: Pair) -> None:
    identifier = sent(pair, "In any case.", "--precedence", "FLASH", "--class", "Exercise")
    assert done(pair.south, "show", identifier[:8], "--unseen")["precedence"] == "flash"
    done(pair.south, "take", identifier[:12])
    assert done(pair.south, "take", identifier[:12])["already"]
    assert done(pair.south, "receipts", identifier[:9])["rung"] == "taken"


def test_the_officer_from_the_environment(pair: Pair) -> None:
    done(pair.north, "officer", "add", "Lt. Voss")
    ran = program("send", "strait", "Mine.", "--home", str(pair.north), OPENLINE_OFFICER="Lt. Voss")
    assert ran.returncode == 0
    assert "ROUTINE OPERATION on strait, signed by Lt. Voss" in ran.stdout
    assert ran.stderr == ""


def test_showing_signs_for_all_that_is_shown(pair: Pair) -> None:
    identifier = sent(pair, "Are you there?")
    answers = [done(pair.south, "reply", identifier, text)["id"] for text in ("Yes.", "What is it?")]
    until(lambda: entry(pair.north, answers[1]))
    assert {entry(pair.north, each)["waits_for"] for each in answers} == {"show"}
    done(pair.north, "show", identifier)
    assert {entry(pair.north, each)["waits_for"] for each in answers} == {None}
    assert {entry(pair.north, each)["rung"] for each in answers} == {"seen"}


def test_a_correction_is_seen_again(pair: Pair) -> None:
    identifier = sent(pair, "Boat 17.")
    done(pair.south, "take", identifier)
    done(pair.north, "correct", identifier, "Boat 71.")
    until(lambda: entry(pair.south, identifier)["waits_for"] == "show")
    shown = done(pair.south, "show", identifier)
    assert (shown["waits_for"], shown["seen"], shown["text"]) == (None, True, "Boat 71.")


def test_what_has_no_way_out_is_told(tmp_path: Path) -> None:
    north, south = make(tmp_path / "north", "North", "Berg"), make(tmp_path / "south", "South", "Cole")
    introduce(north, south)
    done(north, "line", "open", "strait", "--with", "South")
    stick = str(tmp_path / "stick")
    done(north, "carry", "out", "strait", "--to", "South", "--out", stick)
    done(south, "carry", "in", stick)
    done(south, "line", "accept", "strait")
    done(south, "carry", "out", "strait", "--to", "North", "--out", stick)
    done(north, "carry", "in", stick)
    ran = program("send", "strait", "Hello", "--home", str(north))
    assert "nothing goes out before 'openline serve' runs" in ran.stderr
    with serving(north):
        ran = program("send", "strait", "Hello", "--home", str(north))
        assert "No link to South now: it goes out by itself as soon as there is one." in ran.stderr
    ran = program("inbox", "--home", str(north))
    assert ran.stdout.count("kept here; NOT DELIVERED yet to South; nobody has taken this") == 2


def test_an_own_message_is_not_marked(pair: Pair) -> None:
    identifier = sent(pair, "Mine.")
    assert refused(pair.north, "ack", identifier) == (1, "not-allowed")
