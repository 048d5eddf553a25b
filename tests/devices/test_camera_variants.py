"""Cameras of other models and firmware write the same read in other ways."""

import json

import pytest

from devices.cameras.reading import PlateCameras
from devices.readings import Event, Observation
from tests.devices.cameras import dahua_lines, hikvision, multipart
from tests.devices.ears import Ear

SEEN = {"TrafficCar": {"PlateNumber": "A 12-345"}, "Object": {"Confidence": 99}}


def post(ear: Ear, body: object, kind: str = "application/json", seconds: float = 0) -> list[Event]:
    found: list[Observation] = ear.hear(kind, body, seconds)
    return [one for one in found if isinstance(one, Event)]


@pytest.mark.parametrize("colour", ["蓝", "黄", "绿", "黄绿", "渐变绿", "白", "黑", "蓝牌", " 蓝 "])
def test_the_colour_before_a_province_is_no_part_of_a_plate(colour: str) -> None:
    [read] = post(Ear(PlateCameras()), hikvision(f"{colour}粤B12345"), "text/xml")
    assert read.value == "粤B12345"


@pytest.mark.parametrize("plate", ["粤B12345", "黑A12345", "ABC123"])
def test_a_province_named_like_a_colour_stays(plate: str) -> None:
    [read] = post(Ear(PlateCameras()), hikvision(plate), "text/xml")
    assert read.value == plate


@pytest.mark.parametrize(
    "body",
    [
        "Code=TrafficJunction;action=Pulse;index=0;data=" + json.dumps(SEEN, indent=1),
        {"Code": "TrafficJunction", "Action": "Pulse", "Index": 0, "Data": SEEN},
    ],
)
def test_dahua_tells_one_event_by_itself(body: object) -> None:
    [read] = post(Ear(PlateCameras()), body)
    assert (read.value, read.score) == ("A12345", 0.99)


def test_dahua_counts_its_groups_anew_after_a_start() -> None:
    """The first car of today is no worse picture of the first one of yesterday."""
    ear = Ear(PlateCameras())
    assert post(ear, dahua_lines("AAA111", 95, 1), "text/plain")
    assert not post(ear, dahua_lines("AAA117", 80, 1), "text/plain", 1)
    assert post(ear, dahua_lines("BBB222", 80, 1), "text/plain", 86_400)


def test_the_best_plate_of_a_group_brings_its_own_score() -> None:
    group = {"data_type": "alpr_group", "best_plate": {"plate": "ABC123", "confidence": 91.2}}
    [read] = post(Ear(PlateCameras()), group)
    assert (read.value, read.score) == ("ABC123", 0.912)


def test_a_boundary_may_be_named_as_it_stands_in_the_body() -> None:
    kind, body = multipart(("Content-Type: text/xml", hikvision("粤B12345")))
    named = kind.replace("boundary=", "boundary=--")
    [read] = post(Ear(PlateCameras()), body, named)
    assert read.value == "粤B12345"
