"""A shop may let a sure plate read at a gate count as the arrival; people can take it back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.sensor_rules import SensorRules
from tests.builders import ANNA, CARL, CLOCK, MONA, PLATES, SENSOR, TOM, Trial, booked, received

ON = SensorRules(arrive_by_plate=True)
UNDO = c.UndoMove(job="j1")


def shop(rules: SensorRules | None = ON) -> Trial:
    """A shop with these rules, and one car that is awaited."""
    trial = Trial()
    sensing = replace(trial.shop.settings, sensing=rules)
    return booked(trial.do(c.SetUpShop(settings=sensing), MONA))


def read(trial: Trial, plate: str = PLATES[0], **more: object) -> Trial:
    """A camera at the north gate read a plate."""
    said = {"plate": plate, "seen": trial.now, "device": "cam-1", "score": 0.9, "gate": "north"}
    return trial.do(c.ProposeArrival(**(said | more)), SENSOR)  # type: ignore[arg-type]


def passed(trial: Trial, **more: object) -> Trial:
    """The gate's own sensor tells that something goes through."""
    return trial.do(c.PassGate(gate="north", at=trial.now, device="door-1", **more), SENSOR)  # type: ignore[arg-type]


def stands(trial: Trial, job: str = "j1") -> tuple[str, bool]:
    """The job's state, and whether somebody is asked about it."""
    its = trial.job(job).proposal
    return trial.job(job).state, its is not None and its.is_open(trial.now)


@pytest.mark.parametrize("rules", [None, SensorRules()])
def test_off_by_default_the_surest_read_only_asks(rules: SensorRules | None) -> None:
    trial = read(shop(rules), score=1)
    assert stands(passed(trial)) == ("booked", True)


def test_on_a_sure_read_at_a_gate_is_the_arrival() -> None:
    trial = read(shop())
    assert (trial.job().state, trial.job().ticket) == ("arrived", "A01")
    assert read(trial.later(seconds=3)).events == ()


@pytest.mark.parametrize(
    ("score", "state", "asked"),
    [
        (0.8, "arrived", True),
        (0.79, "booked", True),
        (0.6, "booked", True),
        (0.59, "booked", False),
        (1.0, "arrived", True),
        (80.0, "booked", False),
        (float("nan"), "booked", False),
        (float("inf"), "booked", False),
    ],
)
def test_by_its_score_a_read_counts_asks_or_is_dropped(
    score: float, state: str, asked: bool
) -> None:
    assert stands(read(shop(), score=score)) == (state, asked)


def test_the_shop_says_what_is_sure_and_what_is_likely() -> None:
    strict = SensorRules(arrive_by_plate=True, sure_percent=95, likely_percent=90)
    assert stands(read(shop(strict), score=0.94)) == ("booked", True)
    assert stands(read(shop(strict), score=0.89)) == ("booked", False)


@pytest.mark.parametrize(
    "more",
    [
        {"score": None},
        {"gate": ""},
        {"plate": "京AD1234S"},
        {"plate": "D12345", "others": (PLATES[0],)},
    ],
)
def test_without_score_or_gate_or_with_signs_misread_it_asks(more: dict[str, object]) -> None:
    assert stands(read(shop(), **more)) == ("booked", True)  # type: ignore[arg-type]


def test_one_read_as_i_is_one_on_every_plate() -> None:
    assert stands(read(shop(), "京ADI2345"))[0] == "arrived"


def test_at_a_watched_gate_something_must_go_through_besides() -> None:
    trial = read(shop(), watched=True)
    assert stands(trial) == ("booked", True)
    assert stands(passed(trial.later(seconds=61))) == ("booked", True)
    assert stands(passed(trial.later(seconds=-21))) == ("arrived", True)


def test_the_gate_may_open_before_the_plate_is_read() -> None:
    trial = passed(shop()).later(seconds=40)
    assert stands(read(trial, watched=True))[0] == "arrived"


