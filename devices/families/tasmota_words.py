"""The words that a shop has given its Tasmotas for on, off and being there. Pure.

They stand in a device's discovery. A message with any other word waits for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from devices.families.tasmota_sensors import NUMBERED, ON
from devices.families.values import PRESSES, number, text_of
from devices.payloads import Json

USUAL = ("OFF", "ON", "TOGGLE", "HOLD")
"""In the order in which a discovery lists a shop's own (StateText1 to 4)."""
PRESENCE = {"onln": "ONLINE", "on": "ONLINE", "ofln": "OFFLINE", "of": "OFFLINE"}
STATES = ("state", "st")
INSIDE = ("state", "action")
"""Keys of a switch or a button that say its word."""
KNOWN = frozenset({*ON, *USUAL, "CLEAR", "INC_DEC", "INCDEC", "INV", *map(str.upper, PRESSES)})
LONGEST = 40

Own = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """Tasmota's usual word for each of a device's own, in capitals. `sleeps`: its last will tells
    that it sleeps until it wakes by itself.
    """

    states: Own = field(default_factory=lambda: MappingProxyType({}))
    presence: Own = field(default_factory=lambda: MappingProxyType({}))
    sleeps: bool = False

    def of_presence(self, word: str) -> str:
        """The usual word of a last will or a birth."""
        return self.presence.get(word.upper(), word)

    def of_state(self, word: str) -> str:
        """The usual word of a switch or a relay."""
        return self.states.get(word.upper(), word)

    def within(self, value: dict[str, Json]) -> dict[str, Json]:
        """The same message in the usual words."""
        return {key: self._usual(one) if NUMBERED.match(key) else one for key, one in value.items()}

    def _usual(self, one: Json) -> Json:
        if isinstance(one, dict):
            return {
                key: self.of_state(word)
                if isinstance(word, str) and key.lower() in INSIDE
                else word
                for key, word in one.items()
            }
        return self.of_state(one) if isinstance(one, str) else one


USUAL_WORDS = Words()


def own_words(value: Mapping[str, Json]) -> Words:
    """Those of a discovery that are not the usual ones."""
    listed = next((value[key] for key in STATES if key in value), None)
    told = listed[: len(USUAL)] if isinstance(listed, list) else []
    states = [(_plain(word), usual) for word, usual in zip(told, USUAL, strict=False)]
    presence = [(_plain(value.get(key)), usual) for key, usual in PRESENCE.items()]
    sleeps = (number(value.get("dslp")) or 0) > 0
    return Words(_others(states), _others(presence), sleeps)


def is_other(word: str) -> bool:
    """Whether a word of a switch or a relay is none of Tasmota's own."""
    return word.strip().upper() not in KNOWN


def has_others(value: Mapping[str, Json]) -> bool:
    """Whether any switch, relay or button of a message says such a word."""
    return any(
        is_other(word) for key, one in value.items() if NUMBERED.match(key) for word in _said(one)
    )


def _said(one: Json) -> list[str]:
    if isinstance(one, dict):
        return [
            word for key, word in one.items() if isinstance(word, str) and key.lower() in INSIDE
        ]
    return [one] if isinstance(one, str) else []


def _plain(word: Json) -> str:
    return text_of(word, LONGEST).strip().upper()


def _others(pairs: Sequence[tuple[str, str]]) -> Own:
    """One word for two things says neither."""
    found = {word: usual for word, usual in pairs if word and word != usual}
    shared = {word for word, usual in pairs if word in found and found[word] != usual}
    return {word: usual for word, usual in found.items() if word not in shared}
