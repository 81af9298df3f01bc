"""The record in one SQLite file: the contract, the same answers as the plain one, threads, and what is on the disk."""

from __future__ import annotations

import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from openline.errors import StoreReadOnly
from openline.feeds.record import Delivery, Drop, KeepHead, Kept, Put
from openline.sim.record import MemoryRecord
from openline.store.sqlite import SqliteRecord
from openline.terms import EntryId, PostId, Precedence
from openline.wire.entry import Entry, Have
from openline.wire.kinds import Kind
from tests.make import author, feed_of, head_of, heads, kept, line_id
from tests.store.contract import LINE, PLENTY, RecordContract

LINES = (line_id("channel"), line_id("harbour"))
NAMES = ("alpha", "bravo", "carol")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SqliteRecord]:
    opened = SqliteRecord.open(tmp_path / "record.db")
    yield opened
    opened.close()


class TestSqliteRecord(RecordContract):
    """The contract."""


def test_all_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    alpha = feed_of(LINE, "alpha", 3)
    first = SqliteRecord.open(tmp_path / "record.db")
    first.commit([*kept(*alpha.entries), *heads(alpha), Put("card", b"a", b"1")])
    first.close()
    assert [path.name for path in tmp_path.iterdir()] == ["record.db"]
    again = SqliteRecord.open(tmp_path / "record.db")
    assert again.heads(LINE) == [head_of(alpha.entries)]
    assert again.span(LINE, alpha.post, 1, 3, PLENTY) == alpha.entries
    assert again.objects("card") == {b"a": b"1"}
    more = alpha.write(b"more")
    again.commit([*kept(alpha.entries[0], more), alpha.head()])
    assert (again.count(LINE), len(again.ids(LINE, alpha.post))) == (4, 4 * 32)
    again.close()


def test_a_fork_is_known_after_closing_and_opening(tmp_path: Path) -> None:
    alpha = feed_of(LINE, "alpha", 3)
    one, two, three = alpha.entries
    first = SqliteRecord.open(tmp_path / "record.db")
    first.commit(kept(one, alpha.sign(2, one.id, b"two, otherwise"), two))
    first.close()
    again = SqliteRecord.open(tmp_path / "record.db")
    again.commit([*kept(three), alpha.head()])
    assert again.span(LINE, alpha.post, 1, 9, PLENTY) == [one, two, three]
    again.close()


def test_each_commit_is_synced(record: SqliteRecord) -> None:
    pragmas = [record._writing.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert pragmas == ["wal", 2]


def test_only_its_owner_may_read_it(tmp_path: Path, record: SqliteRecord) -> None:
    record.commit([Put("card", b"a", b"1")])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(("record.db", "record.db-wal", "record.db-shm"), 384)


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly, match="No such file"):
        SqliteRecord.open(tmp_path / "missing" / "record.db")


def test_readers_do_not_wait_for_the_writer(record: SqliteRecord) -> None:
    alpha = feed_of(LINE, "alpha", 1)
    record.commit(kept(*alpha.entries))
    record._writing.execute("BEGIN IMMEDIATE")
    record._writing.execute("DELETE FROM entry")
    assert record.span(LINE, alpha.post, 1, 9, PLENTY) == alpha.entries
    record._writing.execute("ROLLBACK")


