"""Forms about lamps, buzzers, tags and announcers to edits of the bindings file. Pure."""

from collections.abc import Mapping

from devices import binding_edits
from devices.binding_edits import Value
from devices.form_fields import Declined, Edit, Form, place_of, ticked, whole_number
from devices.lamps import (
    BUZZER,
    COLOURED,
    HOURS,
    KINDS,
    LAMP,
    LONGEST_BUZZ_SECONDS,
    OUTPUTS,
    TAG,
    VOICE,
    Lamp,
)
from devices.shown import Says, Tone

HALL = "hall"
"""Chosen as the place of what hangs for the whole shop."""
RELAY = "output"
"""A channel behind which anything may hang."""
TONES, SUBJECTS = tuple(map(str, Tone)), tuple(map(str, Says))


def bind_lamp(form: Form) -> Edit:
    """An output to a bay or to the whole shop, with what it shows when."""
    kind, _, channel = form.get("what", "").partition(" ")
    if kind not in KINDS or not channel:
        raise Declined("device_channel_needed", "what")
    device = form.get("device", "")
    values: dict[str, Value] = {"device": device, "channel": channel, **_where(form, kind)}
    if kind != _usual(device, channel):
        values["kind"] = kind
    if channel.partition("-")[0] == RELAY and form.get("moves_nothing") != "yes":
        raise Declined("lamp_moves_nothing", "moves_nothing")
    shows = shown_as(form, kind, channel, Lamp(device, channel))
    values |= {key: value for key, value in shows.items() if value is not None}
    return lambda text: binding_edits.added(text, LAMP, values)


def show_lamp(form: Form) -> Edit:
    """Another answer to when it is on, or what it speaks of."""
    place = place_of(form)

    def edit(text: str) -> str:
        now = binding_edits.values_of(text, place)
        kind = str(now.get("kind", _usual(place.device, place.channel)))
        said = {key: now[key] for key in ("seconds", "quiet", "says", "lit") if key in now}
        values = shown_as(form, kind, place.channel, Lamp(place.device, place.channel))
        return binding_edits.changed(
            text, place, {key: one for key, one in values.items() if said.get(key) != _listed(one)}
        )

    return edit


def shown_as(form: Form, kind: str, channel: str, usual: Lamp) -> Mapping[str, Value | None]:
    """The keys of a table that say what is shown when; None for what goes without saying."""
    if kind == TAG:
        return {}
    if kind == VOICE:
        return _spoken(form, usual)
    lit = ticked(form, "lit", TONES)
    if kind == LAMP and channel.partition("-")[0] not in COLOURED and not lit:
        raise Declined("lamp_lit_needed", "lit")
    found: dict[str, Value | None] = {"lit": lit or None}
    if kind == BUZZER:
        seconds = whole_number(form, "seconds", "lamp_seconds")
        if not 1 <= seconds <= LONGEST_BUZZ_SECONDS:
            raise Declined("lamp_seconds", "seconds")
        found["seconds"] = seconds if seconds != usual.seconds else None
    return found


def _spoken(form: Form, usual: Lamp) -> Mapping[str, Value | None]:
    says, quiet = ticked(form, "says", SUBJECTS), form.get("quiet", "").strip()
    if not says:
        raise Declined("lamp_says_needed", "says")
    if quiet and not HOURS.match(quiet):
        raise Declined("lamp_quiet", "quiet")
    return {"says": says if says != tuple(usual.says) else None, "quiet": quiet or None}


def _where(form: Form, kind: str) -> Mapping[str, Value]:
    where, _, place = form.get("place", "").partition(" ")
    if where == HALL and kind == TAG:
        raise Declined("tag_bay_needed", "place")
    if where == HALL:
        return {}
    if where != "bay" or not place:
        raise Declined("device_place_needed", "place")
    return {"bay": place}


def _usual(device: str, channel: str) -> str:
    known = OUTPUTS.get(device.partition(":")[0], {}).get(channel.partition("-")[0], ())
    return known[0] if known else ""


def _listed(value: Value | None) -> object:
    return list(value) if isinstance(value, tuple) else value
