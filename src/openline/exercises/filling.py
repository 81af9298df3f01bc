"""The places in a command that are filled when it is given: {name}, {name.parts.0}, {it}, {+20m}, {2022-11-15T15:00Z}.

Times become the wall's, for that is what posts sign and count: 20 minutes of the story at 60 times its speed are 20 s.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Any, Final

from openline.errors import Misuse
from openline.exercises.times import Clock, instant, span, utc

PLACE: Final = re.compile(r"\{([^{}]+)\}")
IT: Final = "it"
OPENING: Final = "opening"
OUT: Final = "out"
NOW: Final = "now"
ABOUT: Final = "~"
"""Before a time: nothing happens at it that must be lived through."""

OWN: Final = (IT, OPENING, OUT, NOW)
"""Names that no step may have."""


def words(command: str) -> list[str]:
    """The words of a command, as a shell takes them. Raises Misuse where a quotation mark is left open."""
    try:
        return shlex.split(command)
    except ValueError as error:
        raise Misuse(f"The words of the command cannot be told apart: {error}. Look at its quotation marks.") from None


def is_time(place: str) -> bool:
    """Whether a place is a time: a span from now, a UTC time, or now."""
    return place == NOW or place[:1] in "+-~" or place[:1].isdigit()


def story_of(place: str, now: int) -> int:
    """The story time of a place that is one. Raises Misuse."""
    place = place.removeprefix(ABOUT)
    if place == NOW:
        return now
    if place[:1] in "+-":
        return now + (1 if place[0] == "+" else -1) * span(place[1:])
    return instant(place)


def filled(command: str, known: Mapping[str, Any], clock: Clock, wall: int) -> tuple[list[str], int]:
    """The words to give, and the latest story time that they name without ~ (0 for none). Raises Misuse."""
    latest = 0

    def fill(found: re.Match[str]) -> str:
        nonlocal latest
        place = found[1]
        if is_time(place):
            story = story_of(place, clock.at(wall))
            latest = latest if place.startswith(ABOUT) else max(latest, story)
            return utc(clock.wall_at(story), "milliseconds")
        return looked_up(place, known)

    return [PLACE.sub(fill, word) for word in words(command)], latest


def looked_up(place: str, known: Mapping[str, Any]) -> str:
    """What stands at a place: NAME is the id that the step of that name answered with. Raises Misuse."""
    name, *path = place.split(".")
    if name not in known:
        raise Misuse(f"{{{place}}} is not known: the step {name!r} has not been done.")
    value = found(known[name], path) if path else written(known[name])
    if not isinstance(value, str | int | float) or value == "":
        raise Misuse(f"The answer of the step {name!r} has nothing at {'.'.join(path) or 'id'!r}.")
    return str(value)


def written(answer: Any) -> Any:
    """The id of the entry that a command wrote, in its answer; an answer that is none is itself."""
    return answer.get("kept") or answer.get("id") if isinstance(answer, dict) else answer


def found(value: Any, path: list[str]) -> Any:
    """What stands at a path in an answer; None where nothing does. A number is the place in a list, -1 the last."""
    for part in path:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and re.fullmatch(r"-?\d{1,4}", part) and -len(value) <= int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value
