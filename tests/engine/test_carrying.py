"""A parcel takes over a stick what a link would carry: everything, readable alone, and nothing twice."""

from __future__ import annotations

import pytest

from openline.engine.carrying import lacking
from openline.engine.effects import Parcel
from openline.engine.events import CarriedIn, CarryOut, Send
from openline.errors import NotAllowed
from openline.limits import LINK_FRAME_MAX_BYTES
from openline.terms import LineId
from openline.wire.link import PIECES_MAX, decode_frame
from tests.engine.pair import Post, Wire


def apart() -> tuple[Wire, Post, Post, LineId]:
    """Two posts of one line that nothing but a stick joins any more."""
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    line = wire.line()
    wire.wait(10)
    wire.sever("Alpha", "Bravo")
    wire.settle()
    return wire, alpha, bravo, line


def pack(sender: Post, taker: Post, line: LineId) -> Parcel:
    ranges = sender.engine.lacking(line, taker.id)
    entries = [
        entry
        for post, spans in ranges.items()
        for first, last in spans
        for entry in sender.record.span(line, post, first, last, 1 << 40)
    ]
    parcel = sender.do(CarryOut, line, taker.id, tuple(entries))
    assert isinstance(parcel, Parcel)
    return parcel


def test_a_parcel_brings_what_no_link_could_and_the_next_one_the_receipt() -> None:
    _, alpha, bravo, line = apart()
    alpha.do(Send, line=line, text="Can you hear us?")
    alpha.do(Send, line=line, text="Answer by the same courier.")
    answer = bravo.do(CarriedIn, alpha.id, pack(alpha, bravo, line).frames)
    assert answer == {"new": 2, "unread": 0, "faults": 0}
    assert bravo.texts(line, alpha) == ["Can you hear us?", "Answer by the same courier."]
    assert alpha.line(line).claimed(bravo.id, alpha.id) < bravo.sizes(line)["Alpha"]
    alpha.do(CarriedIn, bravo.id, pack(bravo, alpha, line).frames)
    assert alpha.line(line).claimed(bravo.id, alpha.id) == bravo.sizes(line)["Alpha"]


def test_what_came_by_link_or_parcel_comes_once() -> None:
    wire, alpha, bravo, line = apart()
    alpha.do(Send, line=line, text="Carried twice.")
    parcel = pack(alpha, bravo, line)
    assert bravo.do(CarriedIn, alpha.id, parcel.frames)["new"] == 1
    assert bravo.do(CarriedIn, alpha.id, parcel.frames) == {"new": 0, "unread": 0, "faults": 0}
    wire.heal("Alpha", "Bravo")
    wire.wait(20)
    assert bravo.texts(line, alpha) == ["Carried twice."]
    wire.alike(line)


def test_only_what_the_peer_has_not_signed_for_is_lacking() -> None:
    _, alpha, bravo, line = apart()
    before = lacking(alpha.line(line), bravo.id).get(alpha.id, ())
    alpha.do(Send, line=line, text="New.")
    newest = alpha.sizes(line)["Alpha"]
    after = lacking(alpha.line(line), bravo.id)
    assert after[alpha.id] == ((before[0][0] if before else newest, newest),)
    assert bravo.id not in after


def test_every_frame_of_a_parcel_is_one_that_a_link_takes() -> None:
    wire, alpha, bravo, line = apart()
    texts = [f"{number} " + "x" * (200_000 if number == 3 else 10) for number in range(600)]
    for text in texts:
        alpha.ask(Send, line=line, text=text)
    wire.settle()
    parcel = pack(alpha, bravo, line)
    assert max(map(len, parcel.frames)) <= LINK_FRAME_MAX_BYTES
    assert max(len(decode_frame(frame)) for frame in parcel.frames) <= PIECES_MAX
    assert bravo.do(CarriedIn, alpha.id, parcel.frames)["new"] == len(texts)
    assert bravo.texts(line, alpha) == texts


def test_a_parcel_that_breaks_the_rules_is_counted_and_harms_nothing() -> None:
    _, alpha, bravo, line = apart()
    alpha.do(Send, line=line, text="Whole.")
    frames = pack(alpha, bravo, line).frames
    assert bravo.do(CarriedIn, alpha.id, (b"\x00", *frames, b"\xff")) == {"new": 1, "unread": 0, "faults": 2}
    assert bravo.texts(line, alpha) == ["Whole."]


def test_nothing_is_packed_for_a_stranger() -> None:
    wire, alpha, _, line = apart()
    charlie = wire.add("Charlie")
    with pytest.raises(NotAllowed):
        alpha.do(CarryOut, line, charlie.id, ())
