"""Keys and card of a home belong together, whenever the power fails between the two files."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import (
    CannotWrite,
    DamagedKeystore,
    HomeDamaged,
    HomeTaken,
    RootOffline,
    UnknownKeystore,
    WrongPassphrase,
)
from openline.identity import signing
from openline.keys import keystore
from openline.post.home import homes, keyring
from openline.post.home.keychanges import add_officer
from openline.post.home.keyring import Keyring
from openline.terms import Instant
from openline.wire import cbor

AT = Instant(1_700_000_000_000)


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return keyring.found(tmp_path / "home", "North", "Berg", b"secret", AT)


def test_it_opens_as_it_was_made(ring: Keyring) -> None:
    opened = keyring.unlock(homes.find(ring.home.path), b"secret")
    assert (opened.own, opened.card, opened.store_key) == (ring.own, ring.card, ring.store_key)
    assert opened.card.officers[0].name == "Berg"
    for hidden in (ring.store_key, ring.passphrase, ring.own.feed_seed):
        assert repr(hidden) not in repr(ring)
        assert hidden.hex() not in repr(ring)


def test_a_wrong_passphrase_and_a_taken_place(ring: Keyring) -> None:
    with pytest.raises(WrongPassphrase):
        keyring.unlock(ring.home, b"Secret")
    with pytest.raises(HomeTaken):
        keyring.found(ring.home.path, "South", "Cole", b"secret", AT)


def test_a_change_is_kept(ring: Keyring) -> None:
    changed = ring.changed(add_officer("Aas", ("watch officer",)))
    opened = keyring.unlock(ring.home, b"secret")
    assert opened.card == changed.card
    assert opened.card.sequence == 2
    assert opened.own.officer(2) is not None


def test_the_power_fails_between_keys_and_card(ring: Keyring) -> None:
    old = ring.home.card()
    changed = ring.changed(add_officer("Aas", ()))
    (ring.home.path / "card").write_bytes(old)
    opened = keyring.unlock(ring.home, b"secret")
    assert opened.card == changed.card
    assert ring.home.card() == changed.card.encode()


def test_a_change_that_cannot_be_kept_changes_nothing(ring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise CannotWrite("no")

    monkeypatch.setattr(homes, "write_file", full)
    with pytest.raises(CannotWrite):
        ring.changed(add_officer("Aas", ()))
    assert keyring.unlock(ring.home, b"secret").card == ring.card


@pytest.mark.parametrize(
    ("plain", "error"),
    [
        (b"", DamagedKeystore),
        (cbor.encode([1, b"", bytes(31), b""]), DamagedKeystore),
        (cbor.encode([1, "own", bytes(32), b""]), DamagedKeystore),
        (cbor.encode([2, b"", bytes(32), b""]), UnknownKeystore),
        (cbor.encode([1, b"", bytes(32), b"x"]), HomeDamaged),
    ],
)
def test_what_are_no_keys(ring: Keyring, plain: bytes, error: type[Exception]) -> None:
    cost = keystore.Cost(memory_kib=64, passes=1, lanes=1)
    (ring.home.path / "keys.locked").write_bytes(keystore.lock(b"secret", plain, bytes(16), cost))
    with pytest.raises(error):
        keyring.unlock(ring.home, b"secret")


def test_keys_of_another_post(ring: Keyring, tmp_path: Path) -> None:
    other = keyring.found(tmp_path / "other", "South", "Cole", b"secret", AT)
    (ring.home.path / "keys.locked").write_bytes(other.home.locked())
    with pytest.raises(HomeDamaged):
        keyring.unlock(ring.home, b"secret")


def test_the_link_certificate_says_nothing_of_the_post(ring: Keyring) -> None:
    assert ring.tls().rehearse() == "X25519MLKEM768"


def test_a_root_that_is_elsewhere(ring: Keyring) -> None:
    """Changes wait for the root, and nothing is written."""
    before = ring.home.locked()
    away = Keyring(ring.home, ring.own.without_root(), ring.card, ring.store_key, ring.passphrase)
    with pytest.raises(RootOffline):
        away.changed(lambda own, card: signing.end_officer(own, card, 1, AT))
    assert ring.home.locked() == before
