"""The API told in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), from the tables of routes, doors and answers."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any, Final

import msgspec

from openline.desk.answers import REFERENCE, answer_of, shapes
from openline.desk.downloads import DOWNLOADS
from openline.desk.forms import DOORS, Door
from openline.desk.routes import MACHINES, OWN, ROUTES, Route

ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "advice"],
            "properties": {
                "code": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
                "message": {"type": "string"},
                "advice": {"type": "string"},
            },
        }
    },
}
"""What comes in place of an answer (spec/errors.md lists the codes)."""

REFUSALS: Final = {
    "400": "Not a request, or one that makes no sense.",
    "401": "Not signed in, or a token, password or link that is good no more.",
    "403": "Another role is needed, the line does not allow it, or a page from elsewhere asks.",
    "404": "No such name, entry or address.",
    "405": "Another method is needed.",
    "409": "Anything else: the code says what.",
    "413": "The body is too long.",
    "429": "Too many tries.",
    "503": "Too busy, or not ready yet.",
}
"""With which statuses an Error comes."""

PROGRAMS: Final = "programs"
OFFICERS: Final = "officers"
"""Which operations a token may ask, and which an officer alone."""

TOKEN: Final = {"type": "http", "scheme": "bearer", "description": "openline desk token add"}


def document(cookie: str) -> dict[str, Any]:
    """The whole document, for those who have signed in, which a cookie of this name shows, or who show a token."""
    security = {"session": {"type": "apiKey", "in": "cookie", "name": cookie}, "token": TOKEN}
    requests = {name: _operation(name, route) for name, route in ROUTES.items()}
    files = {f"download/{name}": _operation(f"download/{name}", each.route) for name, each in DOWNLOADS.items()}
    doors = {name: _door(name, door) for name, door in DOORS.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Openline desk",
            "version": "1",
            "description": "What an officer or a program can ask of a post. Events come by a WebSocket at "
            "/api/v1/events (docs/reference/api.md).",
        },
        "components": {"securitySchemes": security, "schemas": {"Error": ERROR, **shapes(), **_parts()}},
        "paths": {
            "/healthz": {"get": _health()},
            **{f"/api/v1/{name}": operation for name, operation in (requests | files | doors).items()},
        },
    }


def _parts() -> dict[str, Any]:
    """What fields hold that are structures of their own, as areas and windows are."""
    requests = [route.request for route in ROUTES.values()]
    _, parts = msgspec.json.schema_components(requests, ref_template=REFERENCE)
    return {name: parts[name] for name in sorted(parts) if name not in {each.__name__ for each in requests}}


def _health() -> dict[str, Any]:
    told = {"application/json": {"schema": answer_of("healthz")}}
    return {
        "operationId": "healthz",
        "summary": "Whether the post serves, told to anybody.",
        "security": [],
        "responses": {
            "200": {"description": "It does.", "content": told},
            "503": {"description": "It does not.", "content": told},
        },
    }


def _operation(name: str, route: Route) -> dict[str, Any]:
    schema = _schema(route, {"file"} if name.startswith("download/") else set())
    told: dict[str, Any] = {
        "operationId": name,
        "summary": inspect.cleandoc(route.request.__doc__ or "").splitlines()[0],
        "description": f"Roles: {', '.join(sorted(route.roles))}.",
        "tags": [PROGRAMS if route.roles & MACHINES else OFFICERS],
        "security": [{"session": []}, *([{"token": []}] if route.roles & MACHINES else [])],
        "responses": _responses(_content(name)),
    }
    if route.method == "POST":
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    else:
        told["parameters"] = [
            {"name": field, "in": "query", "required": field in schema["required"], "schema": kind}
            for field, kind in schema["properties"].items()
        ]
    return {route.method.lower(): told}


def _door(name: str, door: Door) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": name,
        "summary": door.summary,
        "tags": [PROGRAMS if door.who == "asker" else OFFICERS],
        "security": {"anybody": [], "officer": [{"session": []}], "asker": [{"session": []}, {"token": []}]}[door.who],
        "responses": _responses(_content(name)),
    }
    if door.form is not None:
        _, parts = msgspec.json.schema_components([door.form], ref_template=REFERENCE)
        schema = {**parts[door.form.__name__], "additionalProperties": False}
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return {door.method.lower(): told}


def _content(name: str) -> dict[str, Any]:
    kind = name.removeprefix("download/")
    if kind != name:
        return {DOWNLOADS[kind].kind: {"schema": {"type": "string"}}}
    return {"application/json": {"schema": answer_of(name)}}


def _responses(content: dict[str, Any]) -> dict[str, Any]:
    refused = {"application/json": {"schema": {"$ref": REFERENCE.format(name="Error")}}}
    refusals = {status: {"description": words, "content": refused} for status, words in REFUSALS.items()}
    return {"200": {"description": "The answer.", "content": content}, **refusals}


def _schema(route: Route, given: Iterable[str]) -> dict[str, Any]:
    """The fields that the asker fills in."""
    _, parts = msgspec.json.schema_components([route.request], ref_template=REFERENCE)
    whole = parts[route.request.__name__]
    filled = {*OWN, *given, *(["officer"] if route.signs else [])}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field: kind for field, kind in whole["properties"].items() if field not in filled},
        "required": [field for field in whole["required"] if field not in filled],
    }
