"""Which contacts of a world are judged, and what of them is compared."""

from __future__ import annotations

import msgspec

from openline.engine.machines import INQUIRY
from openline.sim import contacts
from openline.sim.world import Setting, World
from openline.terms import Instant
from tests.exchanges.asking import inquiry, reply
from tests.feeds.histories import BRAVO


def played() -> World:
    world = World(5, Setting(posts=2, liar=False, entries=60, faults=False, calls=True), checkers=list)
    world.people.first_members = ()
    world.run()
    return world


def test_each_contact_once_as_every_member_holds_it() -> None:
    world = played()
    found = list(contacts.folded(world))
    heads = [next(iter(states.values())).head for states in found]
    assert found
    assert len(set(heads)) == len(heads)
    for states in found:
        assert set(states) == set(world.members())
        assert len({repr(contacts.shown(folded)) for folded in states.values()}) == 1


def test_what_was_disowned_or_lied_about_is_left_out() -> None:
    world = played()
    held = next(iter(contacts.entries(world)))
    count = len(list(contacts.entries(world)))
    world.disowned = {kept.entry.id for kept in next(iter(held.values()))}
    assert len(list(contacts.entries(world))) == count - 1
    world.line = None
    assert list(contacts.entries(world)) == []


def test_an_exchange_is_alike_at_all_members_or_not() -> None:
    asked = inquiry()
    said = reply(BRAVO, 1, asked)
    first, second = World(5, Setting(posts=2, liar=False)).posts.values()
    kept_later = msgspec.structs.replace(asked, at=Instant(7))
    same = contacts.alike({first: [asked, said], second: [said, kept_later]}, INQUIRY)
    assert same is not None
    assert same.state.status == "answered"
    assert contacts.alike({first: [asked, said], second: [asked]}, INQUIRY) is None
    assert contacts.had(said, asked)
    assert not contacts.had(asked, said)
