"""A post by itself: peers kept over a restart, keys changed, one holder, a stop that loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.engine.effects import Dial
from openline.errors import HomeInUse, NameTaken, NotReady, StoreDamaged, WrongPassphrase
from openline.feeds.record import Put
from openline.identity.signing import rename
from openline.post import requests as asks
from openline.post.home import homes, keyring
from openline.post.links import Links
from openline.post.loop import now
from openline.post.post import CARD_TABLE, INTRODUCED_TABLE, Post, run
from openline.post.service import Service
from openline.store.sqlite import SqliteRecord
from openline.terms import PostId
from tests.post.inside import PASSPHRASE, alone, ask, home, together, until


async def test_peers_are_kept(tmp_path: Path) -> None:
    where = home(tmp_path, "North")
    south = keyring.found(tmp_path / "south", "South", "Cole", b"secret", now()).card
    east = keyring.found(tmp_path / "east", "East", "Dorn", b"secret", now()).card

    async def first(post: Post, service: Service) -> None:
        assert post.trust_card(south, "The others") == "The others"
        post.set_addresses(south.post, ("wss://192.0.2.1:7700",))
        with pytest.raises(NameTaken):
            post.trust_card(east, "the others")
        post.keep([Put(INTRODUCED_TABLE, east.post, east.encode())])

    async def second(post: Post, service: Service) -> None:
        assert [peer.name for peer in post.trust.peers.values()] == ["The others"]
        assert post.addresses == {south.post: ("wss://192.0.2.1:7700",)}
        assert list(post.introduced) == [east.post]
        assert post.trust_card(east, "") == "East"
        assert post.introduced == {}

    await alone(where, first)
    await alone(where, second)


async def test_a_damaged_card_in_the_store(tmp_path: Path) -> None:
    where = home(tmp_path, "North")
    record = SqliteRecord.open(where.record)
    record.commit([Put(CARD_TABLE, bytes(32), b"no card")])
    record.close()

    async def body(post: Post, service: Service) -> None:
        pytest.fail("It started.")

    with pytest.raises(StoreDamaged):
        await alone(where, body)


async def test_one_holder_and_the_right_passphrase(tmp_path: Path) -> None:
    where = home(tmp_path, "North")

    async def nothing(post: Post) -> str:
        return "done"

    async def second(post: Post, service: Service) -> None:
        with pytest.raises(HomeInUse):
            await run(where, PASSPHRASE, nothing)

    await alone(where, second)
    with pytest.raises(WrongPassphrase):
        await run(where, b"wrong", nothing)
    assert await run(where, PASSPHRASE, nothing) == "done"


async def test_keys_change_while_it_runs_and_stay_changed(tmp_path: Path) -> None:
    where = home(tmp_path, "North")

    async def first(post: Post, service: Service) -> None:
        await ask(service, asks.OfficerAdd(officer="Aas"))
        await ask(service, asks.KeysRotate(which="link"))

    async def second(post: Post, service: Service) -> None:
        assert post.keyring.card.sequence == 3
        assert post.keyring.card.link_keys == (post.keyring.own.link.public,)

    await alone(where, first)
    await alone(where, second)


async def test_what_is_refused_comes_out_of_run(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        raise NotReady("A reason.")

    with pytest.raises(NotReady, match="A reason"):
        await alone(home(tmp_path, "North"), body)


async def test_a_peer_that_takes_anothers_name_is_told_apart_and_keeps_nobody_from_starting(tmp_path: Path) -> None:
    where = home(tmp_path, "North")
    west = keyring.found(tmp_path / "west", "West", "Cole", PASSPHRASE, now())
    liar = keyring.found(tmp_path / "liar", "Liar", "Dorn", PASSPHRASE, now())
    other = keyring.found(tmp_path / "other", "WEST", "Dorn", PASSPHRASE, now())
    renamed = liar.changed(lambda own, card: rename(own, card, "west", now())).card
    mine = other.changed(lambda own, card: rename(own, card, "North", now())).card

    async def first(post: Post, service: Service) -> None:
        post.trust_card(west.card, "")
        post.trust_card(liar.card, "")
        post.keep([Put(CARD_TABLE, liar.card.post, renamed.encode()), Put(INTRODUCED_TABLE, mine.post, mine.encode())])

    async def second(post: Post, service: Service) -> None:
        post.introduced[other.card.post] = other.card
        names = [service.names.post(each.post) for each in (west.card, liar.card, other.card)]
        assert len({name.casefold() for name in names}) == 3
        assert names[2] == f"WEST [{other.card.fingerprint[:11]}]"
        post.introduced[mine.post] = mine
        assert service.names.post(mine.post) == f"North [{mine.fingerprint[:11]}]"
        assert service.names.post(post.keyring.card.post) == "North"

    await alone(where, first)
    await alone(where, second)


async def test_whom_the_machine_wants_before_there_are_links_is_dialled_as_soon_as_there_are(tmp_path: Path) -> None:
    """Else an idle peer would be reached only at the next look, seconds later."""

    async def nothing(here: Service, there: Service) -> None:
        pass

    await together(tmp_path, nothing)

    async def body(post: Post, service: Service) -> None:
        await until(lambda: post.engine is not None and post.engine.state.lines)
        await post.loop.idle()
        dialled: list[PostId] = []

        class Heard(Links):
            def dial(self, effect: Dial) -> None:
                dialled.append(effect.peer)

        post.use(Heard(post.keyring.tls(), post.loop, post.group))
        assert dialled == list(post.trust.peers)

    await alone(homes.find(tmp_path / "north"), body)
