"""Commands by chance: plausible ones, stale ones and nonsense, by anybody."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum

from hypothesis import strategies as st

from board.core import commands as c
from board.core.permissions import ASKERS
from board.core.roles import Actor
from board.core.sensor_rules import SensorRules
from board.core.shop import Settings
from board.core.workflow import Workflow
from board.core.workflow_shipped import SHIPPED
from tests.builders import CAST, CLOCK, LENA, MONA, NOW, PLATES, SENSOR, set_up

Value = typing.TypeVar("Value")
JOBS = ("j1", "j2", "j3")
WORDS = {
    "job": (*JOBS * 5, "j9", ""),
    "part": ("", "1", "1", "2", "x"),
    "receiver": ("", "tom", "tina", "ghost"),
    "line": ("", "1", "1", "1", "2", "x"),
    "bay": (*("1", "2", "wash") * 4, "9", ""),
    "spot": ("1", "2", "wash", "P3", ""),
    "to": (*SHIPPED.steps, "nowhere"),
    "technician": (*("", "tom", "tina") * 3, "lee", "anna", "ghost"),
    "technicians": (*("tom", "tina", "lee") * 4, "anna", "ghost"),
    "person": ("tom", "tina", "mona", "ghost"),
    "advisor": ("", "anna", "ghost"),
    "plate": (*PLATES[:4], "京A1234O", ""),
    "vin": ("", "LSVAU2180N2183294", "SHORT"),
    "defect": ("torque", "leak", "A1", ""),
    "point": (
        "work_done",
        "tightened",
        "order_read",
        "high_voltage",
        "advice",
        "old_parts",
        "none",
    ),
    "photos": ("0" * 64, "ghost"),
    "driver": ("", "ines", "ghost"),
    "comeback_of": ("", "", "j2", "R2611-0001", "j1"),
    "inspector": ("", "ines", "ghost"),
    "reason": (*("", "so", "so") * 6, "x" * 501),
    "overrides": ("plate", "vin"),
    "codes": ("A40", "B12 C3", ""),
    "id": ("1", "5", "tom", "new", "Bad Id"),
    "code": ("ABC234", "XYZ789", "", "A1", "training", "break", "nap"),
    "left_out": ("washing", "team_check", "awaiting_settlement", "held", "nap"),
}
TIMES = st.sampled_from(
    (
        *(NOW + timedelta(minutes=15 * quarter) for quarter in range(-20, 200)),
        NOW.replace(year=1),
        NOW.replace(year=9999),
    )
)
FLOWS = st.sampled_from(
    (SHIPPED, SHIPPED.without(["washing", "awaiting_wash"]), SHIPPED.without(["held"]), Workflow())
)
SETTINGS = st.sampled_from(
    (
        set_up().settings,
        Settings(),
        Settings(name="S", question_seconds=1, sensing=SensorRules(True, True)),
    )
)
VERSIONS = st.sampled_from((*[None] * 12, *range(9)))


def _of(name: str, hint: object) -> st.SearchStrategy[object]:
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        inner = [_of(name, each) for each in typing.get_args(hint) if each is not type(None)]
        return VERSIONS if name == "version" else st.one_of(st.none(), *inner)
    origin = typing.get_origin(hint)
    if origin in {tuple, frozenset}:
        elements = _of(name, typing.get_args(hint)[0])
        kind = tuple if origin is tuple else frozenset
        return st.lists(elements, max_size=2, unique_by=repr).map(kind)
    if origin is Mapping:
        return st.just({})
    return _of_class(name, hint)


def _of_class(name: str, hint: object) -> st.SearchStrategy[object]:
    if hint is Settings:
        return SETTINGS
    if hint is Workflow:
        return FLOWS
    assert isinstance(hint, type), hint
    if dataclasses.is_dataclass(hint):
        return filled(hint)
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    simple: dict[type, st.SearchStrategy[object]] = {
        str: st.sampled_from(WORDS[name]) if name in WORDS else st.text(max_size=6),
        bool: st.booleans(),
        int: st.integers(-5, 200_000),
        float: st.sampled_from((0.0, 1.5, -1.0, float("nan"), float("inf"))),
        datetime: TIMES,
        time: st.times(),
        date: st.dates(),
    }
    return simple[hint]


def filled(kind: type[Value]) -> st.SearchStrategy[Value]:
    """Values of a dataclass, every field by chance."""
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{name: _of(name, hint) for name, hint in hints.items()})


def _sent(kind: type[c.Command]) -> st.SearchStrategy[tuple[c.Command, Actor]]:
    """A command of that kind, mostly by somebody who may ask it."""
    may = [who for who in (*CAST, SENSOR, CLOCK, LENA) if who.has(*ASKERS[kind])]
    actors = st.sampled_from((*may, *may, *may, MONA, LENA))
    return st.tuples(filled(kind), actors)


ANYTHING = st.one_of([_sent(kind) for kind in ASKERS])
PAUSES = st.sampled_from((*[0, 10, 60] * 4, 900, 900, 4 * 3600, 80 * 3600))
STEPS = st.lists(st.tuples(st.integers(0, 800), ANYTHING, PAUSES), min_size=20, max_size=60)
