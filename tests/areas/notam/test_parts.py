"""NOTAM in several parts."""

from __future__ import annotations

from openline.areas.notam.parts import parts_of

PART = "A1169/26 NOTAMN Q) VOMF/QWMLW/IV/BO/W/000/999/ A) VOMF PART {} OF 2 B) 2604220530 C) 2604220700 E) TEXT {} "


def test_parts_come_in_their_order() -> None:
    parts = parts_of(PART.format(2, "B") + "F) GND G) UNL " + PART.format(1, "A"))
    assert [(part.part, part.items["E"].words) for part in parts] == [(1, "TEXT A"), (2, "TEXT B")]


def test_another_notam_behind_is_no_part() -> None:
    assert len(parts_of("A1/26 NOTAMN A) VOMF B) 2604220530 C) PERM E) X A2/26 NOTAMN A) VOMF")) == 1
