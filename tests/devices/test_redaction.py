"""What is kept of messages for people holds no plate, badge, code, key, place or phone number."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.deliveries import Delivery
from devices.families.native import Native
from devices.families.tasmota import Tasmota
from devices.logbooks import Logbooks
from devices.redaction import LONGEST_TEXT, readable
from tests.devices.ears import Ear, packed
from tests.devices.moments import at
from tests.devices.samples import Sample, samples


def told(meaning: Any) -> list[str]:
    """The plates and badges of a sample's meaning."""
    if isinstance(meaning, list):
        return [word for one in meaning for word in told(one)]
    if not isinstance(meaning, dict):
        return []
    own = [str(meaning[key]) for key in ("plate", "uid") if isinstance(meaning.get(key), str)]
    return own + [word for one in meaning.values() for word in told(one)]


PERSONAL = [one for one in samples().values() if told(one.meaning)]


@pytest.mark.parametrize("sample", PERSONAL, ids=lambda one: one.id)
def test_no_published_message_shows_its_plate_or_badge(sample: Sample) -> None:
    shown = readable(sample.payload, sample.topic).lower()
    assert [word for word in told(sample.meaning) if word.lower() in shown] == []


@pytest.mark.parametrize(
    ("payload", "gone"),
    [
        ({"plate": "京A12345"}, "A12345"),
        ({"text": "car 京A·12345 came"}, "12345"),
        ({"after": {"recognized_license_plate": ["KA 51 PA", 0.9]}}, "51"),
        ({"wifi": {"ssid": "Guest", "password": 'a"b', "psk": "x1"}}, "Guest"),
        ({"appKey": "00112233445566778899aabbccddeeff"}, "0011"),
        ({"lat": 31.2304, "longitude": "121.47", "vin": "LSVNV2182E2100001"}, "31.2304"),
        ({"location": {"latitude": 31.23, "lon": 121.4737}}, "121.4737"),
        ({"e": "badge", "k": "04A3B2C1", "id": "b-1"}, "04A3B2C1"),
        ({"RC522": {"UID": "BA839D07", "Data": "holder 7"}}, "BA839D07"),
    ],
)
def test_what_is_personal_is_taken_out_by_its_name(payload: object, gone: str) -> None:
    for text in (json.dumps(payload), json.dumps(payload, ensure_ascii=False)):
        assert gone not in readable(text.encode())
        assert gone not in readable(text.encode()[: text.index(gone) + len(gone)])


@pytest.mark.parametrize(
    ("topic", "payload", "gone"),
    [
        ("nuki/2BB28570/lockActionEvent", "2,255,195249,8193,2", "195249"),
        ("frigate/tracked_object_update", {"type": "face", "id": "1.2-a", "name": "Lena"}, "Lena"),
        ("POST", {"results": [], "filename": "yrf8923.jpg"}, "8923"),
    ],
)
def test_what_is_personal_is_taken_out_by_what_it_is_about(
    topic: str, payload: object, gone: str
) -> None:
    assert gone not in readable(packed(payload), topic)


def test_words_that_differ_in_digits_only_are_looked_at_anew() -> None:
    """Falls over without `_NUMBERED`: a message with the words of one without a card is one."""
    assert readable(b'{"AB000": {"Data": "7733"}}', "tele/x") == '{"AB000": {"Data": "7733"}}'
    for reader in (b"RC522", b"PN532"):
        plain = b'{"%s000": {"Data": "7733"}}' % reader[:2]
        assert "7733" in readable(plain, "tele/x")
        assert "7733" not in readable(b'{"%s": {"Data": "7733"}}' % reader, "tele/x")


def test_a_number_that_a_plain_message_is_made_of_is_taken_out_by_its_topic() -> None:
    assert readable(b"04-A3-22-11", "reader/text_sensor/rfid/state") == "…"
    assert readable(b"04-A3-22-11", "x", ["04A32211"]) == "…"
    assert readable(b"540", "reader/sensor/distance/state") == "540"


@pytest.mark.parametrize(
    "payload",
    [
        {"action": "disarm", "action_code": "4711"},
        {"pin_code": "4711"},
        {"pin_code": {"user": 1, "pin_code": 4711}},
        {"pin": {"value": 4711}},
        {"pin": "4711"},
        {"userPin": 4711},
        {"pincode": "4711"},
        {"wifi_pw": "zz4711"},
        {"decoded_payload": {"door_code": [4711]}},
        {"text": "PIN: 4711"},
        {"text": "密码 4711"},
    ],
)
def test_what_opens_a_lock_is_taken_out(payload: object) -> None:
    for text in (json.dumps(payload), json.dumps(payload, ensure_ascii=False)):
        assert "4711" not in readable(text.encode())


