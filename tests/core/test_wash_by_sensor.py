"""A shop may let the wash bay's sensors begin and end the wash; people can take it back."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.bays import Presence
from board.core.job import Where
from board.core.roles import Role
from board.core.sensor_rules import SensorRules
from board.core.workflow_shipped import SHIPPED
from tests.builders import ANNA, CARL, MONA, SENSOR, TOM, WILLY, Trial
from tests.core.test_wash_queue import to_wash

ON = SensorRules(wash_by_sensor=True)
UNDO = c.UndoMove(job="j1")


def shop(rules: SensorRules | None = ON, cars: int = 1) -> Trial:
    """A shop with these rules whose wash bay is empty, and cars that wait for the wash."""
    trial = Trial()
    settings = replace(trial.shop.settings, sensing=rules)
    trial.do(c.SetUpShop(settings=settings), MONA)
    for number in range(cars):
        to_wash(trial, f"j{number + 1}", number)
    return says(trial, "absent")


def says(trial: Trial, presence: str, live: bool = True, bay: str = "wash") -> Trial:
    """The sensors of the wash bay, or of another one, say so now."""
    trial.later(minutes=1)
    return trial.do(
        c.ReportBay(bay=bay, presence=Presence(presence), since=trial.now, live=live), SENSOR
    )


def stands(trial: Trial, job: str = "j1") -> tuple[str, str]:
    """The job's state, and where its car stands."""
    return trial.job(job).state, trial.job(job).in_bay or trial.job(job).place.where.value


@pytest.mark.parametrize("rules", [None, SensorRules()])
def test_off_by_default_the_sensor_only_asks(rules: SensorRules | None) -> None:
    trial = shop(rules)
    before = stands(trial)
    says(trial, "present")
    question = trial.shop.bays["wash"].question
    assert (stands(trial), question and question.job) == (before, "j1")
    trial.do(c.AnswerQuestion(bay="wash", agreed=True, job="j1"), CARL)
    assert stands(trial) == ("awaiting_wash", "wash")
    assert stands(says(trial, "absent")) == ("awaiting_wash", "wash")


def test_on_the_only_car_that_waits_is_washed_while_it_is_there() -> None:
    trial = says(shop(), "present")
    assert stands(trial) == ("washing", "wash")
    assert trial.shop.bays["wash"].question is None
    says(trial, "absent")
    assert stands(trial) == ("awaiting_settlement", "parking")
    [wash] = trial.job().washes
    assert (wash.by, wash.ended_at) == ("device:sonar-1", trial.now)


def test_of_several_it_is_the_one_that_the_board_has_there() -> None:
    trial = shop(cars=2).do(c.PlaceCar(job="j2", where=Where.bay, spot="wash"), TOM)
    says(trial, "present")
    assert (trial.job().state, stands(trial, "j2")) == ("awaiting_wash", ("washing", "wash"))


def test_of_several_that_wait_a_person_says_which_and_the_wash_begins() -> None:
    trial = says(shop(cars=2), "present")
    assert {trial.job(one).state for one in ("j1", "j2")} == {"awaiting_wash"}
    trial.do(c.AnswerQuestion(bay="wash", agreed=True, job="j2"), CARL)
    assert stands(trial, "j2") == ("washing", "wash")


@pytest.mark.parametrize(
    "said",
    [
        [("unknown", True), ("present", True)],
        [("present", False)],
        [("unknown", False), ("present", False)],
    ],
)
def test_what_was_not_seen_to_change_begins_nothing(said: list[tuple[str, bool]]) -> None:
    trial = shop()
    for presence, live in said:
        says(trial, presence, live)
    assert trial.job().state == "awaiting_wash"


@pytest.mark.parametrize("said", [[("unknown", True), ("absent", True)], [("absent", False)]])
def test_what_was_not_seen_to_change_ends_nothing(said: list[tuple[str, bool]]) -> None:
    trial = says(shop(), "present")
    for presence, live in said:
        says(trial, presence, live)
    assert stands(trial) == ("washing", "wash")


def test_another_bay_washes_nobody() -> None:
    trial = says(says(shop(), "absent", bay="2"), "present", bay="2")
    assert trial.job().state == "awaiting_wash"


@pytest.mark.parametrize("person", [WILLY, ANNA, CARL])
def test_who_may_wash_may_take_it_back(person: object) -> None:
    trial = shop()
    before = stands(trial)
    says(trial, "present").later(minutes=9)
    trial.do(UNDO, person)  # type: ignore[arg-type]
    assert (stands(trial), trial.job().washes) == (before, ())
    says(trial, "absent")
    assert stands(trial) == before


def test_the_end_is_taken_back_too() -> None:
    trial = says(says(shop(), "present"), "absent")
    trial.do(UNDO, WILLY)
    assert stands(trial) == ("washing", "wash")


def test_others_take_nothing_back() -> None:
    trial = says(shop(), "present")
    trial.when(UNDO, TOM).then_refused("undo_not_yours")
    trial.when(UNDO, MONA).then_refused("undo_not_yours")


def test_a_car_on_hold_or_with_open_work_is_left_alone() -> None:
    trial = shop().do(c.HoldJob(job="j1", hold="other", note="keys"), ANNA)  # type: ignore[arg-type]
    assert says(trial, "present").job().state == "held"


def test_a_sensor_takes_no_car_further_than_a_washer() -> None:
    steps = dict(SHIPPED.steps)
    ways = tuple(
        replace(way, by=frozenset({Role.advisor})) if way.to == "awaiting_settlement" else way
        for way in steps["washing"].ways
    )
    trial = says(shop(), "present")
    steps["washing"] = replace(steps["washing"], ways=ways)
    trial.shop = replace(trial.shop, workflow=replace(SHIPPED, steps=steps))
    assert stands(says(trial, "absent")) == ("washing", "wash")
