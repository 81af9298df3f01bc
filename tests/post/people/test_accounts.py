"""Accounts of the desk: kept sealed, given by one-time links, and worth what the officer is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import LinkSpent, Misuse, OpenlineError, StoreDamaged, UnknownName
from openline.feeds.record import Put
from openline.post import requests as asks
from openline.post.home.secrets import DESK_TABLE
from openline.post.loop import now
from openline.post.people import accounts
from openline.post.people.accounts import FIRST_ROLES, Accounts
from openline.post.post import Post
from openline.post.service import Service
from tests.post.inside import alone, ask, home


async def test_an_account_from_its_first_link_to_its_end(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        made = await ask(service, asks.DeskLink())
        assert (made["officer"], made["roles"], made["url"]) == ("Berg", list(FIRST_ROLES), None)
        assert service.accounts.holder(made["token"]).name == "Berg"
        person = service.accounts.set_password(made["token"], "hash")
        assert (person.name, person.password) == ("Berg", "hash")
        with pytest.raises(LinkSpent):
            service.accounts.holder(made["token"])
        again = Accounts(post)
        assert again.people() == service.accounts.people() == [person]
        assert (await ask(service, asks.DeskList()))["accounts"] == [
            {
                "officer": "Berg",
                "number": 1,
                "roles": list(FIRST_ROLES),
                "password": True,
                "signed_in": None,
                "times": 0,
            }
        ]
        assert (await ask(service, asks.DeskEnd(officer="BERG")))["officer"] == "Berg"
        assert Accounts(post).people() == service.accounts.people() == []
        with pytest.raises(UnknownName):
            await ask(service, asks.DeskEnd(officer="Berg"))

    where = home(tmp_path, "North")
    await alone(where, body)
    for word in (b"watch officer", b"administrator", b"hash"):
        assert word not in where.record.read_bytes()


async def test_a_new_link_ends_the_old_one_and_keeps_the_password(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        old = await ask(service, asks.DeskLink())
        service.accounts.set_password(old["token"], "hash")
        one = await ask(service, asks.DeskLink(officer="Berg"))
        two = await ask(service, asks.DeskLink(officer="Berg", roles=("viewer",)))
        with pytest.raises(LinkSpent):
            service.accounts.holder(one["token"])
        assert Accounts(post).holder(two["token"]).roles == ("viewer",)
        assert Accounts(post).people()[0].password == "hash"

    await alone(home(tmp_path, "North"), body)


async def test_a_link_is_good_for_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def body(post: Post, service: Service) -> None:
        token = (await ask(service, asks.DeskLink()))["token"]
        late = now() + accounts.LINK_MS + 1_000
        monkeypatch.setattr(accounts, "now", lambda: late)
        with pytest.raises(LinkSpent):
            service.accounts.holder(token)

    await alone(home(tmp_path, "North"), body)


async def test_roles_on_the_card_count(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        await ask(service, asks.DeskLink())
        await ask(service, asks.OfficerAdd(officer="Aas", roles=("releaser", "navigator")))
        await ask(service, asks.OfficerAdd(officer="Dahl"))
        assert (await ask(service, asks.DeskLink(officer="Aas")))["roles"] == []
        await ask(service, asks.DeskLink(officer="Dahl"))
        aas, dahl = service.accounts.named("aas"), service.accounts.named("Dahl")
        assert aas is not None
        assert dahl is not None
        assert (aas.roles, dahl.roles) == (("releaser",), ("watch officer",))
        await ask(service, asks.OfficerEnd(officer="Aas"))
        assert service.accounts.named("Aas") is None
        assert service.accounts.person(aas.number) is None

    await alone(home(tmp_path, "North"), body)


async def test_what_is_refused(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        with pytest.raises(UnknownName):
            await ask(service, asks.DeskLink(officer="Nobody"))
        with pytest.raises(Misuse):
            await ask(service, asks.DeskLink(roles=("captain",)))
        for token in ("", "x" * 43, "\udcff", "\x00"):
            with pytest.raises(LinkSpent):
                service.accounts.holder(token)

    await alone(home(tmp_path, "North"), body)


@pytest.mark.parametrize("value", [b"", b"\x80", b"\x82\x01\x02", b"\x82\x81\x01\x61x", b"\xff"])
async def test_a_damaged_account_is_named(tmp_path: Path, value: bytes) -> None:
    async def body(post: Post, service: Service) -> None:
        post.keep([Put(DESK_TABLE, b"account\x00\x00\x00\x01", value)])
        with pytest.raises(StoreDamaged):
            service.accounts.people()

    await alone(home(tmp_path, "North"), body)


async def test_who_wants_to_know_is_told_of_changes(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        told: list[int] = []
        service.accounts.changed.append(lambda: told.append(1))
        token = (await ask(service, asks.DeskLink()))["token"]
        service.accounts.set_password(token, "hash")
        await ask(service, asks.DeskEnd(officer="Berg"))
        assert len(told) == 3

    await alone(home(tmp_path, "North"), body)
    assert issubclass(LinkSpent, OpenlineError)
