"""A manager may answer the points of a check and end it, with a reason."""

from board.core.roles import Actor
from displays.order_checks import checks_section
from tests.board_page.dialogs import ask, dialog
from tests.builders import INES, MONA, TOM, brought_to


def due(who: Actor) -> dict[str, object]:
    found = checks_section(ask(brought_to("final_check"), who, job="j1")).context["due"]
    return {name: getattr(found, name) for name in ("closed", "refused", "why_mark", "may_fail")}


def test_a_manager_has_the_buttons_of_the_check_and_is_asked_why() -> None:
    """Falls over without `reason=_REASON` in `_closed` of `displays/order_checks.py`."""
    assert due(MONA) == {"closed": None, "refused": None, "why_mark": True, "may_fail": True}
    assert due(INES) == {"closed": None, "refused": None, "why_mark": False, "may_fail": True}
    assert due(TOM)["closed"] is not None


def test_the_reason_of_a_point_goes_with_its_verdict() -> None:
    trial = brought_to("final_check")
    html = dialog("why", trial, MONA, job="j1", do="mark_point", point="lamps_out", verdict="ok")
    assert 'name="verdict" value="ok"' in html
    assert 'name="reason"' in html
