"""A backup is whole, of one moment, and in place of the old one only when it is good."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from openline.errors import CannotWrite, StoreDamaged, StoreReadOnly
from openline.feeds.record import Put
from openline.store import backup as backups
from openline.store.backup import backup
from openline.store.sqlite import SqliteRecord
from tests.make import author, feed_of, heads, kept
from tests.store.child import AT_ONCE, next_commit
from tests.store.contract import LINE, PLENTY
from tests.store.test_writing import held


def test_a_backup_opens_as_a_store_with_the_same_record(tmp_path: Path) -> None:
    alpha = feed_of(LINE, "alpha", 4)
    record = SqliteRecord.open(tmp_path / "record.db")
    record.commit([*kept(*alpha.entries), *heads(alpha)])
    (tmp_path / "copies").mkdir()
    backup(record.path, tmp_path / "copies" / "backup.db")
    record.close()
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["backup.db"]
    assert stat.S_IMODE((tmp_path / "copies" / "backup.db").stat().st_mode) == 0o600
    copy = SqliteRecord.open(tmp_path / "copies" / "backup.db")
    assert copy.span(LINE, alpha.post, 1, 9, PLENTY) == alpha.entries
    copy.close()


def test_the_post_goes_on_writing_and_the_copy_is_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "SLICE_PAGES", 4)
    monkeypatch.setattr(backups, "PAUSE_SECONDS", 0.02)
    record, alpha = SqliteRecord.open(tmp_path / "record.db"), author(LINE, "alpha")
    for _ in range(20):
        record.commit(next_commit(alpha))
    before = len(alpha.entries)
    copying = threading.Thread(target=backup, args=(record.path, tmp_path / "backup.db"))
    copying.start()
    during = 0
    while copying.is_alive() and during < 400:
        record.commit(next_commit(alpha))
        during += 1
    copying.join()
    record.close()
    assert during > 10
    assert before <= held(tmp_path / "backup.db") < before + during * AT_ONCE // 2


def test_a_damaged_store_does_not_replace_the_last_good_backup(tmp_path: Path) -> None:
    alpha = feed_of(LINE, "alpha", 9)
    record = SqliteRecord.open(tmp_path / "record.db")
    record.commit([*kept(*alpha.entries), Put("card", b"a", b"1")])
    record._writing.execute("PRAGMA writable_schema = ON")
    record._writing.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, 'precedence > 0', 'precedence < 9') WHERE type = 'index'"
    )
    record.close()
    (tmp_path / "backup.db").write_bytes(b"the last good one")
    with pytest.raises(StoreDamaged, match="entry_by_precedence"):
        backup(tmp_path / "record.db", tmp_path / "backup.db")
    assert (tmp_path / "backup.db").read_bytes() == b"the last good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.db", "record.db"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    SqliteRecord.open(tmp_path / "record.db").close()
    with pytest.raises(CannotWrite, match="No such file"):
        backup(tmp_path / "record.db", tmp_path / "missing" / "backup.db")


def test_a_store_that_is_missing_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly, match="cannot be opened"):
        backup(tmp_path / "record.db", tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []
