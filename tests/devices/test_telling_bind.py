"""Whoever binds devices is told which row reacts, what may be bound, and what shadows would do."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from devices.bindings import Bindings
from devices.buttons import Button
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.profiles.shelf import our_shelf
from devices.telling import Told
from devices.telling_bind import Watched, told_bind, told_calibration, told_listen
from tests.devices.intakes import CAR, EYE, NONE, Desk, Door, intake
from tests.devices.moments import SONAR, at
from tests.devices.waiting import until

OF_NEW = "shop/main/dev/new/"
SHADOW = replace(EYE, device="native:new", shadow=True)
PRESSED = b'{"e":"press","k":"long","id":"b-1"}'


def watched(door: Door) -> Watched:
    return Watched(door.intake.situation(our_shelf()), door.intake.watching)


def as_json(told: Told | None) -> Any:
    """As it comes to a page."""
    return json.loads(json.dumps(told))


@asynccontextmanager
async def heard(bound: Bindings, *messages: tuple[str, bytes]) -> AsyncIterator[Door]:
    async with intake(Desk(), bindings=bound) as door:
        for second, (topic, payload) in enumerate(messages):
            door.bring(payload, second, topic=topic)
        await door.read(len(messages))
        yield door


def test_the_row_that_reacted_last_comes_first_with_every_device_beside_it() -> None:
    async def run() -> None:
        eye = (f"{OF_NEW}st/occupancy", NONE), (f"{OF_NEW}st/occupancy", CAR)
        async with heard(Bindings(), *eye, (f"{OF_NEW}ev/button-1", PRESSED)) as door:
            told = as_json(told_listen(watched(door), at(1), at(60)))
        assert [(one["channel"], one["before"], one["after"]) for one in told["rows"]] == [
            ("button-1", None, "long"),
            ("occupancy", False, True),
        ]
        assert [one["id"] for one in told["list"]["unbound"]] == ["native:new"]

    asyncio.run(run())


def test_a_device_can_be_bound_by_what_it_has_said_and_pressed() -> None:
    async def run() -> None:
        said = [(f"{OF_NEW}st/{one}", CAR) for one in ("occupancy", "motion", "battery_low")]
        async with heard(Bindings(), *said, (f"{OF_NEW}ev/button-1", PRESSED)) as door:
            told = as_json(told_bind(watched(door), "native:new"))
            assert told_bind(watched(door), "homie:nobody") is None
            silent = as_json(told_bind(watched(door), "native:lamp"))
        assert {one["kind"] for one in silent["choices"]} == {"lamp"}, "it may never speak"
        sensed = [one for one in told["choices"] if one["kind"] != "lamp"]
        assert {(one["kind"], one["channel"]) for one in sensed} == {
            ("sensor", "occupancy"),
            ("button", "button-1"),
        }
        assert (told["bind_as"], told["names"]) == ("native:new", ["native:new"])

    asyncio.run(run())


def test_each_channel_of_a_device_comes_with_the_profile_that_fits_it() -> None:
    """A device with two uses was guessed to be of one, and the other could not be written."""

    async def run() -> None:
        said = (f"{OF_NEW}st/distance", b'{"v":900}'), (f"{OF_NEW}st/occupancy", CAR)
        async with heard(Bindings(), *said, (f"{OF_NEW}st/input", CAR)) as door:
            told = as_json(told_bind(watched(door), "native:new"))
        fitting = {one["channel"]: one.get("profile") for one in told["choices"]}
        assert fitting["distance"] == "native-sonar"
        assert fitting["occupancy"] == "native-occupancy"
        assert fitting["input"] == "", "none says anything of it"
        async with heard(Bindings((SHADOW,)), *said) as door:
            told = as_json(told_bind(watched(door), "native:new"))
        assert told["choices"][0]["profile"] == "native-sonar", "also when one channel is bound"

    asyncio.run(run())


def test_a_bound_channel_is_told_with_what_it_means_before_it_has_spoken() -> None:
    """Bound by hand, an infrared sensor was warned of only after it had said something."""
    eye = "0x00124b0022aa33ff"
    entry = {"ieee_address": eye, "friendly_name": "eye", "definition": {"model": "SNZB-03P"}}
    listed = json.dumps([entry]).encode()

    async def run() -> None:
        sensor = replace(EYE, device=f"z2m:{eye}")
        bound = Bindings((sensor,))
        async with intake(Desk(), bindings=bound, adapters=(Zigbee2Mqtt(),)) as door:
            door.bring(listed, 0, topic="zigbee2mqtt/bridge/devices")
            await door.read(1)
            told = as_json(told_bind(watched(door), f"z2m:{eye}"))
        [seen] = [one for one in told["choices"] if one["kind"] == "sensor"]
        assert (seen["channel"], seen["fits"], seen["means"]) == ("occupancy", False, "motion")

    asyncio.run(run())


def test_what_a_device_in_shadow_would_do_is_told_with_its_bay() -> None:
    async def run() -> None:
        button = Button("native:new", "button-1", "bay-1", shadow=True)
        pressed = (f"{OF_NEW}ev/button-1", PRESSED)
        bound = Bindings((SHADOW,), (button,))
        async with heard(bound, (f"{OF_NEW}st/occupancy", CAR), pressed) as door:
            await until(lambda: door.intake.watching.shadows.total == 2)
            told = as_json(told_bind(watched(door), "native:new"))
        assert [(one["bay"], one["present"], one["cause"]) for one in told["would"]] == [
            ("bay-1", True, "sensor")
        ]
        assert (told["count"], {one["deed"] for one in told["deeds"]}) == (2, {"report", "call"})
        assert told["device"]["is_bound"] is True
        assert [one["shadow"] for one in told["device"]["hooks"]] == [True, True]

    asyncio.run(run())


def test_who_hangs_nowhere_could_take_its_place() -> None:
    async def run() -> None:
        other = ("shop/main/dev/other/st/occupancy", CAR)
        async with heard(Bindings((SHADOW,)), (f"{OF_NEW}st/occupancy", CAR), other) as door:
            told = as_json(told_bind(watched(door), "native:new"))
        assert [one["id"] for one in told["others"]] == ["native:other"]

    asyncio.run(run())


def test_a_sonar_is_measured_and_thresholds_are_suggested() -> None:
    async def run() -> None:
        said = [("shop/main/dev/sonar/st/distance", b'{"v":1400}')] * 6
        async with heard(Bindings((SONAR,)), *said) as door:
            here = watched(door)
            told = as_json(told_calibration(here, SONAR.key, at(1), [2600] * 5, [1400] * 5))
            bare = as_json(told_calibration(here, ("native:x", "distance"), at(0), [], []))
        assert told["readings"] == [1400.0] * 5
        assert (told["now"]["middle_mm"], told["unfit"]) == (1400, "")
        assert told["thresholds"]["enter_below_mm"] == 1500
        assert (bare["now"], bare["unfit"], bare["thresholds"]) == (None, "few_empty", None)

    asyncio.run(run())
