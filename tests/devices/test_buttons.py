"""A press of a bound button calls for help, once; any other press does nothing."""

import asyncio
import json
from dataclasses import dataclass, field

import pytest

from board.core.calls import CallKind
from board.core.commands import CallHelp
from board.desk import Receipt
from devices.asking import Asker, Asks
from devices.binding_tables import read_bindings
from devices.bindings import Bindings
from devices.buttons import Button
from devices.families.shelly1 import ShellyGen1
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from tests.devices.intakes import Desk, Door, intake
from tests.devices.waiting import until

BUTTON = Button("native:andon", "button-1", bay="bay-1")
TOPIC = "shop/main/dev/andon/ev/button-1"
FILE = """\
[[button]]
device = "native:andon"
channel = "button-1"
bay = "bay-1"
"""


def press(word: str, number: int = 1) -> bytes:
    return json.dumps({"e": "press", "k": word, "id": f"9-{number}"}).encode()


def pressed(*payloads: bytes, button: Button = BUTTON, **told: bool) -> tuple[Desk, Door]:
    """What the desk was asked after these presses came."""
    desk = Desk()

    async def scenario() -> Door:
        async with intake(desk, buttons=(button,)) as door:
            for second, payload in enumerate(payloads):
                door.bring(payload, second, topic=TOPIC, **told)
            await door.read(len(payloads))
            return door

    return desk, asyncio.run(scenario())


def kinds(desk: Desk) -> list[CallKind]:
    return [one.kind for one, _ in desk.taken if isinstance(one, CallHelp)]


def test_each_way_to_press_calls_for_its_own_help() -> None:
    desk, door = pressed(*(press(word, n) for n, word in enumerate(("single", "double", "long"))))
    assert kinds(desk) == [CallKind.technical, CallKind.parts, CallKind.safety]
    assert {one.bay for one, _ in desk.taken} == {"bay-1"}  # type: ignore[union-attr]
    assert set(desk.devices) == {"native:andon"}
    assert door.intake.counters.calls == 3


def test_the_file_says_what_a_press_calls_for() -> None:
    button = Button("native:andon", "button-1", technician="tom", single="quality", double="none")
    desk, door = pressed(press("single", 1), press("double", 2), button=button)
    [(command, _)] = desk.taken
    assert command == CallHelp(kind=CallKind.quality, technician="tom")
    assert door.intake.counters.presses_unknown == 0


def test_a_retained_press_is_never_a_call() -> None:
    assert pressed(press("long"), retained=True)[0].taken == []


def test_a_press_told_again_is_the_same_call_also_after_a_restart() -> None:
    first, _ = pressed(press("single"), press("single"))
    again, _ = pressed(press("single"))
    assert len(first.taken) == 1
    assert first.taken == again.taken


def test_words_without_a_meaning_are_counted_and_call_nobody() -> None:
    desk, door = pressed(press("wobble", 1), press("release", 2), press("triple", 3))
    assert desk.taken == []
    assert door.intake.counters.presses_unknown == 1


def test_a_button_that_nobody_wrote_down_calls_nobody() -> None:
    other = Button("native:andon", "button-2", bay="bay-1")
    assert pressed(press("single"), button=other)[0].taken == []


def test_a_press_is_acknowledged_only_after_its_call_is_written() -> None:
    desk = Desk(broken=1000)

    async def scenario() -> None:
        async with intake(desk, buttons=(BUTTON,)) as door:
            door.bring(press("single"), topic=TOPIC, number=7)
            await until(lambda: door.intake.counters.failed_sends >= 2, "the retries")
            assert door.acknowledged == []
            desk.broken = 0
            await until(lambda: door.acknowledged == [7], "the acknowledgement")

    asyncio.run(scenario())
    assert kinds(desk) == [CallKind.technical]


LIST = b'[{"ieee_address":"0x00124b0022aa33ff","friendly_name":"andon 4"}]'


def test_a_zigbee_button_is_bound_by_its_address_and_tells_a_press_on_two_topics() -> None:
    desk = Desk()
    button = Button("z2m:0x00124b0022aa33ff", "button-1", bay="bay-1")

    async def scenario() -> None:
        async with intake(desk, buttons=(button,), adapters=(Zigbee2Mqtt(),)) as door:
            door.bring(LIST, topic="zigbee2mqtt/bridge/devices", retained=True)
            door.bring(b'{"action":"double"}', 1, topic="zigbee2mqtt/andon 4")
            door.bring(b"double", 1.1, topic="zigbee2mqtt/andon 4/action")
            door.bring(b'{"action":""}', 1.2, topic="zigbee2mqtt/andon 4")
            await door.read(4)
            assert door.intake.register.inbox.devices == ()

    asyncio.run(scenario())
    assert kinds(desk) == [CallKind.parts]


