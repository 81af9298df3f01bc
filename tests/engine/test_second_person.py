"""Two persons where the rules ask for them: nobody writes without, and what another wrote without counts nowhere."""

from __future__ import annotations

import pytest

from openline.engine import second_person
from openline.engine.conversing import gather
from openline.engine.events import Draft, Mark, ReleaseDraft, Say, Send
from openline.errors import NotAllowed, TwoPersons
from openline.terms import LineId, Precedence
from openline.wire.hoax import CLAIM, Claim
from openline.wire.kinds import Kind
from tests.engine.officers import BERG, COLE, agree, staffed
from tests.engine.pair import START, Post, Wire

FLASH = Precedence.FLASH


def ruled(*kinds: Kind) -> tuple[Wire, Post, Post, LineId]:
    wire, line, _ = staffed("Alpha", "Bravo")
    agree(wire, line, *kinds)
    alpha, bravo = wire.posts
    return wire, alpha, bravo, line


def test_one_officer_or_none_does_not_write_what_takes_two() -> None:
    _, alpha, bravo, line = ruled(Kind.MESSAGE)
    for officer in (0, BERG):
        with pytest.raises(TwoPersons):
            alpha.do(Send, line=line, text="Alone.", officer=officer)
    command = Send(request=0, line=line, text="Together.", officer=BERG)
    value = alpha.do(Draft, line=line, of=command, release=True)
    alpha.do(ReleaseDraft, line=line, draft=value["draft"], officer=COLE)
    assert bravo.texts(line, alpha) == ["Together."]
    assert bravo.told() == []


def test_a_device_is_not_asked_for_what_takes_two() -> None:
    wire, line, _ = staffed("Alpha", "Bravo")
    agree(wire, line, Kind.MESSAGE)
    command = Send(request=0, line=line, text="Alone.", officer=BERG)
    with pytest.raises(TwoPersons):
        wire.posts[0].do(Draft, line=line, of=command, device=True)


def test_answers_and_marks_never_wait() -> None:
    _, alpha, bravo, line = ruled(Kind.MESSAGE, *(kind for kind in Kind if Kind.MESSAGE < kind < Kind.CALL_REQUEST))
    asked = bravo.do(Send, line=line, text="Yours?", officer=1, precedence=FLASH)
    kept = alpha.kept_entry(line, asked)
    for kind in (Kind.SEEN, Kind.ACKNOWLEDGED, Kind.TAKEN):
        alpha.do(Mark, line=line, target=kept, kind=kind, officer=BERG)
    alpha.do(Send, line=line, text="Ours.", officer=BERG, replies_to=kept)
    assert bravo.told() == []


def test_a_flash_by_one_goes_and_is_countersigned_by_another() -> None:
    _, alpha, bravo, line = ruled(Kind.MESSAGE)
    sent = alpha.do(Send, line=line, text="Fire in sector 4.", officer=BERG, precedence=FLASH)
    kept = alpha.kept_entry(line, sent)
    with pytest.raises(NotAllowed):
        alpha.do(Mark, line=line, target=kept, kind=Kind.COUNTERSIGNED, officer=BERG)
    with pytest.raises(NotAllowed):
        alpha.do(Mark, line=line, target=kept, kind=Kind.COUNTERSIGNED, officer=0)
    with pytest.raises(NotAllowed):
        bravo.do(Mark, line=line, target=bravo.kept_entry(line, sent), kind=Kind.COUNTERSIGNED, officer=1)
    alpha.do(Mark, line=line, target=kept, kind=Kind.COUNTERSIGNED, officer=COLE)
    (entry,) = bravo.entries(line, alpha, Kind.COUNTERSIGNED)
    assert entry.header.refers == (sent,)
    assert bravo.told() == []


def test_what_needs_no_second_word_gets_none() -> None:
    _, alpha, _, line = ruled(Kind.ROSTER)
    sent = alpha.do(Send, line=line, text="Fire in sector 4.", officer=BERG, precedence=FLASH)
    with pytest.raises(NotAllowed):
        alpha.do(Mark, line=line, target=alpha.kept_entry(line, sent), kind=Kind.COUNTERSIGNED, officer=COLE)


def test_what_a_post_writes_by_one_all_the_same_counts_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    _, alpha, bravo, line = ruled(Kind.HOAX_REPORT)
    claim = Claim(at=START, channel="telephone", post=bravo.id, name="the minister")
    report = {"kind": Kind.HOAX_REPORT, "items": (CLAIM.item(claim),), "officer": BERG}
    with pytest.raises(TwoPersons):
        alpha.do(Say, line=line, **report)
    monkeypatch.setattr(second_person, "check", lambda *_: None)
    sent = alpha.do(Say, line=line, **report)
    assert bravo.told().count("one-person") == 1
    assert "one-person" not in alpha.told()
    for post in (alpha, bravo):
        assert second_person.apart(post.record, line) == {sent}
        assert gather(post.record, line, sent) == ()
        post.stop()
        post.start()
        assert gather(post.record, line, sent) == ()
