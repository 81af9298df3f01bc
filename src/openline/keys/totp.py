"""One-time codes by the clock (RFC 6238): six digits of HMAC-SHA-1 over half minutes, as authenticator apps have."""

from __future__ import annotations

import base64
import hmac
from typing import Final

SECRET_BYTES: Final = 20
STEP_MS: Final = 30_000
DIGITS: Final = 6
AROUND: Final = 1
"""Steps before and after now whose codes are taken too: clocks differ."""


def code(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of one step, counted from 1970 (RFC 4226 section 5.3)."""
    digest = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def match(secret: bytes, said: str, now_ms: int, used: int) -> int | None:
    """The step whose code was said, later than the last one `used`; None where it is none of those around now."""
    now = now_ms // STEP_MS
    found = None
    for step in range(max(now - AROUND, used + 1, 0), now + AROUND + 1):
        if hmac.compare_digest(code(secret, step).encode(), said.encode(errors="replace")):
            found = step
    return found


def text_of(secret: bytes) -> str:
    """The secret as people type it into an app: Base32 (RFC 4648)."""
    return base64.b32encode(secret).decode().rstrip("=")
