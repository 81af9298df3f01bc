"""Parties by the rosters of a line: who held an office when, who goes for a post, and who was also present."""

from __future__ import annotations

from pathlib import Path

from openline.accounts.names import Party
from openline.post.call import office_requests as asks
from openline.post.service import Service
from openline.post.source.parties import PRESENT, Roll, with_present
from openline.terms import Instant
from tests.accounts.pictures import at
from tests.post.inside import ask, together

ROSTER = """
[[office]]
name = "Chairman"
holders = [
    {name = "General Milley", until = 2023-10-01},
    {name = "General Brown", from = 2023-10-01},
]

[[office]]
name = "Secretary"
holders = [{name = "Lloyd Austin", from = 2021-01-22}]
"""


async def test_who_held_what_when(tmp_path: Path) -> None:
    async def body(here: Service, _: Service) -> None:
        await ask(here, asks.RosterPublish(line="strait", text=ROSTER))
        roll = Roll(here.names, here.post.record, here.names.line("strait"))
        me, other = here.post.keyring.card.post, here.names.peer("South")
        then, now = at("2022-11-15T00:00"), at("2024-11-27T00:00")
        assert roll.party(me, "chairman", then) == Party("North", "chairman", ("General Milley",))
        assert roll.party(me, "Chairman", now).persons == ("General Brown",)
        assert roll.party(me, "Nobody", now) == Party("North", "Nobody")
        assert roll.party(me, at=now) == Party("North", others=("General Brown", "Lloyd Austin"))
        assert roll.party(other, "Head", now) == Party("South", "Head")
        held = [(each.party.persons[0], each.begins, each.ends) for each in roll.holders()]
        change = at("2023-10-01T00:00")
        assert held[:2] == [("General Milley", Instant(0), change), ("General Brown", change, Instant(0))]
        assert all(len(each.proof) == 64 for each in roll.holders())

    await together(tmp_path, body)


def test_who_was_also_present() -> None:
    north = Party("North", "Chairman", ("General Brown",))
    assert with_present((north,), ("General Charles Q. Brown Jr.",)) == (north,)
    assert with_present((north,), ("An aide",)) == (north, Party(PRESENT, "", ("An aide",)))