def test_two_cars_before_one_gate_are_both_asked_about() -> None:
    trial = booked(shop(), "j2", PLATES[1])
    read(read(trial, watched=True), PLATES[1], watched=True)
    assert [stands(passed(trial), job) for job in ("j1", "j2")] == [("booked", True)] * 2


def test_a_second_car_by_the_track_of_the_first_takes_its_place_and_asks() -> None:
    trial = booked(shop(), "j2", PLATES[1])
    read(trial, score=0.7, track="t")
    read(trial, PLATES[1], track="t")
    assert (stands(trial), stands(trial, "j2")) == (("booked", False), ("booked", True))


def test_a_car_that_is_here_or_a_no_show_does_not_arrive_by_itself() -> None:
    assert read(received(Trial())).events == ()
    late = shop().later(hours=2).do(c.MarkNoShow(job="j1"), CLOCK)
    assert stands(read(late)) == ("no_show", True)


@pytest.mark.parametrize("person", [ANNA, CARL])
def test_who_may_say_that_a_car_has_come_may_take_it_back(person: object) -> None:
    trial = read(shop()).later(minutes=10)
    trial.do(UNDO, person)  # type: ignore[arg-type]
    assert (stands(trial), trial.job().ticket) == (("booked", False), "")
    assert read(trial.later(minutes=5)).events == (), "nobody wants to be told again"


def test_others_and_later_it_stays() -> None:
    trial = read(shop())
    trial.when(UNDO, TOM).then_refused("undo_not_yours")
    trial.later(minutes=10, microseconds=1).when(UNDO, ANNA).then_refused("undo_late")


def test_after_somebody_went_on_with_the_car_it_stays() -> None:
    trial = read(shop()).do(c.MoveJob(job="j1", to="receiving"), ANNA)
    trial.when(UNDO, CARL).then_refused("undo_not_yours")


def test_the_live_line_tells_of_it() -> None:
    deed = read(shop()).shop.last_deed
    assert deed is not None
    assert (deed.kind, deed.by, deed.job) == ("arrived", "device:sonar-1", "j1")
    assert read(shop(None)).shop.last_deed != deed


def test_at_a_gate_without_a_camera_the_only_car_that_is_due_is_asked_about() -> None:
    trial = shop().later(minutes=40)
    assert stands(passed(trial, blind=True)) == ("booked", True)
    trial.do(c.AnswerArrival(job="j1", agreed=False), ANNA)
    assert stands(passed(trial.later(minutes=1), blind=True)) == ("booked", False)


def test_of_two_that_are_due_or_of_none_nobody_is_asked_about() -> None:
    assert stands(passed(shop().later(minutes=39), blind=True)) == ("booked", False)
    trial = booked(shop(), "j2", PLATES[1]).later(minutes=50)
    assert stands(passed(trial, blind=True)) == ("booked", False)


def test_a_gate_that_tells_late_tells_of_another_car() -> None:
    trial = read(shop(), watched=True).later(minutes=30)
    old = c.PassGate(gate="north", at=trial.now - timedelta(minutes=29, seconds=50))
    assert trial.do(old, SENSOR).events == ()
    assert trial.job().state == "booked"


@pytest.mark.parametrize(
    "rules",
    [
        SensorRules(sure_percent=50),
        SensorRules(sure_percent=101),
        SensorRules(likely_percent=-1),
        SensorRules(lapse_seconds=0),
    ],
)
def test_rules_that_do_not_fit_each_other_are_refused(rules: SensorRules) -> None:
    settings = replace(Trial().shop.settings, sensing=rules)
    Trial().when(c.SetUpShop(settings=settings), MONA).then_refused("number_wrong")


def test_settings_that_say_nothing_of_it_leave_it_as_it_was() -> None:
    trial = shop()
    trial.do(c.SetUpShop(settings=replace(trial.shop.settings, sensing=None, name="S")), MONA)
    assert trial.shop.settings.sensing == ON
