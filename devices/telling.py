"""What is told of the devices to whoever asks, as plain values for JSON: the list, one device.

Pure. Times are texts with their zone; what devices say of themselves is bounded, and without what
names a car or a person.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial
from math import isfinite

from msgspec import structs

from devices.batteries import Battery
from devices.ids import STABLE_ID
from devices.inbox import Seen
from devices.logbook import Logbook, Message, Point, Said
from devices.memory import BayReport
from devices.quarantine import Suspect
from devices.redaction import readable
from devices.situation import Situation
from devices.standing import (
    OWED,
    Standing,
    hooks_of,
    is_outvoted,
    is_overdue,
    standing_of,
    worst,
)
from devices.telling_bays import bays_now, named, told_bay
from devices.why import told_why

Told = dict[str, object]
MOST_UNBOUND = 100
MOST_SUSPECTS = 20
MOST_TOLD = 60
LONGEST = 120


def told_list(here: Situation) -> Told:
    """Every bound device, the bays they hang at, and those unbound heard last."""
    bays = _bays(here)
    unbound = [_unbound(here, one) for one in here.unbound[:MOST_UNBOUND]]
    return {
        "bays": [told_bay(here, one) for one in bays.values()],
        "bound": [_bound(here, bays, one) for one in sorted(here.bindings.devices)],
        "unbound": unbound,
        "unbound_total": len(here.unbound),
        "malformed": here.malformed,
        "suspects": [_suspect(one) for one in reversed(here.suspects[-MOST_SUSPECTS:])],
        "told": [_plain(asdict(one)) for one in here.told[:MOST_TOLD]],
        "told_total": len(here.told),
    }


def told_device(here: Situation, device: str) -> Told | None:
    """One device, bound or not; None if nothing is known of it."""
    seen = next((one for one in here.unbound if one.device == device), None)
    book = here.logbooks.get(device)
    if device not in here.bindings.devices and seen is None and book is None:
        return None
    bays = _bays(here)
    told = _bound(here, bays, device) if device in here.bindings.devices else {}
    if seen is not None:
        told = _unbound(here, seen)
    elif not told:
        told = _unbound(here, Seen(device, here.now))
    hung = (one.bay for one in here.bindings.sensors if one.device == device)
    mine = [bays[bay] for bay in hung if bay in bays]
    return {
        **told,
        "is_bound": device in here.bindings.devices,
        "bays": [told_bay(here, one) for one in dict.fromkeys(mine)],
        "told": [_plain(asdict(one)) for one in here.told if one.device == device],
        **_book(book or here.logbooks.fresh(device)),
    }


def _bays(here: Situation) -> dict[str, BayReport]:
    return bays_now(here.bindings, here.memory, here.now)


def _bound(here: Situation, bays: Mapping[str, BayReport], device: str) -> Told:
    book = here.logbooks.get(device)
    hooks = hooks_of(here.bindings, here.memory, device, here.now)
    about = here.known.devices.get(device)
    profile = here.known.profile(here.shelf, device)
    written = next((one.profile for one in hooks if one.profile), "")
    life = here.memory.lives.get(device)
    standing = standing_of(hooks, bays, here.memory, device, book, here.now)
    mine = (one.trouble for one in here.told if one.device == device)
    owed = [OWED[one] for one in mine if one in OWED]
    if is_outvoted(here.bindings, here.memory, bays, device, here.now):
        owed.append(Standing.conflict)
    heard = (book or here.logbooks.fresh(device)).last_heard
    expected = partial(here.known.expected_seconds, here.shelf, device)
    if is_overdue(hooks, device, expected, heard, here.now):
        owed.append(Standing.stale)
    return {
        "id": device,
        "name": named(here, device),
        "model": _short(about.told.model) if about else "",
        **told_profile(here, written or (profile.id if profile else "")),
        "standing": worst((standing, *owed)).value,
        "hooks": [_plain(asdict(one)) for one in hooks],
        "bridge": life.bridge if life else "",
        **_heard(here, device, book),
    }


def _unbound(here: Situation, seen: Seen) -> Told:
    return {
        "id": seen.device,
        "name": _short(seen.name or seen.alias.partition(":")[2]),
        "model": _short(seen.model),
        **told_profile(here, seen.profile),
        "confidence": round(100 * seen.confidence),
        "channels": [_short(one) for one in seen.channels],
        "unmapped": [_short(one) for one in seen.unmapped],
        "can_bind": bool(STABLE_ID.match(seen.device)),
        **_heard(here, seen.device, here.logbooks.get(seen.device)),
    }


def _heard(here: Situation, device: str, book: Logbook | None) -> Told:
    kept = book or here.logbooks.fresh(device)
    battery = here.batteries.get(device) or (kept.battery[-1] if kept.battery else None)
    return {
        "heard": kept.last_heard.isoformat() if kept.last_heard else None,
        "battery": _battery(battery) if battery else None,
        "last": _last(kept),
        "count": kept.counts.messages,
    }


def _last(book: Logbook) -> list[Told]:
    return [
        {"channel": _short(channel), "value": value, "at": at.isoformat()}
        for channel, (value, at) in book.last.items()
    ]


def _battery(one: Battery | Point) -> Told:
    return {"percent": one.percent, "millivolts": one.millivolts, "low": one.low}


def _book(book: Logbook) -> Told:
    return {
        "counts": dict(book.figures),
        "counted_since": book.counted_since.isoformat() if book.counted_since else None,
        "alive": book.alive.value,
        "alive_since": book.alive_since.isoformat() if book.alive_since else None,
        "skew_seconds": book.skew_seconds,
        "battery_days": [_plain(asdict(one)) for one in book.battery],
        "findings": [
            {"finding": one.value, "text": text, "at": at.isoformat()}
            for one, (text, at) in book.findings.items()
        ],
        "messages": [_message(one) for one in reversed(book.messages)],
    }


def _message(one: Message) -> Told:
    return _plain(structs.asdict(one) | {"said": told_said(one.said)})


def told_said(said: Iterable[Said]) -> list[Told]:
    """What was read from a message."""
    return [{"kind": kind, "channel": channel, "value": value} for kind, channel, value in said]


def _suspect(one: Suspect) -> Told:
    return {
        "device": one.device,
        "topic": one.topic,
        "reason": one.reason,
        "why": told_why(one.reason),
        "text": readable(one.first_bytes, one.topic, careful=True),
        "size": one.size,
        "at": one.at.isoformat(),
    }


def told_profile(here: Situation, profile: str) -> Told:
    """Its key and what people call it, in each language that has a name of its own for it."""
    found = here.shelf.profiles.get(profile)
    name, called = (found.name, dict(found.called)) if found else ("", {})
    return {"profile": profile, "profile_name": name, "profile_called": called}


def _short(text: str) -> str:
    return text[:LONGEST]


def _plain(values: Mapping[str, object]) -> Told:
    """Days and moments as texts."""
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in values.items()
    }


def as_json(told: Told) -> bytes:
    """As it travels. What JSON has no word for, which devices send all the same, becomes a text."""
    return json.dumps(_sound(told), ensure_ascii=False).encode("utf-8", "replace")


def _sound(value: object) -> object:
    match value:
        case dict():
            return {key: _sound(one) for key, one in value.items()}
        case list() | tuple():
            return [_sound(one) for one in value]
        case float() if not isfinite(value):
            return str(value)
    return value
