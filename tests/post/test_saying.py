"""Writing into an exchange: it goes where the exchange is, in its class, and as urgently as what opened it."""

from __future__ import annotations

from pathlib import Path

from openline.engine.conversing import gather
from openline.exchanges import outage
from openline.post.call.check_requests import OutageAnnounce
from openline.post.loop import now
from openline.post.saying import say_in
from openline.post.service import Service
from openline.terms import EntryId, Precedence
from openline.wire.kinds import Kind
from tests.post.inside import ask, together


async def test_what_is_said_in_an_exchange_is_like_what_opened_it(tmp_path: Path) -> None:
    async def body(here: Service, _: Service) -> None:
        for given, wanted in ((None, Precedence.PRIORITY), (Precedence.FLASH, Precedence.FLASH)):
            request = OutageAnnounce(line="strait", begins=now(), ends=now() + 60_000)
            opening = EntryId(bytes.fromhex((await ask(here, request))["id"]))
            line = here.names.line("strait")
            folded = outage.fold(gather(here.post.record, line, opening))
            assert folded is not None
            said = await say_in(here, folded, Kind.OUTAGE_OVER, (), "", precedence=given)
            header = here.names.entry(said["id"]).entry.header
            assert (header.line, header.exchange, header.refers) == (line, opening, (opening,))
            assert (header.precedence, header.traffic) == (wanted, folded.entries[0].entry.header.traffic)

    await together(tmp_path, body)
