"""Joint statements: every state meets every event, one hand holds the pen, no order of arrival counts."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField
from openline.exchanges.joint_statement import State, Status, begin, fold, objection
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.limits import JOINT_LINES_MAX, JOINT_PROPOSALS_MAX
from openline.terms import EntryId, Instant, PostId, TrafficClass
from openline.wire.joint_statement import Change
from openline.wire.kinds import Kind
from tests.exchanges.joints import SECOND, THREE, Room, add, approval, change, closed, drafted, statement, word
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark, message

STRANGER = PostId(b"x" * 32)


def folded(*entries: Kept) -> Folded[State]:
    state = fold(entries)
    assert state is not None
    return state


def complete(room: Room) -> bool:
    return room.state.complete


def ready(room: Room) -> bool:
    return room.state.ready


def proposed() -> Room:
    room = drafted()
    room.write(change, BRAVO, Change.AMEND, room.entries[1], revision=1, en="We all reject the claim.")
    return room


def approved(*who: PostId) -> Room:
    room = drafted()
    room.approve(*who)
    return room


def released() -> Room:
    room = approved(*THREE)
    room.write(closed, ALPHA, room.state.digest())
    return room


def withdrawn() -> Room:
    room = drafted()
    room.write(closed, ALPHA)
    return room


ROOMS = {
    "opened": Room(),
    "drafted": drafted(),
    "proposed": proposed(),
    "approved by two": approved(ALPHA, BRAVO),
    "approved by all": approved(*THREE),
    "released": released(),
    "withdrawn": withdrawn(),
}
OVER = {"released", "withdrawn"}

Make = Callable[[Room], Kept]
Rule = Callable[[str], bool]


class Event(msgspec.Struct, frozen=True):
    """An entry, and in which states it is taken."""

    make: Make
    taken: Rule


def running(state: str) -> bool:
    return state not in OVER


def never(state: str) -> bool:
    return False


def has_text(state: str) -> bool:
    return running(state) and state != "opened"


def line(room: Room) -> Kept:
    """The first line, or what is none."""
    return room.entries[min(1, len(room.entries) - 1)]


def latest(room: Room) -> int:
    return room.state.revision


def digest(room: Room) -> bytes:
    return room.state.digest()


EVENTS = {
    "a line": Event(lambda room: room.made(add, ALPHA, revision=latest(room)), running),
    "a line at the beginning": Event(lambda room: room.made(add, ALPHA, room.opened, revision=latest(room)), running),
    "a line after another": Event(lambda room: room.made(add, ALPHA, line(room), revision=latest(room)), running),
    "a line after none": Event(lambda room: room.made(add, ALPHA, refers=(room.opened.entry.id, STRANGER)), never),
    "a line in another language": Event(lambda room: room.made(add, ALPHA, ru="Нет.", revision=latest(room)), never),
    "a line on an old version": Event(lambda room: room.made(add, ALPHA, revision=0), lambda state: state == "opened"),
    "a line on a version to come": Event(lambda room: room.made(add, BRAVO, revision=latest(room) + 1), never),
    "a line that another proposes": Event(lambda room: room.made(add, BRAVO), running),
    "a line by a stranger": Event(lambda room: add(STRANGER, 1, room.opened), never),
    "a line by a machine": Event(lambda room: room.made(add, ALPHA, revision=latest(room), act=None), never),
    "a line in another class": Event(
        lambda room: room.made(add, ALPHA, revision=latest(room), traffic=TrafficClass.DRILL), never
    ),
    "a line of no statement": Event(lambda room: room.made(add, ALPHA, revision=latest(room), refers=()), never),
    "amended": Event(
        lambda room: room.made(change, ALPHA, Change.AMEND, line(room), revision=latest(room), fr="Non."), has_text
    ),
    "struck": Event(lambda room: room.made(change, ALPHA, Change.STRIKE, line(room), revision=latest(room)), has_text),
    "accepted": Event(lambda room: room.made(word, ALPHA, room.entries[-1]), lambda state: state == "proposed"),
    "rejected": Event(lambda room: room.made(word, ALPHA, room.entries[-1], False), lambda state: state == "proposed"),
    "a word of a third": Event(
        lambda room: room.made(word, CHARLIE, room.entries[-1]), lambda state: state == "proposed"
    ),
    "accepted by its proposer": Event(lambda room: room.made(word, BRAVO, room.entries[-1]), never),
    "taken back by its proposer": Event(
        lambda room: room.made(word, BRAVO, room.entries[-1], False), lambda state: state == "proposed"
    ),
    "a word on nothing": Event(lambda room: room.made(word, ALPHA, room.opened, refers=(room.opened.entry.id,)), never),
    "approved": Event(
        lambda room: room.made(approval, CHARLIE, digest(room)),
        lambda state: state in ("drafted", "proposed", "approved by two"),
    ),
    "approved by another officer": Event(
        lambda room: room.made(approval, CHARLIE, digest(room), act=SECOND),
        lambda state: state not in ("opened", "withdrawn"),
    ),
    "approved by a machine": Event(lambda room: room.made(approval, CHARLIE, digest(room), act=None), never),
    "approved, another version": Event(lambda room: room.made(approval, CHARLIE, bytes(32)), running),
    "taken back": Event(
        lambda room: room.made(approval, CHARLIE, digest(room), back=True), lambda state: state == "approved by all"
    ),
    "released": Event(lambda room: room.made(closed, ALPHA, digest(room)), lambda state: state == "approved by all"),
    "released by another": Event(lambda room: room.made(closed, BRAVO, digest(room)), never),
    "another version released": Event(lambda room: room.made(closed, ALPHA, bytes(32)), never),
    "withdrawn": Event(lambda room: room.made(closed, ALPHA), running),
    "withdrawn by another": Event(lambda room: room.made(closed, BRAVO), never),
    "opened again": Event(lambda room: statement(BRAVO, 50, exchange=room.opened.entry.id), never),
    "message": Event(
        lambda room: message(BRAVO, 50, exchange=room.opened.entry.id, refers=(room.opened.entry.id,)), never
    ),
    "mark": Event(lambda room: mark(BRAVO, 50, Kind.SEEN, room.opened), never),
}


@pytest.mark.parametrize(("state", "event"), list(itertools.product(ROOMS, EVENTS)))
def test_every_state_meets_every_event(state: str, event: str) -> None:
    room = ROOMS[state]
    entry = EVENTS[event].make(room)
    before, after = folded(*room.entries), folded(*room.entries, entry)
    assert (after.why_not(entry.entry.id) is None) == EVENTS[event].taken(state), after.why_not(entry.entry.id)
    if not EVENTS[event].taken(state):
        assert after.state == before.state


def test_what_opens_it_is_an_officers_word_about_parties() -> None:
    assert begin(statement()).parties == THREE
    for bad in (statement(act=None), statement(exchange=EntryId(bytes(32))), add(ALPHA, 1, statement())):
        with pytest.raises(BadField):
            begin(bad)
        assert fold([bad]) is None


def test_lines_stand_where_they_were_put_and_struck_ones_keep_their_place() -> None:
    room = drafted()
    first = room.entries[1]
    room.write(add, ALPHA, revision=1, en="Third.")
    room.write(add, ALPHA, first, revision=2, en="Second.")
    room.write(add, ALPHA, room.opened, revision=3, en="Zeroth.")
    assert [each[0] for each in room.state.text()] == ["Zeroth.", "We reject the claim.", "Second.", "Third."]
    room.write(change, ALPHA, Change.STRIKE, first, revision=4)
    room.write(add, ALPHA, first, revision=5, en="In its place.")
    assert [each[0] for each in room.state.text()] == ["Zeroth.", "In its place.", "Second.", "Third."]


def test_a_line_lacks_a_language_until_somebody_gives_it() -> None:
    room = Room()
    made = room.write(change, ALPHA, Change.ADD, en="We reject it.")
    assert not complete(room)
    early = room.made(approval, BRAVO, room.state.digest())
    assert folded(*room.entries, early).why_not(early.entry.id) == "a line lacks a language"
    offered = room.write(change, CHARLIE, Change.AMEND, made, revision=1, fr="Nous le rejetons.")
    room.write(word, ALPHA, offered)
    assert complete(room)
    assert room.state.text() == (("We reject it.", "Nous le rejetons."),)


def test_amendments_say_who_changed_what_from_what_to_what() -> None:
    room = proposed()
    proposal = room.entries[-1]
    assert room.state.proposals[0].before == {"en": "We reject the claim."}
    assert room.state.revision == 1
    yes = room.write(word, ALPHA, proposal)
    edit = room.state.edits[-1]
    assert (edit.kept, edit.accepted, edit.revision) == (proposal, yes, 2)
    assert (edit.before, edit.after) == ({"en": "We reject the claim."}, {"en": "We all reject the claim."})
    assert room.state.proposals[0].status is Status.ACCEPTED


def test_a_change_proposed_on_a_line_that_changed_since_is_not_accepted() -> None:
    for ours in ({"en": "Otherwise."}, {"fr": "Autrement."}):
        room = proposed()
        proposal, made = room.entries[-1], room.entries[1]
        room.write(change, ALPHA, Change.AMEND, made, revision=1, **ours)
        yes = room.made(word, ALPHA, proposal)
        why = folded(*room.entries, yes).why_not(yes.entry.id)
        assert (why is None) == ("fr" in ours), why
    struck = drafted()
    strike = struck.write(change, BRAVO, Change.STRIKE, struck.entries[1], revision=1)
    struck.write(change, ALPHA, Change.AMEND, struck.entries[1], revision=1, fr="Autrement.")
    yes = struck.made(word, ALPHA, strike)
    assert folded(*struck.entries, yes).why_not(yes.entry.id) is not None


def test_a_change_of_the_text_takes_the_approvals_from_it_even_where_it_is_taken_back() -> None:
    room = approved(*THREE)
    first = room.state.digest()
    room.write(change, ALPHA, Change.AMEND, room.entries[1], revision=1, en="Otherwise.")
    assert room.state.approved() == ()
    room.write(change, ALPHA, Change.AMEND, room.entries[1], revision=2, en="We reject the claim.")
    assert room.state.text() == approved().state.text()
    assert room.state.digest() != first
    assert room.state.approved() == ()
    early = room.made(closed, ALPHA, room.state.digest())
    assert "too few" in str(folded(*room.entries, early).why_not(early.entry.id))


def test_so_many_parties_approve_as_were_agreed() -> None:
    room = drafted(needed=2)
    room.approve(ALPHA)
    assert not ready(room)
    room.approve(CHARLIE)
    assert ready(room)
    room.write(closed, ALPHA, room.state.digest())
    assert room.state.closed is not None
    room.approve(BRAVO)
    assert room.state.approved() == THREE


def test_two_persons_approve_for_a_party() -> None:
    room = drafted(one_person=False, needed=2)
    room.approve(ALPHA, BRAVO)
    assert room.state.approved() == ()
    room.approve(ALPHA, act=SECOND)
    assert room.state.approved() == (ALPHA,)
    again = room.made(approval, BRAVO, room.state.digest())
    assert "already" in str(folded(*room.entries, again).why_not(again.entry.id))
    room.approve(BRAVO, act=SECOND)
    assert ready(room)


def test_nothing_is_released_before_its_time() -> None:
    room = drafted(not_before=Instant(1_000))
    room.approve(*THREE)
    for at, taken in ((999, False), (1_000, True)):
        entry = room.made(closed, ALPHA, room.state.digest(), at=at)
        assert (folded(*room.entries, entry).why_not(entry.entry.id) is None) == taken


def test_the_drafter_releases_on_what_it_had() -> None:
    room = approved(ALPHA, BRAVO)
    theirs = room.write(approval, CHARLIE, room.state.digest())
    blind = room.made(closed, ALPHA, room.state.digest(), knew={BRAVO: 1, CHARLIE: 0})
    for entries in itertools.permutations((*room.entries, blind)):
        assert folded(*entries).why_not(blind.entry.id) == "too few parties have approved this version"
    seeing = room.made(closed, ALPHA, room.state.digest(), knew={BRAVO: 1, CHARLIE: 1})
    assert folded(*room.entries, seeing).why_not(seeing.entry.id) is None
    assert theirs in room.entries


def test_an_approval_taken_back_before_the_release_counts_not_and_one_that_crossed_it_does() -> None:
    room = approved(*THREE)
    knew = room.heard(ALPHA)
    back = room.write(approval, CHARLIE, room.state.digest(), back=True)
    assert room.state.approved() == (ALPHA, BRAVO)
    crossed = room.made(closed, ALPHA, room.state.digest(), knew=knew)
    for entries in itertools.permutations((*room.entries[2:], crossed)):
        state = folded(*room.entries[:2], *entries).state
        assert state.closed is not None
        assert state.closed.released
        assert [each.back for each in state.approvals if each.party == CHARLIE] == [back]
    late = room.made(closed, ALPHA, room.state.digest())
    assert folded(*room.entries, late).why_not(late.entry.id) is not None
    over = released()
    never_mind = over.made(approval, CHARLIE, over.state.digest(), back=True)
    assert "stands" in str(folded(*over.entries, never_mind).why_not(never_mind.entry.id))


def test_who_took_an_approval_back_may_approve_again() -> None:
    room = approved(CHARLIE)
    room.write(approval, CHARLIE, room.state.digest(), back=True)
    room.approve(CHARLIE)
    assert room.state.approved() == (CHARLIE,)


def test_nobody_approves_what_was_not_read() -> None:
    room = drafted()
    stale = room.made(approval, BRAVO, Room().state.digest())
    assert "changed" in str(objection(folded(*room.entries, stale), stale.entry.id, BRAVO))
    fresh = room.made(approval, BRAVO, room.state.digest())
    assert objection(folded(*room.entries, fresh), fresh.entry.id, BRAVO) is None
    assert objection(folded(*room.entries), room.entries[1].entry.id, ALPHA) is None


def test_nobody_fills_a_statement_without_end() -> None:
    room = Room()
    proposals = [add(BRAVO, at, room.opened) for at in range(1, JOINT_PROPOSALS_MAX + 2)]
    assert len(folded(room.opened, *proposals).ignored) == 1
    lines = [add(ALPHA, at + 2, room.opened, revision=at) for at in range(JOINT_LINES_MAX + 1)]
    assert len(folded(room.opened, *lines).state.lines) == JOINT_LINES_MAX


@st.composite
def talks(draw: st.DrawFn) -> list[Kept]:
    """Three posts amend, accept, approve, take back and release, each knowing some of what the others did."""
    room = Room(needed=2)
    knew: dict[PostId, dict[PostId, int]] = {post: {} for post in THREE}
    for _ in range(draw(st.integers(0, 10))):
        author = draw(st.sampled_from(THREE))
        for post, reached in room.heard(author).items():
            least = max(knew[author].get(post, 0), int(post == ALPHA))
            knew[author][post] = draw(st.integers(min(least, reached), reached))
        seen = [
            each
            for each in room.entries
            if each.entry.header.author == author
            or knew[author].get(each.entry.header.author, 0) >= each.entry.header.number
        ]
        _next(draw, room, Room(*seen), author, dict(knew[author]))
    return room.entries


def _next(draw: st.DrawFn, room: Room, seen: Room, author: PostId, knew: dict[PostId, int]) -> None:
    state, drafts = seen.state, [each for each in seen.entries if each.entry.header.kind == Kind.JOINT_CHANGE]
    sort = draw(st.sampled_from(("add", "approve", "close", "amend", "strike", "word", "back")))
    if sort == "add" or (not drafts and sort in ("amend", "strike", "word")):
        room.write(add, author, revision=state.revision, knew=knew)
    elif sort in ("amend", "strike"):
        what, texts = (Change.AMEND, {"fr": "Autrement."}) if sort == "amend" else (Change.STRIKE, {})
        room.write(change, author, what, draw(st.sampled_from(drafts)), revision=state.revision, knew=knew, **texts)
    elif sort == "word":
        room.write(word, author, draw(st.sampled_from(drafts)), draw(st.booleans()), knew=knew)
    elif sort == "close":
        room.write(closed, author, draw(st.sampled_from((state.digest(), b""))), knew=knew)
    else:
        room.write(approval, author, state.digest(), back=sort == "back", knew=knew)


@given(talks(), st.randoms())
def test_the_order_of_arrival_makes_no_difference(entries: list[Kept], chance: st.DataObject) -> None:
    shuffled = list(entries)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = folded(*entries), folded(*shuffled)
    assert one == other
    assert one.state.digest() == other.state.digest()
    closings = [each for each in entries if each.entry.header.kind == Kind.JOINT_CLOSED]
    taken = [each for each in closings if one.why_not(each.entry.id) is None]
    assert len(taken) <= 1
    if one.state.closed is not None and one.state.closed.released:
        assert len(one.state.approved(one.state.closed.kept)) >= one.state.needed
