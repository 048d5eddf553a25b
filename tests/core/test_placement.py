"""Where a car stands is not where its job is allocated; and what the board says of a bay."""

from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.bays import BayCondition, BayState, Presence
from board.core.conditions import condition, idle_since
from board.core.job import Place, Where
from board.core.shop import Settings
from tests.builders import (
    ANNA,
    CARL,
    MONA,
    NOW,
    PLATES,
    SENSOR,
    TINA,
    TOM,
    WILLY,
    Trial,
    brought_to,
    dispatched,
    received,
    signed,
)


def put(bay: str, job: str = "j1") -> c.PlaceCar:
    """The car into a bay."""
    return c.PlaceCar(job=job, where=Where.bay, spot=bay)


def says(trial: Trial, bay: str = "1") -> BayCondition:
    """What the board says of the bay."""
    return condition(trial.shop, trial.shop.bays[bay])


def test_dispatch_allocates_and_places_nothing() -> None:
    trial = dispatched(Trial())
    assert (trial.job().bay, trial.job().technicians) == ("1", ("tom",))
    assert trial.job().place == Place(Where.outside)
    assert trial.shop.allocated["1"] == {"j1"}


def test_many_jobs_may_wait_for_one_bay() -> None:
    trial = Trial()
    for number, plate in enumerate(PLATES[:4]):
        dispatched(trial, f"j{number}", plate)
    assert [job.id for job in trial.shop.jobs_for("1")] == ["j0", "j1", "j2", "j3"]


def test_jobs_of_a_bay_are_in_the_order_of_their_planned_start() -> None:
    trial = dispatched(dispatched(Trial()), "j2", PLATES[1])
    early, late = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    for job, start in (("j1", late), ("j2", early)):
        again = c.DispatchJob(job=job, bay="1", technicians=("tom",), start_at=start)
        trial.do(again, CARL)
    assert [job.id for job in trial.shop.jobs_for("1")] == ["j2", "j1"]


def test_one_car_per_bay() -> None:
    trial = received(received(Trial()).do(put("1"), WILLY), "j2", PLATES[1])
    trial.when(put("1", "j2"), ANNA).then_refused("bay_taken")
    assert str(trial.refused) == f"Bay 1 is occupied by {PLATES[0]}."
    trial.do(c.PlaceCar(job="j1", where=Where.parking, spot="P3"), TOM)
    trial.do(put("1", "j2"), ANNA)
    assert trial.shop.placed == {"1": "j2"}


@pytest.mark.parametrize("bay", ["9", ""])
def test_no_car_stands_in_an_unknown_bay(bay: str) -> None:
    received(Trial()).when(put(bay), ANNA).then_refused("unknown_bay")


def test_placing_a_car_where_it_is_changes_nothing() -> None:
    received(Trial()).do(put("1"), TOM).when(put("1"), TOM).then_nothing()


def test_a_delivered_car_leaves_its_bay() -> None:
    trial = brought_to("ready").do(c.MoveJob(job="j1", to="delivered"), ANNA)
    assert (trial.job().in_bay, trial.shop.placed) == ("", {})
    assert trial.shop.jobs_for("1") == ()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (c.DispatchJob(job="j1", bay="9", technicians=("tom",)), "unknown_bay"),
        (c.DispatchJob(job="j1", bay="1"), "technician_needed"),
        (c.DispatchJob(job="j1", bay="1", technicians=("anna",)), "not_a_technician"),
        (c.DispatchJob(job="j1", bay="1", technicians=("tom", "ghost")), "unknown_person"),
    ],
)
def test_a_dispatch_names_a_bay_and_technicians_of_this_shop(
    command: c.DispatchJob, code: str
) -> None:
    signed(Trial()).when(command, CARL).then_refused(code)


@pytest.mark.parametrize("state", [BayState.closed, BayState.maintenance])
def test_nothing_is_dispatched_to_a_closed_bay_unless_it_opens_again(state: BayState) -> None:
    trial = signed(Trial()).do(c.ChangeBay(bay="1", state=state), CARL)
    to_bay = c.DispatchJob(job="j1", bay="1", technicians=("tom",))
    trial.when(to_bay, CARL).then_refused("bay_closed")
    until = trial.now + timedelta(hours=1)
    trial.do(c.ChangeBay(bay="1", state=state, until=until), CARL).do(to_bay, CARL)


