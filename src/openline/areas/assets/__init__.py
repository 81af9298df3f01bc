"""Own ships, aircraft, convoys and sites, held against notified areas; on our side only.

Nothing of it may reach an entry, a bundle, a log or a metric. Only `post`, `desk` and `cli` may import this package;
a test says so.
"""
