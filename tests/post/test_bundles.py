"""Bundles of a running post, and the order in which a record is read for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import CannotWrite, Misuse, UnknownName
from openline.post import requests as asks
from openline.post.bundles import entries
from openline.post.notice import requests as notice_asks
from openline.post.service import Service
from openline.post.verifying import verify
from openline.store.sqlite import SqliteRecord
from tests.make import author, heads, kept, line_id
from tests.post.inside import ask, together
from tests.post.told import agreed, hears


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


async def test_a_unit_is_withheld_and_that_it_was_passed_on_is_not(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        asked = notice_asks.NoticeSend(line="strait", form="goodwill", fields={"text": "Good morning."})
        sent = (await ask(here, asked))["id"]
        await hears(there, sent)
        passed = (await ask(there, notice_asks.NoticePass(notice=sent, to="radar company nine")))["id"]
        file = tmp_path / "bundle"
        said = await ask(there, asks.Export(line="strait", file=str(file), withhold=(f"{passed}#1",)))
        assert said["rule"] == "0 entries whole and 1 single items"
        assert b"radar company nine" not in file.read_bytes()
        cards = {each.card.post: each.card for each in there.post.trust.peers.values()}
        finding = verify(file, "", {**cards, there.post.keyring.card.post: there.post.keyring.card})
        assert finding.ok, finding.sentences()
        assert sum(each.withheld for each in finding.feeds) == 1
        for wrong in (f"{passed}#2", f"{passed}#", f"{passed}#-1", f"{passed}#x"):
            with pytest.raises(Misuse):
                await ask(there, asks.Export(line="strait", file=str(file), withhold=(wrong,)))
        await ask(there, asks.Export(line="strait", file=str(file)))
        assert b"radar company nine" in file.read_bytes()

    await agreed(tmp_path, body)
