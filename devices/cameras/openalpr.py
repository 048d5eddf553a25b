"""OpenALPR and Rekor: groups of reads of one car, and the agent's heartbeat. Pure.

Scores are from 0 to 100, times milliseconds since 1970.
"""

from collections.abc import Sequence

from devices.cameras.reads import device_of, score_of
from devices.cameras.reads import read as made
from devices.families.message import Message
from devices.families.values import moment, number, text_of
from devices.payloads import BadPayload, Json
from devices.readings import Alive, Finding, Observation

HEARTBEAT_SECONDS = 60.0
OTHERS = ("alpr_results", "vehicle")
"""Single frames of what comes as a group, and cars without plates."""


def read(
    value: dict[str, Json], message: Message, camera: str
) -> Sequence[Observation] | BadPayload | None:
    """A group or a heartbeat; None if it is not of this maker."""
    kind = value.get("data_type")
    if kind == "alpr_alert":
        group = value.get("group")
        return _group(group, message, camera) if isinstance(group, dict) else []
    if kind == "alpr_group":
        return _group(value, message, camera)
    if kind == "heartbeat":
        device = device_of(value.get("site_id"), value.get("agent_uid"), camera=camera)
        every = message.finding(device, Finding.interval, interval=HEARTBEAT_SECONDS)
        return [message.alive(device, Alive.online), every]
    return [] if kind in OTHERS else None


def _group(
    value: dict[str, Json], message: Message, camera: str
) -> Sequence[Observation] | BadPayload:
    """The best read of one car; later groups of the same car count if they are surer."""
    best, row = value.get("best_plate_number"), _row(value.get("best_plate"))
    if "best_plate_number" not in value:
        best = row.get("plate")
    if best is not None and not isinstance(best, str):
        return BadPayload("best_plate_number is no text")
    listed = value.get("candidates")
    rows = listed if isinstance(listed, list) else []
    began = number(value.get("epoch_start"))
    return made(
        message,
        device_of(value.get("camera_id"), value.get("agent_uid"), camera=camera),
        best,
        score_of(value.get("best_confidence", row.get("confidence")), 100),
        at=moment(began),
        candidates=[_row(row).get("plate") for row in rows],
        track=text_of(value.get("best_uuid")),
    )


def _row(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}
