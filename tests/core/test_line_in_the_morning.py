"""Who went home without being received is not the first in line the next morning."""

from dataclasses import replace

from board.core import commands as c
from board.core.reception import line
from tests.builders import ANNA, CARL, PLATES, Trial, receive
from tests.core.test_day_closing import STAYS, evening, next_day


def waiting(trial: Trial) -> list[str]:
    return [job.id for job in line(trial.shop.jobs.values())]


def test_a_car_of_yesterday_waits_beside_the_line_until_its_customer_is_back() -> None:
    """Falls over without `_left_overnight(case, today)` in `board/core/rules/day_closing.py`."""
    trial = Trial().do(replace(receive("j1", PLATES[0]), checked_in=False), ANNA)
    evening(trial).do(STAYS, CARL).do(c.CloseDay(), CARL)
    next_day(trial).do(replace(receive("j2", PLATES[1]), checked_in=False), ANNA)
    assert waiting(trial) == ["j1", "j2"]
    trial.later(minutes=5).do(c.OpenDay(), CARL)
    assert waiting(trial) == ["j2"], "who came this morning before the opening stays in line"
    trial.later(minutes=5).do(c.ReturnTicket(job="j1"), ANNA)
    assert waiting(trial) == ["j1", "j2"], "the old turn is back"
