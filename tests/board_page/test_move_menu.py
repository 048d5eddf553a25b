"""The move menu offers what the rules grant, and a drop asks the same."""

from dataclasses import replace

import pytest

from board.core import commands as c
from board.core.holds import HoldReason, HoldRules
from board.core.roles import Actor, Role
from tests.board_page.dialogs import dialog
from tests.builders import (
    ANNA,
    CARL,
    EVERY_ROLE,
    LEE,
    MONA,
    PIA,
    TINA,
    TOM,
    WILLY,
    Trial,
    agreed,
    dispatched,
    received,
    set_up,
    signed,
    working,
)


def looked_at() -> Trial:
    """An order in reception with a line and its sheet."""
    trial = received(Trial()).do(c.AddLine(job="j1", text="Oil"), ANNA)
    return trial.do(c.SaveSheet(job="j1"), ANNA)


def test_an_advisor_takes_a_signed_order_to_dispatch_with_one_press() -> None:
    html = dialog("menu", looked_at(), ANNA, job="j1")
    assert 'data-do="move_job"' in html
    assert "to=awaiting_dispatch" in html
    assert "Customer signed: to dispatch" in html
    assert 'data-key="1"' in html


def test_what_a_role_may_not_do_is_not_offered() -> None:
    html = dialog("menu", received(Trial()), WILLY, job="j1")
    assert "to=awaiting_dispatch" not in html
    assert "dialog/promise" not in html
    assert "dialog/cancel" not in html


def test_a_manager_is_asked_for_the_reason() -> None:
    html = dialog("menu", looked_at(), MONA, job="j1")
    assert "/board/dialog/why?do=move_job" in html
    why = dialog("why", received(Trial()), MONA, job="j1", do="move_job", to="awaiting_dispatch")
    assert 'name="to" value="awaiting_dispatch"' in why
    assert 'name="reason"' in why


def test_one_refused_move_is_visible_with_its_reason() -> None:
    trial = working(Trial()).do(c.FinishLine(job="j1"), TOM)
    html = dialog("menu", agreed(trial), LEE, job="j1")
    assert 'aria-disabled="true"' in html
    assert "1 lines are not finished." in html


def test_a_held_job_goes_on_or_changes_its_reason() -> None:
    trial = signed(Trial()).do(c.HoldJob(job="j1", hold=HoldReason.approval), ANNA)
    html = dialog("menu", trial, ANNA, job="j1")
    assert "The customer agreed: go on" in html
    assert "dialog/resume?" in html
    assert "dialog/hold?" in html


@pytest.mark.parametrize(
    ("actor", "reason", "is_offered"),
    [
        (WILLY, HoldReason.approval, False),
        (TOM, HoldReason.approval, True),
        (TINA, HoldReason.approval, False),
        (PIA, HoldReason.approval, False),
        (PIA, HoldReason.parts_issue, True),
        (MONA, HoldReason.approval, True),
    ],
)
def test_only_who_may_change_a_hold_is_offered_to(
    actor: Actor, reason: HoldReason, *, is_offered: bool
) -> None:
    """Falls over without `reasons_to_hold` in `displays/dialog_move.py`."""
    trial = working(Trial()).do(c.HoldJob(job="j1", hold=reason), CARL)
    assert ("dialog/hold?" in dialog("menu", trial, actor, job="j1")) is is_offered
    html = dialog("hold", trial, actor, job="j1")
    assert ('hx-post="/do/hold_job"' in html) is is_offered
    assert ('class="refusal"' in html) is not is_offered


def test_whoever_the_shop_names_as_an_owner_may_stop_for_that_reason_alone() -> None:
    """Falls over without `reasons_to_hold` in `board/core/offers.py`."""
    rules = HoldRules(owners={HoldReason.warranty: Role.warranty_clerk})
    trial = Trial().do(c.SetUpShop(settings=replace(set_up().settings, holds=rules)), MONA)
    working(trial)
    clerk = EVERY_ROLE[Role.warranty_clerk]
    assert "dialog/hold?" in dialog("menu", trial, clerk, job="j1")
    html = dialog("hold", trial, clerk, job="j1")
    assert (html.count('name="hold"'), 'value="warranty"' in html) == (1, True)


def test_a_drop_on_the_next_lane_is_done_at_once() -> None:
    html = dialog("drop", looked_at(), ANNA, job="j1", lane="dispatch")
    assert 'data-do="move_job"' in html
    assert "to=awaiting_dispatch" in html


def test_a_drop_on_work_asks_for_bay_and_technician() -> None:
    assert 'hx-post="/do/dispatch_job"' in dialog(
        "drop", signed(Trial()), CARL, job="j1", lane="work"
    )


def test_a_drop_on_hold_asks_for_the_reason() -> None:
    assert 'hx-post="/do/hold_job"' in dialog("drop", signed(Trial()), ANNA, job="j1", lane="hold")


def test_a_drop_that_leads_nowhere_is_refused_in_words() -> None:
    html = dialog("drop", received(Trial()), ANNA, job="j1", lane="wash")
    assert 'class="refusal"' in html
    assert 'data-code="no_way"' in html


def test_a_drop_of_a_card_that_has_changed_is_stale() -> None:
    html = dialog("drop", received(Trial()), ANNA, job="j1", lane="dispatch", version="99")
    assert 'data-code="stale"' in html


def test_a_drop_on_a_bay_dispatches_there_or_says_where_the_car_stands() -> None:
    dispatch = dialog("drop", signed(Trial()), CARL, job="j1", bay="2")
    assert 'name="bay" value="2" data-home="" checked' in dispatch
    place = dialog("drop", received(Trial()), CARL, job="j1", bay="2")
    assert 'hx-post="/do/place_car"' in place


def test_a_dispatched_job_can_be_given_to_somebody_else() -> None:
    html = dialog("menu", dispatched(Trial()), CARL, job="j1")
    assert 'data-key="a"' in html


def test_a_signature_carries_a_tick_and_the_way_back_the_undo_arrow() -> None:
    assert "#i-undo" not in dialog("menu", received(Trial()), ANNA, job="j1")
    assert "#i-undo" in dialog("menu", dispatched(Trial()), CARL, job="j1")
