"""Cameras of other models and firmware write the same read in other ways."""

import json

import pytest

from devices.cameras.reading import PlateCameras
from devices.readings import Availability, Event, Malformed, Observation
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


ANSWER = {
    "processing_time": 61.3,
    "results": [
        {"plate": "yrf8923", "score": 0.9, "candidates": [{"plate": "yrf8923", "score": 0.9}]},
        {"plate": None, "score": 0.2},
    ],
    "filename": "1617_x.jpg",
    "version": 1,
    "camera_id": "gate-2",
    "timestamp": "2026-03-02T12:00:00.127186Z",
}


def test_an_answer_of_snapshot_is_read_without_the_envelope_of_its_webhook() -> None:
    [read] = post(Ear(PlateCameras()), ANSWER)
    assert (read.device, read.value, read.score) == ("alpr:gate-2", "YRF8923", 0.9)
    assert read.device_time is not None
    [nameless] = post(Ear(PlateCameras("north")), {**ANSWER, "camera_id": None})
    assert nameless.device == "alpr:north"


def test_the_same_answer_twice_is_one_read() -> None:
    ear = Ear(PlateCameras())
    assert len([*post(ear, ANSWER), *post(ear, ANSWER, seconds=9)]) == 1


@pytest.mark.parametrize("body", [{"results": [{"plate": "A1"}]}, {**ANSWER, "results": "none"}])
def test_results_that_nobody_knows_are_set_aside(body: object) -> None:
    [found] = Ear(PlateCameras()).hear("application/json", body)
    assert isinstance(found, Malformed)


ALERT = {
    "ipAddress": "192.168.1.64",
    "macAddress": "44:19:b6:00:00:01",
    "channelID": 1,
    "dateTime": "2026-03-02T20:00:00+08:00",
    "activePostCount": 1,
    "eventType": "ANPR",
    "eventState": "active",
    "ANPR": {"country": 9, "licensePlate": "蓝粤B12345", "confidenceLevel": 95, "line": 1},
    "UUID": "u-1",
}


@pytest.mark.parametrize("body", [ALERT, {"EventNotificationAlert": ALERT}])
def test_hikvision_tells_the_same_in_json(body: object) -> None:
    [read] = post(Ear(PlateCameras()), body)
    assert (read.device, read.value, read.score) == ("alpr:44:19:b6:00:00:01", "粤B12345", 0.95)


def test_hikvision_in_json_beside_its_pictures() -> None:
    kind, body = multipart(("Content-Type: application/json", json.dumps(ALERT).encode()))
    assert [read.value for read in post(Ear(PlateCameras()), body, kind)] == ["粤B12345"]


def test_other_events_of_hikvision_in_json_are_a_sign_of_life_or_nothing() -> None:
    ear = Ear(PlateCameras())
    [alive] = ear.hear("application/json", {**ALERT, "eventType": "heartBeat"})
    assert isinstance(alive, Availability)
    assert ear.hear("application/json", {**ALERT, "eventType": "VMD"}) == []
    assert ear.hear("application/json", {**ALERT, "ANPR": {"licensePlate": "unknown"}}) == []


def test_another_makers_event_is_not_taken_for_one_without_a_plate() -> None:
    other = {"eventType": "ANPR", "plateNumber": "A"}
    [found] = Ear(PlateCameras()).hear("application/json", other)
    assert isinstance(found, Malformed)
