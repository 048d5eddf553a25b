"""Earlier visits for comebacks: from live jobs and from the facts of long closed ones alike."""

from board.core import commands as c
from board.core.job import Car
from displays.order_comeback import visit_in, visit_of
from tests.builders import ANNA, Trial, ready

VIN = "LSVAU2180N2183294"


def delivered() -> Trial:
    """The car of j1 was corrected and handed over."""
    trial = ready(Trial())
    car = Car(plate="京AD12345", vin=VIN, mileage=40_000)
    trial.do(c.DescribeJob(job="j1", car=car), ANNA)
    return trial.later(minutes=5).do(c.MoveJob(job="j1", to="delivered"), ANNA)


def test_facts_tell_the_same_as_the_job() -> None:
    trial = delivered()
    facts = [fact for fact in trial.facts if getattr(fact.event, "job", "") == "j1"]
    visit = visit_in(facts)
    assert visit is not None
    assert visit == visit_of(trial.job())
    assert (visit.vin, visit.mileage) == (VIN, 40_000)
    assert (visit.technicians, visit.inspector) == (("tom",), "ines")
    assert visit.delivered_at == trial.now


def test_a_car_that_was_not_handed_over_was_no_visit() -> None:
    trial = ready(Trial())
    assert visit_of(trial.job()) is None
    assert visit_in([fact for fact in trial.facts if hasattr(fact.event, "job")]) is None
    assert visit_in(()) is None
