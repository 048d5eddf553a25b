"""The checks and defect codes that ship, as tables; a shop's own stand before them."""

from board.core import words
from board.core.check_templates import CheckBook, CheckTemplate, Point, choose
from board.core.job import Flag, Job
from board.core.words_of_checks import CHECK_POINT
from board.core.workflow import CheckLevel

_COMEBACK = frozenset({Flag.comeback})
_ELECTRIC = frozenset({Flag.new_energy})
_SERVICE = ("maintenance", "service", "express")
_BODY = ("body", "paint", "accident")
_CHASSIS = ("chassis", "brakes", "alignment")
_NEW_ENERGY = ("new_energy",)


def _looks(*ids: str) -> tuple[Point, ...]:
    return tuple(Point(point, CHECK_POINT[point]) for point in ids)


def _value(point: str, unit: str, least: float, most: float) -> Point:
    return Point(point, CHECK_POINT[point], unit, least, most)


_HIGH_VOLTAGE = Point("high_voltage", CHECK_POINT["high_voltage"], flags=_ELECTRIC)
_WHEELS = _value("wheel_torque", "N·m", 80, 220)

SHIPPED_CHECKS: tuple[CheckTemplate, ...] = (
    CheckTemplate(CheckLevel.self, _looks("work_done", "nothing_left", "no_leaks", "no_codes")),
    CheckTemplate(CheckLevel.team, _looks("complaint_gone", "tightened", "refitted")),
    CheckTemplate(
        CheckLevel.final,
        (*_looks("order_read", "lamps_out", "no_damage"), _HIGH_VOLTAGE),
        road_test_flags=_COMEBACK,
    ),
    CheckTemplate(
        CheckLevel.self,
        (
            *_looks("oil_level", "fluids", "filters"),
            _value("drain_torque", "N·m", 15, 80),
            _value("tread", "mm", 1.6, 15),
            _value("pressure_front", "kPa", 180, 380),
            _value("pressure_rear", "kPa", 180, 380),
            *_looks("nothing_left"),
        ),
        _SERVICE,
    ),
    CheckTemplate(
        CheckLevel.team,
        (_WHEELS, _value("pads", "mm", 2, 25), *_looks("no_leaks")),
        _SERVICE,
    ),
    CheckTemplate(
        CheckLevel.final,
        (*_looks("order_read", "service_reset", "lamps_out", "no_damage"), _HIGH_VOLTAGE),
        _SERVICE,
        road_test_flags=_COMEBACK,
    ),
    CheckTemplate(
        CheckLevel.team, (_WHEELS, *_looks("tightened", "brake_feel", "no_leaks")), _CHASSIS
    ),
    CheckTemplate(
        CheckLevel.final,
        _looks("order_read", "steering_centred", "free_of_noise", "lamps_out", "no_damage"),
        _CHASSIS,
        road_test=True,
    ),
    CheckTemplate(CheckLevel.self, _looks("work_done", "gaps", "surface", "refitted"), _BODY),
    CheckTemplate(
        CheckLevel.team, (*_looks("gaps", "colour"), _value("film", "µm", 60, 400)), _BODY
    ),
    CheckTemplate(
        CheckLevel.final,
        (
            Point("picture_repaired", CHECK_POINT["picture_repaired"], photo=True),
            *_looks("sensors_set", "lamps_out", "no_damage"),
        ),
        _BODY,
        road_test_flags=_COMEBACK,
    ),
    CheckTemplate(
        CheckLevel.team,
        (*_looks("complaint_gone", "high_voltage"), _value("insulation", "MΩ", 0.5, 999)),
        _NEW_ENERGY,
    ),
    CheckTemplate(
        CheckLevel.final,
        _looks("order_read", "charging", "lamps_out", "no_damage"),
        _NEW_ENERGY,
        road_test_flags=_COMEBACK,
    ),
)


def template_for(book: CheckBook, job: Job, level: CheckLevel) -> CheckTemplate:
    """What is looked at: the shop's own template, else the shipped one."""
    own = choose(book.templates, job.kind, level)
    return own or choose(SHIPPED_CHECKS, job.kind, level) or CheckTemplate(level)


def defects_of(book: CheckBook) -> dict[str, str]:
    """The words of the defect codes in the shop's order; shipped ones are message ids."""
    return dict(book.defects) or words.DEFECT