def test_a_code_on_a_topic_of_its_own_is_taken_out() -> None:
    assert readable(b"4711", "zigbee2mqtt/gate keypad/action_code") == "…"
    assert readable(b"4711", "door/text_sensor/pin/state") == "…"
    assert readable(b"12", "door/sensor/error_code/state") == "12"


def test_codes_that_open_nothing_stay() -> None:
    harmless = {"model_code": "X1", "error_code": 5, "ping": 3, "pwm": 2, "decoded": {"codec": 1}}
    assert readable(json.dumps(harmless).encode()) == json.dumps(harmless)


@pytest.mark.parametrize("number", ["13912345678", "139 1234 5678", "+86 139-1234-5678"])
def test_a_phone_number_in_a_sentence_is_taken_out(number: str) -> None:
    payload = {"text": f"请打电话{number}"}
    for text in (json.dumps(payload), json.dumps(payload, ensure_ascii=False)):
        assert "139" not in readable(text.encode())
    assert (
        readable(b'{"t":1391234567890,"e":0.13912345678}')
        == '{"t":1391234567890,"e":0.13912345678}'
    )


@pytest.mark.parametrize(
    "payload",
    [
        '{"RC522":{"UI:04A3B2C1 D 04:A3:B2:C1 "UID":"04A3',
        '{"RC522":{"U04A3B2C1","Data":""}}',
        "04A3B2C1",
        '04 A3 B2 C1"}{"Time":"2026-',
    ],
)
def test_nothing_unreadable_shows_a_badge(payload: str) -> None:
    ear, books = Ear(Tasmota()), Logbooks()
    for body in (payload.encode(), payload.encode() + b"\xff"):
        found = ear.hear("tele/reader/SENSOR", body)
        books.note(Delivery("tele/reader/SENSOR", body, False, at(0)), found)
        book = books.get("tasmota:reader")
        assert book is not None
        for word in ("04A3", "A3B2", "04:A3", "A3 B2", "30 34 41 33"):
            assert word not in str(book.messages)
            assert word not in readable(body, "tele/reader/SENSOR", careful=True)


def test_a_code_in_a_message_that_cannot_be_read_is_taken_out() -> None:
    for text in ('{"action":"disarm","action_code:"4711"', '4711"}{"action":"","action_code"'):
        assert "4711" not in readable(text.encode(), careful=True)
    wrong = '{"occupancy":"yes","distance":5400,"last_seen":"2026-11-22T12:00:00Z"}'
    assert readable(wrong.encode(), careful=True) == wrong


def test_a_device_that_has_read_a_badge_shows_no_number_under_any_name() -> None:
    ear, books = Ear(Native("main")), Logbooks()
    badge = {"e": "badge", "k": "04A3B2C1", "id": "b-1"}
    for what, payload in (("ev/badge", badge), ("st/link", {"v": -60, "last": "04A3B2C2"})):
        found = ear.hear(f"shop/main/dev/door/{what}", payload)
        books.note(Delivery(f"shop/main/dev/door/{what}", packed(payload), False, at(0)), found)
    book = books.get("native:door")
    assert book is not None
    assert '"last": "…"' in book.messages[-1].text


def test_what_harmless_devices_say_is_left_as_it_is() -> None:
    harmless = {"occupancy": True, "voltage": 3000, "battery": 97, "template": "x", "state": "ON"}
    text = json.dumps(harmless)
    assert readable(text.encode(), "zigbee2mqtt/bay3_presence") == text


def test_a_plate_and_a_badge_are_taken_out_of_topic_text_and_meaning() -> None:
    ear, books = Ear(Native("main")), Logbooks()
    for seconds, (kind, word) in enumerate((("plate", "京A12345"), ("badge", "04A3B2C1"))):
        topic, payload = f"shop/main/dev/gate/ev/{kind}", {"e": kind, "k": word, "id": f"b-{kind}"}
        found = ear.hear(topic, payload, seconds)
        books.note(Delivery(topic, packed(payload), False, at(seconds)), found)
    book = books.get("native:gate")
    assert book is not None
    plate, badge = book.messages
    assert plate.said == (("plate", "plate", "…345"),)
    assert badge.said == (("badge", "badge", "…"),)
    assert "12345" not in str(plate)
    assert "04A3" not in str(badge)


@settings(max_examples=60, deadline=200)
@given(st.binary(max_size=1500) | st.text(max_size=1500).map(str.encode), st.text(max_size=30))
def test_whatever_comes_is_shown_on_bounded_room(payload: bytes, topic: str) -> None:
    shown = readable(payload, topic, ["京A12345"])
    assert len(shown) <= LONGEST_TEXT + 1
    with_plate = readable(payload + "京A12345".encode(), topic, ["京A12345"])
    assert with_plate.count("12345") <= shown.count("12345")
