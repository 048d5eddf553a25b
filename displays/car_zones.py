"""Places on the car's outline by name: for those who choose from a list, and to tell of a mark.

The outline is seen from above, front to the left, its sides folded out; see reception/car.html.
"""

from dataclasses import dataclass

from displays.views.parts import N_

WIDTH, HEIGHT = 640, 320
"""The outline in its own units."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A place: its id, its name (a message id) and its middle on the outline, 0 to 1."""

    id: str
    word: str
    x: float
    y: float


def _zone(name: str, word: str, x: int, y: int) -> Zone:
    return Zone(name, word, round(x / WIDTH, 4), round(y / HEIGHT, 4))


ZONES: tuple[Zone, ...] = (
    _zone("front_bumper", N_("Front bumper"), 44, 160),
    _zone("bonnet", N_("Bonnet"), 125, 160),
    _zone("windscreen", N_("Windscreen"), 218, 160),
    _zone("roof", N_("Roof"), 338, 160),
    _zone("rear_window", N_("Rear window"), 458, 160),
    _zone("boot", N_("Boot"), 535, 160),
    _zone("rear_bumper", N_("Rear bumper"), 598, 160),
    _zone("left_front_wing", N_("Left front wing"), 180, 276),
    _zone("left_front_wheel", N_("Left front wheel"), 128, 296),
    _zone("left_front_door", N_("Left front door"), 272, 276),
    _zone("left_rear_door", N_("Left rear door"), 386, 276),
    _zone("left_rear_wheel", N_("Left rear wheel"), 506, 296),
    _zone("left_rear_wing", N_("Left rear wing"), 562, 276),
    _zone("left_mirror", N_("Left mirror"), 222, 243),
    _zone("right_front_wing", N_("Right front wing"), 180, 44),
    _zone("right_front_wheel", N_("Right front wheel"), 128, 24),
    _zone("right_front_door", N_("Right front door"), 272, 44),
    _zone("right_rear_door", N_("Right rear door"), 386, 44),
    _zone("right_rear_wheel", N_("Right rear wheel"), 506, 24),
    _zone("right_rear_wing", N_("Right rear wing"), 562, 44),
    _zone("right_mirror", N_("Right mirror"), 222, 77),
)


def zone_at(x: float, y: float) -> Zone:
    """The place whose middle is nearest to a point of the outline."""
    return min(ZONES, key=lambda zone: _distance(zone, x, y))


def _distance(zone: Zone, x: float, y: float) -> float:
    return ((zone.x - x) * WIDTH) ** 2 + ((zone.y - y) * HEIGHT) ** 2
