"""The document tells of every route, with exactly the fields that the route takes."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from openline.desk import answers
from openline.desk.downloads import DOWNLOADS
from openline.desk.forms import DOORS
from openline.desk.openapi import document
from openline.desk.routes import MACHINES, ROUTES, from_body, from_query
from openline.errors import BadRequest

DOCUMENT = document("openline-8080")
PARTS = msgspec.json.schema_components([route.request for route in ROUTES.values()], ref_template=answers.REFERENCE)[1]
SAMPLES: dict[str, Any] = {"string": "x", "integer": 5, "number": 1.5, "boolean": True}


def operation(name: str) -> Any:
    return DOCUMENT["paths"][f"/api/v1/{name}"][ROUTES[name].method.lower()]


def test_every_route_is_told_once() -> None:
    assert DOCUMENT["openapi"] == "3.1.0"
    told = {f"/api/v1/{name}" for name in (*ROUTES, *DOORS, *(f"download/{name}" for name in DOWNLOADS))}
    assert set(DOCUMENT["paths"]) == {"/healthz", *told}
    assert all(operation(name)["operationId"] == name and operation(name)["summary"] for name in ROUTES)


def test_what_a_token_may_ask_says_so_and_nothing_else_does() -> None:
    for name, route in ROUTES.items():
        schemes = {scheme for each in operation(name)["security"] for scheme in each}
        assert schemes == ({"session", "token"} if route.roles & MACHINES else {"session"}), name
    assert DOCUMENT["components"]["securitySchemes"]["session"]["name"] == "openline-8080"
    assert [name for name, door in DOORS.items() if door.who == "anybody"] == [
        path.removeprefix("/api/v1/")
        for path, told in DOCUMENT["paths"].items()
        if path != "/healthz" and next(iter(told.values()))["security"] == []
    ]


def test_every_answer_is_told_and_no_shape_has_the_name_of_another() -> None:
    assert set(answers.told().answers) == {"healthz", *ROUTES, *DOORS}
    assert not set(answers.shapes()) & {name for name in DOCUMENT["components"]["schemas"] if name in PARTS}


def test_every_reference_leads_somewhere() -> None:
    for reference in re.findall(r'"\$ref":"#/([^"]+)"', msgspec.json.encode(DOCUMENT).decode()):
        part: Any = DOCUMENT
        for step in reference.split("/"):
            part = part[step]


@pytest.mark.parametrize("name", ROUTES)
def test_what_it_tells_is_what_the_route_takes(name: str) -> None:
    route = ROUTES[name]
    if route.method == "GET":
        told = {each["name"]: each["schema"] for each in operation(name)["parameters"]}
        query = [(field, str(sample(kind))) for field, kind in told.items()]
        from_query(route, query)
        with pytest.raises(BadRequest):
            from_query(route, [*query, ("more", "x")])
        return
    schema = operation(name)["requestBody"]["content"]["application/json"]["schema"]
    whole = {field: sample(kind) for field, kind in schema["properties"].items()}
    from_body(route, msgspec.json.encode(whole), "Berg")
    from_body(route, msgspec.json.encode({field: whole[field] for field in schema["required"]}), "Berg")
    for field in schema["required"]:
        with pytest.raises(BadRequest):
            from_body(route, msgspec.json.encode({**whole, field: None}), "Berg")
    with pytest.raises(BadRequest):
        from_body(route, msgspec.json.encode({**whole, "more": 1}), "Berg")


def sample(kind: dict[str, Any]) -> Any:
    """A value of a schema."""
    if "$ref" in kind:
        return sample(DOCUMENT["components"]["schemas"][kind["$ref"].rpartition("/")[2]])
    if "anyOf" in kind:
        return sample(kind["anyOf"][0])
    if "enum" in kind:
        return kind["enum"][0]
    if kind["type"] == "array":
        return [sample(each) for each in kind.get("prefixItems") or [kind["items"]] * kind.get("minItems", 1)]
    if kind["type"] == "object":
        return {name: sample(each) for name, each in kind.get("properties", {}).items()}
    return "AA==" if "contentEncoding" in kind else SAMPLES[kind["type"]]
