"""What pages are told of devices is what they read, whatever a device says."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.batteries import Battery
from devices.bindings import Bindings, Sensor
from devices.buttons import Button
from devices.deliveries import Delivery
from devices.inbox import Inbox, guessed
from devices.lamps import Lamp
from devices.logbook import Counts, Point, Tally
from devices.logbooks import Logbooks
from devices.memory import BayReport, Cause, Memory
from devices.profiles.known import Known, learn
from devices.profiles.shelf import our_shelf
from devices.readings import (
    Alive,
    Availability,
    Capability,
    Diagnostic,
    Finding,
    Observation,
    State,
)
from devices.situation import Situation
from devices.telling import as_json, told_device, told_list
from devices.truth import Step, Tick, fold
from displays.device_facts import Answer, Device, Listed, read_answer
from tests.devices.moments import EYE, NOON, SONAR, at, measures, says, sees
from tests.devices.samples import COMMANDS, Sample, adapter_for, read, samples

HEARD = [one for name, one in samples().items() if name not in COMMANDS and adapter_for(one)]
TEXTS = st.text(max_size=300) | st.just("\ud800 half a sign")
LINK = {"address": "", "fault": "", "refused": [], "families": [], "mistakes": []}


def situation(
    found: Sequence[Observation], delivery: Delivery, bindings: Bindings | None = None
) -> Situation:
    """After one message."""
    bound, books, inbox, known = bindings or Bindings(), Logbooks(), Inbox(), Known()
    books.bind(bound.devices, {})
    books.note(delivery, found)
    for one in found:
        inbox.note(one)
        known = learn(known, one)
    unbound = tuple(guessed(one, our_shelf()) for one in inbox.devices)
    return Situation(NOON, bound, Memory(NOON), known, our_shelf(), books, unbound, {})


def shown(here: Situation, device: str) -> Device:
    """What the page of a device reads."""
    found = read_answer(as_json({"link": LINK, "device": told_device(here, device)})).device
    assert found is not None
    return found


def listed(here: Situation) -> Listed:
    """What the list reads."""
    found: Answer = read_answer(as_json({"link": LINK, "list": told_list(here)}))
    assert found.list is not None
    return found.list


@pytest.mark.parametrize("sample", HEARD, ids=lambda one: one.id)
def test_every_published_message_reaches_the_pages(sample: Sample) -> None:
    adapter = adapter_for(sample)
    assert adapter is not None
    found = read(sample, adapter)
    here = situation(found, Delivery(sample.topic, sample.payload, sample.retained, NOON))
    listed(here)
    for device in {one.device for one in found if one.device}:
        page = shown(here, device)
        assert not page.is_bound
        assert len(page.messages) <= 1


@settings(max_examples=40, deadline=300)
@given(st.floats(allow_nan=True) | TEXTS | st.none() | st.booleans())
def test_no_value_keeps_a_page_from_being_read(value: float | str | bool | None) -> None:
    seen = State("native:eye", "distance", Capability.distance, value, NOON, False)
    here = situation([seen], Delivery("shop/main/dev/eye/st/distance", b"\xff\x00", False, NOON))
    assert shown(here, "native:eye").id == "native:eye"


def test_each_standing_has_its_cause() -> None:
    sensors = (EYE, SONAR, Sensor("native:far", "occupancy", "bay-2"))
    bindings, memory = Bindings(sensors), Memory(NOON)

    def after(seconds: float, *steps: Step) -> dict[str, str]:
        nonlocal memory
        for step in (*steps, Tick(at(seconds))):
            memory, _ = fold(memory, bindings, step)
        books = Logbooks(bindings.devices)
        here = Situation(at(seconds), bindings, memory, Known(), our_shelf(), books, (), {})
        return {one.id.removeprefix("native:"): one.standing for one in listed(here).bound}

    assert after(0) == {"eye": "unknown", "sonar": "unknown", "far": "unknown"}
    near = [measures(500, second) for second in range(10)]
    assert after(40, sees(False, 1), *near, sees(False, 30))["eye"] == "good"
    assert after(80, sees(False, 79), measures(500, 79))["sonar"] == "conflict"
    assert after(90, says(Alive.offline, 82))["eye"] == "offline"
    assert after(1000)["sonar"] == "stale"


def test_a_bound_device_tells_its_bay_its_battery_and_who_agrees() -> None:
    other = Sensor("native:other", "occupancy", "bay-1")
    bindings, memory = Bindings((EYE, other)), Memory(NOON)
    for second in (0, 6):
        for sensor in (EYE, other):
            memory, _ = fold(memory, bindings, sees(True, second, sensor))
    books = Logbooks(bindings.devices)
    batteries = {EYE.device: Battery(NOON, 14, low=True)}
    now = NOON + timedelta(seconds=10)
    here = Situation(now, bindings, memory, Known(), our_shelf(), books, (), batteries)
    page = shown(here, EYE.device)
    assert (page.is_bound, page.standing, page.battery and page.battery.low) == (True, "good", True)
    [bay] = page.bays
    assert (bay.bay, bay.present, bay.cause) == ("bay-1", True, "sensor")
    assert {one.device for one in (*bay.devices, *bay.agree)} == {EYE.device, other.device}
    assert told_device(here, "native:nobody") is None


def test_a_level_that_was_known_before_the_start_began_then() -> None:
    before = BayReport("bay-1", True, at(-900), EYE.device, Cause.sensor)
    bindings, memory = Bindings((EYE,)), Memory(NOON, bays={"bay-1": before})
    for step in (sees(True, 2), Tick(at(10))):
        memory, _ = fold(memory, bindings, step)
    books = Logbooks(bindings.devices)
    here = Situation(at(20), bindings, memory, Known(), our_shelf(), books, (), {})
    [bay] = shown(here, EYE.device).bays
    assert (bay.present, bay.since) == (True, at(-900))


def test_a_device_that_has_been_silent_since_the_start_shows_what_was_known_before() -> None:
    books = Logbooks(frozenset({EYE.device}))
    tally = Tally(at(-9000), at(-60), Counts(4000))
    books.remember({EYE.device: [Point(at(-60).date(), 14, None, True)]}, {EYE.device: tally})
    bindings = Bindings((EYE,))
    here = Situation(NOON, bindings, Memory(NOON), Known(), our_shelf(), books, (), {})
    page = shown(here, EYE.device)
    assert (page.counts["messages"], page.counted_since, page.heard) == (4000, at(-9000), at(-60))
    assert page.battery is not None
    assert (page.battery.percent, page.battery.low, page.standing) == (14, True, "unknown")


def test_who_says_otherwise_for_long_is_shown_though_another_one_decides() -> None:
    camera = Sensor("native:camera", "occupancy", "bay-1", priority=1)
    bindings, memory = Bindings((EYE, camera)), Memory(NOON)
    for second in (0, 6, 25):
        for sensor in (EYE, camera):
            memory, _ = fold(memory, bindings, sees(sensor is EYE, second, sensor))

    def told(second: float) -> tuple[str, bool | None, list[str]]:
        books = Logbooks(bindings.devices)
        here = Situation(at(second), bindings, memory, Known(), our_shelf(), books, (), {})
        page = shown(here, EYE.device)
        outvoted = [one.device for one in page.bays[0].against]
        return page.standing, page.bays[0].present, outvoted

    assert told(26) == ("good", False, [])
    assert told(40) == ("conflict", False, [EYE.device])


@pytest.mark.parametrize(("hours", "standing"), [(9, "good"), (11, "stale")])
def test_a_button_with_an_empty_battery_is_missed(hours: float, standing: str) -> None:
    device = "z2m:0x00124b0022aa33ff"
    model = Diagnostic(device, Finding.model, NOON, text="SNZB-01P")
    delivery = Delivery("zigbee2mqtt/andon", b"{}", False, NOON)
    here = situation([model], delivery, Bindings((), (Button(device, "button-1", "bay-1"),)))
    later = replace(here, now=at(3600 * hours), unbound=())
    assert shown(later, device).standing == standing


@pytest.mark.parametrize(("retained", "standing"), [(True, "unknown"), (False, "good")])
@pytest.mark.parametrize("kind", ["button", "lamp"])
def test_what_only_the_broker_repeats_makes_no_device_good(
    kind: str, retained: bool, standing: str
) -> None:
    device, topic = "tasmota:tower", "tele/tower/LWT"
    here = Availability(device, Alive.online, NOON, retained)
    button, lamp = Button(device, "button-1", "bay-1"), Lamp(device, "output-1", "bay-1")
    bound = Bindings((), (button,)) if kind == "button" else Bindings(lamps=(lamp,))
    delivery = Delivery(topic, b"Online", retained, NOON)
    seen = replace(situation([here], delivery, bound), unbound=())
    assert shown(seen, device).standing == standing
