"""Files for a browser: whole, by those who may, one at a time, and nothing of them stays in the home."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, cast

import pytest

from openline.desk import downloads
from openline.desk.downloads import DOWNLOADS, PREFIX
from openline.desk.serving import desk_at
from openline.errors import TooBusy
from openline.post import requests as asks
from openline.post import service
from openline.post.call import requests as calls
from openline.post.loop import now
from openline.post.people.accounts import ROLES
from openline.post.service import Service
from openline.post.verifying import verify
from tests.desk.inside import At, code, with_desk
from tests.post.inside import ask, together

BUNDLE = "/api/v1/download/export"


def left(at: At) -> list[Path]:
    """What lies in the home of a download."""
    return list(at.service.post.keyring.home.path.glob(f"{PREFIX}*"))


async def on_a_line(folder: Path, body: Callable[[At], Awaitable[Any]]) -> None:
    """Do something at the desk of North, who shares the line `strait` with South."""

    async def within(here: Service, there: Service) -> None:
        async with desk_at(("127.0.0.1", 0))(here) as opened:
            await body(At(here, opened.address, opened.first))

    await together(folder, within)


async def test_a_bundle_comes_whole_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(at: At) -> None:
        (at.service.post.keyring.home.path / f"{PREFIX}old").mkdir()
        await ask(at.service, asks.Send(line="strait", text="Boat 17."))
        async with at.officer("Berg", "viewer") as client:
            sent = await client.post(BUNDLE, json={"line": "strait"})
            assert sent.headers["content-disposition"] == 'attachment; filename="record.bundle"'
            assert (sent.status_code, left(at)) == (200, [])
            file = tmp_path / "bundle"
            file.write_bytes(sent.content)
            cards = {each.card.post: each.card for each in at.service.post.trust.peers.values()}
            own = at.service.post.keyring.card
            assert verify(file, "", {**cards, own.post: own}).ok
            assert b"Boat 17." in sent.content
            sent = await client.post(BUNDLE, json={"line": "strait", "withhold_all": True})
            assert b"Boat 17." not in sent.content
            monkeypatch.setattr(downloads, "LARGEST_BYTES", 9)
            assert code(await client.post(BUNDLE, json={"line": "strait"})) == "too-large"
            assert left(at) == []

    await on_a_line(tmp_path, body)


async def test_a_certificate_is_signed_by_who_asks(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        call = calls.CallAsk(line="strait", office="Head", called=(("South", "Head"),), reply_by=now() + 600_000)
        contact = (await ask(at.service, call))["id"]
        async with at.officer("Berg", "watch officer") as client:
            sent = await client.post("/api/v1/download/call-certificate", json={"contact": contact})
            assert sent.status_code == 200, sent.text
            assert sent.headers["content-type"] == "application/octet-stream"
        shown = await ask(at.service, calls.CallShow(contact=contact))
        (certificate,) = shown["parties"][0]["certificates"]
        assert certificate["officer"] == "Berg"

    await on_a_line(tmp_path, body)


async def test_who_may_not_and_what_is_no_request(tmp_path: Path) -> None:
    async def body(at: At) -> None:
        async with at.stranger() as stranger:
            assert code(await stranger.post(BUNDLE, json={"line": "strait"})) == "not-signed-in"
        for role in ROLES:
            async with at.officer("Aas", role) as client:
                for name, each in DOWNLOADS.items():
                    answer = await client.post(f"/api/v1/download/{name}", json={})
                    assert (code(answer) == "role-needed") == (role not in each.route.roles), (role, name)
        async with at.officer("Aas", "watch officer") as client:
            wrongs: list[Any] = [{"file": "elsewhere"}, {"line": 5}, {"colour": "red"}, []]
            for wrong in wrongs:
                assert code(await client.post(BUNDLE, json=wrong)) == "bad-request"
            assert code(await client.post(BUNDLE, json={"line": "none"})) == "unknown-name"
            assert code(await client.post("/api/v1/download/backup", json={})) == "unknown-name"
            assert (await client.get(BUNDLE)).status_code == 405
            assert left(at) == []

    await with_desk(tmp_path, body)


async def test_one_file_at_a_time_and_a_failure_frees_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def body(at: At) -> None:
        async with at.officer("Aas", "viewer") as client:
            codes: list[str] = []

            async def second(speaker: Service, request: asks.Export) -> Any:
                codes.append(code(await client.post(BUNDLE, json={"line": "strait"})))
                raise TooBusy("The first fails.")

            monkeypatch.setitem(cast(dict[type, Any], service._ANSWERS), asks.Export, second)
            codes.append(code(await client.post(BUNDLE, json={"line": "strait"})))
            assert codes == ["too-busy", "too-busy"]
            monkeypatch.undo()
            assert code(await client.post(BUNDLE, json={"line": "strait"})) == "unknown-name"

    await with_desk(tmp_path, body)
