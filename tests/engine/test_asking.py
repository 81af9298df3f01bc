"""Claims and inquiries in the engine: who may say what, marks, reminders at both ends, and what nobody has taken."""

from __future__ import annotations

from typing import Any

import pytest

from openline.engine.conversing import gather
from openline.engine.events import AcceptLine, ChangeMembers, Mark, Say
from openline.engine.machines import CLAIM, INQUIRY, OF_KIND
from openline.errors import NotAllowed
from openline.feeds.folding import Folded
from openline.terms import EntryId, Instant, LineId, Precedence
from openline.wire import claim as on_claim
from openline.wire import inquiry as on_inquiry
from openline.wire.claim import Claim, ClaimWords, Stance, Told
from openline.wire.contact import WORDS, Words
from openline.wire.inquiry import Answer, Inquiry, InquiryWords, Judgement, Reply, Verdict
from openline.wire.kinds import Kind
from openline.wire.rules import Rules, encode_rules
from tests.engine.pair import Post, Wire

HOUR_S = 3600


def pair() -> tuple[Wire, Post, Post, LineId]:
    both = Wire("Alpha", "Bravo")
    return both, *both.posts, both.line()  # type: ignore[return-value]


def held(post: Post, line: LineId, entry: EntryId) -> Folded[Any]:
    machine = OF_KIND[post.kept_entry(line, entry).entry.header.kind]
    folded = machine.fold(gather(post.record, line, entry))
    assert folded is not None
    return folded


def say(post: Post, line: LineId, kind: Kind, items: tuple[bytes, ...], opening: EntryId, *refers: EntryId) -> Any:
    fields = {"opening": opening, "refers": (opening, *refers), "exchange": held(post, line, opening).entries}
    return post.do(Say, line=line, kind=kind, items=items, officer=1, **fields)


def put(post: Post, other: Post, line: LineId, within_s: int = HOUR_S, level: Precedence = Precedence.ROUTINE) -> Any:
    words = ClaimWords("They prepare a provocation.", bytes(32))
    claim = Claim(on_claim.digest_of(words), (other.id,), Instant(post.wire.now + within_s * 1000))
    items = (on_claim.CLAIM.item(claim), on_claim.CLAIM_WORDS.item(words))
    return post.do(Say, line=line, kind=Kind.CLAIM, items=items, officer=1, precedence=level)


def rejects(post: Post, line: LineId, claim: EntryId) -> Any:
    items = (on_claim.ANSWER.item(on_claim.Answer(Stance.REJECTS)), WORDS.item(Words("No.")))
    return say(post, line, Kind.CLAIM_ANSWER, items, claim)


def ask(post: Post, other: Post, line: LineId, within_s: int = HOUR_S) -> Any:
    inquiry = Inquiry(other.id, Instant(post.wire.now + within_s * 1000))
    words = InquiryWords(what="Movement of forces", next_step="We ask for a meeting.")
    items = (on_inquiry.INQUIRY.item(inquiry), on_inquiry.INQUIRY_WORDS.item(words))
    return post.do(Say, line=line, kind=Kind.INQUIRY, items=items, officer=1, precedence=Precedence.FLASH)


def answers(post: Post, line: LineId, inquiry: EntryId) -> Any:
    items = (on_inquiry.ANSWER.item(Answer(Reply.ANSWERED)), WORDS.item(Words("A drill.")))
    return say(post, line, Kind.INQUIRY_ANSWER, items, inquiry)


def judges(post: Post, line: LineId, inquiry: EntryId, verdict: Verdict, *on: EntryId) -> Any:
    items = (on_inquiry.JUDGEMENT.item(Judgement(verdict)), WORDS.item(Words("Too little.")))
    return say(post, line, Kind.INQUIRY_JUDGED, items, inquiry, *on)


def test_both_ends_hold_the_same_claim_and_its_answer() -> None:
    _, alpha, bravo, line = pair()
    claim = put(alpha, bravo, line)
    with pytest.raises(NotAllowed, match="not put to its author"):
        rejects(alpha, line, claim)
    rejects(bravo, line, claim)
    assert held(alpha, line, claim).state == held(bravo, line, claim).state
    assert "claim-put" in bravo.told()
    assert "claim-answered" in alpha.told()
    assert CLAIM.due(held(alpha, line, claim).state, alpha.id, Instant(0)) is None


