"""Own assets are held against what is in force, and leave no trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.areas.shapes import Circle
from openline.areas.windows import Window
from openline.errors import Misuse
from openline.post.loop import now
from openline.post.notice import requests as asks
from openline.post.service import Service
from openline.terms import Instant
from tests.post.inside import ask
from tests.post.told import agreed

HOUR = 3_600_000
SHIPS = b"name,lat,lon\nUSS Quiet Secret,34.25,33.5\nTug 3,35.2,20.0\nBroken,95,20\n"


def stored_in(folder: Path) -> bytes:
    """All that is in the files of both homes."""
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


async def test_a_ship_inside_is_warned_of_and_nothing_is_kept(tmp_path: Path) -> None:
    async def body(here: Service, _: Service) -> None:
        begins = now()
        sent = await ask(
            here,
            asks.NoticeSend(
                line="strait",
                form="hazardous-operation",
                areas=(Circle((33.5, 34.25), 9260.0, 5.0),),
                windows=(Window(Instant(begins), Instant(begins + HOUR)),),
                fields={"operation": "salvage", "hazard": "blasting"},
            ),
        )
        found = await ask(here, asks.AssetCheck(source=SHIPS, at=begins + HOUR // 2))
        assert [(each["asset"], each["kind"], each["notice"]) for each in found["warnings"]] == [
            ("USS Quiet Secret", "inside", sent["id"])
        ]
        assert {each["name"] for each in found["assets"]} == {"USS Quiet Secret", "Tug 3"}
        assert found["refused"]
        assert (await ask(here, asks.AssetCheck(source=SHIPS, at=begins + 2 * HOUR)))["warnings"] == []
        with pytest.raises(Misuse):
            await ask(here, asks.AssetCheck(source=b"{", at=begins))
        assert b"Quiet Secret" not in stored_in(tmp_path)

    await agreed(tmp_path, body)
