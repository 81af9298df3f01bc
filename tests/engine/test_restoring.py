"""A restored post fetches what it wrote since the backup before it writes again, and goes on under a new epoch."""

from __future__ import annotations

import pytest

from openline.engine.epochs import EPOCH_MS
from openline.engine.events import AcceptLine, CarriedIn, CarryOut, ChangeMembers, ConfirmStart, Send
from openline.errors import NotAllowed, NotReady
from openline.terms import EntryId, LineId, Precedence
from openline.wire.bodies import message_of
from openline.wire.kinds import Kind
from openline.wire.link import Held, Hello, Summary
from tests.engine.pair import Post, Wire
from tests.engine.test_branches import confirm


def members(*names: str) -> tuple[Wire, LineId]:
    wire = Wire(*names)
    line = wire.line()
    wire.wait(10)
    return wire, line


def lost(wire: Wire, line: LineId, post: Post, *texts: str) -> list[EntryId]:
    """The post writes these, they are delivered, and then its record is set back to what it was before."""
    backup = post.snapshot()
    written = [post.do(Send, line=line, text=text) for text in texts]
    wire.wait(10)
    for member in wire.posts:
        if member is not post:
            wire.sever(post.name, member.name)
    wire.settle()
    post.stop()
    post.record = backup
    return written


def test_a_restored_post_fetches_its_own_entries_before_it_writes() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    alpha.do(Send, line=line, text="before the backup")
    wire.wait(10)
    epoch = alpha.entries(line, alpha)[-1].header.epoch
    written = lost(wire, line, alpha, "lost one", "lost two")
    alpha.start(restored=True)
    with pytest.raises(NotReady, match="Bravo, Charlie"):
        alpha.do(Send, line=line, text="too early")
    wire.heal("Alpha", "Bravo")
    wire.heal("Alpha", "Charlie")
    wire.wait(30)
    alpha.do(Send, line=line, text="whole again")
    wire.wait(10)
    wire.alike(line)
    for post in wire.posts:
        assert post.texts(line, alpha) == ["before the backup", "lost one", "lost two", "whole again"]
        serials = [message_of(entry).serial for entry in post.entries(line, alpha, Kind.MESSAGE)]
        assert serials == [1, 2, 3, 4]
        assert {entry.id for entry in post.entries(line, alpha)} >= set(written)
        assert "forked-feed" not in post.told()
    assert alpha.entries(line, alpha)[-1].header.epoch > epoch
    assert "resumed" in alpha.told()


def test_a_post_that_does_not_know_it_was_restored_is_told_by_its_peer() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    lost(wire, line, alpha, "lost one", "lost two")
    alpha.start()
    wire.heal("Alpha", "Bravo")
    wire.wait(30)
    assert [alarm.precedence for alarm in alpha.alarms if alarm.code == "restored"] == [Precedence.FLASH]
    alpha.do(Send, line=line, text="whole again")
    assert bravo.texts(line, alpha) == ["lost one", "lost two", "whole again"]
    assert "forked-feed" not in bravo.told()
    wire.wait(10)
    wire.alike(line)


def test_a_copy_put_in_place_by_hand_is_found_out_before_it_writes_beside_its_lost_entries() -> None:
    """What its people say in the first seconds waits, and is then refused: Bravo has shown an entry that it signed."""
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = wire.posts
    lost(wire, line, alpha, "lost one", "lost two")
    alpha.start()
    wire.heal("Alpha", "Bravo")
    wire.link(bravo, alpha)
    wire.settle()
    assert alpha.line(line).held_back
    request = alpha.ask(Send, line=line, text="too early")
    wire.wait(8)
    assert isinstance(alpha.refused[request], NotReady)
    wire.heal("Alpha", "Charlie")
    wire.wait(30)
    alpha.do(Send, line=line, text="whole again")
    wire.wait(10)
    assert bravo.texts(line, alpha) == ["lost one", "lost two", "whole again"]
    wire.alike(line)
    assert not {"forked-feed", "empty-claim"} & {code for post in wire.posts for code in post.told()}


