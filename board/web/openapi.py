"""`GET /openapi.json`: the description of the API, generated from the table of commands."""

import inspect
import json
from dataclasses import dataclass
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.codec import COMMANDS, command_schema
from board.core.permissions import ASKERS
from board.web.commands import OFFERED

_ERRORS = {
    "401": "Nobody is signed in.",
    "403": "The role does not allow it, or the request came from another site.",
    "404": "Unknown command, job, bay or person.",
    "409": "Refused by the rules; `current` is the job as it is.",
    "413": "The body is too large.",
    "422": "The request is malformed; `fields` says where.",
    "429": "Too many requests; see Retry-After.",
    "503": "The journal cannot be written now.",
}

_READS = {
    "/api/v1/board": ("Open jobs, bays and technicians", ()),
    "/api/v1/jobs/{job}": ("One job with its history", (("job", "path", "string"),)),
    "/api/v1/events": (
        "Events after a number, in order",
        (("after", "query", "integer"), ("limit", "query", "integer")),
    ),
}

_ERROR_SCHEMA = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "fields": {"type": "object", "additionalProperties": {"type": "string"}},
        "current": {"type": "object"},
    },
}


@dataclass(frozen=True)
class OpenApi:
    """The door of the description."""

    version: str

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [Route("/openapi.json", self.describe, methods=["GET"])]

    async def describe(self, _request: Request) -> Response:
        """The whole description; it tells nothing of any shop."""
        return Response(_written(self.version), media_type="application/json")


@cache
def _written(version: str) -> bytes:
    return json.dumps(description(version)).encode()


def description(version: str) -> dict[str, object]:
    """Return the OpenAPI 3.1 description of commands and state."""
    schemas, components = command_schema()
    paths: dict[str, object] = {
        f"/api/v1/commands/{name}": {"post": _command(name, schemas[name])} for name in OFFERED
    }
    paths |= {path: {"get": _read(*read)} for path, read in _READS.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Baylight", "version": version},
        "paths": paths,
        "components": {
            "schemas": {**components, "Error": _ERROR_SCHEMA},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def _command(name: str, schema: object) -> dict[str, object]:
    kind = COMMANDS[name]
    roles = ", ".join(sorted(ASKERS[kind]))
    return {
        "operationId": name,
        "summary": (inspect.getdoc(kind) or name).splitlines()[0],
        "description": f"{inspect.getdoc(kind)}\n\nRoles: {roles}; a manager, with a reason.",
        "parameters": [
            {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}},
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": _granted(), **_errors()},
    }


def _granted() -> dict[str, object]:
    properties = {"seq": {"type": "integer"}, "job": {"type": "string"}}
    schema = {"type": "object", "required": ["seq"], "properties": properties}
    return {"description": "Done and on disk.", "content": {"application/json": {"schema": schema}}}


def _errors() -> dict[str, object]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {status: {"description": text, "content": content} for status, text in _ERRORS.items()}


def _read(summary: str, parameters: tuple[tuple[str, str, str], ...]) -> dict[str, object]:
    listed = [
        {"name": name, "in": place, "required": place == "path", "schema": {"type": kind}}
        for name, place, kind in parameters
    ]
    return {
        "summary": summary,
        "parameters": listed,
        "responses": {"200": {"description": "The state, with epoch and seq."}, **_errors()},
    }
