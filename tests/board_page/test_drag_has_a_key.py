"""Whatever a card can be dragged for, its menu offers too, and each line of the menu has a key."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from board.core.roles import Actor
from board.core.workflow import BOARD_LANES, State
from tests.board_page.dialogs import dialog
from tests.builders import ANNA, CARL, Trial, brought_to

STATES = [state for state in State if state not in (State.delivered, State.cancelled)]
DEED = re.compile(r'data-do="(\w+)"')
POST = re.compile(r'hx-post="/do/(\w+)"')
OPENS = re.compile(r'data-dialog="/board/dialog/(\w+)\?([^"]*)"')
LINE = re.compile(r'<button type="button" role="menuitem"([^>]*)>')


def offered(trial: Trial, who: Actor) -> set[str]:
    """The commands behind the menu of the card, at once or by a dialog."""
    menu = dialog("menu", trial, who, job="j1")
    behind = [
        dialog(name, trial, who, **dict(parse_qsl(unescape(given))))
        for name, given in OPENS.findall(menu)
    ]
    return {*DEED.findall(menu), *(name for html in behind for name in POST.findall(html))}


@pytest.mark.parametrize("who", [ANNA, CARL], ids=lambda who: str(who.id))
@pytest.mark.parametrize("state", STATES)
def test_every_drop_is_a_line_of_the_menu(state: State, who: Actor) -> None:
    trial = brought_to(state)
    places = [*({"lane": lane.value} for lane in BOARD_LANES), {"bay": "2"}]
    dropped = [dialog("drop", trial, who, job="j1", **place) for place in places]
    asked = {name for html in dropped for name in (*DEED.findall(html), *POST.findall(html))}
    assert asked
    assert asked <= offered(trial, who)


@pytest.mark.parametrize("state", STATES)
def test_every_line_of_the_menu_that_can_be_taken_has_a_key_of_its_own(state: State) -> None:
    lines = LINE.findall(dialog("menu", brought_to(state), CARL, job="j1"))
    keys = [re.search(r'data-key="(.)"', line) for line in lines if "aria-disabled" not in line]
    pressed = [key[1] for key in keys if key]
    assert len(pressed) == len(keys) == len(set(pressed))
