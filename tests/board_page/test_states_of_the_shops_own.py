"""A checking state of the shop's own on every page: a step to take, not a check undone."""

from dataclasses import replace

from board.core import commands as c
from board.core.needs import Need
from board.core.roles import Actor, Role
from board.core.workflow import Lane
from board.core.workflow_plans import StatePlan
from displays.checks_list import checks_page
from displays.dialog_asks import Ask
from displays.order_checks import checks_section
from displays.views.tablet import TabletProjection
from displays.views.tablet_views import CheckView, Deed
from tests.board_page.dialogs import RENDERER, dialog
from tests.builders import INES, MONA, Trial, brought_to, set_up

PHOTOS = StatePlan(
    id="photos", name="Photo proof", lane=Lane.check, after="final_check", by=(Role.inspector,)
)


def in_own_state(plan: StatePlan = PHOTOS) -> Trial:
    """A car that passed its final check and stands in the state after it."""
    trial = Trial().do(replace(set_up(), states=(plan,)), MONA)
    trial = brought_to("final_check", trial)
    if plan.after == "final_check":
        trial.do(c.PassCheck(job="j1"), INES)
    return trial


def deeds_of(trial: Trial, who: Actor) -> dict[str, Deed]:
    """The buttons of the car's card on somebody's tablet."""
    view = TabletProjection(who.id).project(trial.shop, trial.now)["check-j1"]
    assert isinstance(view, CheckView)
    assert RENDERER.region("check-j1", view, "en")
    return {deed.kind: deed for deed in view.deeds}


def test_the_tablet_takes_the_car_to_the_next_state_in_its_words() -> None:
    trial = in_own_state()
    deeds = deeds_of(trial, INES)
    assert set(deeds) == {"fail", "onward"}
    assert dict(deeds["onward"].fields)["to"] == "awaiting_wash"
    view = TabletProjection(INES.id).project(trial.shop, trial.now)["check-j1"]
    assert "Next: To be washed" in RENDERER.region("check-j1", view, "en")


def test_a_need_that_is_not_met_is_said_on_the_tablet() -> None:
    trial = in_own_state(replace(PHOTOS, needs=(Need.promised,)))
    refused = deeds_of(trial, INES)["onward"].refused
    assert refused is not None
    assert refused.code == "needs_first"


def test_no_check_is_due_there_on_any_page() -> None:
    trial = in_own_state()
    trial.when(c.MarkPoint(job="j1", point="lamps_out"), INES).then_refused("no_check_due")
    ask = Ask(trial.shop, INES, trial.now, {"job": "j1"})
    lists = checks_page(ask).context
    assert (lists["mine"], lists["others"]) == ((), ())
    assert checks_section(ask).context["due"] is None


def test_the_menu_names_where_the_car_goes_and_no_other_step() -> None:
    html = dialog("menu", in_own_state(), INES, job="j1")
    assert "To be washed" in html
    assert "No wash" not in html


def test_the_road_test_ends_in_the_state_that_follows_it() -> None:
    trial = in_own_state(replace(PHOTOS, after="road_test"))
    trial.do(c.StartRoadTest(job="j1", km=100), INES)
    assert "Photo proof" in dialog("menu", trial, INES, job="j1")
    assert deeds_of(trial, INES)["back"].refused is None
    trial.do(c.EndRoadTest(job="j1", km=105), INES)
    assert trial.job().state == "photos"
    trial.do(c.MoveJob(job="j1", to="final_check"), INES)
