"""Made-up notices and STOP: entries as a record would give them."""

from __future__ import annotations

from typing import Any

from openline.exchanges import notice, stop
from openline.feeds.folding import Folded
from openline.feeds.record import Kept
from openline.terms import Instant, PostId
from openline.wire import notice as wire
from openline.wire import stop as stop_wire
from openline.wire.kinds import Kind
from openline.wire.notice import Duties, FieldContact, Filled, Head, How, Particulars, Places, Source
from openline.wire.places import Place, Shape, Span
from openline.wire.rules import FormRef
from openline.wire.stop import Hit, Spot
from tests.feeds.histories import ACT, ALPHA, BRAVO, kept

HOUR = 3_600_000
SIGNED = 100 * HOUR
OPENS = Instant(SIGNED + 30 * HOUR)
CLOSES = Instant(OPENS + 10 * HOUR)
FORM = FormRef("live-fire-exercise", 1, bytes(32))
DUTIES = Duties(
    obliged=True, lead=24 * HOUR, acknowledge=HOUR, pass_on=2 * HOUR, pass_to=("ships",), reconfirm=12 * HOUR
)
CIRCLE = Place(shape=Shape.CIRCLE, at=(335_000_000, 342_500_000), length=9_260_000, said=5_000_000, name="A")


def head(**fields: Any) -> Head:
    """What a notice says first."""
    given = {"number": 1, "windows": (Span(OPENS, CLOSES),), "duties": DUTIES, "to": (BRAVO,), **fields}
    return Head(form=FORM, year=2024, **given)


def notice_items(first: Head | None = None, **parts: Any) -> tuple[bytes, ...]:
    """The items of a notice."""
    contacts = (FieldContact("Convoy lead", "satellite"),)
    particulars = Particulars(fields=(Filled("weapons", "guns"),), contacts=contacts, text="Keep clear.")
    return wire.items(
        head() if first is None else first,
        parts.get("places", Places((CIRCLE,))),
        parts.get("particulars", particulars),
        parts.get("source", Source()),
    )


def given(author: PostId = ALPHA, number: int = 1, first: Head | None = None, **fields: Any) -> Kept:
    """A notice."""
    parts = {name: fields.pop(name) for name in ("places", "particulars", "source") if name in fields}
    return kept(author, number, Kind.NOTICE, *notice_items(first, **parts), **{"act": ACT, "at": SIGNED, **fields})


def about(
    author: PostId, number: int, kind: Kind, to: Kept, *named: Kept, items: tuple[bytes, ...] = (), **fields: Any
) -> Kept:
    """An entry of the notice, or the STOP, `to` about the version `named`."""
    refers = (to.entry.id, *(each.entry.id for each in named))
    more = {"act": ACT, "exchange": to.entry.id, "refers": refers, "at": SIGNED + number, **fields}
    return kept(author, number, kind, *items, **more)


def words(text: str = "") -> bytes:
    """Words beside an entry."""
    return wire.WORDS.item(wire.Words(text))


def amended(number: int, to: Kept, before: Kept, first: Head | None = None, **fields: Any) -> Kept:
    """An amendment by Alpha."""
    return about(ALPHA, number, Kind.NOTICE_AMENDED, to, before, items=notice_items(first), **fields)


def ended(number: int, to: Kept, how: How = How.CANCELLED, *by: Kept, **fields: Any) -> Kept:
    """The end, by Alpha."""
    at = Instant(fields.get("at", SIGNED + number))
    items = (wire.ENDED.item(wire.Ended(how, at)), words("weather"))
    return about(ALPHA, number, Kind.NOTICE_ENDED, to, *by, items=items, **fields)


def acknowledged(number: int, to: Kept, version: Kept, author: PostId = BRAVO, **fields: Any) -> Kept:
    """An acknowledgement."""
    return about(author, number, Kind.NOTICE_ACKNOWLEDGED, to, version, items=(words(),), **fields)


def passed(number: int, to: Kept, version: Kept, author: PostId = BRAVO, **fields: Any) -> Kept:
    """Passed on."""
    items = (wire.PASSED_ON.item(wire.PassedOn(Instant(5))), wire.TO.item(wire.To("radars")))
    return about(author, number, Kind.NOTICE_PASSED, to, version, items=items, **fields)


def tried(number: int, to: Kept, version: Kept, contact: int = 0, author: PostId = BRAVO, **fields: Any) -> Kept:
    """An attempt to reach a contact."""
    items = (wire.TRIED.item(wire.Tried(contact, Instant(5), fields.pop("reached", False))), words())
    return about(author, number, Kind.NOTICE_TRIED, to, version, items=items, **fields)


def said(kind: Kind, number: int, to: Kept, version: Kept, author: PostId = BRAVO, **fields: Any) -> Kept:
    """Asked or confirmed."""
    return about(author, number, kind, to, version, items=(words(),), **fields)


def folded(*entries: Kept) -> Folded[notice.State]:
    """The notice that these make."""
    found = notice.fold(entries)
    assert found is not None
    return found


def stopped(author: PostId = ALPHA, number: int = 1, what: str = "", where: str = "", **fields: Any) -> Kept:
    """A STOP."""
    items = stop_wire.items(stop_wire.Head(to=(BRAVO,)), Hit(what=what, where=where), Spot())
    return kept(author, number, Kind.STOP, *items, **{"act": ACT, "at": SIGNED, **fields})


def added(number: int, to: Kept, **hit: str) -> Kept:
    """Something added to it."""
    items = stop_wire.items(stop_wire.Head(to=(BRAVO,)), Hit(**hit), Spot((CIRCLE,)))
    return about(ALPHA, number, Kind.STOP_ADDED, to, items=items)


def read_back(number: int, to: Kept, version: Kept, what: str = "", where: str = "", **fields: Any) -> Kept:
    """A read-back by Bravo."""
    items = (stop_wire.READ_BACK.item(stop_wire.ReadBack(what=what, where=where)),)
    return about(fields.pop("author", BRAVO), number, Kind.STOP_READ_BACK, to, version, items=items, **fields)


def stop_passed(number: int, to: Kept, **fields: Any) -> Kept:
    """Passed on by Bravo."""
    items = (stop_wire.PASSED.item(stop_wire.Passed(Instant(5))), wire.TO.item(wire.To("battery")))
    return about(BRAVO, number, Kind.STOP_PASSED, to, items=items, **fields)


def withdrawn(number: int, to: Kept) -> Kept:
    """Withdrawn by Alpha."""
    return about(ALPHA, number, Kind.STOP_WITHDRAWN, to, items=(stop_wire.SAID.item(stop_wire.Said("over")),))


def stop_folded(*entries: Kept) -> Folded[stop.State]:
    """The STOP that these make."""
    found = stop.fold(entries)
    assert found is not None
    return found
