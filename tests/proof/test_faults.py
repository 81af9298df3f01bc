"""Faults: the file's first, the rest as found, and never without end."""

from __future__ import annotations

from openline.proof.faults import KEPT_MAX, Faults
from openline.terms import PostId

POST = PostId(b"\1" * 32)


def test_what_is_wrong_with_the_file_comes_first() -> None:
    faults = Faults()
    faults.entry("hole", "is wrong", POST, 3, None)
    faults.file("changed-bundle", "It was changed.")
    assert [fault.code for fault in faults.all()] == ["changed-bundle", "hole"]


def test_a_post_is_called_by_its_name_where_it_has_one() -> None:
    faults = Faults()
    assert faults.name(POST) == "010101010101"
    faults.names[POST] = "Northern"
    faults.entry("bad-signature", "is not signed by its author", POST, 3, None)
    assert faults.all()[0].sentence == "Entry 3 of “Northern” is not signed by its author."


def test_only_so_many_of_one_code_are_kept() -> None:
    faults = Faults()
    for number in range(KEPT_MAX + 7):
        faults.entry("hole", "is wrong", POST, number, None)
    faults.entry("bad-have", "is wrong", POST, 1, None)
    assert len(faults.all()) == KEPT_MAX + 1
    assert faults.more == 7
