"""How a line stands, in plain values: members, layers, gaps, forks, and what waits."""

from __future__ import annotations

import json
from typing import Any

from openline.engine.events import ChangeMembers, LineStatus, MakeCheckpoint, OpenLine, Send
from openline.terms import LineId
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Post, Wire


def status(post: Post, line: LineId) -> dict[str, Any]:
    found: dict[str, Any] = post.do(LineStatus, line)
    return found


def member(post: Post, line: LineId, name: str) -> dict[str, Any]:
    return next(each for each in status(post, line)["members"] if each["name"] == name)


def trio() -> tuple[Wire, LineId]:
    wire = Wire("Alpha", "Bravo", "Charlie")
    line = wire.line()
    wire.wait(10)
    return wire, line


def test_a_line_that_is_well() -> None:
    wire, line = trio()
    alpha, bravo, charlie = wire.posts
    size = alpha.do(MakeCheckpoint, line)["size"]
    wire.wait(20)
    found = status(alpha, line)
    assert (found["line"], found["id"], found["terms"], found["epoch"]) == ("hot line", line, 1, 1)
    assert (found["writes"], found["waits for"], found["proposed terms"]) == (True, [], [])
    assert found["checkpoint"] == size
    assert found["mine"] == alpha.line(line).mine.number
    assert found["entries"] == sum(alpha.sizes(line).values())
    assert [each["name"] for each in found["members"]] == ["Alpha", "Bravo", "Charlie"]
    assert [each["link"] for each in found["members"]] == [None, "up", "up"]
    for each, post in zip(found["members"], (alpha, bravo, charlie), strict=True):
        assert (each["post"], each["fingerprint"]) == (post.id, post.card.fingerprint)
        assert (each["active"], each["accepted"], each["gaps"], each["fork"]) == (True, True, [], None)


def test_it_can_be_written_as_json() -> None:
    wire, line = trio()
    assert json.loads(json.dumps(status(wire.posts[0], line), default=bytes.hex))


def test_what_a_member_has_signed_for_and_what_waits_for_it() -> None:
    wire, line = trio()
    alpha = wire.posts[0]
    wire.sever("Alpha", "Bravo")
    wire.sever("Bravo", "Charlie")
    wire.settle()
    before = member(alpha, line, "Bravo")["signed for"]
    alpha.do(Send, line=line, text="Are these yours?")
    bravo, charlie = member(alpha, line, "Bravo"), member(alpha, line, "Charlie")
    assert (bravo["link"], bravo["signed for"], bravo["waiting to be sent"]) == ("down", before, None)
    assert (charlie["link"], charlie["signed for"]) == ("up", alpha.line(line).mine.number)
    assert member(alpha, line, "Alpha")["signed for"] is None


def test_gaps_are_told_as_ranges() -> None:
    wire, line = trio()
    alpha, bravo, _ = wire.posts
    number = bravo.line(line).mine.number
    for ahead in (3, 4, 7):
        hand_over(wire, bravo, alpha, signed(bravo, line, number=number + ahead, previous=bravo.line(line).mine.last))
    assert member(alpha, line, "Bravo")["gaps"] == [[number + 1, number + 2], [number + 5, number + 6]]


def test_a_fork_is_told_with_both_entries() -> None:
    wire, line = trio()
    alpha, liar, _ = wire.posts
    false = signed(liar, line, number=2)
    hand_over(wire, liar, alpha, false)
    fork = member(alpha, line, "Bravo")["fork"]
    assert fork["number"] == 2
    assert false.id in fork["entries"]


def test_a_clock_that_is_ahead_is_told() -> None:
    wire, line = trio()
    alpha, bravo, _ = wire.posts
    hand_over(wire, bravo, alpha, signed(bravo, line, time=type(wire.now)(wire.now + 90_000)))
    assert member(alpha, line, "Bravo")["skew ms"] == -90_000


def test_a_line_that_waits() -> None:
    wire, line = trio()
    alpha, _, charlie = wire.posts
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    (offer,) = status(alpha, line)["proposed terms"]
    assert offer.pop("terms") in alpha.line(line).offers
    assert offer == {"version": 2, "adds": [], "removes": ["Charlie"], "signed": ["Alpha"], "not signed": ["Bravo"]}
    for name in ("Bravo", "Charlie"):
        wire.sever("Alpha", name)
    alpha.stop()
    alpha.start(restored=True)
    found = status(alpha, line)
    assert (found["writes"], found["waits for"]) == (False, ["Bravo", "Charlie"])


def test_who_has_not_accepted_yet() -> None:
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = alpha.do(OpenLine, "hot line", (bravo.id,))["id"]
    assert [each["accepted"] for each in status(alpha, line)["members"]] == [True, False]
