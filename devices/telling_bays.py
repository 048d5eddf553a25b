"""What is told of the bays: what their sensors say together, who decides, who agrees and who does
not, and what each of them said last. Pure.
"""

from collections.abc import Collection
from datetime import datetime

from devices.bindings import Bindings, Sensor
from devices.memory import BayReport, Memory
from devices.situation import Situation
from devices.standing import against, bay_now
from devices.verdict import say

LONGEST = 120


def bays_now(bindings: Bindings, memory: Memory, now: datetime) -> dict[str, BayReport]:
    """Every bay with sensors of which anything was ever said."""
    found = {one: bay_now(bindings, memory, one, now) for one in bindings.by_bay}
    return {bay: report for bay, report in found.items() if report is not None}


def told_bay(here: Situation, report: BayReport) -> dict[str, object]:
    """One of them, as plain values for JSON."""
    deciding = report.device.split(" ") if report.device else []
    others = [one for one in here.bindings.by_bay[report.bay] if one.device not in deciding]
    same = [one for one in others if say(here.memory, one, here.now).present is report.present]
    agree = {one.device for one in same} if report.present is not None else set()
    outvoted = against(here.bindings, here.memory, report, here.now)
    return {
        "bay": report.bay,
        "present": report.present,
        "since": report.since.isoformat(),
        "devices": voices(here, report.bay, deciding),
        "agree": voices(here, report.bay, agree),
        "against": voices(here, report.bay, outvoted),
        "cause": report.reason.value,
    }


def voices(here: Situation, bay: str, devices: Collection[str]) -> list[dict[str, object]]:
    """What the sensors of these devices said last of the bay, those in shadow, too."""
    there = (one for one in here.bindings.sensors if one.bay == bay)
    return [_voice(here, one) for one in there if one.device in devices]


def _voice(here: Situation, sensor: Sensor) -> dict[str, object]:
    book = here.logbooks.get(sensor.device)
    value = book.last[sensor.channel][0] if book and sensor.channel in book.last else None
    name = named(here, sensor.device)
    return {"device": sensor.device, "name": name, "channel": sensor.channel, "value": value}


def named(here: Situation, device: str) -> str:
    """What people call a device; empty where it is called by its id alone."""
    about = here.known.devices.get(device)
    own = device.partition(":")[2]
    names = about.told.names if about else ()
    return next((one for one in names if one != own), "")[:LONGEST]
