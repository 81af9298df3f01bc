"""Where FIRs lie: every sample is on its side, and a turned letter is not."""

from __future__ import annotations

from openline.areas.notam.hemispheres import outside
from openline.areas.notam.reader import read
from tests.areas.notam.samples import lines


def test_every_sample_is_on_its_side() -> None:
    read_all = [read(sample["raw"]) for name in ("golden.jsonl", "avwx.jsonl") for sample in lines(name)]
    known = [notam for notam in read_all if notam.fir and notam.q_center]
    assert len(known) > 300
    assert not [notam.fir for notam in known if notam.q_center and outside(notam.fir or "", notam.q_center)]


def test_a_turned_letter_is_on_the_other_side() -> None:
    assert outside("ZBPE", (112.0, -35.0))
    assert outside("ZBPE", (-112.0, 35.0))
    assert outside("KZNY", (73.0, 40.0))
    assert outside("YBBB", (150.0, 20.0))


def test_nothing_is_said_of_what_lies_on_both_sides() -> None:
    assert not outside("KZAK", (150.0, -2.0))
    assert not outside("EGTT", (1.0, 51.0))
    assert not outside("SBRE", (-35.0, -8.0))
    assert not outside("ZNY", (73.0, -40.0))
