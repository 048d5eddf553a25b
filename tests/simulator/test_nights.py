"""The night of a demo: skipped when the day's work is over."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import pytest

from simulator.demo import Demo, DemoWish
from simulator.run import Outcome, simulate
from tests.servers.processes import free_port

SHOP_FILE = Path(__file__).parents[2] / "examples" / "demo.toml"
pytestmark = pytest.mark.timeout(180)
VISITS = 3


@dataclass(frozen=True)
class Nights:
    """Two days and the night between them."""

    outcome: Outcome
    skipped_at: tuple[datetime, ...]
    mornings: tuple[datetime, ...]
    clock: tuple[datetime, float] | None
    log: str


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    """One run for all tests of this file."""
    folder = tmp_path_factory.mktemp("nights") / "demo"
    wish = DemoWish(
        SHOP_FILE, folder, port=free_port(), rate=2400.0, start=time(8), date="2026-11-23"
    )
    skipped: list[tuple[datetime, datetime]] = []

    class Noted(Demo):
        def skip_night(self, morning: datetime) -> None:
            skipped.append((_now(self), morning))
            super().skip_night(morning)

    with Noted(wish) as demo:
        demo.start(with_codes=False)
        outcome = asyncio.run(simulate(demo.play(2, VISITS, 2, None)))
        evenings = tuple(evening for evening, _morning in skipped)
        mornings = tuple(morning for _evening, morning in skipped)
        yield Nights(outcome, evenings, mornings, demo.clock(), demo.log.read_text())


def _now(demo: Demo) -> datetime:
    clock = demo.clock()
    assert clock is not None
    return clock[0]


def test_a_night_is_skipped_when_the_work_is_over(nights: Nights) -> None:
    assert [f"{morning:%m-%d %H:%M}" for morning in nights.mornings] == ["11-24 07:50"]
    assert nights.skipped_at[0].date().isoformat() == "2026-11-23"


def test_the_next_day_is_played_on_the_same_shop(nights: Nights) -> None:
    assert nights.outcome.surprises == ()
    assert nights.outcome.finished == nights.outcome.visits == 2 * VISITS
    assert nights.clock is not None
    now, rate = nights.clock
    assert now.date().isoformat() == "2026-11-24"
    assert rate == 2400.0


def test_the_server_ends_and_starts_without_a_complaint(nights: Nights) -> None:
    assert "Traceback" not in nights.log
    assert " ERROR " not in nights.log


def test_a_morning_finds_every_bay_and_technician_free(nights: Nights) -> None:
    assert nights.outcome.taken == frozenset()
