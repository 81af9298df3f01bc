"""Names from rosters: recognised by surname, office or post, and found in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.accounts.names import Party, denotes, find, is_post, known, surname
from tests.accounts.pictures import ALL, BROWN, CHAIR, GERASIMOV, MILLEY


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("General Charles Q. Brown Jr.", "brown"),
        ("Gen. Mark Milley", "milley"),
        ("Admiral Sir Tony Radakin", "radakin"),
        ("Brown's", "brown"),
        ("General", ""),
        ("", ""),
    ],
)
def test_a_person_goes_by_the_last_name(name: str, last: str) -> None:
    assert surname(name) == last


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("US", "United States"),
        ("the U.S.", "United States"),
        ("Russian", "Russia"),
        ("Ukrainians", "Ukraine"),
        ("Polish", "Poland"),
    ],
)
def test_a_post_goes_by_several_names(name: str, post: str) -> None:
    assert is_post(name, post)


def test_who_is_meant() -> None:
    assert denotes("General Valery Gerasimov", GERASIMOV)
    assert denotes("Russia:chief of the general staff", GERASIMOV)
    assert denotes("Russia", GERASIMOV)
    assert denotes("the Russians", GERASIMOV)
    assert not denotes("Poland:Chief of the General Staff", GERASIMOV)
    assert denotes(CHAIR, BROWN)
    assert not denotes("General Milley", BROWN)
    assert not denotes("Rus", GERASIMOV)
    assert known("Milley", ALL)
    assert not known("Austin", ALL)


def test_names_are_found_where_they_stand() -> None:
    text = "Gen. Mark Milley, chairman of the joint chiefs of staff, tried to reach Russian General Valery Gerasimov."
    found = [(text[each.start : each.end], each.sort) for each in find(text, ALL)]
    assert found == [
        ("Gen. Mark Milley", "holder"),
        ("chairman of the joint chiefs of staff", "office"),
        ("Russian General Valery Gerasimov", "holder"),
    ]
    assert find("Nobody known, and a brown field of rushes.", [MILLEY, GERASIMOV]) == []


@given(st.text(), st.text(min_size=1), st.text(), st.text())
def test_no_name_and_no_text_breaks_it(text: str, post: str, office: str, person: str) -> None:
    party = Party(post, office, (person,))
    for each in find(text, [party]):
        assert 0 <= each.start < each.end <= len(text)
    denotes(text, party)
    denotes(post, party)
