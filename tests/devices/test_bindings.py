"""The bindings file is read whole, and every mistake is named with its line."""

import pytest

from devices.binding_tables import read_bindings

GOOD = """\
[shop]
name = "x"

[[sensor]]
device = "native:eye"
channel = "occupancy"
bay = "bay-1"

[[sensor]]
device = "z2m:0x00124b0022aa33ff"
channel = "contact"
bay = "bay-2"
invert = true
enter_seconds = 2.5
expected_interval_seconds = 3600
"""


def test_sensors_are_read_and_other_tables_left_alone() -> None:
    bindings, mistakes = read_bindings(GOOD, frozenset({"bay-1", "bay-2"}))
    assert mistakes == ()
    eye, contact = bindings.sensors
    assert (eye.device, eye.bay, eye.invert, eye.leave_seconds) == (
        "native:eye",
        "bay-1",
        False,
        20,
    )
    assert (contact.invert, contact.enter_seconds, contact.stale_seconds) == (True, 2.5, 9000)
    assert bindings.by_bay["bay-2"] == (contact,)


def test_no_sensors_is_no_mistake() -> None:
    assert read_bindings("")[1] == ()


def test_the_higher_priority_comes_first() -> None:
    text = """
sensor = [
  { device = "native:a", channel = "occupancy", bay = "bay-1" },
  { device = "native:b", channel = "occupancy", bay = "bay-1", priority = 5 },
]
"""
    bindings, mistakes = read_bindings(text)
    assert mistakes == ()
    assert [one.device for one in bindings.by_bay["bay-1"]] == ["native:b", "native:a"]


@pytest.mark.parametrize(
    ("line", "number", "reason"),
    [
        ('bey = "bay-1"', 5, "bey is not known here; did you mean bay?"),
        ("invert = 1", 5, "invert must be true or false"),
        ("enter_seconds = true", 5, "enter_seconds must be a number"),
        ("priority = 1.5", 5, "priority must be whole"),
        ("leave_seconds = 601", 5, "leave_seconds must be between 0 and 600"),
        ("enter_seconds = nan", 5, "enter_seconds must be between 0 and 600"),
        ("expected_interval_seconds = 0", 5, "must be between 1 and 172800"),
        ("leave_above_mm = 1300", 5, "150 more than enter_below_mm"),
        ("enter_below_mm = 10", 5, "must follow each other"),
    ],
)
def test_a_wrong_line_is_named(line: str, number: int, reason: str) -> None:
    text = f'[[sensor]]\ndevice = "native:eye"\nchannel = "occupancy"\nbay = "bay-1"\n{line}\n'
    bindings, [mistake] = read_bindings(text)
    assert mistake.line == number
    assert reason in mistake.reason
    assert bindings.sensors == ()


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (('"native:eye"', '"zigbee2mqtt/eye"'), 5),
        (('"native:eye"', "17"), 5),
        (('"occupancy"', '"door-front"'), 6),
        (('"occupancy"', '"Occupancy"'), 6),
        (('"bay-1"', '"bay-9"'), 7),
    ],
)
def test_wrong_ids_channels_and_bays_are_named(wrong: tuple[str, str], line: int) -> None:
    bindings, [mistake] = read_bindings(GOOD.replace(*wrong), frozenset({"bay-1", "bay-2"}))
    assert mistake.line == line
    assert [sensor.bay for sensor in bindings.sensors] == ["bay-2"]


def test_missing_keys_are_named_at_the_head_of_the_table() -> None:
    _, mistakes = read_bindings('\n[[sensor]]\ndevice = "native:eye"\n')
    assert [(one.line, one.reason) for one in mistakes] == [
        (2, "channel is missing"),
        (2, "bay is missing"),
    ]


def test_one_channel_hangs_on_one_bay() -> None:
    one = '[[sensor]]\ndevice = "native:eye"\nchannel = "occupancy"\nbay = "bay-1"\n'
    _, [mistake] = read_bindings(one + one.replace("bay-1", "bay-2"))
    assert (mistake.line, mistake.reason) == (7, "occupancy of native:eye is already bound")


def test_a_file_that_is_no_toml_names_its_line() -> None:
    _, [mistake] = read_bindings('[[sensor]]\ndevice = "native:eye\n')
    assert mistake.line == 2


@pytest.mark.parametrize("text", ["sensor = 1", "sensor = [1]", '[sensor]\ndevice = "x"'])
def test_sensor_must_be_a_list_of_tables(text: str) -> None:
    _, [mistake] = read_bindings(text)
    assert "[[sensor]]" in mistake.reason
