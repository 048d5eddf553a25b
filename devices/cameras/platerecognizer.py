"""Plate Recognizer: the webhooks of Stream and Snapshot, and Snapshot's answer sent on by itself.

Scores are from 0 to 1. Pure.
"""

from collections.abc import Sequence

from devices.cameras.reads import device_of, score_of
from devices.cameras.reads import read as made
from devices.families.message import Message
from devices.families.values import iso_moment
from devices.payloads import BadPayload, Json
from devices.readings import Observation

MOST_RESULTS = 20
ANSWERED = frozenset({"processing_time", "filename", "camera_id"})
"""What stands beside the results of an answer."""


def read(
    value: dict[str, Json], message: Message, camera: str
) -> Sequence[Observation] | BadPayload | None:
    """The plates of one picture; None if it is not of this maker."""
    data = _data(value)
    if data is None:
        return None
    device = device_of(data.get("camera_id"), camera=camera)
    listed = data.get("results", [])
    if not isinstance(listed, list):
        return BadPayload("results is no list")
    found: list[Observation] = []
    for one in listed[:MOST_RESULTS]:
        if isinstance(one, dict):
            found += _result(one, data, device, message)
    return found


def _data(value: dict[str, Json]) -> dict[str, Json] | None:
    """What was read: in the webhook's envelope, or as Snapshot answers who asks it."""
    if "data_type" not in value and "results" in value and not ANSWERED.isdisjoint(value):
        return value
    data = value.get("data")
    if not isinstance(data, dict) or ("hook" not in value and "results" not in data):
        return None
    return data


def _result(
    one: dict[str, Json], data: dict[str, Json], device: str, message: Message
) -> list[Observation]:
    told, score, others = _best(one)
    at = iso_moment(data.get("timestamp"))
    return made(message, device, told, score_of(score, 1), at=at, candidates=others)


def _best(one: dict[str, Json]) -> tuple[Json, Json, list[Json]]:
    """Plate, score and candidates: plain, or as later versions pack them."""
    told = one.get("plate")
    if not isinstance(told, dict):
        listed = one.get("candidates")
        plain = listed if isinstance(listed, list) else []
        rows = [row for row in plain if isinstance(row, dict)]
        return told, one.get("score"), [row.get("plate") for row in rows]
    props = told.get("props")
    listed = props.get("plate") if isinstance(props, dict) else None
    packed = listed if isinstance(listed, list) else []
    rows = [row for row in packed if isinstance(row, dict)]
    if not rows:
        return None, None, []
    return rows[0].get("value"), rows[0].get("score"), [row.get("value") for row in rows]
