"""Every sentence of a finding is borne out by entries that are shown, of whom its label names; without them it goes."""

from __future__ import annotations

import msgspec
import pytest

from openline.identity.signing import name_branch
from openline.proof.reach import Case, Label, Sentence, finding, ordered
from openline.terms import EntryId
from openline.wire.certificate import LinkState
from openline.wire.entry import Entry
from tests.proof.bundles import cards, first
from tests.proof.certificates import NAMES, Contact, agreed, vector

GOOD = [name for name in NAMES if vector(name)["expect"] == "ok"]


def case_of(name: str) -> Case:
    found = first(vector(name)["certificate"], cards()).certificate
    assert found is not None
    return found.case


def entries(case: Case) -> dict[EntryId, Entry]:
    return {entry.id: entry for held in case.entries.values() for entry in held}


def without(case: Case, gone: EntryId) -> Case:
    """The same case, as if one entry were not shown."""
    left = ordered(each for identifier, each in entries(case).items() if identifier != gone)
    return msgspec.structs.replace(case, entries=left, trees=tuple(each for each in case.trees if each.entry != gone))


def bears(sentence: Sentence, case: Case) -> bool:
    """Whether the first proof is of whom the label names."""
    author = entries(case)[sentence.proofs[0]].header.author
    sides = {case.requester, case.counterpart}
    match sentence.label:
        case Label.THEM:
            return author == case.counterpart
        case Label.THIRD:
            return author not in sides
        case Label.REQUESTER:
            return author == case.requester
        case Label.UNKNOWN:
            return author in sides


@pytest.mark.parametrize("name", GOOD)
def test_every_sentence_has_its_proof(name: str) -> None:
    case = case_of(name)
    sentences = finding(case)
    assert {Label.REQUESTER, Label.UNKNOWN} <= {each.label for each in sentences}
    for sentence in sentences:
        assert sentence.proofs, sentence.text
        assert set(sentence.proofs) <= entries(case).keys(), sentence.text
        assert bears(sentence, case), sentence.text


@pytest.mark.parametrize("name", GOOD)
def test_without_its_proof_a_sentence_is_not_said(name: str) -> None:
    case = case_of(name)
    fixed = {case.request.id, *(each.id for each in case.statements)}
    for sentence in finding(case):
        for proof in sentence.proofs:
            if proof not in fixed:
                left = [(each.code, each.proofs) for each in finding(without(case, proof))]
                assert (sentence.code, sentence.proofs) not in left, sentence.text


def test_an_officer_is_named_as_on_the_card() -> None:
    said = [each for name in GOOD for each in finding(case_of(name)) if each.code in {"manned", "answered"}]
    assert said
    assert [each.text for each in said if not each.text.startswith("Officer Officer of Bravo of “Bravo” ")] == []


def test_every_code_is_met() -> None:
    met = {each[0] for name in NAMES for each in vector(name)["sentences"] or ()}
    by_them = {"delivered", "manned", "answered", "no-answer-in-their-record", "responded", "at-work", "last-shown"}
    by_us = {"asked", "attempt", "closed", "holds", "link", "refuted"}
    assert met == by_them | by_us | {"third-reach"} | {"delivery", "desk", "cut-or-down", "after", "one-side"}


def test_a_checkpoint_counts_only_after_reply_by_and_over_all_that_is_shown() -> None:
    said = {name: {each[0] for each in vector(name)["sentences"]} for name in GOOD}
    holds = [name for name in GOOD if "no-answer-in-their-record" in said[name]]
    assert holds == ["no_answer_in_their_record"]
    assert {"checkpoint_too_early", "checkpoint_before_reply_by"} <= set(GOOD)


def test_the_healed_record_tells_that_their_post_was_at_work() -> None:
    contact = Contact()
    contact.tried()
    lost = contact.certify()
    contact.bravo.say("We are here.")
    contact.bravo.hear()
    contact.responded(lost)
    contact.alpha.hear()
    contact.alpha.checkpoint()
    found = first(contact.file(upto=len(contact.bravo.entries)), cards()).certificate
    assert found is not None
    codes = [each.code for each in found.sentences]
    assert "at-work" in codes
    assert "cut-or-down" not in codes
    assert "one-side" not in codes


@pytest.mark.parametrize(("named", "refuted"), [(0, False), (-1, True)])
def test_what_may_have_been_signed_of_a_branch_that_was_left_refutes_nothing(named: int, refuted: bool) -> None:
    """By both verifiers: Bravo's root names its first entry, or its last, which Alpha had signed for."""
    contact = Contact()
    contact.certify(number=1)
    line, bravo = contact.world.line, contact.bravo
    last = bravo.entries[named]
    _, statement = name_branch(bravo.own, bravo.card, line, last.header.number, last.id, contact.world.now)
    known = {**cards(), bravo.post: bravo.card.extended(statement)}
    found = agreed(contact.file(), known).certificate
    assert found is not None
    assert ("refuted" in {each.code for each in found.sentences}) is refuted


def test_nothing_is_said_of_a_link_that_is_up() -> None:
    contact = Contact()
    contact.certify(state=LinkState.UP)
    contact.alpha.checkpoint()
    found = first(contact.file(), cards()).certificate
    assert found is not None
    assert not {"cut-or-down", "at-work"} & {each.code for each in found.sentences}
