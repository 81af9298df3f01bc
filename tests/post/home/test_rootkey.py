"""The root leaves the home and comes back; what was made ahead lasts meanwhile, and it is asked for in time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from openline.errors import DamagedKeystore, Misuse, RootOffline
from openline.identity import signing
from openline.keys import keystore
from openline.post.home import keychanges, keyring, rootkey
from openline.post.home.keyring import Keyring
from openline.post.loop import now
from openline.terms import Instant

WEEK_MS = 7 * signing.DAY_MS


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keyring:
    monkeypatch.setattr(keyring, "COST", keystore.Cost(memory_kib=64, passes=1, lanes=1))
    return keyring.found(tmp_path / "home", "North", "Berg", b"secret", now())


def test_it_leaves_the_home_and_comes_back(ring: Keyring) -> None:
    copy = ring.root_copy()
    away = ring.without_root(copy)
    opened = keyring.unlock(ring.home, b"secret")
    assert (opened.own, opened.card) == (away.own, ring.card)
    assert not opened.own.has_root
    with pytest.raises(RootOffline):
        opened.changed(keychanges.add_officer("Aas", ()))
    with pytest.raises(RootOffline):
        opened.root_copy()
    assert opened.with_root(copy).own == ring.own
    assert keyring.unlock(ring.home, b"secret").own == ring.own


def test_only_the_copy_that_opens_lets_the_root_go(ring: Keyring, tmp_path: Path) -> None:
    other = keyring.found(tmp_path / "other", "South", "Cole", b"secret", now())
    for copy, error in ((other.root_copy(), Misuse), (ring.root_copy()[:-1], DamagedKeystore), (b"", DamagedKeystore)):
        with pytest.raises(error):
            ring.without_root(copy)
    assert keyring.unlock(ring.home, b"secret").own.has_root


def test_another_root_and_an_older_one_are_refused(ring: Keyring, tmp_path: Path) -> None:
    old = ring.root_copy()
    other = keyring.found(tmp_path / "other", "South", "Cole", b"secret", now())
    rotated = ring.changed(keychanges.rotate("root", dict))
    away = rotated.without_root(rotated.root_copy())
    with pytest.raises(RootOffline, match="another post"):
        away.with_root(other.root_copy())
    with pytest.raises(RootOffline, match="older"):
        away.with_root(old)


def test_sealing_keys_made_ahead_hold_for_a_year_and_are_destroyed_one_by_one(ring: Keyring) -> None:
    ahead = ring.changed(keychanges.sealing_keys_ahead)
    at = now()
    numbers = []
    for week in range(52):
        found = ahead.card.sealing_key(Instant(at + week * WEEK_MS))
        assert found is not None
        assert ahead.own.sealing(found[0]) is not None
        numbers.append(found[0])
    assert numbers == sorted(set(numbers))
    away = ahead.without_root(ahead.root_copy())
    later = away.without_ended(Instant(at + 20 * WEEK_MS))
    assert len(later.own.sealing_seeds) < len(away.own.sealing_seeds)
    assert keyring.unlock(ring.home, b"secret").own == later.own
    assert not keychanges.sealing_key_due(ahead.own)


def test_the_root_is_asked_for_four_weeks_before(ring: Keyring) -> None:
    ahead = ring.changed(keychanges.sealing_keys_ahead).own
    assert not keychanges.root_needed(ahead.without_root())
    over = keychanges.sealing_until(ahead) - now() - signing.SEALING_DAYS * signing.DAY_MS
    aged = tuple((number, seed, start, Instant(end - over)) for number, seed, start, end in ahead.sealing_seeds)
    assert keychanges.root_needed(replace(ahead, sealing_seeds=aged).without_root())
    assert not keychanges.root_needed(replace(ahead, sealing_seeds=aged))


def test_what_is_no_copy_is_misuse() -> None:
    for text in ("no hex", "00" * (2 << 20)):
        with pytest.raises(Misuse):
            rootkey._bytes(text)
