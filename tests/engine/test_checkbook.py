"""What was checked comes back as it was kept."""

from __future__ import annotations

from openline.engine.checkbook import Checks, Out, begin, decode, encode
from openline.terms import EntryId, Instant
from openline.wire import cbor
from tests.feeds.histories import ALPHA, BRAVO


def test_it_comes_back() -> None:
    checks = Checks(
        own={False: Instant(1), True: Instant(2)},
        seen={(ALPHA, False): Instant(3)},
        judged={(ALPHA, True): Instant(4)},
        out={EntryId(bytes(32)): Out(Instant(5), Instant(6), True, [BRAVO])},
        silent={EntryId(bytes(32)): (ALPHA, Instant(7), Instant(8))},
        answered={BRAVO: (9, 10)},
    )
    for each in (checks, begin()):
        assert decode(cbor.decode(encode(each), 1 << 16)) == each
