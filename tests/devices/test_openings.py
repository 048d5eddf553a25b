"""A shop says in its file which families it listens to; mistakes are named with their line."""

from pathlib import Path

import pytest

from devices.families import FAMILIES
from devices.families.esphome import EspHome
from devices.families.shelly2 import ShellyGen2
from devices.families.theengs import Theengs
from devices.openings import USUAL, Opening, overlap, read_openings
from devices.readings import State
from tests.devices.ears import Ear, levels
from tests.devices.moments import at


def family(*lines: str) -> str:
    return "\n".join(("[[family]]", *lines, ""))


def test_zigbee2mqtt_is_open_without_being_asked_for() -> None:
    assert read_openings("") == (USUAL, ())
    text = family('name = "zigbee2mqtt"', 'base = "zigbee"')
    assert read_openings(text) == ((Opening("zigbee2mqtt", "zigbee"),), ())


def test_a_wrong_table_of_zigbee2mqtt_leaves_the_usual_one_open() -> None:
    found, _ = read_openings(family('name = "zigbee2mqtt"', "base = 1"))
    assert found == USUAL


def test_families_are_opened_under_their_base() -> None:
    text = family('name = "tasmota"') + family('name = "shelly-gen2"', 'base = "hall/+"')
    found, mistakes = read_openings(text)
    assert mistakes == ()
    assert found == (*USUAL, Opening("tasmota"), Opening("shelly-gen2", "hall/+"))
    assert found[2].open().filters[0] == "hall/+/online"


def test_a_device_that_tells_local_times_is_in_the_shops_zone() -> None:
    """Eight hours ahead, said the page of every Tasmota in Shanghai."""
    tasmota = Ear(Opening("tasmota").at("Asia/Shanghai").open())
    told = tasmota.hear("tele/t-1/SENSOR", {"Time": f"{at(0):%Y-%m-%dT20:00:00}", "Switch1": "ON"})
    assert [one.device_time for one in told if isinstance(one, State)] == [at(0)]
    assert Opening("homie").at("Asia/Shanghai") == Opening("homie")


def test_of_what_is_around_a_gateway_the_file_may_name_what_is_heard() -> None:
    text = family('name = "theengs"', 'only = ["a4:c1:38*", "3C2EF5AABBCC"]')
    found, mistakes = read_openings(text)
    assert mistakes == ()
    assert found[-1].open() == Theengs(only=frozenset({"A4C138*", "3C2EF5AABBCC"}))


@pytest.mark.parametrize(
    ("name", "base", "topic", "payload"),
    [
        ("shelly-gen2", "hall-1/", "hall-1/status/input:0", {"state": True}),
        ("zigbee2mqtt", "zigbee/", "zigbee/eye", {"occupancy": True}),
        ("tasmota", "/%topic%/%prefix%/", "t-1/tele/SENSOR", {"Switch1": "ON"}),
    ],
)
def test_a_base_with_a_slash_at_its_end_is_heard(
    name: str, base: str, topic: str, payload: object
) -> None:
    found, mistakes = read_openings(family(f'name = "{name}"', f'base = "{base}"'))
    assert mistakes == ()
    adapter = found[-1].open()
    assert not any("//" in one for one in adapter.filters)
    assert levels(Ear(adapter).hear(topic, payload))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (family('name = "tasmotta"'), 2, "did you mean tasmota?"),
        (family('name = "native"'), 2, "there is no family native: it is heard without"),
        (family('name = "wled"'), 2, "there is no family wled: it is heard without"),
        (family("name = ['wled']"), 2, "there is no family ['wled']"),
        (family("base = 'x'"), 1, "there is no family None"),
        (family('name = "homie"', 'base = "a/#"'), 3, "base must be"),
        (family('name = "homie"', 'base = "hall+"'), 3, "base must be"),
        (family('name = "shelly-gen2"', r'base = "a\u0001b"'), 3, "base must be"),
        (family('name = "shelly-gen2"', 'base = "$SYS"'), 3, "base must be"),
        (family('name = "homie"', 'base = "shop/x"'), 3, "native scheme"),
        (family('name = "shelly-gen2"', 'base = "/hall/+"'), 3, "must not begin with a slash"),
        (family('name = "shelly-gen2"', 'base = "hall//+"'), 3, "two in a row"),
        (family('name = "shelly-gen2"', 'base = "/"'), 3, "must not begin with a slash"),
        (
            family('name = "shelly-gen2"', 'base = "a/"')
            + family('name = "shelly-gen2"', 'base = "a"'),
            6,
            "already",
        ),
        (family('name = "homie"', "site = 1"), 3, "site is not known here"),
        (family('name = "shelly-gen2"'), 1, "needs a base"),
        (family('name = "theengs"', 'only = ["door"]'), 3, "only must be a list of addresses"),
        (family('name = "theengs"', "only = []"), 3, "only must be a list of addresses"),
        (family('name = "homie"', 'only = ["A4*"]'), 3, "only is not known here"),
        (family('name = "esphome"', 'base = "+"'), 3, "needs a base"),
        (family('name = "esphome"', 'base = "+/+"'), 3, "needs a base"),
        (family('name = "homie"') * 2, 3, "already"),
        (family('name = "homie"', 'base = "zigbee2mqtt"'), 3, "those of zigbee2mqtt"),
        (
            family('name = "shelly-gen1"') + family('name = "homie"', 'base = "shellies"'),
            5,
            "shelly",
        ),
        ("family = 1", 1, "[[family]]"),
    ],
)
def test_a_wrong_line_is_named(text: str, line: int, reason: str) -> None:
    _, [mistake] = read_openings(text)
    assert mistake.line == line
    assert reason in mistake.reason


@pytest.mark.parametrize(
    ("one", "other", "is_shared"),
    [
        ("a/#", "a/b/c", True),
        ("a/#", "a", True),
        ("a/+/c", "a/b/+", True),
        ("a/+", "a/b/c", False),
        ("a/b", "c/#", False),
        ("a/#", "a/#", True),
        ("a/+/config", "a/+/config", False),
        ("+/tele/#", "zigbee2mqtt/#", False),
    ],
)
def test_filters_that_would_take_one_topic_twice_are_known(
    one: str, other: str, is_shared: bool
) -> None:
    assert overlap(one, other) is overlap(other, one) is is_shared


def test_every_family_is_listed_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "mqtt.md").read_text()
    rows = " ".join(row.split("|")[1] for row in page.splitlines() if row.startswith("| `"))
    assert {name for name in FAMILIES if f"`{name}`" not in rows} == {"native"}


def test_a_folder_of_devices_is_one_base() -> None:
    shelly, node = Ear(ShellyGen2("hall/+")), Ear(EspHome("hall/+"))
    assert levels(shelly.hear("hall/gate/status/input:0", {"state": True})) == [("input-0", True)]
    assert levels(node.hear("hall/eye/switch/lamp/state", "ON")) == [("output-lamp", True)]
    assert shelly.adapter.claim("yard/gate/status/input:0") == 0
