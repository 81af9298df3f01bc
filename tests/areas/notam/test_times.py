"""Items B and C."""

from __future__ import annotations

from openline.areas.notam.times import instant, moment, read_from, read_ten, read_to, written
from openline.areas.windows import EndKind


def test_ten_digits() -> None:
    assert written(read_ten("2604151100")) == "2026-04-15T11:00Z"
    assert written(read_ten("9104030730")) == "1991-04-03T07:30Z"
    assert written(read_ten("2612312400")) == "2027-01-01T00:00Z"
    assert [read_ten(bad) for bad in ("2613010000", "2602300000", "2604152500", "26041511", "260415110a")] == [None] * 5


def test_ends() -> None:
    assert read_to("2606302359 EST").kind is EndKind.EST
    assert read_to("2608291859EST").kind is EndKind.EST
    assert read_to("PERM").kind is EndKind.PERM
    assert (read_to("UFN").kind, read_to("UFN").understood) == (None, True)
    assert not read_to("TOMORROW").understood


def test_a_figure_broken_by_a_blank() -> None:
    assert written(read_from("260415 1100")) == "2026-04-15T11:00Z"
    assert read_from("WIE") is None


def test_instants_go_there_and_back() -> None:
    at = read_ten("2604151100")
    assert at is not None
    assert instant(moment(at)) == at
