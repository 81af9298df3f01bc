"""The root leaves the home and comes back (docs/guides/root-key.md).

It leaves in two steps: a copy is handed out and written, and only what was read back from there lets the home drop its
own. So a power cut or a full disk can leave the root in two places, and never in none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from openline.errors import Misuse
from openline.limits import KEYSTORE_MAX_BYTES
from openline.post.home import keychanges
from openline.post.home.root_requests import RootBring, RootCopy, RootDrop
from openline.post.speaker import Answerer, Speaker
from openline.proof.sentences import utc


async def copy(service: Speaker, request: RootCopy) -> Any:
    """The locked copy, after sealing keys were made for the time in which the root is away. Raises RootOffline."""
    service.post.keyring.own.need_root()
    await service.post.change_keys(keychanges.sealing_keys_ahead)
    return {"copy": service.post.keyring.root_copy().hex(), **_value(service)}


async def drop(service: Speaker, request: RootDrop) -> Any:
    """The home without its root. Raises Misuse, RootOffline, WrongPassphrase or DamagedKeystore."""
    held = _bytes(request.copy)
    await service.post.keep_keys(lambda ring: ring.without_root(held))
    return _value(service)


async def bring(service: Speaker, request: RootBring) -> Any:
    """The home with its root. Raises RootOffline for another root, WrongPassphrase or DamagedKeystore."""
    held = _bytes(request.copy)
    await service.post.keep_keys(lambda ring: ring.with_root(held))
    return _value(service)


def _bytes(text: str) -> bytes:
    if len(text) > 2 * KEYSTORE_MAX_BYTES:
        raise Misuse("That is no root key: it is far too long.")
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Misuse("The copy of a root key is given in hexadecimal digits.") from None


def _value(service: Speaker) -> dict[str, Any]:
    own = service.post.keyring.own
    return {"root": own.has_root, "sealing_until": utc(keychanges.sealing_until(own))}


ANSWERS: Final[Mapping[type, Answerer]] = {RootCopy: copy, RootDrop: drop, RootBring: bring}
"""By the type of the request."""
