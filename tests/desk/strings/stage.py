"""Two posts with desks, an officer signed in at each, and what has to be there before something is said about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx2
import msgspec

from openline.desk.serving import desk_at
from openline.post import requests as asks
from openline.post.call.office_requests import RosterPublish
from openline.post.loop import now
from openline.post.notice.requests import NoticeAgree
from openline.post.service import Service
from openline.terms import EntryId
from openline.wire import cbor
from openline.wire.kinds import Kind
from tests.desk.inside import At
from tests.desk.strings.said import strings_of
from tests.post.inside import ask, together, until

LINE: Final = "strait"
DAY_MS: Final = 24 * 3_600_000
ROSTER: Final = '[[office]]\nname = "Chief"\n[[office]]\nname = "Deputy"\n'


@dataclass
class Side:
    """One party: its post, and a browser at its desk."""

    service: Service
    client: httpx2.AsyncClient
    sent: int = 0

    async def ask(self, method: str, name: str, fields: dict[str, Any]) -> tuple[int, Any]:
        """Status and answer of one request at the desk."""
        self.sent += 1
        if method == "GET":
            answer = await self.client.get(f"/api/v1/{name}", params=fields)
        else:
            content, kind = msgspec.json.encode(fields), {"content-type": "application/json"}
            answer = await self.client.post(f"/api/v1/{name}", content=content, headers=kind)
        assert answer.headers["content-type"] in ("application/json", "application/octet-stream"), (name, answer.text)
        return answer.status_code, answer.content if name.startswith("download/") else answer.json()

    async def do(self, name: str, /, **fields: Any) -> Any:
        """What an act answers that must succeed."""
        status, value = await self.ask("POST", name, fields)
        assert status == 200, (name, fields, value)
        return value

    async def see(self, name: str, /, **fields: Any) -> Any:
        """What a question answers that must succeed."""
        status, value = await self.ask("GET", name, fields)
        assert status == 200, (name, fields, value)
        return value

    def holds(self, entry: str) -> bool:
        """Whether an entry is kept here."""
        wanted = EntryId(bytes.fromhex(entry))
        return bool(self.service.post.record.between(wanted, wanted, 1))

    def kept(self, entry: str) -> tuple[Kind, set[str]]:
        """Of which kind an entry is, and every text that it holds, as it is kept here."""
        wanted = EntryId(bytes.fromhex(entry))
        ((line, _),) = self.service.post.record.between(wanted, wanted, 1)
        kept = self.service.post.record.entry(line, wanted)
        assert kept is not None
        texts = {each for item in kept.entry.items if item for each in strings_of(cbor.decode(item, len(item)))}
        return Kind(kept.entry.header.kind), texts


@dataclass
class Stage:
    """Both sides, and what was made for several acts to speak of."""

    north: Side
    south: Side
    _made: dict[str, tuple[str, int]] = field(default_factory=dict)

    async def heard(self, entry: str) -> str:
        """The same entry, once both have it."""
        await until(lambda: self.north.holds(entry) and self.south.holds(entry))
        return entry

    async def some(self, what: str, make: Callable[[], Awaitable[str]], uses: int = 24) -> str:
        """The id of something that so many acts may speak of before another one is made."""
        entry, left = self._made.get(what, ("", 0))
        if left == 0:
            entry, left = await self.heard(await make()), uses
        self._made[what] = entry, left - 1
        return entry

    async def message(self) -> str:
        """A message of North."""
        return str((await self.north.do("send", line=LINE, text="Boat 17."))["id"])

    async def contact(self) -> str:
        """A contact that North asked for."""
        called = [["South", "Chief"]]
        fields = {
            "line": LINE,
            "office": "Chief",
            "called": called,
            "reply_by": now() + DAY_MS,
            "precedence": "routine",
        }
        return str((await self.north.do("call-ask", **fields))["id"])

    async def accepted(self) -> str:
        """One that South has accepted."""
        contact = await self.heard(await self.contact())
        await self.heard((await self.south.do("call-answer", contact=contact, reply="accepted"))["id"])
        return contact

    async def held(self) -> str:
        """One whose call was held."""
        contact = await self.accepted()
        await self.heard((await self.north.do("call-close", contact=contact, outcome="held"))["id"])
        return contact

    async def notice(self) -> str:
        """A notice of North, with a contact in the field."""
        status, value = await self.north.ask("POST", "notice-send", notice())
        assert status == 200, value
        return str(value["id"])

    async def stop(self) -> str:
        """A STOP of North."""
        return str((await self.north.do("stop-send", line=LINE, what="Ferry", where="Narrows"))["id"])

    async def incident(self) -> str:
        """An incident that North opened."""
        fields = {"line": LINE, "title": "Blast", "place": "Narrows", "precedence": "routine"}
        return str((await self.north.do("incident-open", **fields))["id"])

    async def claim(self) -> str:
        """A claim of North."""
        return str((await self.north.do("claim-put", to=[[LINE, []]], text="You fired."))["id"])

    async def inquiry(self) -> str:
        """An inquiry of North."""
        return str((await self.north.do("inquiry-ask", line=LINE, peer="South", what="Exercise"))["id"])

    async def statement(self) -> str:
        """A joint statement that North drafts."""
        fields = {"line": LINE, "about": "Calm", "languages": ["en", "ru"], "one_person": True}
        return str((await self.north.do("statement-draft", **fields))["id"])

    async def together(self) -> str:
        """A simultaneous exchange that North opened."""
        at = now()
        fields = {"line": LINE, "peers": ["South"], "commit_by": at + DAY_MS, "reveal_by": at + 2 * DAY_MS}
        return str((await self.north.do("together-open", **fields, text="Lists"))["id"])


def notice(**fields: Any) -> dict[str, Any]:
    """What a plain notice says."""
    at = now()
    return {
        "line": LINE,
        "form": "warning",
        "areas": [{"kind": "circle", "center": [10.0, 50.0], "radius_m": 1000.0}],
        "windows": [{"start": at + DAY_MS, "end": at + 2 * DAY_MS}],
        "contacts": [["Boat", "VHF 16"]],
        **fields,
    }


@asynccontextmanager
async def _at_desks(here: Service, there: Service) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        sides = []
        for service, name in ((here, "Berg"), (there, "Cole")):
            opened = await stack.enter_async_context(desk_at(("127.0.0.1", 0))(service))
            at = At(service, opened.address, opened.first)
            roles = ("watch officer", "releaser", "administrator")
            sides.append(Side(service, await stack.enter_async_context(at.officer(name, *roles))))
        yield Stage(north=sides[0], south=sides[1])


async def _agreed(here: Service, there: Service, request: asks.AnyRequest) -> None:
    """North proposes terms, and South accepts them."""
    one, other = (service.names.machine_line(service.names.line(LINE)) for service in (here, there))
    assert one is not None
    assert other is not None
    version = one.terms.version
    await ask(here, request)
    await until(lambda: bool(other.offers))
    await ask(there, asks.LineAccept(line=LINE))
    await until(lambda: one.terms.version == other.terms.version == version + 1)


async def with_stage(folder: Path, body: Callable[[Stage], Awaitable[None]]) -> None:
    """Do something at both desks, on a line whose rules allow all that can be said."""

    async def within(here: Service, there: Service) -> None:
        await _agreed(here, there, asks.LineRules(line=LINE, text="others-told = true\ntwo-persons = []\n"))
        await _agreed(here, there, NoticeAgree(line=LINE))
        await ask(here, asks.OfficerAdd(officer="Aas"))
        for service in (here, there):
            await ask(service, RosterPublish(line=LINE, text=ROSTER))
        async with _at_desks(here, there) as stage:
            await body(stage)

    await together(folder, within)
