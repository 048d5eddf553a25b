"""One profile's TOML text to the profile, or to sentences about its mistakes. Pure."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from itertools import islice

from board.core.languages import LANGUAGES
from board.core.slips import Slip, slip
from devices.families.values import PRESSES, press
from devices.profiles.profile import (
    KINDS,
    Cell,
    Dedupe,
    Means,
    Profile,
    ProfileChannel,
    Sense,
    Word,
)
from devices.profiles.profile_limits import RANGES, wrong_cell, wrong_sense
from devices.tables import Document, Mistake, Table, Wrong, near, read_document, unknown_keys

LONGEST_TEXT = 120
MOST_LISTED = 60
MOST_MISTAKES = 20
CHANNEL = re.compile(
    r"(?:occupancy|presence|distance|contact|door|lift|angle|input|motion|vibration"
    r"|tag_presence|leak|water_leak|output|button|badge|plate)(?:-[\w ./:-]{1,99})?\Z"
)
BUTTON = re.compile(r"[\w ./:-]{1,60}\Z")
NONE = "none"
WORDS = (*dict.fromkeys(PRESSES.values()), NONE)
SENSE = frozenset(one.name for one in fields(Sense))
TOP = ("name", "expected_interval_seconds", "dedupe", "dedupe_seconds")
TABLES = ("called", "match", "battery")
LISTS = ("channel", "press")


def read_profile(text: str, key: str, own: bool = False) -> Profile | tuple[Mistake, ...]:
    """The profile `key` of a file's text, or its mistakes, the first twenty."""
    document = read_document(text, TABLES, LISTS)
    if isinstance(document, Mistake):
        return (document,)
    mistakes = tuple(islice(_mistakes(document), MOST_MISTAKES))
    return mistakes if mistakes else _profile(document, key, own)


def _mistakes(document: Document) -> Iterator[Mistake]:
    match = document.one("match")
    yield from _of(document.top, _wrong_top)
    yield from _of(document.one("called"), _wrong_called)
    yield from _of(match, _wrong_match)
    yield from _of(document.one("battery"), wrong_cell)
    every = document.top.values.get("expected_interval_seconds")
    for table in document.many("channel"):
        yield from _of(table, _wrong_channel)
    for table in document.many("press"):
        yield from _of(table, _wrong_press)
    yield from _twice(document.many("channel"), "channel")
    yield from _twice(document.many("press"), "word", _as_heard)
    if not document.many("channel") and every is not None:
        yield document.top.mistake("expected_interval_seconds", slip("of_no_channel"))
    is_known_by = any(match.values.get(one) for one in ("models", "names"))
    if match.values.get("families") and not is_known_by and not document.many("channel"):
        yield Mistake(match.line, slip("unknowable"))


def _of(
    table: Table, wrong: Callable[[Mapping[str, object]], Iterator[Wrong]]
) -> Iterator[Mistake]:
    for key, reason in wrong(table.values):
        yield table.mistake(key, reason)


def _wrong_top(values: Mapping[str, object]) -> Iterator[Wrong]:
    yield from unknown_keys(values, (*TOP, *TABLES, *LISTS))
    if not _is_text(values.get("name")):
        yield "name", _missing_or("name", values, "name_text")
    yield from _out_of_range(values, ("expected_interval_seconds", "dedupe_seconds"))
    yield from _no_word(values, "dedupe", [one.value for one in Dedupe])
    if "dedupe_seconds" in values and values.get("dedupe") != Dedupe.word:
        yield "dedupe_seconds", slip("dedupe_word", key="dedupe_seconds")


def _wrong_called(values: Mapping[str, object]) -> Iterator[Wrong]:
    yield from unknown_keys(values, LANGUAGES)
    for key, value in values.items():
        if not _is_text(value):
            yield key, slip("text", key=key)


