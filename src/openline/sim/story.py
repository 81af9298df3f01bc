"""A world told as a story: what people did, which faults struck, and what was proved in the end."""

from __future__ import annotations

from datetime import UTC, datetime

from openline.sim.world import Outcome, Setting, World

COMMAND = "python -m openline.sim --seed {seed}"


def told(time: int, text: str) -> str:
    """One line of a story: the true time in UTC, to the millisecond, and what happened."""
    at = datetime.fromtimestamp(time / 1000, UTC)
    return f"{at:%d %b %H:%M:%S}.{time % 1000:03d}  {text}"


def tell(seed: int, setting: Setting, *, verbose: bool = False) -> tuple[list[str], Outcome]:
    """The story of a seed, line by line, and its outcome. Without `verbose`, arrivals are left out."""
    lines: list[str] = []

    def say(time: int, text: str) -> None:
        if verbose or " has entry " not in text:
            lines.append(told(time, text))

    world = World(seed, setting, say=say)
    names = ", ".join(post.name + ("" if post.honest else " (who lies)") for post in world.posts.values())
    lines.append(f"World {seed}: {names}.")
    outcome = world.run()
    lines += ["", *ending(outcome)]
    return lines, outcome


def ending(outcome: Outcome) -> list[str]:
    """What came of a world."""
    struck = ", ".join(f"{name} {count}" for name, count in sorted(outcome.faults.items())) or "none"
    lines = [f"{outcome.entries} entries were written. Faults: {struck}."]
    if outcome.broken is None:
        lines.append("Nothing acknowledged was lost or doubled, and all honest members hold the same record.")
    else:
        lines += [f"BROKEN: {outcome.broken}", "Again: " + COMMAND.format(seed=outcome.seed)]
    return lines
