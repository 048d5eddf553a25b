"""What people can mend in the files that they write of devices: a code, values and a sentence each.

Sentences are message ids; whoever shows them translates. Knows no files and no devices.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from board.core import device_faults

Speak = Callable[[str], str]

SENTENCES: dict[str, str] = {
    "toml": "this is not TOML: {detail}",
    "toml_value": "this is not TOML: a value is missing or wrong; texts stand in quotes",
    "toml_equals": "this is not TOML: an equals sign is missing behind the key",
    "toml_list": "this is not TOML: a list that begins here does not end with ]",
    "toml_head": "this is not TOML: the head of a table ends with ] or ]], as it began",
    "toml_text": "this is not TOML: a text does not end with a quote",
    "toml_rest": "this is not TOML: something stands behind the end of the value",
    "toml_twice": "this is not TOML: a key or a table is there twice",
    "toml_statement": "this is not TOML: neither a key with a value nor the head of a table",
    "toml_sign": "this is not TOML: a character that may not stand here",
    "nested": "it is nested too deep",
    "table": "{name} must be written as [{name}]",
    "tables": "{name} must be written as [[{name}]] tables",
    "unknown_key": "{key} is not known here",
    "unknown_of_battery": "{key} is not known here; a battery has {known}",
    "missing": "{key} is missing",
    "text": "{key} must be a text",
    "true_or_false": "{key} must be true or false",
    "number": "{key} must be a number",
    "whole": "{key} must be whole",
    "list": "{key} must be a list",
    "between": "{key} must be between {least} and {most}",
    "one_of": "{key} must be one of {known}",
    "bound_already": "{channel} of {device} is already bound",
    "device_id": "{key} must be an id as the list of devices shows it",
    "channel_form": "channel must be what it measures, or that and - and a place",
    "no_car": "{channel} says nothing about a car in a bay",
    "no_button": "{channel} is no button",
    "no_badges": "{channel} reads no badges",
    "no_gate": "{channel} says nothing of a gate",
    "no_profile": "there is no profile {profile}",
    "not_in_profile": "the profile {profile} has no channel {channel}, but {known}",
    "profile_is_bare": "the profile {profile} has no channel {channel}, and no other",
    "no_bay": "there is no bay {bay}",
    "nobody": "there is nobody with the id {person}",
    "gap": "leave_above_mm must be {least} more than enter_below_mm or further",
    "order": "nearest, enter, leave and farthest must follow each other",
    "badge_taken": "this badge is {person}'s already",
    "mark": "mark must be the {length} signs that the list of devices shows",
    "button_place": "a button hangs at a bay or at a technician's place",
    "name_length": "name must have 1 to {most} characters",
    "name_signs": "name holds a sign that cannot be shown",
    "gate_empty": "a gate needs a camera, or a device and its channel",
    "gate_halves": "device and channel belong together",
    "no_word": "{key} has no {word}",
    "no_word_known": "{key} has no {word}; known are {known}",
    "not_driven": "of {family} devices only {known} may be driven: signals, never motion",
    "never_driven": "of {family} devices nothing may be driven: signals, never motion",
    "kind_on": "kind must be {known} on {channel}",
    "needs_number": "{channel} needs its number, as in {example}",
    "needs_component": "{channel} needs the component's name, as in {example}",
    "tag_place": "a tag hangs at a bay",
    "lit_missing": "lit is missing: when this lamp is on, some of {known}",
    "buzz_seconds": "seconds must be more than 0, at most {most}",
    "quiet": "quiet must be written as 20:00-07:00",
    "no_family": "there is no family {family}",
    "family_heard": "there is no family {family}: it is heard without",
    "base_form": "base must be the beginning of a topic",
    "base_slashes": "base must not begin with a slash or have two in a row: nothing would be heard",
    "base_native": "shop belongs to the native scheme",
    "only_form": (
        'only must be a list of addresses, "A4:C1:38:00:11:22", or beginnings, "A4:C1:38*"'
    ),
    "base_needed": "{family} needs a base: a device's prefix, or their folder as in hall/+",
    "base_overlaps": "its topics are among those of {family} already",
    "prefix": "prefix must be words with slashes between",
    "needs_states": "home_assistant needs the states of the bays",
    "of_no_channel": "there is no [[channel]] that it could be of",
    "unknowable": "without models and names it needs a [[channel]] to be known by",
    "name_text": "name must be a text that people know the device by",
    "dedupe_word": '{key} needs dedupe = "word"',
    "list_of_texts": '{key} must be a list of texts, as in {key} = ["..."]',
    "match_families": '[match] must name families, as in families = ["zigbee2mqtt"]',
    "profile_channel": (
        "channel must be what it measures, as in distance or button, or that and - and a place"
    ),
    "means_missing": 'means is missing: say what the channel is about, as in means = "car"',
    "word_text": "word must be the word that the device says",
    "press_missing": 'press is missing: say what the word is, as in press = "single"',
    "button_text": "button must be a short text",
    "channel_twice": "the channel {value} is there twice",
    "word_twice": "the word {value} is there twice",
    "for_distances": "{key} is for distances only",
    "battery_order": "fine_above_percent must not be less than low_below_percent",
    "file_left_out": "{file} is left out until that is mended.",
    "file_name": "{file}: a profile's file is named in small letters, digits and -.",
    "file_no_file": "{file} is not a file.",
    "file_large": "{file} is larger than {most} bytes and is not read.",
    "file_unread": "{file} cannot be read ({detail}).",
    "file_no_text": "{file} is not UTF-8 text.",
    "files_many": "{file}: only the first {most} files are read.",
    "with_hint": "{sentence}; did you mean {near}?",
    "on_line": "{file} line {line}: {sentence}.",
    "asked_on_line": "{file} line {line}: {sentence}",
}
"""What is wrong, by code, and how it is put together."""
_ALL = {**SENTENCES, **device_faults.SENTENCES}
_BY_SENTENCE = {said: code for code, said in device_faults.SENTENCES.items()}
_BRACES = re.compile(r"\\{(\w+)\\}")
_SHAPES = {
    code: re.compile(_BRACES.sub(r"(?P<\1>.+)", re.escape(said)), re.DOTALL)
    for code, said in device_faults.SENTENCES.items()
    if "{" in said
}
"""Those with values, so that they are known again as plain text, after a way through JSON."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong: a code, what fills the braces of its sentence, and what may be meant."""

    code: str
    values: tuple[tuple[str, str], ...] = ()
    near: str = ""

    def told(self, speak: Speak = str) -> str:
        """The reason in a language; `speak` translates."""
        sentence = speak(_ALL[self.code]).format(**dict(self.values))
        if not self.near:
            return sentence
        return speak(SENTENCES["with_hint"]).format(sentence=sentence, near=self.near)

    def __str__(self) -> str:
        """The reason in English."""
        return self.told()


