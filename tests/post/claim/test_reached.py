"""How far a claim got with a member: nothing known, carried, delivered by signature, seen and taken by an officer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from openline.feeds.record import Delivery, Kept
from openline.post.claim.reached import reached
from openline.post.names import Names
from openline.post.post import Post
from openline.terms import EntryId, Instant
from openline.wire.bodies import whom_item
from openline.wire.kinds import Kind
from tests.exchanges.asking import claim
from tests.feeds.histories import ALPHA, BRAVO, CHARLIE, mark

PUT = claim()
DELIVERED = Delivery(by=BRAVO, proof=EntryId(b"p" * 32), number=4, signed_at=Instant(5_000), kept_at=Instant(6_000))


def rung(*marks: Kept, carried: bool = False, deliveries: tuple[Delivery, ...] = (), holds: bool = True) -> str:
    names = SimpleNamespace(
        is_own=lambda post: post == ALPHA,
        acted=lambda entry: "Cole" if holds else None,
        signer=lambda post, number: "Cole" if number else None,
    )
    post = SimpleNamespace(
        carried_to=lambda line, number: [(BRAVO, Instant(4_000))] if carried else [],
        record=SimpleNamespace(deliveries=lambda line, author, number: list(deliveries)),
    )
    value = reached(cast(Post, post), cast(Names, names), PUT, marks, BRAVO)
    assert (value["at"] is None) == (value["rung"] == "kept")
    assert (value["officer"] == "Cole") == (value["rung"] in ("seen", "taken", "passed on"))
    return str(value["rung"])


def test_each_rung_has_its_proof() -> None:
    seen, taken = mark(BRAVO, 1, Kind.SEEN, PUT), mark(BRAVO, 2, Kind.TAKEN, PUT)
    passed = mark(BRAVO, 3, Kind.PASSED_ON, PUT, whom_item("the minister"))
    assert rung() == "kept"
    assert rung(carried=True) == "carried"
    assert rung(carried=True, deliveries=(DELIVERED,)) == "delivered"
    assert rung(seen, deliveries=(DELIVERED,)) == "seen"
    assert rung(taken, seen) == "taken"
    assert rung(taken, passed, seen) == "passed on"


def test_marks_of_others_and_marks_whose_act_does_not_hold_prove_nothing() -> None:
    assert rung(mark(CHARLIE, 1, Kind.SEEN, PUT)) == "kept"
    assert rung(mark(BRAVO, 1, Kind.SEEN, PUT), holds=False) == "kept"
