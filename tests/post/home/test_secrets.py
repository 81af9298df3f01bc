"""Secrets are sealed before they reach the store, and open only in their place and with their key."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.engine import together
from openline.errors import StoreDamaged
from openline.feeds.record import Drop, Put
from openline.post.home.secrets import SealedRecord
from openline.store.sqlite import SqliteRecord

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    record = SealedRecord.unlocked(tmp_path / "record.sqlite", KEY)
    record.commit(
        [
            Put("secret", b"a", b"a secret of an epoch"),
            Put("secret", b"b", b""),
            Put("card", b"c", b"a card"),
            Put(together.TABLE, b"d", b"a secret list"),
        ]
    )
    assert record.objects("secret") == {b"a": b"a secret of an epoch", b"b": b""}
    assert record.objects("card") == {b"c": b"a card"}
    assert record.objects(together.TABLE) == {b"d": b"a secret list"}
    record.close()
    return tmp_path / "record.sqlite"


def test_they_open_again_with_the_key_alone(path: Path) -> None:
    record = SealedRecord.unlocked(path, KEY)
    assert record.objects("secret") == {b"a": b"a secret of an epoch", b"b": b""}
    record.commit([Drop("secret", b"a")])
    assert record.objects("secret") == {b"b": b""}
    record.close()
    other = SealedRecord.unlocked(path, bytes(32))
    with pytest.raises(StoreDamaged):
        other.objects("secret")
    other.close()


def test_the_file_does_not_show_them(path: Path) -> None:
    assert b"a secret" not in path.read_bytes()
    assert b"a card" in path.read_bytes()


def test_equal_secrets_do_not_look_equal(path: Path) -> None:
    record = SealedRecord.unlocked(path, KEY)
    record.commit([Put("secret", b"x", b"same"), Put("secret", b"y", b"same")])
    record.close()
    bare = SqliteRecord.open(path)
    sealed = bare.objects("secret")
    bare.close()
    assert sealed[b"x"] != sealed[b"y"]


@pytest.mark.parametrize("how", ["moved", "changed", "cut"])
def test_what_was_tampered_with_is_damage(path: Path, how: str) -> None:
    bare = SqliteRecord.open(path)
    value = bare.objects("secret")[b"a"]
    bad = {"moved": (b"b", value), "changed": (b"a", value[:-1] + bytes([value[-1] ^ 1])), "cut": (b"a", value[:5])}
    bare.commit([Put("secret", *bad[how])])
    bare.close()
    record = SealedRecord.unlocked(path, KEY)
    with pytest.raises(StoreDamaged):
        record.objects("secret")
    record.close()
