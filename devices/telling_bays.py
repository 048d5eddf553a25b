"""What is told of the bays: what their sensors say together, who decides, who agrees and who does
not. Pure.
"""

from datetime import datetime

from devices.bindings import Bindings
from devices.memory import BayReport, Memory
from devices.standing import against, bay_now
from devices.verdict import say


def bays_now(bindings: Bindings, memory: Memory, now: datetime) -> dict[str, BayReport]:
    """Every bay with sensors of which anything was ever said."""
    found = {one: bay_now(bindings, memory, one, now) for one in bindings.by_bay}
    return {bay: report for bay, report in found.items() if report is not None}


def told_bay(
    bindings: Bindings, memory: Memory, report: BayReport, now: datetime
) -> dict[str, object]:
    """One of them, as plain values for JSON."""
    deciding = report.device.split(" ") if report.device else []
    others = [one for one in bindings.by_bay[report.bay] if one.device not in deciding]
    agree = {one.device for one in others if say(memory, one, now).present is report.present}
    return {
        "bay": report.bay,
        "present": report.present,
        "since": report.since.isoformat(),
        "devices": deciding,
        "agree": sorted(agree) if report.present is not None else [],
        "against": against(bindings, memory, report, now),
        "cause": report.reason.value,
    }
