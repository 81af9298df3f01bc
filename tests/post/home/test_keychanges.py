"""Changes of keys: each sort has its change, and the sealing key its week."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from openline.errors import Misuse
from openline.identity import signing
from openline.post.home import keychanges, keyring
from openline.post.home.keychanges import SEALING_EVERY_MS
from openline.post.home.keyring import Keyring
from openline.post.loop import now
from openline.terms import Instant


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return keyring.found(tmp_path / "home", "North", "Berg", b"secret", now())


@pytest.mark.parametrize("which", ["root", "feed", "checkpoint", "cosigning", "link", "sealing"])
def test_a_rotation_is_one_statement_that_peers_accept(ring: Keyring, which: str) -> None:
    own, statement = keychanges.rotate(which, dict)(ring.own, ring.card)
    card = ring.card.extended(statement)
    assert card.sequence == 2
    assert own != ring.own
    if which not in ("root", "sealing"):
        assert keychanges.in_force(card)[which] != keychanges.in_force(ring.card)[which]


def test_there_is_no_other_sort() -> None:
    with pytest.raises(Misuse):
        keychanges.rotate("every", dict)
    with pytest.raises(Misuse):
        keychanges.revoke("not hex")


def test_the_sealing_key_has_its_week(ring: Keyring) -> None:
    assert not keychanges.sealing_key_due(ring.own)
    ((number, seed, start, end),) = ring.own.sealing_seeds
    old = replace(ring.own, sealing_seeds=((number, seed, Instant(start - SEALING_EVERY_MS), end),))
    assert keychanges.sealing_key_due(old)
    assert not keychanges.sealing_key_due(old.without_root())


def test_a_sealing_key_that_has_run_out_is_dropped(ring: Keyring) -> None:
    ((number, seed, _, _),) = ring.own.sealing_seeds
    past = Instant(now() - signing.DAY_MS)
    old = replace(ring.own, sealing_seeds=((number, seed, Instant(0), past),))
    own, _ = keychanges.new_sealing_key(old, ring.card)
    assert [each[0] for each in own.sealing_seeds] == [2]


def test_officers_in_force(ring: Keyring) -> None:
    _, statement = keychanges.add_officer("Aas", ("watch",))(ring.own, ring.card)
    card = ring.card.extended(statement)
    assert list(keychanges.in_force(card)["officers"]) == ["Berg", "Aas"]
    _, statement = keychanges.end_officer(1)(ring.own, card)
    assert list(keychanges.in_force(card.extended(statement))["officers"]) == ["Aas"]
