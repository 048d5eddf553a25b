"""What is told to whoever binds devices, as plain values for JSON: which row reacts, where a device
may hang, what it would have done in shadow, what a sonar measures. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from devices.badges import BADGE
from devices.binding_edits import SENSOR
from devices.bindings import MEANS_A_CAR
from devices.buttons import BUTTON
from devices.calibrating import NEAREST_MM, Unfit, captured, suggested
from devices.ids import CHANNEL
from devices.inbox import Seen, guessed
from devices.lamp_choices import is_drivable, outputs_of
from devices.listing import SPEAKS_BY_NAME, may_mean_a_car
from devices.placed import Key, stands_for
from devices.profiles.guess import told_of
from devices.reactions import reacted
from devices.situation import Situation
from devices.telling import Told, told_device, told_list, told_profile
from devices.telling_bays import voices
from devices.telling_lamps import Lit, told_lamps
from devices.watching import Watching

MOST_REACTIONS = 60
MOST_SHADOWS = 20
MOST_CAPTURED = 20


@dataclass(frozen=True, slots=True)
class Watched:
    """Everything that is known at one moment."""

    here: Situation
    watching: Watching
    lit: Lit = field(default_factory=Lit)


def told_listen(seen: Watched, since: datetime, until: datetime) -> Told:
    """What reacted between two moments, the latest change first, and all devices."""
    changes = seen.watching.reactions.changes
    found = reacted(changes, since, until)[:MOST_REACTIONS]
    rows = [
        {
            "device": one.device,
            "channel": one.channel,
            "times": one.times,
            "before": one.before,
            "after": one.after,
            "at": one.last_at.isoformat(),
        }
        for one in found
    ]
    return {"now": seen.here.now.isoformat(), "rows": rows, "list": told_list(seen.here)}


def told_bind(seen: Watched, device: str) -> Told | None:
    """One device with the names it is bound under, what its bays would say, its outputs, and who
    could take its place; None if nothing is known of it and it is none that could be driven.
    """
    here, shadows = seen.here, seen.watching.shadows
    own = seen.here.ids.get(device, device)
    found = told_device(here, own) or _unheard(here, own)
    if found is None:
        return None
    names = (name for name, stable in seen.here.ids.items() if stable == own)
    bays = {one.bay for one in here.bindings.sensors if one.device == own and one.shadow}
    would = [here.memory.shadows[bay] for bay in bays if bay in here.memory.shadows]
    return {
        "device": found,
        "names": [*dict.fromkeys((own, device, *names))],
        "bind_as": _bind_as(here, own),
        "choices": [*_choices(seen, own), *_outputs(seen, own)],
        "outputs": told_lamps(seen.lit, own),
        "would": [
            {
                "bay": one.bay,
                "present": one.present,
                "since": one.since.isoformat(),
                "cause": one.reason.value,
                "devices": voices(here, one.bay, one.device.split(" ")),
            }
            for one in would
        ],
        "count": shadows.counts.get(own, 0),
        "deeds": _deeds(seen, own, bays),
        "others": _others(here),
    }


def _unheard(here: Situation, device: str) -> Told | None:
    """A device that never said anything, as lamps and announcers may not."""
    if not is_drivable(device):
        return None
    return told_device(replace(here, unbound=(Seen(device, here.now),)), device)


def _choices(seen: Watched, device: str) -> list[Told]:
    """The channels that can be bound or are, as what; those that hardly mean a car come last."""
    bound = (one.channel for one in seen.here.bindings.sensors if one.device == device)
    found = [
        _choice(seen, device, kind, one)
        for one in dict.fromkeys((*_said(seen, device), *bound))
        if CHANNEL.match(one) and (kind := _kind(one))
    ]
    return sorted(found, key=lambda one: not one["fits"])


def _choice(seen: Watched, device: str, kind: str, channel: str) -> Told:
    """One channel; of a sensor with the profile that may be written for it."""
    if kind != SENSOR:
        return {"kind": kind, "channel": channel, "fits": True}
    here, inbox = seen.here, _inbox(seen.here, device)
    profile = here.known.profile(here.shelf, device) or here.shelf.profiles.get(
        guessed(inbox, here.shelf).profile if inbox else ""
    )
    fits, found = may_mean_a_car(channel, profile), profile.channel(channel) if profile else None
    means = found.means.value if found else ""
    if found is None:
        about = here.known.devices.get(device)
        told = replace(about.told if about else told_of(device), channels=(*_said(seen, device),))
        profile = here.shelf.fitting(told, channel)
    told_of_it = {"kind": kind, "channel": channel, "fits": fits, "means": means}
    return told_of_it | told_profile(here, profile.id if profile else "")


def _inbox(here: Situation, device: str) -> Seen | None:
    return next((one for one in here.unbound if one.device == device), None)


def _said(seen: Watched, device: str) -> list[str]:
    """The channels that were heard, or that it declared."""
    book, inbox = seen.here.logbooks.get(device), _inbox(seen.here, device)
    said = [*(book.last if book else ()), *(inbox.channels if inbox else ())]
    return said + [channel for own, channel in seen.watching.reactions.changes if own == device]


def _outputs(seen: Watched, device: str) -> Iterator[Told]:
    """What may be driven of it, those that it told of itself first."""
    bound = _bind_as(seen.here, device)
    said = _said(seen, device)
    for channel, kinds in outputs_of(bound, said).items():
        for kind in kinds:
            yield {"kind": "lamp", "channel": channel, "fits": channel in said, "output": kind}


def _kind(channel: str) -> str:
    if stands_for(channel, MEANS_A_CAR):
        return SENSOR
    return next((one for one in (BUTTON, BADGE) if stands_for(channel, (one,))), "")


def _deeds(seen: Watched, device: str, bays: set[str]) -> list[Told]:
    """What it would have done; reports of its bays also where another sensor decides there."""
    found = [
        one
        for one in seen.watching.shadows.last
        if one.device == device or (one.deed == "report" and one.place in bays)
    ]
    return [
        {
            "at": one.at.isoformat(),
            "deed": one.deed.value,
            "place": one.place,
            "value": one.value,
            "detail": one.detail,
        }
        for one in found[:MOST_SHADOWS]
    ]


def _bind_as(here: Situation, device: str) -> str:
    """The id that a table gets."""
    seen = _inbox(here, device)
    alias = seen.alias if seen is not None else ""
    return alias if alias.startswith(SPEAKS_BY_NAME) else device


def _others(here: Situation) -> list[Told]:
    """Devices that hang nowhere and could take a place."""
    listed = told_list(here)["unbound"]
    assert isinstance(listed, list)
    return [
        {
            "id": _bind_as(here, one["id"]),
            "name": one["name"],
            "model": one["model"],
            "profile_name": one["profile_name"],
            "profile_called": one["profile_called"],
        }
        for one in listed
        if one["can_bind"]
    ]


def told_calibration(
    seen: Watched, place: Key, since: datetime, empty: Sequence[float], car: Sequence[float]
) -> Told:
    """What a sonar measured since a moment, in mm; and what follows from what was captured over
    the empty bay and over a car: thresholds, or in a word why there are none.
    """
    device, channel = seen.here.ids.get(place[0], place[0]), place[1]
    found = seen.watching.measured.since(device, channel, since)[-MOST_CAPTURED:]
    readings = [value for _, value in found]
    sensor = seen.here.bindings.by_key.get((device, channel))
    nearest = sensor.nearest_mm if sensor is not None else NEAREST_MM
    found_out = suggested(empty, car, nearest)
    return {
        "readings": readings,
        "now": _capture(readings),
        "empty": _capture(empty),
        "car": _capture(car),
        "thresholds": None if isinstance(found_out, Unfit) else asdict(found_out),
        "unfit": found_out.value if isinstance(found_out, Unfit) else "",
    }


def _capture(readings: Sequence[float]) -> Told | None:
    found = captured(readings)
    return asdict(found) if found is not None else None
