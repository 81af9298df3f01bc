"""Passwords of the desk: Argon2id (RFC 9106), one at a time, and as dear for a name that nobody has."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from openline.errors import Misuse, TooBusy
from openline.limits import DESK_HASHES_MAX, PASSWORD_MAX_BYTES

Result = TypeVar("Result")

MIN_CHARACTERS: Final = 12

HASHER: Final = PasswordHasher(time_cost=3, memory_cost=64 << 10, parallelism=4)
"""The second recommended choice of RFC 9106, section 4: 64 MiB."""


class Passwords:
    """Computes in one thread of its own, so that a flood of tries costs one core and 64 MiB at most."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or HASHER
        self._thread = ThreadPoolExecutor(1, "password")
        self._waiting = 0
        self._nobody = ""

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def ready(self) -> None:
        """Make the hash that is tried for names that nobody has."""
        self._nobody = await self.hashed(secrets.token_urlsafe())

    async def hashed(self, password: str) -> str:
        """What is kept of a password. Raises TooBusy."""
        return await self._computed(self._hash, password)

    async def match(self, kept: str, password: str) -> bool:
        """Whether `kept` was made of it; with nothing kept it takes as long, and was not. Raises TooBusy."""
        return await self._computed(self._verify, kept, password)

    def _hash(self, password: str) -> str:
        return self._hasher.hash(_prepared(password))

    def _verify(self, kept: str, password: str) -> bool:
        try:
            self._hasher.verify(kept or self._nobody, _prepared(password))
        except (Argon2Error, InvalidHashError):
            return False
        return bool(kept)

    async def _computed(self, work: Callable[..., Result], *arguments: str) -> Result:
        if self._waiting >= DESK_HASHES_MAX:
            raise TooBusy("Too many people sign in at this moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work, *arguments)
        finally:
            self._waiting -= 1


def _prepared(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode(errors="replace")


def check(password: str, name: str) -> None:
    """Raise Misuse unless this is fit to be the password of the officer of this name."""
    if len(password) < MIN_CHARACTERS:
        raise Misuse(f"A password has at least {MIN_CHARACTERS} characters: take four words at random.")
    if len(_prepared(password)) > PASSWORD_MAX_BYTES:
        raise Misuse(f"A password has at most {PASSWORD_MAX_BYTES} bytes.")
    if len(set(password)) < 5 or name.casefold() in password.casefold():
        raise Misuse("That password is too easy to guess.")
