"""After a restart the journal's levels hold for a while and are not told again."""

from devices.memory import BayReport, Cause
from devices.readings import Alive
from devices.truth import Settled, Subscribed
from tests.devices.moments import Day, at, says, sees


def known(present: bool | None, bay: str = "bay-1") -> BayReport:
    return BayReport(bay, present, at(-600), "native:eye", Cause.remembered)


def test_after_a_restart_the_journal_holds_until_readings_could_have_come() -> None:
    day = Day(known=(known(True),))
    assert day.wait(300) == []
    [report] = day.wait(301)
    assert (report.present, report.reason) == (None, Cause.silent)


def test_after_a_restart_the_same_level_is_not_told_again() -> None:
    day = Day(known=(known(True),))
    day.step(sees(True, 2))
    assert day.wait(100) == []


def test_after_a_restart_another_level_is_told() -> None:
    day = Day(known=(known(True),))
    day.step(sees(False, 2))
    [report] = day.wait(22)
    assert (report.present, report.since) == (False, at(2))


def test_a_bay_that_lost_its_sensors_is_unknown() -> None:
    day = Day(known=(known(True, "bay-9"),))
    [report] = day.wait(1)
    assert (report.bay, report.present, report.reason) == ("bay-9", None, Cause.unbound)


def test_after_a_restart_a_replay_that_says_free_makes_a_car_of_the_journal_doubtful() -> None:
    day = Day(known=(known(True),))
    day.step(Subscribed(at(0)), says(Alive.online, 0, retained=True))
    day.step(sees(False, 0, retained=True, device_time=at(-10)))
    [report] = day.step(Settled(at(3)))
    assert (report.present, report.reason) == (None, Cause.replayed)


def test_after_a_restart_a_replay_that_says_free_leaves_a_free_bay_as_it_was() -> None:
    day = Day(known=(known(False),))
    day.step(sees(False, 2, retained=True))
    assert day.wait(300) == []
    [report] = day.wait(301)
    assert report.present is None
