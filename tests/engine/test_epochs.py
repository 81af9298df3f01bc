"""Epochs: wrapped for each member alone, held to what their author signed, renewed every week, and never reused."""

from __future__ import annotations

import pytest

from openline.engine.effects import Transmit, Wrap
from openline.engine.epochs import EPOCH_MS
from openline.engine.events import AcceptLine, ChangeMembers, Send, Wrapped
from openline.keys.sealing import seal
from openline.terms import LineId
from openline.wire.bodies import epoch_commitment, epoch_of
from openline.wire.kinds import Kind
from openline.wire.link import WantWrap, decode_frame, wrap_info
from tests.engine.pair import Post, Wire


def members(*names: str) -> tuple[Wire, LineId]:
    wire = Wire(*names)
    line = wire.line()
    wire.wait(10)
    return wire, line


def keys_alike(wire: Wire, line: LineId) -> None:
    """Each member has the current secret of each other, and no other secret."""
    for post in wire.posts:
        mine = post.line(line).epoch
        assert mine is not None
        for other in wire.posts:
            if other is not post:
                assert other.line(line).epochs[(post.id, mine.number)] == mine


def test_every_member_holds_every_authors_secret() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    keys_alike(wire, line)
    secrets = [post.line(line).epoch for post in wire.posts]
    assert len({keys.secret for keys in secrets if keys is not None}) == 3


def test_a_secret_is_wrapped_for_each_other_member_and_its_hash_is_signed() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, *others = wire.posts
    wraps = [effect for effect in alpha.effects if isinstance(effect, Wrap) and effect.line == line]
    assert sorted(wrap.member for wrap in wraps) == sorted(post.id for post in others)
    (statement,) = alpha.entries(line, alpha, Kind.EPOCH)
    assert epoch_of(statement).commitment == epoch_commitment(wraps[0].secret)
    assert len({wrap.secret for wrap in wraps}) == 1
    assert all(wrap.info == wrap_info(line, alpha.id, wrap.epoch, wrap.member) for wrap in wraps)


def test_a_secret_that_is_not_the_signed_one_is_refused_aloud() -> None:
    """Alpha wraps another secret for Bravo than the one that it signed for: Bravo says so, Charlie reads on."""
    wire = Wire("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    alpha.hold = (Wrap,)
    line = wire.line()
    for effect in alpha.held:
        assert isinstance(effect, Wrap)
        secret = bytes(32) if effect.member == bravo.id else effect.secret
        sealed = seal(effect.public, effect.info, secret)
        alpha.queue.append(Wrapped(effect.line, effect.epoch, effect.member, sealed))
    alpha.hold, alpha.held = (), []
    wire.wait(10)
    assert "bad-seal" in bravo.told()
    assert "Alpha sent a secret" in next(alarm.text for alarm in bravo.alarms if alarm.code == "bad-seal")
    assert charlie.told() == ["line-proposed"]
    alpha.do(Send, line=line, text="Are these yours?")
    assert charlie.texts(line, alpha) == ["Are these yours?"]


def test_a_secret_is_renewed_after_a_week() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    first = alpha.line(line).epoch
    assert first is not None
    wire.now = type(wire.now)(first.base + EPOCH_MS - 20_000)
    wire.wait(10)
    assert alpha.line(line).epoch == first
    wire.wait(30)
    second = alpha.line(line).epoch
    assert second is not None
    assert second.number == first.number + 1
    assert second.secret != first.secret
    keys_alike(wire, line)
    alpha.do(Send, line=line, text="under the new one")
    assert bravo.entries(line, alpha, Kind.MESSAGE)[-1].header.epoch == second.number
    assert not {"bad-seal"} & set(bravo.told())


def test_old_secrets_are_dropped_from_memory_and_record() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    for _ in range(3):
        wire.now = type(wire.now)(wire.now + EPOCH_MS)
        wire.wait(10)
    for post in (alpha, bravo):
        held = post.line(line)
        for other in (alpha, bravo):
            kept = [key for key in post.record.objects("secret") if key[:64] == line + other.id]
            assert len(kept) <= 2
        assert all(number >= 3 for _, number in held.epochs)
        assert held.epoch is not None
        assert {number for number, _ in held.wraps} == {held.epoch.number}
        assert len(post.record.objects("wrap")) == 1
    assert not {"bad-seal"} & {code for post in wire.posts for code in post.told()}


def test_entries_wait_for_a_secret_that_comes_later() -> None:
    """Wrapping takes a while: what was sent meanwhile is read as soon as the wrap is there."""
    wire = Wire("Alpha", "Bravo")
    alpha, bravo = wire.posts
    alpha.hold = (Wrap,)
    line = wire.line()
    alpha.do(Send, line=line, text="Are these yours?")
    wire.wait(3)
    assert bravo.texts(line, alpha) == []
    asked = [
        piece
        for effect in bravo.effects
        if isinstance(effect, Transmit)
        for piece in decode_frame(effect.frame)
        if isinstance(piece, WantWrap)
    ]
    assert asked
    alpha.release()
    wire.wait(10)
    assert bravo.texts(line, alpha) == ["Are these yours?"]
    assert "gap" not in bravo.told()


def test_a_restart_keeps_the_epoch_and_still_wraps_for_those_who_ask() -> None:
    wire, line = members("Alpha", "Bravo")
    alpha, bravo = wire.posts
    epoch, wraps = alpha.line(line).epoch, alpha.line(line).wraps
    alpha.stop()
    alpha.start()
    assert alpha.line(line).epoch == epoch
    assert alpha.line(line).wraps == wraps
    alpha.do(Send, line=line, text="same epoch")
    wire.wait(10)
    assert bravo.texts(line, alpha) == ["same epoch"]
    assert len(alpha.entries(line, alpha, Kind.EPOCH)) == 1


@pytest.mark.parametrize("post", [0, 1])
def test_a_crash_between_statement_and_wrap_is_made_good(post: int) -> None:
    wire = Wire("Alpha", "Bravo")
    crashed: Post = wire.posts[post]
    crashed.hold = (Wrap,)
    line = wire.line()
    crashed.hold = ()
    crashed.stop()
    crashed.start()
    wire.wait(10)
    crashed.do(Send, line=line, text="after the crash")
    wire.wait(10)
    assert wire.posts[1 - post].texts(line, crashed) == ["after the crash"]
    keys_alike(wire, line)


def test_a_removed_member_is_left_out_of_the_next_secret() -> None:
    wire, line = members("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = wire.posts
    alpha.do(ChangeMembers, line, (), (charlie.id,))
    bravo.do(AcceptLine, line)
    wire.wait(10)
    for post in (alpha, bravo):
        newest = post.entries(line, post, Kind.EPOCH)[-1]
        assert [member for member, _ in epoch_of(newest).wraps] == [1 if post is alpha else 0]
        number = newest.header.epoch
        assert (post.id, number) not in charlie.line(line).epochs
        assert not [
            effect
            for effect in post.effects
            if isinstance(effect, Wrap) and effect.member == charlie.id and effect.epoch == number
        ]
    wire.inject(charlie, alpha, WantWrap(0, alpha.entries(line, alpha, Kind.EPOCH)[-1].header.epoch))
    wire.settle()
    assert (alpha.id, alpha.entries(line, alpha, Kind.EPOCH)[-1].header.epoch) not in charlie.line(line).epochs
