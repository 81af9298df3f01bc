"""The table of machines: every kind has one owner, and reads its own bodies."""

from __future__ import annotations

from collections import Counter

from openline.engine.machines import MACHINES, OF_KIND, Machine
from openline.terms import EntryId, Instant
from openline.wire.kinds import Kind
from tests.exchanges.contacts import ASKED_STATE, request
from tests.feeds.histories import ALPHA


def test_every_kind_has_one_owner() -> None:
    owned = Counter(kind for machine in MACHINES for kind in machine.readers)
    assert set(owned.values()) == {1}
    assert set(OF_KIND) == set(owned)
    assert all(machine.openings <= set(machine.readers) for machine in MACHINES)
    assert all(kind >= 24 for kind in owned)


def test_a_kind_reads_its_body() -> None:
    OF_KIND[Kind.CALL_REQUEST].readers[Kind.CALL_REQUEST](request().entry)


def test_a_machine_need_not_wait_for_anything() -> None:
    machine = Machine(openings=frozenset(), readers={}, fold=lambda entries: None, told=lambda *_: ())
    assert machine.objection(ASKED_STATE, EntryId(bytes(32)), ALPHA) is None
    assert machine.due(ASKED_STATE.state, ALPHA, Instant(0)) is None
    assert machine.overdue(ASKED_STATE.state, ALPHA, Instant(0), str) == ()
