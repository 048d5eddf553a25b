"""The labour clock: who is clocked on what, one running line for each technician."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.lines import Clock, Original
from board.core.offers import offers
from board.core.shop import Running
from board.core.workflow import Through
from tests.builders import (
    ANNA,
    CARL,
    CLOCK,
    LEE,
    NOW,
    PLATES,
    TINA,
    TOM,
    Trial,
    agreed,
    answered,
    brought_to,
    dispatched,
    priced,
    working,
)


def clocks(trial: Trial, line: str = "1", job: str = "j1") -> tuple[Clock, ...]:
    """The clocks of a line."""
    found = trial.job(job).line(line)
    assert found is not None
    return found.clocks


def two_lines() -> Trial:
    """Tom works on line 1 of j1; line 2 waits."""
    return agreed(working(Trial()), standard_hours=1.5)


def test_starting_clocks_the_technician_and_brings_the_car_in() -> None:
    trial = working(Trial())
    assert clocks(trial) == (Clock("tom", NOW),)
    assert trial.shop.running == {"tom": Running("j1", "1")}
    assert (trial.job().state, trial.job().in_bay) == ("working", "1")


def test_the_car_stays_where_it_is_when_its_bay_is_taken() -> None:
    trial = dispatched(working(Trial()), "j2", PLATES[1], bay="1", to=TINA)
    trial.do(c.StartLine(job="j2"), TINA)
    assert (trial.job("j2").in_bay, trial.job("j1").in_bay) == ("", "1")


def test_starting_another_line_pauses_the_first() -> None:
    trial = two_lines().later(minutes=30).do(c.StartLine(job="j1", line="2"), TOM)
    assert trial.happened() == ["LinePaused", "LineStarted"]
    assert [line.state for line in trial.job().lines] == ["paused", "running"]
    assert clocks(trial)[0].ended_at == trial.now
    assert trial.shop.running == {"tom": Running("j1", "2")}


def test_starting_on_a_second_job_pauses_the_first_job() -> None:
    trial = dispatched(working(Trial()), "j2", PLATES[1], bay="2")
    trial.do(c.StartLine(job="j2"), TOM)
    assert trial.job("j1").running_lines == ()
    assert (trial.job("j1").state, trial.job("j2").state) == ("working", "working")
    assert trial.shop.running == {"tom": Running("j2", "1")}


def test_without_a_line_the_next_open_one_is_started() -> None:
    trial = two_lines().do(c.FinishLine(job="j1"), TOM).do(c.StartLine(job="j1"), TOM)
    assert trial.shop.running["tom"].line == "2"


def test_a_helper_has_a_clock_of_their_own() -> None:
    trial = working(Trial())
    trial.do(c.StartLine(job="j1", line="1", technician="tina"), CARL).later(minutes=10)
    trial.do(c.PauseLine(job="j1"), TINA)
    line = trial.job().line("1")
    assert line is not None
    assert (line.state, line.technicians) == ("running", ("tom", "tina"))
    assert [clock.ended_at for clock in line.clocks] == [None, trial.now]
    assert line.worked(trial.now) == timedelta(minutes=20)


def test_finishing_stops_every_clock_of_the_line() -> None:
    trial = working(Trial()).do(c.StartLine(job="j1", line="1", technician="tina"), CARL)
    trial.later(minutes=5).do(c.FinishLine(job="j1"), TOM)
    assert trial.shop.running == {}
    assert {clock.ended_at for clock in clocks(trial)} == {trial.now}
    assert not any(clock.corrected for clock in clocks(trial))


def both_on_line_1() -> Trial:
    """Tom leads line 1 of j1 and Tina helps; both are clocked, and Tina has line 2 too."""
    trial = agreed(two_lines(), "Wipers", technicians=("tina",))
    return trial.do(c.StartLine(job="j1", line="1", technician="tina"), CARL).later(minutes=5)


def test_a_helper_ends_their_own_part_only() -> None:
    trial = both_on_line_1().do(c.FinishLine(job="j1", line="1"), TINA)
    assert trial.happened() == ["LinePaused"]
    assert list(trial.shop.running) == ["tom"]
    trial.when(c.FinishLine(job="j1", line="1"), TINA).then_refused("person_clocked")
    assert str(trial.refused) == "Tom is still clocked on a line."
    trial.do(c.FinishLine(job="j1", line="1"), TOM)
    assert trial.happened() == ["LineFinished"]


def test_a_helper_who_works_last_may_finish() -> None:
    trial = both_on_line_1().do(c.PauseLine(job="j1", line="1"), TOM)
    assert trial.do(c.FinishLine(job="j1", line="1"), TINA).happened() == ["LineFinished"]


def test_a_leader_finishes_for_everybody() -> None:
    trial = both_on_line_1().do(c.FinishLine(job="j1", line="1", technician="tina"), LEE)
    assert trial.shop.running == {}


def test_a_menu_offers_a_helper_no_end_of_the_work() -> None:
    trial = working(Trial()).do(c.StartLine(job="j1", line="1", technician="tina"), CARL)
    ends = {
        actor.id: offer.refused
        for actor in (TOM, TINA)
        for offer in offers(trial.shop, trial.job(), actor, trial.now)
        if offer.through == Through.finish
    }
    assert ends["tom"] is None
    assert ends["tina"] is not None


@pytest.mark.parametrize("leader", [LEE, CARL], ids=lambda who: who.id)
def test_leaders_press_for_others(leader: object) -> None:
    by = LEE if leader is LEE else CARL
    trial = dispatched(Trial()).do(c.StartLine(job="j1", technician="tom"), by)
    assert list(trial.shop.running) == ["tom"]
    trial.do(c.PauseLine(job="j1", technician="tom"), by)
    trial.do(c.StartLine(job="j1", technician="tom"), by)
    trial.do(c.FinishLine(job="j1", technician="tom"), by)
    assert trial.job().state == "self_check"


def test_a_technician_does_not_press_for_another() -> None:
    trial = working(Trial())
    for command in (
        c.StartLine(job="j1", technician="tina"),
        c.PauseLine(job="j1", technician="tina"),
        c.FinishLine(job="j1", technician="tina"),
    ):
        trial.when(command, TOM).then_refused("not_allowed")


def test_only_a_technician_can_be_clocked() -> None:
    trial = dispatched(Trial())
    trial.when(c.StartLine(job="j1", technician="anna"), CARL).then_refused("not_a_technician")
    trial.when(c.StartLine(job="j1", technician="ghost"), CARL).then_refused("unknown_person")
    trial.when(c.StartLine(job="j1"), CARL).then_refused("not_a_technician")


def test_nobody_is_clocked_twice_on_a_line() -> None:
    trial = working(Trial())
    trial.when(c.StartLine(job="j1", line="1"), TOM).then_refused("line_running")
    assert str(trial.refused) == "Tom is already clocked on this line."


def test_nobody_works_before_the_customer_agrees() -> None:
    trial = working(Trial()).do(c.AddLine(job="j1", text="Tyres", proposed=True), TOM)
    trial.when(c.StartLine(job="j1", line="2"), TOM).then_refused("line_not_approved")
    priced(trial).do(answered(), ANNA)
    trial.do(c.StartLine(job="j1", line="2"), TOM)


def test_a_proposed_line_holds_nothing() -> None:
    trial = working(Trial()).do(c.AddLine(job="j1", text="Tyres", proposed=True), TOM)
    assert (trial.job().state, trial.job().hold) == ("working", None)
    assert trial.do(c.FinishLine(job="j1"), TOM).job().state == "self_check"


def test_a_finished_line_is_taken_up_again_before_its_self_check_only() -> None:
    trial = brought_to("self_check").do(c.StartLine(job="j1"), TOM)
    assert trial.job().state == "working"
    checked = brought_to("team_check")
    checked.when(c.StartLine(job="j1", line="1"), TOM).then_refused("line_not_open")


def test_a_line_nobody_runs_is_neither_paused_nor_finished() -> None:
    trial = dispatched(Trial())
    trial.when(c.PauseLine(job="j1"), TOM).then_refused("line_not_running")
    trial.when(c.FinishLine(job="j1"), TOM).then_refused("line_not_running")
    trial.when(c.FinishLine(job="j1", line="7"), TOM).then_refused("unknown_line")
    trial.when(c.StartLine(job="j1", line="7"), TOM).then_refused("unknown_line")


def test_a_recalled_job_stops_its_clocks() -> None:
    trial = working(Trial()).do(c.MoveJob(job="j1", to="awaiting_dispatch"), CARL)
    assert trial.shop.running == {}
    assert (trial.job().bay, trial.job().technicians) == ("", ())


def test_shift_end_closes_a_forgotten_clock_with_a_mark() -> None:
    trial = working(Trial()).later(hours=9)
    end = NOW + timedelta(hours=8, minutes=30)
    close = c.CloseClock(job="j1", line="1", technician="tom", at=end)
    trial.do(close, CLOCK)
    was = Original(NOW, None, "timekeeper:clock", trial.now)
    assert clocks(trial) == (Clock("tom", NOW, end, corrected=True, original=was),)
    assert trial.job().state == "working"
    trial.when(close, CLOCK).then_nothing()


def test_shift_end_does_not_close_a_clock_before_it_began() -> None:
    trial = working(Trial()).later(hours=9)
    close = c.CloseClock(job="j1", line="1", technician="tom", at=NOW)
    trial.when(close, CLOCK).then_refused("clock_wrong")
