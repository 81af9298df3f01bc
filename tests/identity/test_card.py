"""A card as a value: what it answers, how it grows and merges, what forks it, and any bytes at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openline.errors import BadField, BadSignature, CardForked, PeerError, TooFarAhead, TooLarge
from openline.identity import signing
from openline.identity.card import Card
from openline.identity.chain import Chain
from openline.keys import digits
from openline.limits import CARD_MAX_BYTES, STATEMENT_MAX_BYTES, STATEMENTS_MAX
from openline.terms import Instant
from openline.wire.statement import decode_signed, encode_card, encode_signed
from tests.identity.posts import AT, ENTRY, LINE, OTHER_LINE, WEEK, drawn, founded, grown, renamed

OWN, CARD = founded("Alpha")


def test_a_card_says_who_it_is() -> None:
    assert (CARD.name, CARD.sequence, CARD.fingerprint) == ("Alpha", 1, digits.fingerprint(CARD.post))
    assert "Alpha" in repr(CARD)


def test_equal_cards_hold_the_same_bytes() -> None:
    again = Card.admit(CARD.encode())
    assert again == CARD
    assert hash(again) == hash(CARD)
    assert founded("Bravo")[1] != CARD
    assert CARD.encode() != CARD


def test_a_feed_signature_names_its_key() -> None:
    after, card = grown(
        (OWN, CARD), lambda own, card: signing.rotate_feed_key(own, card, drawn("feed 2"), {LINE: (7, ENTRY)}, AT)
    )
    old, new = card.verify_feed(OWN.feed.sign(b"old"), b"old"), card.verify_feed(after.feed.sign(b"new"), b"new")
    assert old is not None
    assert new is not None
    assert (old.public, new.public) == (OWN.feed.public, after.feed.public)
    assert card.good_until(new, LINE) is None
    assert card.good_until(old, LINE) == (7, ENTRY)
    assert card.good_until(old, OTHER_LINE) == (0, bytes(32))
    assert card.verify_feed(OWN.link.sign(b"old"), b"old") is None


def test_the_newest_sealing_key_that_holds_is_taken() -> None:
    start, end = Instant(AT + WEEK), Instant(AT + 2 * WEEK)
    _, card = grown(
        (OWN, CARD), lambda own, card: signing.new_sealing_keys(own, card, [(drawn("sealing 2"), start, end)], AT)
    )
    numbers = [(found := card.sealing_key(Instant(at))) and found[0] for at in (0, AT, start - 1, start, end - 1, end)]
    assert numbers == [None, 1, 1, 2, 2, 1]
    assert card.sealing_key(Instant(AT + 1000 * WEEK)) is None


def test_old_checkpoint_and_cosigning_keys_are_still_there_to_verify_with() -> None:
    _, card = grown(
        (OWN, CARD),
        lambda own, card: signing.rotate_key(own, card, "checkpoint", drawn("checkpoint 2"), AT),
        lambda own, card: signing.rotate_key(own, card, "cosigning", drawn("cosigning 2"), AT),
    )
    assert [key.revoked for key in card.all_checkpoint_keys] == [False, True]
    assert [key.revoked for key in card.all_cosigning_keys] == [False, True]
    assert card.all_checkpoint_keys[1].public == OWN.checkpoint.public
    assert len(card.checkpoint_keys) == len(card.cosigning_keys) == 1


def test_growing_is_the_same_as_admitting_the_whole() -> None:
    _, card = grown((OWN, CARD), renamed("Beta"), renamed("Gamma"))
    assert Card.admit(card.encode()) == card
    assert (card.name, card.sequence, CARD.name, CARD.sequence) == ("Gamma", 3, "Alpha", 1)


def test_a_refused_statement_leaves_the_card_as_it_was() -> None:
    _, statement = signing.rename(OWN, CARD, "Beta", AT)
    before = CARD.encode()
    with pytest.raises(BadSignature):
        CARD.extended(statement[:-1] + bytes([statement[-1] ^ 1]))
    assert (CARD.encode(), CARD.name) == (before, "Alpha")
    assert CARD.extended(statement).name == "Beta"


def test_a_statement_that_is_here_changes_nothing() -> None:
    _, card = grown((OWN, CARD), renamed("Beta"))
    assert card.extended(card.statements[0]) is card
    assert card.extended(card.statements[1]) is card


def test_other_signatures_on_one_statement_are_no_fork() -> None:
    again = signing.found("Alpha", drawn("Alpha", signing.FOUND_SEED_BYTES), AT)[1]
    assert again.statements != CARD.statements
    assert CARD.extended(again.statements[0]) is CARD
    assert CARD.merged(again) is CARD


def test_a_statement_too_far_ahead_waits() -> None:
    _, card = grown((OWN, CARD), renamed("Beta"), renamed("Gamma"))
    with pytest.raises(TooFarAhead):
        CARD.extended(card.statements[2])


def test_merging_takes_the_longer() -> None:
    _, longer = grown((OWN, CARD), renamed("Beta"), renamed("Gamma"))
    assert CARD.merged(longer) is longer
    assert longer.merged(CARD) is longer
    assert longer.merged(longer) is longer


def test_two_histories_are_a_fork_and_both_are_kept() -> None:
    _, beta = grown((OWN, CARD), renamed("Beta"), renamed("Beta 2"))
    _, gamma = grown((OWN, CARD), renamed("Gamma"))
    with pytest.raises(CardForked) as merging:
        beta.merged(gamma)
    with pytest.raises(CardForked) as extending:
        beta.extended(gamma.statements[1])
    for caught in (merging, extending):
        assert (caught.value.ours, caught.value.theirs) == (beta.statements[1], gamma.statements[1])


def test_two_foundings_with_one_root_are_a_fork() -> None:
    seeds = drawn("Alpha", signing.FOUND_SEED_BYTES)
    other = signing.found("Alpha, again", seeds, AT)[1]
    assert other.post == CARD.post
    with pytest.raises(CardForked):
        CARD.extended(other.statements[0])


def test_nobody_forges_a_fork() -> None:
    _, beta = grown((OWN, CARD), renamed("Beta"))
    _, gamma = grown((OWN, CARD), renamed("Gamma"))
    signed, other = decode_signed(gamma.statements[1]), decode_signed(beta.statements[1])
    with pytest.raises(BadSignature):
        beta.extended(encode_signed(signed.payload, *other.signatures))


def test_another_post_is_never_mixed_in() -> None:
    bravo = grown(founded("Bravo"), renamed("Bravo 2"))[1]
    with pytest.raises(BadField):
        CARD.merged(bravo)
    with pytest.raises(BadField):
        CARD.extended(bravo.statements[0])
    with pytest.raises(BadField):
        CARD.extended(bravo.statements[1])


def test_a_card_has_a_largest_size() -> None:
    with pytest.raises(TooLarge):
        Card.admit(bytes(CARD_MAX_BYTES + 1))
    with pytest.raises(TooLarge):
        CARD.extended(bytes(STATEMENT_MAX_BYTES + 1))
    with pytest.raises(BadField):
        Card.admit(encode_card((b"",) * (STATEMENTS_MAX + 1)))


def test_a_full_card_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    _, two = grown((OWN, CARD), renamed("Beta"))
    with monkeypatch.context() as limits:
        limits.setattr("openline.identity.card.STATEMENTS_MAX", 1)
        with pytest.raises(TooLarge):
            CARD.extended(two.statements[1])
    monkeypatch.setattr("openline.identity.card.CARD_MAX_BYTES", len(two.encode()) - 1)
    with pytest.raises(TooLarge):
        CARD.extended(two.statements[1])


def test_a_card_enrols_so_many_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = 2 + 6
    monkeypatch.setattr("openline.identity.chain.CARD_KEYS_MAX", keys)
    assert Card.admit(CARD.encode()) == CARD
    monkeypatch.setattr("openline.identity.chain.CARD_KEYS_MAX", keys - 1)
    with pytest.raises(TooLarge):
        Card.admit(CARD.encode())


def test_what_a_known_card_holds_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    _, two = grown((OWN, CARD), renamed("Beta"))
    other = founded("Other")[1]
    admit = Chain.admit
    checked: list[bytes] = []

    def counted(chain: Chain, data: bytes) -> None:
        checked.append(data)
        admit(chain, data)

    monkeypatch.setattr(Chain, "admit", counted)
    assert Card.admit_beside(CARD.encode(), (other, two)) == two
    assert Card.admit_beside(two.encode(), (other, two)) == two
    assert checked == []
    assert Card.admit_beside(two.encode(), (other, CARD)) == two
    assert checked == [two.statements[1]]
    assert Card.admit_beside(other.encode(), (CARD,)) == other


def test_what_a_known_card_does_not_hold_is_checked_as_ever() -> None:
    _, two = grown((OWN, CARD), renamed("Beta"))
    _, rival = grown((OWN, CARD), renamed("Gamma"))
    broken = two.statements[1][:-1] + bytes([two.statements[1][-1] ^ 1])
    with pytest.raises(PeerError):
        Card.admit_beside(encode_card((CARD.statements[0], broken)), (CARD,))
    assert Card.admit_beside(rival.encode(), (two,)) == rival
    with pytest.raises(CardForked):
        two.merged(rival)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_with_a_documented_error(data: bytes) -> None:
    with pytest.raises(PeerError):
        Card.admit(data)
    with pytest.raises(PeerError):
        CARD.extended(data)


WHOLE = grown((OWN, CARD), lambda own, card: signing.rotate_root(own, card, drawn("root 3", 64), AT), renamed("Beta"))
ENCODED = WHOLE[1].encode()


@settings(max_examples=300)
@given(st.integers(0, len(ENCODED) - 1), st.integers(1, 255))
def test_a_changed_byte_is_never_accepted(at: int, flip: int) -> None:
    with pytest.raises(PeerError):
        Card.admit(ENCODED[:at] + bytes([ENCODED[at] ^ flip]) + ENCODED[at + 1 :])


@given(st.integers(0, len(ENCODED) - 1), st.integers(0, len(ENCODED) - 1), st.binary(max_size=8))
def test_a_changed_stretch_is_never_accepted(one: int, other: int, new: bytes) -> None:
    changed = ENCODED[: min(one, other)] + new + ENCODED[max(one, other) :]
    if changed != ENCODED:
        with pytest.raises(PeerError):
            Card.admit(changed)
