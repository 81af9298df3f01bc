"""Drafts: a device signs what was made ready and nothing else, a second officer releases what the first drafted."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from openline.engine.drafting import DEVICE_MS, RELEASE_MS
from openline.engine.events import Draft, DropDraft, Mark, ReleaseDraft, Say, Send, SignDraft
from openline.errors import BadSignature, DraftStale, Misuse, NotAllowed, TooBusy, UnknownName
from openline.identity import signing
from openline.identity.acts import check_act
from openline.limits import DRAFTS_MAX
from openline.terms import EntryId, Instant, LineId, Precedence
from openline.wire.assertion import Assertion
from openline.wire.entry import Entry
from openline.wire.kinds import Kind
from tests.engine.officers import BERG, COLE, certified, enrol, staffed
from tests.engine.pair import START, Post, Wire
from tests.identity.devices import Device

TEXT = "Two aircraft of ours cross your sector at 1450Z."


def ready() -> tuple[Wire, Post, Post, LineId, Device]:
    wire, line, device = staffed("Alpha", "Bravo")
    alpha, bravo = wire.posts
    return wire, alpha, bravo, line, device


def message(line: LineId, officer: int = BERG, text: str = TEXT, **more: Any) -> Send:
    return Send(request=0, line=line, text=text, officer=officer, **more)


def asked(post: Post, line: LineId, command: Any, *, release: bool = False) -> dict[str, Any]:
    """What a device is asked to sign."""
    value: dict[str, Any] = post.do(Draft, line=line, of=command, device=True, release=release)
    return value


def signed(post: Post, line: LineId, value: dict[str, Any], assertion: Assertion, **more: Any) -> Any:
    return post.do(SignDraft, line=line, draft=value["draft"], assertion=assertion, **more)


def written(post: Post, line: LineId, identifier: EntryId) -> Entry:
    return post.kept_entry(line, identifier).entry


def test_a_flash_is_signed_by_a_device_and_verified_at_the_other_end() -> None:
    _, alpha, bravo, line, device = ready()
    value = asked(alpha, line, message(line, precedence=Precedence.FLASH))
    assert value["keys"] == [device.public]
    assert alpha.texts(line, alpha) == []
    done = signed(alpha, line, value, device.assertion(value["challenge"]))
    entry = written(bravo, line, done["id"])
    act = entry.header.act
    assert act is not None
    assert isinstance(act.signature, Assertion)
    assert (act.officer, act.draft, entry.header.precedence) == (BERG, value["draft"], Precedence.FLASH)
    assert check_act(entry.header, bravo.engine.state.peers[alpha.id]).name == "Watch officer"
    assert bravo.told() == []


def test_a_draft_is_used_once() -> None:
    _, alpha, _, line, device = ready()
    value = asked(alpha, line, message(line))
    assertion = device.assertion(value["challenge"])
    signed(alpha, line, value, assertion)
    with pytest.raises(UnknownName):
        signed(alpha, line, value, assertion)
    assert alpha.texts(line, alpha) == [TEXT]


@pytest.mark.parametrize("odd", [{"flags": 1}, {"origin": "https://evil.example"}, {"rp": "evil.example"}], ids=str)
def test_what_no_verifier_would_take_is_not_written(odd: dict[str, Any]) -> None:
    _, alpha, _, line, device = ready()
    value = asked(alpha, line, message(line))
    with pytest.raises(BadSignature):
        signed(alpha, line, value, device.assertion(value["challenge"], **odd))
    with pytest.raises(BadSignature):
        signed(alpha, line, value, Device("a stranger's").assertion(value["challenge"]))
    with pytest.raises(BadSignature):
        signed(alpha, line, value, device.assertion(bytes(32)))
    signed(alpha, line, value, device.assertion(value["challenge"]))


def test_a_revoked_device_and_another_officers_sign_nothing() -> None:
    _, alpha, _, line, device = ready()
    other = Device("the second officer's phone")
    enrol(alpha, other, COLE)
    value = asked(alpha, line, message(line))
    with pytest.raises(BadSignature):
        signed(alpha, line, value, other.assertion(value["challenge"]))
    alpha.own, statement = signing.revoke(alpha.own, alpha.card, device.public, START)
    certified(alpha, statement)
    with pytest.raises(BadSignature):
        signed(alpha, line, value, device.assertion(value["challenge"]))
    with pytest.raises(NotAllowed):
        asked(alpha, line, message(line))


def test_a_message_that_another_overtook_is_stale() -> None:
    _, alpha, _, line, device = ready()
    value = asked(alpha, line, message(line))
    alpha.do(Send, line=line, text="Another.", officer=COLE)
    with pytest.raises(DraftStale):
        signed(alpha, line, value, device.assertion(value["challenge"]))
    again = asked(alpha, line, message(line))
    signed(alpha, line, again, device.assertion(again["challenge"]))
    assert alpha.texts(line, alpha) == ["Another.", TEXT]


def test_a_device_has_ten_minutes() -> None:
    wire, alpha, _, line, device = ready()
    value = asked(alpha, line, message(line))
    wire.now = Instant(wire.now + DEVICE_MS + 1)
    with pytest.raises(DraftStale):
        signed(alpha, line, value, device.assertion(value["challenge"]))


def test_marks_are_signed_by_a_device_too() -> None:
    _, alpha, bravo, line, device = ready()
    sent = bravo.do(Send, line=line, text="Are these yours?", officer=1, precedence=Precedence.FLASH)
    command = Mark(request=0, line=line, target=alpha.kept_entry(line, sent), kind=Kind.TAKEN, officer=BERG)
    value = asked(alpha, line, command)
    done = signed(alpha, line, value, device.assertion(value["challenge"]))
    assert written(bravo, line, done["id"]).header.kind == Kind.TAKEN


def test_two_officers_sign_one_draft() -> None:
    _, alpha, bravo, line, _ = ready()
    value = alpha.do(Draft, line=line, of=message(line), release=True)
    assert bravo.texts(line, alpha) == []
    done = alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=COLE)
    act = written(bravo, line, done["id"]).header.act
    assert act is not None
    assert act.drafted is not None
    assert (act.officer, act.drafted.officer) == (COLE, BERG)
    assert check_act(written(bravo, line, done["id"]).header, bravo.engine.state.peers[alpha.id]).number == COLE
    assert not alpha.engine.state.drafts


def test_two_officers_with_devices_sign_one_draft() -> None:
    _, alpha, bravo, line, device = ready()
    second = Device("the second officer's phone")
    enrol(alpha, second, COLE)
    value = asked(alpha, line, message(line), release=True)
    signed(alpha, line, value, device.assertion(value["challenge"]))
    assert bravo.texts(line, alpha) == []
    more = alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=COLE, device=True)
    assert more["challenge"] != value["challenge"]
    with pytest.raises(BadSignature):
        signed(alpha, line, more, second.assertion(value["challenge"]))
    done = signed(alpha, line, more, second.assertion(more["challenge"]))
    assert check_act(written(bravo, line, done["id"]).header, bravo.engine.state.peers[alpha.id]).number == COLE


def test_who_drafted_does_not_release() -> None:
    _, alpha, _, line, _ = ready()
    value = alpha.do(Draft, line=line, of=message(line), release=True)
    with pytest.raises(NotAllowed):
        alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=BERG)


def test_a_drafter_who_was_ended_is_not_released() -> None:
    _, alpha, _, line, _ = ready()
    value = alpha.do(Draft, line=line, of=message(line, officer=COLE), release=True)
    alpha.own, statement = signing.end_officer(alpha.own, alpha.card, COLE, START)
    certified(alpha, statement)
    with pytest.raises(NotAllowed):
        alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=BERG)


def test_a_signed_draft_outlives_a_restart_and_a_new_secret_makes_it_stale() -> None:
    wire, alpha, _, line, device = ready()
    value = alpha.do(Draft, line=line, of=message(line), release=True)
    waiting = asked(alpha, line, message(line))
    before = alpha.engine.state.drafts[value["draft"]]
    alpha.stop()
    alpha.start()
    wire.wait(1)
    assert alpha.engine.state.drafts == {value["draft"]: before}
    with pytest.raises(UnknownName):
        signed(alpha, line, waiting, device.assertion(waiting["challenge"]))
    held = alpha.engine.state.lines[line]
    epoch = held.epoch
    assert epoch is not None
    held.epoch = msgspec.structs.replace(epoch, salt=bytes(32))
    with pytest.raises(DraftStale):
        alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=COLE)
    held.epoch = epoch
    alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=COLE)
    assert alpha.record.objects("draft") == {}


def test_a_draft_is_dropped_by_hand_and_by_time() -> None:
    wire, alpha, _, line, _ = ready()
    one, two = (alpha.do(Draft, line=line, of=message(line), release=True) for _ in range(2))
    alpha.do(DropDraft, line, one["draft"])
    assert list(alpha.record.objects("draft")) == [two["draft"]]
    wire.now = Instant(wire.now + RELEASE_MS)
    with pytest.raises(UnknownName):
        alpha.do(ReleaseDraft, line=line, draft=two["draft"], officer=COLE)
    assert alpha.record.objects("draft") == {}


def test_there_are_only_so_many_and_unsigned_ones_give_way() -> None:
    _, alpha, _, line, _ = ready()
    first = asked(alpha, line, message(line))
    for _ in range(DRAFTS_MAX):
        alpha.do(Draft, line=line, of=message(line), release=True)
    assert first["draft"] not in alpha.engine.state.drafts
    with pytest.raises(TooBusy):
        alpha.do(Draft, line=line, of=message(line), release=True)


def test_what_cannot_be_drafted_is_refused() -> None:
    _, alpha, _, line, _ = ready()
    with pytest.raises(Misuse):
        alpha.do(Draft, line=line, of=message(line))
    with pytest.raises(Misuse):
        alpha.do(Draft, line=line, of=message(line, officer=0), release=True)
    with pytest.raises(Misuse):
        alpha.do(Draft, line=line, of=message(line, text=" "), release=True)
    with pytest.raises(NotAllowed):
        asked(alpha, line, message(line, officer=COLE))
    with pytest.raises(Misuse):
        alpha.do(Draft, line=line, of=Say(request=0, line=line, kind=9, items=(), officer=BERG), release=True)
    value = asked(alpha, line, message(line), release=True)
    with pytest.raises(NotAllowed):
        alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=COLE)
