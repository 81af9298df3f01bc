"""Backups: of one moment, whole or none, and marked when they are restored."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from openline.errors import BadBackup, CannotRead, CannotWrite, HomeTaken
from openline.feeds.record import Put
from openline.post.home import backups, keyring
from openline.post.home.backups import RESTORED
from openline.post.home.keyring import Keyring
from openline.post.home.secrets import SealedRecord
from openline.post.loop import now


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    ring = keyring.found(tmp_path / "home", "North", "Berg", b"secret", now())
    record = SealedRecord.unlocked(ring.home.record, ring.store_key)
    record.commit([Put("secret", b"k", b"value"), Put("card", b"c", b"x" * 3_000_000)])
    record.close()
    return ring


def test_a_restored_home_is_the_same_and_says_so(ring: Keyring, tmp_path: Path) -> None:
    file, into = tmp_path / "copy", tmp_path / "deep" / "into"
    record = SealedRecord.unlocked(ring.home.record, ring.store_key)
    assert backups.backup(ring.home, file) == file.stat().st_size
    record.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    home = backups.restore(file, into)
    assert (home.name, home.post) == ("North", ring.home.post)
    opened = keyring.unlock(home, b"secret")
    assert opened.own == ring.own
    restored = SealedRecord.unlocked(home.record, opened.store_key)
    assert restored.objects("secret") == {b"k": b"value"}
    assert len(restored.objects("card")[b"c"]) == 3_000_000
    assert restored.objects(RESTORED.table) == {RESTORED.key: RESTORED.value}
    restored.close()
    assert {stat.S_IMODE(each.stat().st_mode) for each in into.iterdir()} == {0o600}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy", "deep", "home"]


def test_what_is_no_backup(ring: Keyring, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    backups.backup(ring.home, file)
    data = file.read_bytes()
    middle = len(data) // 2
    bad = [b"", b"x", data[:18], data[:middle], data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]]
    for at, changed in enumerate(bad):
        file.write_bytes(changed)
        with pytest.raises(BadBackup):
            backups.restore(file, tmp_path / f"into{at}")


def test_where_it_cannot_be(ring: Keyring, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        backups.backup(ring.home, tmp_path / "none" / "copy")
    with pytest.raises(CannotRead):
        backups.restore(tmp_path / "none", tmp_path / "into")
    file = tmp_path / "copy"
    backups.backup(ring.home, file)
    with pytest.raises(HomeTaken):
        backups.restore(file, ring.home.path)
