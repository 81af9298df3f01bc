"""An entry that went in parts is seen once, with all the pieces that it took."""

from __future__ import annotations

from openline.sim.tap import Sight
from openline.wire.link import EntryPiece, Part, encode_piece, join
from tests.sim.small import played, two


def test_parts_become_one_sight() -> None:
    world = played()
    post, _ = two(world)
    whole = encode_piece(EntryPiece(0, 0, 7, 1, 1, bytes(500)))
    world.tap.pieces = 0
    first = world.tap.read(post, 2, join([encode_piece(Part(9, len(whole), 0, whole[:300]))]))
    assert [type(piece) for piece in first] == [Part]
    second = world.tap.read(post, 2, join([encode_piece(Part(9, len(whole), 300, whole[300:]))]))
    assert second == [Sight(post.id, 7, 1, 1, (1, 2))]


def test_what_a_stopped_post_began_ends_nowhere() -> None:
    world = played()
    post, _ = two(world)
    world.tap.read(post, 2, join([encode_piece(Part(9, 400, 0, bytes(300)))]))
    world.tap.forget(post)
    assert world.tap._streams == {}


def test_garbage_is_nothing() -> None:
    world = played()
    assert world.tap.read(two(world)[0], 2, b"\xff\xff") == []
