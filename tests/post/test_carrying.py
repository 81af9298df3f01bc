"""Parcel files: sealed to the newest key of the receiver, and taken from a known sender alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from openline.bearers.filedrop import write_parcel_file
from openline.errors import BadField, BadSeal, BadSignature, CannotRead, NotReady, PeerUnknown
from openline.keys.ed25519 import SigningKey
from openline.post import carrying
from openline.post.home import keychanges, keyring
from openline.post.home.keyring import Keyring
from openline.post.loop import now

FRAMES = (b"one", b"two" * 1_000)


class Known:
    """The names of a post that knows these cards."""

    def __init__(self, *rings: Keyring) -> None:
        self._cards = {ring.card.post: ring.card for ring in rings}

    def card(self, post: Any) -> Any:
        return self._cards.get(post)

    def post(self, post: Any) -> str:
        return self._cards[post].name


@pytest.fixture
def rings(tmp_path: Path) -> tuple[Keyring, Keyring]:
    return (
        keyring.found(tmp_path / "north", "North", "Berg", b"secret", now()),
        keyring.found(tmp_path / "south", "South", "Cole", b"secret", now()),
    )


def read(receiver: Keyring, known: Any, file: Path) -> Any:
    return carrying.read(receiver.own, known, file)


def test_there_and_nowhere_else(rings: tuple[Keyring, Keyring], tmp_path: Path) -> None:
    north, south = rings
    file = tmp_path / "parcel"
    assert carrying.write(north.own, south.card, FRAMES, file) == file.stat().st_size
    assert read(south, Known(north, south), file) == (north.card.post, FRAMES)
    with pytest.raises(BadSeal):
        read(north, Known(north, south), file)
    with pytest.raises(PeerUnknown):
        read(south, Known(south), file)


def test_a_key_that_came_later_is_used_and_the_older_one_still_opens(
    rings: tuple[Keyring, Keyring], tmp_path: Path
) -> None:
    north, south = rings
    before, after = tmp_path / "before", tmp_path / "after"
    carrying.write(north.own, south.card, FRAMES, before)
    newer = south.changed(keychanges.new_sealing_key)
    carrying.write(north.own, newer.card, FRAMES, after)
    assert read(newer, Known(north), before)[1] == read(newer, Known(north), after)[1] == FRAMES
    with pytest.raises(BadSeal):
        read(south, Known(north), after)


def test_a_signature_of_another_or_a_revoked_key(rings: tuple[Keyring, Keyring], tmp_path: Path) -> None:
    north, south = rings
    file = tmp_path / "parcel"
    thief = replace(north.own, feed_seed=b"t" * 32)
    assert thief.feed == SigningKey.from_seed(b"t" * 32)
    carrying.write(thief, south.card, FRAMES, file)
    with pytest.raises(BadSignature):
        read(south, Known(north), file)
    carrying.write(north.own, south.card, FRAMES, file)
    rotated = north.changed(keychanges.rotate("feed", dict))
    with pytest.raises(BadSignature):
        read(south, Known(rotated), file)


def test_sealing_keys_that_have_run_out(
    rings: tuple[Keyring, Keyring], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = rings
    monkeypatch.setattr(carrying, "now", lambda: now() + 10**11)
    with pytest.raises(NotReady):
        carrying.write(north.own, south.card, FRAMES, tmp_path / "parcel")


def test_what_is_no_parcel(rings: tuple[Keyring, Keyring], tmp_path: Path) -> None:
    north, south = rings
    with pytest.raises(CannotRead):
        read(south, Known(north), tmp_path / "none")
    write_parcel_file(tmp_path / "empty", [])
    with pytest.raises(BadField):
        read(south, Known(north), tmp_path / "empty")
