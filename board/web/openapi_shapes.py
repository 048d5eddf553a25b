"""The shapes of what the doors answer, as the description promises them; keys may be added."""

from typing import TypeAlias

Shape: TypeAlias = dict[str, object]


def _object(required: dict[str, object], **more: object) -> Shape:
    return {"type": "object", "required": list(required), "properties": {**required, **more}}


def _list(of: str) -> Shape:
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{of}"}}


_TEXT: Shape = {"type": "string"}
_NUMBER: Shape = {"type": "integer", "minimum": 0}
_TIME: Shape = {"type": "string", "format": "date-time"}
_TEXT_OR_NONE: Shape = {"type": ["string", "null"]}
_POSITION: dict[str, object] = {"epoch": _TEXT, "seq": _NUMBER}

ANSWERS: dict[str, Shape] = {
    "Error": _object(
        {"code": _TEXT, "message": _TEXT},
        fields={"type": "object", "additionalProperties": {"type": "string"}},
        current={"$ref": "#/components/schemas/JobNow"},
    ),
    "Granted": _object({"seq": _NUMBER}, job=_TEXT),
    "JobNow": _object(
        {
            "id": _TEXT,
            "state": _TEXT,
            "lane": _TEXT,
            "tone": _TEXT,
            "version": _NUMBER,
            "car": {"type": "object"},
            "promise": _TEXT_OR_NONE,
        }
    ),
    "BayNow": _object({"id": _TEXT, "name": _TEXT, "condition": _TEXT, "job": _TEXT_OR_NONE}),
    "PersonNow": _object(
        {"id": _TEXT, "name": _TEXT, "roles": {"type": "array", "items": {"type": "string"}}}
    ),
    "CallNow": _object(
        {
            "id": _TEXT,
            "kind": _TEXT,
            "bay": _TEXT,
            "job": _TEXT_OR_NONE,
            "step": _TEXT,
            "called": {"$ref": "#/components/schemas/CallStepDone"},
            "escalated": {"type": "array", "items": {"type": "object"}},
        }
    ),
    "CallStepDone": _object({"by": _TEXT, "at": _TIME}),
    "Happened": _object(
        {
            "seq": _NUMBER,
            "at": _TIME,
            "actor": _TEXT,
            "kind": _TEXT,
            "version": _NUMBER,
            "job": _TEXT_OR_NONE,
            "body": {"type": "object"},
        }
    ),
    "Board": _object(
        {
            **_POSITION,
            "lanes": {"type": "array", "items": {"type": "string"}},
            "jobs": _list("JobNow"),
            "bays": _list("BayNow"),
            "technicians": _list("PersonNow"),
            "calls": _list("CallNow"),
        }
    ),
    "JobAndHistory": _object(
        {
            **_POSITION,
            "job": {"anyOf": [{"$ref": "#/components/schemas/JobNow"}, {"type": "null"}]},
            "history": _list("Happened"),
        }
    ),
    "Waits": _object(
        {
            "day": {"type": "string", "format": "date"},
            "from": _TIME,
            "until": _TIME,
            "minutes": _NUMBER,
            "reasons": _list("Waited"),
        }
    ),
    "Waited": _object(
        {
            "reason": _TEXT,
            "owner": _TEXT,
            "minutes": _NUMBER,
            "holds": _NUMBER,
            "jobs": _NUMBER,
            "counts": {"type": "boolean"},
        }
    ),
    "Events": _object({**_POSITION, "head": _NUMBER, "events": _list("Happened")}),
}
"""By the name under which the description refers to them."""
