"""Warnings read at a desk: what is understood, refused and doubted, and nothing is sent."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from openline.errors import Misuse
from openline.post.notice import requests as asks
from openline.post.service import Service
from tests.post.inside import ask
from tests.post.told import agreed

TEXT = b"""HYDROLANT 12/22(51). EASTERN MEDITERRANEAN.
1. HAZARDOUS OPERATIONS 010600Z TO 011800Z DEC 26
IN AREA BOUND BY
34-15N 033-30E, 34-15N 034-30E, 35-00N 034-00E.
2. CANCEL THIS MSG 011900Z DEC 26.
"""


async def test_what_is_read_can_be_imported(tmp_path: Path) -> None:
    async def body(here: Service, _: Service) -> None:
        (message,) = (await ask(here, asks.NoticeRead(source=TEXT)))["messages"]
        assert message["text"] == TEXT.decode()
        assert message["refused"] == []
        assert len(message["outlines"][0]["polygons"]) == 1
        assert (await ask(here, asks.NoticeList()))["total"] == 0
        one = msgspec.convert(message["imported"], asks.Imported)
        (result,) = (await ask(here, asks.NoticeImport(line="strait", messages=(one,))))["results"]
        assert result["id"]
        for wrong in (asks.NoticeRead(source=TEXT, format="poem"), asks.AreaRead(text="nowhere")):
            with pytest.raises(Misuse):
                await ask(here, wrong)
        found = await ask(here, asks.AreaRead(text="within 5 miles of 34-15N 033-30E"))
        assert (found["areas"][0]["radius_m"], len(found["outlines"])) == (9260.0, 1)

    await agreed(tmp_path, body)
