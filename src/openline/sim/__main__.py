"""`python -m openline.sim --seed N` tells the story of one world; it exits with 1 if a rule was broken in it."""

from __future__ import annotations

import argparse
import sys

from openline.sim.story import tell
from openline.sim.world import Setting


def main() -> int:
    """Tell the story that the arguments ask for."""
    parser = argparse.ArgumentParser("python -m openline.sim", description="One simulated world, from its seed.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--posts", type=int, default=0, help="how many posts; drawn from the seed if not given")
    parser.add_argument("--entries", type=int, default=200, help="entries that are written at least")
    parser.add_argument("--verbose", action="store_true", help="tell every arrival, too")
    given = parser.parse_args()
    lines, outcome = tell(given.seed, Setting(posts=given.posts, entries=given.entries), verbose=given.verbose)
    print("\n".join(lines))
    return 0 if outcome.broken is None else 1


if __name__ == "__main__":
    sys.exit(main())