def _wrong_match(values: Mapping[str, object]) -> Iterator[Wrong]:
    yield from unknown_keys(values, ("families", "models", "names"))
    for key in ("families", "models", "names"):
        if key in values and not _is_list_of_texts(values[key]):
            yield key, slip("list_of_texts", key=key)
    families = values.get("families")
    if not families:
        yield "families", slip("match_families")
    elif _is_list_of_texts(families):
        assert isinstance(families, list)
        for one in families:
            if one not in KINDS:
                yield "families", slip("no_family", near(one, KINDS), family=one)


def _wrong_channel(values: Mapping[str, object]) -> Iterator[Wrong]:
    yield from unknown_keys(values, {"channel", "means", *SENSE})
    channel = values.get("channel")
    if not isinstance(channel, str) or not CHANNEL.match(channel):
        yield "channel", _missing_or("channel", values, "profile_channel")
        return
    if "means" not in values:
        yield "means", slip("means_missing")
    yield from _no_word(values, "means", [one.value for one in Means])
    yield from wrong_sense(channel, values)


def _wrong_press(values: Mapping[str, object]) -> Iterator[Wrong]:
    yield from unknown_keys(values, ("word", "press", "button"))
    if not _is_text(values.get("word")):
        yield "word", _missing_or("word", values, "word_text")
    if "press" not in values:
        yield "press", slip("press_missing")
    yield from _no_word(values, "press", WORDS)
    button = values.get("button", "1")
    if not isinstance(button, str) or not BUTTON.match(button):
        yield "button", slip("button_text")


def _twice(
    tables: Collection[Table], key: str, same: Callable[[str], str] = str
) -> Iterator[Mistake]:
    seen: set[object] = set()
    for table in tables:
        value = str(table.values.get(key))
        if same(value) in seen:
            yield table.mistake(key, slip(f"{key}_twice", value=value))
        seen.add(same(value))


def _missing_or(key: str, values: Mapping[str, object], wanted: str) -> Slip:
    return slip(wanted) if key in values else slip("missing", key=key)


def _no_word(values: Mapping[str, object], key: str, known: Collection[str]) -> Iterator[Wrong]:
    if key in values and values[key] not in known:
        yield key, slip("one_of", key=key, known=", ".join(known))


def _out_of_range(values: Mapping[str, object], keys: Collection[str]) -> Iterator[Wrong]:
    for key in keys:
        if key in values and (reason := RANGES[key].wrong(key, values[key])):
            yield key, reason


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_TEXT


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_LISTED and all(map(_is_text, value))


def _profile(document: Document, key: str, own: bool) -> Profile:
    """Everything is checked by now."""
    top, match = document.top.values, document.one("match").values
    every = top.get("expected_interval_seconds")
    return Profile(
        id=key,
        name=str(top["name"]).strip(),
        families=_texts(match, "families"),
        models=_texts(match, "models"),
        names=_texts(match, "names"),
        channels=tuple(_channel(one, every) for one in document.many("channel")),
        words=tuple(_word(one) for one in document.many("press")),
        cell=Cell(**document.one("battery").values),  # type: ignore[arg-type]  # checked
        dedupe=Dedupe(str(top.get("dedupe", Dedupe.number))),
        dedupe_seconds=float(str(top.get("dedupe_seconds", 2))),
        own=own,
        called={key: str(one).strip() for key, one in document.one("called").values.items()},
    )


def _texts(values: Mapping[str, object], key: str) -> tuple[str, ...]:
    listed = values.get(key, [])
    assert isinstance(listed, list)
    return tuple(listed)


def _channel(table: Table, every: object) -> ProfileChannel:
    said = {key: value for key, value in table.values.items() if key in SENSE}
    if every is not None:
        said.setdefault("expected_interval_seconds", every)
    sense = Sense(**said)  # type: ignore[arg-type]  # checked by wrong_sense
    return ProfileChannel(str(table.values["channel"]), Means(str(table.values["means"])), sense)


def _word(table: Table) -> Word:
    values = {key: str(value) for key, value in table.values.items()}
    means = "" if values["press"] == NONE else values["press"]
    return Word(_as_heard(values["word"]), means, values.get("button", ""))


def _as_heard(word: str) -> str:
    """A device's word as it comes here: many say single and long in words of their own."""
    return press(word) or word.strip().lower()
