"""Passkeys and codes of a post: kept sealed, certified on the card, and over when they are over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from openline.errors import BadSignature, Misuse, TooBusy, WrongPassword
from openline.identity.passkeys import possession_challenge
from openline.keys import totp
from openline.limits import DESK_SESSIONS_MAX, PASSKEYS_MAX
from openline.post.loop import now
from openline.post.people.counters import Counters
from openline.post.people.means import CHALLENGE_SECONDS, Means, uri_of
from openline.post.post import Post
from openline.post.service import Service
from openline.store.sqlite import SqliteRecord
from tests.identity.devices import Device, unpadded
from tests.post.inside import alone, home


class Sent:
    """What a browser sends of a device's signature about a challenge."""

    def __init__(self, device: Device, challenge: bytes, **odd: int) -> None:
        self.authenticator, self.client, self.signature = map(unpadded, device.raw(challenge, **odd))


async def taken(means: Means, post: Post, device: Device, number: int = 1) -> bool:
    """Take up a device."""
    sent = Sent(device, possession_challenge(post.keyring.card.post, device.public))
    return await means.add(number, device.label.encode(), device.spki, device.rp, sent)


def at(seconds: float) -> Callable[[], float]:
    """A clock that stands."""
    return lambda: seconds


async def test_a_passkey_signs_in_once_for_each_challenge_and_in_time(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        times = [0.0]
        means = Means(post, Counters(post), lambda: times[0])
        device = Device("phone")
        assert means.prove(device.spki) == possession_challenge(post.keyring.card.post, device.public)
        assert await taken(means, post, device)
        challenge = means.begin()
        assert means.signed_in(b"phone", challenge, Sent(device, challenge)) == 1
        with pytest.raises(WrongPassword):
            means.signed_in(b"phone", challenge, Sent(device, challenge))
        late = means.begin()
        times[0] = CHALLENGE_SECONDS + 1
        with pytest.raises(WrongPassword):
            means.signed_in(b"phone", late, Sent(device, late))
        first = means.begin()
        for _ in range(DESK_SESSIONS_MAX):
            means.begin()
        with pytest.raises(WrongPassword):
            means.signed_in(b"phone", first, Sent(device, first))
        again = Means(post, Counters(post), at(0))
        assert [each.public for each in again.passkeys(1)] == [device.public]

    await alone(home(tmp_path, "North"), body)


async def test_what_is_taken_up_is_proved_new_and_bounded(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        means = Means(post, Counters(post), at(0))
        device = Device("phone")
        with pytest.raises(BadSignature):
            await means.add(1, b"phone", device.spki, device.rp, Sent(device, bytes(32)))
        assert means.passkeys(1) == []
        for number in range(PASSKEYS_MAX):
            await taken(means, post, Device(f"phone {number}"))
        with pytest.raises(Misuse):
            await taken(means, post, Device("phone 0"))
        with pytest.raises(TooBusy):
            await taken(means, post, Device("one more"))
        means.forget(1)
        assert means.passkeys(1) == []
        assert Means(post, Counters(post), at(0)).passkeys(1) == []

    await alone(home(tmp_path, "North"), body)


async def test_codes_are_asked_for_once_confirmed_and_sealed(tmp_path: Path) -> None:
    async def body(post: Post, service: Service) -> None:
        means = Means(post, Counters(post), at(0))
        assert means.code_fits(1, "")
        secret = means.new_code(1)
        assert means.code_fits(1, "")
        with pytest.raises(WrongPassword):
            means.confirm(1, "000000")
        step = now() // totp.STEP_MS
        means.confirm(1, totp.code(secret, step))
        assert means.asks_code(1)
        assert not means.code_fits(1, "")
        assert not means.code_fits(1, totp.code(secret, step))
        assert means.code_fits(1, totp.code(secret, step + 1))
        again = Means(post, Counters(post), at(0))
        assert again.asks_code(1)
        assert not again.code_fits(1, totp.code(secret, step + 1))
        assert all(secret not in value for value in SqliteRecord.objects(post.record, "means").values())
        with pytest.raises(Misuse):
            again.new_code(1)
        again.end_code(1)
        assert Means(post, Counters(post), at(0)).code_fits(1, "")

    await alone(home(tmp_path, "North"), body)


def test_the_secret_of_codes_is_an_address_for_an_app() -> None:
    assert uri_of(b"12345678901234567890", "Maj. Berg", "North & Co") == (
        "otpauth://totp/North%20%26%20Co:Maj.%20Berg?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=North%20%26%20Co"
    )
