"""What is told of a car stays with it when another one comes to hand meanwhile."""

from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.tablet_page.conftest import House
from tests.tablet_page.floor import Floor, busy
from tests.tablet_page.pages import opened, tablet_html
from tests.tablet_page.test_outbox import PNG, pause, press, story
from tests.tablet_page.test_targets import with_checks

PICTURE: FilePayload = {"name": "1.png", "mimeType": "image/png", "buffer": PNG}


def dispatched(house: House, desk: Page, csrf: str, plate: str) -> str:
    """Another car with one line, which comes to 王强's hand."""
    job = house.do(desk, csrf, "receive_job", **{"car.plate": plate}).headers["x-board-job"]
    house.do(desk, csrf, "add_line", job=job, text="更换蓄电池", standard_hours="0.5")
    house.do(desk, csrf, "move_job", job=job, to="awaiting_dispatch")
    house.do(desk, csrf, "dispatch_job", job=job, bay="b3", technicians="wang")
    return job


def test_notes_and_photos_stay_with_the_car_at_which_they_were_begun(
    house: House, desk: Page, tablet: Page
) -> None:
    csrf = house.sign_in_at_desk(desk)
    first = house.dispatched_job(desk, csrf)
    house.sign_in(tablet, "王强")
    with tablet.expect_file_chooser() as camera:
        tablet.click("label.tool:has(#take-photo)")
    tablet.click("[data-ask-now=telling]")
    sheet = tablet.locator("dialog[open]")
    expect(sheet.locator("h2")).to_have_text("Note 京A·D12345 1 机油机滤")
    house.do(desk, csrf, "cancel_job", job=first, reason="customer left")
    second = dispatched(house, desk, csrf, "京EP5021")
    expect(tablet.locator("#job")).to_have_attribute("data-job", second)
    sheet.locator("[data-phrase=Leaks]").click()
    expect(tablet.locator("#answer")).to_contain_text("Refused: Note · Leaks")
    tablet.click("#answer-ok")
    camera.value.set_files(PICTURE)
    expect(tablet.locator("#answer")).to_contain_text("Refused: Photo")
    tablet.click("#answer-ok")
    tablet.click("[data-ask-now=telling]")
    house.do(desk, csrf, "cancel_job", job=second, reason="customer left")
    expect(tablet.locator("#job")).to_have_attribute("data-job", "")
    sheet.locator("[data-ask-now=words]").click()
    expect(sheet.locator("h2")).to_have_text("Note 京E·P5021 1 更换蓄电池")
    expect(sheet.locator("[name=job]")).to_have_value(second)
    assert story(desk, house, second) == []


def test_words_in_a_sheet_have_room_and_are_never_those_of_another_car(
    browser: Browser,
) -> None:
    with opened(browser, tablet_html(busy(), "wang")) as page:
        page.click("[data-ask-now=telling]")
        page.click("dialog[open] [data-ask-now=words]")
        box = page.locator("#words").bounding_box()
        assert box is not None
        assert box["x"] == 24
        page.fill("#words", "刹车片 2 毫米")
        page.click("dialog[open] [data-close]")
        page.click("[data-ask-now=telling]")
        page.click("dialog[open] [data-ask-now=words]")
        expect(page.locator("#words")).to_have_value("刹车片 2 毫米")
        page.click("dialog[open] [data-close]")
        page.locator("#job").evaluate("job => job.dataset.job = 'job-b'")
        page.click("[data-ask-now=telling]")
        page.click("dialog[open] [data-ask-now=words]")
        expect(page.locator("#words")).to_have_value("")
        page.click("dialog[open] [data-close]")
        page.locator("#job").evaluate("job => job.dataset.job = 'job-a'")
        pause(page)
        page.click("[data-ask-now=telling]")
        page.click("dialog[open] [data-ask-now=words]")
        expect(page.locator("#words")).to_have_value("刹车片 2 毫米")


def test_a_sheet_says_about_which_car_it_asks(browser: Browser) -> None:
    with opened(browser, tablet_html(with_checks(), "zhou")) as page:
        page.click("#others")
        card = page.locator(".card-check:visible").first
        plate = card.locator(".plate").inner_text()
        assert plate != page.locator("#job .plate").inner_text()
        card.locator(".fail").click()
        expect(page.locator("dialog[open] h2")).to_have_text(f"What is wrong? {plate}")
    with opened(browser, tablet_html(busy(), "wang")) as page:
        press(page, "pause")
        page.click("dialog[open] [data-then=more]")
        page.click("dialog[open] [data-then=note]")
        expect(page.locator("dialog[open] h2")).to_have_text("What is the matter? 京A·D12345")
        page.click("dialog[open] [data-close]")
        page.click(".bar-button.me")
        page.click("#not-at-a-car")
        expect(page.locator("dialog[open] h2")).to_have_text("What are you doing?")


def test_words_about_a_pause_wait_with_their_car(browser: Browser) -> None:
    def write_why(page: Page) -> None:
        press(page, "pause")
        page.click("dialog[open] [data-then=more]")
        page.click("dialog[open] [data-then=note]")

    with opened(browser, tablet_html(busy(), "wang")) as page:
        write_why(page)
        page.fill("#note", "等主管来看")
        for job, words in (("job-b", ""), ("job-a", "等主管来看")):
            page.click("dialog[open] [data-close]")
            page.locator("#job").evaluate("(each, job) => each.dataset.job = job", job)
            write_why(page)
            expect(page.locator("#note")).to_have_value(words)
        page.click("dialog[open] .deed")
        expect(page.locator("#unsent b")).to_have_text("1")
        assert page.input_value("#note") == ""


def test_the_longest_line_leaves_a_sheet_its_width(browser: Browser) -> None:
    floor = Floor()
    floor.receive("job-a", "京A·D12345", ("更换前后刹车片及刹车盘并检查制动液液位" * 4, 0.5))
    floor.dispatch("job-a", "b3", "wang")
    with opened(browser, tablet_html(floor, "wang")) as page:
        page.click("[data-ask-now=telling]")
        assert page.locator("dialog[open]").evaluate("sheet => sheet.scrollWidth") == 1280
        edge = page.locator("dialog[open] [data-close]").bounding_box()
        assert edge is not None
        assert edge["x"] + edge["width"] <= 1280
