"""Codecs: what is written comes back, and nothing else is read."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.terms import Instant
from openline.wire import cbor, codec
from openline.wire.codec import Codec
from openline.wire.kinds import Kind
from tests.feeds.histories import ALPHA, kept

values = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 20) | st.binary(max_size=33) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.integers(0, 3), inner, max_size=2),
    max_leaves=6,
)


class Colour(IntEnum):
    """Something to choose from."""

    RED = 1
    BLUE = 2


class Leaf(msgspec.Struct, frozen=True):
    """A body within a body."""

    name: str


class Tree(msgspec.Struct, frozen=True, kw_only=True):
    """A body with a field of every sort."""

    post: bytes
    colour: Colour
    name: str = ""
    tags: tuple[str, ...] = ()
    count: int = 0
    depth: int = 0
    at: Instant = Instant(0)
    times: tuple[Instant, ...] = ()
    sure: bool = False
    posts: tuple[bytes, ...] = ()
    data: bytes = b""
    leaf: Leaf = Leaf("")
    leaves: tuple[Leaf, ...] = ()


LEAF = Codec(Leaf, "The leaf", codec.text(1, "name"))
TREE = Codec(
    Tree,
    "The tree",
    codec.identifier(1, "post"),
    codec.choice(2, "colour", Colour),
    codec.text(3, "name"),
    codec.texts(4, "tags", count=2),
    codec.number(5, "count", most=9),
    codec.signed(6, "depth", least=-9, most=9),
    codec.instant(7, "at"),
    codec.instants(8, "times", count=2),
    codec.flag(9, "sure"),
    codec.identifiers(10, "posts", count=2),
    codec.octets(11, "data", most=4),
    codec.inner(12, "leaf", LEAF),
    codec.inners(13, "leaves", LEAF, count=2),
)
FULL = Tree(
    post=bytes(32),
    colour=Colour.BLUE,
    name="ash",
    tags=("a", ""),
    count=3,
    depth=-3,
    at=Instant(5),
    times=(Instant(6),),
    sure=True,
    posts=(bytes(32),),
    data=b"\x00",
    leaf=Leaf("b"),
    leaves=(Leaf("c"), Leaf("d")),
)


@pytest.mark.parametrize("tree", [FULL, Tree(post=bytes(32), colour=Colour.RED)])
def test_what_is_written_comes_back(tree: Tree) -> None:
    assert TREE.decode(TREE.item(tree)) == tree


def test_a_default_is_absent_and_is_not_read() -> None:
    assert TREE.value(Tree(post=bytes(32), colour=Colour.RED)) == {1: bytes(32), 2: 1}
    with pytest.raises(BadField, match="says nothing"):
        TREE.read({1: bytes(32), 2: 1, 9: False})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (1, bytes(31)),
        (2, 3),
        (2, True),
        (3, "x" * 65),
        (3, 1),
        (4, ["a", "b", "c"]),
        (5, 10),
        (5, -1),
        (6, -10),
        (7, 1.0),
        (8, [-1]),
        (9, 1),
        (10, [bytes(33)]),
        (11, bytes(5)),
        (12, {}),
        (12, []),
        (13, [{1: "a"}] * 3),
        (14, 1),
    ],
)
def test_what_is_out_of_range_is_refused(key: int, value: Any) -> None:
    with pytest.raises(BadField):
        TREE.read({**TREE.value(FULL), key: value})


@pytest.mark.parametrize("key", [1, 2])
def test_what_must_be_there_is(key: int) -> None:
    held = TREE.value(FULL)
    del held[key]
    with pytest.raises(BadField, match="lacks"):
        TREE.read(held)


@given(st.dictionaries(st.integers(0, 15), values, max_size=8))
def test_anything_is_read_or_refused(value: dict[int, Any]) -> None:
    try:
        tree = TREE.read(value)
    except PeerError:
        return
    assert TREE.value(tree) == value


def test_a_codec_names_the_fields_of_its_struct() -> None:
    with pytest.raises(TypeError):
        Codec(Leaf, "The leaf", codec.text(1, "title"))


def test_the_two_items_of_an_entry() -> None:
    item = LEAF.item(Leaf("a"))
    entry = kept(ALPHA, 1, Kind.CALL_ANSWER, item, item).entry
    assert (codec.first(entry, LEAF), codec.second(entry, LEAF)) == (Leaf("a"), Leaf("a"))
    withheld = msgspec.structs.replace(entry, items=(item, None))
    assert codec.second(withheld, LEAF) is None
    with pytest.raises(BadField, match="withheld"):
        codec.first(msgspec.structs.replace(entry, items=(None, item)), LEAF)
    with pytest.raises(BadField, match="has 1 body items"):
        codec.first(kept(ALPHA, 1, Kind.CALL_ANSWER, item).entry, LEAF)
    assert cbor.encode({1: "a"}) == item