def lie(wire: Wire, line: LineId, liar: Post, victim: Post, number: int = 1_000_000) -> None:
    """The first word of a liar, whose own machine stands still: that it holds so many entries of the victim's feed."""
    liar.stop()
    wire.link(liar, victim)
    claimed = Held(liar.line(line).index(victim.id), number, wanted=False)
    wire.inject(liar, victim, Hello(1, liar.card.sequence, victim.card.sequence), Summary(0, line, 1, (claimed,)))
    wire.settle()


def test_a_liar_beside_an_honest_holder_keeps_a_restored_post_until_a_person_goes_on() -> None:
    """Nothing here can prove that the liar has none, so nobody is accused; but people are told for whom they wait."""
    wire, line = members("Alpha", "Bravo", "Liar")
    alpha, bravo, liar = wire.posts
    lost(wire, line, alpha, "lost one", "lost two")
    alpha.start(restored=True)
    wire.heal("Alpha", "Bravo")
    lie(wire, line, liar, alpha)
    wire.wait(90)
    assert alpha.texts(line, alpha) == ["lost one", "lost two"]
    assert alpha.line(line).unheard == {liar.id}
    (alarm,) = [each for each in alpha.alarms if each.code == "restored"]
    assert alarm.text.startswith("Liar says that it holds 1000000 entries of ours")
    assert "line resume" in alarm.text
    with pytest.raises(NotReady, match="from Liar"):
        alpha.do(Send, line=line, text="too early")
    confirm(alpha, line)
    alpha.do(Send, line=line, text="heard")
    wire.sever("Alpha", "Liar")
    lie(wire, line, liar, alpha)
    wire.wait(90)
    alpha.do(Send, line=line, text="heard again")
    wire.wait(10)
    assert bravo.texts(line, alpha) == ["lost one", "lost two", "heard", "heard again"]
    assert "forked-feed" not in [code for post in wire.posts for code in post.told()]


def test_a_restored_post_writes_when_the_claim_is_taken_back() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    lost(wire, line, alpha)
    alpha.start(restored=True)
    lie(wire, line, bravo, alpha)
    wire.wait(1)
    assert alpha.line(line).unheard == {bravo.id}
    held = Held(bravo.line(line).index(alpha.id), alpha.line(line).mine.number, wanted=False)
    wire.inject(bravo, alpha, Summary(0, line, 1, (held,)))
    wire.settle()
    assert not alpha.line(line).claims
    assert alpha.do(Send, line=line, text="whole again")


def test_a_restored_post_stays_restored_over_a_restart() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, _ = wire.posts
    lost(wire, line, alpha, "lost")
    alpha.start(restored=True)
    alpha.stop()
    alpha.start()
    with pytest.raises(NotReady):
        alpha.do(Send, line=line, text="too early")
    wire.heal("Alpha", "Bravo")
    wire.wait(30)
    assert alpha.do(Send, line=line, text="whole again")


def test_a_restored_post_acknowledges_nothing_before_it_is_whole() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = wire.posts
    lost(wire, line, alpha, "lost")
    alpha.start(restored=True)
    wire.heal("Alpha", "Bravo")
    wire.cut.add(frozenset(("Bravo", "Charlie")))
    bravo.do(Send, line=line, text="Are you there?")
    wire.wait(3)
    assert alpha.texts(line, bravo) == ["Are you there?"]
    wire.heal("Alpha", "Charlie")
    wire.heal("Bravo", "Charlie")
    wire.wait(30)
    wire.alike(line)
    assert alpha.line(line).unheard is None
    assert not {"forked-feed", "have-shrank"} & {code for post in wire.posts for code in post.told()}


def test_who_waits_for_nothing_confirms_nothing() -> None:
    wire, line = members("Alpha", "Bravo")
    with pytest.raises(NotAllowed, match="not waiting"):
        wire.posts[0].do(ConfirmStart, line)


def test_a_person_cannot_confirm_before_the_card_says_so() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, _ = wire.posts
    lost(wire, line, alpha, "lost")
    alpha.start(restored=True)
    with pytest.raises(NotAllowed, match="card"):
        alpha.do(ConfirmStart, line)


