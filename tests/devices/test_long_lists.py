"""Lists of hundreds of devices and descriptions of hundreds of values are read as far as we need.

What nobody asks for is passed over unread, whatever stands there.
"""

import json

import pytest

from devices.families.homie import Homie
from devices.families.homie_devices import MOST_NODES
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.families.zigbee_names import MOST_DEVICES
from devices.readings import Discovery, Malformed
from tests.devices.ears import Ear

LIST = "zigbee2mqtt/bridge/devices"
MARK = b"\xef\xbb\xbf"
DEEP: object = 0
for _ in range(40):
    DEEP = [DEEP]


def devices(payload: object) -> list[Discovery]:
    heard = Ear(Zigbee2Mqtt()).hear(LIST, payload, retained=True)
    return [one for one in heard if isinstance(one, Discovery)]


def channels(payload: object) -> list[tuple[str, ...]]:
    heard = Ear(Homie()).hear("homie/5/plc/$description", payload, retained=True)
    return [one.channels for one in heard if isinstance(one, Discovery)]


def entry(number: int, **more: object) -> dict[str, object]:
    known = {"model": "P1", "exposes": [{"property": "occupancy"}]}
    return {"ieee_address": f"0x{number:x}", "friendly_name": f"eye {number}"} | {
        "definition": known,
        **more,
    }


def test_a_list_of_a_megabyte_tells_of_each_device() -> None:
    options = {str(n): {"note": "x" * 20} for n in range(40)}
    listed = [entry(n, options=options) for n in range(MOST_DEVICES + 1)]
    found = devices(listed)
    assert len(found) == MOST_DEVICES
    assert {one.channels for one in found} == {("occupancy",)}


@pytest.mark.parametrize("odd", ["P1", 7, ["P1"], DEEP, {"exposes": "occupancy"}, {"exposes": [1]}])
def test_a_definition_of_another_shape_costs_the_channels_alone(odd: object) -> None:
    assert [one.channels for one in devices([entry(1, definition=odd)])] == [()]


@pytest.mark.parametrize("odd", [None, 7, "", "x" * 121, ["0x1"]])
def test_an_entry_without_an_address_costs_itself_alone(odd: object) -> None:
    assert [one.device for one in devices([entry(1, ieee_address=odd), entry(2)])] == ["z2m:0x2"]


def test_what_is_passed_over_may_be_of_any_shape() -> None:
    assert len(devices([entry(1, scenes=DEEP, options={str(n): n for n in range(900)})])) == 1


def test_a_mark_before_a_list_and_a_description_is_tolerated() -> None:
    assert len(devices(MARK + json.dumps([entry(1)]).encode())) == 1
    nodes = {"bay": {"properties": {"car": {"datatype": "boolean"}}}}
    assert channels(MARK + json.dumps({"nodes": nodes}).encode()) == [("bay/car",)]


@pytest.mark.parametrize("odd", [None, 7, "boolean", ["boolean"], DEEP])
def test_a_part_of_another_shape_costs_itself_alone(odd: object) -> None:
    car = {"datatype": "boolean"}
    assert channels({"nodes": {"a": {"properties": {"x": odd, "car": car}}}}) == [("a/car",)]
    assert channels({"nodes": {"a": {"properties": odd}, "b": {"properties": {"car": car}}}}) == [
        ("b/car",)
    ]
    assert channels({"nodes": {"a": odd, "b": {"properties": {"car": car}}}}) == [("b/car",)]
    assert channels({"nodes": odd}) == [()]


def test_of_a_description_as_much_is_kept_as_is_read() -> None:
    many = {f"p{n}": {"datatype": "boolean"} for n in range(700)}
    [found] = channels({"nodes": {"plc": {"properties": many}}})
    assert found == tuple(f"plc/p{n}" for n in range(500))


def test_a_long_list_that_is_no_json_is_not_searched_for_its_fault() -> None:
    long = json.dumps([entry(n, note="x" * 900) for n in range(100)]).encode()
    [told] = Ear(Zigbee2Mqtt()).hear(LIST, long.replace(b'"x', b"NaN,", 1))
    assert isinstance(told, Malformed)
    assert told.reason == "not JSON, or cut off"
    assert len(devices(MARK + long)) == 100


def test_of_a_description_of_thousands_of_nodes_the_first_ones_are_read() -> None:
    empty: dict[str, object] = {f"n{n}": {} for n in range(MOST_NODES)}
    spot = {"properties": {"occupied": {"datatype": "boolean"}}}
    assert channels({"nodes": {"spot": spot, **empty}}) == [("spot/occupied",)]
    assert channels({"nodes": {**empty, "spot": spot}}) == [()]
