"""Whatever arrives, parse answers, and a replay is never an event."""

import json

from hypothesis import given
from hypothesis import strategies as st

from devices.adapters import Adapter
from devices.families.native import Native
from devices.families.zigbee2mqtt import Zigbee2Mqtt
from devices.readings import Event
from tests.devices.moments import NOON

ADAPTERS = st.sampled_from([Native("main"), Zigbee2Mqtt()])
REST = st.sampled_from(
    [
        "eye/$info",
        "eye/$status",
        "eye/st/occupancy",
        "eye/st/distance",
        "eye/ev/press",
        "eye/availability",
        "bridge/devices",
        "bridge/event",
        "bridge/state",
        "eye",
    ]
)
TOPICS = st.one_of(
    st.text(max_size=60),
    REST.map("shop/main/dev/{}".format),
    REST.map("zigbee2mqtt/{}".format),
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.sampled_from(
    (*"vtqnsek", "boot", "id", "caps", "state", "type", "data", "contact", "ieee_address")
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=12,
)
PAYLOADS = st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode())


@given(ADAPTERS, TOPICS, PAYLOADS, st.booleans())
def test_every_message_has_a_meaning_or_a_reason(
    adapter: Adapter, topic: str, payload: bytes, retained: bool
) -> None:
    found = adapter.parse(topic, payload, retained, NOON)
    assert not (retained and any(isinstance(one, Event) for one in found))
