"""A level that comes back after the opposite is told as a new one: the desk knows it by its id."""

from devices.asking import command_of
from devices.bindings import Sensor
from devices.readings import Capability, State
from tests.devices.moments import EYE, Day, at, sees

CAMERA = Sensor("frigate:zone/bay-1", "occupancy-bay-1", "bay-1", priority=2)


def camera(value: bool | None, seconds: float) -> State:
    return State(
        CAMERA.device, CAMERA.channel, Capability.occupancy, value, at(seconds), retained=False
    )


def run(day: Day, begin: int, end: int, free: bool | None, car: bool) -> None:
    """The camera and the eye say so every ten seconds."""
    for second in range(begin, end, 10):
        day.step(camera(free, second), sees(car, second))
        day.wait(second)


def test_a_car_that_only_the_lower_sensor_sees_is_told_each_time_the_upper_one_fails() -> None:
    day = Day(CAMERA, EYE)
    run(day, 0, 60, free=False, car=False)
    run(day, 60, 160, free=None, car=True)
    run(day, 160, 180, free=False, car=True)
    run(day, 180, 300, free=None, car=True)
    assert day.levels == [False, True, False, True]
    ids = [command_of(one)[1] for one in day.told]
    assert len(set(ids)) == len(ids), "the desk answers an id that it knows with its first answer"
    assert [one.since for one in day.told] == sorted(one.since for one in day.told)
