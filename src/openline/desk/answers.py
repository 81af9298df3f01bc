"""What each request answers with, read from answers.json, as JSON Schema (https://json-schema.org/draft/2020-12).

The file says it shortly. `"text"`, `"whole"`, `"number"`, `"flag"`, `"any"`; `"time"` (2022-11-15T18:40:07Z), `"id"`
(64 hexadecimal digits), `"hex"`. `?` after one of these: or null; after the name of a field: may be absent. `[x]` is a
list of x, `[x, y]` a list of exactly these, `{"*": x}` an object of any names, `["?", x]` is x or null, `["|", x, y]`
either, and a name that begins with a capital letter is one of the shapes under `shapes`; `"<"` in an object says all
of that shape, and these. Fields may be added to an answer, so programs leave aside what they do not know.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from openline.terms import ID_BYTES

FILE: Final = Path(__file__).with_name("answers.json")
REFERENCE: Final = "#/components/schemas/{name}"

_SIMPLE: Final[dict[str, dict[str, Any]]] = {
    "text": {"type": "string"},
    "whole": {"type": "integer"},
    "number": {"type": "number"},
    "flag": {"type": "boolean"},
    "time": {"type": "string", "pattern": r"^\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\dZ$|^\d+ ms after 1970$"},
    "id": {"type": "string", "pattern": f"^[0-9a-f]{{{2 * ID_BYTES}}}$"},
    "hex": {"type": "string", "pattern": "^([0-9a-f]{2})*$"},
    "null": {"type": "null"},
    "any": {},
}


class Told(msgspec.Struct, forbid_unknown_fields=True):
    """The file."""

    shapes: dict[str, Any]
    answers: dict[str, Any]


@cache
def told() -> Told:
    """The file, read once."""
    return msgspec.json.decode(FILE.read_bytes(), type=Told)


def shapes() -> dict[str, Any]:
    """The shapes that several answers share, as schemas by their names."""
    return {name: schema(shape) for name, shape in told().shapes.items()}


def answer_of(name: str) -> dict[str, Any]:
    """The schema of the answer to a request."""
    return schema(told().answers[name])


def schema(said: Any) -> dict[str, Any]:
    """The schema of something said in short."""
    if isinstance(said, str):
        if said.endswith("?"):
            return _or_null(schema(said[:-1]))
        return {"$ref": REFERENCE.format(name=said)} if said[0].isupper() else _SIMPLE[said]
    if isinstance(said, list):
        if said[0] == "?":
            return _or_null(schema(said[1]))
        if said[0] == "|":
            return {"anyOf": [schema(each) for each in said[1:]]}
        if len(said) == 1:
            return {"type": "array", "items": schema(said[0])}
        parts = [schema(each) for each in said]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
    if "*" in said:
        return {"type": "object", "additionalProperties": schema(said["*"])}
    if "<" in said:
        more = {name: each for name, each in said.items() if name != "<"}
        return {"allOf": [schema(said["<"]), schema(more)]}
    return {
        "type": "object",
        "required": [name for name in said if not name.endswith("?")],
        "properties": {name.removesuffix("?"): schema(each) for name, each in said.items()},
    }


def _or_null(inner: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [inner, {"type": "null"}]} if inner else inner
