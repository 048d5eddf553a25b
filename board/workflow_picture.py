"""A workflow as a picture: where each state stands and how each way runs. Numbers, no words.

A column for each lane from left to right, states from top to bottom; holding and giving up, which
nearly every state allows, are left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from board.core.workflow import BOARD_LANES, Lane, State, Step, Through, Way, Workflow

WIDTH, HEIGHT = 136, 48
_ACROSS, _DOWN = 172, 84
_LEFT, _TOP = 36, 48
_COLUMNS = (Lane.arrivals, *(lane for lane in BOARD_LANES if lane != Lane.hold), Lane.gone)
_LEFT_OUT = frozenset({Through.hold, Through.resume, Through.cancel})


@dataclass(frozen=True, slots=True)
class Box:
    """A state: the upper left corner of its box, and its ways for whoever points at it."""

    state: str
    name: str
    x: int
    y: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way: from where to where, along which path of SVG; `kind` is onward, back or time."""

    source: str
    way: Way
    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it; `heads` are the lanes' names' places."""

    width: int
    height: int
    heads: tuple[tuple[Lane, int], ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def picture(flow: Workflow) -> Picture:
    """Where everything stands."""
    boxes = {box.state: box for box in _boxes(flow)}
    arrows = tuple(_arrows(flow, boxes))
    lowest = max(box.y for box in boxes.values()) + HEIGHT
    heads = tuple(
        (lane, _LEFT + column * _ACROSS)
        for column, lane in enumerate(_COLUMNS)
        if any(flow.lane_of(state) == lane for state in boxes)
    )
    width = _LEFT * 2 + (len(_COLUMNS) - 1) * _ACROSS + WIDTH
    return Picture(width, lowest + 12, heads, tuple(boxes.values()), arrows)


def _boxes(flow: Workflow) -> Iterator[Box]:
    rows: dict[Lane, int] = {}
    for state, step in flow.steps.items():
        if step.lane == Lane.hold or state == State.cancelled:
            continue
        row = rows.get(step.lane, 0)
        rows[step.lane] = row + 1
        x = _LEFT + _COLUMNS.index(step.lane) * _ACROSS
        yield Box(state, step.name, x, _TOP + row * _DOWN, _told(step))


def _told(step: Step) -> tuple[Way, ...]:
    return tuple(way for way in step.ways if way.through not in _LEFT_OUT)


def _arrows(flow: Workflow, boxes: Mapping[str, Box]) -> Iterator[Arrow]:
    for box in boxes.values():
        for way in box.ways:
            target = boxes.get(way.to)
            if target is not None:
                yield Arrow(box.state, way, _path(box, target), _kind(box, target, way))


def _kind(box: Box, target: Box, way: Way) -> str:
    if way.through == Through.time:
        return "time"
    is_back = target.x < box.x or (target.x == box.x and target.y < box.y)
    return "back" if is_back else "onward"


def _path(box: Box, target: Box) -> str:
    if target.x > box.x:
        return _curve(box.x + WIDTH, box.y + 20, target.x, target.y + 20)
    if target.x < box.x:
        return _curve(box.x, box.y + 34, target.x + WIDTH, target.y + 34)
    below = target.y - box.y
    if below == _DOWN:
        middle = box.x + WIDTH // 2
        return f"M{middle} {box.y + HEIGHT}V{target.y}"
    side, swing = box.x + WIDTH, box.x + WIDTH + 34
    if below < 0:
        side, swing = box.x, box.x - 30
    return (
        f"M{side} {box.y + 30}C{swing} {box.y + 30} {swing} {target.y + 14} {side} {target.y + 14}"
    )


def _curve(x1: int, y1: int, x2: int, y2: int) -> str:
    bend = (x2 - x1) // 2
    # A way over several columns swings above the boxes between.
    lift = 56 if abs(x2 - x1) > _ACROSS else 0
    return f"M{x1} {y1}C{x1 + bend // 2} {y1 - lift} {x2 - bend // 2} {y2 - lift} {x2} {y2}"
