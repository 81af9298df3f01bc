"""Append-only signed feeds: entries, trees, have-vectors, forks and gaps."""
