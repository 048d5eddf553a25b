"""A profile's file is read whole; each mistake in it is one sentence with its line."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.families import FAMILIES, opened
from devices.profiles.guess import told_of
from devices.profiles.profile import KINDS, Cell, Dedupe, Means, Profile, Sense, Word
from devices.profiles.profile_file import read_profile
from devices.profiles.shelf import LARGEST_FILE, Shelf, our_shelf, shelf_of
from tests.devices.ears import Ear, presses

GOOD = """\
# A sonar on a post, and its button.
name = "Post sonar"
expected_interval_seconds = 60
dedupe = "word"
dedupe_seconds = 3

[match]
families = ["tasmota"]
names = ["post-*"]

[[channel]]
channel = "distance"
means = "car"
enter_below_mm = 900
leave_above_mm = 1100
leave_seconds = 30

[[channel]]
channel = "input-2"
means = "door"
invert = true
expected_interval_seconds = 600

[[press]]
word = "TAP"
press = "double"
button = "2"

[[press]]
word = "clear"
press = "none"

[battery]
low_below_percent = 15
low_below_mv = 2600
"""


def read(text: str) -> Profile:
    found = read_profile(text, "post")
    assert isinstance(found, Profile), found
    return found


def test_everything_that_a_file_says_is_in_the_profile() -> None:
    profile = read(GOOD)
    assert (profile.name, profile.names) == ("Post sonar", ("post-*",))
    assert profile.kinds == {"tasmota"}
    sonar, door = profile.channels
    assert sonar.sense == Sense(None, None, 30, 900, 1100, expected_interval_seconds=60)
    assert (door.channel, door.means) == ("input-2", Means.door)
    assert door.sense == Sense(invert=True, expected_interval_seconds=600)
    assert profile.words == (Word("single", "double", "2"), Word("clear", ""))
    assert profile.cell == Cell(15, 30, 2600)
    assert (profile.dedupe, profile.dedupe_seconds) == (Dedupe.word, 3)


@pytest.mark.parametrize("word", ["hold", "HOLD", "long_press", "button_long_press", "knock"])
def test_the_word_of_a_press_is_the_devices_own(word: str) -> None:
    text = GOOD.replace('"TAP"', f'"{word}"').replace('["tasmota"]', '["esphome"]')
    ear = Ear(opened("esphome", "post-1"), shelf=Shelf({"post": read(text)}))
    heard = ear.hear("post-1/event/help/state", {"event_type": word})
    assert presses(heard) == [("button-2", "double")]


def test_a_channel_stands_for_its_places_unless_one_has_its_own() -> None:
    profile = read(GOOD)
    assert profile.channel("distance-left") == profile.channels[0]
    assert profile.channel("input-2") == profile.channels[1]
    assert profile.channel("input-1") is None
    assert profile.says("input-2", True) == (Means.door, False)
    assert profile.says("input-2", None) == (Means.door, None)
    assert profile.says("occupancy", True) is None


@pytest.mark.parametrize(
    ("good", "wrong", "line", "reason"),
    [
        ('name = "Post sonar"', "", 1, "name is missing"),
        ('"Post sonar"', "7", 2, "name must be a text that people know the device by"),
        ("expected_interval_seconds", "expected", 3, "did you mean expected_interval_seconds?"),
        ("dedupe =", "dedup =", 4, "dedup is not known here; did you mean dedupe?"),
        ('"word"', '"sound"', 4, "dedupe must be one of number, word"),
        ('"word"', '"number"', 5, 'dedupe_seconds needs dedupe = "word"'),
        ("seconds = 3\n", "seconds = 0\n", 5, "dedupe_seconds must be between 0.1 and 3600"),
        ("= 60\n", "= nan\n", 3, "expected_interval_seconds must be a number"),
        ("= 60\n", f"= {10**400}\n", 3, "must be between 1 and 172800"),
        ('["tasmota"]', '["tasmoto"]', 8, "there is no family tasmoto; did you mean tasmota?"),
        ('["tasmota"]', '"tasmota"', 8, "families must be a list of texts"),
        ('families = ["tasmota"]', "", 7, "[match] must name families"),
        ('names = ["post-*"]', "names = [7]", 9, "names must be a list of texts"),
        ('"distance"', '"distances"', 12, "channel must be what it measures"),
        ('channel = "distance"', "", 11, "channel is missing"),
        ('means = "car"', "", 11, "means is missing"),
        ('"car"', '"truck"', 13, "means must be one of car, door"),
        ('"distance"', '"door"', 14, "enter_below_mm is for distances only"),
        ('"input-2"\nmeans = "door"', '"door"\nmeans = "car"', 20, "door says nothing about a car"),
        ("= 900", "= 1000", 15, "leave_above_mm must be 150 more than enter_below_mm"),
        ("= 900", "= 5", 14, "must follow each other"),
        ("seconds = 30\n", "seconds = 601\n", 16, "leave_seconds must be between 0 and 600"),
        ("invert = true", 'invert = "yes"', 21, "invert must be true or false"),
        ('"input-2"', '"distance"', 19, "the channel distance is there twice"),
        ('"TAP"', "1", 25, "word must be the word that the device says"),
        ('"double"', '"twice"', 26, "press must be one of single, double"),
        ('button = "2"', "button = 2", 27, "button must be a short text"),
        ('"clear"', '"TAP"', 30, "the word TAP is there twice"),
        ('"clear"', '"click"', 30, "the word click is there twice"),
        ("= 15", "= 40", 33, "fine_above_percent must not be less than low_below_percent"),
        ("low_below_mv", "low_bellow", 35, "low_bellow is not known here; a battery has"),
        ("[battery]", "[[battery]]", 33, "battery must be written as [battery]"),
        ("[[press]]", "[press]", 29, "a key or a table is there twice"),
        ("[match]", "[match", 7, "the head of a table ends with ] or ]]"),
    ],
)
def test_a_mistake_is_a_sentence_with_its_line(
    good: str, wrong: str, line: int, reason: str
) -> None:
    found = read_profile(GOOD.replace(good, wrong, 1), "post")
    assert not isinstance(found, Profile)
    assert any(one.line == line and reason in one.reason for one in found), found


def test_a_profile_without_anything_to_be_known_by_is_none() -> None:
    found = read_profile('name = "x"\n[match]\nfamilies = ["homie"]\n', "x")
    assert not isinstance(found, Profile)
    assert "without models and names it needs a [[channel]]" in found[0].reason


WORDS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 34), st.one_of(st.text(max_size=30), WORDS.map(lambda one: f"invert = {one}"))
)
def test_no_text_is_too_odd_to_be_read(line: int, odd: str) -> None:
    lines = GOOD.splitlines()
    read_profile("\n".join((*lines[:line], odd, *lines[line + 1 :])), "post")


def test_nesting_without_end_is_a_mistake() -> None:
    found = read_profile("a = " + "[" * 30_000, "post")
    assert not isinstance(found, Profile)


def test_ours_are_all_well() -> None:
    shelf = our_shelf()
    assert shelf.mistakes == ()
    assert len(shelf.profiles) >= 50


def test_every_family_may_have_profiles() -> None:
    assert set(KINDS) == set(FAMILIES)


def test_ours_turn_no_level_of_a_bay_round_and_leave_its_thresholds() -> None:
    """A bay that was bound before there were profiles must go on meaning what it meant."""
    for profile in our_shelf().profiles.values():
        for one in profile.channels:
            if one.means is Means.car:
                assert one.sense.invert is None
                assert one.sense.enter_below_mm is one.sense.leave_above_mm is None


def test_a_shops_own_file_wins(tmp_path: Path) -> None:
    (tmp_path / "post.toml").write_text(GOOD)
    (tmp_path / "nuki-smart-lock.toml").write_text(GOOD)
    shelf = shelf_of(tmp_path)
    assert shelf.mistakes == ()
    assert shelf.profiles["post"].own
    assert shelf.profiles["nuki-smart-lock"].name == "Post sonar"
    assert not shelf.profiles["esp-rfid"].own


def test_a_bad_file_is_left_out_with_a_sentence_and_takes_ours_away(tmp_path: Path) -> None:
    (tmp_path / "post.toml").write_text(GOOD)
    (tmp_path / "esp-rfid.toml").write_text(GOOD.replace("[match]", "[mash]"))
    (tmp_path / "Big One.toml").write_text(GOOD)
    (tmp_path / "large.toml").write_text("#" * (LARGEST_FILE + 1))
    (tmp_path / "latin.toml").write_bytes(b"name = '\xe9'")
    (tmp_path / "folder.toml").mkdir()
    shelf = shelf_of(tmp_path)
    assert "post" in shelf.profiles
    assert "esp-rfid" not in shelf.profiles
    said = "\n".join(map(str, shelf.mistakes))
    for sentence in (
        "profiles/esp-rfid.toml line 7: mash is not known here; did you mean match?",
        "profiles/esp-rfid.toml is left out until that is mended.",
        "profiles/Big One.toml: a profile's file is named in small letters, digits and -",
        "profiles/large.toml is larger than 16384 bytes and is not read.",
        "profiles/latin.toml is not UTF-8 text",
        "profiles/folder.toml is not a file",
    ):
        assert sentence in said


def test_a_shops_own_profile_goes_before_ours_for_a_name_it_says(tmp_path: Path) -> None:
    ours = GOOD.replace("tasmota", "zigbee2mqtt").replace("post-*", "bay-*")
    (tmp_path / "mine.toml").write_text(ours)
    shelf = shelf_of(tmp_path)
    for name, profile in (("z2m:bay-4 eye", "mine"), ("z2m:door", "sonoff-snzb-04")):
        found = shelf.guess(told_of("z2m:0x1", name, "SNZB-04"))
        assert found is not None
        assert found.profile.id == profile


def test_a_file_of_nothing_but_mistakes_is_soon_done_with() -> None:
    found = read_profile("".join(f"nam{one} = 1\n" for one in range(2000)), "post")
    assert not isinstance(found, Profile)
    assert len(found) == 20


def test_no_folder_is_no_mistake(tmp_path: Path) -> None:
    assert shelf_of(tmp_path / "none") is our_shelf()
    assert shelf_of(None) is our_shelf()


OURS = sorted(our_shelf().profiles.values(), key=lambda one: one.id)


@pytest.mark.parametrize("profile", OURS, ids=lambda one: one.id)
def test_each_of_ours_is_found_by_every_model_and_name_that_it_says(profile: Profile) -> None:
    """And by no other: two profiles of one model would quarrel."""
    told = [told_of(f"{kind}:x", model=one) for kind in profile.kinds for one in profile.models]
    told += [told_of(f"{kind}:{one}") for kind in profile.kinds for one in profile.names]
    channels = tuple(one.channel for one in profile.channels)
    if not told:
        told = [told_of(f"{kind}:x", channels=channels) for kind in profile.kinds]
    for one in told:
        plain = replace(one, model=one.model.replace("*", "x"))
        found = our_shelf().guess(plain)
        assert found is not None
        assert found.profile.id == profile.id, one
