"""What follows a call is found by its contact; what names other parties than the contact's is set apart."""

from __future__ import annotations

from pathlib import Path

from openline.engine.machines import MINUTE
from openline.errors import Misuse
from openline.exchanges.contact import State, fold
from openline.feeds.folding import Folded
from openline.feeds.record import KeepEntry, Kept
from openline.post.service import Service
from openline.post.talk import minute_requests as asks
from openline.post.talk import talks
from openline.sim.record import MemoryRecord
from openline.wire.contact import Outcome
from tests.exchanges.contacts import closing, request
from tests.exchanges.talks import minute
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, LINE
from tests.post.conversations import call, refused
from tests.post.inside import ask, together


def contact(*entries: Kept) -> Folded[State]:
    folded = fold(entries)
    assert folded is not None
    return folded


def test_the_parties_of_a_minute_are_those_who_spoke() -> None:
    asked = request(to=(BRAVO, CHARLIE))
    assert talks.took_part(contact(asked).state) == (ALPHA, BRAVO, CHARLIE)
    held = closing(ALPHA, 2, asked, Outcome.HELD, post=CHARLIE)
    state = contact(asked, held).state
    assert talks.took_part(state) == (ALPHA, CHARLIE)
    assert talks.parties(state) == (ALPHA, BRAVO, CHARLIE)


def test_a_minute_with_other_parties_is_none_of_the_contact() -> None:
    asked = request()
    ours = minute(ALPHA, 2, contact=asked.entry.id)
    again = minute(BRAVO, 1, contact=asked.entry.id)
    foreign = minute(BRAVO, 2, contact=asked.entry.id, parties=(BRAVO, CHARLIE))
    elsewhere = minute(BRAVO, 3)
    record = MemoryRecord()
    record.commit([KeepEntry(each.entry, each.at) for each in (asked, ours, again, foreign, elsewhere)])
    found = talks.about(record, LINE, MINUTE, contact(asked).state)
    assert [each.head for each in found.own] == [min(ours.entry.id, again.entry.id)]
    assert [each["id"] for each in found.ignored()] == [foreign.entry.id.hex()]
    assert found.of((BRAVO, ALPHA)) is found.by(ALPHA) is found.own[0]
    assert found.of((ALPHA, CHARLIE)) is found.by(CHARLIE) is None


async def test_an_entry_leads_to_its_contact(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        asked = await call(here, there)
        point = (await ask(here, asks.MinuteDraft(contact=asked, text="One.")))["id"]
        promise = (await ask(here, asks.CommitMake(contact=point, text="Two.", due=1)))["id"]
        for entry in (asked, point, promise):
            assert (await ask(here, asks.MinuteShow(contact=entry)))["contact"] == asked
        assert isinstance(await refused(here, asks.MinuteWord(point=promise)), Misuse)

    await together(tmp_path, body)
