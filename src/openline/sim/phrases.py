"""What officers say in rehearsals: short sentences put together by chance."""

from __future__ import annotations

from random import Random

WHO = ("Our radar", "The duty officer", "A border post", "Our air defence", "The coast guard", "The ministry")
DOES = ("has lost", "follows", "sees", "does not know", "asks about", "has confirmed", "denies")
WHAT = ("an object", "two tracks", "a fire", "a convoy", "an explosion", "a flight", "your message")
WHERE = ("near the river", "by the grain store", "at the border", "over the strait", "north of the road", "at sea")


def phrase(rng: Random, *, long: bool = False) -> str:
    """A sentence, or some ten kilobytes of them."""
    count = rng.randint(50, 150) if long else 1
    return " ".join(
        f"{rng.choice(WHO)} {rng.choice(DOES)} {rng.choice(WHAT)} {rng.choice(WHERE)}." for _ in range(count)
    )
