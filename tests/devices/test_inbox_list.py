"""Unbound devices are listed in a file beside the bindings, ready to be copied into them."""

import asyncio
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.address import read_address
from devices.alarms import Alarm, Trouble
from devices.batteries import Battery
from devices.binding_tables import read_bindings
from devices.bindings import Bindings, Sensor
from devices.called import Called
from devices.gates import Gate, read_gates
from devices.hall import SensorHall
from devices.hall_files import HallSettings
from devices.inbox import Seen, guessed
from devices.listing import Reader, listing
from devices.profiles.shelf import our_shelf
from devices.sensors import SensorSettings
from tests.devices.moments import NOON
from tests.devices.test_families_of_a_shop import Alone, Desk
from tests.devices.waiting import device_at, now, until
from tests.servers.mosquitto import StartMosquitto

DOOR = Seen(
    "z2m:0x00124b0022aa33ff",
    NOON,
    alias="z2m:gate door",
    model="SNZB-04",
    channels=("contact",),
    last=(("contact", False), ("battery", 87.0)),
)
EYE = Seen("z2m:0x00124b0022aa3300", NOON, model="SNZB-06P", last=(("occupancy", True),))


def listed(*devices: Seen) -> str:
    shelf = our_shelf()
    return listing((guessed(one, shelf) for one in devices), shelf)


def test_a_device_is_listed_with_its_profile_and_what_it_said() -> None:
    text = listed(DOOR)
    assert "# z2m:0x00124b0022aa33ff (gate door, SNZB-04), last heard" in text
    assert "# profile sonoff-snzb-04, 100 % sure: Sonoff SNZB-04 door sensor" in text
    assert "#   contact = false, so door: yes\n#   battery = 87.0\n" in text
    assert "[[sensor]]" not in text


def test_a_door_contact_is_listed_as_a_gate() -> None:
    text = listed(DOOR)
    assert "[[sensor]]" not in text
    gates, mistakes = read_gates(text.replace('name = ""', 'name = "north"'))
    assert mistakes == ()
    assert gates.tables == (Gate("north", device="z2m:0x00124b0022aa33ff", channel="contact"),)


def test_a_table_of_the_list_binds_its_device() -> None:
    bay = listed(EYE).replace('"..."', '"bay-1"')
    bindings, mistakes = read_bindings(bay, frozenset({"bay-1"}), our_shelf().profiles)
    assert mistakes == ()
    [sensor] = bindings.sensors
    assert (sensor.device, sensor.channel, sensor.profile) == (
        EYE.device,
        "occupancy",
        "sonoff-snzb-06p",
    )
    assert sensor.expected_interval_seconds == 3600


def test_a_shelly_is_bound_by_its_name_since_its_mac_may_come_late() -> None:
    name = "shelly:shellyplus1-a8032abc7158"
    text = listed(Seen("shelly:A8032ABC7158", NOON, alias=name, last=(("input-0", True),)))
    assert f'device = "{name}"\nchannel = "input-0"\nprofile = "shelly-plus-1"' in text


def test_of_several_inputs_the_others_are_named() -> None:
    last = tuple((f"input-{place}", False) for place in range(4))
    text = listed(Seen("shelly:shellyplusi4-a8032abc7158", NOON, last=last))
    assert "# or another channel: input-1, input-2, input-3\n[[sensor]]" in text
    assert 'channel = "input-0"' in text


def test_whose_battery_is_low_stands_below() -> None:
    known = {
        EYE.device: Battery(NOON, 12.0, low=True),
        "z2m:0x2": Battery(NOON, low=True),
        "z2m:0x3": Battery(NOON, 80.0, low=False),
        "z2m:0x4": Battery(NOON),
    }
    bindings = Bindings((Sensor(EYE.device, "occupancy", "bay-4"),))
    said = [one for one in listing((), our_shelf(), known, bindings).splitlines() if "low" in one]
    assert said == [
        "# The battery of z2m:0x00124b0022aa3300 at bay-4 is low: 12 %.",
        "# The battery of z2m:0x2 is low.",
    ]


def test_nobody_to_list_is_said() -> None:
    assert "There are none." in listed()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_what_devices_call_themselves_stays_in_its_line(a: str, b: str, c: str) -> None:
    odd = replace(EYE, device=f"esphome:{a}", name=b, model=c, last=((f"input-{b}", c),))
    text = listed(odd)
    read = tomllib.loads(text)
    assert set(read) <= {"sensor", "button"}
    assert "\x1b" not in text


def test_a_button_is_listed_as_one_and_its_low_battery_with_its_place() -> None:
    text = listed(replace(DOOR, model="", last=(("battery", 87.0),), channels=("button-left",)))
    device = 'device = "z2m:0x00124b0022aa33ff"'
    assert f'[[button]]\n{device}\nchannel = "button-left"\nbay = "..."\n' in text
    bindings, mistakes = read_bindings(text.replace("...", "bay-1"), frozenset({"bay-1"}))
    assert mistakes == ()
    weak = listing((), our_shelf(), {DOOR.device: Battery(NOON, percent=4.0, low=True)}, bindings)
    assert f"# The battery of {DOOR.device} at bay-1 is low: 4 %." in weak
    low, reader = {DOOR.device: Battery(NOON, low=True)}, Reader(called=Called({"bay-1": "1"}))
    named = listing((), our_shelf(), low, bindings, reader=reader)
    assert f"# The battery of {DOOR.device} at Bay 1 is low." in named