@pytest.mark.parametrize("size", [1, 300])
def test_a_parcel_brings_back_what_was_lost(size: int) -> None:
    """No link at all: the lost entries come by stick, and count only as far as the parcel says."""
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    lost(wire, line, alpha, *[f"lost {number}" for number in range(size)])
    alpha.start(restored=True)
    parcel = bravo.do(CarryOut, line, alpha.id, tuple(bravo.entries(line, alpha)))
    answer = alpha.do(CarriedIn, bravo.id, parcel.frames)
    assert answer["faults"] == 0
    assert len(alpha.texts(line, alpha)) == size
    wire.heal("Alpha", "Bravo")
    wire.wait(20)
    alpha.do(Send, line=line, text="whole again")
    wire.wait(10)
    wire.alike(line)
    assert "forked-feed" not in bravo.told()


def test_a_backup_of_just_now_is_whole_at_once() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, _, _ = wire.posts
    wire.wait(60)
    alpha.stop()
    alpha.start(restored=True)
    wire.wait(5)
    assert alpha.line(line).unheard is None
    assert alpha.do(Send, line=line, text="as if nothing had been")
    wire.wait(20)
    wire.alike(line)


def test_serials_and_checkpoints_go_on_after_a_restore() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    lost(wire, line, alpha, *[f"lost {number}" for number in range(20)])
    alpha.start(restored=True)
    wire.heal("Alpha", "Bravo")
    wire.wait(660)
    alpha.do(Send, line=line, text="whole again")
    wire.wait(660)
    assert [message_of(entry).serial for entry in bravo.entries(line, alpha, Kind.MESSAGE)] == list(range(1, 22))
    assert len(bravo.entries(line, alpha, Kind.CHECKPOINT)) >= 2
    assert not {"bad-checkpoint", "forked-feed", "have-shrank"} & {code for post in wire.posts for code in post.told()}


def test_serials_that_came_back_survive_a_restart() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    lost(wire, line, alpha, "lost one", "lost two")
    alpha.start(restored=True)
    parcel = bravo.do(CarryOut, line, alpha.id, tuple(bravo.entries(line, alpha)))
    alpha.do(CarriedIn, bravo.id, parcel.frames)
    assert alpha.line(line).serials == {0: 2}
    alpha.stop()
    alpha.start()
    assert alpha.line(line).serials == {0: 2}


def test_a_member_removed_meanwhile_is_still_waited_for() -> None:
    """It may be the only one that holds what was lost: without it a restored post would sign one number twice."""
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    backup = alpha.snapshot()
    alpha.do(ChangeMembers, line=line, remove=(charlie.id,))
    wire.settle()
    wire.sever("Alpha", "Charlie")
    wire.sever("Bravo", "Charlie")
    bravo.do(AcceptLine, line=line)
    wire.wait(10)
    assert charlie.id not in bravo.line(line).active
    wire.sever("Alpha", "Bravo")
    wire.settle()
    alpha.stop()
    alpha.record = backup
    alpha.start(restored=True)
    wire.heal("Alpha", "Bravo")
    wire.wait(30)
    assert charlie.id not in alpha.line(line).active
    assert alpha.line(line).unheard == {charlie.id}
    with pytest.raises(NotReady, match="from Charlie"):
        alpha.do(Send, line=line, text="too early")
    confirm(alpha, line)
    assert alpha.do(Send, line=line, text="a person took it on them")


def test_a_start_that_a_person_confirmed_uses_no_number_of_an_epoch_again() -> None:
    """What the lost entries stated stays with whoever has them: under the same number nothing new could be read."""
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    backup = alpha.snapshot()
    wire.now = type(wire.now)(wire.now + EPOCH_MS)
    wire.wait(30)
    alpha.do(Send, line=line, text="lost")
    wire.wait(10)
    used = {epoch for post, epoch in bravo.line(line).statements if post == alpha.id}
    assert max(used) == 2
    for text in ("after the first", "after the second"):
        wire.sever("Alpha", "Bravo")
        wire.settle()
        alpha.stop()
        alpha.record = backup
        alpha.start(restored=True)
        confirm(alpha, line)
        wire.heal("Alpha", "Bravo")
        wire.wait(60)
        alpha.do(Send, line=line, text=text)
        wire.wait(60)
        assert text in bravo.texts(line, alpha)
        assert "epoch-restated" not in bravo.told()
