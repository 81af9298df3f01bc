"""What officers say."""

from __future__ import annotations

from random import Random

from openline.sim.phrases import phrase


def test_a_seed_says_the_same_twice() -> None:
    assert phrase(Random(1)) == phrase(Random(1))
    assert phrase(Random(1)).endswith(".")
    assert 1_500 < len(phrase(Random(2), long=True)) < 16_000
