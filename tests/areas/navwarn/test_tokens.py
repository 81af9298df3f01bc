"""Words have a shape and a place, and time in proportion to the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.navwarn.tokens import Kind, capitals, listed, tokenise
from tests.areas.navwarn.warnings import words


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("12-44N", Kind.COORD),
        ("14-27.5N", Kind.COORD),
        ("20-03-44N", Kind.COORD),
        ("04-34-43.4 S", Kind.COORD),
        ("43 00.23 N", Kind.COORD),
        ("12.7333N", Kind.COORD),
        ("12°44.5'N", Kind.COORD),
        ("010900Z", Kind.DTG),
        ("010900 UTC", Kind.DTG),
        ("0900z", Kind.CLOCK),
        ("3294/22(29)", Kind.REF),
        ("1.6", Kind.NUMBER),
        ("200M", Kind.NUMBER),
        ("SEPT", Kind.MONTH),
        ("M/V", Kind.WORD),
        ("DS-16", Kind.NAME),
        (",", Kind.MARK),
        ("057-43.1E0", Kind.ODD),
        ("25-11.50", Kind.ODD),
        ("O10900Z", Kind.NAME),
        ("10900Z", Kind.ODD),
        ("12-44NE", Kind.ODD),
        ("\N{FULLWIDTH DIGIT ONE}", Kind.MARK),
    ],
)
def test_every_shape(text: str, kind: Kind) -> None:
    assert tokenise(capitals(text))[0].kind is kind


@given(st.text())
def test_nothing_but_space_is_lost_and_offsets_stay(text: str) -> None:
    plain = capitals(text)
    assert len(plain) == len(text)
    tokens = tokenise(plain)
    assert [plain[each.first : each.last] for each in tokens] == [each.text for each in tokens]
    covered = {at for each in tokens for at in range(each.first, each.last)}
    assert all(plain[at].isspace() or plain[at] == "\0" for at in range(len(plain)) if at not in covered)


def test_words_are_taken_in_order_and_marked() -> None:
    here = words("IN AREA BOUND BY")
    assert here.phrase([("IN", "SEA"), ("IN", "AREA")]) == ("IN", "AREA")
    assert not here.skip("BY")
    assert here.skip("BOUND")
    assert list(here.understood) == [1, 1, 1, 0]
    assert (here.text(1), here.peek(1), here.peek(-9)) == ("", None, None)


def test_a_list_of_words() -> None:
    assert listed("A B") == ("A", "B")
