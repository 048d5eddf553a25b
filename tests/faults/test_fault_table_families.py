"""Rows of the table in docs/sensor-faults.md that belong to families of devices, each through a
real broker, into one shop that goes on listening.
"""

from tests.devices.sparkplugs import INT32, birth, metric, payload
from tests.e2e.running import until
from tests.faults.bound_devices import EUI, LIST
from tests.faults.hearing_shop import HearingShop

NODE = "spBv1.0/hall/{}/edge"


def test_a_press_told_three_times_in_any_way_is_one_call(hearing: HearingShop) -> None:
    hearing.say("zigbee2mqtt/andon", {"action": "single", "linkquality": 80})
    hearing.say("zigbee2mqtt/andon/action", "single")
    hearing.say("zigbee2mqtt/andon", {"action": ""})
    for _ in range(3):
        hearing.say("shellies/shellybutton1-a1/input_event/0", {"event": "S", "event_cnt": 5})
        hearing.press("thrice", "double", "3-1")
    hearing.heard()
    assert hearing.calls("andon") == hearing.calls("gen1") == ["technical"]
    assert hearing.calls("thrice") == ["parts"]


def test_a_renamed_device_keeps_its_place(hearing: HearingShop) -> None:
    renamed = [*LIST[:-1], {**LIST[-1], "friendly_name": "andon at the lift"}]
    before = len(hearing.calls("andon"))
    hearing.say("zigbee2mqtt/bridge/devices", renamed, retain=True)
    hearing.say("zigbee2mqtt/andon at the lift", {"action": "double"})
    hearing.heard()
    assert hearing.calls("andon")[before:] == ["parts"]


def test_a_template_that_we_do_not_read_waits_for_a_person(hearing: HearingShop) -> None:
    config = {
        "state_topic": "odd/state",
        "device_class": "occupancy",
        "value_template": "{{ states('sensor.x') | float > 3 }}",
        "device": {"ids": ["odd"]},
        "unique_id": "odd",
    }
    hearing.say("homeassistant/binary_sensor/odd/config", config, retain=True)
    hearing.heard()
    [found] = [one for one in hearing.sensors.unbound if one.device == "ha:odd"]
    assert "states(" in str(found.unmapped) or found.unmapped, "with its reason"


def test_a_node_that_misses_a_number_is_asked_once_and_old_words_move_nothing(
    hearing: HearingShop,
) -> None:
    asked: list[str] = []
    hearing.device.on_message = lambda client, data, message: asked.append(message.topic)
    hearing.device.subscribe("spBv1.0/+/NCMD/#")
    hearing.say(NODE.format("DDATA") + "/bay", payload(metric(alias=1, value=False), seq=9))
    until(lambda: asked)
    hearing.say(NODE.format("NBIRTH"), payload(birth(3), seq=0))
    occupancy = metric("Occupied", value=True, alias=1)
    hearing.say(NODE.format("DBIRTH") + "/bay", payload(occupancy, seq=1))
    until(lambda: hearing.levels("spark") == ["present"])
    hearing.say(NODE.format("NDEATH"), payload(metric("bdSeq", INT32, 2)))
    past = metric(alias=1, value=False, historical=True)
    hearing.say(NODE.format("DDATA") + "/bay", payload(past, seq=2))
    hearing.say(NODE.format("DDATA") + "/bay", payload(metric(alias=1, value=False), seq=7))
    hearing.say(NODE.format("DDATA") + "/bay", payload(metric(alias=1, value=False), seq=8))
    hearing.later(10)
    assert hearing.levels("spark") == ["present"]
    assert asked == 2 * ["spBv1.0/hall/NCMD/edge"], "once unseen, once for the gap"


def test_a_counter_that_begins_anew_is_heard_and_three_gateways_are_one(
    hearing: HearingShop,
) -> None:
    topic = f"application/bays/device/{EUI}/event/up"
    told = {"deviceInfo": {"devEui": EUI}, "object": {"press": "short"}}
    for address, frame in (("01", 8), ("01", 8), ("01", 8), ("02", 0)):
        up = {**told, "devAddr": address, "fCnt": frame, "deduplicationId": f"{address}-{frame}"}
        hearing.say(topic, up)
    hearing.heard()
    assert hearing.calls("lora") == ["technical", "technical"]


def test_a_battery_is_a_number_or_unknown_and_never_empty_for_want_of_one(
    hearing: HearingShop,
) -> None:
    said = {"a": ('"87"', 87), "b": ("null", None), "c": ("255", None), "d": ("0", 0)}
    ids = {name: f"0x00124b000000020{name}" for name in said}
    listed = [{"ieee_address": one, "friendly_name": name} for name, one in ids.items()]
    hearing.say("zigbee2mqtt/bridge/devices", [*LIST, *listed])
    for name, (value, _) in said.items():
        hearing.say(f"zigbee2mqtt/{name}", f'{{"battery":{value}}}')
    hearing.say("zigbee2mqtt/a", {"linkquality": 80})
    hearing.heard()
    known = {name: hearing.sensors.batteries[f"z2m:{one}"].percent for name, one in ids.items()}
    assert known == {name: percent for name, (_, percent) in said.items()}
