"""Messages of Frigate mean plates by track, cars in zones and whether it runs."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families.frigate import VEHICLES, Frigate
from devices.readings import (
    Alive,
    Availability,
    Event,
    EventKind,
    Level,
    Malformed,
    Observation,
    State,
)
from devices.recall import Recall, recall
from tests.devices.moments import NOON

AT = NOON.timestamp()
BRIDGE = "frigate-bridge:frigate"
CAR = {"id": "1.5-x", "camera": "gate", "label": "car", "frame_time": AT}


class Eye:
    """A Frigate that is heard one message after the other."""

    def __init__(self) -> None:
        self.before = Recall()

    def hear(self, name: str, value: object, retained: bool = False) -> list[Observation]:
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        found: list[Observation] = []
        for one in Frigate().parse(f"frigate/{name}", raw, retained, NOON):
            self.before, meant = recall(self.before, Frigate(), one)
            found.extend(meant)
        return found


def lpr(plate: object, score: object = 0.9, track: str = "1.5-x") -> dict[str, object]:
    return {
        "type": "lpr", "id": track, "name": "Li's car", "plate": plate, "score": score,
        "camera": "gate", "timestamp": AT,
    }  # fmt: skip


def levels(found: list[Observation]) -> list[tuple[str, str, Level]]:
    return [(one.device, one.channel, one.value) for one in found if isinstance(one, State)]


def plates(found: list[Observation]) -> list[tuple[str, float | None]]:
    return [(one.value, one.score) for one in found if isinstance(one, Event)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=8))
def test_of_one_track_only_surer_reads_pass(scores: list[float]) -> None:
    eye = Eye()
    passed = [
        score
        for number, score in enumerate(scores)
        if eye.hear("tracked_object_update", lpr(f"JD{number}", score))
    ]
    assert passed == [one for at, one in enumerate(scores) if one > max(scores[:at], default=0)]


def test_a_plate_comes_in_capitals_without_the_name_that_people_gave() -> None:
    [read] = Eye().hear("tracked_object_update", lpr("京a·d1234"))
    assert isinstance(read, Event)
    assert (read.device, read.kind, read.value) == ("frigate:gate", EventKind.plate, "京AD1234")
    assert (read.track, read.device_time, read.bridge) == ("1.5-x", NOON, BRIDGE)
    assert "Li" not in repr(read)


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ({"recognized_license_plate": "jd60"}, ("JD60", None)),
        ({"recognized_license_plate": ["jd60", 0.7]}, ("JD60", 0.7)),
        (
            {"recognized_license_plate": "jd60", "recognized_license_plate_score": 0.7},
            ("JD60", 0.7),
        ),
        ({"recognized_license_plate": "jd60", "recognized_license_plate_score": 7}, ("JD60", None)),
    ],
)
def test_an_event_tells_the_plate_in_each_of_its_forms(
    told: dict[str, object], read: tuple[str, float | None]
) -> None:
    found = Eye().hear("events", {"type": "update", "after": CAR | told})
    assert plates(found) == [read]


@pytest.mark.parametrize(
    "told",
    [
        {"recognized_license_plate": None},
        {"recognized_license_plate": []},
        {},
        {"recognized_license_plate": "JD60", "false_positive": True},
        {"recognized_license_plate": "JD60", "label": "person"},
    ],
)
def test_no_plate_is_no_event(told: dict[str, object]) -> None:
    assert Eye().hear("events", {"type": "new", "after": CAR | told}) == []


def test_the_same_plate_on_both_topics_is_one_read() -> None:
    eye = Eye()
    assert len(eye.hear("tracked_object_update", lpr("JD60", 0.9))) == 1
    after = CAR | {"recognized_license_plate": ["JD60", 0.9]}
    assert eye.hear("events", {"type": "end", "after": after}) == []
    other = eye.hear("tracked_object_update", lpr("JD60", 0.5, track="another car"))
    assert plates(other) == [("JD60", 0.5)]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 40), st.sampled_from(VEHICLES), st.sampled_from(["bay1", "车位 2"]))
def test_a_count_says_whether_a_zone_is_taken(count: int, label: str, zone: str) -> None:
    place = zone if label == "car" else f"{zone}-{label}"
    found = Eye().hear(f"{zone}/{label}", str(count).encode())
    assert levels(found) == [(f"frigate:zone/{zone}", f"occupancy-{place}", count > 0)]


def test_a_standing_car_takes_its_zone_and_only_the_count_frees_it() -> None:
    after = CAR | {"stationary": True, "current_zones": ["bay1"]}
    found = Eye().hear("events", {"type": "update", "after": after})
    assert levels(found) == [("frigate:zone/bay1", "occupancy-bay1", True)]
    for kind, gone in (("end", after), ("update", CAR | {"current_zones": []})):
        assert Eye().hear("events", {"type": kind, "after": gone}) == []
    driving = CAR | {"stationary": False, "current_zones": ["bay1"]}
    assert Eye().hear("events", {"type": "update", "after": driving}) == []


@pytest.mark.parametrize("word", ["online", "offline", "stopped"])
def test_its_own_word_counts_for_all_its_cameras(word: str) -> None:
    [found] = Eye().hear("available", word.encode(), retained=True)
    alive = Alive.online if word == "online" else Alive.offline
    assert found == Availability(BRIDGE, alive, NOON, True)


def test_what_the_broker_kept_is_no_plate() -> None:
    assert Eye().hear("tracked_object_update", lpr("JD60"), retained=True) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("gate/car/snapshot", b"\xff\xd8"),
        ("gate/car/active", b"1"),
        ("gate/person", b"3"),
        ("stats", b"{}"),
        ("gate/motion/state", b"ON"),
        ("tracked_object_update", {"type": "description"}),
        ("tracked_object_update", lpr(None)),
    ],
)
def test_other_messages_mean_nothing(name: str, value: object) -> None:
    assert Eye().hear(name, value) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bay1/car", b"-1"),
        ("bay1/car", b"1.5"),
        ("bay1/car", b"many"),
        ("bay1/car", b"\xff"),
        ("bay1/car", b"9" * 200),
        ("available", b"perhaps"),
        ("events", b"{"),
        ("events", {"after": []}),
        ("tracked_object_update", {"type": "lpr", "plate": "JD60"}),
    ],
)
def test_what_cannot_be_read_is_malformed(name: str, value: object) -> None:
    [found] = Eye().hear(name, value)
    assert isinstance(found, Malformed)
