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
from board.web.openapi_shapes import ANSWERS, Shape

_ERRORS = {
    "401": "Nobody is signed in.",
    "403": "The role does not allow it, or the request came from another site.",
    "404": "Unknown command, job, bay or person.",
    "405": "This address takes another method.",
    "408": "The body took more than 15 seconds.",
    "409": "Refused by the rules; `current` is the job as it is.",
    "413": "The body is too large.",
    "422": "The request is malformed; `fields` says where.",
    "429": "Too many requests; see Retry-After.",
    "503": "The journal cannot be written now.",
}

_TEXT = {"type": "string", "minLength": 1}
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 999_999_999_999_999}
_KEY = {"type": "string", "pattern": "^[!-~]{1,80}$"}

_READS: dict[str, tuple[str, str, tuple[tuple[str, str, Shape], ...]]] = {
    "/api/v1/board": ("Open jobs, bays and technicians", "Board", ()),
    "/api/v1/jobs/{job}": ("One job with its history", "JobAndHistory", (("job", "path", _TEXT),)),
    "/api/v1/events": (
        "Events after a number, in order",
        "Events",
        (("after", "query", _NUMBER), ("limit", "query", _NUMBER)),
    ),
    "/api/v1/holds/pareto": (
        "What the cars of a day waited for, by reason",
        "Waits",
        (("day", "query", {"type": "string", "format": "date"}),),
    ),
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
            "schemas": {**components, **ANSWERS},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"key": []}],
    }


def _command(name: str, schema: object) -> Shape:
    kind = COMMANDS[name]
    roles = ", ".join(sorted(ASKERS[kind]))
    return {
        "operationId": name,
        "summary": (inspect.getdoc(kind) or name).splitlines()[0],
        "description": f"{inspect.getdoc(kind)}\n\nRoles: {roles}; a manager, with a reason.",
        "parameters": [
            {"name": "Idempotency-Key", "in": "header", "schema": _KEY},
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": _granted(), **_errors()},
    }


def _content(shape: str) -> Shape:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}


def _granted() -> Shape:
    return {"description": "Done and on disk.", "content": _content("Granted")}


def _errors() -> dict[str, object]:
    answers: dict[str, object] = {status: _error(text) for status, text in _ERRORS.items()}
    return {**answers, "429": _error(_ERRORS["429"], {"Retry-After": {"schema": _NUMBER}})}


def _error(text: str, headers: Shape | None = None) -> Shape:
    more = {"headers": headers} if headers else {}
    return {"description": text, "content": _content("Error"), **more}


def _read(summary: str, shape: str, parameters: tuple[tuple[str, str, Shape], ...]) -> Shape:
    listed = [
        {"name": name, "in": place, "required": place == "path", "schema": kind}
        for name, place, kind in parameters
    ]
    told = {"description": "The state, with epoch and seq.", "content": _content(shape)}
    return {"summary": summary, "parameters": listed, "responses": {"200": told, **_errors()}}
