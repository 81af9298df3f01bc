"""A finding as programs see it."""

from __future__ import annotations

import json

from openline.proof.finding import Fault, Finding, Index, Owner
from openline.terms import PostId
from tests.proof.bundles import cards, first, vector

NOWHERE = Index(line=None, columns={})
KNOWN = Owner(post=PostId(b"\1" * 32), name="Northern", digits="0", known=True)
UNKNOWN = Owner(post=PostId(b"\2" * 32), name="Southern", digits="0", known=False)
WRONG = Fault(code="hole", sentence="The feed lacks entry 3.")


def test_ok_needs_both_proof_and_keys_that_are_known() -> None:
    assert Finding(owners=(KNOWN,), index=NOWHERE).ok
    assert not Finding(owners=(KNOWN, UNKNOWN), index=NOWHERE).ok
    assert not Finding(owners=(KNOWN,), faults=(WRONG,), index=NOWHERE).ok
    assert not Finding(index=NOWHERE).ok


def test_the_json_document_is_plain() -> None:
    finding = first(vector("good")["bundle"], cards())
    document = json.loads(json.dumps(finding.as_json()))
    assert document["ok"] is True
    assert document["owners"][0]["digits"] == finding.owners[0].digits
    assert document["feeds"][0]["post"] == finding.feeds[0].post.hex()
    assert document["sentences"] == finding.sentences()
    assert "index" not in document