def test_who_else_was_told_is_said_only_where_the_rules_say_so() -> None:
    _, alpha, bravo, line = pair()
    claim = put(alpha, bravo, line)
    names = (on_claim.TOLD.item(Told(names=("Paris",))),)
    with pytest.raises(NotAllowed, match="do not let members say who else was told"):
        say(alpha, line, Kind.CLAIM_TOLD, names, claim)
    alpha.do(ChangeMembers, line=line, rules=encode_rules(Rules(told=True)))
    bravo.do(AcceptLine, line=line)
    say(alpha, line, Kind.CLAIM_TOLD, names, claim)
    assert "claim-told" in bravo.told()
    assert held(bravo, line, claim).state.told[0].names == ("Paris",)


def test_officers_of_others_mark_a_claim_and_an_inquiry() -> None:
    _, alpha, bravo, line = pair()
    for opening in (put(alpha, bravo, line), ask(alpha, bravo, line)):
        for kind in (Kind.SEEN, Kind.TAKEN):
            bravo.do(Mark, line=line, target=bravo.kept_entry(line, opening), kind=kind, officer=1)
        with pytest.raises(NotAllowed, match="an entry of this post"):
            alpha.do(Mark, line=line, target=alpha.kept_entry(line, opening), kind=Kind.SEEN, officer=1)
        for post in (alpha, bravo):
            marks = held(post, line, opening).state.marks
            assert [each.entry.header.kind for each in marks] == [Kind.SEEN, Kind.TAKEN]


def test_silence_on_a_claim_is_told_at_both_ends() -> None:
    both, alpha, bravo, line = pair()
    put(alpha, bravo, line)
    both.wait(2 * HOUR_S)
    assert (alpha.told().count("claim-waits"), bravo.told().count("claim-waits")) == (1, 2)
    assert alpha.engine.state.due == bravo.engine.state.due == {}


def test_the_clock_of_an_inquiry_rings_at_both_ends_and_only_the_asker_closes() -> None:
    both, alpha, bravo, line = pair()
    inquiry = ask(alpha, bravo, line)
    with pytest.raises(NotAllowed, match="before the clock has run out"):
        judges(alpha, line, inquiry, Verdict.NOT_ANSWERED)
    both.wait(2 * HOUR_S)
    assert (alpha.told().count("inquiry-waits"), bravo.told().count("inquiry-waits")) == (2, 2)
    with pytest.raises(NotAllowed, match="Only who asked"):
        judges(bravo, line, inquiry, Verdict.NOT_ANSWERED)
    judges(alpha, line, inquiry, Verdict.NOT_ANSWERED)
    assert "inquiry-closed" in bravo.told()
    with pytest.raises(NotAllowed, match="knew that the inquiry was closed"):
        answers(bravo, line, inquiry)
    assert not INQUIRY.due(held(bravo, line, inquiry).state, bravo.id, Instant(0))


def test_an_answer_that_crossed_is_late_at_both_ends() -> None:
    both, alpha, bravo, line = pair()
    inquiry = ask(alpha, bravo, line)
    both.wait(2 * HOUR_S)
    both.sever("Alpha", "Bravo")
    judges(alpha, line, inquiry, Verdict.NOT_ANSWERED)
    answers(bravo, line, inquiry)
    both.heal("Alpha", "Bravo")
    both.wait(60)
    for post in (alpha, bravo):
        state = held(post, line, inquiry).state
        assert (state.status, [each.late for each in state.answers]) == ("not answered", [True])
        assert "inquiry-late" in post.told()


def test_an_urgent_one_rings_until_it_is_answered_or_taken_back() -> None:
    both, alpha, bravo, line = pair()
    claim = put(alpha, bravo, line, level=Precedence.FLASH)
    inquiry = ask(alpha, bravo, line)
    both.wait(121)
    assert bravo.told().count("untaken") == 2
    assert "untaken-there" not in alpha.told()
    rejects(bravo, line, claim)
    withdrawn = (on_inquiry.JUDGEMENT.item(Judgement(Verdict.WITHDRAWN)), WORDS.item(Words()))
    say(alpha, line, Kind.INQUIRY_JUDGED, withdrawn, inquiry)
    both.wait(600)
    assert bravo.told().count("untaken") == 2
    assert not bravo.record.objects("untaken")
