"""Every job ever seen is found by what people have at hand: plate, VIN, ticket, number, phone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from board.journal import Journal
from board.search import IndexedJob
from tests.journal.entries import SHOP

MONDAY = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

CAMRY = IndexedJob(
    job_id="job-camry",
    number="2026-0042",
    state="working",
    seq=9,
    plate="京A·12345",
    vin="LVGBE40K28G123456",
    ticket="A17",
    phone_tail="+86 138 0013-8000",
    customer="王芳",
    arrived_at=MONDAY,
)
VAN = IndexedJob("job-van", "2026-0043", "booked", 10, plate="沪A·D67890", ticket="A18")


@pytest.fixture
def shop(journal: Journal) -> Journal:
    """A journal whose index knows a car in work and a van that is booked."""
    journal.jobs.note(SHOP, [CAMRY, VAN])
    return journal


def _found(journal: Journal, query: str, limit: int = 20) -> list[str]:
    return [job.job_id for job in journal.jobs.find(SHOP, query, limit)]


@pytest.mark.parametrize(
    "query",
    [
        "京A·12345",
        "京a 12345",
        "京A-12345",
        "京Ａ１２３４５",
        "京A1",
        "345",
        "12345",
        "LVGBE40K28G123456",
        "lvgbe40k28g 123456",
        "123456",
        "g123456",
        "A17",
        " a17 ",
        "2026-0042",
        "20260042",
        "8000",
        "138000",
        "138 0013 8000",
        "13800138000",
    ],
)
def test_a_job_is_found(shop: Journal, query: str) -> None:
    assert _found(shop, query) == ["job-camry"]


@pytest.mark.parametrize(
    "query", ["", " · - ", "234", "45", "23456", "LVGBE", "000", "80000", "%", "京_12345", "A1"]
)
def test_a_job_is_not_found(shop: Journal, query: str) -> None:
    assert _found(shop, query) == []


def test_a_found_job_is_as_it_was_noted_but_for_the_phone(shop: Journal) -> None:
    assert shop.jobs.find(SHOP, "A17") == [replace(CAMRY, phone_tail="00138000")]


def test_the_newest_arrival_comes_first_and_what_is_to_come_before_it(shop: Journal) -> None:
    visits = [
        replace(CAMRY, job_id=f"visit-{days}", arrived_at=MONDAY - timedelta(days=days))
        for days in (300, 10, 100)
    ]
    shop.jobs.note(SHOP, [*visits, replace(CAMRY, job_id="booked", arrived_at=None)])
    assert _found(shop, "京A12345") == ["booked", "job-camry", "visit-10", "visit-100", "visit-300"]
    assert _found(shop, "京A12345", limit=2) == ["booked", "job-camry"]


def test_a_later_row_replaces_an_earlier_one(shop: Journal) -> None:
    shop.jobs.note(SHOP, [replace(CAMRY, seq=12, state="delivered", plate="京B·99999")])
    assert _found(shop, "京A12345") == []
    (found,) = shop.jobs.find(SHOP, "京B99999")
    assert found.state == "delivered"


def test_an_earlier_row_does_not_replace_a_later_one(shop: Journal) -> None:
    shop.jobs.note(SHOP, [replace(CAMRY, seq=3, state="arrived")])
    (found,) = shop.jobs.find(SHOP, "A17")
    assert found.state == "working"


def test_a_cleared_index_can_be_noted_again(shop: Journal) -> None:
    shop.jobs.clear(SHOP)
    assert _found(shop, "A17") == []
    shop.jobs.note(SHOP, [CAMRY])
    assert _found(shop, "A17") == ["job-camry"]
