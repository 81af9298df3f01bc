"""A feed comes to the same end in every order of arrival; a fork is found in every order and spoils none below it."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import TooFarAhead
from openline.feeds.feed import NOTHING, Feed, Fork, Place
from openline.feeds.merkle import Frontier, leaf_hash
from openline.feeds.record import Head
from openline.limits import (
    AHEAD_MAX,
    BEYOND_MAX,
    BEYONDS_MAX,
    HEADER_MAX_BYTES,
    ITEMS_MAX,
    LINE_MEMBERS_MAX,
    REFERS_MAX,
)
from openline.terms import EntryId, Instant
from openline.wire.entry import Act, Entry, Have, decode_header, encode_header, entry_to_be_signed
from openline.wire.kinds import Kind
from tests.make import Author, author, feed_of, have, head_of, line_id

LINE = line_id("channel")
LARGEST = (1 << 63) - 1


def fed(*entries: Entry) -> Feed:
    """A feed that these arrived at, in this order."""
    feed = Feed(LINE, entries[0].header.author)
    for entry in entries:
        feed.admit(entry)
    return feed


def said(feed: Feed) -> Have:
    """What a post would sign about this feed, as others would read it."""
    vector = feed.have()
    entry = author(LINE, "witness").sign(1, None, have=[vector])
    assert decode_header(encode_header(entry.header)).have == (vector,)
    return vector


def end(chain: list[Entry]) -> Head:
    """The head of this whole chain."""
    return head_of(chain)


CHAIN = feed_of(LINE, "alpha", 7).entries


@given(st.permutations(CHAIN), st.lists(st.sampled_from(CHAIN)), st.data())
def test_every_order_with_any_repeats_ends_at_one_head(
    order: list[Entry], again: list[Entry], data: st.DataObject
) -> None:
    for entry in again:
        order.insert(data.draw(st.integers(0, len(order))), entry)
    feed = Feed(LINE, CHAIN[0].header.author)
    joined: list[Entry] = []
    for at, entry in enumerate(order):
        admission = feed.admit(entry)
        joined += admission.chained
        assert (admission.place == Place.HELD) == (entry in order[:at])
        assert (admission.place == Place.CHAINED) == bool(admission.chained)
        said(feed)
    assert joined == CHAIN
    assert feed.head() == end(CHAIN)
    assert (feed.waiting, feed.fork) == ({}, None)


@given(st.permutations(CHAIN), st.sets(st.integers(1, len(CHAIN))))
def test_what_is_missing_leaves_the_rest_waiting(order: list[Entry], missing: set[int]) -> None:
    arrived = [entry for entry in order if entry.header.number not in missing]
    feed = Feed(LINE, CHAIN[0].header.author)
    for entry in arrived:
        feed.admit(entry)
    first = min(missing, default=len(CHAIN) + 1)
    beyond = tuple(
        (entry.header.number, entry.id) for entry in CHAIN if entry in arrived and entry.header.number > first
    )
    last = CHAIN[first - 2].id if first > 1 else NOTHING
    assert said(feed) == Have(feed.author, first - 1, last, beyond)
    held = {number for number in range(1, 9) if number in feed.held()}
    assert held == {entry.header.number for entry in arrived}
    assert {number for number in range(10) if feed.id_at(number)} == held
    tree = Frontier.empty().append_many(leaf_hash(entry_to_be_signed(entry.payload)) for entry in CHAIN[: first - 1])
    assert feed.head() == Head(LINE, feed.author, first - 1, last, tree.to_bytes())


@st.composite
def trees(draw: st.DrawFn) -> list[Entry]:
    """Everything that an author signed, after any of its own entries: none, one or many forks."""
    writer = author(LINE, "liar")
    written: list[Entry] = []
    for at in range(draw(st.integers(2, 7))):
        after = draw(st.sampled_from([None, *written, *written[-1:] * 5]))
        number, previous = (1, None) if after is None else (after.header.number + 1, after.id)
        written.append(writer.sign(number, previous, b"%d" % at))
    return written


@given(trees(), st.data())
def test_a_fork_is_found_in_every_order_and_nothing_below_it_is_lost(written: list[Entry], data: st.DataObject) -> None:
    numbers = [entry.header.number for entry in written]
    forked = min((number for number in numbers if numbers.count(number) > 1), default=None)
    below = [entry for entry in written if forked is None or entry.header.number < forked]
    feed = fed(*data.draw(st.permutations(written)))
    said(feed)
    assert (feed.fork and feed.fork.number) == forked
    assert bytes(feed.ids).startswith(b"".join(entry.id for entry in below))
    if forked is not None:
        assert feed.fork is not None
        two = {entry.id for entry in written if entry.header.number == forked}
        assert {feed.fork.ours, feed.fork.theirs} <= two
    else:
        assert feed.head() == end(below)


@given(trees(), st.data())
def test_with_some_missing_a_feed_holds_one_true_chain(written: list[Entry], data: st.DataObject) -> None:
    arrived = data.draw(st.lists(st.sampled_from(written), min_size=1, unique_by=lambda entry: entry.id))
    feed = fed(*arrived)
    said(feed)
    by_id = {entry.id: entry for entry in arrived}
    before = None
    for number in range(1, feed.number + 1):
        identifier = feed.id_at(number)
        assert identifier is not None
        entry = by_id[identifier]
        assert (entry.header.number, entry.header.previous) == (number, before)
        before = identifier
    twice = len({entry.header.number for entry in arrived}) < len(arrived)
    if twice:
        assert feed.fork is not None


def branched() -> tuple[Author, list[Entry], list[Entry]]:
    """An author with two histories from entry 2 on."""
    writer = feed_of(LINE, "liar", 4)
    other = writer.sign(2, writer.entries[0].id, b"other")
    return writer, writer.entries, [writer.entries[0], other, writer.sign(3, other.id, b"third")]


def test_two_entries_with_one_number_are_a_fork_in_every_order() -> None:
    _, true, other = branched()
    for order in permutations([true[0], true[1], other[1]]):
        feed = Feed(LINE, true[0].header.author)
        places = [feed.admit(entry).place for entry in order]
        assert Place.FORKED in places
        assert feed.fork is not None
        assert feed.fork.number == 2
        assert bytes(feed.ids).startswith(true[0].id)


def test_a_chain_that_does_not_meet_is_a_fork_though_no_number_came_twice() -> None:
    _, true, other = branched()
    feed = fed(true[0], other[1], true[2])
    assert feed.fork == Fork(3, other[1].id, true[2].id)
    waited = fed(true[0], true[2], other[1])
    assert waited.fork == Fork(3, other[1].id, true[2].id)
    assert (waited.number, set(waited.waiting)) == (2, {3})
    assert said(waited) == have(other[1])


def test_a_forked_feed_stands_still_from_the_fork_on() -> None:
    _, true, other = branched()
    feed = fed(true[0], true[1], other[1])
    assert [feed.admit(entry).place for entry in (true[2], true[3], other[2])] == [Place.FROZEN] * 3
    assert feed.admit(true[1]).place == Place.HELD
    assert feed.head() == end(true[:2])


def test_what_is_below_a_fork_is_taken_after_it_was_found() -> None:
    _, true, other = branched()
    feed = fed(true[1], other[1])
    assert (feed.number, feed.fork) == (0, Fork(2, true[1].id, other[1].id))
    assert feed.admit(true[0]).chained == (true[0],)
    assert (feed.number, said(feed)) == (1, have(true[0]))


def test_an_entry_1_that_names_one_before_is_no_entry_1_of_ours() -> None:
    _, true, other = branched()
    first = author(LINE, "liar").sign(1, None, b"another beginning")
    feed = fed(true[0], first)
    assert feed.fork == Fork(1, true[0].id, first.id)
    assert fed(first, other[1]).fork == Fork(2, first.id, other[1].id)


def test_what_is_too_far_ahead_is_refused_and_changes_nothing() -> None:
    writer = feed_of(LINE, "alpha", 2)
    feed = fed(*writer.entries)
    edge = writer.sign(2 + AHEAD_MAX, EntryId(bytes(32)), b"edge")
    assert feed.admit(edge).place == Place.WAITING
    with pytest.raises(TooFarAhead):
        feed.admit(writer.sign(3 + AHEAD_MAX, EntryId(bytes(32)), b"beyond"))
    assert set(feed.waiting) == {2 + AHEAD_MAX}


def test_a_have_vector_names_no_more_than_its_limit_lowest_first() -> None:
    writer = feed_of(LINE, "alpha", 2 * BEYOND_MAX)
    feed = fed(*writer.entries[1:])
    assert said(feed) == Have(
        writer.post, 0, NOTHING, tuple((e.header.number, e.id) for e in writer.entries[1 : BEYOND_MAX + 1])
    )


def test_the_longest_header_that_a_post_writes_is_not_too_long() -> None:
    feeds = [fed(*feed_of(LINE, f"member {at}", 5).entries[:1]) for at in range(LINE_MEMBERS_MAX - 1)]
    for feed in feeds:
        feed.waiting = {(1 << 62) + at: feed_entry for at, feed_entry in enumerate([CHAIN[0]] * BEYOND_MAX)}
    for count in (1, 2, 3, len(feeds)):
        haves = [feed.have(min(BEYOND_MAX, BEYONDS_MAX // count)) for feed in feeds[:count]]
        act = Act(LARGEST, bytes(16), "r" * 64, Instant(LARGEST), bytes(64))
        refers = (EntryId(bytes(32)),) * REFERS_MAX
        largest = author(LINE, "alpha").sign(
            LARGEST,
            CHAIN[0].id,
            *[b""] * ITEMS_MAX,
            have=haves,
            act=act,
            refers=refers,
            exchange=CHAIN[0].id,
            time=Instant(LARGEST),
        )
        assert len(largest.payload) < HEADER_MAX_BYTES
        assert decode_header(largest.payload) == largest.header


def test_a_checkpoint_is_put_aside_with_the_tree_before_it() -> None:
    writer = feed_of(LINE, "alpha", 3)
    checkpoint = writer.write(b"note", kind=Kind.CHECKPOINT)
    feed = fed(checkpoint, *writer.entries[:3])
    ((entry, root),) = feed.trees
    leaves = [leaf_hash(entry_to_be_signed(before.payload)) for before in writer.entries[:3]]
    assert (entry, root) == (checkpoint, Frontier.empty().append_many(leaves).root())


def test_a_claim_that_falls_is_put_aside_and_the_highest_stands() -> None:
    writer, other = author(LINE, "alpha"), feed_of(LINE, "bravo", 5)
    for number in (2, 5, 5, 4, 5):
        writer.write(kind=Kind.ACK, have=[have(other.entries[number - 1])])
    for order in (writer.entries, writer.entries[::-1]):
        feed = fed(*order)
        assert feed.claims == {other.post: 5}
        assert [(entry.header.number, post) for entry, post in feed.shrunk] == [(4, other.post)]


def test_a_feed_goes_on_from_what_the_record_holds() -> None:
    writer = feed_of(LINE, "alpha", 6)
    before = fed(*writer.entries[:3], writer.entries[4])
    feed = Feed(LINE, writer.post)
    feed.restore(before.head(), bytes(before.ids), list(before.waiting.values()))
    assert (feed.head(), feed.have(), feed.held().ranges()) == (before.head(), before.have(), ((1, 3), (5, 5)))
    assert [entry.header.number for entry in feed.admit(writer.entries[3]).chained] == [4, 5]
    assert feed.admit(writer.entries[5]).place == Place.CHAINED
    assert feed.head() == end(writer.entries)


def test_a_feed_goes_back_to_its_named_branch_and_on_along_it() -> None:
    writer, true, other = branched()
    feed = fed(*other, true[1])
    feed.rewind(1, Frontier.from_bytes(end(true[:1]).frontier), {}, (2, true[1].id))
    assert (feed.number, feed.fork) == (1, None)
    assert feed.admit(other[1]).place == Place.OFF
    keys = writer.sign(3, true[1].id, b"card", kind=Kind.KEYS)
    assert feed.admit(keys).place == Place.WAITING
    assert feed.admit(true[1]).chained == (true[1], keys)
    assert [feed.admit(entry).place for entry in (other[2], true[2], other[1])] == [Place.OFF] * 3
    assert feed.head() == end([true[0], true[1], keys])
    assert feed.fork is None


def test_what_waits_from_a_disowned_branch_convicts_nobody_and_gives_way() -> None:
    """An overtaking entry of the named branch meets a disowned one of its number before the chain reaches either."""
    writer, true, _ = branched()
    feed = fed(true[0])
    feed.rewind(1, Frontier.from_bytes(end(true[:1]).frontier), {}, (1, true[0].id))
    keys = writer.sign(2, true[0].id, b"card", kind=Kind.KEYS)
    third = writer.sign(3, keys.id, b"new third")
    fourth = writer.sign(4, third.id, b"new fourth")
    assert feed.admit(true[3]).place == Place.WAITING
    assert feed.admit(fourth).place == Place.OFF
    assert feed.fork is None
    assert feed.admit(keys).place == Place.CHAINED
    assert feed.admit(third).place == Place.CHAINED
    assert (feed.number, feed.waiting) == (3, {})
    assert feed.admit(fourth).place == Place.CHAINED
    assert feed.admit(true[3]).place == Place.OFF
    assert feed.fork is None


def test_an_empty_feed_holds_nothing() -> None:
    feed = Feed(LINE, author(LINE, "alpha").post)
    assert (feed.number, feed.last, bool(feed.held()), feed.id_at(0), feed.id_at(1)) == (0, NOTHING, False, None, None)
    assert said(feed) == Have(feed.author, 0, NOTHING)
