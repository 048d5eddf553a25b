"""Questions about the devices, and their answers: JSON in, JSON out, for pages in any process."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from board.core.slips import FileSlip
from devices.deliveries import Delivery
from devices.lamp_trials import Sentence
from devices.openings import Opening
from devices.rehearsal import LONGEST_PAYLOAD, LONGEST_TOPIC, rehearsed
from devices.sensors import Sensors
from devices.telling import Told, as_json, told_device, told_list, told_said
from devices.telling_bind import told_bind, told_calibration, told_listen
from devices.telling_closing import told_closing
from devices.telling_gates import told_gates
from devices.why import told_why

Question = Mapping[str, str]


def answered(sensors: Sensors, mistakes: Sequence[FileSlip], question: bytes) -> bytes:
    """The answer to a question: `{"what": "list"}`, `{"what": "device", "id": ...}`, or
    `{"what": "rehearsal", "topic": ..., "payload": ..., "retained": "" or "yes"}`, or what
    else stands below, with what it is asked by.
    """
    asked: Question = json.loads(question)
    what = _ANSWERS[asked["what"]]
    link = {
        **asdict(sensors.link),
        "why": told_why(sensors.link.fault),
        "mistakes": [asdict(one) for one in mistakes],
    }
    return as_json({"link": link, asked["what"]: what(sensors, asked)})


def _list(sensors: Sensors, _asked: Question) -> Told:
    return told_list(sensors.situation)


def _device(sensors: Sensors, asked: Question) -> Told | None:
    return told_device(sensors.situation, asked["id"])


def _rehearsal(sensors: Sensors, asked: Question) -> Told:
    stage = sensors.stage
    payload = asked["payload"][:LONGEST_PAYLOAD].encode("utf-8", "replace")
    retained = bool(asked["retained"])
    delivery = Delivery(asked["topic"][:LONGEST_TOPIC], payload, retained, stage.now)
    found = rehearsed(stage, delivery)
    return {**asdict(found), "said": told_said(found.said)}


def _listen(sensors: Sensors, asked: Question) -> Told:
    since, until = (datetime.fromisoformat(asked[key]) for key in ("since", "until"))
    return told_listen(sensors.watched, since, until)


def _bind(sensors: Sensors, asked: Question) -> Told | None:
    return told_bind(sensors.watched, asked["id"])


def _calibration(sensors: Sensors, asked: Question) -> Told:
    place, since = (asked["id"], asked["channel"]), datetime.fromisoformat(asked["since"])
    empty, car = (_numbers(asked[key]) for key in ("empty", "car"))
    return told_calibration(sensors.watched, place, since, empty, car)


def _light(sensors: Sensors, asked: Question) -> Told:
    """Nothing else that is asked does anything; a lamp goes back by itself."""
    device = sensors.situation.ids.get(asked["id"], asked["id"])
    sentence = Sentence(asked["text"], asked["language"])
    return {"known": sensors.outgoing.try_out((device, asked["channel"]), sentence)}


def _gates(sensors: Sensors, _asked: Question) -> Told:
    return told_gates(sensors.watched)


def _closing(sensors: Sensors, asked: Question) -> Told:
    opening = Opening(asked["name"], asked["base"])
    return told_closing(sensors.situation, sensors.stage, opening)


def _numbers(text: str) -> list[float]:
    """Whole mm with commas between; anything else among them is left out."""
    return [float(one) for one in text.split(",") if one.isascii() and one.isdigit()]


_ANSWERS: Mapping[str, Callable[[Sensors, Question], Told | None]] = {
    "list": _list,
    "device": _device,
    "rehearsal": _rehearsal,
    "listen": _listen,
    "bind": _bind,
    "calibration": _calibration,
    "light": _light,
    "gates": _gates,
    "closing": _closing,
}
