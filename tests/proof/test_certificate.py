"""Both verifiers on every certificate: what is whole is proved, what is missing, changed or denied is named."""

from __future__ import annotations

import pytest

from openline.proof.certificate import merged
from openline.proof.compare import compare
from openline.wire.certificate import LinkState
from tests.proof.bundles import cards, first
from tests.proof.certificates import NAMES, Contact, agreed, said, vector


@pytest.mark.parametrize("name", NAMES)
def test_both_verifiers_say_what_is_expected(name: str) -> None:
    case = vector(name)
    finding = agreed(case["certificate"])
    if case["expect"] == "ok":
        assert finding.ok, finding.sentences()
    else:
        assert case["expect"] in {each.code for each in finding.faults}
        assert not finding.ok
    if case["sentences"] is None:
        assert finding.certificate is None
        return
    assert [each[:2] for each in said(finding.certificate)] == [tuple(each[:2]) for each in case["sentences"]]


def test_the_vectors_are_there() -> None:
    expected = [vector(name)["expect"] for name in NAMES]
    assert expected.count("ok") >= 10
    assert len(set(expected)) >= 9


def test_causes_of_silence_give_different_findings() -> None:
    causes = ("no_path", "third_tells", "desk_unmanned", "officer_silent", "declined")
    found = {name: frozenset(each[0] for each in vector(name)["sentences"]) for name in causes}
    assert len(set(found.values())) == len(causes)
    assert "cut-or-down" in found["no_path"]
    assert "third-reach" in found["third_tells"] - found["no_path"]
    assert not any("cut-or-down" in found[name] for name in causes[1:])
    assert "desk" in found["desk_unmanned"] - found["officer_silent"]
    assert "manned" in found["officer_silent"]


def test_any_changed_byte_is_refused() -> None:
    data = vector("desk_unmanned")["certificate"]
    for at in range(0, len(data), 211):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert not first(changed, cards()).proved, at
    for at in range(0, len(data), 1999):
        changed = data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :]
        assert not agreed(changed).proved, at


def test_without_cards_nothing_is_proved() -> None:
    finding = agreed(vector("no_path")["certificate"], {})
    assert (finding.ok, finding.proved, finding.known) == (False, True, False)


def test_two_certificates_add_to_each_other() -> None:
    contact = Contact()
    contact.tried()
    contact.certify()
    contact.alpha.checkpoint()
    early = first(contact.file(), cards())
    contact.bravo.hear()
    late = contact.answered()
    contact.alpha.hear()
    contact.certify(state=LinkState.UP)
    contact.alpha.checkpoint()
    later = first(contact.file(), cards())
    assert early.ok
    assert later.ok
    comparison = compare(early, later)
    assert comparison.contradictions == ()
    (lacks, own) = sorted(comparison.first_lacks, key=lambda each: each.feed != contact.bravo.post)
    assert (lacks.feed, lacks.id) == (contact.bravo.post, late.id)
    assert own.feed == contact.alpha.post
    assert comparison.second_lacks == ()
    for one, other in ((early, later), (later, early)):
        both = merged(one.certificate, other.certificate)
        assert both is not None
        codes = [each.code for each in both.sentences]
        assert "answered" in codes
        assert "refuted" not in codes
        assert len(both.statements) == 2
    assert merged(early.certificate, None) is None


def test_a_bundle_names_what_a_certificate_left_out() -> None:
    contact = Contact()
    contact.certify()
    contact.alpha.checkpoint()
    certificate = first(contact.file(), cards())
    contact.bravo.hear()
    answer = contact.answered()
    bundle = first(contact.world.bundle(contact.bravo), cards())
    lacks = compare(certificate, bundle).first_lacks
    assert (contact.bravo.post, answer.header.number) in [(each.feed, each.last) for each in lacks]
    assert not any(each.feed == contact.bravo.post and each.first < 3 for each in lacks)


def test_a_bundle_convicts_a_certificate_in_it() -> None:
    contact = Contact()
    contact.bravo.hear()
    contact.bravo.acknowledge()
    contact.alpha.hear()
    contact.alpha.acknowledge()
    contact.certify(number=2)
    codes = [each.code for each in first(contact.world.bundle(contact.alpha), cards()).faults]
    assert codes == ["understated"]
