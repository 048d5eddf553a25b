"""The sentences of the list of unbound devices: message ids, in the order of the list.

Sentences stand in comments; what is bound is written by their side in English, as files are.
"""

SENTENCES: dict[str, str] = {
    "head": "Devices that speak and hang on no bay, the latest first.",
    "copy": "Copy the table of one into sensors.toml and say which bay, or which gate, it is at.",
    "more": "docs/devices.md says more.",
    "none": "There are none.",
    "heard": "{device}, last heard {time}",
    "profile": "profile {profile}, {share} sure: {name}",
    "yes": "{value}, so {means}: yes",
    "no": "{value}, so {means}: no",
    "unmapped": "to be looked at: {what}",
    "others": "or another channel: {channels}",
    "driven": "only what lights up or sounds: nothing that moves is driven",
    "gate": "of the gate or door",
    "low": "The battery of {device} is low.",
    "low_at": "The battery of {device} at {place} is low.",
    "low_left": "The battery of {device} is low: {left}.",
    "low_at_left": "The battery of {device} at {place} is low: {left}.",
}
