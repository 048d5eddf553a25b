"""A device in shadow is heard and kept, and the board is told nothing of it."""

import asyncio
from dataclasses import replace

import pytest

from board.core.commands import CallHelp
from devices.badges import Reader, mark_of
from devices.binding_tables import read_bindings
from devices.bindings import Bindings, Sensor
from devices.buttons import Button
from devices.memory import Cause
from devices.shadow import MOST_KEPT, Deed, Shadows, WouldBe, would_be
from tests.devices.intakes import BADGE_KEY, CAR, EYE, NONE, Desk, intake
from tests.devices.moments import Day, at, sees
from tests.devices.waiting import until

SHADOW = replace(EYE, device="native:new", shadow=True)
PRESS = "shop/main/dev/press/ev/button"
BADGE = "shop/main/dev/reader/ev/badge"


def test_a_bay_hears_only_the_sensors_that_count() -> None:
    day = Day(EYE, SHADOW)
    assert [one.present for one in day.step(sees(True, 1))] == [True]
    assert day.step(sees(False, 2, SHADOW)) == []
    assert day.wait(3) == []


def test_what_it_would_say_is_known_with_the_others_of_its_bay() -> None:
    day = Day(EYE, replace(SHADOW, priority=1))
    day.step(sees(True, 1), sees(False, 1, SHADOW))
    memory, fresh = would_be(day.memory, day.bindings, at(2))
    assert [(one.present, one.device) for one in fresh] == [(False, "native:new")]
    assert would_be(memory, day.bindings, at(3))[1] == ()
    assert day.levels == [True]


def test_a_disagreement_would_last_before_it_counted() -> None:
    day = Day(EYE, SHADOW)
    day.step(sees(True, 1), sees(False, 1, SHADOW))
    memory, _ = would_be(day.memory, day.bindings, at(2))
    assert memory.shadows == {}
    memory, _ = would_be(memory, day.bindings, at(40))
    told = memory.shadows["bay-1"]
    assert (told.present, told.reason) == (None, Cause.conflict)


def test_a_sensor_that_leaves_the_shadow_says_at_once_what_it_has_heard() -> None:
    day = Day(SHADOW)
    assert day.step(sees(True, 1, SHADOW)) == []
    day.bindings = Bindings((replace(SHADOW, shadow=False),))
    assert [one.present for one in day.wait(2)] == [True]
    assert would_be(day.memory, day.bindings, at(2))[0].shadows == {}


def test_the_list_is_bounded_and_the_count_goes_on() -> None:
    shadows = Shadows()
    for number in range(MOST_KEPT + 5):
        shadows.note(WouldBe(at(number), Deed.call, "bay-1", "native:press", "parts"))
    assert (len(shadows.last), shadows.total) == (MOST_KEPT, MOST_KEPT + 5)
    assert shadows.last[0].at == at(MOST_KEPT + 4)
    assert shadows.counts == {"native:press": MOST_KEPT + 5}
    shadows.follow(Bindings())
    assert shadows.counts == {}


@pytest.mark.parametrize("kind", ["sensor", "button", "badge"])
def test_the_file_puts_a_table_in_shadow(kind: str) -> None:
    channel = {"sensor": "contact", "button": "button-1", "badge": "badge"}[kind]
    text = f'[[{kind}]]\ndevice = "native:x"\nchannel = "{channel}"\nbay = "b"\nshadow = '
    found, mistakes = read_bindings(text + "true\n")
    assert mistakes == ()
    told = [one.shadow for one in found.sensors]
    told += [one.shadow for one in found.buttons] + [one.shadow for one in found.readers]
    assert told == [True]
    assert "true or false" in read_bindings(text + '"yes"\n')[1][0].reason


def test_the_file_puts_a_gate_in_shadow() -> None:
    text = '[[gate]]\nname = "north"\ncamera = "alpr:gate-2"\nshadow = true\n'
    found, mistakes = read_bindings(text)
    assert mistakes == ()
    assert found.gates.shadowed == {"alpr:gate-2": "north"}


def test_nobody_is_called_and_no_clock_runs_for_what_is_in_shadow() -> None:
    reader = Reader("native:reader", "bay-1", shadow=True)
    mark = mark_of(BADGE_KEY, "04A1B2C3")[:16]
    button = Button("native:press", "button", "bay-1", shadow=True)
    bound = Bindings((SHADOW,), (button,), (reader,), {mark: "tom"})

    async def run() -> None:
        desk = Desk()
        async with intake(desk, bindings=bound) as door:
            door.bring(CAR, topic="shop/main/dev/new/st/occupancy")
            door.bring(b'{"e":"press","k":"long","id":"b-1"}', 1, topic=PRESS)
            door.bring(b'{"e":"press","k":"triple","id":"b-2"}', 2, topic=PRESS)
            door.bring(b'{"e":"badge","k":"04A1B2C3","id":"b-3"}', 3, topic=BADGE)
            await door.read(4)
            shadows = door.intake.watching.shadows
            await until(lambda: shadows.total == 3)
            told = {(one.deed, one.value, one.detail) for one in shadows.last}
            assert told == {
                (Deed.report, "car", "sensor"),
                (Deed.call, "safety", "long"),
                (Deed.badge, "tom", mark),
            }
            assert desk.taken == []
            door.intake.rebind(Bindings((), (replace(button, shadow=False),)))
            door.bring(b'{"e":"press","k":"long","id":"b-4"}', 4, topic=PRESS)
            await door.read(5)
            assert [type(one) for one, _ in desk.taken] == [CallHelp]

    asyncio.run(run())


def test_once_it_counts_the_board_hears_what_it_said_in_shadow() -> None:
    async def run() -> None:
        desk = Desk()
        live: Sensor = replace(SHADOW, shadow=False)
        async with intake(desk, sensors=(SHADOW,)) as door:
            door.bring(NONE, topic="shop/main/dev/new/st/occupancy")
            await until(lambda: door.intake.watching.shadows.total == 1)
            door.intake.rebind(Bindings((live,)))
            await until(lambda: len(desk.reports) == 1)
            assert desk.reports[0][0].presence == "absent"

    asyncio.run(run())
