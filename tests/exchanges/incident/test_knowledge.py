"""What a party had: proved by its own signature and another's, whatever one clock says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from openline.exchanges.incident.knowledge import NOW, Had, Moment, had_by, knowledge, proof_of, there
from openline.feeds.record import Delivery, Kept
from openline.terms import Instant, PostId
from tests.feeds.histories import ALPHA, AUTHORS, BRAVO, CHARLIE, kept


def deliveries_among(entries: Sequence[Kept]) -> Callable[[PostId, int], list[Delivery]]:
    """What a record answers that holds these: the first entry of each other author that had the one asked for."""

    def deliveries(feed: PostId, number: int) -> list[Delivery]:
        found = []
        for author in AUTHORS:
            had = [each for each in entries if each.entry.header.author == author and each.knew.get(feed, 0) >= number]
            if author != feed and had:
                first = min(had, key=lambda each: each.entry.header.number)
                found.append(
                    Delivery(author, first.entry.id, first.entry.header.number, first.entry.header.time, first.at)
                )
        return found

    return deliveries


class History(NamedTuple):
    """What three posts wrote, in the order in which they truly wrote it; one of them dates its entries as it likes."""

    entries: tuple[Kept, ...]
    liar: PostId

    def place(self, entry: bytes | None) -> int:
        """When an entry was truly written."""
        return next(at for at, each in enumerate(self.entries) if each.entry.id == entry)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Each knows some of what was written before; honest clocks say the place in the history."""
    liar = draw(st.sampled_from(AUTHORS))
    entries: list[Kept] = []
    reached = dict.fromkeys(AUTHORS, 0)
    knew: dict[PostId, dict[PostId, int]] = {author: {} for author in AUTHORS}
    for place in range(draw(st.integers(2, 12))):
        author = draw(st.sampled_from(AUTHORS))
        for other in AUTHORS:
            if other != author:
                least = knew[author].get(other, 0)
                knew[author][other] = draw(st.integers(least, max(least, reached[other])))
        reached[author] += 1
        at = draw(st.integers(0, 14)) if author == liar else place
        known = {post: number for post, number in knew[author].items() if number}
        entries.append(kept(author, reached[author], knew=known, at=at))
    return History(tuple(entries), liar)


@given(histories(), st.data())
def test_one_lying_clock_never_proves_what_was_not_yet(history: History, data: st.DataObject) -> None:
    of, at = deliveries_among(history.entries), data.draw(st.integers(0, 14))
    for each in history.entries:
        for party in AUTHORS:
            said = knowledge(each, party, Moment(Instant(at)), of)
            if said.had is Had.PROVED:
                assert history.place(said.proof) <= at
                assert said.witness is not None
                assert said.witness.by != party
                assert history.place(said.witness.entry) > history.place(said.proof)
            if said.had in (Had.CLAIMED, Had.HELD) and history.liar not in (party, each.entry.header.author):
                assert history.place(said.proof) <= at


@given(histories(), st.data())
def test_before_an_entry_no_clock_proves_anything(history: History, data: st.DataObject) -> None:
    of, cut = deliveries_among(history.entries), data.draw(st.sampled_from(history.entries))
    for each in history.entries:
        for party in AUTHORS:
            said = knowledge(each, party, Moment(entry=cut), of)
            assert said.had in (Had.PROVED, Had.NOT_PROVED)
            signed = [
                at
                for at, one in enumerate(history.entries)
                if one.entry.header.author == party
                and (one is each or one.knew.get(each.entry.header.author, 0) >= each.entry.header.number)
            ]
            if said.had is Had.PROVED:
                assert signed
                assert signed[0] <= history.place(cut.entry.id)
            blind = [
                msgspec.structs.replace(
                    one,
                    entry=msgspec.structs.replace(
                        one.entry, header=msgspec.structs.replace(one.entry.header, time=Instant(0))
                    ),
                )
                for one in history.entries
            ]
            again = knowledge(blind[history.place(each.entry.id)], party, Moment(entry=cut), deliveries_among(blind))
            assert (again.had, again.proof) == (said.had, said.proof)


@given(histories(), st.integers(0, 14), st.integers(0, 14))
def test_what_is_proved_stays_proved(history: History, first: int, more: int) -> None:
    of = deliveries_among(history.entries)
    for each in history.entries:
        for party in AUTHORS:
            said = knowledge(each, party, Moment(Instant(first)), of)
            later = knowledge(each, party, Moment(Instant(first + more)), of)
            assert said.had is not Had.PROVED or later.had is Had.PROVED
            assert said.had is Had.NOT_PROVED or later.had is not Had.NOT_PROVED
            cuts = [knowledge(each, party, Moment(entry=cut), of).had for cut in history.entries if _by_one(cut)]
            assert cuts == sorted(cuts, reverse=False, key=lambda had: had is Had.PROVED)


def _by_one(cut: Kept) -> bool:
    return cut.entry.header.author == ALPHA


@given(histories(), st.integers(0, 14))
def test_what_the_record_does_not_hold_is_not_proved(history: History, at: int) -> None:
    of = deliveries_among(history.entries)
    for each in history.entries:
        for party in AUTHORS:
            proof = proof_of(each, party, of)
            for moment in (NOW, Moment(Instant(at))):
                said = knowledge(each, party, moment, of)
                assert (said.proof is None) == (proof is None)
                assert proof is not None or said.had is Had.NOT_PROVED
            assert knowledge(each, party, NOW, of).had is (Had.NOT_PROVED if proof is None else Had.PROVED)


def later_kept(kept: Kept, at: int) -> Kept:
    """The same entry, kept here at another time."""
    return msgspec.structs.replace(kept, at=Instant(at))


FIRST = kept(ALPHA, 1, at=10)
HEARD = kept(BRAVO, 1, knew={ALPHA: 1}, at=12)
SEEN = kept(CHARLIE, 1, knew={ALPHA: 1, BRAVO: 1}, at=14)


def had(at: int, *entries: Kept) -> Had:
    return knowledge(FIRST, BRAVO, Moment(Instant(at)), deliveries_among(entries)).had


def test_each_word_for_what_is_known() -> None:
    assert had(20, FIRST) is Had.NOT_PROVED
    assert had(11, FIRST, HEARD) is Had.NOT_PROVED
    assert had(13, FIRST, HEARD) is Had.HELD
    assert had(13, FIRST, later_kept(HEARD, 14), SEEN) is Had.CLAIMED
    assert had(14, FIRST, HEARD, SEEN) is Had.PROVED
    later = kept(BRAVO, 1, knew={ALPHA: 1}, at=30)
    assert had(14, FIRST, later, kept(CHARLIE, 1, knew={ALPHA: 1, BRAVO: 1}, at=14)) is Had.DIFFER
    early = kept(BRAVO, 1, knew={ALPHA: 1}, at=5)
    assert had(8, FIRST, early) is Had.DIFFER


def test_a_picture_is_of_what_was_there() -> None:
    every = (FIRST, HEARD, SEEN)
    assert there(every, NOW) == every
    assert there(every, Moment(Instant(12))) == (FIRST, HEARD)
    assert there(every, Moment(entry=HEARD)) == (FIRST, HEARD)
    assert [each.had for each in had_by(every, ALPHA, NOW, deliveries_among(every))] == [
        Had.PROVED,
        Had.NOT_PROVED,
        Had.NOT_PROVED,
    ]
