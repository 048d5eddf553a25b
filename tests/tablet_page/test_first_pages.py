"""Where people start: whoever signs in comes to a page, whatever their only role is."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from board.core.roles import PEOPLE_ROLES, Role
from tests.tablet_page.conftest import House

AT_THE_CARS = {Role.technician, Role.team_leader, Role.inspector, Role.washer}


@pytest.fixture
def pages(browser: Browser) -> Iterator[list[Page]]:
    """The manager's and somebody else's."""
    contexts = [browser.new_context(locale="en-US") for _ in range(2)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_every_role_comes_to_a_page_of_its_own(house: House, pages: list[Page]) -> None:
    manager, other = pages
    csrf = house.sign_in_at_desk(manager)
    for role in PEOPLE_ROLES:
        house.hire(manager, csrf, role)
        house.enter(other, role)
        answer = other.goto(f"{house.url}/")
        assert answer is not None
        assert answer.status == 200, role
        home = "/tablet" if role in AT_THE_CARS else "/board"
        assert other.url == f"{house.url}{home}", role
        other.context.clear_cookies()


def test_a_washer_comes_to_the_cars_for_the_wash(house: House, pages: list[Page]) -> None:
    manager, other = pages
    house.hire(manager, house.sign_in_at_desk(manager), Role.washer)
    house.enter(other, Role.washer)
    expect(other.locator("#job")).to_have_text("No car waits for the wash.")
