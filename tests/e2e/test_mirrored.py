"""Every page stands in a language that is longer and read from the right: nothing is cut off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.board_page.desks import AT_TWO, board_of, card
from tests.e2e.mirrored import AS_IT_WAS, FROM_RIGHT, PRELUDE, mirrored
from tests.e2e.running import RunningShop

CUT_OFF = """() => {
  const root = document.scrollingElement, told = new Set();
  if (root.scrollWidth > innerWidth + 1) told.add(`${root.scrollWidth} wide of ${innerWidth}`);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cuts = (at) => {
    const style = getComputedStyle(at), isSmall = at.getBoundingClientRect().width < 2;
    if (style.position === 'fixed' || isSmall || /auto|scroll/.test(style.overflow)) return null;
    if (style.overflowX === 'visible') return false;
    return style.textOverflow !== 'ellipsis' && style.webkitLineClamp === 'none' ? at : null;
  };
  const edgeOf = (node) => {
    for (let at = node.parentElement; at; at = at.parentElement) {
      const found = cuts(at);
      if (found !== false) return found && found.getBoundingClientRect();
    }
    return null;
  };
  while (walker.nextNode()) {
    const node = walker.currentNode, inside = node.parentElement;
    const isSilent = inside.closest('script,style,template,[aria-hidden],.dot,.wall-foot,footer');
    if (!node.data.trim() || isSilent || !inside.checkVisibility()) continue;
    const range = document.createRange(), edge = edgeOf(node);
    range.selectNodeContents(node);
    const isOut = (box) => box.left < edge.left - 1.5 || box.right > edge.right + 1.5;
    if (edge && [...range.getClientRects()].some(isOut)) told.add(node.data.trim());
  }
  return [...told];
}"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A shop in whose process English is mirrored, with a car in work and two that wait."""
    running = RunningShop(tmp_path_factory.mktemp("mirrored"), BAYLIGHT_CLOCK=AT_TWO)
    running.prelude = PRELUDE
    try:
        running.start().set_up()
        for plate in ("京AD12345", "沪B8K321"):
            _waiting(running, plate)
        running.do("dispatch_job", job=_waiting(running, "粤BF09876"), bay="3", technicians=["tom"])
        running.do("start_line", job=running.job("粤BF09876")["id"], technician="tom")
        yield running
    finally:
        running.kill()


def _waiting(shop: RunningShop, plate: str) -> str:
    car = {"plate": plate, "model": "Model Y", "colour": "white"}
    told = {"promise": "2026-11-21T17:30:00+08:00", "asked": "40,000 km service"}
    job = str(shop.do("receive_job", car=car, **told)["job"])
    shop.do("add_line", job=job, text="Oil and filter", standard_hours=0.5)
    shop.do("save_sheet", job=job)
    shop.do("move_job", job=job, to="awaiting_dispatch")
    return job


def is_whole(page: Page) -> None:
    """The page stands from the right in the mirrored language, and nothing is cut off."""
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert FROM_RIGHT in page.locator("body").inner_text()
    assert page.evaluate(CUT_OFF) == [], page.url


def test_what_is_filled_in_stays_and_the_rest_is_longer() -> None:
    assert mirrored("{n} min") == f"{{n}}{FROM_RIGHT} min{AS_IT_WAS} {FROM_RIGHT}m{AS_IT_WAS}"
    assert mirrored("<b>%(who)s</b>") == "<b>%(who)s</b>"
    assert len(mirrored("Please choose the reason.")) >= 1.4 * len("Please choose the reason.")


def test_pages_at_a_desk_are_whole(browser: Browser, shop: RunningShop) -> None:
    job = shop.job("粤BF09876")["id"]
    with board_of(browser, shop, "anna", (1366, 768)) as page:
        is_whole(page)
        mark = page.evaluate(
            "getComputedStyle(document.querySelector('.card'), '::before').right.startsWith('-1')"
        )
        assert mark, "a card's mark stands where a line begins"
        card(page, job).locator(".move").click()
        page.locator("#menu [role=menuitem]").first.wait_for()
        is_whole(page)
        page.keyboard.press("Escape")
        page.locator("summary").last.click()
        is_whole(page)
        order = (f"/orders/{job}/{tab}" for tab in ("lines", "reception", "extra"))
        for path in (*order, "/arrivals", "/parts", "/day", "/admin/set-up", "/admin/screens"):
            page.goto(shop.url + path)
            is_whole(page)


def test_the_tablet_and_its_sign_in_are_whole(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "tom", (1280, 800), start="/tablet") as page:
        is_whole(page)
        page.context.clear_cookies()
        page.goto(f"{shop.url}/?tablet")
        is_whole(page)


def test_walls_and_the_phone_page_are_whole(browser: Browser, shop: RunningShop) -> None:
    with board_of(browser, shop, "anna") as page:
        page.goto(f"{shop.url}/orders/{shop.job('粤BF09876')['id']}/extra")
        link = page.locator('a[href^="/track/"]').first.get_attribute("href")
    context = browser.new_context(locale="en-GB", viewport=ViewportSize(width=360, height=640))
    page = context.new_page()
    page.goto(f"{shop.url}{link}")
    is_whole(page)
    page.set_viewport_size(ViewportSize(width=1920, height=1080))
    for wall in ("tv", "lounge"):
        page.goto(f"{shop.url}/{wall}")
        page.fill("input[name=code]", shop.screen_code(wall))
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-boot]")
        is_whole(page)
    context.close()
