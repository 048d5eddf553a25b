"""The button that calls for help: five kinds to choose from, and why it may be of no use."""

from playwright.sync_api import Browser, Page, expect

from board.core import commands as c
from board.core.calls import CallKind
from board.core.roles import Role
from tests.tablet_page.conftest import House
from tests.tablet_page.floor import busy
from tests.tablet_page.pages import opened, tablet_html, targets


def test_every_kind_is_one_tap_away(browser: Browser) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.click("#call button")
        tiles = page.locator("#ask-call .reason")
        expect(tiles).to_have_count(len(CallKind))
        kinds = {tiles.nth(n).get_attribute("data-value") for n in range(len(CallKind))}
        assert kinds == set(CallKind)
        assert [each for each in targets(page) if min(each[1], each[2]) < 118] == []


def test_who_works_in_no_bay_is_told_why(browser: Browser) -> None:
    floor = busy()
    plan = c.PersonPlan(id="zheng", name="郑伟", roles=(Role.inspector,))
    floor.grant(c.SetUpPerson(person=plan), "chen")
    with opened(browser, tablet_html(floor, "zheng")) as page:
        page.click("#call button", force=True)
        expect(page.locator("#answer")).to_contain_text("yours is not known")
        expect(page.locator("#ask-call")).to_be_hidden()


def test_by_keys_alone_the_focus_goes_on_to_the_undo_and_back_to_the_call(
    house: House, desk: Page, tablet: Page
) -> None:
    house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    tablet.focus(".tool.help")
    tablet.keyboard.press("Enter")
    tablet.focus("#ask-call [data-value=parts]")
    tablet.keyboard.press("Enter")
    expect(tablet.locator("#undo .take-back")).to_be_focused()
    tablet.keyboard.press("Enter")
    expect(tablet.locator(".tool.help")).to_be_focused()
