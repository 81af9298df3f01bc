"""What every record has to do: the test class of each kind of record inherits `RecordContract`."""

from __future__ import annotations

import pytest

from openline.feeds.record import Delivery, Drop, Head, KeepHead, Put, Record
from openline.terms import EntryId, Instant, LineId, PostId, Precedence
from openline.wire.entry import Have
from openline.wire.full import decode_full, encode_full
from openline.wire.kinds import Kind
from tests.make import NOON, author, feed_of, have, have_only, head_of, heads, kept, line_id

LINE = line_id("channel")
OTHER = line_id("harbour")
PLENTY = 1 << 30


class RecordContract:
    """Inherit, and give a fixture `record`: an empty record."""

    def test_an_empty_record_holds_nothing(self, record: Record) -> None:
        post = author(LINE, "alpha").post
        nothing = EntryId(bytes(32))
        assert (record.objects("card"), record.heads(LINE), record.ids(LINE, post)) == ({}, [], b"")
        assert (record.beyond(LINE, post), record.claims(LINE), record.entry(LINE, nothing)) == ([], {}, None)
        assert record.span(LINE, post, 1, 9, PLENTY) == record.urgent(LINE, post, [(1, 9)], 9, PLENTY) == []
        assert (record.exchange(LINE, nothing), record.deliveries(LINE, post, 1)) == ([], [])
        assert record.openings(None, [Kind.MESSAGE], None, 9) == record.openings(LINE, list(Kind), 5, 9) == []
        assert record.count(LINE) == 0

    def test_what_the_tests_keep_is_valid(self, record: Record) -> None:
        alpha = feed_of(LINE, "alpha", 2)
        assert [decode_full(encode_full(entry)) for entry in alpha.entries] == alpha.entries

    def test_an_entry_comes_back_as_it_was_kept(self, record: Record) -> None:
        alpha = author(LINE, "alpha")
        entry = alpha.write(b"Fire in sector 4.", b"51N 2E", precedence=Precedence.FLASH)
        record.commit(kept(entry, at=NOON + 7))
        found = record.entry(LINE, entry.id)
        assert found is not None
        assert (found.entry, found.at, dict(found.knew)) == (entry, NOON + 7, {})
        assert record.entry(OTHER, entry.id) is None

    def test_entries_are_found_by_the_beginning_of_their_ids(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 3), feed_of(OTHER, "bravo", 2)
        record.commit(kept(*alpha.entries, *bravo.entries))
        ids = sorted([(entry.id, entry.header.line) for entry in alpha.entries + bravo.entries])
        everything = record.between(EntryId(bytes(32)), EntryId(b"\xff" * 32), 9)
        assert everything == [(line, identifier) for identifier, line in ids]
        assert record.between(ids[1][0], ids[3][0], 2) == everything[1:3]
        assert record.between(ids[4][0], ids[4][0], 9) == everything[4:]
        assert record.between(ids[4][0], ids[3][0], 9) == []

    def test_keeping_an_entry_again_changes_nothing(self, record: Record) -> None:
        alpha = feed_of(LINE, "alpha", 2)
        record.commit(kept(*alpha.entries, *alpha.entries) + heads(alpha))
        record.commit(kept(*alpha.entries, at=NOON + 5))
        found = record.entry(LINE, alpha.entries[0].id)
        assert found is not None
        assert found.at == NOON
        assert record.count(LINE) == 2
        assert [sequence for sequence, _ in record.openings(LINE, [Kind.MESSAGE], None, 9)] == [2, 1]

    def test_objects_are_put_replaced_and_dropped_in_order(self, record: Record) -> None:
        record.commit([Put("card", b"b", b"1"), Put("card", b"a", b"2"), Put("terms", b"a", b"3")])
        assert list(record.objects("card").items()) == [(b"a", b"2"), (b"b", b"1")]
        record.commit([Put("card", b"b", b"4"), Drop("card", b"a"), Drop("card", b"missing"), Drop("card", b"b")])
        assert record.objects("card") == {}
        record.commit([Drop("terms", b"a"), Put("terms", b"a", b"")])
        assert record.objects("terms") == {b"a": b""}

    def test_the_last_head_of_a_commit_counts(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 3), feed_of(LINE, "bravo", 1)
        record.commit([*kept(*alpha.entries), alpha.head(1), alpha.head(2)])
        assert record.heads(LINE) == [head_of(alpha.entries[:2])]
        record.commit([alpha.head(3), *kept(*bravo.entries), bravo.head()])
        assert sorted(record.heads(LINE), key=_post) == sorted(
            [head_of(alpha.entries), head_of(bravo.entries)], key=_post
        )
        assert record.heads(OTHER) == []

    def test_ids_end_at_the_head_and_the_rest_is_beyond(self, record: Record) -> None:
        alpha = feed_of(LINE, "alpha", 6)
        one, two, three, _, five, six = alpha.entries
        record.commit([*kept(six, one, two, five), alpha.head(2)])
        assert record.ids(LINE, alpha.post) == one.id + two.id
        assert record.beyond(LINE, alpha.post) == [five, six]
        record.commit([*kept(three), alpha.head(3)])
        assert record.ids(LINE, alpha.post) == one.id + two.id + three.id
        assert record.beyond(LINE, alpha.post) == [five, six]

    def test_a_span_is_in_order_and_holds_as_many_as_fit(self, record: Record) -> None:
        alpha = feed_of(LINE, "alpha", 5)
        size = len(encode_full(alpha.entries[1]))
        record.commit(kept(*reversed(alpha.entries)))
        assert record.span(LINE, alpha.post, 2, 4, PLENTY) == alpha.entries[1:4]
        assert record.span(LINE, alpha.post, 4, 99, PLENTY) == alpha.entries[3:]
        assert record.span(LINE, alpha.post, 2, 5, 2 * size) == alpha.entries[1:3]
        assert record.span(LINE, alpha.post, 2, 5, 2 * size - 1) == alpha.entries[1:2]
        assert record.span(LINE, alpha.post, 2, 5, 0) == alpha.entries[1:2]
        assert record.span(OTHER, alpha.post, 1, 5, PLENTY) == []

    def test_the_urgent_go_first(self, record: Record) -> None:
        alpha = author(LINE, "alpha")
        routine, flash, priority, second, last = (
            alpha.write(b"x", precedence=precedence)
            for precedence in (Precedence.ROUTINE, Precedence.FLASH, Precedence.PRIORITY, Precedence.FLASH, 0)
        )
        record.commit(kept(*alpha.entries))
        everything = [flash, second, priority, routine, last]
        assert record.urgent(LINE, alpha.post, [(1, 5)], 9, PLENTY) == everything
        assert record.urgent(LINE, alpha.post, [(4, 9), (1, 2), (2, 4)], 9, PLENTY) == everything
        assert record.urgent(LINE, alpha.post, [(1, 1), (3, 3), (5, 5)], 9, PLENTY) == [priority, routine, last]
        assert record.urgent(LINE, alpha.post, [(1, 5)], 3, PLENTY) == everything[:3]
        assert record.urgent(LINE, alpha.post, [(1, 5)], 9, len(encode_full(flash))) == [flash]
        assert record.urgent(LINE, alpha.post, [(1, 5)], 9, 0) == [flash]
        assert record.urgent(LINE, alpha.post, [(1, 5)], 0, PLENTY) == []
        assert record.urgent(LINE, alpha.post, [], 9, PLENTY) == record.urgent(LINE, alpha.post, [(4, 3)], 9, 9) == []

    def test_claims_count_from_chained_entries_only(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 9), author(LINE, "bravo")
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[1])])
        bravo.write(kind=Kind.ACK)
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[8])])
        one, two, three = bravo.entries
        record.commit([*kept(one, three, *alpha.entries), alpha.head(), bravo.head(1)])
        assert record.claims(LINE) == {(bravo.post, alpha.post): 2}
        assert record.deliveries(LINE, alpha.post, 9) == []
        record.commit([*kept(two), bravo.head(3)])
        assert record.claims(LINE) == {(bravo.post, alpha.post): 9}
        assert [proof.proof for proof in record.deliveries(LINE, alpha.post, 9)] == [three.id]
        assert record.claims(OTHER) == {}

    def test_a_claim_never_falls(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 5), author(LINE, "bravo")
        for number in (3, 1, 4):
            bravo.write(kind=Kind.ACK, have=[have(alpha.entries[number - 1])])
        record.commit(kept(*alpha.entries, *bravo.entries) + heads(alpha, bravo))
        assert record.claims(LINE) == {(bravo.post, alpha.post): 4}
        assert [proof.number for proof in record.deliveries(LINE, alpha.post, 1)] == [1]

    def test_what_an_author_knew_is_what_it_and_its_earlier_entries_say(self, record: Record) -> None:
        alpha, carol, bravo = feed_of(LINE, "alpha", 5), feed_of(LINE, "carol", 5), author(LINE, "bravo")
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[2]), have(carol.entries[0])])
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[1])])
        bravo.write(kind=Kind.ACK, have=[have(carol.entries[3])])
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[4])])
        one, two, three, four = bravo.entries
        record.commit([*kept(two, three, four)])
        assert _knew(record, three.id) == {alpha.post: 2, carol.post: 4}
        record.commit([*kept(one), bravo.head(3)])
        assert _knew(record, one.id) == {alpha.post: 3, carol.post: 1}
        assert _knew(record, two.id) == {alpha.post: 3, carol.post: 1}
        assert _knew(record, three.id) == {alpha.post: 3, carol.post: 4}
        assert _knew(record, four.id) == {alpha.post: 5, carol.post: 4}

    def test_a_delivery_is_the_first_entry_of_each_member_that_covers_it(self, record: Record) -> None:
        alpha, bravo, carol = feed_of(LINE, "alpha", 5), author(LINE, "bravo"), author(LINE, "carol")
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[0], alpha.entries[3])])
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[3])])
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[4])])
        carol.write(kind=Kind.ACK, have=[have_only(alpha.entries[2])])
        alpha.write(kind=Kind.ACK, have=[Have(alpha.post, 5, alpha.entries[4].id)])
        record.commit(kept(*alpha.entries, *bravo.entries) + heads(alpha, bravo))
        record.commit(kept(*carol.entries, at=NOON + 9) + heads(carol))

        def proofs(number: int) -> set[tuple[PostId, int]]:
            return {(delivery.by, delivery.number) for delivery in record.deliveries(LINE, alpha.post, number)}

        expected = [{(bravo.post, 1)}, {(bravo.post, 2)}, {(bravo.post, 2), (carol.post, 1)}, {(bravo.post, 1)}]
        assert [proofs(number) for number in range(1, 6)] == [*expected, {(bravo.post, 3)}]
        (from_carol,) = (each for each in record.deliveries(LINE, alpha.post, 3) if each.by == carol.post)
        time = carol.entries[0].header.time
        assert from_carol == Delivery(carol.post, carol.entries[0].id, 1, time, Instant(NOON + 9))
        assert record.claims(LINE) == {(bravo.post, alpha.post): 5, (alpha.post, alpha.post): 5}

    def test_who_signs_for_what_is_not_written_yet_has_signed_for_nothing(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 6), author(LINE, "bravo")
        nothing = EntryId(b"\x99" * 32)
        bravo.write(kind=Kind.ACK, have=[Have(alpha.post, 5, nothing)])
        bravo.write(kind=Kind.ACK, have=[Have(alpha.post, 0, EntryId(bytes(32)), ((6, nothing),))])
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[1])])
        record.commit(kept(*alpha.entries, *bravo.entries) + heads(alpha, bravo))
        assert [_proofs(record, alpha.post, number) for number in range(1, 7)] == [[3], [3], [], [], [], []]
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[5])])
        record.commit([*kept(bravo.entries[3]), bravo.head()])
        assert [_proofs(record, alpha.post, number) for number in range(1, 7)] == [[3], [3], [4], [4], [4], [4]]

    def test_what_was_signed_of_another_branch_proves_nothing_of_the_one_that_stands(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 3), author(LINE, "bravo")
        before = alpha.entries[:2]
        for entry in alpha.entries:
            bravo.write(kind=Kind.ACK, have=[have(entry)])
        record.commit(kept(*alpha.entries, *bravo.entries) + heads(alpha, bravo))
        third = alpha.sign(3, before[-1].id, b"three, otherwise")
        fourth = alpha.sign(4, third.id, b"four, otherwise")
        record.commit([*kept(third, fourth), KeepHead(head_of([*before, third, fourth]))])
        assert [_proofs(record, alpha.post, number) for number in range(1, 5)] == [[1], [2], [], []]
        bravo.write(kind=Kind.ACK, have=[have(third)])
        record.commit([*kept(bravo.entries[3]), bravo.head()])
        assert [_proofs(record, alpha.post, number) for number in range(1, 5)] == [[1], [2], [4], []]
        bravo.write(kind=Kind.ACK, have=[have(fourth)])
        record.commit([*kept(bravo.entries[4]), bravo.head()])
        assert _proofs(record, alpha.post, 4) == [5]

    def test_a_number_beyond_what_is_chained_here_proves_nothing_of_those_below(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 4), author(LINE, "bravo")
        bravo.write(kind=Kind.ACK, have=[have(alpha.entries[3])])
        record.commit(kept(alpha.entries[0], alpha.entries[3], *bravo.entries) + [alpha.head(1), bravo.head()])
        assert [_proofs(record, alpha.post, number) for number in (1, 4)] == [[], [1]]
        record.commit([*kept(*alpha.entries[1:3]), alpha.head()])
        assert _proofs(record, alpha.post, 1) == [1]

    def test_an_exchange_is_all_that_names_its_opening(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 2), author(LINE, "bravo")
        opening = alpha.entries[0]
        bravo.write(kind=Kind.SEEN, exchange=opening.id)
        bravo.write(kind=Kind.SEEN, exchange=alpha.entries[1].id)
        bravo.write(kind=Kind.TAKEN, exchange=opening.id)
        seen, _, taken = bravo.entries
        record.commit([*kept(seen, taken), bravo.head(1)])
        assert _ids(record, opening.id) == {seen.id, taken.id}
        record.commit(kept(*alpha.entries))
        assert _ids(record, opening.id) == {opening.id, seen.id, taken.id}
        assert record.exchange(OTHER, opening.id) == []

    def test_of_an_exchange_the_first_of_each_author_are_given(
        self, record: Record, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("openline.store.reading", "openline.sim.record"):
            monkeypatch.setattr(f"{module}.EXCHANGE_ENTRIES_MAX", 2)
        alpha, bravo = feed_of(LINE, "alpha", 1), author(LINE, "bravo")
        opening = alpha.entries[0]
        for _ in range(5):
            bravo.write(exchange=opening.id)
        taken = alpha.write(kind=Kind.TAKEN, exchange=opening.id)
        record.commit([*kept(*reversed(bravo.entries), *alpha.entries), bravo.head(), alpha.head()])
        assert _ids(record, opening.id) == {opening.id, taken.id, *(each.id for each in bravo.entries[:3])}

    def test_openings_are_newest_kept_first_and_paged(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 3), feed_of(OTHER, "bravo", 2)
        receipt = alpha.write(kind=Kind.ACK)
        reply = alpha.write(b"Understood.", exchange=bravo.entries[0].id)
        record.commit(kept(alpha.entries[2], bravo.entries[0], receipt, reply))
        record.commit(kept(alpha.entries[0], bravo.entries[1]))

        def page(line: LineId | None, before: int | None, most: int) -> list[EntryId]:
            return [found.entry.id for _, found in record.openings(line, [Kind.MESSAGE], before, most)]

        newest = [bravo.entries[1].id, alpha.entries[0].id, bravo.entries[0].id, alpha.entries[2].id]
        assert page(None, None, 9) == newest
        first = record.openings(None, [Kind.MESSAGE], None, 3)
        assert page(None, first[-1][0], 9) == newest[3:]
        assert page(LINE, None, 9) == [alpha.entries[0].id, alpha.entries[2].id]
        assert [found.entry for _, found in record.openings(LINE, [Kind.ACK], None, 9)] == [receipt]
        both = record.openings(LINE, [Kind.ACK, Kind.MESSAGE], None, 2)
        assert [found.entry for _, found in both] == [alpha.entries[0], receipt]
        assert len(record.openings(OTHER, [Kind.MESSAGE, Kind.MESSAGE], None, 9)) == 2
        assert record.openings(None, [], None, 9) == record.openings(LINE, [Kind.MESSAGE], None, 0) == []

    def test_all_entries_are_listed_newest_kept_first_and_paged(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 2), feed_of(OTHER, "bravo", 1)
        liar = alpha.sign(2, alpha.entries[0].id, b"denied")
        record.commit(kept(*alpha.entries) + heads(alpha))
        record.commit(kept(*bravo.entries, liar))
        found = record.newest(None, 9)
        expected = [liar, bravo.entries[0], alpha.entries[1], alpha.entries[0]]
        assert [each.entry for _, each in found] == expected
        assert [each.entry for _, each in record.newest(found[1][0], 1)] == [alpha.entries[1]]
        assert record.newest(found[-1][0], 9) == record.newest(None, 0) == []

    def test_what_one_feed_opens_is_found_by_number(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 3), feed_of(LINE, "bravo", 2)
        receipt = alpha.write(kind=Kind.ACK)
        reply = alpha.write(b"Understood.", exchange=bravo.entries[0].id)
        record.commit(kept(*reversed(alpha.entries), *bravo.entries))

        def opened(first: int, most: int) -> list[EntryId]:
            return [found.entry.id for found in record.opened(LINE, alpha.post, Kind.MESSAGE, first, most)]

        assert reply.id in [found.entry.id for found in record.exchange(LINE, bravo.entries[0].id)]
        assert opened(0, 9) == [each.id for each in alpha.entries[:3]]
        assert opened(2, 9) == [each.id for each in alpha.entries[1:3]]
        assert opened(2, 1) == [alpha.entries[1].id]
        assert [found.entry for found in record.opened(LINE, alpha.post, Kind.ACK, 1, 9)] == [receipt]
        assert record.opened(OTHER, alpha.post, Kind.MESSAGE, 1, 9) == []

    def test_what_is_opened_about_an_entry_is_found_however_much_was_opened_since(
        self, record: Record, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in ("openline.store.reading", "openline.sim.record"):
            monkeypatch.setattr(f"{module}.OPENINGS_ABOUT_MAX", 2)
        alpha, bravo = feed_of(LINE, "alpha", 2), author(LINE, "bravo")
        asked, other = (entry.id for entry in alpha.entries)
        for refers in ((asked,), (other, asked), (asked,), (asked,)):
            bravo.write(kind=Kind.MINUTE, refers=refers)
        inside = bravo.write(kind=Kind.MINUTE, refers=(asked,), exchange=other)
        alpha.write(kind=Kind.DISCLOSED, refers=(asked,))
        record.commit([*kept(*reversed(bravo.entries), *alpha.entries), bravo.head(), alpha.head()])

        def about(*kinds: Kind) -> list[EntryId]:
            return sorted(each.entry.id for each in record.about(LINE, kinds, asked))

        one, _, three, four, five = bravo.entries
        assert five is inside
        assert about(Kind.MINUTE) == sorted([one.id, three.id])
        assert about(Kind.MINUTE, Kind.DISCLOSED) == sorted([one.id, three.id, alpha.entries[2].id])
        assert four.id not in about(Kind.MINUTE)
        assert record.about(OTHER, [Kind.MINUTE], asked) == record.about(LINE, [], asked) == []

    def test_two_entries_with_one_number_are_both_kept(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 3), author(LINE, "bravo")
        liar = alpha.sign(2, alpha.entries[0].id, b"denied", have=[Have(bravo.post, 7, EntryId(bytes(range(32))))])
        record.commit(kept(*alpha.entries) + heads(alpha))
        record.commit(kept(liar))
        found = record.entry(LINE, liar.id)
        assert found is not None
        assert (found.entry, dict(found.knew)) == (liar, {bravo.post: 7})
        assert record.count(LINE) == 4
        assert record.span(LINE, alpha.post, 1, 9, PLENTY) == alpha.entries
        assert record.urgent(LINE, alpha.post, [(1, 9)], 9, PLENTY) == alpha.entries
        assert record.ids(LINE, alpha.post) == b"".join(entry.id for entry in alpha.entries)
        assert record.claims(LINE) == {}
        assert liar.id not in {kept_.entry.id for _, kept_ in record.openings(None, [Kind.MESSAGE], None, 9)}

    @pytest.mark.parametrize("together", [True, False])
    def test_the_head_says_which_of_two_entries_stands(self, record: Record, together: bool) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 1), feed_of(LINE, "bravo", 4)
        false = alpha.sign(2, alpha.entries[0].id, b"denied", have=[have(bravo.entries[3])])
        alpha.write(b"said", have=[have(bravo.entries[1])])
        alpha.write(b"said again")
        one, true, after = alpha.entries
        first, then = kept(false), [*kept(true, one, after), alpha.head()]
        record.commit(kept(*bravo.entries) + heads(bravo))
        for commit in [[*first, *then]] if together else [first, then]:
            record.commit(commit)
        assert record.span(LINE, alpha.post, 1, 9, PLENTY) == [one, true, after]
        assert record.claims(LINE) == {(alpha.post, bravo.post): 2}
        assert _knew(record, after.id) == {bravo.post: 2}
        assert [proof.proof for proof in record.deliveries(LINE, bravo.post, 2)] == [true.id]
        assert record.deliveries(LINE, bravo.post, 3) == []

    def test_a_head_may_go_back_and_on_along_the_other_branch(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 1), feed_of(LINE, "bravo", 9)
        one = alpha.entries[0]
        other = alpha.sign(2, one.id, b"two, otherwise", have=[have(bravo.entries[4])])
        longer = alpha.sign(3, other.id, b"three", have=[have(bravo.entries[6])])
        two = alpha.write(b"two", have=[have(bravo.entries[1])])
        record.commit([*kept(one, two, *bravo.entries), alpha.head(2), bravo.head()])
        record.commit([*kept(other, longer), alpha.head(1)])
        assert record.claims(LINE) == {}
        assert record.beyond(LINE, alpha.post) == [two, longer]
        record.commit([KeepHead(head_of([one, other, longer]))])
        assert record.ids(LINE, alpha.post) == one.id + other.id + longer.id
        assert record.claims(LINE) == {(alpha.post, bravo.post): 7}
        assert [proof.number for proof in record.deliveries(LINE, bravo.post, 2)] == [2]
        assert record.entry(LINE, two.id) is not None

    def test_a_head_may_go_on_along_the_other_branch_at_once(self, record: Record) -> None:
        alpha, bravo = feed_of(LINE, "alpha", 1), feed_of(LINE, "bravo", 9)
        one = alpha.entries[0]
        two = alpha.sign(2, one.id, b"two", have=[have(bravo.entries[8])])
        other = alpha.sign(2, one.id, b"two, otherwise", have=[have(bravo.entries[4])])
        three = alpha.sign(3, other.id, b"three")
        record.commit([*kept(one, two), KeepHead(head_of([one, two]))])
        record.commit([*kept(other, three), KeepHead(head_of([one, other, three]))])
        assert record.claims(LINE) == {(alpha.post, bravo.post): 5}
        assert record.span(LINE, alpha.post, 1, 9, PLENTY) == [one, other, three]

    def test_beyond_the_head_the_first_one_kept_stands(self, record: Record) -> None:
        alpha = feed_of(LINE, "alpha", 3)
        one, two, _ = alpha.entries
        first = alpha.sign(2, one.id, b"two, otherwise")
        record.commit(kept(one, first))
        record.commit([*kept(two), alpha.head(2)])
        assert record.span(LINE, alpha.post, 1, 9, PLENTY) == [one, two]
        record.commit([alpha.head(1)])
        assert record.beyond(LINE, alpha.post) == [first]

    def test_a_commit_of_nothing_is_nothing(self, record: Record) -> None:
        record.commit([])
        assert record.count(LINE) == 0


def _post(head: Head) -> PostId:
    return head.feed


def _proofs(record: Record, feed: PostId, number: int) -> list[int]:
    return [proof.number for proof in record.deliveries(LINE, feed, number)]


def _knew(record: Record, entry: EntryId) -> dict[PostId, int]:
    found = record.entry(LINE, entry)
    assert found is not None
    return dict(found.knew)


def _ids(record: Record, opening: EntryId) -> set[EntryId]:
    return {found.entry.id for found in record.exchange(LINE, opening)}
