"""What an entry is to say: a plain value, the same for everybody who is to sign it."""

from __future__ import annotations

import msgspec

from openline.engine.content import Content
from openline.terms import Precedence, TrafficClass
from openline.wire.kinds import Kind


def test_it_says_as_little_as_it_can() -> None:
    content = Content(kind=Kind.MESSAGE)
    assert (content.items, content.exchange, content.refers) == ((), None, ())
    assert (content.precedence, content.traffic) == (Precedence.ROUTINE, TrafficClass.OPERATION)
    assert content == msgspec.structs.replace(content)
