"""The shared tablet's sign-in page: names and four digits."""

from collections.abc import Sequence

from playwright.sync_api import Browser, Page, expect

from tests.tablet_page.pages import opened, renderer, targets


def sign_in_html(people: int, chosen: str = "", bays: Sequence[str] = ()) -> str:
    rows = [
        {
            "id": f"p{n}",
            "name": f"Tom {n}",
            "role_words": ["Technician"],
            "bays": bays,
            "skills": [],
        }
        for n in range(people)
    ]
    return renderer().fragment(
        "sign_in/tablet.html",
        "en",
        csrf="token",
        people=rows,
        chosen=chosen,
        error="",
        languages=("zh-Hans", "en"),
    )


def dots(page: Page) -> int:
    return page.locator("#dots .in").count()


def test_digits_without_a_name_ask_for_the_name_first(browser: Browser) -> None:
    with opened(browser, sign_in_html(3)) as page:
        page.click('[data-digit="1"]')
        expect(page.locator("#note")).to_have_text("First choose your name")
        assert dots(page) == 0


def test_each_digit_fills_a_dot_and_one_can_be_taken_back(browser: Browser) -> None:
    with opened(browser, sign_in_html(3)) as page:
        page.click("text=Tom 1")
        expect(page.locator("#name")).to_have_text("Tom 1")
        page.click('[data-digit="1"]')
        page.click('[data-digit="2"]')
        assert dots(page) == 2
        page.click("[data-back]")
        assert dots(page) == 1


def test_another_name_empties_the_dots(browser: Browser) -> None:
    with opened(browser, sign_in_html(3, chosen="p0")) as page:
        page.click('[data-digit="1"]')
        page.click("text=Tom 2")
        assert dots(page) == 0


def test_more_people_than_fit_are_turned_page_by_page(browser: Browser) -> None:
    with opened(browser, sign_in_html(17)) as page:
        assert page.locator(".person-of:visible").count() == 14
        expect(page.locator("#more")).to_have_text("3 others")
        page.click("#more")
        assert page.locator(".person-of:visible").count() == 3
        page.click("#more")
        assert page.locator(".person-of:visible").count() == 14


def test_a_larger_tablet_shows_twenty_names_at_once(browser: Browser) -> None:
    with opened(browser, sign_in_html(20)) as page:
        page.set_viewport_size({"width": 1440, "height": 900})
        expect(page.locator(".person-of:visible")).to_have_count(20)
        assert page.locator("#more").is_hidden()
        last = page.locator(".person-of").last.bounding_box()
        assert last is not None
        assert 900 - 118 < last["y"] + last["height"] <= 900


def test_a_bay_that_is_only_a_number_is_called_a_bay() -> None:
    html = sign_in_html(1, bays=["3", "W1"])
    assert "Bay 3, W1</small>" in html


def test_a_forgotten_pin_says_whom_to_ask(browser: Browser) -> None:
    with opened(browser, sign_in_html(3)) as page:
        page.click(".pad [data-forgot]")
        expect(page.locator("#note")).to_have_text("Ask your manager for a new PIN")


_NOTE = """() => {
  const line = document.createRange();
  line.selectNodeContents(document.getElementById('note'));
  return document.getElementById('pad').getBoundingClientRect().top
    - line.getBoundingClientRect().bottom;
}"""
_HIDDEN = "name => [name.scrollWidth - name.clientWidth, name.scrollHeight - name.clientHeight]"


def test_the_heading_is_whole_and_the_note_stands_clear_of_the_keys(browser: Browser) -> None:
    with opened(browser, sign_in_html(3)) as page:
        page.set_viewport_size({"width": 1280, "height": 800})
        across, down = page.locator("#name").evaluate(_HIDDEN)
        assert across <= 0
        assert down < 20, "no line is hidden"
        assert page.evaluate(_NOTE) >= 8
        page.click(".pad [data-forgot]")
        assert page.evaluate(_NOTE) >= 8
        keys = page.locator("#pad").bounding_box()
        assert keys is not None
        assert keys["y"] + keys["height"] <= 800, "all keys are on the glass"


def test_the_languages_are_in_reach_on_a_tablet_held_upright(browser: Browser) -> None:
    """Falls over while they stand beside the question: the pad lies over them."""
    with opened(browser, sign_in_html(20)) as page:
        page.set_viewport_size({"width": 800, "height": 1280})
        sizes = {said: (wide, high) for said, wide, high in targets(page)}
        assert min(sizes["简体中文"]) >= 118
        assert min(min(size) for size in sizes.values()) >= 117
