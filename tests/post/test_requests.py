"""Requests: one line of JSON each; anything else ends in one documented error."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openline.areas.shapes import Area, Circle
from openline.areas.windows import Window
from openline.errors import BadRequest, TooLarge
from openline.limits import CONTROL_REQUEST_MAX_BYTES
from openline.post import requests
from openline.post.notice.requests import Imported
from openline.post.request import Request
from openline.terms import Instant

AREA = Circle((-17.7, 12.7), 18_520.0, 10.0)
WINDOW = Window(Instant(1), Instant(2))


@pytest.mark.parametrize("kind", requests.AnyRequest.__args__)
def test_each_comes_back_as_it_was(kind: type[Request]) -> None:
    samples: dict[Any, Any] = {
        str: "text",
        bytes: b"one",
        float: 1.5,
        dict[str, Any]: {"do": "send", "line": "strait"},
        tuple[str, ...]: ("a", "b"),
        tuple[int, ...]: (1, 2),
        tuple[str, str]: ("a", "b"),
        tuple[tuple[str, str], ...]: (("a", "b"),),
        tuple[tuple[str, str], ...] | None: (("a", "b"),),
        tuple[tuple[str, tuple[str, ...]], ...]: (("a", ("b",)),),
        tuple[tuple[str, str, int], ...]: (("a", "b", 7),),
        tuple[Area, ...]: (AREA,),
        tuple[Area, ...] | None: (AREA,),
        dict[str, str]: {"name": "value"},
        tuple[Window, ...]: (WINDOW,),
        tuple[Window, ...] | None: (WINDOW,),
        tuple[Imported, ...]: (Imported(format="cap", original=b"<alert/>", windows=(WINDOW,), areas=(AREA,)),),
        int: 7,
        bool: True,
        int | None: 5,
        str | None: "text",
    }
    fields: dict[str, Any] = {field.name: samples[field.type] for field in msgspec.structs.fields(kind)}
    request: Any = kind(**fields)
    line = requests.encode(request)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert requests.decode(line[:-1]) == request
    assert requests.number_of(line) == 7


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"do": "about", "id": "1"}',
        b'{"do": "about", "id": 1.5}',
        b'{"do": "fly"}',
        b'{"do": "about", "more": 1}',
        b'{"do": "send", "line": "x"}',
        b'{"do": "send", "line": "x", "text": 5}',
        b'{"do": "inbox", "most": null}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_request(line: bytes) -> None:
    with pytest.raises(BadRequest):
        requests.decode(line)
    assert requests.number_of(line) == 0 or b'"id"' in line


def test_one_too_long() -> None:
    with pytest.raises(TooLarge):
        requests.decode(b" " * (CONTROL_REQUEST_MAX_BYTES + 1))


@given(st.binary())
def test_any_bytes(line: bytes) -> None:
    try:
        requests.decode(line)
    except BadRequest:
        assert isinstance(requests.number_of(line), int)
