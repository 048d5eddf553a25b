"""The forms of the device pages become edits of the bindings file, or one sentence at a field."""

from pathlib import Path

import pytest

from board.core.device_deeds import DeviceDeed
from tests.devices.binding_forms import Pages

EYE = "native:eye"
BAY = "bay 1"
BIND = {"device": EYE, "what": "sensor distance", "place": BAY, "profile": "native-sonar"}
AT_EYE = {"kind": "sensor", "device": EYE, "channel": "distance"}
DISTANCES = {
    "nearest_mm": "20",
    "enter_below_mm": "1500",
    "leave_above_mm": "2500",
    "farthest_mm": "3000",
}

ANOTHER = {
    DeviceDeed.lamp: {"what": "voice speech", "says_help": "yes"},
    DeviceDeed.gate: {"name": "north"},
    DeviceDeed.hold: {"person": "tom"},
}
"""What some forms say otherwise."""


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    return Pages(tmp_path)


def test_a_channel_is_bound_in_shadow_measured_and_made_to_count(pages: Pages) -> None:
    assert pages.send("bind", **BIND) is None
    [shown] = pages.shown
    assert (shown["kind"], shown["bay"], shown["shadow"]) == ("sensor", "1", True)
    assert pages.send("calibrate", **AT_EYE, **DISTANCES) is None
    assert pages.send("activate", **AT_EYE) is None
    assert pages.tables["sensor"] == [
        {
            "device": EYE,
            "channel": "distance",
            "profile": "native-sonar",
            "bay": "1",
            **{key: int(value) for key, value in DISTANCES.items()},
        }
    ]
    assert pages.send("shadow", **AT_EYE) is None
    assert pages.shown[0]["shadow"] is True


@pytest.mark.parametrize(
    ("what", "written"),
    [("sensor distance native-sonar", "native-sonar"), ("sensor distance", None)],
)
def test_the_profile_may_be_left_to_the_chosen_channel(
    pages: Pages, what: str, written: str | None
) -> None:
    assert pages.send("bind", **BIND | {"what": what, "profile": "fitting"}) is None
    assert pages.shown[0]["channel"] == "distance"
    assert ('profile = "native-sonar"' in pages.file.read_text()) is (written is not None)


def test_a_button_hangs_at_a_technicians_place_and_a_reader_counts_at_once(pages: Pages) -> None:
    button = {"device": EYE, "what": "button button-1", "place": "technician tom"}
    reader = {"device": EYE, "what": "badge badge", "place": BAY, "begin": "at_once"}
    assert pages.send("bind", **button) is None
    assert pages.send("bind", **reader) is None
    kinds = {str(one["kind"]): one for one in pages.shown}
    assert kinds["button"]["technician"] == "tom"
    assert kinds["badge"]["shadow"] is False


def test_another_device_takes_its_place_and_it_is_taken_off(pages: Pages) -> None:
    assert pages.send("bind", **BIND) is None
    assert pages.send("replace", device=EYE, by="native:eye-2") is None
    assert pages.shown[0]["device"] == "native:eye-2"
    assert pages.send("unbind", **AT_EYE) == ("device_not_bound", ("device",))
    assert pages.send("unbind", **{**AT_EYE, "device": "native:eye-2"}) is None
    assert pages.shown == []


def test_what_hangs_at_a_gate_is_replaced_and_taken_off_too(pages: Pages) -> None:
    pages.file.write_text('[[gate]]\nname = "In"\ndevice = "native:eye"\nchannel = "contact"\n')
    assert pages.send("replace", device=EYE, by="native:eye-2") is None
    [gate] = pages.shown
    assert (gate["kind"], gate["gate"], gate["device"]) == ("gate", "In", "native:eye-2")
    place = {"kind": "gate", "device": "native:eye-2", "channel": "contact"}
    assert pages.send("unbind", **place) is None
    assert pages.shown == []


