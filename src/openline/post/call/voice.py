"""Check digits by the name of a contact: who of the two called, and the digits once both posts have asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.engine import events
from openline.post.call import requests as asks
from openline.post.call.calls import find_contact, find_party
from openline.post.speaker import Answerer, Speaker


async def digits(service: Speaker, request: asks.CallDigits) -> Any:
    """The digits for a contact with one peer, or `ready` false while that peer has not asked for them, too."""
    _, folded = await find_contact(service, request.contact)
    state, me = folded.state, service.post.keyring.card.post
    peer = find_party(service, state, request.peer).post if state.closer == me else state.closer
    value = await service.command(lambda number: events.CheckDigits(number, peer, state.id, state.closer))
    return {"contact": state.id.hex(), "peer": service.names.post(peer), **value}


ANSWERS: Final[Mapping[type, Answerer]] = {asks.CallDigits: digits}
