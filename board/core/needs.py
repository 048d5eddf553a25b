"""What a way of the workflow may ask for before a job goes along it. Names only."""

from enum import StrEnum


class Need(StrEnum):
    """Something that must be so before a job takes a way."""

    lines_done = "lines_done"
    lines_decided = "lines_decided"
    parts_issued = "parts_issued"
    check_passed = "check_passed"
    road_tested = "road_tested"
    signed = "signed"
    promised = "promised"
    mileage = "mileage"
    washed = "washed"
    settled = "settled"
    paid = "paid"
    gate_pass = "gate_pass"
