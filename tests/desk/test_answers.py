"""What answers are, said shortly: each way of saying it, and that the file says nothing that is not one of them."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from openline.desk.answers import answer_of, schema, shapes, told

ID = "0f" * 32


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("text", ["", "x"], [None, 1]),
        ("whole", [0, -5], [1.5, "1", True, None]),
        ("number", [0, 1.5], ["1", None]),
        ("flag", [True], [0, None]),
        ("any", [None, 1, "x", []], []),
        ("time", ["2022-11-15T18:40:07Z"], ["2022-11-15", "", None]),
        ("id", [ID], ["", ID[:-1], ID.upper()]),
        ("hex", ["", "0f"], ["0", "0F"]),
        ("text?", ["x", None], [1]),
        (["text"], [[], ["x"]], [[1], "x"]),
        (["text", "whole"], [["x", 1]], [[], ["x"], ["x", 1, 1], [1, "x"]]),
        (["?", {"a": "text"}], [None, {"a": "x"}], [{}]),
        (["|", "text", "whole"], ["x", 1], [None]),
        ({"a": "text", "b?": "whole"}, [{"a": "x"}, {"a": "x", "b": 1, "c": 2}], [{}, {"a": "x", "b": "x"}]),
        ({"*": "whole"}, [{}, {"x": 1}], [{"x": "x"}]),
        ({"<": "Token", "more": "flag"}, [], [{"more": True}]),
    ],
)
def test_each_way_of_saying_it(said: Any, right: list[Any], wrong: list[Any]) -> None:
    valid = jsonschema_rs.validator_for({"components": {"schemas": shapes()}, "allOf": [schema(said)]}).is_valid
    assert [value for value in right if not valid(value)] == []
    assert [value for value in wrong if valid(value)] == []


def test_the_file_says_nothing_else() -> None:
    for name in told().answers:
        assert answer_of(name)
    with pytest.raises(KeyError):
        schema("texts")
