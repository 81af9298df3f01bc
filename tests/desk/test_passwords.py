"""Passwords: as dear for a name that nobody has, unfit ones refused, a flood of tries turned away."""

from __future__ import annotations

import asyncio
import time

import pytest

from openline.desk import passwords as passwords_room
from openline.desk.passwords import Passwords, check
from openline.errors import Misuse, TooBusy
from openline.limits import DESK_HASHES_MAX

DEAR = passwords_room.HASHER
"""As it is outside tests: taken before conftest makes it cheap."""


async def test_only_the_password_matches() -> None:
    passwords = Passwords()
    await passwords.ready()
    kept = await passwords.hashed("Ångström units of fog")
    assert kept.startswith("$argon2id$")
    assert await passwords.match(kept, "Ångström units of fog")
    assert await passwords.match(kept, "A\u030angstro\u0308m units of fog")
    assert not await passwords.match(kept, "angstrom units of fog")
    assert not await passwords.match("", "Ångström units of fog")
    assert not await passwords.match("no hash at all", "x")
    assert not await passwords.match(kept, "\udcff")
    passwords.close()


async def test_a_name_that_nobody_has_costs_as_much() -> None:
    passwords = Passwords(DEAR)
    await passwords.ready()
    kept = await passwords.hashed("rusty anchor in the fog")

    async def seconds(kept: str) -> float:
        started = time.process_time()  # of all threads: what other processes do is not counted
        assert not await passwords.match(kept, "another guess")
        return time.process_time() - started

    pairs = [(await seconds(kept), await seconds("")) for _ in range(7)]  # in turn: the machine does other work, too
    known, unknown = (min(each) for each in zip(*pairs, strict=True))
    passwords.close()
    assert known > 0.01
    assert 0.6 < unknown / known < 1.7


async def test_what_is_kept_costs_what_rfc_9106_recommends() -> None:
    assert DEAR.hash("x").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


async def test_too_many_at_once_are_turned_away() -> None:
    passwords = Passwords()
    await passwords.ready()
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(passwords.match("", "x")) for _ in range(DESK_HASHES_MAX)]
        await asyncio.sleep(0)
        with pytest.raises(TooBusy):
            await passwords.match("", "x")
    assert not any(task.result() for task in waiting)
    passwords.close()


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaaaa", "maj. berg and more", "x1y2z" * 300])
def test_unfit_passwords(password: str) -> None:
    with pytest.raises(Misuse):
        check(password, "Maj. Berg")


def test_a_fit_password() -> None:
    check("rusty anchor in the fog", "Maj. Berg")
