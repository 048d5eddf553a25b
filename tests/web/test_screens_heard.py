"""When screens and tablets were heard last is said on the shop's clock, however fast that runs."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from board.accounts_screen_reports import KeptReport
from board.web.lookups import Lookups
from board.web.screens_looked_up import ScreensLookedUp
from displays.dialog_asks import Ask
from displays.fleet import Standing
from displays.screens_page import ScreenRow, read_fleet
from displays.tablets_listed import TABLET, KeptTablet, TabletRow
from tests.web.front import INSTALLER, SHOP, Front


def _fleet(front: Front) -> tuple[ScreenRow, TabletRow]:
    """The one screen and the one tablet as the page of the screens has them, at noon."""
    screens = ScreensLookedUp(front.doors, "build")
    looks = Lookups(front.journal, front.doors.languages, b"phones", screens)
    noon = front.clock().replace(hour=4, minute=0)
    found = asyncio.run(read_fleet(looks, Ask(front.desk.shop, INSTALLER, noon, {})))
    assert found is not None
    rows, tablets = found["rows"], found["tablets"]
    assert isinstance(rows, list)
    assert isinstance(tablets, list)
    (row,), (tablet,) = rows, tablets
    assert isinstance(row, ScreenRow)
    assert isinstance(tablet, TabletRow)
    return row, tablet


@pytest.mark.parametrize(("rate", "said"), [(1.0, (0, "11:50")), (60.0, (-1, "02:00"))])
def test_ten_real_minutes_are_ten_hours_of_a_day_that_runs_sixty_times_as_fast(
    front: Front, rate: float, said: tuple[int, str]
) -> None:
    """Falls over when real minutes are taken from the shop's clock (`heard_at`)."""
    front.simulated |= {"now": "", "rate": rate} if rate != 1.0 else {}
    screen = front.accounts.screens.claim(
        front.accounts.screens.make_code(SHOP, "tv", "", "en"), ""
    )
    assert screen is not None
    kept = KeptTablet("https", "build", 120, 1280, 800, 0, "wang")
    body = msgspec.json.encode(kept).decode()
    at = KeptReport(front.clock(), body)
    front.accounts.reports.keep({(SHOP, screen.id): at, (SHOP, f"{TABLET}1"): at})
    front.clock.now += timedelta(minutes=10)
    row, tablet = _fleet(front)
    assert row.heard is not None
    assert (row.heard.days, row.heard.clock) == (tablet.heard.days, tablet.heard.clock) == said
    assert (row.doing, tablet.is_live) == (Standing.offline, False), "silence is real time"
