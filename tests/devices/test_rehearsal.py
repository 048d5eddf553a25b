"""A message can be tried: it says what would follow, and nothing does."""

import json
from dataclasses import replace

from msgspec import structs

from devices.badges import MARK_SIGNS, Reader, mark_of
from devices.bindings import Bindings, Sensor
from devices.buttons import Button
from devices.deliveries import Delivery
from devices.families.native import Native
from devices.memory import BayReport, Cause, Memory
from devices.recall import NO_PROFILES, Recall
from devices.rehearsal import Rehearsed, Stage, Would, rehearsed
from devices.truth import fold
from tests.devices.moments import EYE, NOON, SONAR, at, sees

KEY = b"the site's own"
MARK = mark_of(KEY, "04A3B2C1")[:MARK_SIGNS]
BINDINGS = Bindings(
    (replace(EYE, enter_seconds=0), replace(SONAR, bay="bay-2")),
    (Button("native:andon", "button-1", "bay-3"),),
    (Reader("native:reader", "bay-3"),),
    {MARK: "tom"},
)
STAGE = Stage(NOON, (Native("main"),), Recall(), NO_PROFILES, BINDINGS, Memory(NOON), KEY)


def tried(rest: str, payload: object, retained: bool = False, stage: Stage = STAGE) -> Rehearsed:
    text = payload if isinstance(payload, str) else json.dumps(payload)
    delivery = Delivery(f"shop/main/dev/{rest}", text.encode(), retained, stage.now)
    return rehearsed(stage, delivery)


def test_a_level_says_what_the_bay_becomes_at_once_and_the_memory_stays() -> None:
    before = repr(STAGE)
    found = tried("eye/st/occupancy", {"v": True, "n": 1})
    assert found.said == (("level", "occupancy", True),)
    [bay] = found.bays
    assert (bay.bay, bay.before, bay.now, bay.later) == ("bay-1", None, True, True)
    assert found.would == (Would("report", "bay-1"),)
    assert repr(STAGE) == before


def test_a_device_in_shadow_says_what_its_bay_would_become() -> None:
    """The page said that no sensor hangs there."""
    (eye, *rest) = BINDINGS.sensors
    stage = replace(STAGE, bindings=replace(BINDINGS, sensors=(replace(eye, shadow=True), *rest)))
    found = tried("eye/st/occupancy", {"v": True}, stage=stage)
    [bay] = found.bays
    assert (bay.shadow, bay.now, bay.later, bay.cause) == (True, True, True, "sensor")
    assert found.would == (Would("report", "bay-1", shadow=True),)
    would = structs.replace(
        stage.memory, shadows={"bay-1": BayReport("bay-1", True, NOON, "", Cause.sensor)}
    )
    [bay] = tried("eye/st/occupancy", {"v": False}, stage=replace(stage, memory=would)).bays
    assert bay.before is True


def test_a_level_that_has_to_last_says_what_comes_when_it_stays() -> None:
    memory, _ = fold(STAGE.memory, BINDINGS, sees(True, 0))
    stage = replace(STAGE, memory=memory, now=at(10))
    [bay] = tried("eye/st/occupancy", {"v": False}, stage=stage).bays
    assert (bay.before, bay.now, bay.later, bay.after_seconds) == (True, True, False, 21)
    [bay] = tried("sonar/st/distance", {"v": 540}).bays
    assert (bay.bay, bay.now, bay.later, bay.after_seconds) == ("bay-2", None, True, 6)


def test_a_replay_makes_no_bay_free_in_a_trial_either() -> None:
    memory, _ = fold(STAGE.memory, BINDINGS, sees(True, 0))
    stage = replace(STAGE, memory=memory, now=at(10))
    [bay] = tried("eye/st/occupancy", {"v": False}, True, stage).bays
    assert bay.later is not False


def test_a_press_and_a_badge_say_what_they_would_ask() -> None:
    pressed = tried("andon/ev/button-1", {"e": "press", "k": "double", "id": "1-1"})
    assert pressed.would == (Would("call", "bay-3", word="parts"),)
    triple = tried("andon/ev/button-1", {"e": "press", "k": "triple", "id": "1-1"})
    assert triple.would == (Would("nothing", "bay-3", word="triple"),)
    assert tried("andon/ev/button-1", {"e": "press", "k": "single"}, True).would == ()
    shown = tried("reader/ev/badge", {"e": "badge", "k": "04A3B2C1", "id": "1-1"})
    assert shown.would == (Would("badge", "bay-3", holder="tom"),)
    stranger = tried("reader/ev/badge", {"e": "badge", "k": "04A3B2C2", "id": "1-1"})
    assert stranger.would == (Would("badge", "bay-3"),)
    plate = tried("gate/ev/plate", {"e": "plate", "k": "京A12345", "id": "1-1"})
    assert plate.would == (Would("plate"),)
    assert plate.unbound == ("native:gate",)


def test_what_nobody_reads_and_what_cannot_be_read_is_said() -> None:
    assert not rehearsed(STAGE, Delivery("nobody/at/all", b"ON", False, NOON)).is_claimed
    assert tried("eye/st/occupancy", "{spliced").said[0][0] == "malformed"
    assert tried("stranger/st/occupancy", {"v": True}).unbound == ("native:stranger",)


def test_a_message_that_was_heard_just_now_counts_as_new_in_a_trial() -> None:
    sensors = (Sensor("native:eye", "occupancy", "bay-1", enter_seconds=0),)
    heard = structs.replace(sees(True, 0), number=7)
    memory, _ = fold(Memory(NOON), Bindings(sensors), structs.replace(heard, value=False))
    stage = replace(STAGE, memory=memory, bindings=Bindings(sensors))
    [bay] = tried("eye/st/occupancy", {"v": True, "n": 7}, stage=stage).bays
    assert bay.now is True
