"""What a party had: proved by its own signature and another's, whatever one clock says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from openline.exchanges.incident.knowledge import NOW, Had, Moment, Signed, had_by, knowledge, proof_of, there
from openline.feeds.record import Delivery, Kept
from openline.terms import Instant, PostId
from openline.wire.entry import Have
from tests.feeds.histories import ALPHA, AUTHORS, BRAVO, CHARLIE, kept


def signed_among(entries: Sequence[Kept]) -> Signed:
    """What a record answers that holds these: the first entry of each other author that had the one asked for."""
    by_id = {each.entry.id: each.entry for each in entries}
    places = {(each.header.author, each.header.number): each.id for each in by_id.values()}

    def deliveries(feed: PostId, number: int) -> list[Delivery]:
        found = []
        for author in AUTHORS:
            had = [each for each in entries if each.entry.header.author == author and each.knew.get(feed, 0) >= number]
            if author != feed and had:
                first = min(had, key=lambda each: each.entry.header.number)
                header = first.entry.header
                found.append(Delivery(author, first.entry.id, header.number, header.time, first.at))
        return found

    return Signed(deliveries, by_id.get, lambda feed, number: places.get((feed, number)))


def wrote(author: PostId, number: int, *knew: Kept, at: int) -> Kept:
    """An entry of one who has these, the last of each feed, and says so."""
    have = tuple(Have(each.entry.header.author, each.entry.header.number, each.entry.id) for each in knew)
    return kept(author, number, knew={each.feed: each.number for each in have}, at=at, have=have)


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
        known = [each for each in entries if knew[author].get(each.entry.header.author) == each.entry.header.number]
        entries.append(wrote(author, reached[author], *known, at=at))
    return History(tuple(entries), liar)


@given(histories(), st.data())
def test_one_lying_clock_never_proves_what_was_not_yet(history: History, data: st.DataObject) -> None:
    of, at = signed_among(history.entries), data.draw(st.integers(0, 14))
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
    of, cut = signed_among(history.entries), data.draw(st.sampled_from(history.entries))
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
            again = knowledge(blind[history.place(each.entry.id)], party, Moment(entry=cut), signed_among(blind))
            assert (again.had, again.proof) == (said.had, said.proof)


@given(histories(), st.integers(0, 14), st.integers(0, 14))
def test_what_is_proved_stays_proved(history: History, first: int, more: int) -> None:
    of = signed_among(history.entries)
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
    of = signed_among(history.entries)
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
HEARD = wrote(BRAVO, 1, FIRST, at=12)
SEEN = wrote(CHARLIE, 1, FIRST, HEARD, at=14)


def had(at: int, *entries: Kept) -> Had:
    return knowledge(FIRST, BRAVO, Moment(Instant(at)), signed_among(entries)).had


def test_each_word_for_what_is_known() -> None:
    assert had(20, FIRST) is Had.NOT_PROVED
    assert had(11, FIRST, HEARD) is Had.NOT_PROVED
    assert had(13, FIRST, HEARD) is Had.HELD
    assert had(13, FIRST, later_kept(HEARD, 14), SEEN) is Had.CLAIMED
    assert had(14, FIRST, HEARD, SEEN) is Had.PROVED
    later = wrote(BRAVO, 1, FIRST, at=30)
    assert had(14, FIRST, later, wrote(CHARLIE, 1, FIRST, later, at=14)) is Had.DIFFER
    assert had(8, FIRST, wrote(BRAVO, 1, FIRST, at=5)) is Had.DIFFER


def test_who_signed_for_another_branch_signed_for_nothing_of_this_one() -> None:
    other = kept(ALPHA, 1, at=11)
    elsewhere = wrote(BRAVO, 1, other, at=12)
    assert had(20, FIRST, elsewhere) is Had.NOT_PROVED
    assert had(20, FIRST, HEARD, wrote(CHARLIE, 1, elsewhere, at=14)) is Had.HELD
    of = signed_among((FIRST, HEARD, cut := wrote(CHARLIE, 1, elsewhere, at=14)))
    assert knowledge(FIRST, BRAVO, Moment(entry=cut), of).had is Had.NOT_PROVED


def _only(claimed: Delivery, feed: PostId, number: int) -> list[Delivery]:
    """What a record answers in which nothing else is claimed, and that of the feed of ALPHA."""
    return [claimed] if feed == ALPHA else []


def test_what_lies_beyond_a_gap_is_signed_for_by_its_id() -> None:
    third = kept(ALPHA, 3, at=10)
    for identifier, said in ((third.entry.id, Had.HELD), (FIRST.entry.id, Had.NOT_PROVED)):
        have = Have(ALPHA, 1, FIRST.entry.id, ((3, identifier),))
        heard = kept(BRAVO, 1, at=12, have=(have,))
        claimed = Delivery(BRAVO, heard.entry.id, 1, Instant(12), Instant(12))
        of = signed_among((FIRST, third, heard))._replace(deliveries=partial(_only, claimed))
        assert knowledge(third, BRAVO, Moment(Instant(20)), of).had is said


def test_a_picture_is_of_what_was_there() -> None:
    every = (FIRST, HEARD, SEEN)
    of = signed_among(every)
    assert there(every, NOW, of) == every
    assert there(every, Moment(Instant(12)), of) == (FIRST, HEARD)
    assert there(every, Moment(entry=HEARD), of) == (FIRST, HEARD)
    assert [each.had for each in had_by(every, ALPHA, NOW, signed_among(every))] == [
        Had.PROVED,
        Had.NOT_PROVED,
        Had.NOT_PROVED,
    ]
