"""Links between real posts: who gets in, who does not, and how dialling probes."""

from __future__ import annotations

import socket
from pathlib import Path

from openline.bearers.websocket import dial
from openline.engine.effects import Dial, Hang
from openline.errors import NotKnownToPeer, OpenlineError
from openline.post import requests as asks
from openline.post.home import keyring
from openline.post.links import PATIENCE_SECONDS
from openline.post.loop import now
from openline.post.post import Post
from openline.post.service import Service
from tests.post.inside import alone, ask, home, linked, together, until


async def test_a_message_crosses_and_the_link_is_shown(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        written = await ask(here, asks.Send(line="strait", text="Hello"))
        await until(lambda: _holds(there, written["id"]))
        (peer,) = (await ask(there, asks.PeerList()))["peers"]
        assert peer["linked"]

    await together(tmp_path, body)


def _holds(service: Service, identifier: str) -> bool:
    try:
        return service.names.entry(identifier) is not None
    except OpenlineError:
        return False


async def test_a_stranger_gets_nothing(tmp_path: Path) -> None:
    """Its key is on no card here: the handshake is refused, and nothing is said of it to the machine."""
    stranger = keyring.found(tmp_path / "stranger", "Stranger", "X", b"secret", now())

    async def body(post: Post, service: Service) -> None:
        port = await linked(post)
        try:
            connection = await dial(f"wss://127.0.0.1:{port}", stranger.tls(), lambda key: True)
            await connection.receive()
        except NotKnownToPeer:
            pass
        else:
            raise AssertionError("A stranger was let in.")
        assert post.links is not None
        assert post.links.peers() == {}

    await alone(home(tmp_path, "North"), body)


async def test_a_peer_that_is_hung_up_on_comes_back(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        links = here.post.links
        assert links is not None
        link = next(iter(links._links.values()))
        links.hang(Hang(link.number, "for a test"))
        await until(lambda: link.number not in links._links)
        written = await ask(here, asks.Send(line="strait", text="After the cut"))
        await until(lambda: _holds(there, written["id"]))

    await together(tmp_path, body)


async def test_a_new_link_key_is_worn_and_the_old_one_shut_out(tmp_path: Path) -> None:
    async def body(here: Service, there: Service) -> None:
        old = there.post.keyring.tls()
        await ask(there, asks.KeysRotate(which="link"))
        written = await ask(there, asks.Send(line="strait", text="Under the new key"))
        await until(lambda: _holds(here, written["id"]))
        assert here.post.links is not None
        port = here.post.links._place[1]
        try:
            connection = await dial(f"wss://127.0.0.1:{port}", old, lambda key: True)
            await connection.receive()
        except NotKnownToPeer:
            return
        raise AssertionError("The old key was let in.")

    await together(tmp_path, body)


async def test_dialling_is_patient_with_a_handshake_that_is_young(tmp_path: Path) -> None:
    """Someone takes the call and says nothing: a second attempt starts only after a while, and there is a limit."""
    other = keyring.found(tmp_path / "south", "South", "Cole", b"secret", now())

    async def body(post: Post, service: Service) -> None:
        await linked(post)
        links = post.links
        assert links is not None
        silent = socket.create_server(("127.0.0.1", 0))
        port = silent.getsockname()[1]
        post.trust_card(other.card, "")
        post.set_addresses(other.card.post, (f"wss://127.0.0.1:{port}",))
        peer = other.card.post
        await until(lambda: links._attempts.get(peer))
        links.dial(Dial(peer))
        assert len(links._attempts[peer]) == 1
        for expected in (2, 3, 3):
            links._attempts[peer][-1].begun -= PATIENCE_SECONDS
            links.dial(Dial(peer))
            assert len(links._attempts[peer]) == expected
        silent.close()
        await links.close()
        await until(lambda: not links._attempts[peer])

    await alone(home(tmp_path, "North"), body)


async def test_without_an_address_there_is_no_dialling(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        await linked(post)
        assert post.links is not None
        post.links.dial(Dial(post.keyring.card.post))
        assert post.links._attempts == {}

    await alone(home(tmp_path, "North"), body)
