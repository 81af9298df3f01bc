"""What the root signs: every change of keys, as the card then tells it."""

from __future__ import annotations

import pytest

from openline.errors import BadField, BadKey, BadSignature, NameTaken, UnknownName
from openline.identity import signing
from openline.identity.card import Card
from openline.identity.own import Root
from openline.identity.signing import FOUND_SEED_BYTES, Rotating
from openline.keys.ed25519 import SigningKey, prove_possession
from openline.terms import Instant
from openline.wire.change import Holding
from openline.wire.statement import decode_signed
from tests.identity.posts import AT, ENTRY, LINE, OTHER_ENTRY, OTHER_LINE, WEEK, drawn, founded, grown, renamed

OWN, CARD = founded("Alpha")


def test_a_founding_takes_its_random_bytes_and_no_other_number() -> None:
    for size in (0, FOUND_SEED_BYTES - 1, FOUND_SEED_BYTES + 1):
        with pytest.raises(ValueError, match=str(FOUND_SEED_BYTES)):
            signing.found("Alpha", bytes(size), AT)


def test_a_founding_names_post_and_officer() -> None:
    own, card = signing.found("Post 1", drawn("post 1", FOUND_SEED_BYTES), Instant(0), "Ann Watch")
    assert (card.name, card.officers[0].name, card.officers[0].holding) == ("Post 1", "Ann Watch", Holding.POST)
    assert card.sealing_key(Instant(0)) == (1, card.sealing_keys[0].public)
    with pytest.raises(BadField):
        signing.found("", drawn("post 1", FOUND_SEED_BYTES), AT)


def test_two_posts_have_no_key_in_common() -> None:
    other = founded("Bravo")[1]
    assert CARD.post != other.post
    assert CARD.feed_keys != other.feed_keys


def test_a_rotated_root_signs_what_follows_and_the_old_one_no_more() -> None:
    own, card = grown((OWN, CARD), lambda own, card: signing.rotate_root(own, card, drawn("root 3", 64), AT))
    assert len(decode_signed(card.statements[1]).signatures) == 2
    assert card.root != CARD.root
    assert card.post == CARD.post
    assert grown((own, card), renamed("Beta"))[1].name == "Beta"
    with pytest.raises(BadSignature):
        signing.rename(OWN, card, "Beta", AT)
    again = grown((own, card), lambda own, card: signing.rotate_root(own, card, drawn("root 4", 64), AT))
    assert grown(again, renamed("Gamma"))[1].name == "Gamma"


def test_a_root_that_lost_the_committed_one_cannot_rotate() -> None:
    other = OWN.with_root(Root(OWN.post, OWN.need_root().current, drawn("not committed", 64)))
    with pytest.raises(BadKey):
        signing.rotate_root(other, CARD, drawn("root 3", 64), AT)


def test_a_new_feed_key_revokes_the_one_before() -> None:
    own, card = grown(
        (OWN, CARD),
        lambda own, card: signing.rotate_feed_key(
            own, card, drawn("feed 2"), {OTHER_LINE: (1, OTHER_ENTRY), LINE: (7, ENTRY)}, AT
        ),
    )
    new, old = card.feed_keys
    assert (new.public, new.revocations) == (own.feed.public, None)
    assert old.revocations == {LINE: (7, ENTRY), OTHER_LINE: (1, OTHER_ENTRY)}


@pytest.mark.parametrize("which", ["checkpoint", "cosigning", "link"])
def test_a_rotated_key_takes_the_place_of_the_one_before(which: Rotating) -> None:
    own, card = grown((OWN, CARD), lambda own, card: signing.rotate_key(own, card, which, drawn("new"), AT))
    keys = {"checkpoint": card.checkpoint_keys, "cosigning": card.cosigning_keys, "link": card.link_keys}
    before = {"checkpoint": CARD.checkpoint_keys, "cosigning": CARD.cosigning_keys, "link": CARD.link_keys}
    assert keys.pop(which) == (getattr(own, which).public,)
    assert before.pop(which) == (getattr(OWN, which).public,)
    assert keys == before


