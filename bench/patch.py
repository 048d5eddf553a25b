"""From a patch of one card to its picture, on a board of 200 cards with the CPU six times slower.

python -m bench.patch

Counted from the arrival of the message to the end of the frame that shows the card: the second
animation frame after a change begins when the first of them is painted.
"""

import statistics
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from bench.crowd import Shop, shop_of
from bench.seeding import bay, technician
from bench.table import Row, show, spread
from bench.windows import browser_of_its_own, measuring, window

JOBS, PATCHES, WARM = 200, 40, 6
SLOWED = 6
MOST_MS = 200

WATCH = """(() => {
  const Dialled = window.WebSocket;
  const shown = (id) => document.getElementById(id)?.outerHTML;
  window.patched = [];
  window.WebSocket = class extends Dialled {
    constructor(...where) {
      super(...where);
      this.addEventListener('message', ({data, timeStamp}) => {
        const card = window.watched;
        if (!card || !data.includes(card)) return;
        const before = shown(card);
        const stamp = () => {
          if (shown(card) === before) return requestAnimationFrame(stamp);
          requestAnimationFrame(() => window.patched.push(performance.now() - timeStamp));
        };
        requestAnimationFrame(stamp);
      });
    }
  };
})()"""


def rows() -> list[Row]:
    """A card that changes, which must be quick, and one that goes to another lane."""
    with shop_of(JOBS) as shop, browser_of_its_own() as browser:
        page = window(browser, shop, "board", WATCH)
        page.wait_for_function(f"document.querySelectorAll('.card').length === {JOBS}")
        plain = _patched(page, shop, list(_promises(shop, WARM + PATCHES)))[WARM:]
        measuring(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        slow = _patched(page, shop, list(_promises(shop, WARM + PATCHES)))[WARM:]
        moved = _patched(page, shop, list(_moves(shop, WARM + PATCHES)))[WARM:]
    return [_row(plain, slow), _moved(moved)]


Deed = tuple[str, str, dict[str, object]]


def _promises(shop: Shop, count: int) -> Iterator[Deed]:
    for number in range(count):
        at = datetime.now(UTC) + timedelta(hours=4, minutes=17 * number % 240)
        job = shop.seeded.movable[number % len(shop.seeded.movable)]
        yield job, "promise_job", {"at": at.isoformat(), "reason": "parts are late"}


def _moves(shop: Shop, count: int) -> Iterator[Deed]:
    for number in range(count):
        job = shop.seeded.movable[number // 2]
        if number % 2:
            yield job, "move_job", {"to": "awaiting_dispatch"}
        else:
            wish: dict[str, object] = {"bay": bay(number), "technicians": [technician(number)]}
            yield job, "dispatch_job", wish


def _patched(page: Page, shop: Shop, deeds: Sequence[Deed]) -> list[float]:
    """Milliseconds of each patch, one after the other."""
    page.evaluate("window.patched = []")
    for number, (job, name, body) in enumerate(deeds):
        page.evaluate("(id) => { window.watched = id; }", f"job-{job}")
        shop.do(name, job=job, **body)
        page.wait_for_function(f"window.patched.length > {number}", polling=100)
    found: list[float] = page.evaluate("window.patched")
    return found


def _row(plain: Sequence[float], slow: Sequence[float]) -> Row:
    return Row(
        f"Patch of one card to painted, board of {JOBS} cards, CPU slowed {SLOWED} ×",
        f"≤ {MOST_MS} ms",
        f"{spread(slow, 'ms', 0)}; not slowed {spread(plain, 'ms', 0)}",
        statistics.median(slow) <= MOST_MS,
    )


def _moved(slow: Sequence[float]) -> Row:
    told = spread(slow, "ms", 0)
    return Row("The same for a card that goes to another lane and a bay", "shown", told, True)


if __name__ == "__main__":
    sys.exit(show(rows()))
