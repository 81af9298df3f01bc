"""A post's private keys: kept whole, without the root, and never shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import DamagedKeystore, LocalError, RootOffline, UnknownKeystore
from openline.identity import signing
from openline.identity.own import Own, Root
from openline.keys.sealing import seal
from openline.terms import Instant
from openline.wire import cbor
from tests.identity.posts import AT, WEEK, drawn, founded, grown

OWN, CARD = founded("Alpha")


def test_the_keys_are_those_on_the_card() -> None:
    assert OWN.post == CARD.post
    assert OWN.feed.public == CARD.feed_keys[0].public
    assert (OWN.checkpoint.public,) == CARD.checkpoint_keys
    assert (OWN.cosigning.public,) == CARD.cosigning_keys
    assert (OWN.link.public,) == CARD.link_keys
    officer, sealing = OWN.officer(1), OWN.sealing(1)
    assert officer is not None
    assert officer.public == CARD.officers[0].public
    assert sealing is not None
    assert sealing.open(seal(CARD.sealing_keys[0].public, b"info", b"secret"), b"info") == b"secret"


def test_numbers_that_are_not_ours_have_no_key() -> None:
    assert OWN.officer(2) is None
    assert OWN.sealing(2) is None


def test_what_is_encoded_comes_back() -> None:
    for own in (OWN, OWN.without_root()):
        assert Own.decode(own.encode()) == own
    assert Root.decode(OWN.need_root().encode()) == OWN.root


def test_no_secret_is_shown() -> None:
    shown = repr(OWN) + repr(OWN.root)
    seeds = drawn("Alpha", signing.FOUND_SEED_BYTES)
    secrets = [seeds[at : at + 32] for at in range(0, len(seeds), 32)]
    assert [secret for secret in secrets if repr(secret)[2:20] in shown or secret.hex() in shown] == []
    assert repr(OWN.post) in shown


def test_without_its_root_a_post_signs_everything_but_changes_of_keys() -> None:
    away = OWN.without_root()
    assert (OWN.has_root, away.has_root) == (True, False)
    assert away.feed.sign(b"x") == OWN.feed.sign(b"x")
    with pytest.raises(RootOffline, match="Fetch the root key"):
        signing.rename(away, CARD, "Beta", AT)
    assert away.with_root(OWN.need_root()) == OWN
    assert secret_root(away) == []


def secret_root(own: Own) -> list[bytes]:
    """Which root seeds are left in the encoding."""
    root = OWN.need_root()
    return [seed for seed in (root.current, root.next) if seed in own.encode()]


def test_the_root_of_another_post_is_refused() -> None:
    with pytest.raises(RootOffline):
        OWN.without_root().with_root(founded("Bravo")[0].need_root())


def test_dropped_sealing_keys_are_gone() -> None:
    end = Instant(AT + 9 * WEEK)
    own, _ = grown(
        (OWN, CARD), lambda own, card: signing.new_sealing_keys(own, card, [(drawn("sealing 2"), AT, end)], AT)
    )
    first_end = CARD.sealing_keys[0].end
    assert own.drop_sealing_keys(Instant(first_end - 1)) == own
    dropped = own.drop_sealing_keys(first_end)
    assert dropped.sealing(1) is None
    assert dropped.sealing(2) is not None
    assert own.sealing_seeds[0][1] not in dropped.encode()


def test_a_newer_keystore_says_so() -> None:
    for made in (Own, Root):
        with pytest.raises(UnknownKeystore):
            made.decode(cbor.encode({1: 2, 23: b"new"}))


@pytest.mark.parametrize("field", range(2, 10))
def test_a_field_that_is_missing_or_wrong_is_damage(field: int) -> None:
    fields = cbor.decode(OWN.encode(), 10_000)
    with pytest.raises(DamagedKeystore):
        Own.decode(cbor.encode(fields | {field: 0}))
    if field != 3:
        with pytest.raises(DamagedKeystore):
            Own.decode(cbor.encode({key: each for key, each in fields.items() if key != field}))


@given(st.binary(max_size=100))
def test_any_bytes_are_damage(data: bytes) -> None:
    for made in (Own, Root):
        with pytest.raises(LocalError):
            made.decode(data)