def test_advisors_dispatch_only_where_the_switch_is_on() -> None:
    command = c.DispatchJob(job="j1", bay="1", technicians=("tom",))
    signed(Trial()).do(command, ANNA)
    off = Settings(name="Strict", advisors_dispatch=False)
    trial = signed(Trial()).do(c.SetUpShop(settings=off), MONA)
    trial.when(command, ANNA).then_refused("not_allowed")
    trial.do(command, CARL)


@pytest.mark.parametrize("state", ["working", "rework", "held"])
def test_a_job_in_work_is_allocated_anew(state: str) -> None:
    trial = brought_to(state)
    trial.do(c.DispatchJob(job="j1", bay="3", technicians=("tina", "tom")), CARL)
    assert (trial.job().bay, trial.job().technicians) == ("3", ("tina", "tom"))


@pytest.mark.parametrize("state", ["receiving", "team_check", "washing", "ready"])
def test_a_job_elsewhere_is_not_dispatched(state: str) -> None:
    command = c.DispatchJob(job="j1", bay="1", technicians=("tom",))
    brought_to(state).when(command, CARL).then_refused("no_way")


def test_a_bay_is_free_reserved_worked_and_blocked_in_turn() -> None:
    trial = Trial()
    assert says(trial) == BayCondition.free
    assert says(signed(trial)) == BayCondition.free
    trial.do(c.DispatchJob(job="j1", bay="1", technicians=("tom",)), CARL)
    assert says(trial) == BayCondition.reserved
    assert says(trial.do(put("1"), TOM)) == BayCondition.blocked
    assert says(trial.do(c.StartLine(job="j1"), TOM)) == BayCondition.worked
    trial.later(minutes=20).do(c.PauseLine(job="j1"), TOM)
    assert says(trial) == BayCondition.blocked
    assert idle_since(trial.shop, trial.shop.bays["1"]) == trial.now


def test_a_washed_car_is_worked_on() -> None:
    trial = brought_to("washing").do(put("wash"), WILLY)
    assert says(trial, "wash") == BayCondition.worked


def test_a_car_that_only_sensors_see_blocks_the_bay() -> None:
    report = c.ReportBay(bay="2", presence=Presence.present, since=NOW)
    assert says(Trial().do(report, SENSOR), "2") == BayCondition.blocked


@pytest.mark.parametrize("state", [BayState.cleaning, BayState.maintenance, BayState.closed])
def test_people_set_a_bay_aside_but_a_car_in_it_counts_first(state: BayState) -> None:
    trial = Trial().do(c.ChangeBay(bay="1", state=state), CARL)
    assert says(trial).value == state.value
    received(trial).do(put("1"), TOM)
    assert says(trial) == BayCondition.blocked
    trial.do(c.ChangeBay(bay="1", state=BayState.open), CARL)
    trial.when(c.ChangeBay(bay="1", state=BayState.open), CARL).then_nothing()


def test_a_bay_is_not_set_aside_until_the_past() -> None:
    command = c.ChangeBay(bay="1", state=BayState.cleaning, until=NOW)
    Trial().when(command, CARL).then_refused("time_past")


def test_a_place_name_is_short() -> None:
    command = c.PlaceCar(job="j1", where=Where.parking, spot="P" * 41)
    received(Trial()).when(command, TINA).then_refused("too_long")


@pytest.mark.parametrize("where", [Where.bay, Where.parking, Where.road])
def test_a_car_that_has_not_arrived_stands_nowhere_here(where: Where) -> None:
    for state in ("booked", "preparing", "no_show"):
        command = c.PlaceCar(job="j1", where=where, spot="1")
        brought_to(state).when(command, TOM).then_refused("not_here")


def test_technicians_are_counted_once_and_are_not_a_crowd() -> None:
    trial = signed(Trial())
    trial.do(c.DispatchJob(job="j1", bay="1", technicians=("tom", "tina", "tom")), CARL)
    assert trial.job().technicians == ("tom", "tina")
    line = c.AddLine(job="j1", text="Tyres", technicians=("tina", "tina"))
    assert trial.do(line, ANNA).job().lines[-1].technicians == ("tina",)
    many = tuple(f"t{number}" for number in range(11))
    crowd = c.DispatchJob(job="j1", bay="1", technicians=many)
    trial.when(crowd, CARL).then_refused("too_many")