def test_a_relay_is_listed_as_a_lamp_that_somebody_has_to_think_about() -> None:
    text = listed(Seen("tasmota:tower", NOON, last=(("output-1", False), ("output-2", False))))
    assert "# or another channel: output-2\n[[lamp]]\n" in text
    written = text.replace('["..."]', '["late"]').replace('"..."', '"bay-1"')
    bindings, mistakes = read_bindings(written, frozenset({"bay-1"}))
    assert mistakes == ()
    assert [one.key for one in bindings.lamps] == [("tasmota:tower", "output-1")]
    assert read_bindings(text)[0].lamps == ()
    assert "[[lamp]]" not in listed(Seen("nuki:1A2B", NOON, last=(("output-1", False),)))


CHINESE = {
    "There are none.": "没有。",
    "{device}, last heard {time}": "{device}，最近一次消息 {time}",
    "profile {profile}, {share} sure: {name}": "型号档案 {profile}，把握 {share}：{name}",
    "{value}, so {means}: yes": "{value}，即 {means}：是",
    "The battery of {device} is low: {left}.": "{device} 的电池电量低：{left}。",
}
"""As a catalogue says it."""
READER = Reader("zh-Hans", lambda text: CHINESE.get(text, text))


def test_the_list_is_written_in_the_language_of_the_shop() -> None:
    shelf = our_shelf()
    low = {EYE.device: Battery(NOON, percent=4.0, low=True)}
    text = listing([guessed(DOOR, shelf)], shelf, low, reader=READER)
    assert "# z2m:0x00124b0022aa33ff (gate door, SNZB-04)，最近一次消息 " in text
    assert "# 型号档案 sonoff-snzb-04，把握 100 %：Sonoff SNZB-04 门窗传感器\n" in text
    assert "#   contact = false，即 door：是\n" in text
    assert f"# {EYE.device} 的电池电量低：4 %。\n" in text
    assert tomllib.loads(text)
    assert "# 没有。\n" in listing((), shelf, reader=READER)


def test_what_does_not_confirm_and_who_was_refused_is_told_in_any_language() -> None:
    said = {
        "The {kind} {where} ({device} {channel}) does not confirm what it is told.": (
            "{where}的{kind}没有确认"
        ),
        "at {place}": "{place}",
        "Bay {name}": "{name} 号工位",
        "of the shop": "全店",
        "lamp": "灯",
        "The badge of {person} was refused at {place} at {time}: {why}": "{person}：{why}",
        "There is no bay {bay}.": "没有工位 {bay}。",
    }
    dark = Alarm(Trouble.unproved, "tasmota:tower", "output-1", "lamp", "4")
    called = Called({"4": "4", "w": "洗车"}, {"tom": "王强"})

    def speak(text: str) -> str:
        return said.get(text, text)

    assert dark.told(speak, called) == "4 号工位的灯没有确认"
    assert replace(dark, bay="w").told(speak, called) == "洗车的灯没有确认"
    assert str(dark).startswith("The lamp at 4 (tasmota:tower output-1) does not confirm")
    badge = Alarm(
        Trouble.badge_refused,
        "native:reader",
        person="tom",
        why="There is no bay 9.",
        refused="unknown_bay",
        params=(("bay", "9"),),
    )
    assert badge.told(speak, called) == "王强：没有工位 9。"
    assert str(badge).endswith(": There is no bay 9.")


BAD = 'name = "x"\n[match]\nfamilies = ["tasmota"]\n'
GOOD = f'{BAD}[[channel]]\nchannel = "input"\nmeans = "car"\nenter_seconds = 0\n'


def test_a_running_shop_lists_devices_names_bad_profiles_and_reads_mended_ones(
    start_mosquitto: StartMosquitto, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("devices.hall.LOOK_SECONDS", 0.05)
    monkeypatch.setattr("devices.listed.WRITE_SECONDS", 0.05)
    file, profiles, inbox = (tmp_path / one for one in ("sensors.toml", "profiles", "inbox.toml"))
    profiles.mkdir()
    (profiles / "mine.toml").write_text(BAD)
    file.write_text('[[family]]\nname = "tasmota"\n')
    address = read_address(f"mqtt://127.0.0.1:{start_mosquitto().port}")
    files = HallSettings(SensorSettings("main", tmp_path, address), file, profiles, inbox)
    desk = Desk()

    async def scenario() -> None:
        hall = SensorHall(desk, files, now, Alone(), reader=lambda: READER)
        task = asyncio.create_task(hall.run())
        try:
            await until(lambda: any("mine.toml line 2" in one for one in hall.degraded))
            (profiles / "mine.toml").write_text(GOOD)
            await until(lambda: not hall.degraded, "the mended profile")
            with device_at(address.port) as device:

                def told() -> bool:
                    device.publish("tele/loop/SENSOR", b'{"Switch1":"ON"}', 1)
                    return inbox.exists() and 'profile = "mine"' in inbox.read_text()

                await until(told, "the device in the list")
                file.write_text(file.read_text() + inbox.read_text().replace("...", "bay-1"))
                await until(lambda: "没有。" in inbox.read_text(), "its being bound")
        finally:
            task.cancel()
            await asyncio.wait([task])

    asyncio.run(scenario())
    assert not inbox.exists()