@pytest.mark.parametrize(("seconds", "heard"), [(5, [CallKind.technical]), (60, [])])
def test_a_press_that_comes_before_its_name_is_known_waits_a_moment(
    seconds: float, heard: list[CallKind]
) -> None:
    desk = Desk()
    button = Button("z2m:0x00124b0022aa33ff", "button-1", bay="bay-1")

    async def scenario() -> None:
        async with intake(desk, buttons=(button,), adapters=(Zigbee2Mqtt(),)) as door:
            door.bring(b'{"action":"single"}', topic="zigbee2mqtt/andon 4")
            door.bring(LIST, seconds, topic="zigbee2mqtt/bridge/devices", retained=True)
            door.bring(LIST, seconds, topic="zigbee2mqtt/bridge/devices", retained=True)
            await door.read(3)

    asyncio.run(scenario())
    assert kinds(desk) == heard


@dataclass
class Journal(Desk):
    """Answers an id that it has had before as the real desk does."""

    had: set[str] = field(default_factory=set)

    async def handle(self, command: Asks, command_id: str, asker: Asker) -> object:
        repeated = command_id in self.had
        self.had.add(command_id)
        if not repeated:
            await super().handle(command, command_id, asker)
        return Receipt(1, repeated)


def gen1(desk: Desk, *counts: int) -> None:
    """One life of our process in which a Shelly tells these numbers of presses."""
    button = Button("shelly:shellybutton1-A4E57C", "button-0", bay="bay-1")
    topic = "shellies/shellybutton1-A4E57C/input_event/0"

    async def scenario() -> None:
        async with intake(desk, buttons=(button,), adapters=(ShellyGen1(),)) as door:
            for second, count in enumerate(counts):
                payload = json.dumps({"event": "S", "event_cnt": count}).encode()
                door.bring(payload, 3600 * len(desk.taken) + 10 * second, topic=topic)
            await door.read(len(counts))

    asyncio.run(scenario())


def test_a_device_that_counts_anew_is_not_mute_and_its_old_press_told_again_is_none() -> None:
    desk = Journal()
    gen1(desk, 1, 2, 2)
    assert len(desk.taken) == 2
    gen1(desk, 2, 2)
    assert len(desk.taken) == 2, "told again after our restart"
    gen1(desk, 1, 2)
    assert len(desk.taken) == 3, "after a restart of both only the first may be lost"


def test_a_file_of_buttons_is_read() -> None:
    bindings, mistakes = read_bindings(FILE, frozenset({"bay-1"}))
    assert (bindings, mistakes) == (Bindings((), (BUTTON,)), ())


@pytest.mark.parametrize(
    ("wrong", "line", "reason"),
    [
        (('bay = "bay-1"', 'bay = "bay-7"'), 4, "there is no bay bay-7"),
        (('bay = "bay-1"', 'technician = "x"'), 4, "there is nobody with the id x"),
        (('bay = "bay-1"', ""), 1, "a button hangs at a bay or at a technician's place"),
        (('bay = "bay-1"', 'bay = "bay-1"\nsingel = "parts"'), 5, "did you mean single?"),
        (('bay = "bay-1"', 'bay = "bay-1"\nlong = "coffee"'), 5, "long must be one of parts,"),
        (('bay = "bay-1"', 'bay = "bay-1"\nlong = 3'), 5, "long must be a text"),
        (('"button-1"', '"occupancy"'), 3, "occupancy is no button"),
        (('"native:andon"', '"andon"'), 2, "device must be an id"),
        (("[[button]]", "[button]"), 1, "button must be written as [[button]] tables"),
    ],
)
def test_a_mistake_is_told_with_its_line(wrong: tuple[str, str], line: int, reason: str) -> None:
    text = FILE.replace(*wrong)
    bindings, mistakes = read_bindings(text, frozenset({"bay-1"}), None, frozenset({"tom"}))
    assert bindings.buttons == ()
    [mistake] = dict.fromkeys(mistakes)
    assert mistake.line == line
    assert reason in mistake.reason


def test_one_button_calls_from_one_place() -> None:
    bindings, [mistake] = read_bindings(FILE + FILE.replace("bay-1", "bay-2"))
    assert bindings.buttons == (BUTTON,)
    assert (mistake.line, mistake.reason) == (7, "button-1 of native:andon is already bound")
