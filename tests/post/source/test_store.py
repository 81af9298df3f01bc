"""Accounts as the home keeps them: byte for byte, found by the beginning of their ids, in every backup."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import msgspec
import pytest

from openline.accounts.assertion import Assertion, Mark, What
from openline.accounts.days import read
from openline.errors import Misuse, NotAllowed, StoreDamaged, TooBusy, UnknownName
from openline.feeds.record import Put
from openline.post.home import backups
from openline.post.post import Post
from openline.post.service import Service
from openline.post.source import store as source_store
from openline.post.source.store import TABLE, Account, Sources, account_id
from tests.post.inside import alone, home

TEXT = "They spoke in October.\r\n\x00 Ω\n".encode()
MARK = Mark(start=0, end=4, assertion=Assertion(what=What.WHEN, days=read("2022-10")), officer="Berg")


def made(publisher: str = "Times", day: int = 5) -> Account:
    digest, published = hashlib.sha256(TEXT).digest(), date(2024, 12, day)
    return Account(
        id=account_id(publisher, published, digest, ""),
        publisher=publisher,
        published=published,
        digest=digest,
        characters=len(TEXT.decode()),
    )


async def test_an_account_is_kept_and_found(tmp_path: Path) -> None:
    async def body(post: Post, _: Service) -> None:
        sources = Sources(post)
        assert sources.add(made(), TEXT)
        assert not sources.add(made(), TEXT)
        assert sources.add(made("Post", 6), TEXT, (MARK,))
        assert [each.publisher for each in sources.all()] == ["Post", "Times"]
        held = sources.find(made().id.hex()[:8].upper())
        assert (held, sources.text(held).encode()) == (made(), TEXT)
        assert [sources.mark(held, MARK) for _ in range(3)] == [1, 2, 3]
        sources.unmark(held, 2)
        assert list(sources.marks(held)) == [1, 3]
        assert sources.marks(held)[3] == MARK
        sources.reject(held, "0a1b")
        assert sources.rejected(held) == {"0a1b"}
        sources.change(msgspec.structs.replace(held, about="ff"))
        assert sources.find(made().id.hex()).about == "ff"
        for text, error in (("zz", Misuse), ("f" * 64, UnknownName)):
            with pytest.raises(error):
                sources.find(text)
        with pytest.raises(UnknownName):
            sources.unmark(held, 2)
        sources.remove(held)
        assert [each.publisher for each in sources.all()] == ["Post"]
        assert post.record.objects(f"{TABLE} {held.id.hex()}") == {}

    await alone(home(tmp_path, "North"), body)


async def test_there_are_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(post: Post, _: Service) -> None:
        monkeypatch.setattr(source_store, "ACCOUNTS_MAX", 1)
        monkeypatch.setattr(source_store, "ACCOUNT_MARKS_MAX", 1)
        sources = Sources(post)
        sources.add(made(), TEXT, (MARK,))
        sources.reject(made(), "aa")
        with pytest.raises(TooBusy):
            sources.add(made("Post"), TEXT)
        with pytest.raises(NotAllowed):
            sources.mark(made(), MARK)
        with pytest.raises(NotAllowed):
            sources.reject(made(), "bb")

    await alone(home(tmp_path, "North"), body)


async def test_damage_is_told(tmp_path: Path) -> None:
    async def body(post: Post, _: Service) -> None:
        sources, table = Sources(post), f"{TABLE} {made().id.hex()}"
        sources.add(made(), TEXT, (MARK,))
        post.keep([Put(table, b"text", TEXT + b"!")])
        with pytest.raises(StoreDamaged):
            sources.text(made())
        post.keep([Put(table, b"mark \x00\x00\x00\x01", b"\xc1")])
        with pytest.raises(StoreDamaged):
            sources.marks(made())
        post.keep([Put(TABLE, made().id, b"")])
        with pytest.raises(StoreDamaged):
            sources.all()

    await alone(home(tmp_path, "North"), body)


async def test_a_backup_has_them(tmp_path: Path) -> None:
    """Text and marks come back from a backup as they were."""
    where = home(tmp_path, "North")

    async def file(post: Post, _: Service) -> None:
        Sources(post).add(made(), TEXT, (MARK,))

    async def look(post: Post, _: Service) -> None:
        sources = Sources(post)
        (held,) = sources.all()
        assert (sources.text(held).encode(), sources.marks(held)) == (TEXT, {1: MARK})

    await alone(where, file)
    backups.backup(where, tmp_path / "copy")
    await alone(backups.restore(tmp_path / "copy", tmp_path / "again"), look)