def test_a_year_of_sealing_keys_fits_into_one_statement() -> None:
    weeks = [(drawn(f"week {n}"), Instant(AT + n * WEEK), Instant(AT + (n + 1) * WEEK)) for n in range(53)]
    own, card = grown((OWN, CARD), lambda own, card: signing.new_sealing_keys(own, card, weeks, AT))
    assert [key.number for key in card.sealing_keys] == list(range(1, 55))
    for number, public in (card.sealing_key(start) for _, start, _ in weeks):  # type: ignore[misc]
        key = own.sealing(number)
        assert key is not None
        assert key.public == public


def test_officers_come_and_go() -> None:
    phone = SigningKey.from_seed(drawn("phone"))
    own, card = grown(
        (OWN, CARD),
        lambda own, card: signing.add_officer(own, card, "Ann Watch", drawn("ann"), ["duty officer"], AT),
        lambda own, card: signing.add_device_officer(
            own, card, "Bo Line", phone.public, prove_possession(phone, own.post), [], AT
        ),
        lambda own, card: signing.end_officer(own, card, 2, Instant(AT + 5)),
        lambda own, card: signing.revoke(own, card, phone.public, AT),
    )
    ann, bo = card.officers[1:]
    assert (ann.name, ann.roles, ann.holding, ann.ended, ann.revoked) == (
        "Ann Watch",
        ("duty officer",),
        Holding.POST,
        AT + 5,
        False,
    )
    assert (bo.number, bo.holding, bo.ended, bo.revoked) == (3, Holding.DEVICE, None, True)
    assert (ann.in_force, bo.in_force, card.officers[0].in_force) == (False, False, True)
    assert (own.officer(2), own.officer(3)) == (None, None)
    assert card.officer(2) == ann
    assert card.officer(4) is None


def test_a_name_of_an_officer_is_free_again_when_the_officer_has_ended() -> None:
    post = grown((OWN, CARD), lambda own, card: signing.add_officer(own, card, "Ann Watch", drawn("ann"), [], AT))
    own, card = post
    assert [officer.number for officer in card.officers if officer.in_force] == [1, 2]
    with pytest.raises(NameTaken):
        signing.add_officer(own, card, "Ann Watch", drawn("ann 2"), [], AT)
    post = grown(
        post,
        lambda own, card: signing.end_officer(own, card, 2, AT),
        lambda own, card: signing.add_officer(own, card, "Ann Watch", drawn("ann 2"), [], AT),
    )
    assert [(each.number, each.name) for each in post[1].officers if each.in_force][1:] == [(3, "Ann Watch")]


def test_what_is_not_in_force_cannot_be_ended_or_revoked() -> None:
    with pytest.raises(UnknownName):
        signing.end_officer(OWN, CARD, 2, AT)
    with pytest.raises(BadField):
        signing.revoke(OWN, CARD, drawn("unknown"), AT)


def test_an_unproved_device_is_refused_before_it_is_published() -> None:
    phone = SigningKey.from_seed(drawn("phone"))
    with pytest.raises(BadKey):
        signing.add_device_officer(OWN, CARD, "Bo Line", phone.public, bytes(64), [], AT)


def test_a_revoked_link_key_may_leave_none() -> None:
    _, card = grown((OWN, CARD), lambda own, card: signing.revoke(own, card, OWN.link.public, AT))
    assert card.link_keys == ()


def test_the_true_branch_is_named() -> None:
    _, card = grown(
        (OWN, CARD),
        lambda own, card: signing.name_branch(own, card, LINE, 8, ENTRY, AT),
        lambda own, card: signing.name_branch(own, card, LINE, 12, OTHER_ENTRY, AT),
    )
    assert card.branches == {LINE: ((8, ENTRY), (12, OTHER_ENTRY))}
    assert Card.admit(card.encode()).branches == card.branches
