"""The API told in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), from the routes and their requests."""

from __future__ import annotations

import inspect
from typing import Any, Final

import msgspec

from openline.desk.routes import OWN, ROUTES, Route

ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "advice"],
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "advice": {"type": "string"}},
        }
    },
}
"""What comes in place of an answer (spec/errors.md lists the codes)."""


REFERENCE: Final = "#/components/schemas/{name}"


def document() -> dict[str, Any]:
    """The whole document, for those who have signed in."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Openline desk",
            "version": "1",
            "description": "What an officer can ask of a post. Answers are those of the control socket.",
        },
        "components": {
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "openline-PORT"}},
            "schemas": {"Error": ERROR, **_shared()},
        },
        "security": [{"session": []}],
        "paths": {f"/api/v1/{name}": {route.method.lower(): _operation(name, route)} for name, route in ROUTES.items()},
    }


def _shared() -> dict[str, Any]:
    """What fields hold that are structures of their own, as areas and windows are."""
    requests = [route.request for route in ROUTES.values()]
    _, parts = msgspec.json.schema_components(requests, ref_template=REFERENCE)
    return {name: parts[name] for name in sorted(parts) if name not in {each.__name__ for each in requests}}


def _operation(name: str, route: Route) -> dict[str, Any]:
    schema = _schema(route)
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": inspect.cleandoc(route.request.__doc__ or "").splitlines()[0],
        "description": f"Roles: {', '.join(sorted(route.roles))}.",
        "responses": {
            "200": {"description": "The answer.", "content": {"application/json": {"schema": {"type": "object"}}}},
            "default": {
                "description": "What went wrong, and what to do.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
            },
        },
    }
    if route.method == "POST":
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    else:
        operation["parameters"] = [
            {"name": field, "in": "query", "required": field in schema["required"], "schema": kind}
            for field, kind in schema["properties"].items()
        ]
    return operation


def _schema(route: Route) -> dict[str, Any]:
    """The fields that the asker fills in."""
    _, parts = msgspec.json.schema_components([route.request], ref_template=REFERENCE)
    whole = parts[route.request.__name__]
    filled = {*OWN, "officer"} if route.signs else {*OWN}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field: kind for field, kind in whole["properties"].items() if field not in filled},
        "required": [field for field in whole["required"] if field not in filled],
    }
