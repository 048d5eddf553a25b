"""No run of replayed, stale, empty, malformed or missing messages makes a bay free, or a battery 0.

Messages go the whole way: family, fold, profile, bay. Live ones only ever say that a car is there;
all that says free, and all that says nothing, is replayed, broken, or words of being there.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.adapters import Adapter
from devices.batteries import TOLD, Batteries
from devices.binding_tables import read_bindings
from devices.bindings import Bindings
from devices.bound import Bound, rebound
from devices.families import opened
from devices.memory import BayReport, Memory
from devices.profiles.known import Known
from devices.profiles.profile import Cell, Means, Profile, ProfileChannel, Sense
from devices.profiles.shelf import Shelf, our_shelf
from devices.readings import State
from devices.recall import Recall, recall
from devices.truth import Settled, Step, Subscribed, Tick, fold
from tests.devices.makers import BARRIER, MAKERS, WITHOUT_BATTERY, Maker
from tests.devices.moments import NOON, at

NOTHING: list[Any] = [None, "", "nan", "null", "unknown", {}, [], -1, 255, 65535, 1e300, "maybe"]
TURNED = Profile(
    "turned",
    "Light barrier that says on when nothing stands in it",
    families=("shelly-gen2",),
    names=("barrier*",),
    channels=(ProfileChannel("input", Means.car, Sense(invert=True, leave_seconds=1)),),
    own=True,
)
SHELF = Shelf({**our_shelf().profiles, "turned": TURNED})


@dataclass
class Shop:
    """One bay under one device, from bytes to what the bay's sensors say."""

    adapter: Adapter
    given: Bindings
    known: tuple[BayReport, ...] = ()
    told: list[BayReport] = field(default_factory=list)
    batteries: Batteries = field(default_factory=Batteries)
    recall: Recall = field(default_factory=Recall)
    now: float = 0

    def __post_init__(self) -> None:
        self.bound = Bound(self.given, self.given)
        self.memory = Memory(NOON, {one.bay: one for one in self.known})

    def hear(self, topic: str, payload: bytes, retained: bool) -> None:
        """One message, as the intake takes it."""
        for reading in self.adapter.parse(topic, payload, retained, at(self.now)):
            known = self.recall.known
            self.recall, found = recall(self.recall, self.adapter, reading, SHELF)
            self.follow(known)
            for one in found:
                if isinstance(one, State) and one.capability in TOLD:
                    self.batteries.note(one, Cell())
                self.step(one)

    def follow(self, before: Known) -> None:
        """What a device tells of itself may change how it is read."""
        if self.recall.known is not before:
            was, names = self.bound.now, self.recall.names
            self.bound = self.bound.after(names, self.recall.known, SHELF)
            self.memory = rebound(self.memory, was, self.bound.now, names)

    def step(self, step: Step) -> None:
        self.memory, reports = fold(self.memory, self.bound.now, step)
        self.told += reports


def shop(maker: Maker, *, named: bool = True) -> Shop:
    name = f'profile = "{maker.profile}"\n' if named and maker.profile else ""
    head = f'[[sensor]]\ndevice = "{maker.device}"\nchannel = "{maker.channel}"\nbay = "bay-1"\n'
    bindings, mistakes = read_bindings(head + name, None, SHELF.profiles)
    assert mistakes == ()
    return Shop(opened(maker.family, maker.base), bindings)


def attempts(maker: Maker) -> st.SearchStrategy[tuple[str, bytes, bool, float]]:
    """Topic, payload, whether it is a replay, and the seconds until the next."""
    whole = maker.message(maker.car)
    odd = st.sampled_from([maker.message(one) for one in NOTHING])
    cut = st.integers(0, len(whole) - 1).map(lambda end: whole[:end])
    left = [(maker.battery[0], maker.message(one, maker.battery[1])) for one in NOTHING]
    said = st.one_of(
        st.tuples(st.just((maker.topic, maker.message(maker.free))), st.just(True)),
        st.tuples(st.just((maker.topic, whole)), st.booleans()),
        st.tuples(odd.map(lambda one: (maker.topic, one)), st.booleans()),
        st.tuples(cut.map(lambda one: (maker.topic, one)), st.booleans()),
        st.tuples(st.sampled_from([*maker.says, *left]), st.booleans()),
    )
    pause = st.sampled_from([0.1, 1, 6, 25, 90, 700, 40_000, 200_000])
    return st.tuples(said, pause).map(lambda one: (*one[0][0], one[0][1], one[1]))


def declared(bay: Shop, maker: Maker) -> None:
    """What tells who a device is and what its values mean."""
    for topic, payload in maker.says:
        if payload.startswith((b"{", b"[")) and b"state" not in payload:
            bay.hear(topic, payload, True)


@pytest.mark.parametrize("maker", MAKERS, ids=lambda one: one.family)
def test_messages_of_the_devices_are_as_they_should_be(maker: Maker) -> None:
    """Live, they make the bay occupied and then free: else the property below says nothing."""
    bay = shop(maker)
    declared(bay, maker)
    for value in (maker.car, maker.free):
        for _ in range(5):
            bay.hear(maker.topic, maker.message(value), False)
            bay.now += 7
            bay.step(Tick(at(bay.now)))
        bay.now += 25
        bay.step(Tick(at(bay.now)))
    assert [one.present for one in bay.told] == [True, False]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda one: one.family)
@settings(max_examples=40, deadline=None)
@given(data=st.data(), named=st.booleans(), joined=st.booleans())
def test_nothing_but_a_live_reading_makes_a_bay_free(
    maker: Maker, data: st.DataObject, named: bool, joined: bool
) -> None:
    bay = shop(maker, named=named or maker is BARRIER)
    if named:
        declared(bay, maker)
    if joined:
        bay.step(Subscribed(NOON))
    for topic, payload, retained, pause in data.draw(st.lists(attempts(maker), max_size=12)):
        bay.hear(topic, payload, retained)
        bay.now += pause
        bay.step(Settled(at(bay.now)) if bay.memory.settling else Tick(at(bay.now)))
    assert False not in [one.present for one in bay.told]
    assert 0 not in [one.percent for one in bay.batteries.known.values()]


@pytest.mark.parametrize(
    "maker", [one for one in MAKERS if one not in WITHOUT_BATTERY], ids=lambda one: one.family
)
def test_a_battery_that_says_nothing_is_unknown(maker: Maker) -> None:
    bay = shop(maker)
    declared(bay, maker)
    topic, shape = maker.battery
    bay.hear(topic, maker.message("64" if shape == "$" else 64, shape), False)
    assert [one.percent for one in bay.batteries.known.values()] == [64]
    for one in NOTHING:
        bay.hear(topic, maker.message(one, shape), False)
        assert [known.percent for known in bay.batteries.known.values()] in ([64], [None])
