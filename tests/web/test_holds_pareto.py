"""What the cars of a day waited for, as programs and staff read it."""

import pytest

from board.core import commands as c
from board.core.holds import HoldReason
from board.core.roles import Role
from tests.web.front import INSTALLER, Front


def held(front: Front, reason: HoldReason, minutes: int) -> str:
    """A signed order that was held for so long and is held no more."""
    job = front.receive()
    for command in (
        c.MoveJob(job=job, to="awaiting_dispatch", reason="test"),
        c.HoldJob(job=job, hold=reason, reason="test"),
    ):
        front.do(front.desk.handle(command, INSTALLER))
    front.clock.pass_by(minutes * 60)
    front.do(front.desk.handle(c.ResumeJob(job=job, reason="test"), INSTALLER))
    return job


def test_a_day_adds_up_by_reason_and_breaks_do_not_count(front: Front) -> None:
    job = held(front, HoldReason.approval, 20)
    again = c.HoldJob(job=job, hold=HoldReason.pause, reason="test")
    front.do(front.desk.handle(again, INSTALLER))
    front.clock.pass_by(600)
    with front.as_program(Role.controller) as program:
        told = program.get("/api/v1/holds/pareto").json()
        same = program.get("/api/v1/holds/pareto?day=2026-11-21").json()
        before = program.get("/api/v1/holds/pareto?day=2026-11-20").json()
    assert told == same
    assert (told["day"], told["minutes"]) == ("2026-11-21", 20)
    assert told["reasons"] == [
        {
            "reason": "approval",
            "owner": "advisor",
            "minutes": 20,
            "holds": 1,
            "jobs": 1,
            "counts": True,
        },
        {
            "reason": "break",
            "owner": "calendar",
            "minutes": 10,
            "holds": 1,
            "jobs": 1,
            "counts": False,
        },
    ]
    assert (before["minutes"], before["reasons"]) == (0, [])


def test_a_day_that_is_none_is_named(front: Front) -> None:
    with front.as_program(Role.controller) as program:
        answer = program.get("/api/v1/holds/pareto?day=tomorrow")
    assert (answer.status_code, answer.json()["code"]) == (422, "day_wrong")


@pytest.mark.parametrize(("person", "status"), [("lin", 200), ("chen", 200), ("li", 403)])
def test_controllers_and_managers_read_it(steady: Front, person: str, status: int) -> None:
    with steady.as_person(person) as somebody:
        assert somebody.get("/api/v1/holds/pareto").status_code == status


def test_strangers_do_not(steady: Front) -> None:
    with steady.browser() as nobody:
        assert nobody.get("/api/v1/holds/pareto").status_code == 401


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1800-01-01"])
def test_a_day_beyond_any_shop_is_refused(front: Front, day: str) -> None:
    """Falls over without `> _MOST_YEARS` in `board/web/holds_api.py`."""
    with front.as_program(Role.controller) as program:
        answer = program.get(f"/api/v1/holds/pareto?day={day}")
    assert (answer.status_code, answer.json()["code"]) == (422, "day_wrong")
