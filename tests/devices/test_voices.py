"""Announcers speak one sentence after the other, each once, and keep quiet when they should."""

from dataclasses import replace

from devices.lamp_fold import Proof
from devices.lamp_places import Place
from devices.lamps import Lamp
from devices.shown import Announced, Says, ShopShown
from devices.voices import LONGEST_SENTENCE_SECONDS, Voices, mute, speak

HALL = Lamp("hermes:hall", "speech", "", "voice", quiet="20:00-07:00")
END = Proof("hermes/tts/sayFinished", b'{"siteId":"hall"}')
CALL = Announced("call-3-1-1", Says.help, "Bay 3 calls for parts.", "en", 1000.0, "bay-3")
STOP = Announced("call-4-1-1", Says.help, "Safety stop at bay 4.", "en", 1001.0, "bay-4", True)
TURN = Announced("turn-A17-1", Says.turn, "Ticket A 17, please.", "en", 1000.0)


class Hall:
    """One announcer from step to step."""

    def __init__(self, lamp: Lamp = HALL) -> None:
        self.lamp = lamp
        self.voices = Voices()

    def step(
        self, now: float, *said: Announced, heard: tuple[Proof, ...] = (), minute: int = 600
    ) -> list[bytes]:
        shop = ShopShown("Test Motors", 1000.0 + now, minute, announced=said)
        places = {self.lamp: Place(self.lamp, "hermes", "hall")}
        self.voices, signals = speak(self.voices, [self.lamp], places, shop, heard, now)
        return [one.payload for one in signals]


def test_one_sentence_waits_for_the_other_and_each_is_said_once() -> None:
    hall = Hall()
    [first] = hall.step(1.0, CALL, STOP)
    assert b"Safety stop" in first
    assert hall.step(2.0, CALL, STOP) == []
    [second] = hall.step(3.0, CALL, STOP, heard=(END,))
    assert b"Bay 3" in second
    assert hall.step(4.0, CALL, STOP, heard=(END,)) == []


def test_another_room_that_has_finished_is_no_proof() -> None:
    hall = Hall()
    hall.step(1.0, CALL)
    assert hall.step(2.0, CALL, STOP, heard=(Proof(END.topic, b'{"siteId":"paint"}'),)) == []


def test_a_sentence_that_is_not_confirmed_is_not_repeated_but_told_of() -> None:
    hall = Hall()
    hall.step(1.0, CALL)
    later = 2.0 + LONGEST_SENTENCE_SECONDS
    assert hall.step(later, CALL) == []
    [told] = mute(hall.voices)
    assert "of the shop (hermes:hall) does not confirm" in str(told)
    hall.step(later + 1, replace(CALL, key="call-3-1-2", due=1030.0))
    hall.step(later + 2, heard=(END,))
    assert mute(hall.voices) == ()


def test_in_quiet_hours_only_safety_is_spoken_of() -> None:
    hall = Hall()
    [said] = hall.step(1.0, CALL, STOP, minute=22 * 60)
    assert b"Safety stop" in said
    assert hall.step(2.0, CALL, heard=(END,), minute=22 * 60) == []


def test_what_was_due_long_before_we_ran_is_not_said() -> None:
    assert Hall().step(300.0, CALL) == []


def test_it_speaks_of_its_bay_and_of_what_is_written_down() -> None:
    assert Hall().step(1.0, TURN) == []
    assert Hall(replace(HALL, says=("turn",))).step(1.0, CALL, TURN)
    assert Hall(replace(HALL, bay="bay-4")).step(1.0, CALL) == []
    assert Hall(replace(HALL, bay="bay-3")).step(1.0, CALL)
