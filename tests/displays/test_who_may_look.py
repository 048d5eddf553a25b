"""Who may look at which audience, and that page and socket ask for the same variant."""

import pytest

from board.core.roles import PEOPLE_ROLES, Actor, Role
from board.core.shop import Settings
from board.screen_look import ScreenLook
from board.web.session import ScreenTicket, Signed
from displays.channel import Variant
from displays.desk_page_list import PAGES
from displays.pages import variant_of


def _person(*roles: Role) -> Signed:
    actor = Actor("person", "mona", "Mona", frozenset(roles), "desk")
    return Signed("mona", actor, "csrf", "en", "hash")


def _screen(audience: str, group: str = "", view: str = "") -> Signed:
    look = ScreenLook(view=view, group=group, language="en")
    ticket = ScreenTicket("s1", audience, look, "hash")
    return Signed("", Actor("screen", "s1", "", frozenset(), "screen"), "", "en", "hash", ticket)


@pytest.mark.parametrize("audience", ["tv", "lounge", "queue", "arrivals", "board", "tablet"])
def test_nobody_sees_nothing(audience: str) -> None:
    assert variant_of(None, "main", audience) is None


def test_a_screen_sees_what_it_was_paired_for_and_nothing_else() -> None:
    screen = _screen("tv", "b1,b2")
    assert variant_of(screen, "main", "tv", "b9") == Variant("main", "tv", "en", "b1,b2")
    assert variant_of(screen, "main", "lounge") is None
    assert variant_of(screen, "main", "board") is None


def test_a_television_that_shows_the_whole_shop_sees_that_alone() -> None:
    screen = _screen("tv", "b1", "overview")
    assert variant_of(screen, "main", "overview") == Variant("main", "overview", "en", "b1")
    assert variant_of(screen, "main", "tv") is None
    assert variant_of(_screen("lounge", view="overview"), "main", "overview") is None
    assert variant_of(_person(Role.advisor), "main", "overview") is None


@pytest.mark.parametrize("role", [Role.manager, Role.controller])
def test_who_runs_the_shop_may_look_at_the_walls(role: Role) -> None:
    assert variant_of(_person(role), "main", "tv", "b1") == Variant("main", "tv", "en", "b1")
    assert variant_of(_person(role), "main", "lounge", "b1") == Variant("main", "lounge", "en")


def test_who_meets_customers_may_look_at_the_walls_of_reception() -> None:
    for role in (Role.advisor, Role.controller):
        for audience in ("queue", "arrivals"):
            assert variant_of(_person(role), "main", audience) is not None
    assert variant_of(_person(Role.parts), "main", "arrivals") is not None
    assert variant_of(_person(Role.parts), "main", "queue") is None


def test_others_may_not_look_at_the_walls() -> None:
    assert variant_of(_person(Role.technician, Role.advisor), "main", "tv") is None


def test_a_tablet_is_its_holders_own() -> None:
    variant = variant_of(_person(Role.technician), "main", "tablet")
    assert variant == Variant("main", "tablet", "en", "", "mona")


def test_an_audience_that_does_not_exist_is_nobodys() -> None:
    assert variant_of(_person(Role.manager), "main", "nonsense") is None


def test_the_gate_is_for_those_who_hand_cars_over() -> None:
    """Falls over with `PEOPLE_ROLES` in `displays/delivery_pages.py`."""
    (page,) = (one for one in PAGES if one.path == "/gate")
    may = {role for role in PEOPLE_ROLES if page.is_for(_person(role).actor, Settings())}
    assert may == {Role.advisor, Role.cashier, Role.controller, Role.manager}
