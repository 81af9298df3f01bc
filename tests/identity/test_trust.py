"""Whom a home trusts, and that no post takes the name of another."""

from __future__ import annotations

import pytest

from openline.errors import CardForked, NameTaken, UnknownName
from openline.identity import signing
from openline.identity.card import Card
from openline.identity.trust import Trust
from tests.identity.posts import AT, drawn, founded, grown, renamed

ALPHA, BRAVO = founded("Alpha")[1], founded("Bravo")[1]
BOTH = Trust().added(ALPHA).added(BRAVO)


def namesake() -> Card:
    """Another post that calls itself Alpha, in its own way of writing it."""
    return signing.found("ＡLPHA", drawn("namesake", signing.FOUND_SEED_BYTES), AT)[1]


def test_a_peer_is_found_by_its_name_or_its_alias() -> None:
    assert BOTH.find("Alpha").card is ALPHA
    assert BOTH.find("bravo").card is BRAVO
    other = Trust().added(ALPHA, "Side A")
    assert other.find("Side A").card is ALPHA
    with pytest.raises(UnknownName):
        other.find("Alpha")


def test_a_stranger_has_no_card_here() -> None:
    assert Trust().card(ALPHA.post) is None
    assert BOTH.card(ALPHA.post) is ALPHA
    with pytest.raises(UnknownName):
        Trust().updated(ALPHA)


def test_a_value_does_not_change() -> None:
    one = Trust().added(ALPHA)
    one.added(BRAVO)
    assert list(one.peers) == [ALPHA.post]


def test_two_peers_with_one_name_need_another() -> None:
    with pytest.raises(NameTaken, match="--as"):
        BOTH.added(namesake())
    with pytest.raises(NameTaken):
        BOTH.added(namesake(), "Bravo")
    assert BOTH.added(namesake(), "Charlie").find("Charlie").card.name == "ＡLPHA"


def test_adding_again_updates_and_renames() -> None:
    longer = grown(founded("Alpha"), renamed("Alpha 2"))[1]
    assert BOTH.added(longer).find("Alpha 2").card is longer
    again = BOTH.added(longer, "Side A").added(ALPHA)
    assert again.find("Side A").card is longer


def test_a_newer_card_is_taken_and_an_older_one_changes_nothing() -> None:
    longer = grown(founded("Alpha"), renamed("Alpha 2"))[1]
    assert BOTH.updated(longer).find("Alpha 2").card is longer
    assert BOTH.updated(longer).updated(ALPHA).card(ALPHA.post) is longer


def test_a_post_that_takes_the_name_of_another_keeps_its_own_here() -> None:
    sly = grown(founded("Bravo"), renamed("alpha"))[1]
    after = BOTH.updated(sly)
    assert after.find("Alpha").card is ALPHA
    assert after.find("Bravo").card is sly


def test_two_histories_of_one_peer_are_not_swallowed() -> None:
    one, other = (grown(founded("Alpha"), renamed(name))[1] for name in ("Alpha 2", "Alpha 3"))
    with pytest.raises(CardForked):
        BOTH.updated(one).updated(other)
    with pytest.raises(CardForked):
        BOTH.updated(one).added(other)
