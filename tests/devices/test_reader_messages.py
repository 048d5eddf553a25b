"""Badges at readers of esp-rfid and locks of Nuki are events; doors and batteries are levels."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.batteries import Battery, weighed
from devices.families.esp_rfid import EspRfid
from devices.families.nuki import Nuki
from devices.profiles.profile import Cell
from devices.readings import (
    Alive,
    Availability,
    Diagnostic,
    Discovery,
    Event,
    Level,
    Malformed,
    Observation,
    Quality,
    State,
)
from tests.devices.moments import NOON

AT = round(NOON.timestamp())
SCAN = {"type": "access", "time": AT, "isKnown": "true", "uid": "f3ec6234", "username": "Li Wei"}


def reader(value: object, topic: str = "hall/send", retained: bool = False) -> list[Observation]:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return list(EspRfid().parse(topic, raw, retained, NOON))


def lock(what: str, text: str | bytes, retained: bool = False) -> list[Observation]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(Nuki().parse(f"nuki/2bb28570/{what}", raw, retained, NOON))


def level(found: list[Observation]) -> tuple[str, Level, Quality]:
    [one] = found
    assert isinstance(one, State)
    return one.channel, one.value, one.quality


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=4, max_size=10), st.sampled_from(["", ":", " "]), st.booleans())
def test_a_badge_is_read_in_any_writing_and_without_the_name(
    uid: bytes, sign: str, known: bool
) -> None:
    written = uid.hex(sign) if sign else uid.hex()
    for told in (known, str(known).lower()):
        [found] = reader(SCAN | {"uid": written, "isKnown": told, "hostname": "gate"})
        assert isinstance(found, Event)
        assert (found.device, found.value) == ("esprfid:gate", uid.hex().upper())
        assert dict(found.facts) == {"reader_says": "known" if known else "unknown"}
        assert "Li Wei" not in repr(found)


def test_a_scan_that_comes_twice_has_one_key_and_a_later_one_another() -> None:
    [first], [copy] = reader(SCAN), reader(SCAN)
    [later] = reader(SCAN | {"time": AT + 1})
    assert isinstance(first, Event)
    assert isinstance(copy, Event)
    assert isinstance(later, Event)
    assert first.key == copy.key != later.key


def test_a_reader_whose_clock_was_never_set_still_reads() -> None:
    scan, told = reader(SCAN | {"time": 43434})
    assert isinstance(scan, Event)
    assert scan.device_time is None
    assert isinstance(told, Diagnostic)


@pytest.mark.parametrize("kind", ["boot", "heartbeat"])
def test_a_reader_says_that_it_is_there(kind: str) -> None:
    for topic in ("hall/send", "hall/sync"):
        [found] = reader({"type": kind, "time": AT}, topic)
        assert found == Availability("esprfid:hall", Alive.online, NOON, False)


@pytest.mark.parametrize(("word", "is_open"), [("Door Open", True), ("Door Closed", False)])
def test_a_readers_door_is_a_level(word: str, is_open: bool) -> None:
    told = {"type": "INFO", "src": "door", "desc": word, "time": AT, "cmd": "event"}
    assert level(reader(told)) == ("door", is_open, Quality.good)


def test_a_doorbell_is_a_press() -> None:
    told = {"type": "INFO", "src": "doorbell", "desc": "Doorbell ringing", "time": AT}
    [found] = reader(told)
    assert isinstance(found, Event)
    assert (found.channel, found.value) == ("button-bell", "single")
    assert reader(told, retained=True) == []


@pytest.mark.parametrize(
    "told",
    [
        {"type": "INFO", "src": "wifi", "desc": "Enabling WiFi", "time": AT},
        {"command": "userfile", "uid": "1234", "user": "Li Wei"},
        {"type": "WARN", "src": "door", "desc": "Door was tampered!", "time": AT},
    ],
)
def test_what_a_reader_says_of_itself_means_nothing(told: dict[str, object]) -> None:
    assert reader(told) == []


@pytest.mark.parametrize(
    "value", [b"{", b"[]", SCAN | {"uid": "nobody"}, SCAN | {"uid": None}, SCAN | {"uid": 7}]
)
def test_what_a_reader_cannot_mean_is_malformed(value: object) -> None:
    [found] = reader(value)
    assert isinstance(found, Malformed)


def test_a_retained_scan_is_none() -> None:
    assert reader(SCAN, retained=True) == []
    assert lock("lockActionEvent", "3,0,195249,8193,2", retained=True) == []


def test_a_shop_names_the_topic_of_its_readers() -> None:
    own = EspRfid("hall/gates")
    assert own.filters == ("hall/gates/send", "hall/gates/sync")
    assert (own.claim("hall/gates/send"), own.claim("other/send")) == (1.0, 0.0)
    [found] = own.parse("other/send", b"{}", False, NOON)
    assert isinstance(found, Malformed)
    folder = EspRfid("hall/+")
    assert (folder.claim("hall/west/send"), folder.claim("hall/send")) == (1.0, 0.0)
    [there] = folder.parse("hall/west/send", b'{"type":"boot"}', False, NOON)
    assert there == Availability("esprfid:hall/west", Alive.online, NOON, False)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 2**31), st.integers(0, 65535), st.sampled_from([0, 1, 2]))
def test_who_opens_a_lock_is_told_by_authorisation_and_code(
    auth: int, code: int, source: int
) -> None:
    [found] = lock("lockActionEvent", f"3,0,{auth},{code},{source}")
    assert isinstance(found, Event)
    assert found.device == "nuki:2BB28570"
    assert (int(found.value[:8], 16), int(found.value[8:], 16)) == (auth, code)
    facts = dict(found.facts)
    assert facts["method"] == ["app", "keypad", "fingerprint"][source]
    assert facts["action"] == "unlatch"


def test_a_lock_that_moves_by_itself_was_nobody() -> None:
    assert lock("lockActionEvent", "2,6,0,0,0") == []


@pytest.mark.parametrize(
    ("state", "is_open", "quality"),
    [
        ("2", False, Quality.good), ("3", True, Quality.good), ("4", None, Quality.unknown),
        ("0", None, Quality.unknown), ("1", None, Quality.unknown), ("16", None, Quality.bad),
        ("240", None, Quality.bad), ("255", None, Quality.unknown),
    ],
)  # fmt: skip
def test_a_locks_door_is_open_shut_or_not_known(
    state: str, is_open: Level, quality: Quality
) -> None:
    assert level(lock("doorsensorState", state)) == ("door", is_open, quality)


def test_a_lock_tells_its_batteries_its_name_and_whether_it_is_connected() -> None:
    assert level(lock("batteryChargeState", "68")) == ("battery", 68, Quality.good)
    assert level(lock("batteryChargeState", "255")) == ("battery", None, Quality.unknown)
    assert level(lock("batteryCritical", "true")) == ("battery_low", True, Quality.good)
    assert level(lock("keypadBatteryCritical", "false"))[0] == "battery_low-keypad"
    [there] = lock("connected", "false", retained=True)
    assert there == Availability("nuki:2BB28570", Alive.offline, NOON, True)
    [who] = lock("name", "Gate 北")
    assert isinstance(who, Discovery)
    assert who.name == "Gate 北"


@pytest.mark.parametrize("what", ["lockAction", "commandResponse", "state", "timestamp"])
def test_other_values_of_a_lock_mean_nothing(what: str) -> None:
    assert lock(what, "1") == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("lockActionEvent", "3,0"),
        ("lockActionEvent", "a,b,c,d,e"),
        ("lockActionEvent", "3,0,-5,1,2"),
        ("lockActionEvent", "3," * 60),
        ("doorsensorState", "open"),
        ("doorsensorState", "²"),
        ("connected", "perhaps"),
        ("batteryCritical", b"\xff"),
        ("name", "a\0b"),
    ],
)
def test_what_a_lock_cannot_mean_is_malformed(what: str, text: str | bytes) -> None:
    [found] = lock(what, text)
    assert isinstance(found, Malformed)


def test_a_lock_is_low_while_one_of_its_batteries_is() -> None:
    """Its keypad and its door sensor have their own, and each is told by itself."""
    known: Battery | None = None
    told = []
    for what, word in [
        ("keypadBatteryCritical", "true"),
        ("batteryCritical", "false"),
        ("doorsensorBatteryCritical", "false"),
        ("keypadBatteryCritical", "false"),
    ]:
        [found] = lock(what, word)
        assert isinstance(found, State)
        known = weighed(known, Cell(), found)
        told.append(known.low)
    assert told == [True, True, True, False]
