"""Which channel of which device hangs on which bay: TOML text to values and mistakes. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from itertools import chain

from board.core.slips import slip
from devices.badges import read_holders, read_readers
from devices.bindings import LEAST_GAP_MM, MEANS_A_CAR, SETTINGS, Bindings, Sensor, fitted
from devices.buttons import read_buttons
from devices.gates import read_gates
from devices.lamps import read_lamps
from devices.placed import read_placed, stands_for, wrong_place
from devices.profiles.profile import Profile
from devices.tables import Mistake, Table, Wrong, near, wrong_keys

KINDS: Mapping[str, type] = {
    one.name: one.type for one in fields(Sensor) if isinstance(one.type, type)
}
NEEDED = ("device", "channel", "bay")


def read_bindings(
    text: str,
    bays: frozenset[str] | None = None,
    profiles: Mapping[str, Profile] | None = None,
    people: Collection[str] | None = None,
) -> tuple[Bindings, tuple[Mistake, ...]]:
    """The tables of a TOML file about what hangs somewhere, and no others.

    With `bays` and `people` any other is a mistake; `profiles` are those that may be named.
    Tables with mistakes are left out.
    """
    named = profiles or {}
    sensors, mistakes = read_placed(
        text,
        "sensor",
        lambda table: _wrong_sensor(table, bays, named),
        lambda table: _sensor(table, named),
    )
    buttons, wrong_buttons = read_buttons(text, bays, people)
    readers, wrong_readers = read_readers(text, bays)
    holders, wrong_holders = read_holders(text, people)
    gates, wrong_gates = read_gates(text)
    lamps, wrong_lamps = read_lamps(text, bays)
    found = Bindings(tuple(sensors.values()), buttons, readers, holders, gates, lamps)
    wrong = (mistakes, wrong_buttons, wrong_readers, wrong_holders, wrong_gates, wrong_lamps)
    # What is wrong with the text as a whole is found by each of them.
    return found, tuple(dict.fromkeys(chain(*wrong)))


def _wrong_sensor(
    table: Table, bays: frozenset[str] | None, profiles: Mapping[str, Profile]
) -> list[Wrong]:
    found = wrong_keys(table.values, KINDS, NEEDED) or _wrong_profile(table.values, profiles)
    return found or _wrong_values(_sensor(table, profiles), bays)


def _wrong_profile(values: Mapping[str, object], profiles: Mapping[str, Profile]) -> list[Wrong]:
    name, channel = str(values.get("profile", "")), str(values["channel"])
    if not name:
        return []
    if name not in profiles:
        return [("profile", slip("no_profile", near(name, profiles), profile=name))]
    if profiles[name].channel(channel) is None:
        known = ", ".join(one.channel for one in profiles[name].channels)
        told = {"profile": name, "channel": channel}
        bare = slip("profile_is_bare", **told)
        return [("channel", slip("not_in_profile", **told, known=known) if known else bare)]
    return []


def _sensor(table: Table, profiles: Mapping[str, Profile]) -> Sensor:
    left_out = frozenset(SETTINGS - table.values.keys())
    plain = Sensor(**table.values, left_out=left_out)  # type: ignore[arg-type]  # _wrong_keys
    named = profiles.get(plain.profile)
    return plain if named is None else fitted(plain, named, SETTINGS)


def _wrong_values(sensor: Sensor, bays: frozenset[str] | None) -> list[Wrong]:
    means_a_car = stands_for(sensor.channel, MEANS_A_CAR)
    found = wrong_place(sensor.device, sensor.channel, means_a_car, "no_car")
    if bays is not None and sensor.bay not in bays:
        found.append(("bay", slip("no_bay", bay=sensor.bay)))
    return found + _wrong_numbers(sensor)


def _wrong_numbers(sensor: Sensor) -> list[Wrong]:
    found: list[Wrong] = []
    for key in ("enter_seconds", "leave_seconds"):
        if not 0 <= getattr(sensor, key) <= 600:
            found.append((key, slip("between", key=key, least=0, most=600)))
    if not 1 <= sensor.expected_interval_seconds <= 172_800:
        key = "expected_interval_seconds"
        found.append((key, slip("between", key=key, least=1, most=172_800)))
    if not sensor.leave_above_mm - sensor.enter_below_mm >= LEAST_GAP_MM:
        found.append(("leave_above_mm", slip("gap", least=LEAST_GAP_MM)))
    if not sensor.nearest_mm < sensor.enter_below_mm < sensor.leave_above_mm <= sensor.farthest_mm:
        found.append(("enter_below_mm", slip("order")))
    return found
