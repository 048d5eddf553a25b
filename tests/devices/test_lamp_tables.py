"""[[lamp]] and [presence] tables: what may be driven is a closed list, and mistakes have lines."""

import pytest

from devices.binding_tables import read_bindings
from devices.lamps import OUTPUTS, Lamp, is_quiet, read_lamps
from devices.memory import Memory
from devices.own_presence import OwnPresence, read_presence
from devices.standing import hooks_of
from tests.devices.moments import NOON

BAYS = frozenset({"bay-4"})


def read(*lines: str) -> tuple[Lamp | None, list[str]]:
    text = "\n".join(["[[lamp]]", *lines])
    lamps, mistakes = read_lamps(text, BAYS)
    return (lamps[0] if lamps else None), [str(one.within("sensors.toml")) for one in mistakes]


def test_a_relay_is_a_lamp_at_the_tones_that_are_written_down() -> None:
    lamp, mistakes = read(
        'device = "tasmota:tower"', 'channel = "output-1"', 'bay = "bay-4"', 'lit = ["late"]'
    )
    assert mistakes == []
    assert lamp == Lamp("tasmota:tower", "output-1", "bay-4", "lamp", ("late",))


@pytest.mark.parametrize(
    ("device", "channel", "kind"),
    [
        ("wled:wled/andon1", "segment-0", "lamp"),
        ("hermes:workshop", "speech", "voice"),
        ("esphome:hall/tag-4", "text-content", "tag"),
        ("native:bay-4-light", "buzzer", "buzzer"),
        ("native:bay-4-light", "lamp-top", "lamp"),
    ],
)
def test_what_needs_no_tones_says_itself_what_it_is(device: str, channel: str, kind: str) -> None:
    lamp, mistakes = read(f'device = "{device}"', f'channel = "{channel}"', 'bay = "bay-4"')
    assert (lamp and lamp.kind, mistakes) == (kind, [])


MISTAKES = [
    ('channel = "cover-0"', "of shelly devices only output may be driven: signals, never motion"),
    ('channel = "door"', "of shelly devices only output may be driven: signals, never motion"),
    ('channel = "output-left"', "output needs its number, as in output-1"),
    ('channel = "output-0"\nlit = ["lte"]', "lit has no lte; did you mean late?"),
    ('channel = "output-0"', "lit is missing: when this lamp is on, some of neutral, attention, "),
    ('channel = "output-0"\nlit = "late"', "lit must be a list"),
    ('channel = "output-0"\nkind = "voice"', "kind must be lamp, buzzer on output"),
    ('channel = "output-0"\nkind = "buzzer"\nseconds = 60', "seconds must be more than 0, at most"),
    ('channel = "output-0"\nlit = ["late"]\nbay = "x"', "there is no bay x"),
    ('channel = "output-0"\nlit = ["late"]\nquiet = "25-7"', "quiet must be written as 20:00-"),
    (
        'channel = "output-0"\nlit = ["late"]\nfamily = "tasmota"',
        "family must be one of shelly",
    ),
]


@pytest.mark.parametrize(("rest", "told"), MISTAKES)
def test_a_mistake_is_told_and_the_lamp_left_out(rest: str, told: str) -> None:
    lamp, [mistake] = read('device = "shelly:shelly4"', rest)
    assert lamp is None
    assert told in mistake
    assert mistake.startswith("sensors.toml line ")


@pytest.mark.parametrize("device", ["nuki:1A2B", "frigate:gate", "lora:0102030405060708", "x:y"])
def test_a_device_of_a_family_that_moves_or_only_senses_is_never_driven(device: str) -> None:
    assert device.partition(":")[0] not in OUTPUTS
    lamp, mistakes = read(f'device = "{device}"', 'channel = "output-1"', 'lit = ["late"]')
    assert lamp is None
    assert mistakes


def test_a_lamp_counts_among_the_bound_devices_and_moves_to_its_id() -> None:
    text = '[[lamp]]\ndevice = "tasmota:tower"\nchannel = "output-1"\nlit = ["late"]\n'
    bindings, mistakes = read_bindings(text)
    assert mistakes == ()
    assert bindings.devices == {"tasmota:tower"}
    [hook] = hooks_of(bindings, Memory(NOON), "tasmota:tower", NOON)
    assert (hook.kind, hook.channel, hook.bay) == ("lamp", "output-1", "")
    [moved] = bindings.moved({"tasmota:tower": "tasmota:A4CF12AABB09"}).lamps
    assert moved.device == "tasmota:A4CF12AABB09"


@pytest.mark.parametrize(
    ("hours", "minute", "quiet"),
    [
        ("20:00-07:00", 23 * 60, True),
        ("20:00-07:00", 6 * 60 + 59, True),
        ("20:00-07:00", 7 * 60, False),
        ("12:00-13:00", 12 * 60 + 30, True),
        ("12:00-13:00", 13 * 60, False),
        ("", 0, False),
    ],
)
def test_quiet_hours_may_pass_midnight(hours: str, minute: int, quiet: bool) -> None:
    assert is_quiet(Lamp("hermes:hall", "speech", quiet=hours), minute) is quiet


def test_others_are_told_of_the_bays_unless_that_is_switched_off() -> None:
    assert read_presence("") == (OwnPresence(), ())
    assert OwnPresence() == OwnPresence(states=True, home_assistant=False)
    off, _ = read_presence("[presence]\nstates = false\n")
    on, _ = read_presence('[presence]\nhome_assistant = true\nprefix = "ha"\n')
    assert (off.states, on.home_assistant, on.prefix) == (False, True, "ha")


@pytest.mark.parametrize(
    ("rest", "told"),
    [
        ("homeassistant = true", "homeassistant is not known here; did you mean home_assistant?"),
        ("home_assistant = 1", "home_assistant must be true or false"),
        ('prefix = "a/#"', "prefix must be words"),
        ("states = false\nhome_assistant = true", "home_assistant needs the states"),
    ],
)
def test_a_mistake_in_what_others_are_told_changes_nothing(rest: str, told: str) -> None:
    found, [mistake] = read_presence(f"[presence]\n{rest}\n")
    assert found == OwnPresence()
    assert told in mistake.reason
