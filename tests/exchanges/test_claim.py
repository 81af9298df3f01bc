"""Claims: every state meets every event, the newest answer counts, silence is none, no order of arrival counts."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.claim import WARN_MS, State, begin, due, fold, identity, overdue, told
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.bodies import whom_item
from openline.wire.claim import Stance
from openline.wire.kinds import Kind
from tests.exchanges.asking import REPLY_BY, claim, evidence, stance, told_others, withdrawn
from tests.exchanges.talks import name_of
from tests.feeds.histories import ACT, ALPHA, BRAVO, CHARLIE, kept, mark, message

PUT = claim()
NOBODY = PostId(bytes([9]) * 32)
ASKS = stance(BRAVO, 1, PUT, Stance.ASKS_EVIDENCE)
GIVEN = evidence(3, PUT, knew={BRAVO: 1})
OVER = withdrawn(4, PUT, knew={BRAVO: 3})


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


STATES: dict[str, tuple[Kept, ...]] = {
    "silent": (PUT,),
    "accepts": (PUT, stance(BRAVO, 1, PUT, Stance.ACCEPTS)),
    "rejects": (PUT, stance(BRAVO, 1, PUT, Stance.REJECTS)),
    "no position": (PUT, stance(BRAVO, 1, PUT, Stance.NO_POSITION)),
    "asks evidence": (PUT, ASKS),
    "evidence given": (PUT, ASKS, GIVEN),
}


def status(state: Folded[State], post: PostId = BRAVO) -> str:
    party = state.state.party(post)
    assert party is not None
    return state.state.status(party)


@pytest.mark.parametrize("name", STATES)
def test_each_state_is_said_and_the_other_party_is_silent(name: str) -> None:
    assert status(folded(*STATES[name])) == name
    assert status(folded(*STATES[name]), CHARLIE) == "silent"


@pytest.mark.parametrize(("name", "said"), list(itertools.product(STATES, Stance)))
def test_a_party_may_answer_again_and_all_are_kept(name: str, said: Stance) -> None:
    again = stance(BRAVO, 5, PUT, said, knew={ALPHA: 4})
    after = folded(*STATES[name], again)
    assert status(after) == said.name.lower().replace("_", " ")
    party = after.state.party(BRAVO)
    assert party is not None
    assert len(party.answers) == 1 + (name != "silent")


def test_evidence_counts_for_who_had_asked_before() -> None:
    assert status(folded(PUT, ASKS, evidence(3, PUT, knew={BRAVO: 0}))) == "asks evidence"
    assert status(folded(PUT, ASKS, GIVEN, stance(BRAVO, 2, PUT, Stance.ASKS_EVIDENCE, knew={ALPHA: 3}))) == (
        "asks evidence"
    )


@pytest.mark.parametrize("name", STATES)
def test_what_counts_for_nothing(name: str) -> None:
    held = STATES[name]
    for entry in (
        stance(ALPHA, 9, PUT),
        stance(NOBODY, 1, PUT),
        stance(BRAVO, 9, PUT, act=None),
        stance(BRAVO, 9, PUT, refers=()),
        stance(BRAVO, 9, PUT, traffic=TrafficClass.TEST),
        message(BRAVO, 9, exchange=PUT.entry.id, refers=(PUT.entry.id,)),
        claim(BRAVO, 9, parties=(ALPHA,), exchange=PUT.entry.id, refers=(PUT.entry.id,)),
        *(_by_another(each) for each in (evidence(9, PUT), told_others(9, PUT, "Paris"), withdrawn(9, PUT))),
        mark(ALPHA, 9, Kind.SEEN, PUT),
        mark(BRAVO, 9, Kind.SEEN, PUT, act=None),
        mark(BRAVO, 9, Kind.SEEN, PUT, refers=(PUT.entry.id, ASKS.entry.id)),
        mark(BRAVO, 9, Kind.SEEN, PUT, traffic=TrafficClass.TEST),
        mark(BRAVO, 9, Kind.PASSED_ON, PUT),
    ):
        after = folded(*held, entry)
        assert after.why_not(entry.entry.id), entry.entry.header.kind
        assert after.state == folded(*held).state


def _by_another(entry: Kept) -> Kept:
    """The same, by a party: only who put a claim says such things."""
    header = entry.entry.header
    items = tuple(each for each in entry.entry.items if each is not None)
    return kept(BRAVO, 9, header.kind, *items, act=ACT, exchange=PUT.entry.id, refers=(PUT.entry.id,))


def test_marks_are_kept_as_they_are() -> None:
    seen, passed = mark(BRAVO, 1, Kind.SEEN, PUT), mark(BRAVO, 2, Kind.PASSED_ON, PUT, whom_item("the minister"))
    after = folded(PUT, seen, passed)
    assert after.state.marks == (seen, passed)
    assert status(after) == "silent"


def test_an_answer_after_the_withdrawal_counts_only_where_they_crossed() -> None:
    crossing = stance(BRAVO, 4, PUT)
    knowing = stance(BRAVO, 5, PUT, Stance.ACCEPTS, knew={ALPHA: 4})
    after = folded(PUT, ASKS, OVER, crossing, knowing)
    assert after.why_not(knowing.entry.id) == "its author knew that the claim was withdrawn"
    party = after.state.party(BRAVO)
    assert party is not None
    assert [(each.kept, each.crossed) for each in party.answers] == [(ASKS, False), (crossing, True)]
    assert status(after) == "rejects"


def test_only_the_first_withdrawal_counts_and_no_evidence_after_it() -> None:
    other = claim(ALPHA, 2, text="They prepared one.")
    instead = withdrawn(3, PUT, other)
    after = folded(PUT, instead, withdrawn(4, PUT), evidence(5, PUT), told_others(6, PUT, "Paris"))
    assert after.state.withdrawn is not None
    assert after.state.withdrawn.replaced == other.entry.id
    assert len(after.ignored) == 2
    assert [each.names for each in after.state.told] == [("Paris",)]
    assert after.state.replaces is None
    assert folded(claim(ALPHA, 2, refers=(PUT.entry.id,))).state.replaces == PUT.entry.id


def test_late_is_the_first_answer_after_reply_by() -> None:
    def late(*entries: Kept) -> list[bool]:
        party = folded(PUT, *entries).state.party(BRAVO)
        assert party is not None
        return [each.late for each in party.answers]

    in_time, after = stance(BRAVO, 1, PUT, at=REPLY_BY), stance(BRAVO, 2, PUT, at=REPLY_BY + 1)
    assert late(after) == [True]
    assert late(in_time, after) == [False, False]
    assert late(after, stance(BRAVO, 3, PUT, at=REPLY_BY + 2)) == [True, True]
    endless = claim(reply_by=0)
    party = folded(endless, stance(BRAVO, 1, endless, at=REPLY_BY + 1)).state.party(BRAVO)
    assert party is not None
    assert not party.answers[0].late


def test_a_claim_is_the_same_by_author_class_and_digest() -> None:
    elsewhere = claim(ALPHA, 8, parties=(NOBODY,), reply_by=0)
    assert identity(PUT) == identity(elsewhere)
    others = (
        claim(BRAVO, 1, parties=(ALPHA,)),
        claim(tag=bytes([8]) * 32),
        claim(text="Another."),
        claim(traffic=TrafficClass.EXERCISE),
    )
    assert all(identity(each) != identity(PUT) for each in others)


def test_what_opens_no_claim() -> None:
    for bad in (claim(act=None), claim(refers=(EntryId(bytes(32)), EntryId(bytes([1]) * 32)))):
        with pytest.raises(BadField):
            begin(bad)
        assert fold([bad]) is None


def test_what_is_told() -> None:
    one = folded(PUT)
    (put,) = told(None, one, BRAVO, name_of)
    assert (put.code, put.text) == ("claim-put", "Alpha puts a claim to this post: They prepare a provocation.")
    assert told(None, one, ALPHA, name_of) == told(None, one, NOBODY, name_of) == told(one, one, BRAVO, name_of) == ()
    late = folded(PUT, stance(BRAVO, 1, PUT, at=REPLY_BY + 1))
    (said,) = told(one, late, ALPHA, name_of)
    assert (said.code, said.text) == ("claim-answered", "Bravo rejects the claim, after reply-by.")
    assert told(one, late, CHARLIE, name_of) == ()
    given = folded(PUT, ASKS, GIVEN)
    assert [each.code for each in told(folded(PUT, ASKS), given, BRAVO, name_of)] == ["claim-evidence"]
    (others,) = told(one, folded(PUT, told_others(2, PUT, "Paris", "London")), BRAVO, name_of)
    assert others.text == "Alpha states who else was told: Paris; London."
    (gone,) = told(given, folded(PUT, ASKS, GIVEN, OVER), CHARLIE, name_of)
    assert (gone.code, gone.text) == ("claim-withdrawn", "Alpha withdraws its claim.")
    seen = folded(PUT, mark(BRAVO, 1, Kind.SEEN, PUT))
    assert told(one, seen, CHARLIE, name_of) == ()


def test_who_is_silent_is_reminded_and_named() -> None:
    state = folded(PUT).state
    warned = Instant(REPLY_BY - REPLY_BY // 4)
    assert [due(state, BRAVO, Instant(at)) for at in (0, warned, REPLY_BY)] == [warned, REPLY_BY, None]
    assert [due(state, ALPHA, Instant(at)) for at in (0, REPLY_BY)] == [REPLY_BY, None]
    assert due(state, NOBODY, Instant(0)) is None
    assert due(folded(claim(reply_by=0)).state, BRAVO, Instant(0)) is None
    assert due(folded(PUT, OVER).state, BRAVO, Instant(0)) is None
    long = folded(claim(reply_by=9 * WARN_MS)).state
    assert due(long, BRAVO, Instant(0)) == 8 * WARN_MS
    (here,) = overdue(state, ALPHA, Instant(REPLY_BY), name_of)
    assert "Bravo, Charlie answered nothing" in here.text
    answered = folded(PUT, stance(BRAVO, 1, PUT), stance(CHARLIE, 1, PUT)).state
    assert due(answered, ALPHA, Instant(0)) is due(answered, BRAVO, Instant(0)) is None
    (near,) = overdue(state, BRAVO, warned, name_of)
    (over,) = overdue(state, BRAVO, Instant(REPLY_BY), name_of)
    assert (near.code, near.text[-5:], over.text[-5:]) == ("claim-waits", "near.", "over.")


STEPS = ("accept", "reject", "ask", "evidence", "told", "withdraw", "seen")


def history(steps: list[tuple[str, PostId, int]]) -> list[Kept]:
    """What three posts wrote, each knowing some of the others."""
    entries, numbers = [PUT], {ALPHA: 1, BRAVO: 0, CHARLIE: 0}
    for what, post, knew in steps:
        author = ALPHA if what in ("evidence", "told", "withdraw") else post
        numbers[author] += 1
        number = numbers[author]
        known = {other: min(knew, most) for other, most in numbers.items() if other != author}
        match what:
            case "evidence":
                entries.append(evidence(number, PUT, knew=known))
            case "told":
                entries.append(told_others(number, PUT, "Paris", knew=known))
            case "withdraw":
                entries.append(withdrawn(number, PUT, knew=known))
            case "seen":
                entries.append(mark(author, number, Kind.SEEN, PUT, knew=known))
            case _:
                said = {"accept": Stance.ACCEPTS, "reject": Stance.REJECTS, "ask": Stance.ASKS_EVIDENCE}[what]
                entries.append(stance(author, number, PUT, said, knew=known, at=number * REPLY_BY))
    return entries


@given(
    st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from((BRAVO, CHARLIE)), st.integers(0, 6)), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_arrival_makes_no_difference(steps: list[tuple[str, PostId, int]], chance: random.Random) -> None:
    entries = history(steps)
    shuffled = list(entries)
    chance.shuffle(shuffled)
    state = folded(*entries)
    assert state == folded(*shuffled)
    for party in state.state.parties:
        assert {each.kept.entry.header.author for each in party.answers} <= {party.post}
        assert (state.state.status(party) == "silent") == (not party.answers)