def slip(code: str, near: str = "", /, **values: object) -> Slip:
    """What is wrong, with the values that its sentence tells; `near`: what may be meant."""
    return Slip(code, tuple((key, str(one)) for key, one in values.items()), near)


class Sentence(str):
    """An English sentence that can be told in other languages, too."""

    slip: Slip

    def __new__(cls, slip: Slip) -> "Sentence":
        """The sentence of a slip."""
        made = super().__new__(cls, slip)
        made.slip = slip
        return made


def sentence(code: str, **values: object) -> Sentence:
    """What goes wrong, in English and for every language."""
    return Sentence(slip(code, **values))


def slip_of(text: str) -> Slip | None:
    """What an English sentence says; None for one that is not known."""
    if isinstance(text, Sentence):
        return text.slip
    if text in _BY_SENTENCE:
        return Slip(_BY_SENTENCE[text])
    found = ((code, shape.fullmatch(text)) for code, shape in _SHAPES.items())
    return next((Slip(code, tuple(one.groupdict().items())) for code, one in found if one), None)


def in_words_of(speak: Speak, text: str) -> str:
    """An English sentence in a language; as it is where nobody has translated it."""
    found = slip_of(text)
    return found.told(speak) if found else text


@dataclass(frozen=True, slots=True)
class FileSlip:
    """A slip and where it is: the file and, from 1, the line; 0: the file as a whole, which the
    sentence then names.
    """

    file: str
    line: int
    slip: Slip

    def told(self, speak: Speak = str) -> str:
        """A whole sentence with the place; `speak` translates."""
        reason = self.slip.told(speak)
        if not self.line:
            return reason
        frame = SENTENCES["asked_on_line" if self.slip.near else "on_line"]
        return speak(frame).format(file=self.file, line=self.line, sentence=reason)

    def __str__(self) -> str:
        """The sentence in English."""
        return self.told()
