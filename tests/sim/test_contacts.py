"""Which contacts of a world are judged, and what of them is compared."""

from __future__ import annotations

from openline.sim import contacts
from openline.sim.world import Setting, World


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
