"""Both verifiers on every vector, on changed bytes, and on what a person brings: cards, none, other ones."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.proof.batch import Batch, Summary
from openline.proof.verify import verify_bundle, verify_record
from openline.wire.full import encode_full
from tests.proof.bundles import NAMES, agreed, cards, first, second, vector
from tests.proof.world import START, World, founded


@pytest.mark.parametrize("name", NAMES)
def test_both_verifiers_say_what_is_expected(name: str) -> None:
    case = vector(name)
    finding = agreed(case["bundle"], cards())
    if case["expect"] == "ok":
        assert finding.ok, finding.sentences()
        return
    assert not finding.ok
    names = {owner.post: owner.name for owner in finding.owners} | {post: card.name for post, card in cards().items()}
    found = [(each.code, names[each.feed] if each.feed else None, each.number) for each in finding.faults]
    assert (case["expect"], case.get("feed"), case.get("number")) in found


def test_the_vectors_are_there() -> None:
    expected = [vector(name)["expect"] for name in NAMES]
    assert expected.count("ok") >= 10
    assert len(set(expected)) >= 20


@pytest.fixture(scope="module")
def data() -> bytes:
    bundle: bytes = vector("good")["bundle"]
    return bundle


def test_any_single_changed_byte_is_refused(data: bytes) -> None:
    for at in range(0, len(data), 97):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert not first(changed, cards()).proved, at
    for at in range(0, len(data), 499):
        changed = data[:at] + bytes([data[at] ^ 0x80]) + data[at + 1 :]
        assert not agreed(changed, cards()).proved, at


@given(st.data())
@settings(max_examples=60)
def test_any_changed_byte_is_refused_by_both(chosen: st.DataObject) -> None:
    data: bytes = vector("withheld")["bundle"]
    at = chosen.draw(st.integers(0, len(data) - 1))
    change = chosen.draw(st.integers(1, 255))
    assert not agreed(data[:at] + bytes([data[at] ^ change]) + data[at + 1 :], cards()).proved


@given(st.integers(0, 10**6))
@settings(max_examples=30)
def test_a_bundle_cut_anywhere_is_refused_by_both(at: int) -> None:
    data: bytes = vector("good")["bundle"]
    assert not agreed(data[: at % len(data)], cards()).proved


@given(st.binary(max_size=200))
def test_no_bytes_make_an_error(junk: bytes) -> None:
    finding = agreed(junk, {})
    assert not finding.proved
    assert finding.sentences()


@pytest.mark.soak
def test_every_single_changed_byte_is_refused(data: bytes) -> None:
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert not first(changed, cards()).proved, at


def test_keys_that_nobody_brought_are_not_trusted_and_are_said_first(data: bytes) -> None:
    finding = agreed(data, {})
    assert finding.proved
    assert not finding.known
    assert not finding.ok
    said = finding.sentences()
    assert all("Not known here" in sentence for sentence in said[:2])
    assert finding.owners[0].digits in said[0]
    assert "--card" in said[-1]


def test_one_unknown_key_of_two_is_said_before_the_known_one(data: bytes) -> None:
    known = {post: card for post, card in cards().items() if card.name == "Alpha"}
    finding = agreed(data, known)
    assert not finding.ok
    assert "Not known here" in finding.sentences()[0]
    assert "Known here" in finding.sentences()[1]


def test_a_card_that_differs_is_refused(data: bytes) -> None:
    _, other = founded("Alpha", type(START)(START + 1))
    finding = agreed(data, {**cards(), other.post: other})
    assert finding.faults[0].code == "card-forked"


def test_a_longer_card_of_the_reader_revokes_what_the_bundle_shows_as_good() -> None:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    alpha.say("Under a key that was stolen.")
    data = world.bundle(alpha)
    alpha.rotate(1)
    finding = agreed(data, world.known())
    assert {fault.code for fault in finding.faults} == {"key-revoked"}


def test_a_shorter_card_of_the_reader_is_enough() -> None:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    known = world.known()
    alpha.rotate(1)
    alpha.tell_keys()
    assert agreed(world.bundle(alpha), known).ok


def test_an_earlier_record_says_up_to_where_it_goes() -> None:
    finding = first(vector("earlier")["bundle"], cards())
    assert finding.ok
    assert any("up to entry 2 at 2022-11-15T18:30:0" in sentence for sentence in finding.sentences())


def test_what_others_held_beyond_the_end_is_said() -> None:
    finding = first(vector("more_exists")["bundle"], cards())
    assert finding.ok
    assert any("signed that it held" in sentence and "is not shown" in sentence for sentence in finding.sentences())


def test_a_record_at_home_is_walked_the_same_way() -> None:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, _ = world.members
    alpha.say("One.")
    bravo.hear()
    bravo.acknowledge()
    encoded = [card.encode() for card in world.cards()]
    entries = [encode_full(entry) for entry in world.in_order()]
    finding = verify_record(world.line, encoded, entries, world.known())
    assert finding.ok
    assert (finding.exporter, finding.name, finding.terms) == (None, "channel", 1)
    lacking = verify_record(world.line, encoded, entries[1:], world.known())
    assert "hole" in {fault.code for fault in lacking.faults}


def windowed(pool: ProcessPoolExecutor) -> Callable[[Callable[[Batch], Summary], Iterable[Batch]], Iterator[Summary]]:
    """A lazy, ordered map over processes, as a shell has it."""

    def run(check: Callable[[Batch], Summary], batches: Iterable[Batch]) -> Iterator[Summary]:
        waiting = deque([pool.submit(check, batch) for batch in batches])
        while waiting:
            yield waiting.popleft().result()

    return run


def test_the_work_spreads_over_processes() -> None:
    world = World("Alpha", "Bravo")
    alpha, _ = world.members
    for number in range(700):
        alpha.say(f"Message {number}.", officer=0)
    data = world.bundle(alpha)
    with ProcessPoolExecutor(2) as pool:
        spread = verify_bundle(io.BytesIO(data), world.known(), map_function=windowed(pool))
    assert spread.ok
    assert spread.as_json() == first(data, world.known()).as_json()


def test_bounds_in_time_come_from_what_others_held() -> None:
    world = World("Alpha", "Bravo", "Charlie")
    alpha, bravo, charlie = world.members
    before = bravo.say("Before.")
    alpha.hear()
    asked = alpha.say("Between.")
    charlie.hear(alpha)
    after = charlie.acknowledge()
    bravo.hear()
    bravo.acknowledge()
    finding = verify_bundle(io.BytesIO(world.bundle(alpha)), world.known(), bounds_of=[asked.id, before.id])
    found = {each.of.entry: (each.not_before, each.not_after) for each in finding.bounds}
    not_before, not_after = found[asked.id]
    assert not_before is not None
    assert not_before.entry == before.id
    assert not_after is not None
    assert not_after.entry == after.id
    assert found[before.id][0] is None
    assert any("not before entry 2 of “Bravo”" in sentence for sentence in finding.sentences())


def test_the_second_verifier_names_the_line() -> None:
    report = second(vector("good")["bundle"], cards())
    assert (report["name"], report["terms"]) == ("channel", 1)
