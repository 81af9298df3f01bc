"""Bundles of a running post, and the order in which a record is read for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import CannotWrite, UnknownName
from openline.post import requests as asks
from openline.post.bundles import entries
from openline.post.service import Service
from openline.post.verifying import verify
from openline.store.sqlite import SqliteRecord
from tests.make import author, heads, kept, line_id
from tests.post.inside import ask, together


async def test_a_bundle_is_proved_and_shows_what_it_should(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        first = (await ask(here, asks.Send(line="strait", text="Shown.")))["id"]
        await ask(here, asks.Send(line="strait", text="Closed."))
        closed = (await ask(here, asks.Inbox()))["entries"][-1]["id"]
        file = tmp_path / "bundle"
        said = await ask(here, asks.Export(line="strait", file=str(file), withhold=(closed,)))
        assert said["bytes"] == file.stat().st_size
        assert b"Shown." in file.read_bytes()
        assert b"Closed." not in file.read_bytes()
        cards = {each.card.post: each.card for each in here.post.trust.peers.values()}
        finding = verify(file, "", {**cards, here.post.keyring.card.post: here.post.keyring.card})
        assert finding.ok, finding.sentences()
        assert first != closed
        with pytest.raises(CannotWrite):
            await ask(here, asks.Export(line="strait", file=str(tmp_path / "none" / "bundle")))
        with pytest.raises(UnknownName):
            await ask(here, asks.Export(line="strait", file=str(file), withhold=("00" * 32,)))

    await together(tmp_path, body)


def test_feed_by_feed_by_number_and_both_of_a_fork_by_id(tmp_path: Path) -> None:
    line = line_id("strait")
    one, other = sorted((author(line, "alpha"), author(line, "bravo")), key=lambda each: each.post)
    written = [each.write(str(at).encode()) for each in (other, one) for at in range(3)]
    fork = one.sign(2, one.entries[0].id, b"another")
    record = SqliteRecord.open(tmp_path / "record.sqlite")
    record.commit(kept(*written, fork) + heads(one, other))
    found = list(entries(record, line, [one.post, other.post], {one.post: fork.id}))
    record.close()
    assert [(each.header.author, each.header.number) for each in found] == [
        *[(one.post, number) for number in (1, 2, 2, 3)],
        *[(other.post, number) for number in (1, 2, 3)],
    ]
    assert found[1].id < found[2].id
