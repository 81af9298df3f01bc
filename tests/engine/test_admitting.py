"""What a verified entry does: it is kept and told once, or it is evidence against who signed it."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from openline.engine.admitting import DOUBT_MS
from openline.engine.effects import Arrived, Carried, Proved
from openline.engine.events import Send
from openline.feeds.record import KeepEntry
from openline.identity.signing import rotate_feed_key
from openline.terms import LineId
from openline.wire.bodies import Message, bytes_item, message_item
from openline.wire.entry import Entry, Have
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from tests.engine.forging import hand_over, signed
from tests.engine.pair import Post, Wire, founded, seeds


def members(*names: str) -> tuple[Wire, LineId]:
    wire = Wire(*names)
    line = wire.line()
    wire.wait(10)
    return wire, line


def said(liar: Post, line: LineId, text: str, **fields: Any) -> Entry:
    return signed(liar, line, Kind.MESSAGE, (message_item(Message(text, 1)),), **fields)


# In the ordinary way


def test_an_entry_is_kept_then_told_once() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    bravo.effects.clear()
    sent = alpha.do(Send, line=line, text="Are these yours?")
    told = [effect for effect in bravo.effects if isinstance(effect, Arrived) and effect.entry.id == sent]
    kept = [effect for effect in bravo.effects if isinstance(effect, KeepEntry) and effect.entry.id == sent]
    assert (len(told), len(kept)) == (1, 1)
    assert bravo.effects.index(kept[0]) < bravo.effects.index(told[0])
    hand_over(wire, alpha, bravo, bravo.kept_entry(line, sent).entry)
    assert len([effect for effect in bravo.effects if isinstance(effect, Arrived) and effect.entry.id == sent]) == 1


def test_the_author_hears_first_carried_then_proved() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    alpha.effects.clear()
    alpha.do(Send, line=line, text="Are these yours?")
    wire.wait(1)
    number = alpha.entries(line, alpha, Kind.MESSAGE)[0].header.number
    proved = [effect for effect in alpha.effects if isinstance(effect, Proved)]
    assert [(effect.by, effect.number) for effect in proved] == [(bravo.id, number)]
    carried = [effect for effect in alpha.effects if isinstance(effect, Carried) and effect.number == number]
    assert len(carried) <= 1


def test_what_overtakes_is_shown_at_once_and_chained_later() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    first = said(bravo, line, "first")
    second = said(bravo, line, "FLASH", number=first.header.number + 1, previous=first.id)
    hand_over(wire, bravo, alpha, second)
    assert alpha.texts(line, bravo) == ["FLASH"]
    assert alpha.arrived[-1].entry.id == second.id
    held = {have.feed: have for have in alpha.entries(line, alpha)[-1].header.have}
    assert held[bravo.id].beyond == ((second.header.number, second.id),)
    hand_over(wire, bravo, alpha, first)
    assert alpha.texts(line, bravo) == ["first", "FLASH"]
    assert alpha.line(line).feeds[bravo.id].number == second.header.number


@pytest.mark.parametrize("body", [b"\xf6", b"\x00", b"\xff"])
def test_a_body_that_does_not_fit_its_kind_is_kept_and_alarmed(body: bytes) -> None:
    """Its author signed it, so it stands in the record; what it says cannot be read."""
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    wrong = signed(bravo, line, Kind.MESSAGE, (body,))
    hand_over(wire, bravo, alpha, wrong)
    assert alpha.line(line).feeds[bravo.id].last == wrong.id
    (alarm,) = alpha.alarms
    assert alarm.about == wrong.id
    assert alarm.code in {"bad-field", "bad-encoding"}
    assert "Bravo" in alarm.text


def test_a_kind_that_is_not_known_yet_is_kept() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    later = signed(bravo, line, 4_711, (b"\x00",))
    hand_over(wire, bravo, alpha, later)
    assert alpha.line(line).feeds[bravo.id].last == later.id
    assert alpha.line(line).mine.claims[bravo.id] == later.header.number
    assert alpha.told() == []


def test_an_officers_act_that_fails_is_alarmed() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    honest = bravo.do(Send, line=line, text="Are these yours?", officer=1)
    act = alpha.kept_entry(line, honest).entry.header.act
    assert act is not None
    assert alpha.told() == []
    moved = signed(bravo, line, Kind.MESSAGE, (message_item(Message("Fire!", 2)),), act=act)
    hand_over(wire, bravo, alpha, moved)
    assert alpha.told() == ["bad-signature"]


# Revoked keys


def test_an_entry_under_a_revoked_key_counts_up_to_the_last_good_one_or_where_another_holds_it() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    bravo.do(Send, line=line, text="good")
    wire.wait(10)
    mine = bravo.line(line).mine
    own, statement = rotate_feed_key(
        bravo.own, bravo.card, seeds("new", 32), {line: (mine.number, mine.last)}, wire.now
    )
    stolen = said(bravo, line, "signed by a thief")
    card = bravo.card.extended(statement)
    state = alpha.engine.state
    state.peers[bravo.id] = card
    hand_over(wire, bravo, alpha, stolen)
    assert alpha.texts(line, bravo) == ["good"]
    assert own.feed.public != bravo.own.feed.public
    hand_over(wire, charlie, alpha, signed(charlie, line, have=(Have(bravo.id, stolen.header.number, stolen.id),)))
    hand_over(wire, charlie, alpha, stolen)
    assert alpha.texts(line, bravo) == ["good", "signed by a thief"]


def test_evidence_under_a_key_of_which_nobody_told_accuses_nobody_at_once() -> None:
    """Its author saw a key statement that is not here: judged again, it is a proof; never proved, it is false."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, liar = wire.posts
    line = wire.line()
    wire.wait(10)
    shown = signed(liar, line, number=2, previous=liar.line(line).id_at(liar.id, 1))
    note = (bytes_item(encode_full(shown)),)
    true = alpha.engine.state.peers[liar.id]
    alpha.engine.state.peers[liar.id] = founded("Somebody else")[1]
    hand_over(wire, bravo, alpha, signed(bravo, line, Kind.EVIDENCE, note))
    wire.wait(5)
    assert {"bad-signature", "forked-feed"}.isdisjoint(alpha.told())
    alpha.engine.state.peers[liar.id] = true
    wire.wait(5)
    assert "forked-feed" in alpha.told()


def test_evidence_that_is_never_proved_accuses_its_author() -> None:
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, liar, charlie = wire.posts
    line = wire.line()
    wire.wait(10)
    shown = signed(charlie, line, number=2, previous=charlie.line(line).id_at(charlie.id, 1))
    note = (bytes_item(encode_full(msgspec.structs.replace(shown, signature=bytes(64)))),)
    hand_over(wire, liar, alpha, signed(liar, line, Kind.EVIDENCE, note))
    wire.wait(DOUBT_MS / 1000 - 5)
    assert "bad-signature" not in alpha.told()
    wire.wait(10)
    assert alpha.told().count("bad-signature") == 1
