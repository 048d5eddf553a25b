"""A wall changes twice a second at most, and loses nothing by it."""

from itertools import pairwise

from playwright.sync_api import Browser

from tests.hub.live_server import BOARD, LiveServer, until
from tests.hub.pages import card, open_page, order, passing, texts

_COUNTED = """() => {
  window.changes = [];
  new MutationObserver(() => window.changes.push(performance.now()))
    .observe(document.getElementById('lane'), {childList: true, subtree: true});
}"""
FRAMES = 8


def test_many_changes_are_painted_together_and_in_order(browser: Browser, live: LiveServer) -> None:
    """Falls over where `take` paints each message as it comes."""
    live.show({"lane": order("lane", "a", "b"), "a": card("a", "a"), "b": card("b", "b")})
    page = open_page(browser, live, "wall.js", still="yes")
    until(lambda: live.figure("screens") == 1)
    page.clock.run_for(1_000)
    page.evaluate(_COUNTED)
    for number in range(FRAMES):
        live.publish({"a": card("a", f"change {number}")})
        until(lambda: live.do(lambda: live.hub.screens()[0].rev == live.hub.shown(BOARD).rev))
    live.publish({"lane": order("lane", "b", "c"), "c": card("c", "new")}, "a")
    live.beat()
    until(lambda: passing(page) and texts(page, "lane") == ["b", "new"])
    page.clock.run_for(1_000)
    rev, painted = live.do(lambda: live.hub.shown(BOARD).rev), page.evaluate("window.changes")
    assert page.evaluate("+document.body.dataset.rev") == rev
    assert 1 <= len(painted) <= 3
    assert all(later - one >= 450 for one, later in pairwise(painted)), painted
    live.beat()
    until(lambda: passing(page) and live.do(lambda: live.hub.screens()[0].acked) == rev)
    assert live.figure("joins") == 1, "and it never had to ask anew"
    page.context.close()