def test_one_thread_writes_while_another_reads(record: SqliteRecord) -> None:
    alpha = feed_of(LINE, "alpha", 120)
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(len(record.ids(LINE, alpha.post)) // 32)

    reader = threading.Thread(target=read)
    reader.start()
    for number, entry in enumerate(alpha.entries, 1):
        record.commit([*kept(entry), KeepHead(head_of(alpha.entries[:number]))])
    done.set()
    reader.join()
    assert seen == sorted(seen)
    assert len(record.ids(LINE, alpha.post)) == 120 * 32


class BothRecords(RuleBasedStateMachine):
    """Any commits at all, forks, lies and gaps included, leave both records with the same answers."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "record.db"
        self.durable, self.plain = SqliteRecord.open(self.path), MemoryRecord()
        self.authors = [author(line, name) for line in LINES for name in NAMES]
        self.written: list[Entry] = []
        self.kept: set[EntryId] = set()

    def teardown(self) -> None:
        """Close what was opened."""
        self.durable.close()
        self.folder.cleanup()

    @rule(data=st.data(), count=st.integers(1, 4))
    def write(self, data: st.DataObject, count: int) -> None:
        """An author signs an entry after any of its own: so feeds fork."""
        for _ in range(count):
            writer = data.draw(st.sampled_from(self.authors))
            own = [entry for entry in self.written if self._is_by(entry, writer.line, writer.post)]
            after = data.draw(st.sampled_from([None, *own, *own[-1:] * 8]))
            line = [entry.id for entry in self.written if entry.header.line == writer.line]
            members = [each.post for each in self.authors if each.line == writer.line and each is not writer]
            haves = []
            for post in data.draw(st.lists(st.sampled_from(members), unique=True)):
                number = data.draw(st.integers(0, 6))
                beyond = sorted(data.draw(st.sets(st.integers(number + 2, number + 5), max_size=2)))
                pairs = tuple((at, self._id(data, writer.line, post, at)) for at in beyond)
                named = self._id(data, writer.line, post, number) if number else EntryId(bytes(32))
                haves.append(Have(post, number, named, pairs))
            entry = writer.sign(
                after.header.number + 1 if after else 1,
                after.id if after else None,
                data.draw(st.binary(max_size=3)),
                kind=data.draw(st.sampled_from([Kind.MESSAGE, Kind.ACK, Kind.TAKEN])),
                precedence=data.draw(st.sampled_from(Precedence)),
                exchange=data.draw(st.sampled_from([None, *line])),
                have=haves,
            )
            if entry not in self.written:
                self.written.append(entry)

    @precondition(lambda self: self.written)
    @rule(data=st.data(), forward=st.booleans())
    def commit(self, data: st.DataObject, forward: bool) -> None:
        """Some are kept, in any order and twice too, and some heads are moved to entries all of whose past is kept."""
        entries = data.draw(st.lists(st.sampled_from(self.written), max_size=6))
        keeps = [keep for entry in entries for keep in kept(entry, at=data.draw(st.integers(0, 9)))]
        self.kept |= {entry.id for entry in entries}
        chains = [chain for chain in map(self._chain, self.written) if chain]
        if forward:
            chains = [chain for chain in chains if len(chain) > 1]
        moved = data.draw(st.lists(st.sampled_from(chains), max_size=3)) if chains else []
        objects = data.draw(
            st.lists(
                st.one_of(
                    st.builds(Put, st.sampled_from(["card", "terms"]), st.sampled_from([b"a", b"b"]), st.binary()),
                    st.builds(Drop, st.sampled_from(["card", "terms"]), st.sampled_from([b"a", b"b"])),
                ),
                max_size=2,
            )
        )
        for target in (self.durable, self.plain):
            target.commit([*keeps, *(KeepHead(head_of(chain)) for chain in moved), *objects])

    @rule()
    def open_again(self) -> None:
        """The process ends and another begins."""
        self.durable.close()
        self.durable = SqliteRecord.open(self.path)

    @invariant()
    def same_answers(self) -> None:
        """Every query on every line, feed and entry."""
        durable, plain = self.durable, self.plain
        for table in ("card", "terms"):
            assert durable.objects(table) == plain.objects(table)
        for line in LINES:
            assert durable.heads(line) == plain.heads(line)
            assert durable.claims(line) == plain.claims(line)
            assert durable.count(line) == plain.count(line)
            assert durable.openings(line, [Kind.MESSAGE], 7, 3) == plain.openings(line, [Kind.MESSAGE], 7, 3)
        assert durable.openings(None, list(Kind), None, 99) == plain.openings(None, list(Kind), None, 99)
        for entry in self.written:
            line = entry.header.line
            assert durable.entry(line, entry.id) == plain.entry(line, entry.id)
            exchanges = [each.exchange(line, entry.id) for each in (durable, plain)]
            assert sorted(exchanges[0], key=_id) == sorted(exchanges[1], key=_id)
        for each in self.authors:
            line, post = each.line, each.post
            assert durable.ids(line, post) == plain.ids(line, post)
            assert durable.beyond(line, post) == plain.beyond(line, post)
            assert durable.span(line, post, 1, 9, 700) == plain.span(line, post, 1, 9, 700)
            ranges = [(1, 2), (4, 9)]
            assert durable.urgent(line, post, ranges, 4, 900) == plain.urgent(line, post, ranges, 4, 900)
            for number in range(1, 9):
                found = [one.deliveries(line, post, number) for one in (durable, plain)]
                assert sorted(found[0], key=_by) == sorted(found[1], key=_by)

    def _chain(self, entry: Entry) -> list[Entry]:
        """Entry 1 to this one, if all are kept."""
        by_id = {each.id: each for each in self.written if each.id in self.kept}
        chain: list[Entry] = []
        at: EntryId | None = entry.id
        while at is not None:
            if at not in by_id:
                return []
            chain.append(by_id[at])
            at = by_id[at].header.previous
        return chain[::-1]

    def _id(self, data: st.DataObject, line: bytes, post: bytes, number: int) -> EntryId:
        """The id of one of the entries with this number, or of none."""
        ids = [each.id for each in self.written if self._is_by(each, line, post) and each.header.number == number]
        return data.draw(st.sampled_from([*ids, EntryId(bytes([number]) * 32)]))

    @staticmethod
    def _is_by(entry: Entry, line: bytes, post: bytes) -> bool:
        return (entry.header.line, entry.header.author) == (line, post)


def _by(delivery: Delivery) -> PostId:
    return delivery.by


def _id(found: Kept) -> EntryId:
    return found.entry.id


BothRecords.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestBothRecords = BothRecords.TestCase
