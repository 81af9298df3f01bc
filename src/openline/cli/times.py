"""Times as people type them: a day and an hour in UTC, or how long from now."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from openline.errors import Misuse
from openline.post.loop import now

_UNITS_MS: Final = {"m": 60_000, "h": 3_600_000, "d": 86_400_000}


def instant(text: str) -> int:
    """Milliseconds since 1970 of 2022-11-15T18:40Z. Raises Misuse."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Misuse(f"{text!r} is not a time: write the day, too, in UTC, as 2022-11-15T18:40Z.") from None
    if at.tzinfo is None:
        raise Misuse(f"{text!r} does not say that it is UTC: end it in Z, as 2022-11-15T18:40Z.")
    return int(at.astimezone(UTC).timestamp() * 1000)


def instant_or_span(text: str) -> int:
    """The same, or so many minutes, hours or days from now: 20m, 3h, 2d. Raises Misuse."""
    span = re.fullmatch(r"(\d{1,4})([mhd])", text)
    return now() + int(span[1]) * _UNITS_MS[span[2]] if span else instant(text)


def instant_or_ago(text: str) -> int:
    """The same as `instant`, or so many minutes, hours or days ago: 5m, 3h, 2d. Raises Misuse."""
    return 2 * now() - instant_or_span(text) if text[-1:] in _UNITS_MS else instant(text)


def instants(texts: tuple[str, ...]) -> tuple[int, ...]:
    """Several of them."""
    return tuple(instant_or_span(text) for text in texts)
