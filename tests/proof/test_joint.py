"""A public page proves what it shows, and each way of being wrong is found, by both verifiers."""

from __future__ import annotations

from base64 import b64decode, b64encode

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.proof.joint import verify_page
from openline.proof.sentences import sentences
from openline.terms import TrafficClass
from tests.proof.pages import LANGUAGES, LINES, WRONG, good, in_exercise, released, second, started, written, wrong


def test_a_released_statement_is_proved_to_who_knows_the_keys() -> None:
    known = released().world.known()
    finding = verify_page(good(), known)
    assert finding.ok, finding.faults
    stated = finding.statement
    assert stated is not None
    assert (stated.languages, stated.lines, stated.persons, stated.needed) == (LANGUAGES, LINES, 2, 3)
    assert stated.approved == tuple(sorted(known))
    assert [each.name for each in stated.signed].count("Second of London") == 1
    report = second(good(), known)
    assert (report["ok"], report["approved"]) == (True, [each.hex() for each in sorted(known)])
    said = "\n".join(sentences(finding))
    assert "A joint statement drafted by “Washington”: 2 lines in en, fr, ar" in said
    assert said.endswith("the record of a party does.")


def test_unknown_keys_are_said_first_and_prove_nothing() -> None:
    finding = verify_page(good(), {})
    assert (finding.proved, finding.known, finding.ok) == (True, False, False)
    assert sentences(finding)[0].startswith("Not known here: the keys that call themselves")
    report = second(good(), {})
    assert (report["proved"], report["known"], report["ok"]) == (True, False, False)


def test_a_statement_of_an_exercise_is_never_taken_for_one_in_earnest() -> None:
    data, known = written(in_exercise().page()), in_exercise().world.known()
    assert data.count(b"<main>\n<p>EXERCISE: nobody says this in earnest. Version <b") == 1
    finding = verify_page(data, known)
    assert finding.ok, finding.faults
    assert finding.statement is not None
    assert finding.statement.traffic == TrafficClass.EXERCISE
    said = sentences(finding)
    assert "EXERCISE: nobody says this in earnest." in said
    assert said[-1].startswith("PROVED, OF THE CLASS EXERCISE AND NOT IN EARNEST: ")
    report = second(data, known)
    assert (report["ok"], report["class"]) == (True, "exercise")
    assert second(good(), released().world.known())["class"] == "operation"


def test_two_of_three_are_enough_where_that_was_agreed() -> None:
    talk = started(needed=2, one_person=True)
    for poster in talk.posts[:2]:
        talk.approve(poster)
    talk.release()
    data, known = written(talk.page()), talk.world.known()
    finding = verify_page(data, known)
    assert finding.ok, finding.faults
    assert "“Paris” has not approved it." in sentences(finding)
    assert second(data, known)["ok"]
    third = talk.approve(talk.posts[2])
    assert third in talk.approvals()
    assert verify_page(written(talk.page()), known).ok


def test_the_card_that_a_reader_brought_counts() -> None:
    known = dict(released().world.known())
    london = next(each for each in released().posts if each.card.name == "London")
    older = london.card.statements[:1]
    assert older
    other = started().world.known()[london.post]
    known[london.post] = other
    assert verify_page(good(), known).ok == second(good(), known)["ok"]


def test_an_officer_who_left_signed_all_the_same() -> None:
    finding = verify_page(good(), released().world.known())
    assert all(each.in_force for each in finding.acts)
    assert sum(each.count for each in finding.acts) == 8
    assert msgspec.structs.asdict(finding.acts[0])["holding"] == "post"


@pytest.mark.parametrize("name", WRONG)
def test_each_way_of_being_wrong_is_found_by_both(name: str) -> None:
    code = WRONG[name][1]
    data, known = wrong(name), released().world.known()
    finding, report = verify_page(data, known), second(data, known)
    assert code in [each.code for each in finding.faults], finding.faults
    assert code in [each["code"] for each in report["faults"]], report["faults"]
    assert not finding.proved
    assert not report["proved"]
    assert {each.code for each in finding.faults} == {each["code"] for each in report["faults"]}


@settings(max_examples=20)
@given(st.integers(0, 1 << 20), st.integers(1, 255))
def test_any_byte_of_the_proof_that_changes_is_noticed_by_both(at: int, by: int) -> None:
    data = good()
    begin = data.index(b'<pre id="proof">') + len(b'<pre id="proof">')
    end = data.index(b"</pre>", begin)
    proof = bytearray(b64decode(data[begin:end]))
    proof[at % len(proof)] ^= by
    changed = data[:begin] + b64encode(proof) + data[end:]
    known = released().world.known()
    finding, report = verify_page(changed, known), second(changed, known)
    assert not finding.proved
    assert not report["proved"]
