"""Terms that a member never signed."""

from __future__ import annotations

import msgspec
import pytest

from openline.feeds.record import Put
from openline.sim.checkers import Broken
from openline.sim.checkers.signed_terms import SignedTerms
from openline.wire.lineterms import decode_terms, encode_terms, terms_hash
from tests.sim.small import played, two


def test_terms_that_nobody_signed() -> None:
    world = played()
    post, _ = two(world)
    SignedTerms().ended(world)
    founding = next(iter(post.record.objects("terms").values()))
    new = msgspec.structs.replace(decode_terms(founding), version=2, previous=terms_hash(founding))
    assert world.line is not None
    post.record.commit([Put("terms", world.line + (2).to_bytes(4, "big"), encode_terms(new))])
    assert not SignedTerms().calm(world)
    with pytest.raises(Broken, match="never signed"):
        SignedTerms().ended(world)