def test_a_lamp_is_replaced_and_taken_off_too(pages: Pages) -> None:
    lamp = '[[lamp]]\ndevice = "native:eye"\nchannel = "lamp"\n'
    pages.file.write_text(lamp)
    assert pages.send("replace", device=EYE, by="native:eye-2") is None
    [shown] = pages.shown
    assert (shown["kind"], shown["device"], shown["bay"]) == ("lamp", "native:eye-2", "")
    place = {"kind": "lamp", "device": "native:eye-2", "channel": "lamp"}
    assert pages.send("unbind", **place) is None
    assert pages.shown == []


@pytest.mark.parametrize(
    ("form", "code", "field"),
    [
        ({"what": ""}, "device_channel_needed", "what"),
        ({"what": "lift up"}, "device_channel_needed", "what"),
        ({"what": "sensor motion"}, "device_mistake", "what"),
        ({"place": ""}, "device_place_needed", "place"),
        ({"place": "bay 99"}, "device_mistake", "place"),
        ({"place": "technician tom"}, "device_bay_needed", "place"),
        ({"profile": "nothing"}, "device_mistake", "profile"),
        ({"device": "eye"}, "device_mistake", "device"),
        ({"stamp": "older"}, "devices_changed", ""),
    ],
)
def test_a_form_that_cannot_be_meant_is_told_at_its_field(
    pages: Pages, form: dict[str, str], code: str, field: str
) -> None:
    assert pages.send("bind", **{**BIND, **form}) == (code, (field,) if field else ())
    assert not pages.file.exists()


@pytest.mark.parametrize(
    ("form", "code", "field"),
    [
        ({"leave_above_mm": "1600"}, "thresholds_near", "leave_above_mm"),
        ({"farthest_mm": "2000"}, "thresholds_order", "enter_below_mm"),
        ({"nearest_mm": "two"}, "thresholds_number", "nearest_mm"),
        ({"nearest_mm": "²"}, "thresholds_number", "nearest_mm"),
        ({"channel": "contact"}, "device_not_bound", "device"),
    ],
)
def test_thresholds_that_cannot_be_are_told_at_their_field(
    pages: Pages, form: dict[str, str], code: str, field: str
) -> None:
    pages.send("bind", **BIND)
    assert pages.send("calibrate", **{**AT_EYE, **DISTANCES, **form}) == (code, (field,))


def test_a_family_is_opened_and_one_that_would_hear_everything_is_not(pages: Pages) -> None:
    assert pages.send("open", name="tasmota", base="") is None
    assert pages.send("open", name="shelly-gen2", base=" shellyplus1-a8 ") is None
    assert pages.tables["family"] == [
        {"name": "tasmota"},
        {"name": "shelly-gen2", "base": "shellyplus1-a8"},
    ]
    assert pages.send("open", name="shelly-gen2", base="") == ("family_base_needed", ("base",))
    assert pages.send("open", name="tasmota", base="") == ("device_mistake", ())
    assert pages.send("open", name="toaster", base="") == ("device_mistake", ("name",))
    assert pages.send("open", name="nuki", base="shop/x") == ("device_mistake", ("base",))


def test_a_device_that_hangs_somewhere_is_not_bound_twice(pages: Pages) -> None:
    pages.send("bind", **BIND)
    assert pages.send("bind", **BIND) == ("device_bound", ("what",))
    assert pages.send("replace", device=EYE, by="native:no id!") == ("device_mistake", ("by",))
    assert pages.send("replace", device=EYE, by="") == ("device_other_needed", ("by",))


def test_a_file_that_cannot_be_read_is_told_with_its_line(pages: Pages) -> None:
    pages.file.write_text("# fine\nx = = 1\n")
    every = {**BIND, **AT_EYE, **DISTANCES, "by": "native:eye-2"}
    for deed in DeviceDeed:
        refused = pages.send(deed.value, **{**every, **ANOTHER.get(deed, {})})
        assert refused == ("devices_unreadable", ())
    pages.file.write_bytes(b"\xff")
    assert pages.send("bind", **BIND) == ("devices_unreadable", ())
