"""An output is tried so that one sees or hears it, whatever it does just now."""

from devices.lamp_choices import is_drivable, outputs_of
from devices.lamp_fold import Outputs
from devices.lamp_looks import DARK, Look
from devices.lamp_places import Place
from devices.lamp_trials import Sentence, followed, looks_tried, trial_of, words_tried
from devices.lamps import BUZZER, TAG, VOICE, Lamp
from devices.shades import Colour
from devices.voices import Voices, speak
from tests.devices.lamps_told import RED, shop

WORDS = Sentence("This is a trial.", "en")
HALL = Lamp("hermes:hall", "speech", kind=VOICE)
SEGMENT = Lamp("wled:andon", "segment-0", "bay-4", "lamp")


def test_a_dark_lamp_is_lit_and_a_lit_one_goes_out() -> None:
    for lamp, now, meanwhile in (
        (RED, DARK, Look(on=True)),
        (RED, Look(on=True), DARK),
        (SEGMENT, DARK, Look(on=True, colour=Colour.white)),
    ):
        trials = {lamp.key: trial_of(lamp, now, WORDS, 100.0, 0.0)}
        assert looks_tried({lamp: now}, trials, 101.0) == {lamp: meanwhile}
        assert looks_tried({lamp: now}, trials, 110.0) == {lamp: now}


def test_a_buzzer_sounds_no_longer_than_it_would() -> None:
    horn = Lamp("tasmota:tower", "output-2", kind=BUZZER, seconds=2)
    trials = {horn.key: trial_of(horn, DARK, WORDS, 100.0, 0.0)}
    assert looks_tried({horn: DARK}, trials, 101.0) == {horn: Look(on=True, seconds=2)}
    assert looks_tried({horn: DARK}, trials, 102.0) == {horn: DARK}


def test_a_tag_shows_what_it_should_and_draws_it_anew() -> None:
    tag = Lamp("esphome:tag", "text-content", "bay-4", TAG)
    wanted = {tag: Look(on=True, text="4 · free")}
    trials = {tag.key: trial_of(tag, wanted[tag], WORDS, 100.0, 0.0)}
    assert looks_tried(wanted, trials, 101.0) == wanted


def test_an_announcer_speaks_once_and_only_the_one_that_is_tried() -> None:
    other = Lamp("hermes:yard", "speech", kind=VOICE, quiet="00:00-23:59")
    places = {one: Place(one, "hermes", one.device.partition(":")[2]) for one in (HALL, other)}
    trials = {HALL.key: trial_of(HALL, DARK, WORDS, 100.0, 1000.0)}
    said = words_tried(trials, 100.0)
    voices, sent = speak(Voices(), places, places, shop(), (), 100.0, said)
    assert [b"This is a trial." in one.payload for one in sent] == [True]
    again, more = speak(voices, places, places, shop(), (), 101.0, said)
    assert more == []
    assert not followed(trials, Outputs(), again, 101.0)[HALL.key].is_proved
    assert followed(trials, Outputs(), again, 1000.0) == {}


def test_what_may_be_driven_is_offered_and_nothing_else() -> None:
    assert outputs_of("shelly:plug", ["output-0", "input-0", "door"]) == {
        "output-0": ("lamp", "buzzer")
    }
    assert list(outputs_of("z2m:0x0017880104eb6195", ["output", "light"])) == ["light", "output"]
    assert outputs_of("nuki:door", ["lock", "output-1"]) == {}
    assert list(outputs_of("tasmota:tower", ())) == ["output-1", "output-2", "output-3", "output-4"]
    assert outputs_of("hermes:hall", ()) == {"speech": ("voice",)}
    assert "display" in outputs_of("native:post", ["occupancy"])
    assert all(map(is_drivable, ("wled:wled/andon4", "native:post")))
    assert not any(map(is_drivable, ("homie:gate", "wled:", "cover")))
