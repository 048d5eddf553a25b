"""The side sheets: free ones first, quick times, history, and nothing for whoever may not."""

from datetime import UTC, datetime

import pytest

from board.core import commands as c
from board.core.commands import PersonPlan
from board.core.job import Where
from board.core.roles import Role
from board.core.shop import Settings
from displays.dialogs import BUILDERS
from displays.picks import picks
from tests.board_page.dialogs import ask, dialog, faulty, text_of
from tests.builders import (
    ANNA,
    CARL,
    INES,
    MONA,
    NOW,
    PIA,
    PLATES,
    TOM,
    WILLY,
    Trial,
    booked,
    received,
    signed,
    working,
)


def busy() -> Trial:
    trial = signed(working(Trial()), "j2", PLATES[1])
    trial.do(c.PlaceCar(job="j1", where=Where.bay, spot="1"), CARL)
    at_home = PersonPlan(id="tina", name="Tina", roles=(Role.technician,), bays=("2",))
    return trial.do(c.SetUpPerson(person=at_home), MONA)


def test_free_bays_and_free_technicians_come_first() -> None:
    context = BUILDERS["dispatch"](ask(busy(), CARL, job="j2")).context
    bays, people = context["bays"], context["people"]
    assert isinstance(bays, list)
    assert isinstance(people, list)
    assert [bay.id for bay in bays] == ["2", "3", "4", "1"]
    assert people[-1].id == "tom"


def test_a_chosen_bay_brings_its_home_technician() -> None:
    html = dialog("dispatch", busy(), CARL, job="j2", bay="2")
    assert 'name="bay" value="2" data-home="tina" checked' in html
    assert 'name="technicians" value="tina" checked' in html


def test_a_booked_car_is_let_in_from_its_order() -> None:
    html = dialog("job", booked(Trial()), ANNA, job="j1")
    assert 'data-do="move_job" data-with="job=j1&amp;version=0&amp;to=arrived"' in html
    assert "move_job" not in dialog("job", booked(Trial()), TOM, job="j1")
    assert "move_job" not in dialog("job", busy(), ANNA, job="j2"), "a card has its menu"


def test_parts_clerks_see_parts_reasons_only() -> None:
    html = dialog("hold", busy(), PIA, job="j2")
    assert 'value="parts_order"' in html
    assert 'value="approval"' not in html


def test_a_changed_promise_asks_why_and_shows_what_was_told() -> None:
    trial = busy()
    assert 'name="reason"' not in dialog("promise", trial, ANNA, job="j2")
    trial.do(c.PromiseJob(job="j2", at=NOW.replace(hour=8)), ANNA)
    html = dialog("promise", trial, ANNA, job="j2")
    assert 'name="reason"' in html
    assert "16:00" in html


def test_a_car_that_cannot_be_dispatched_is_refused_with_the_rules_own_words() -> None:
    html = dialog("dispatch", received(Trial()), CARL, job="j1")
    assert 'class="refusal"' in html
    assert 'data-code="no_way"' in html
    assert 'data-code="not_allowed"' in dialog("dispatch", busy(), WILLY, job="j2")


def test_a_car_that_has_just_come_is_not_parked_yet() -> None:
    html = dialog("job", received(Trial()), ANNA, job="j1")
    assert "Not parked yet" in html
    assert "Outside" not in html
    assert "Not parked yet" in dialog("place", received(Trial()), ANNA, job="j1")
    assert "Outside" in dialog("job", booked(Trial()), ANNA, job="j1")


def test_a_failed_check_is_told_in_the_order() -> None:
    html = dialog("job", faulty(), ANNA, job="j1")
    assert "Leak · front left · Self-check Tom" in text_of(html)


def test_a_hold_of_the_calendar_needs_no_heading_of_its_own() -> None:
    html = dialog("hold", busy(), ANNA, job="j2")
    assert "Break time" not in html
    assert 'value="break"' in html


def test_an_open_bay_is_not_expected_back() -> None:
    html = dialog("bay", busy(), CARL, bay="1")
    assert "Expected back" in html
    assert 'data-unless="open"' in html


def test_the_one_line_of_an_order_without_lines_is_named_as_a_whole() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    html = dialog("fail", trial, INES, job="j1")
    assert "The order as a whole" in html
    assert "40,000 km service" not in html


@pytest.mark.parametrize("name", ["promise", "flags", "cancel", "receive", "fail"])
def test_a_washer_gets_no_dialog_of_the_desk(name: str) -> None:
    assert "Not there any more" in dialog(name, busy(), WILLY, job="j2")


@pytest.mark.parametrize(
    "name", sorted(set(BUILDERS) - {"search", "keys", "receive", "book", "catalogue"})
)
def test_a_job_or_bay_that_is_gone_says_so(name: str) -> None:
    assert "Not there any more" in dialog(name, Trial(), CARL, job="nobody", bay="nowhere")


def test_a_failed_check_needs_a_defect_code() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    html = dialog("fail", trial, INES, job="j1")
    assert 'hx-post="/do/fail_check"' in html
    assert 'name="defect" value="leak"' in html


def test_the_detail_shows_lines_and_asks_for_the_customers_answer() -> None:
    trial = busy().do(c.AddLine(job="j1", text="new wipers", proposed=True), TOM)
    html = dialog("job", trial, ANNA, job="j1")
    assert "new wipers" in html
    assert "/board/dialog/answer?job=j1&amp;line=2" in html
    assert "Lena Song" in html


def test_a_bay_may_be_closed_by_the_controller_only() -> None:
    assert 'hx-post="/do/change_bay"' in dialog("bay", busy(), CARL, bay="1")
    assert 'type="submit"' not in dialog("bay", busy(), WILLY, bay="1")


@pytest.mark.parametrize("query", ["d123", "京A·D12345", "R2611-0001", "4827", "lena"])
def test_open_jobs_are_found_by_any_of_their_names(query: str) -> None:
    assert 'data-show="j1"' in dialog("search", busy(), ANNA, q=query)


def test_nothing_found_says_what_can_be_typed() -> None:
    assert "Nothing found" in dialog("search", busy(), ANNA, q="zzz")


def test_quick_times_are_half_hours_in_opening_hours_then_tomorrow() -> None:
    at_ten = datetime(2026, 11, 21, 2, 10, tzinfo=UTC)
    values = [pick.value for pick in picks(at_ten, Settings(), count=2)]
    assert values == ["2026-11-21T11:00", "2026-11-21T11:30", "2026-11-22T10:00"]


def test_in_the_evening_the_quick_times_are_of_the_next_day() -> None:
    at_nine = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
    values = [pick.value for pick in picks(at_nine, Settings(), count=2)]
    assert values == ["2026-11-22T09:00", "2026-11-22T09:30"]
