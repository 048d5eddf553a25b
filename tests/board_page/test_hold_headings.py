"""The headings of the hold lane name whose move it is: a claim waits for the advisor."""

from displays.views.lanes import GroupView
from tests.board_page.dialogs import RENDERER, text_of


def test_what_an_advisor_moves_on_is_not_said_to_wait_for_the_customer() -> None:
    view = GroupView("group-advisor", "advisor", "1advisor", 2)
    assert text_of(RENDERER.region("group-advisor", view, "en")) == "For the advisor 2"
