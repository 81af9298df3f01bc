"""What records came to hold: each entry once a party, and the entry with which its exchange began."""

from __future__ import annotations

from openline.exercises.sightings import Log, entry_of
from tests.exercises.samples import entry, sighting

EVENT = {
    "id": "ab", "kind": "passed on", "author": "South", "line": "strait", "refers": ["cd"], "class": "exercise",
    "precedence": "flash", "officer": None, "to": "Coast guard", "at": "2022-11-15T14:45:00Z",
}  # fmt: skip


def test_what_a_post_tells_becomes_an_entry() -> None:
    made = entry_of(EVENT)
    assert (made.id, made.kind, made.author, made.refers, made.text) == (
        "ab",
        "passed on",
        "South",
        ("cd",),
        "Coast guard",
    )
    assert (made.traffic, made.precedence, made.officer) == ("exercise", "flash", "")


def test_an_entry_is_seen_once_by_each_party() -> None:
    log, message = Log(), entry("a", "message", "North")
    assert [log.add(sighting(at, party, message)) for at, party in ((1, "North"), (2, "South"), (3, "South"))] == [
        True,
        True,
        False,
    ]
    assert len(log.sightings) == 2


def test_what_a_party_lacks_is_what_others_were_seen_to_write() -> None:
    early, late = entry("a", "roster", "North"), entry("b", "message", "North")
    log = Log([sighting(1, "South", early), sighting(2, "North", late)])
    assert (log.lacking("strait", "North"), log.lacking("strait", "South")) == ([], ["b"])
    assert log.lacking("elsewhere", "South") == []


def test_the_root_is_found_through_what_refers() -> None:
    request, minute, point = (
        entry("r", "call request", "North"),
        entry("m", "minute", "South", "r"),
        entry("p", "x", "S", "m"),
    )
    log = Log([sighting(1, "North", each) for each in (request, minute, point)])
    assert {log.root(each) for each in ("r", "m", "p")} == {"r"}
    assert log.root("never seen") == "never seen"


def test_entries_that_refer_to_each_other_in_a_ring_end() -> None:
    log = Log([sighting(1, "N", entry("a", "x", "N", "b")), sighting(1, "N", entry("b", "x", "N", "a"))])
    assert log.root("a") in ("a", "b")
