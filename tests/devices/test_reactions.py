"""Whoever stands before a device sees which row reacts, how often, and from what to what."""

from msgspec.structs import replace

from devices.reactions import MOST_CHANGES, MOST_ROWS, Reactions, has_moved, reacted
from devices.readings import Alive, Availability, Capability, Event, EventKind, Observation, State
from tests.devices.moments import SONAR, at, measures, says, sees

PRESS = Event("native:press", "button-1", EventKind.press, "single", "k", at(5))


def heard(*seen: Observation) -> Reactions:
    reactions = Reactions()
    for one in seen:
        reactions.note(one)
    return reactions


def test_what_reacts_comes_to_the_top() -> None:
    told = heard(sees(False, 0), measures(900, 0), sees(True, 6), PRESS, sees(False, 9))
    eye, press = reacted(told.changes, at(4), at(60))
    assert (eye.device, eye.times, eye.before, eye.after) == ("native:eye", 2, False, False)
    assert (eye.first_at, eye.last_at) == (at(6), at(9))
    assert (press.device, press.times, press.after) == ("native:press", 1, "single")


def test_what_came_before_the_session_is_what_it_was_before() -> None:
    told = heard(sees(False, 0, retained=True), sees(True, 6), sees(True, 7))
    [eye] = reacted(told.changes, at(4), at(60))
    assert (eye.times, eye.before, eye.after) == (1, False, True)


def test_a_first_word_is_a_reaction_and_a_replay_is_none() -> None:
    assert reacted(heard(sees(True, 6, retained=True)).changes, at(0), at(60)) == ()
    [eye] = reacted(heard(sees(True, 6)).changes, at(0), at(60))
    assert (eye.before, eye.after) == (None, True)


def test_a_sonar_that_wavers_does_not_react_and_one_that_is_covered_does() -> None:
    told = heard(measures(2600, 0), *(measures(2600 + 20 * (n % 3), n) for n in range(1, 9)))
    assert reacted(told.changes, at(1), at(60)) == ()
    told.note(measures(400, 10))
    [sonar] = reacted(told.changes, at(1), at(60))
    assert (sonar.device, sonar.before, sonar.after) == (SONAR.device, 2600, 400)


def test_creeping_counts_once_it_has_gone_far() -> None:
    told = heard(*(measures(1000 + 10 * n, n) for n in range(8)))
    [sonar] = reacted(told.changes, at(0.5), at(60))
    assert sonar.after == 1050
    assert has_moved(100, None)
    assert has_moved(100, float("nan"))


def test_batteries_and_what_devices_say_of_themselves_are_no_reactions() -> None:
    battery = State("native:eye", "battery", Capability.battery, 40, at(1), False)
    alive: Availability = says(Alive.online, 2)
    assert heard(battery, replace(battery, value=39), alive).changes == {}


def test_nobody_is_named() -> None:
    badge = replace(PRESS, kind=EventKind.badge, value="04A1B2C3", channel="badge")
    plate = replace(PRESS, kind=EventKind.plate, value="京A12345", channel="plate")
    told = reacted(heard(badge, plate).changes, at(0), at(60))
    assert {one.after for one in told} == {"badge", "plate"}


def test_it_stays_small() -> None:
    told = heard(*(replace(PRESS, received_at=at(n)) for n in range(100)))
    assert [len(one) for one in told.changes.values()] == [MOST_CHANGES]
    for number in range(MOST_ROWS + 50):
        told.note(replace(sees(True, number), device=f"native:d{number}"))
    assert len(told.changes) == MOST_ROWS
    assert ("native:press", "button-1") not in told.changes
    told.note(replace(PRESS, value="x" * 5000))
    assert len(str(told.changes["native:press", "button-1"][-1].after)) == 60
