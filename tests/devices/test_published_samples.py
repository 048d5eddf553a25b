"""Every published message has its stated meaning, out of its family and the fold together.

The 81 messages of device_samples.jsonl come from the makers' documentation, issues and
captures. Each is read by its family, under its base topic, after the messages its `after`
names, with a fresh memory. Then every key of the stated meaning is compared with what was
found (`meanings.SAYS`); a key that nobody knows how to compare fails, and so does a battery,
a link or a capability that was found but is not stated. In particular:

- `act` says which kinds of observation there are: update = levels only, emit = events (levels
  may come with them), ignore = nothing at all, quarantine = one `Malformed` and nothing else.
- Values are compared in the sample's unit; ours are mm, percent and mV.
- A contact is a door with the opposite sign. A bridge has an id of its own kind.
- Where no stable id is known, the device is its address; a discovery is found under both.
- An event that says `hold` is emitted: what to do with an unsure plate is the shop's rule. A
  sample that is ignored has no event, whatever its `events` calls the read.
- Four messages are commands, which we send: `test_signals` makes them from their outputs.
- `seq` and `aliases` are inside the family's memory: the samples that follow show them.
"""

from typing import Any

import pytest

from devices.readings import (
    Availability,
    Capability,
    Diagnostic,
    Discovery,
    Event,
    Finding,
    Malformed,
    Observation,
    State,
)
from tests.devices.meanings import SAYS, Found, battery, capabilities, event, link
from tests.devices.samples import COMMANDS, Sample, adapter_for, read, samples

UNSAID = frozenset({"act", "events", "why", "then", "privacy", "confirm", "seq", "aliases"})
ALLOWED: dict[str, tuple[type[Observation], ...]] = {
    "update": (State, Diagnostic),
    "emit": (Event, State, Diagnostic),
    "hold": (Event,),
    "availability": (Availability, Diagnostic),
    "inbox": (Discovery, Availability),
    "seed": (State, Availability, Discovery),
    "diagnostic": (Diagnostic,),
    "confirm": (State,),
    "request_rebirth": (Diagnostic,),
    "quarantine": (Malformed,),
    "ignore": (),
}
NEEDED = {"quarantine": Malformed, "diagnostic": Diagnostic, "inbox": Discovery}


def told(sample: Sample, found: Found) -> dict[str, Any]:
    """The keys of its stated meaning as they were found, and what was found besides."""
    wanted = sample.meaning
    act = wanted["act"]
    said = {key: SAYS[key](found, wanted[key]) for key in wanted if key not in UNSAID}
    if act == "ignore":
        said = {key: wanted[key] for key in said}
    said["act"] = act if _fits(act, found) else [type(one).__name__ for one in found]
    if "capabilities" not in wanted and capabilities(found, {}) and act != "ignore":
        said["capabilities"] = capabilities(found, {})
    if "link" not in wanted and link(found):
        said["link"] = link(found)
    for key in ("battery_pct", "battery_low", "battery_mv"):
        if key not in wanted and battery(found, key) not in ("nothing", False):
            said[key] = battery(found, key)
    return said | _events(wanted, found)


def _fits(act: str, found: Found) -> bool:
    """Whether only such observations came as the act allows, and those it needs."""
    if not all(isinstance(one, ALLOWED[act]) for one in found):
        return False
    if act == "request_rebirth":
        return any(
            isinstance(one, Diagnostic) and one.finding is Finding.rebirth_wanted for one in found
        )
    return act not in NEEDED or any(isinstance(one, NEEDED[act]) for one in found)


def _events(wanted: dict[str, Any], found: Found) -> dict[str, Any]:
    events = [one for one in found if isinstance(one, Event)]
    listed = wanted.get("events", [])
    if wanted["act"] == "ignore" and not events:
        return {"events": listed} if "events" in wanted else {}
    pairs = [event(one, like) for one, like in zip(events, listed, strict=False)]
    extra = ["one more"] * (len(events) - len(pairs))
    return {"events": pairs + extra} if "events" in wanted or events else {}


def stated(sample: Sample) -> dict[str, Any]:
    """Its meaning without what other tests show."""
    return {
        key: value
        for key, value in sample.meaning.items()
        if key in {"act", "events"} | SAYS.keys()
    }


@pytest.mark.parametrize("name", sorted(samples().keys() - COMMANDS))
def test_a_published_message_has_its_stated_meaning(name: str) -> None:
    sample = samples()[name]
    adapter = adapter_for(sample)
    assert adapter is not None, f"nobody reads {sample.topic}"
    assert told(sample, read(sample, adapter)) == stated(sample)


def test_all_messages_are_there_and_say_nothing_that_is_not_compared() -> None:
    assert len(samples()) == 81
    keys = {key for one in samples().values() for key in one.meaning}
    assert keys - UNSAID - SAYS.keys() == {"output"}


def test_a_wrong_meaning_is_noticed() -> None:
    """A door that is open is not one that is shut, and a battery nobody stated is too much."""
    sample = samples()["z2m-contact-open-slash"]
    adapter = adapter_for(sample)
    assert adapter is not None
    found = [one for one in read(sample, adapter) if isinstance(one, State)]
    shut = [one for one in found if one.capability is not Capability.contact]
    assert told(sample, shut) != stated(sample)
    other = samples()["z2m-occupancy-true"]
    assert told(other, [*read(other, adapter_for(other) or adapter), *shut]) != stated(other)
