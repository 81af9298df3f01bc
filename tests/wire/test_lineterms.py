"""Terms: one encoding, a chain that cannot be bent, and who has to sign."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError, TooLarge, UnknownVersion
from openline.limits import LINE_MEMBERS_MAX, TERMS_MAX_BYTES
from openline.terms import Instant, PostId, TrafficClass
from openline.wire.lineterms import (
    LineTerms,
    Member,
    decode_terms,
    encode_terms,
    follows,
    line_id,
    must_sign,
    terms_hash,
)
from tests.wire.anything import changed, ids, instants, refused

A, B, C, D = (PostId(bytes([at]) * 32) for at in range(1, 5))
NONCE = bytes(range(16))


def founding(*posts: PostId, **more: Any) -> LineTerms:
    """The first terms of a line of these posts."""
    members = tuple(Member(post, active=True) for post in posts)
    plain: dict[str, Any] = {"name": "channel", "version": 1, "previous": None, "members": members, "time": Instant(5)}
    return LineTerms(**{**plain, "nonce": NONCE, **more})


def after(old: LineTerms, **more: Any) -> LineTerms:
    """The terms that follow, with these changes."""
    plain: dict[str, Any] = {"version": old.version + 1, "previous": terms_hash(encode_terms(old))}
    return msgspec.structs.replace(old, **{**plain, **more})


def members(*posts: PostId, removed: tuple[PostId, ...] = ()) -> tuple[Member, ...]:
    """These, some of them removed."""
    return tuple(Member(post, active=post not in removed) for post in posts)


@st.composite
def any_terms(draw: st.DrawFn) -> LineTerms:
    """Any terms that may be."""
    version = draw(st.integers(1, 3) | st.integers(1, 65_535))
    posts = draw(st.lists(ids.map(PostId), min_size=2, max_size=5, unique=True))
    active = [True] * len(posts) if version == 1 else [True, True, *(draw(st.booleans()) for _ in posts[2:])]
    classes = draw(st.lists(st.sampled_from(TrafficClass), min_size=1, unique=True))
    return LineTerms(
        name=draw(st.sampled_from(["channel", "a", "\u0627\u0645\u0646", "n" * 64])),
        version=version,
        previous=None if version == 1 else draw(ids),
        members=tuple(Member(post, kept) for post, kept in zip(posts, active, strict=True)),
        time=draw(instants),
        nonce=draw(st.binary(min_size=16, max_size=16)),
        classes=tuple(sorted(classes)),
    )


@given(any_terms())
def test_terms_come_back_from_their_one_encoding(terms: LineTerms) -> None:
    payload = encode_terms(terms)
    assert decode_terms(payload) == terms
    assert encode_terms(decode_terms(payload)) == payload


@given(any_terms(), st.data())
def test_changed_bytes_are_other_terms_or_an_error(terms: LineTerms, data: st.DataObject) -> None:
    other = changed(encode_terms(terms), data)
    try:
        taken = decode_terms(other)
    except PeerError:
        return
    assert encode_terms(taken) == other
    assert (taken == terms) == (other == encode_terms(terms))


def fields(**more: Any) -> dict[int, Any]:
    """The map of plain founding terms; `f3=...` puts another value under key 3."""
    plain: dict[int, Any] = {1: 1, 2: "channel", 3: 1, 5: [[A, True], [B, True]], 6: 5, 7: NONCE, 8: [0, 1, 2, 3]}
    return plain | {int(key[1:]): value for key, value in more.items()}


LATER = {"f3": 2, "f4": bytes(32)}
BROKEN: dict[str, dict[int, Any]] = {
    "format true": fields(f1=True),
    "name empty": fields(f2=""),
    "name with a line break": fields(f2="a\nb"),
    "name too long": fields(f2="a" * 65),
    "version 0": fields(f3=0),
    "version true": fields(f3=True),
    "version 65,536": fields(f3=65_536, f4=bytes(32)),
    "previous in the first": fields(f4=bytes(32)),
    "previous null in the first": fields(f4=None),
    "previous missing": fields(f3=2),
    "previous null": fields(f3=2, f4=None),
    "previous short": fields(f3=2, f4=bytes(31)),
    "one member": fields(f5=[[A, True]]),
    "one member kept": fields(f5=[[A, True], [B, False]], **LATER),
    "member twice": fields(f5=[[A, True], [B, True], [A, True]]),
    "member removed at the founding": fields(f5=[[A, True], [B, True], [C, False]]),
    "member marked 1": fields(f5=[[A, True], [B, 1]]),
    "member short": fields(f5=[[A, True], [bytes(31), True]]),
    "member of three": fields(f5=[[A, True], [B, True, True]]),
    "too many members": fields(f5=[[bytes([at]) * 32, True] for at in range(LINE_MEMBERS_MAX + 1)]),
    "time negative": fields(f6=-1),
    "nonce short": fields(f7=bytes(15)),
    "classes empty": fields(f8=[]),
    "classes falling": fields(f8=[1, 0]),
    "class twice": fields(f8=[0, 0]),
    "class 4": fields(f8=[4]),
    "class false": fields(f8=[False]),
    "unknown field": fields(f9=0),
}


@pytest.mark.parametrize("name", BROKEN)
def test_terms_that_break_one_rule_are_refused(name: str) -> None:
    refused(decode_terms, BROKEN[name], BadField)


@pytest.mark.parametrize("key", [1, 2, 3, 5, 6, 7, 8])
def test_terms_without_a_field_are_refused(key: int) -> None:
    terms = fields()
    del terms[key]
    refused(decode_terms, terms, BadField)


@pytest.mark.parametrize("number", [0, 2, 65_536])
def test_another_format_is_unknown(number: int) -> None:
    refused(decode_terms, {1: number}, UnknownVersion)


def test_terms_end_at_their_largest_size() -> None:
    with pytest.raises(TooLarge):
        decode_terms(bytes(TERMS_MAX_BYTES + 1))
    largest = founding(*(PostId(bytes([at]) * 32) for at in range(LINE_MEMBERS_MAX)), name="n" * 64)
    assert decode_terms(encode_terms(largest)) == largest


def test_two_lines_of_one_founder_are_two() -> None:
    one, other = (encode_terms(founding(A, B, nonce=nonce)) for nonce in (NONCE, bytes(16)))
    assert line_id(one) == hashlib.sha256(b"openline/line/1\x00" + one).digest()
    assert terms_hash(one) == hashlib.sha256(b"openline/terms/1\x00" + one).digest()
    assert len({line_id(one), line_id(other), terms_hash(one), terms_hash(other)}) == 4


OLD = founding(A, B, C)
REMOVED = after(OLD, members=members(A, B, C, removed=(C,)))


@pytest.mark.parametrize(
    ("new", "old", "good"),
    [
        (after(OLD), OLD, True),
        (after(OLD, time=Instant(0), classes=(TrafficClass.TEST,)), OLD, True),
        (after(OLD, members=members(A, B, C, D)), OLD, True),
        (REMOVED, OLD, True),
        (after(REMOVED), REMOVED, True),
        (after(REMOVED, members=members(A, B, C, D, removed=(C,))), REMOVED, True),
        (after(REMOVED, members=members(A, B, C)), REMOVED, False),
        (after(OLD, members=members(A, B)), OLD, False),
        (after(OLD, members=members(B, A, C)), OLD, False),
        (after(OLD, members=members(A, B, D)), OLD, False),
        (after(OLD, members=members(A, B, C, D, removed=(D,))), OLD, False),
        (after(OLD, members=members(A, B, C, D, removed=(B, C))), OLD, False),
        (after(OLD, version=3), OLD, False),
        (after(OLD, version=1), OLD, False),
        (after(OLD, previous=bytes(32)), OLD, False),
        (after(OLD, name="other"), OLD, False),
        (after(OLD, nonce=bytes(16)), OLD, False),
        (after(after(OLD)), OLD, False),
        (OLD, OLD, False),
    ],
)
def test_what_may_follow(new: LineTerms, old: LineTerms, good: bool) -> None:
    assert follows(new, old, encode_terms(old)) is good


def test_the_chain_is_of_bytes() -> None:
    assert not follows(after(OLD), OLD, encode_terms(founding(A, B, C, time=Instant(6))))


def test_all_whom_new_terms_keep_must_sign_and_nobody_else() -> None:
    assert must_sign(OLD, None) == (A, B, C)
    assert must_sign(REMOVED, OLD) == (A, B)
    assert must_sign(after(OLD, members=members(A, B, C, D)), OLD) == (A, B, C)
    assert must_sign(after(REMOVED, members=members(A, B, C, D, removed=(B, C))), REMOVED) == (A,)


def test_a_member_keeps_its_number_when_it_is_removed() -> None:
    assert [REMOVED.index(post) for post in (A, B, C, D)] == [0, 1, 2, None]
    assert REMOVED.active() == (A, B)
