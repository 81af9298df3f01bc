"""A contact read from entries in full form, as a stranger would who has the spec and the entries alone."""

from __future__ import annotations

from typing import Any

from openline.exchanges.contact import Party, fold
from openline.feeds.record import Kept
from openline.terms import Instant, PostId
from openline.wire.full import decode_full
from openline.wire.kinds import Kind

KINDS = range(Kind.CALL_REQUEST, Kind.CALL_RESPONSE + 1)


def kept(forms: list[bytes]) -> list[Kept]:
    """The entries of the contact, with what their authors had signed for by then; in the order given."""
    entries = [decode_full(form) for form in forms]
    found = []
    for entry in entries:
        knew: dict[PostId, int] = {}
        for each in entries:
            header = each.header
            if header.author == entry.header.author and header.number <= entry.header.number:
                for have in header.have:
                    knew[have.feed] = max(have.number, knew.get(have.feed, 0))
        if entry.header.kind in KINDS:
            found.append(Kept(entry, Instant(0), knew))
    return found


def state_of(forms: list[bytes]) -> dict[str, Any]:
    """What the contact comes to, in plain values."""
    folded = fold(kept(forms))
    assert folded is not None
    return {
        "contact": folded.head.hex(),
        "closer": folded.state.closer.hex(),
        "requests": [each.entry.id.hex() for each in folded.state.requests],
        "open": folded.state.open,
        "parties": [_party(each) for each in folded.state.parties],
        "ignored": sorted(each.entry.hex() for each in folded.ignored),
    }


def _party(party: Party) -> dict[str, Any]:
    ended = party.ended
    return {
        "post": party.post.hex(),
        "outcome": None if party.outcome is None else int(party.outcome),
        "contradicted": ended is not None and ended.contradicted,
        "answers": [{"id": each.id.hex(), "late": each.late} for each in party.answers],
        "attempts": [each.entry.id.hex() for each in party.attempts],
        "certificates": [
            {
                "id": each.entry.id.hex(),
                "refuted": each.refuted,
                "responses": [r.entry.id.hex() for r in each.responses],
            }
            for each in party.certificates
        ],
    }
