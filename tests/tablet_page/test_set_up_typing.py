"""Typing on the set-up page: seconds are read out, and a refusal stands beside its field."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.tablet_page.conftest import House


@pytest.fixture
def manager(browser: Browser) -> Iterator[Page]:
    """The browser of the manager."""
    context = browser.new_context(locale="en-US")
    yield context.new_page()
    context.close()


def test_seconds_are_said_in_hours_and_minutes(house: House, manager: Page) -> None:
    house.sign_in_at_desk(manager)
    manager.goto(f"{house.url}/admin/set-up")
    field = manager.locator("[name='settings.unclaimed_seconds']")
    said = field.locator("xpath=following-sibling::output")
    for typed, read in (("14400", "= 4 h"), ("5400", "= 90 min"), ("30", "")):
        field.fill(typed)
        expect(said).to_have_text(read)
    field.fill("5400")
    manager.locator("#shop button").click()
    expect(said).to_have_text("= 90 min")
    expect(field).to_have_value("5400")


def test_a_name_that_cannot_be_is_refused_beside_its_field(house: House, manager: Page) -> None:
    house.sign_in_at_desk(manager)
    manager.goto(f"{house.url}/admin/set-up#bays")
    form = manager.locator("#bays form.new")
    form.locator("[name='bay.name']").fill("  ")
    form.locator("button").click()
    expect(form.locator(".field.wrong [name='bay.name']")).to_be_focused()
    expect(form.locator(".field.wrong .error")).not_to_be_empty()
    expect(form.locator("[name='bay.id']")).to_have_value("b2")
