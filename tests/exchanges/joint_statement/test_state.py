"""What a joint statement is at one moment: its text, its digest, who approved it."""

from __future__ import annotations

from openline.exchanges.joint_statement import Status
from openline.terms import EntryId
from openline.wire.joint_statement import Change, version_digest
from tests.exchanges.joints import ENGLISH, FRENCH, THREE, Room, change, closed, drafted
from tests.feeds.histories import ALPHA, BRAVO


def complete(room: Room) -> bool:
    return room.state.complete


def ready(room: Room) -> bool:
    return room.state.ready


def test_the_digest_is_over_every_line_in_every_language_in_order() -> None:
    room = drafted()
    opened = room.opened.entry.id
    assert room.state.digest() == version_digest(opened, 1, ("en", "fr"), [(ENGLISH, FRENCH)])
    digests = {
        version_digest(opened, 1, ("en", "fr"), [(ENGLISH, FRENCH)]),
        version_digest(opened, 2, ("en", "fr"), [(ENGLISH, FRENCH)]),
        version_digest(opened, 1, ("fr", "en"), [(ENGLISH, FRENCH)]),
        version_digest(opened, 1, ("en", "fr"), [(ENGLISH, FRENCH + ".")]),
        version_digest(opened, 1, ("en", "fr"), [(ENGLISH, ""), ("", FRENCH)]),
        version_digest(EntryId(bytes(32)), 1, ("en", "fr"), [(ENGLISH, FRENCH)]),
    }
    assert len(digests) == 6


def test_a_text_is_complete_when_no_line_lacks_a_language() -> None:
    room = Room()
    assert not complete(room)
    made = room.write(change, ALPHA, Change.ADD, en=ENGLISH)
    assert not complete(room)
    room.write(change, ALPHA, Change.AMEND, made, revision=1, fr=FRENCH)
    assert complete(room)
    room.write(change, ALPHA, Change.STRIKE, made, revision=2)
    assert room.state.text() == ()
    assert not complete(room)


def test_ready_is_before_the_release_alone() -> None:
    room = drafted()
    room.approve(*THREE)
    assert ready(room)
    assert room.state.needed == 3
    room.write(closed, ALPHA, room.state.digest())
    assert not ready(room)
    assert drafted(needed=2).state.needed == 2
    assert drafted(one_person=False).state.persons == 2


def test_lines_and_proposals_are_found_by_their_entries() -> None:
    room = drafted()
    proposal = room.write(change, BRAVO, Change.AMEND, room.entries[1], revision=1, en="No.")
    found = room.state.proposal(proposal.entry.id)
    assert found is not None
    assert (found.author, found.status) == (BRAVO, Status.OPEN)
    assert room.state.proposal(room.opened.entry.id) is None
    assert room.state.line(room.entries[1].entry.id) == room.state.lines[0]
    assert room.state.line(room.opened.entry.id) is None
