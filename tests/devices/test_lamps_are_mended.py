"""A lamp is told until it proves it, told again when it is back, and not faster than it bears."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.lamp_fold import Back, Heard, Level, Proof
from devices.lamp_looks import Look
from devices.lamp_places import Place
from devices.lamps import BUZZER, TAG, Lamp
from tests.devices.lamps_told import BLUE, OFF, ON, RED, line

PROOF = Proof("stat/tower/POWER1", b"ON")
TOWER = RED.device


def test_it_is_told_at_once_and_after_2_5_and_15_seconds_then_there_is_an_alarm() -> None:
    told = line()
    told.run(100.0, 116.75)
    assert [at for at, _ in told.sent] == [100.0, 102.0, 105.0, 115.0]
    assert told.alarms(117.0) == ()
    [alarm] = told.alarms(117.5)
    assert alarm == ("The lamp at bay-4 (tasmota:tower output-1) does not confirm what it is told.")
    told.run(117.0, 240.0)
    assert [at for at, _ in told.sent][4:] == [175.0, 235.0]


def test_once_it_has_proved_it_nothing_more_is_sent() -> None:
    told = line()
    [signal] = told.step(100.0)
    assert (signal.topic, signal.payload) == ("cmnd/tower/POWER1", b"ON")
    told.step(100.25, PROOF)
    told.run(100.5, 300.0)
    assert len(told.sent) == 1
    assert told.alarms(300.0) == ()


def test_its_own_report_in_any_form_is_a_proof_but_not_before_it_was_told() -> None:
    told = line()
    told.step(100.0, Level(TOWER, "output-1", True))
    assert told.outputs.by_lamp[RED].lacking is not None
    told.step(100.25, Level(TOWER, "output-1", True))
    assert told.outputs.by_lamp[RED].lacking is None


def test_another_look_is_sent_at_once_and_an_old_proof_does_not_count_for_it() -> None:
    told = line()
    told.step(100.0)
    told.step(100.25, PROOF)
    told.want(output_1=OFF)
    [signal] = told.step(101.0, PROOF)
    assert signal.payload == b"OFF"
    told.step(101.25, PROOF)
    assert [one.payload for one in told.step(103.0)] == [b"OFF"]


def test_a_device_that_is_back_is_told_again_within_a_step() -> None:
    told = line()
    told.step(100.0)
    told.step(100.25, PROOF)
    assert told.step(500.0, Back(TOWER))
    assert not told.step(500.25, Back("tasmota:other"))
    told.step(500.5, PROOF)
    assert told.alarms(600.0) == ()


def test_a_lamp_that_went_dark_by_a_reboot_nobody_told_of_is_lit_again() -> None:
    told = line()
    told.step(100.0)
    told.step(100.25, PROOF)
    assert [one.payload for one in told.step(500.0, Level(TOWER, "output-1", False))] == [b"ON"]


def test_it_is_lit_again_too_where_only_the_topic_of_its_proof_is_heard() -> None:
    told = line()
    told.step(100.0)
    told.step(100.25, PROOF)
    assert not told.step(400.0, Proof(PROOF.topic, b'{"POWER1":"OFF"}'))
    assert [one.payload for one in told.step(500.0, Proof(PROOF.topic, b"OFF"))] == [b"ON"]


def test_the_alarm_of_a_device_that_reboots_for_ever_still_comes() -> None:
    told = line()
    for second in range(100, 130):
        told.step(float(second), Back(TOWER))
    assert told.alarms(130.0)


def test_a_lamp_that_something_else_switches_too_is_not_fought_over() -> None:
    told = line()
    told.step(100.0)
    now = 100.0
    for _ in range(20):
        now += 1.0
        told.step(now, PROOF)
        told.step(now + 0.5, Level(TOWER, "output-1", False))
    assert len(told.sent) <= 5
    assert told.alarms(now) == (
        "The lamp at bay-4 (tasmota:tower output-1) is switched by something else, too.",
    )


def test_after_our_own_absence_everything_is_told_again() -> None:
    told = line(RED, BLUE)
    told.step(100.0)
    told.step(100.5)
    told.step(101.0, PROOF, Proof("stat/tower/POWER2", b"ON"))
    told.run(101.25, 130.0)
    assert len(told.sent) == 2
    told.run(200.0, 200.0)
    told.step(300.0, Back())
    told.step(300.5)
    assert len(told.sent) == 4


def test_a_device_that_is_not_known_yet_is_told_as_soon_as_it_is() -> None:
    told = line()
    known = told.wishes
    told.wishes = {RED: (None, ON)}
    told.run(100.0, 120.0)
    assert told.sent == []
    assert "has not been heard of yet" in told.alarms(120.0)[0]
    told.wishes = known
    told.step(121.0)
    assert len(told.sent) == 1


def test_a_buzzer_that_stops_by_itself_is_not_made_to_sound_again() -> None:
    told = line(replace(RED, kind=BUZZER))
    told.step(100.0)
    told.step(100.25, PROOF)
    assert not told.step(103.0, Level(TOWER, "output-1", False))
    told.want(output_1=OFF)
    assert [one.payload for one in told.step(103.25)] == [b"OFF"]
    told.step(103.5, Proof("stat/tower/POWER1", b"OFF"))
    assert told.step(110.0, Level(TOWER, "output-1", True))


def test_a_tag_is_drawn_at_most_once_a_minute_with_what_holds_then() -> None:
    tag = Lamp("esphome:tag-4", "text-content", "bay-4", TAG)
    told = line(tag)
    place = Place(tag, "esphome", "tag-4")
    for second in range(100, 161):
        told.wishes = {tag: (place, Look(on=True, text=f"Bay 4 {second}"))}
        told.step(float(second))
    assert [(at, one.payload) for at, one in told.sent] == [
        (100.0, b"Bay 4 100"),
        (160.0, b"Bay 4 160"),
    ]


HEARD = st.one_of(
    st.just(Back(TOWER)),
    st.just(Back()),
    st.builds(Level, st.just(TOWER), st.sampled_from(["output-1", "output-2"]), st.booleans()),
    st.builds(
        Proof,
        st.sampled_from(["stat/tower/POWER1", "stat/tower/POWER2"]),
        st.sampled_from([b"ON", b"OFF", b"", b"{", b"\xff"]),
    ),
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from([0.0, 0.1, 0.25, 1.0, 7.0, 61.0]),
        st.lists(HEARD, max_size=3),
        st.booleans(),
        st.booleans(),
    ),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_whatever_is_heard_a_device_gets_at_most_two_commands_a_second(
    steps: list[tuple[float, list[Heard], bool, bool]],
) -> None:
    told, now = line(RED, BLUE), 0.0
    for pause, heard, red, blue in steps:
        now += pause
        told.want(output_1=ON if red else OFF, output_2=ON if blue else OFF)
        told.step(now, *heard)
    times = [at for at, _ in told.sent]
    gaps = [b - a for a, b in pairwise(times)]
    assert all(gap >= 0.5 for gap in gaps)
    assert all(not one.topic.startswith("stat") for _, one in told.sent)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.lists(st.booleans(), min_size=12, max_size=12))
def test_whatever_went_before_a_device_that_answers_shows_in_15_seconds_what_it_should(
    steps: list[tuple[float, list[Heard], bool, bool]], lost: list[bool]
) -> None:
    """Some commands are lost on the way, but never the last of the four; nobody else switches."""
    told, now = line(RED, BLUE), 0.0
    for pause, heard, red, blue in steps:
        now += pause
        told.want(output_1=ON if red else OFF, output_2=ON if blue else OFF)
        told.step(now, *heard)
    now += 61.0
    shows: dict[str, bytes] = {}
    tries: defaultdict[str, int] = defaultdict(int)
    back: list[Heard] = [Back(TOWER)]
    begin = now
    while now <= begin + 15.5:
        answers = list[Heard]()
        for signal in told.step(now, *back):
            tries[signal.topic] += 1
            if tries[signal.topic] >= 4 or not lost[len(tries) + tries[signal.topic]]:
                shows[signal.topic] = signal.payload
                answers.append(Proof(signal.proof_topic, signal.payload))
        back, now = answers, now + 0.25
    told.step(now, *back)
    wanted = {f"cmnd/tower/POWER{n}": one for n, one in ((1, RED), (2, BLUE))}
    for topic, lamp in wanted.items():
        assert shows[topic] == (b"ON" if told.wishes[lamp][1].on else b"OFF")
        assert told.outputs.by_lamp[lamp].lacking is None
