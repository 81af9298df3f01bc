"""Entries by themselves: what comes back of good ones, and how broken ones are named."""

from __future__ import annotations

import pickle

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from openline.proof.batch import BATCH_BYTES, BATCH_ENTRIES, Batch, Broken, Seen, Signer, batches, check_batch, keys_of
from openline.terms import LineId
from openline.wire.change import Holding
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from tests.proof.world import World

WORLD = World("Alpha", "Bravo")
ALPHA, BRAVO = WORLD.members
FIRST = ALPHA.say("One.")
KEYS = {each.post: keys_of(each.card) for each in WORLD.members}


def check(*entries: bytes, line: LineId | None = None) -> list[Seen | Broken]:
    return check_batch(Batch(line or WORLD.line, KEYS, entries))


def test_a_good_entry_is_seen() -> None:
    (seen,) = check(encode_full(FIRST))
    assert isinstance(seen, Seen)
    assert (seen.author, seen.number, seen.id, seen.previous) == (ALPHA.post, 2, FIRST.id, ALPHA.entries[0].id)
    assert (seen.kind, seen.serial, seen.flaw) == (Kind.MESSAGE, 1, None)
    assert seen.signers == (Signer(1, Holding.POST),)


def test_what_a_batch_gives_back_can_cross_processes() -> None:
    batch = Batch(WORLD.line, KEYS, (encode_full(FIRST), b"junk"))
    assert pickle.loads(pickle.dumps(batch)) == batch  # noqa: S301
    assert pickle.loads(pickle.dumps(check_batch(batch))) == check_batch(batch)  # noqa: S301


def test_broken_entries_are_named_as_far_as_they_tell() -> None:
    forged = msgspec.structs.replace(FIRST, signature=bytes(64))
    other = encode_full(FIRST)
    junk, unsigned, elsewhere = (*check(b"\x80", encode_full(forged)), *check(other, line=LineId(bytes(32))))
    assert isinstance(junk, Broken)
    assert junk.flaw.code == "bad-field"
    assert junk.author is None
    assert isinstance(unsigned, Broken)
    assert (unsigned.flaw.code, unsigned.author, unsigned.number) == ("bad-signature", ALPHA.post, 2)
    assert isinstance(elsewhere, Broken)
    assert elsewhere.flaw.code == "other-line"


@given(st.binary(max_size=300))
def test_any_bytes_are_broken_and_raise_nothing(data: bytes) -> None:
    (found,) = check(data)
    assert isinstance(found, Broken)


def test_batches_are_cut_by_count_and_by_size() -> None:
    cut = [len(batch.entries) for batch in batches(WORLD.line, KEYS, [b"x"] * (BATCH_ENTRIES + 3))]
    assert cut == [BATCH_ENTRIES, 3]
    large = b"x" * (BATCH_BYTES // 2)
    assert [len(batch.entries) for batch in batches(WORLD.line, KEYS, [large] * 5)] == [2, 2, 1]
    assert list(batches(WORLD.line, KEYS, [])) == []
