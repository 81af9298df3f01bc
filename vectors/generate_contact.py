"""Write vectors/contact/: bodies of a contact, good and bad, and what contacts come to (spec/contact.md).

Run as `python -m vectors.generate_contact`; nothing differs from one run to the next.
bodies.json: `kind`, `items` in hex, `expect` "ok" or the code of the error.
folds.json: `entries` in full form, in an order of arrival; `expect` is the state, with posts by name and entries by id.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openline.terms import Instant, TrafficClass
from openline.wire import cbor
from openline.wire import contact as wire
from openline.wire.contact import Called, Closing, Outcome, Reply, Request, RequestWords, Words
from openline.wire.entry import Entry
from openline.wire.full import encode_full
from openline.wire.kinds import Kind
from tests.exchanges.contact.reading import state_of
from tests.proof.certificates import Contact
from tests.proof.world import Poster

FOLDER = Path(__file__).parent / "contact"
NOTHING = cbor.encode({})
POST, OTHER, ID = bytes([1]) * 32, bytes([2]) * 32, bytes([7]) * 32

BODIES: list[tuple[str, int, list[Any], str]] = [
    ("a request", 32, [{1: "Chairman", 2: [{1: OTHER, 2: "Chief"}], 3: 9, 4: [7, 8], 5: ["en"], 6: "voice"}, {}], "ok"),
    ("its words", 32, [{1: "a", 2: [{1: OTHER, 2: "b"}], 3: 9}, {1: ["t"], 2: "then", 3: "c", 4: "m", 5: ["x"]}], "ok"),
    ("a request of nobody", 32, [{1: "a", 2: [], 3: 9}, {}], "bad-field"),
    ("a request that names a post twice", 32, [{1: "a", 2: [{1: OTHER, 2: "b"}] * 2, 3: 9}, {}], "bad-field"),
    ("a request of its own author", 32, [{1: "a", 2: [{1: POST, 2: "b"}], 3: 9}, {}], "bad-field"),
    ("a request without reply-by", 32, [{1: "a", 2: [{1: OTHER, 2: "b"}]}, {}], "bad-field"),
    ("a request with one item", 32, [{1: "a", 2: [{1: OTHER, 2: "b"}], 3: 9}], "bad-field"),
    ("a request with an unknown field", 32, [{1: "a", 2: [{1: OTHER, 2: "b"}], 3: 9, 7: 1}, {}], "bad-field"),
    ("a default that is present", 32, [{1: "a", 2: [{1: OTHER, 2: "b"}], 3: 9, 6: ""}, {}], "bad-field"),
    ("accepted for a time", 33, [{1: 1, 2: 9}, {}], "ok"),
    ("accepted for no time", 33, [{1: 1}, {}], "bad-field"),
    ("counter-time", 33, [{1: 2, 3: [9]}, {1: "later"}], "ok"),
    ("counter-time without times", 33, [{1: 2}, {}], "bad-field"),
    ("delegated", 33, [{1: 3, 4: "Deputy"}, {}], "ok"),
    ("delegated to nobody", 33, [{1: 3}, {}], "bad-field"),
    ("deferred with a reason", 33, [{1: 4, 2: 9, 5: 1}, {}], "ok"),
    ("content taken", 33, [{1: 5}, {}], "ok"),
    ("declined", 33, [{1: 6, 5: 5}, {}], "ok"),
    ("declined for a time", 33, [{1: 6, 2: 9}, {}], "bad-field"),
    ("an unknown reply", 33, [{1: 7}, {}], "bad-field"),
    ("an unknown reason", 33, [{1: 6, 5: 7}, {}], "bad-field"),
    ("held", 34, [{1: OTHER, 2: 1, 3: 5, 4: 6, 5: ["A"], 6: ["B"]}, {}], "ok"),
    ("held at no time", 34, [{1: OTHER, 2: 1}, {}], "bad-field"),
    ("held, and ended before it began", 34, [{1: OTHER, 2: 1, 3: 6, 4: 5}, {}], "bad-field"),
    ("no answer", 34, [{1: OTHER, 2: 4}, {}], "ok"),
    ("no answer, with a beginning", 34, [{1: OTHER, 2: 4, 3: 5, 4: 6}, {}], "bad-field"),
    ("an attempt", 35, [{1: OTHER, 2: "telephone", 3: 5, 4: 6, 5: 3}, {1: "rang", 2: "a clerk"}], "ok"),
    ("an attempt that ends before it begins", 35, [{1: OTHER, 2: "telephone", 3: 6, 4: 5}, {}], "bad-field"),
    ("an attempt at an unknown layer", 35, [{1: OTHER, 2: "telephone", 3: 6, 5: 6}, {}], "bad-field"),
    ("a certificate", 36, [{1: OTHER, 2: {1: 2, 2: 5, 3: 4}, 3: 9, 4: ID, 5: [{1: 11, 2: ID}]}, {1: "lost"}], "ok"),
    ("a certificate of nothing held", 36, [{1: OTHER, 2: {1: 5}}, {}], "ok"),
    ("a certificate about its author", 36, [{1: POST, 2: {1: 5}}, {}], "bad-field"),
    ("a certificate with a number and no id", 36, [{1: OTHER, 2: {1: 5}, 3: 9}, {}], "bad-field"),
    ("a certificate with nothing between", 36, [{1: OTHER, 2: {1: 5}, 3: 9, 4: ID, 5: [{1: 10, 2: ID}]}, {}], "bad-field"),
    ("a response", 37, [{1: 9, 2: ID, 3: [ID]}, {1: "We did."}], "ok"),
    ("a response with an id and no number", 37, [{2: ID}, {}], "bad-field"),
]

CASES: dict[str, Callable[[], Contact]] = {}


def case(make: Callable[[], Contact]) -> Callable[[], Contact]:
    """Register a case by its name."""
    CASES[make.__name__.replace("_", " ")] = make
    return make


@case
def asked() -> Contact:
    return Contact(checkpoint=False)


@case
def declined_and_closed() -> Contact:
    contact = asked()
    contact.bravo.hear()
    no = contact.answered()
    contact.alpha.hear()
    _close(contact, contact.alpha, Outcome.DECLINED, no)
    return contact


@case
def no_answer_before_reply_by_counts_for_nothing() -> Contact:
    contact = asked()
    contact.closed()
    return contact


@case
def no_answer_and_a_late_answer() -> Contact:
    contact = Contact(checkpoint=False, reply_within=1_001)
    contact.bravo.hear()
    contact.closed()
    contact.answered()
    return contact


@case
def no_answer_contradicted_by_its_own_signature() -> Contact:
    contact = Contact(checkpoint=False, reply_within=1_001)
    contact.bravo.hear()
    contact.answered()
    contact.alpha.hear()
    contact.closed()
    return contact


@case
def an_answer_of_one_who_knew_the_end() -> Contact:
    contact = Contact(checkpoint=False, reply_within=1_001)
    contact.closed()
    contact.bravo.hear()
    contact.answered()
    return contact


@case
def the_first_closing_word_counts() -> Contact:
    contact = Contact(checkpoint=False, reply_within=1_001)
    contact.closed()
    contact.closed(Outcome.WITHDRAWN)
    return contact


@case
def the_called_side_closes_nothing() -> Contact:
    contact = asked()
    contact.bravo.hear()
    _close(contact, contact.bravo, Outcome.WITHDRAWN)
    return contact


@case
def answers_of_a_stranger_and_of_nobody() -> Contact:
    contact = asked()
    contact.bravo.hear()
    contact.charlie.hear()
    items = (wire.ANSWER.item(wire.Answer(reply=Reply.DECLINED)), wire.WORDS.item(Words()))
    contact._within(contact.charlie, Kind.CALL_ANSWER, *items)
    contact._within(contact.bravo, Kind.CALL_ANSWER, *items, officer=0)
    contact._within(contact.bravo, Kind.CALL_ANSWER, *items, traffic=TrafficClass.DRILL)
    return contact


@case
def requests_that_crossed() -> Contact:
    contact = asked()
    contact.tried()
    body = Request(
        office="Chief", called=(Called(contact.alpha.post, "Chairman"),), reply_by=Instant(contact.world.now + 9_000)
    )
    items = (wire.REQUEST.item(body), wire.REQUEST_WORDS.item(RequestWords()))
    contact.bravo.write(Kind.CALL_REQUEST, *items, officer=1)
    return contact


@case
def certified_and_responded() -> Contact:
    contact = asked()
    contact.tried()
    contact.certify()
    contact.bravo.hear()
    contact.responded(contact.statements[-1])
    return contact


@case
def a_certificate_refuted_by_its_author() -> Contact:
    contact = asked()
    contact.alpha.hear()
    contact.alpha.acknowledge()
    contact.certify(number=1)
    return contact


def _close(contact: Contact, by: Poster, outcome: Outcome, named: Entry | None = None) -> Entry:
    body = Closing(post=contact.bravo.post, outcome=outcome)
    items = (wire.CLOSING.item(body), wire.WORDS.item(Words()))
    return contact._within(by, Kind.CALL_OUTCOME, *items, named=None if named is None else named.id)


def bodies() -> list[dict[str, Any]]:
    """The file of bodies."""
    return [
        {"name": name, "kind": kind, "author": POST.hex(), "items": [cbor.encode(each).hex() for each in items]}
        | {"expect": expect}
        for name, kind, items, expect in BODIES
    ]


def folds() -> list[dict[str, Any]]:
    """The file of contacts."""
    found = []
    for name, make in CASES.items():
        contact = make()
        written = [entry for each in contact.world.members for entry in each.entries]
        forms = [encode_full(each).hex() for each in written if each.header.kind not in (Kind.CHECKPOINT, Kind.TERMS)]
        found.append({"name": name, "entries": forms, "expect": state_of([bytes.fromhex(form) for form in forms])})
    return found


def text_of(cases: list[dict[str, Any]]) -> str:
    """A file, as it is written."""
    return json.dumps(cases, indent=1) + "\n"


def main() -> None:
    """Write both files."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "bodies.json").write_text(text_of(bodies()))
    (FOLDER / "folds.json").write_text(text_of(folds()))


if __name__ == "__main__":
    main()
