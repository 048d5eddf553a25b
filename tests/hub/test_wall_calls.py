"""Rows of help calls on a wall: safety stays in sight, and only what has just rung flashes."""

from playwright.sync_api import Browser, Page

from tests.hub.live_server import LiveServer
from tests.hub.pages import SECOND, card, open_page, order


def test_no_pinned_row_pushes_a_stop_for_safety_off(browser: Browser, live: LiveServer) -> None:
    pins = {n: "1" if n in (6, 7, 8) else "2" for n in range(9)}
    rows = {f"row-{n}": card(f"row-{n}", f"{n}", f'data-pin="{pins[n]}"') for n in range(9)}
    live.show({"rows": order("rows", *rows).replace("data-r ", 'data-r data-rows="4" '), **rows})
    page = open_page(browser, live, "wall.js", still="yes")
    for _ in range(7):
        shown = _visible(page)
        assert {"6", "7", "8"} <= set(shown)
        assert len(shown) == 4
        page.clock.run_for(12_000)
    page.context.close()


def test_only_a_call_that_has_just_rung_is_new(browser: Browser, live: LiveServer) -> None:
    rang = {"new": SECOND - 5, "old": SECOND - 240}
    rows = {name: card(name, name, f'data-rang="{at}"') for name, at in rang.items()}
    live.show({"rows": order("rows", *rows), **rows})
    page = open_page(browser, live, "wall.js", still="yes", socket="/nowhere")
    assert page.locator(".is-old").all_inner_texts() == ["old"]
    page.clock.run_for(8_000)
    assert page.locator(".is-old").count() == 2
    page.context.close()


def _visible(page: Page) -> list[str]:
    return [row for row in page.locator("#rows > :not([hidden])").all_inner_texts() if row]
