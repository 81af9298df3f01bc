"""Bodies of questions and reports about calls: what fits is read, anything else is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.errors import BadField, PeerError
from openline.exchanges.hoax import READERS
from openline.terms import Instant, PostId
from openline.wire.hoax import ANSWER, CLAIM, Answer, Claim, Verdict, answer_of, question_of, report_of
from openline.wire.kinds import Kind
from tests.feeds.histories import ALPHA, BRAVO, kept

WHOLE = Claim(
    at=Instant(5),
    channel="telephone",
    post=BRAVO,
    name="the minister",
    office="Foreign Secretary",
    shown="+1 555 0100",
    text="He asked us to stand down.",
)


def test_each_comes_back() -> None:
    assert question_of(kept(ALPHA, 1, Kind.HOAX_QUESTION, CLAIM.item(WHOLE)).entry) == WHOLE
    bare = Claim(at=Instant(5), channel="video")
    assert report_of(kept(ALPHA, 1, Kind.HOAX_REPORT, CLAIM.item(bare)).entry) == bare
    for verdict in Verdict:
        said = Answer(verdict=verdict, text="Our log has none.")
        assert answer_of(kept(BRAVO, 1, Kind.HOAX_ANSWER, ANSWER.item(said)).entry) == said


def test_a_question_is_put_to_another_post() -> None:
    for body in (Claim(at=Instant(5), channel="video"), Claim(at=Instant(5), channel="video", post=ALPHA)):
        with pytest.raises(BadField):
            question_of(kept(ALPHA, 1, Kind.HOAX_QUESTION, CLAIM.item(body)).entry)


@given(st.sampled_from(sorted(READERS)), st.lists(st.binary(max_size=60), max_size=2))
def test_any_bytes_are_read_or_refused(kind: Kind, items: list[bytes]) -> None:
    try:
        READERS[kind](kept(ALPHA, 1, kind, *items).entry)
    except PeerError:
        return
    assert len(items) == 1


VECTORS = json.loads((Path(__file__).resolve().parents[2] / "vectors/hoax/items.json").read_text())


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: str(case["name"]))
def test_vectors(case: dict[str, Any]) -> None:
    entry = kept(PostId(bytes.fromhex(case["author"])), 1, case["kind"], bytes.fromhex(case["item"])).entry
    if case["expect"] == "ok":
        assert READERS[Kind(case["kind"])](entry)
        return
    with pytest.raises(PeerError) as error:
        READERS[Kind(case["kind"])](entry)
    assert error.value.code == case["expect"]
