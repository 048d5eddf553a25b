"""Who ends a hold, per reason and role; a shop may name another owner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from board.core import commands as c
from board.core.holds import HoldReason, HoldRules
from board.core.roles import Actor, Role
from tests.builders import (
    ANNA,
    CARL,
    EVERY_ROLE,
    MONA,
    NOW,
    PIA,
    TINA,
    Trial,
    set_up,
    working,
)

LATER = NOW + timedelta(hours=20)
EVERYWHERE = {"advisor", "controller", "team_leader", "inspector", "technician"}
PARTS = {"parts_issue", "parts_order", "parts_wrong"}
WARRANTY = HoldRules(owners={HoldReason.warranty: Role.warranty_clerk})


def may_end(reason: HoldReason) -> set[str]:
    """The trade's word: these everywhere (technicians their own jobs), parts their own reasons."""
    return EVERYWHERE | ({"parts"} if reason in PARTS else set())


def shop_with(rules: HoldRules) -> Trial:
    """A shop that says this of its holds."""
    return Trial().do(c.SetUpShop(settings=replace(set_up().settings, holds=rules)), MONA)


def held(reason: HoldReason, trial: Trial | None = None) -> Trial:
    """The job j1 at work by Tom, then stopped by Carl."""
    command = c.HoldJob(job="j1", hold=reason, note="see the order", expected=LATER)
    return working(trial or Trial()).do(command, CARL)


@pytest.mark.parametrize("reason", list(HoldReason))
@pytest.mark.parametrize("role", [role for role in EVERY_ROLE if role != Role.manager])
def test_a_hold_is_ended_by_whom_the_table_names(role: Role, reason: HoldReason) -> None:
    trial = held(reason).when(c.ResumeJob(job="j1"), EVERY_ROLE[role])
    assert (trial.refused is None) == (role in may_end(reason))
    if trial.refused is not None:
        assert trial.refused.code == "not_allowed"


@pytest.mark.parametrize("reason", list(HoldReason))
def test_a_manager_ends_every_hold_and_says_why(reason: HoldReason) -> None:
    held(reason).when(c.ResumeJob(job="j1"), MONA).then_refused("reason_needed")
    held(reason).when(c.MoveJob(job="j1", to="working"), MONA).then_refused("reason_needed")
    held(reason).do(c.ResumeJob(job="j1", reason="the others are out"), MONA)


@pytest.mark.parametrize("role", [Role.washer, Role.cashier, Role.warranty_clerk, Role.parts])
def test_a_hold_of_others_is_not_ended_by_a_move_either(role: Role) -> None:
    """Falls over without `return end_fault(job, case) or` in `board/core/rules/holding.py`."""
    trial = held(HoldReason.approval).when(c.MoveJob(job="j1", to="working"), EVERY_ROLE[role])
    trial.then_refused("not_allowed")


def test_a_technician_ends_no_hold_of_another_ones_job() -> None:
    held(HoldReason.approval).when(c.ResumeJob(job="j1"), TINA).then_refused("not_your_job")


@pytest.mark.parametrize("owner", [Role.warranty_clerk, Role.cashier, Role.washer, Role.parts])
def test_a_shop_names_another_owner_who_opens_changes_and_ends(owner: Role) -> None:
    rules = HoldRules(owners={HoldReason.warranty: owner, HoldReason.insurer: owner})
    who = EVERY_ROLE[owner]
    trial = held(HoldReason.warranty, shop_with(rules))
    hold = trial.job().hold
    assert hold is not None
    assert hold.owner == owner
    trial.do(c.HoldJob(job="j1", hold=HoldReason.insurer), who).do(c.ResumeJob(job="j1"), who)
    trial.do(c.HoldJob(job="j1", hold=HoldReason.warranty), who)


def test_a_hold_keeps_the_owner_it_was_opened_with() -> None:
    trial = held(HoldReason.warranty)
    trial.do(c.SetUpShop(settings=replace(set_up().settings, holds=WARRANTY)), MONA)
    hold = trial.job().hold
    assert hold is not None
    assert hold.owner == Role.advisor
    trial.do(c.ResumeJob(job="j1"), ANNA)


def test_who_owns_one_reason_stops_for_no_other() -> None:
    wen: Actor = EVERY_ROLE[Role.warranty_clerk]
    trial = working(shop_with(WARRANTY))
    trial.when(c.HoldJob(job="j1", hold=HoldReason.approval), wen).then_refused("not_allowed")
    trial.do(c.HoldJob(job="j1", hold=HoldReason.warranty), wen)


def test_a_parts_clerk_does_not_change_the_reason_of_a_foreign_hold() -> None:
    """Falls over without `(end_fault(job, case) if job.hold else None)` in
    `board/core/rules/holding.py`."""
    trial = held(HoldReason.approval)
    trial.when(c.HoldJob(job="j1", hold=HoldReason.parts_issue), PIA).then_refused("not_allowed")


def test_a_break_always_belongs_to_the_calendar() -> None:
    rules = HoldRules(owners={HoldReason.pause: Role.controller})
    hold = held(HoldReason.pause, shop_with(rules)).job().hold
    assert hold is not None
    assert hold.owner == "calendar"


def test_rules_of_holds_stay_when_the_shop_is_set_up_without_any() -> None:
    trial = shop_with(WARRANTY).do(c.SetUpShop(settings=set_up().settings), MONA)
    assert trial.shop.settings.holds == WARRANTY


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (HoldRules(owners={HoldReason.quote: Role.customer}), "role_wrong"),
        (HoldRules(escalate_seconds={HoldReason.quote: -1}), "number_wrong"),
        (HoldRules(others_escalate_seconds=31 * 24 * 3600), "number_wrong"),
    ],
)
def test_rules_that_nobody_could_follow_are_refused(rules: HoldRules, code: str) -> None:
    settings = replace(set_up().settings, holds=rules)
    trial = Trial().when(c.SetUpShop(settings=settings), MONA).then_refused(code)
    assert trial.refused is not None
    assert trial.refused.fields == ("settings.holds",)
