"""A small world that has been played to its end, for looking at from outside."""

from __future__ import annotations

import msgspec

from openline.sim.posts import Post
from openline.sim.world import Setting, World
from openline.terms import Instant
from openline.wire.entry import Entry, encode_header, entry_id
from openline.wire.kinds import Kind


def played(*, liar: bool = False, posts: int = 2) -> World:
    """Posts that wrote some thirty entries without a fault; no rule was watched."""
    world = World(5, Setting(posts=posts, liar=liar, entries=30, faults=False), checkers=list)
    world.people.first_members = ()
    world.run()
    return world


def two(world: World) -> tuple[Post, Post]:
    """The first and the last post."""
    posts = list(world.posts.values())
    return posts[0], posts[-1]


def messages(world: World, post: Post) -> list[Entry]:
    """What people of a post wrote."""
    return [
        entry for (author, _), entry in world.entries.items() if author == post.id and entry.header.kind == Kind.MESSAGE
    ]


def variant(entry: Entry) -> Entry:
    """Another entry with the same number; nobody signed it."""
    header = msgspec.structs.replace(entry.header, time=Instant(entry.header.time + 1))
    payload = encode_header(header)
    return msgspec.structs.replace(entry, id=entry_id(payload), header=header, payload=payload)
