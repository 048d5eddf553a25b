"""Whatever arrives, each family and the fold answer, within bounds, and a replay is no event."""

import json
from itertools import combinations
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families import FAMILIES, opened
from devices.payloads import MOST_BYTES
from devices.readings import Event, Observation, State
from tests.devices.ears import Ear
from tests.devices.samples import Sample, samples

TOPICS = {
    "native": ["shop/main/dev/eye/" + rest for rest in ("$info", "$status", "st/distance", "ev/x")],
    "zigbee2mqtt": ["zigbee2mqtt/" + rest for rest in ("eye", "eye/action", "bridge/event")],
    "tasmota": ["tele/x/SENSOR", "stat/x/RESULT", "tasmota/discovery/5CCF7F49A3BC/config"],
    "esphome": ["n/status", "n/sensor/distance/state", "n/event/e/state", "n/switch/s/state"],
    "ha-discovery": ["homeassistant/device/x/config", "homeassistant/tag/x/config", "some/topic"],
    "homie": ["homie/5/x/$description", "homie/x/n/p", "homie/x/$state", "homie/x/n/p/$unit"],
    "shelly-gen1": ["shellies/x/input_event/0", "shellies/x/info", "shellies/announce"],
    "shelly-gen2": ["x/events/rpc", "x/status/sys", "x/status/bthomedevice:2", "x/online"],
}
"""Topics of each family; those of the samples come besides."""
SAMPLES = [one for one in samples().values() if one.family in FAMILIES]
WORDS = (
    "v t q n s e k id caps boot type data contact battery action SR04 Distance ZbReceived "
    "Switch1 Time RC522 UID mac tp ft nodes properties unit datatype root event event_cnt bat "
    "params ts events component method input:0 state sys wakeup_period unixtime topic stat_t "
    "cmps p ~ dev ids avty val_tpl payload name ieee_address friendly_name definition exposes"
)
KEYS = st.sampled_from(tuple(WORDS.split()))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["ON", "single", "5C:CF:7F:49:A3:BC", "{{ value }}", "a/b", "input:0"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=12,
)
PAYLOADS = (
    st.binary(max_size=200)
    | VALUES.map(lambda value: json.dumps(value).encode())
    | st.sampled_from([b"", b"ON", b"nan", b"online", b"lost", b"-1e999", b"9" * 5000])
)


def _topics(family: str) -> st.SearchStrategy[str]:
    own = [*TOPICS.get(family, ()), *(one.topic for one in SAMPLES if one.family == family)]
    return st.sampled_from(own) | st.text(max_size=60)


def _bent(topic: str) -> set[str]:
    """The topic cut short, and with two of its words taken out or put in place of."""
    words, found = topic.split("/"), set[str]()
    for place in range(len(words) + 1):
        found |= {"/".join(words[:place]), "/".join(words[place:]), "/".join(words[:place]) + "/"}
    for pair in combinations(range(len(words)), 2):
        found.add("/".join(word for at, word in enumerate(words) if at not in pair))
        for bend in ("", "5", "$state", "set"):
            found.add("/".join(bend if at in pair else word for at, word in enumerate(words)))
    return found


def _is_sound(found: list[Observation], retained: bool) -> None:
    assert len(found) <= 1000
    for one in found:
        assert not (retained and isinstance(one, Event))
        if isinstance(one, State):
            assert one.value is None or isinstance(one.value, bool | int | float | str)
            assert len(one.channel) <= 120
        if isinstance(one, Event):
            assert 0 < len(one.value) <= 120


@pytest.mark.parametrize("family", sorted(FAMILIES))
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_row_of_messages_has_a_meaning_or_a_reason(family: str, data: st.DataObject) -> None:
    ear = Ear(opened(family))
    row = st.lists(st.tuples(_topics(family), PAYLOADS, st.booleans()), min_size=1, max_size=6)
    for topic, payload, retained in data.draw(row):
        _is_sound(ear.hear(topic, payload, retained=retained), retained)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_a_topic_of_another_shape_never_breaks_its_family(family: str) -> None:
    ear = Ear(opened(family))
    own = {*TOPICS.get(family, ()), *(one.topic for one in SAMPLES if one.family == family)}
    for topic in {bent for one in own for bent in _bent(one)}:
        for payload in (b"", b"{}", b"1", b"[]"):
            _is_sound(ear.hear(topic, payload), False)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_a_published_message_that_was_damaged_never_breaks_its_family(
    one: Sample, data: st.DataObject
) -> None:
    raw = bytearray(one.payload)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, max(0, len(raw) - 1)))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    ear, retained = Ear(opened(one.family)), data.draw(st.booleans())
    _is_sound(ear.hear(one.topic, bytes(raw), retained=retained), retained)
    _is_sound(ear.hear(one.topic, bytes(raw[: len(raw) // 2]), retained=True), True)


@pytest.mark.parametrize("family", sorted(FAMILIES))
def test_what_is_too_large_or_too_deep_costs_little_and_means_nothing(family: str) -> None:
    """Counted is the time of this thread, of three tries the shortest."""
    wide = json.dumps({f"key{number}": number for number in range(6000)}).encode()
    for payload in (b"[" * MOST_BYTES, b'{"a":' * 5000, wide, b"x" * 5_000_000):
        for topic in TOPICS.get(family, ["a/b"]):
            ear, took = Ear(opened(family)), list[float]()
            for _ in range(3):
                began = thread_time()
                found = ear.hear(topic, payload)
                took.append(thread_time() - began)
                assert not any(isinstance(one, State | Event) for one in found)
            assert min(took) < 0.005, (topic, payload[:9], took)


@pytest.mark.parametrize("family", sorted(FAMILIES))
@settings(max_examples=30, deadline=None)
@given(topic=st.text(max_size=40) | st.sampled_from([one.topic for one in samples().values()]))
def test_a_claim_is_a_share(family: str, topic: str) -> None:
    assert 0 <= opened(family).claim(topic) <= 1
