"""Many engines in one process, one seed: the world, its faults and its checkers."""
