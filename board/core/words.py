"""The trade's words for the core's values: English message ids, translated at the edges."""

from board.core.appointments import Task
from board.core.bays import BayCondition, BayKind, BayState, Presence
from board.core.day_book import Choice
from board.core.extra import AnswerMeans
from board.core.handover import Means, Point
from board.core.holds import HoldReason
from board.core.job import Flag, Where
from board.core.lines import LineState, Parts
from board.core.needs import Need
from board.core.part_requests import PartStep
from board.core.roles import Role
from board.core.words_of_calls import CALL, CALL_OVER
from board.core.words_of_checks import CHECK_POINT, VERDICT
from board.core.words_of_sheet import LAMP, MARK
from board.core.workflow import CheckLevel, Lane, State

__all__ = ["CALL", "CALL_OVER", "CHECK_POINT", "LAMP", "MARK", "VERDICT"]

STATE: dict[str, str] = {
    State.booked: "Booked",
    State.preparing: "Preparing parts",
    State.no_show: "No show",
    State.arrived: "Arrived",
    State.receiving: "Reception check",
    State.awaiting_dispatch: "To be dispatched",
    State.dispatched: "To be started",
    State.working: "In work",
    State.held: "Held",
    State.self_check: "Self-check due",
    State.team_check: "Team check due",
    State.final_check: "Final check due",
    State.road_test: "Road test",
    State.rework: "Rework",
    State.awaiting_wash: "To be washed",
    State.washing: "Being washed",
    State.awaiting_settlement: "To be settled",
    State.ready: "Ready",
    State.unclaimed: "Not picked up",
    State.delivered: "Delivered",
    State.cancelled: "Cancelled",
}
LANE: dict[str, str] = {
    Lane.arrivals: "Arrivals",
    Lane.reception: "Reception",
    Lane.dispatch: "Dispatch",
    Lane.work: "Work",
    Lane.hold: "On hold",
    Lane.check: "Checks",
    Lane.wash: "Wash",
    Lane.handover: "Handover",
    Lane.gone: "Gone",
}
DEVICE: dict[str, str] = {
    "tablet": "tablet",
    "desk": "desk",
    "phone": "phone",
    "program": "a program",
    "sensor": "a sensor",
    "time": "the clock",
    "command_line": "command line",
    "first_start": "first start",
    "screen": "a screen",
}
NEED: dict[str, str] = {
    Need.lines_done: "every line finished",
    Need.lines_decided: "the customer's answer to every line",
    Need.parts_issued: "all parts issued",
    Need.check_passed: "a passed check",
    Need.road_tested: "a road test",
    Need.signed: "the customer's signature",
    Need.promised: "a promised time",
    Need.mileage: "the mileage",
    Need.washed: "a finished wash",
    Need.settled: "the statement",
    Need.paid: "a paid statement",
    Need.gate_pass: "the gate pass",
}
FLAG: dict[str, str] = {
    Flag.waiting: "Customer waiting",
    Flag.appointment: "Appointment",
    Flag.express: "Express",
    Flag.comeback: "Comeback",
    Flag.vip: "VIP",
    Flag.recall: "Recall",
    Flag.tow_in: "Tow-in",
    Flag.new_energy: "New energy",
    Flag.loaner: "Loaner out",
    Flag.no_wash: "No wash",
    Flag.lounge_opt_out: "Not on the lounge screen",
}
HOLD: dict[str, str] = {
    HoldReason.parts_issue: "Parts to be issued",
    HoldReason.parts_order: "Parts on order",
    HoldReason.parts_wrong: "Wrong part",
    HoldReason.approval: "Customer's approval",
    HoldReason.quote: "Quote",
    HoldReason.warranty: "Warranty claim",
    HoldReason.insurer: "Insurer's assessment",
    HoldReason.technical_help: "Technical help",
    HoldReason.bay: "Waiting for a bay",
    HoldReason.equipment: "Waiting for equipment",
    HoldReason.technician: "Waiting for a technician",
    HoldReason.sublet: "Sublet",
    HoldReason.next_trade: "Next trade",
    HoldReason.road_test: "Waiting for a road test",
    HoldReason.pause: "Break",
    HoldReason.safety: "Safety stop",
    HoldReason.other: "Other reason",
}
BAY_KIND: dict[str, str] = {
    BayKind.reception: "Reception bay",
    BayKind.express: "Express bay",
    BayKind.general: "General repair",
    BayKind.diagnosis: "Diagnosis",
    BayKind.alignment: "Wheel alignment",
    BayKind.body: "Body work",
    BayKind.paint: "Paint",
    BayKind.new_energy: "New-energy bay",
    BayKind.final_inspection: "Final inspection",
    BayKind.wash: "Wash bay",
}
BAY_STATE: dict[str, str] = {
    BayState.open: "Open",
    BayState.cleaning: "Cleaning",
    BayState.maintenance: "Maintenance",
    BayState.closed: "Closed",
}
CONDITION: dict[str, str] = {
    BayCondition.free: "Free",
    BayCondition.reserved: "Reserved",
    BayCondition.worked: "Working",
    BayCondition.blocked: "Blocked",
    BayCondition.cleaning: "Cleaning",
    BayCondition.maintenance: "Maintenance",
    BayCondition.closed: "Closed",
}
PRESENCE: dict[str, str] = {
    Presence.present: "Car present",
    Presence.absent: "No car",
    Presence.unknown: "Sensor unknown",
}
ROLE: dict[str, str] = {
    Role.advisor: "Service advisor",
    Role.controller: "Workshop controller",
    Role.technician: "Technician",
    Role.team_leader: "Team leader",
    Role.inspector: "Inspector",
    Role.parts: "Parts clerk",
    Role.washer: "Washer",
    Role.cashier: "Cashier",
    Role.warranty_clerk: "Warranty clerk",
    Role.manager: "Service manager",
    Role.customer: "Customer",
    Role.device: "Sensor",
    Role.timekeeper: "Timekeeper",
}
PARTS: dict[str, str] = {
    Parts.none: "No parts",
    Parts.requested: "Parts requested",
    Parts.picked: "Parts picked",
    Parts.ordered: "Parts ordered",
    Parts.issued: "Parts issued",
}
PART: dict[str, str] = {
    PartStep.requested: "Part requested",
    PartStep.picked: "Part picked",
    PartStep.ordered: "Part ordered",
    PartStep.issued: "Part issued",
    PartStep.wrong: "Wrong part",
    PartStep.returned: "Part returned",
    PartStep.cancelled: "Part not needed",
}
LINE_STATE: dict[str, str] = {
    LineState.proposed: "Proposed",
    LineState.approved: "Not started",
    LineState.declined: "Declined",
    LineState.running: "Running",
    LineState.paused: "Paused",
    LineState.done: "Done",
    LineState.checked: "Checked",
    LineState.rework: "To be redone",
}
WHERE: dict[str, str] = {
    Where.bay: "In a bay",
    Where.parking: "Parked",
    Where.road: "On the road",
    Where.outside: "Outside",
}
CHECK: dict[str, str] = {
    CheckLevel.self: "Self-check",
    CheckLevel.team: "Team check",
    CheckLevel.final: "Final check",
}
DEFECT: dict[str, str] = {
    "not_done": "Work not done",
    "not_fixed": "Fault still there",
    "torque": "Torque not right",
    "leak": "Leak",
    "noise": "Noise",
    "fitting": "Fit or trim not right",
    "damage": "New damage",
    "dirt": "Car left dirty",
    "record": "Record missing",
    "other": "Other defect",
}
ANSWER_MEANS: dict[str, str] = {
    AnswerMeans.phone_page: "Phone page",
    AnswerMeans.phone_call: "Phone call",
    AnswerMeans.in_person: "In person",
    AnswerMeans.message: "Message",
}
INDIRECT: dict[str, str] = {
    "parts_run": "Parts run",
    "cleaning": "Cleaning",
    "training": "Training",
    "meeting": "Meeting",
    "waiting": "Waiting for work",
    "break": "Break",
}
OWNER: dict[str, str] = {**ROLE, "calendar": "Break time"}
MEANS: dict[str, str] = {
    Means.cash: "Cash",
    Means.card: "Bank card",
    Means.wechat: "WeChat Pay",
    Means.alipay: "Alipay",
    Means.account: "On account",
    Means.warranty: "Warranty pays",
    Means.insurance: "Insurer pays",
}
POINT: dict[str, str] = {
    Point.old_parts: "Old parts shown",
    Point.advice: "Work and advice explained",
    Point.next_service: "Next service said (date and mileage)",
    Point.belongings: "Belongings given back",
    Point.call_back: "Asked when we may call back",
}
CARRY: dict[str, str] = {
    Choice.tomorrow: "Continues tomorrow",
    Choice.moved_out: "Moved out",
    Choice.finished: "Finished",
}
TASK: dict[str, str] = {
    Task.parts_picked: "Parts picked",
    Task.bay_kept: "Bay kept",
    Task.technician_told: "Technician told",
    Task.loaner_ready: "Loaner ready",
}
