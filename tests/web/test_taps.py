"""Deeds that come later than they were tapped, and what tablets say of themselves."""

import json

import pytest

from tests.web.front import SHOP, Front

TAPPED = "2026-11-21T00:50:03.000Z"
"""Ten minutes before the front's clock."""


@pytest.mark.parametrize(
    ("made_at", "via"),
    [
        (TAPPED, "password tapped 2026-11-21T00:50:03Z"),
        ("2026-11-21T00:59:50Z", "password"),
        ("2026-11-21T03:00:00Z", "password"),
        ("2025-11-21T00:50:03Z", "password"),
        ("2026-11-21T00:50:03", "password"),
        ("x tapped y", "password"),
    ],
)
def test_the_journal_says_when_a_late_deed_was_tapped(front: Front, made_at: str, via: str) -> None:
    job = front.receive()
    with front.as_person("li") as li:
        form = {"job": job, "note": "rust", "made_at": made_at}
        assert li.post("/do/note_job", data=form).status_code == 204
    entry = front.journal.read(SHOP, 0)[-1]
    assert (entry.kind, entry.via) == ("job_noted", via)


def test_a_late_deed_that_is_refused_names_who_changed_the_car(front: Front) -> None:
    job = front.receive()
    with front.as_person("li") as li, front.as_person("lin") as lin:
        lin.post("/do/cancel_job", data={"job": job, "reason": "went home"})
        late = li.post("/do/note_job", data={"job": job, "note": "rust", "made_at": TAPPED})
        assert late.status_code == 409
        assert "Lin changed the car last, at 09:00." in late.text
        assert "changed the car" not in li.post("/do/note_job", data={"job": job}).text


def test_labour_counts_from_the_tap_and_not_from_its_arrival(front: Front) -> None:
    job = front.receive()
    with front.as_person("li") as li, front.as_person("lin") as lin:
        li.post("/do/move_job", data={"job": job, "to": "awaiting_dispatch"})
        lin.post("/do/dispatch_job", data={"job": job, "bay": "bay-3", "technicians": "wang"})
    front.clock.pass_by(1200)
    with front.as_person("wang") as wang:
        made = {"made_at": "2026-11-21T01:10:00.000Z"}
        answer = wang.post("/do/start_line", data={"job": job, **made})
        assert answer.status_code == 204, answer.text
    (clock,) = front.desk.shop.jobs[job].lines[0].clocks
    assert f"{clock.started_at:%H:%M}" == "01:10"


@pytest.mark.parametrize(
    ("ago", "via"),
    [
        ("597.0", "password tapped 2026-11-21T00:50:03Z"),
        ("3.2", "password"),
        ("-60", "password"),
        ("1e300", "password tapped 2026-11-20T22:00:00Z"),
        ("inf", "password tapped 2026-11-20T22:00:00Z"),
        ("nan", "password tapped 2026-11-20T22:00:00Z"),
        ("", "password tapped 2026-11-20T22:00:00Z"),
    ],
)
def test_how_long_ago_it_was_counts_before_the_time_the_page_believed(
    front: Front, ago: str, via: str
) -> None:
    job = front.receive()
    with front.as_person("li") as li:
        form = {"job": job, "note": "rust", "made_at": "2026-11-20T22:00:00Z"}
        answer = li.post("/do/note_job", data=form, headers={"X-Tapped-Ago": ago})
        assert answer.status_code == 204
    assert front.journal.read(SHOP, 0)[-1].via == via


REPORT = {"device": "0123456789abcdef", "level": "https", "engine": "156", "width": "1280"}


def test_a_tablet_reports_its_level(front: Front) -> None:
    with front.as_person("wang") as wang:
        assert wang.post("/tablet/device", data=REPORT).status_code == 204
    (kept,) = front.accounts.reports.of_shop(SHOP).values()
    told = json.loads(kept.body)
    assert (told["level"], told["width"], told["person"]) == ("https", 1280, "wang")


@pytest.mark.parametrize(
    "wrong", [{"device": "../x"}, {"level": "best"}, {"width": "-1"}, {"build": "x" * 41}]
)
def test_a_report_that_no_page_of_ours_sends_is_refused(
    front: Front, wrong: dict[str, str]
) -> None:
    with front.as_person("wang") as wang:
        assert wang.post("/tablet/device", data={**REPORT, **wrong}).status_code == 422
    assert front.accounts.reports.of_shop(SHOP) == {}


def test_the_tablets_of_a_shop_have_an_end(front: Front) -> None:
    with front.as_person("wang") as wang:
        for number in range(202):
            answer = wang.post("/tablet/device", data={**REPORT, "device": f"{number:016x}"})
            assert answer.status_code == 204
    kept = front.accounts.reports.of_shop(SHOP)
    assert len(kept) == 200
    assert f"tablet:{201:016x}" in kept, "the newest is kept, the oldest made room"
