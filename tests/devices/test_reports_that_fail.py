"""Reports that could not be written, and bays whose reports the shop has forgotten."""

import asyncio

import pytest

from tests.devices.intakes import CAR, NONE, Desk, intake
from tests.devices.waiting import until


def test_a_defect_of_the_desk_costs_one_report_and_not_all_sensors(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk(broken=1, failure=RuntimeError("a defect"))

    async def scenario() -> None:
        async with intake(desk) as door:
            door.bring(CAR, number=1)
            await until(lambda: door.acknowledged == [1], "the poisoned report given up")
            door.bring(NONE, 3, number=2)
            await until(lambda: len(desk.reports) == 1, "the next report")

    asyncio.run(scenario())
    assert "given up" in caplog.text


def test_a_bay_that_the_shop_has_forgotten_is_told_again_under_another_id() -> None:
    desk = Desk()

    async def scenario() -> None:
        async with intake(desk) as door:
            door.bring(CAR, -60)
            await until(lambda: len(desk.reports) == 1, "the first report")
            door.intake.retell(["bay-1", "bay-9"])
            await until(lambda: len(desk.reports) == 2, "the report told again")

    asyncio.run(scenario())
    (first, first_id), (again, again_id) = desk.reports
    assert first.presence == again.presence
    assert first_id != again_id
