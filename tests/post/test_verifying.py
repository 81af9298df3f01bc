"""Verifying a home as it lies on disk: which line, whose cards, and nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import CannotRead, Misuse, NoHome, UnknownName
from openline.post import requests as asks
from openline.post.home import homes, keyring
from openline.post.loop import now
from openline.post.post import Post
from openline.post.service import Service
from openline.post.verifying import trusted, verify
from tests.post.inside import alone, ask, home


async def test_a_home_with_two_lines(tmp_path: Path) -> None:
    south = keyring.found(tmp_path / "south", "South", "Cole", b"secret", now()).card

    async def body(post: Post, service: Service) -> None:
        post.trust_card(south, "")
        await ask(service, asks.LineOpen(line="strait", peers=("South",)))
        await ask(service, asks.LineOpen(line="sound", peers=("South",)))
        await ask(service, asks.LineCheckpoint(line="strait"))

    where = home(tmp_path, "North")
    assert set(trusted(where)) == {where.post}
    with pytest.raises(UnknownName):
        verify(where.path, "", {})
    await alone(where, body)
    known = trusted(homes.find(where.path))
    assert set(known) == {where.post, south.post}
    finding = verify(where.path, "strait", known)
    assert finding.proved, finding.sentences()
    assert finding.known
    assert not verify(where.path, "strait", {}).known
    with pytest.raises(Misuse, match="sound, strait"):
        verify(where.path, "", known)
    with pytest.raises(UnknownName):
        verify(where.path, "nowhere", known)


def test_what_cannot_be_verified(tmp_path: Path) -> None:
    with pytest.raises(NoHome):
        verify(tmp_path, "", {})
    with pytest.raises(CannotRead):
        verify(tmp_path / "none", "", {})


async def test_when_an_entry_can_have_been_signed(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        post.trust_card(south, "")
        await ask(service, asks.LineOpen(line="strait", peers=("South",)))
        await ask(service, asks.LineCheckpoint(line="strait"))

    south = keyring.found(tmp_path / "south", "South", "Cole", b"secret", now()).card
    where = home(tmp_path, "North")
    await alone(where, body)
    known = trusted(homes.find(where.path))
    (column,) = verify(where.path, "", known).index.columns.values()
    entry = next(entry for _, entry, _ in column.rows())
    for digits in (64, 12, 8):
        (bounds,) = verify(where.path, "", known, [entry.hex()[:digits]]).bounds
        assert (bounds.of.entry, bounds.of.number) == (entry, 1)
    with pytest.raises(UnknownName, match="00000000"):
        verify(where.path, "", known, ["00000000"])
    with pytest.raises(Misuse, match=entry.hex()[:24]):
        verify(where.path, "", known, [""])
