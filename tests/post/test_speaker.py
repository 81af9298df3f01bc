"""A speaker gives the machine commands: what was written has an id, what was refused comes as its error."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.engine import events
from openline.engine.effects import Answer, Parcel, Refuse
from openline.errors import InternalError, NotAllowed, UnknownName
from openline.post.loop import now
from openline.post.service import Service
from openline.post.speaker import told
from openline.terms import Instant, LineId, PostId, TrafficClass
from openline.wire.kinds import Kind
from openline.wire.linkcheck import OUTAGE, Outage, Silence
from tests.post.inside import together


def test_an_outcome_is_a_value_or_an_error() -> None:
    assert told(Answer(1, LineId(bytes(32)))) == "00" * 32
    assert isinstance(told(Refuse(1, NotAllowed("No."))), NotAllowed)
    assert isinstance(told(Parcel(1, PostId(bytes(32)), ())), InternalError)


async def test_what_is_written_is_in_the_record_and_what_is_not_is_raised(tmp_path: Path) -> None:
    async def body(here: Service, _: Service) -> None:
        line = here.names.line("strait")
        silence = OUTAGE.item(Outage(begins=now(), ends=Instant(now() + 60_000), why=Silence.OUTAGE))
        wrote = await here.say(line, Kind.OUTAGE, (silence,), traffic=TrafficClass.EXERCISE)
        assert here.names.entry(wrote["id"]).entry.header.traffic == TrafficClass.EXERCISE
        with pytest.raises(UnknownName):
            await here.command(lambda number: events.ChangeMembers(number, LineId(bytes(32))))

    await together(tmp_path, body)
