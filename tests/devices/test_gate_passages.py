"""What goes through a gate is told once, by a change that was heard live."""

import asyncio
import json
from dataclasses import replace

import pytest

from board.core.commands import PassGate, ProposeArrival
from devices.bindings import Bindings
from devices.gates import Gate, Gates
from devices.shadow import Deed
from tests.devices.intakes import Desk, intake
from tests.devices.moments import at

SHUT, OPEN = '{"v":true}', '{"v":false}'
DOOR = Gate("north", "alpr:cam", "native:door", "contact")
Said = tuple[float, str, bool]
"""When, what the door's contact says, and whether the broker retained it."""


def passages(*said: Said, gate: Gate = DOOR) -> list[PassGate]:
    """What the desk is told of the gate."""
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk, bindings=Bindings(gates=Gates((gate,)))) as door:
            for seconds, payload, retained in said:
                place = "$status" if '"s"' in payload else f"st/{gate.channel}"
                topic = f"shop/main/dev/door/{place}"
                door.bring(payload.encode(), seconds, topic=topic, retained=retained)
            await door.read(len(said))
            assert door.intake.counters.gates_passed == len(desk.taken)

    asyncio.run(scenario())
    return [command for command, _ in desk.taken if isinstance(command, PassGate)]


def test_a_gate_that_opens_is_passed() -> None:
    [passed] = passages((0, SHUT, False), (5, OPEN, False), (6, OPEN, False), (20, SHUT, False))
    assert passed == PassGate(gate="north", at=at(5), device="native:door")


@pytest.mark.parametrize(
    "said",
    [
        [(0, OPEN, False)],
        [(0, SHUT, False), (5, OPEN, True)],
        [(0, SHUT, True), (5, OPEN, True), (6, OPEN, False)],
        [(0, SHUT, False), (4, '{"v":null}', False), (5, OPEN, False)],
        [(0, SHUT, False), (4, '{"s":"offline"}', False), (5, OPEN, False)],
        [(0, SHUT, False), (5, '{"v":false,"q":"bad"}', False)],
    ],
)
def test_what_was_not_heard_to_change_is_no_passage(said: list[Said]) -> None:
    assert passages(*said) == []


ROLLER = Gate("north", "alpr:cam", "native:door", "door")
MOVES, LOST, AWAY = '{"v":null}', '{"v":null,"q":"bad"}', '{"s":"offline"}'
STANDS_SHUT, STANDS_OPEN = OPEN, SHUT
"""Of a door true is open, of a contact it is closed."""


@pytest.mark.parametrize(
    ("between", "counts"),
    [
        ([(5, MOVES, False)], True),
        ([(5, MOVES, False), (20, MOVES, False)], True),
        ([(5, LOST, False)], False),
        ([(5, MOVES, False), (6, LOST, False)], False),
        ([(5, MOVES, False), (6, AWAY, False)], False),
        ([(5, MOVES, False), (6, STANDS_OPEN, True)], False),
    ],
)
def test_a_gate_that_moves_before_it_is_open_is_passed(between: list[Said], counts: bool) -> None:
    said = [(0.0, STANDS_SHUT, False), *between, (25.0, STANDS_OPEN, False)]
    assert len(passages(*said, gate=ROLLER)) == counts


def test_a_gate_of_which_nothing_was_known_for_long_is_not_passed() -> None:
    said = [(0.0, STANDS_SHUT, False), (5.0, MOVES, False), (126.0, STANDS_OPEN, False)]
    assert passages(*said, gate=ROLLER) == []


def test_a_contact_that_sleeps_between_its_changes_is_passed() -> None:
    asleep = (2.0, '{"s":"sleeping"}', False)
    assert len(passages((0, SHUT, False), asleep, (900, OPEN, False))) == 1


def test_what_was_replayed_as_shut_and_is_open_now_is_one() -> None:
    assert len(passages((0, SHUT, True), (5, OPEN, False))) == 1


def test_a_door_that_swings_is_passed_once() -> None:
    swings = [(float(n), OPEN if n % 2 else SHUT, False) for n in range(9)]
    assert len(passages(*swings)) == 1
    assert len(passages(*swings, (20, SHUT, False), (21, OPEN, False))) == 2


def test_a_loop_tells_by_being_on_and_may_be_turned_round() -> None:
    loop = Gate("north", "", "native:door", "occupancy")
    [passed] = passages((0, OPEN, False), (5, SHUT, False), gate=loop)
    assert passed.blind
    turned = Gate("north", "", "native:door", "occupancy", invert=True)
    assert len(passages((0, SHUT, False), (5, OPEN, False), gate=turned)) == 1


def test_a_gate_in_shadow_is_heard_and_the_board_is_told_nothing() -> None:
    desk, read = Desk(), {"e": "plate", "k": "京AD12345", "id": "1", "score": 0.9, "track": "t"}
    gate = Gate("north", "native:cam", "native:door", "contact", shadow=True)

    async def scenario() -> None:
        async with intake(desk, bindings=Bindings(gates=Gates((gate,)))) as door:
            for seconds, payload in ((0, SHUT), (5, OPEN)):
                door.bring(payload.encode(), seconds, topic="shop/main/dev/door/st/contact")
            door.bring(json.dumps(read).encode(), 6, topic="shop/main/dev/cam/ev/plate")
            await door.read(3)
            noted = door.intake.watching.shadows.last
            assert [(one.deed, one.place) for one in noted] == [
                (Deed.plate, "north"),
                (Deed.passage, "north"),
            ]
            assert "12345" not in str(noted)

    asyncio.run(scenario())
    assert desk.taken == []


def test_a_sensor_in_shadow_lets_no_car_come_by_its_plate_alone() -> None:
    camera = Gate("north", "native:cam")
    gates = Gates((camera, Gate("north", "", "native:door", "contact", shadow=True)))
    assert gates.watched == {"north"}
    seen = Gates((replace(camera, shadow=True), replace(DOOR, camera="")))
    assert seen.blind == {"north"}, "whose camera does not count"


def test_a_read_at_a_gate_says_so() -> None:
    desk, read = Desk(), {"e": "plate", "k": "京AD12345", "id": "1", "score": 0.9, "track": "t"}
    gate = Gate("north", "native:cam", "native:door", "contact")

    async def scenario() -> None:
        async with intake(desk, bindings=Bindings(gates=Gates((gate,)))) as door:
            door.bring(json.dumps(read).encode(), topic="shop/main/dev/cam/ev/plate")
            await door.read(1)

    asyncio.run(scenario())
    [(command, _)] = desk.taken
    assert isinstance(command, ProposeArrival)
    assert (command.gate, command.watched, command.score) == ("north", True, 0.9)
    assert command.track not in ("", "t")
