"""A form that was begun when its session ended comes back to who wrote it, and to nobody else."""

from playwright.sync_api import FilePayload, Page, expect

from tests.tablet_page.conftest import House
from tests.tablet_page.test_outbox import PNG

KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open('baylight-begun', 1);
  asked.onsuccess = () => {
    const many = asked.result.transaction('begun').objectStore('begun').count();
    many.onsuccess = () => done(many.result);
  };
})"""
PHOTO: FilePayload = {"name": "1.png", "mimeType": "image/png", "buffer": PNG}


def begin(house: House, tablet: Page, job: str) -> None:
    """王强 writes about what he found, with a photo that the line did not take."""
    house.sign_in(tablet, "王强")
    tablet.goto(f"{house.url}/tablet/found/{job}")
    tablet.fill("#found-text", "后刹车片")
    tablet.fill("#found-note", "剩 2 毫米")
    tablet.check("[name=stops_work]")
    tablet.route("**/photos?job=*", lambda route: route.abort())
    tablet.set_input_files("[data-photo]", PHOTO)
    expect(tablet.locator(".photo.failed")).to_be_visible()
    tablet.unroute("**/photos?job=*")


def test_what_was_found_waits_for_its_writer_behind_the_sign_in(
    house: House, desk: Page, tablet: Page
) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    begin(house, tablet, job)
    tablet.context.clear_cookies()
    tablet.click(".report .btn.primary")
    tablet.wait_for_url("**/?tablet")
    house.enter(tablet, "周立")
    tablet.wait_for_selector("#job")
    tablet.goto(f"{house.url}/tablet/found/{job}")
    expect(tablet.locator("#part-report form:not(.begun)")).to_be_visible()
    expect(tablet.locator("#found-text")).to_have_value("")
    tablet.context.clear_cookies()
    house.enter(tablet, "王强")
    tablet.wait_for_url(f"**/tablet/found/{job}")
    expect(tablet.locator("#found-text")).to_have_value("后刹车片")
    expect(tablet.locator("#found-note")).to_have_value("剩 2 毫米")
    expect(tablet.locator("[name=stops_work]")).to_be_checked()
    expect(tablet.locator(".photo input")).to_have_count(1)
    # Without connection there is no sign-in to go to.
    tablet.route("**/healthz", lambda route: route.abort())
    tablet.locator("#notice a").dispatch_event("click")
    expect(tablet.locator("#toast")).to_contain_text("No connection.")
    tablet.unroute("**/healthz")
    # News of the shop finds the session ended before anybody presses a button.
    tablet.context.clear_cookies()
    tablet.evaluate("BaylightPage.renew()")
    tablet.wait_for_url("**/?tablet")
    house.enter(tablet, "王强")
    tablet.wait_for_url(f"**/tablet/found/{job}")
    expect(tablet.locator(".photo input")).to_have_count(1)
    tablet.click(".report .btn.primary")
    tablet.wait_for_url("**/tablet")
    expect(tablet.locator("#undo b")).to_have_text("Reported: 后刹车片")


def test_a_begun_sheet_of_a_check_is_open_again_for_its_writer(
    house: House, desk: Page, tablet: Page
) -> None:
    job = house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    csrf = tablet.get_attribute("meta[name=csrf]", "content") or ""
    for line in ("1", "2"):
        house.do(tablet, csrf, "start_line", job=job, line=line)
        house.do(tablet, csrf, "finish_line", job=job, line=line)
    tablet.goto(f"{house.url}/orders/{job}/checks?tablet")
    tablet.click(".verdict.bad >> nth=0")
    tablet.fill("#dialog textarea[name=note]", "渗油")
    tablet.context.clear_cookies()
    tablet.click("#dialog .btn.primary")
    tablet.wait_for_url("**/?tablet")
    house.enter(tablet, "王强")
    tablet.wait_for_url(f"**/orders/{job}/checks?tablet")
    expect(tablet.locator("#dialog[open] textarea[name=note]")).to_have_value("渗油")


def test_whoever_may_not_open_the_page_any_more_reads_their_words_once(
    house: House, desk: Page, tablet: Page
) -> None:
    csrf = house.sign_in_at_desk(desk)
    begin(house, tablet, house.dispatched_job(desk, csrf))
    tablet.context.clear_cookies()
    tablet.click(".report .btn.primary")
    tablet.wait_for_url("**/?tablet")
    washer = {"person.id": "wang", "person.name": "王强", "person.roles": "washer"}
    house.do(desk, csrf, "set_up_person", **washer)
    house.enter(tablet, "王强")
    expect(tablet.locator("#answer")).to_contain_text("后刹车片 · 剩 2 毫米")
    tablet.reload()
    tablet.wait_for_selector("#job")
    assert tablet.evaluate(KEPT) == 0


def test_half_written_words_of_a_sheet_outlive_the_session(
    house: House, desk: Page, tablet: Page
) -> None:
    house.dispatched_job(desk, house.sign_in_at_desk(desk))
    house.sign_in(tablet, "王强")
    tablet.click("[data-ask-now=telling]")
    tablet.click("[data-ask-now=words]")
    tablet.fill("#words", "油底壳")
    tablet.context.clear_cookies()
    house.sign_in(tablet, "周立")
    assert tablet.input_value("#words") == ""
    tablet.context.clear_cookies()
    house.sign_in(tablet, "王强")
    tablet.click("[data-ask-now=telling]")
    tablet.click("[data-ask-now=words]")
    expect(tablet.locator("#words")).to_have_value("油底壳")
    tablet.press("#words", "Enter")
    expect(tablet.locator("#undo b")).to_contain_text("Noted")
    tablet.reload()
    tablet.wait_for_selector("#job")
    assert tablet.evaluate(KEPT) == 0
