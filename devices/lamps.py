"""Which lamps, buzzers, tags and announcers a shop has, and where: TOML tables to values. Pure.

What may be driven is a closed list of channels that shine, sound or show a text: nothing that
moves is on it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields

from board.core.slips import slip
from devices.ids import CHANNEL, STABLE_ID, WRONG_CHANNEL, WRONG_DEVICE
from devices.placed import read_placed
from devices.shown import Says, Tone
from devices.tables import Mistake, Table, Wrong, near, wrong_keys

LIGHT = "light"
"""A channel of a device whose light takes colours."""
LAMP, BUZZER, TAG, VOICE = KINDS = ("lamp", "buzzer", "tag", "voice")
OUR_IDS = re.compile(r"(?:wled|hermes):[\w][\w ./:-]{0,119}\Z")
OUTPUTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "tasmota": {"output": (LAMP, BUZZER)},
    "shelly": {"output": (LAMP, BUZZER)},
    "z2m": {"output": (LAMP, BUZZER), LIGHT: (LAMP,)},
    "esphome": {"output": (LAMP, BUZZER), LIGHT: (LAMP,), "text": (TAG,)},
    "wled": {"segment": (LAMP,)},
    "hermes": {"speech": (VOICE,)},
    "native": {"lamp": (LAMP,), "buzzer": (BUZZER,), "display": (TAG,), "speech": (VOICE,)},
}
"""By kind of id: what each channel may be, the usual one first. All that is ever driven."""
GENERATIONS = ("shelly-gen1", "shelly-gen2")
COLOURED = (LIGHT, "segment", "lamp")
"""Channels that take a colour; a relay only says on or off."""
LONGEST_BUZZ_SECONDS = 10
PLACE = re.compile(r"\d{1,2}\Z")
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)\Z")


@dataclass(frozen=True, slots=True)
class Lamp:
    """One output at a bay, or of the whole shop where `bay` is ''.

    `lit`: the tones at which it is on; `says`: what an announcer speaks of; `quiet`: when it only
    speaks of safety (`20:00-07:00`); `seconds`: how long a buzzer sounds; `family`: which
    generation of Shelly it is, where its name does not tell.
    """

    device: str
    channel: str
    bay: str = ""
    kind: str = ""
    lit: tuple[str, ...] = ()
    says: tuple[str, ...] = (Says.help,)
    quiet: str = ""
    seconds: float = 3
    family: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Device and channel."""
        return (self.device, self.channel)

    @property
    def place(self) -> str:
        """Where on the device: what follows the first hyphen of the channel."""
        return self.channel.partition("-")[2]

    @property
    def word(self) -> str:
        """What kind of output the device calls it."""
        return self.channel.partition("-")[0]


_LISTS = {"lit": Tone, "says": Says}
_PLAIN: Mapping[str, type] = {
    one.name: one.type if isinstance(one.type, type) else list for one in fields(Lamp)
}


def read_lamps(
    text: str, bays: Collection[str] | None = None
) -> tuple[tuple[Lamp, ...], tuple[Mistake, ...]]:
    """The [[lamp]] tables of a TOML file. Tables with mistakes are left out."""
    found, mistakes = read_placed(text, LAMP, lambda table: _wrong(table, bays), _lamp)
    return tuple(found.values()), mistakes


def _lamp(table: Table) -> Lamp:
    said = {key: tuple(one) if isinstance(one, list) else one for key, one in table.values.items()}
    plain = Lamp(**said)  # type: ignore[arg-type]  # wrong_keys
    usual = _may_be(plain)[:1] or ("",)
    return plain if plain.kind else Lamp(**{**said, "kind": usual[0]})  # type: ignore[arg-type]


def _may_be(lamp: Lamp) -> tuple[str, ...]:
    return OUTPUTS.get(lamp.device.partition(":")[0], {}).get(lamp.word, ())


def is_output(device: str, channel: str) -> bool:
    """Whether this channel may be driven, if what hangs on it lights up, sounds or shows."""
    return CHANNEL.match(channel) is not None and bool(_may_be(Lamp(device, channel)))


def takes_colours(channel: str) -> bool:
    """Whether what hangs on the channel takes a colour."""
    return channel.partition("-")[0] in COLOURED


def _wrong(table: Table, bays: Collection[str] | None) -> list[Wrong]:
    found = wrong_keys(table.values, _PLAIN, ("device", "channel"))
    found = found or _wrong_lists(table.values)
    if found:
        return found
    lamp = _lamp(table)
    if not STABLE_ID.match(lamp.device) and not OUR_IDS.match(lamp.device):
        return [("device", WRONG_DEVICE)]
    if not CHANNEL.match(lamp.channel):
        return [("channel", WRONG_CHANNEL)]
    return list(_wrong_output(lamp)) or _wrong_values(lamp, bays)


def _wrong_lists(values: Mapping[str, object]) -> list[Wrong]:
    found: list[Wrong] = []
    for key, words in _LISTS.items():
        listed = values.get(key, [])
        known = [str(one) for one in words]
        for one in listed if isinstance(listed, list) else []:
            if one not in known:
                hint = near(str(one), known)
                code = "no_word" if hint else "no_word_known"
                told = slip(code, hint, key=key, word=one, known=", ".join(known))
                found.append((key, told))
    return found


def _wrong_output(lamp: Lamp) -> list[Wrong]:
    head = lamp.device.partition(":")[0]
    known = OUTPUTS.get(head, {})
    kinds = known.get(lamp.word)
    if kinds is None:
        code = "not_driven" if known else "never_driven"
        return [("channel", slip(code, family=head, known=", ".join(known)))]
    if lamp.kind not in kinds:
        return [("kind", slip("kind_on", known=", ".join(kinds), channel=lamp.word))]
    numbered = head in ("tasmota", "shelly", "wled")
    if numbered and not PLACE.match(lamp.place):
        return [("channel", slip("needs_number", channel=lamp.word, example=f"{lamp.word}-1"))]
    if head == "esphome" and not lamp.place:
        return [("channel", slip("needs_component", channel=lamp.word, example=f"{lamp.word}-red"))]
    return []


def _wrong_values(lamp: Lamp, bays: Collection[str] | None) -> list[Wrong]:
    found: list[Wrong] = []
    if lamp.bay and bays is not None and lamp.bay not in bays:
        found.append(("bay", slip("no_bay", bay=lamp.bay)))
    if lamp.kind == TAG and not lamp.bay:
        found.append(("bay", slip("tag_place")))
    if lamp.kind == LAMP and lamp.word not in COLOURED and not lamp.lit:
        found.append(("lit", slip("lit_missing", known=", ".join(Tone))))
    if not 0 < lamp.seconds <= LONGEST_BUZZ_SECONDS:
        found.append(("seconds", slip("buzz_seconds", most=LONGEST_BUZZ_SECONDS)))
    if lamp.quiet and not HOURS.match(lamp.quiet):
        found.append(("quiet", slip("quiet")))
    if lamp.family and lamp.family not in GENERATIONS:
        found.append(("family", slip("one_of", key="family", known=", ".join(GENERATIONS))))
    return found


def is_quiet(lamp: Lamp, minute: int) -> bool:
    """Whether it keeps quiet at this minute of the day."""
    told = HOURS.match(lamp.quiet)
    if told is None:
        return False
    begins, ends = (60 * int(told[at]) + int(told[at + 1]) for at in (1, 3))
    return begins <= minute < ends if begins <= ends else not ends <= minute < begins
