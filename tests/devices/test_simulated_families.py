"""Every family of the simulator is understood by our adapter of that family, deed by deed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from devices.adapters import Adapter
from devices.families import FAMILIES, opened
from devices.readings import Event, EventKind, Level, Observation, State
from devices.recall import Recall, adapters_of, recall
from simulator.tongues import EVERY
from simulator.tongues.native import NativeTongue
from simulator.tongues.tongue import FAR_MM, Badge, Car, Deed, Moment, Plate, Press, Said, Tongue
from tests.devices.moments import NOON

BADGE = "04A2B3C4D5"
LEVELS = [one for one in EVERY if one not in ("esp-rfid", "nuki")]
PRESSES = [one for one in LEVELS if one not in ("sparkplug-b", "frigate", "ha-discovery")]
BADGES = ["native", "tasmota", "esphome", "homie", "esp-rfid", "nuki"]


@dataclass
class Listener:
    """Hears one device after the other as the intake does."""

    adapter: Adapter
    known: Recall = field(default_factory=Recall)
    number: int = 0

    @property
    def now(self) -> datetime:
        """Far enough from deed to deed that none is taken for a copy of another."""
        return NOON + timedelta(seconds=10 * self.number)

    def hear(self, said: Sequence[Said], retained: bool = False) -> list[Observation]:
        found: list[Observation] = []
        for one in said:
            assert adapters_of(self.known, [self.adapter], one.topic), one.topic
            for reading in self.adapter.parse(one.topic, one.payload, retained, self.now):
                self.known, meant = recall(self.known, self.adapter, reading)
                found += meant
        return found

    def see(self, tongue: Tongue, deed: Deed) -> list[Observation]:
        self.number += 1
        return self.hear(tongue.says(deed, Moment(self.now, self.number)))


def listener(tongue: Tongue) -> Listener:
    found = Listener(
        opened(tongue.family, tongue.base or ("main" if tongue.family == "native" else ""))
    )
    found.hear(tongue.lives(True))
    return found


def level(found: list[Observation], tongue: Tongue) -> Level:
    values = [
        one.value
        for one in found
        if isinstance(one, State) and (one.device, one.channel) == (tongue.device, tongue.channel)
    ]
    assert values, [(getattr(one, "device", ""), getattr(one, "channel", ""), one) for one in found]
    return values[-1]


def events(found: list[Observation], tongue: Tongue) -> list[tuple[EventKind, str]]:
    return [(one.kind, one.value) for one in found if isinstance(one, Event)]


def test_the_simulator_speaks_every_family() -> None:
    assert EVERY.keys() == FAMILIES.keys()


@pytest.mark.parametrize("family", LEVELS)
def test_a_car_comes_and_goes(family: str) -> None:
    tongue = EVERY[family]
    heard = listener(tongue)
    seen = [level(heard.see(tongue, Car(there)), tongue) for there in (True, False, True)]
    if tongue.channel == "distance":
        seen = [isinstance(one, float) and one < FAR_MM / 2 for one in seen]
    assert seen == [True, False, True]


@pytest.mark.parametrize("family", PRESSES)
def test_each_press_counts_once(family: str) -> None:
    tongue = NativeTongue("andon", "button-1") if family == "native" else EVERY[family]
    heard = listener(tongue)
    heard.see(tongue, Press())
    found = [one for word in ("single", "double", "long") for one in heard.see(tongue, Press(word))]
    assert [what for _, what in events(found, tongue)] == ["single", "double", "long"]


@pytest.mark.parametrize("family", BADGES)
def test_a_badge_is_read(family: str) -> None:
    tongue = NativeTongue("reader", "badge") if family == "native" else EVERY[family]
    [(kind, _)] = events(listener(tongue).see(tongue, Badge(BADGE)), tongue)
    assert kind is EventKind.badge


@pytest.mark.parametrize("family", list(EVERY))
def test_no_replay_is_an_event(family: str) -> None:
    tongue = EVERY[family]
    heard = listener(tongue)
    for deed in (Press(), Badge(BADGE), Plate("京A12345")):
        said = tongue.says(deed, Moment(NOON, 7))
        assert events(heard.hear(said, retained=True), tongue) == []
