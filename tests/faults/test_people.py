"""People under faults: nobody overwrites what they did not see, nobody looks who may not."""

import re

from tests.e2e.running import RunningShop, until
from tests.e2e.watching import Visitor
from tests.faults.follower import Follower, follower_of
from tests.faults.proxy import Network
from tests.faults.test_publishing import Two
from tests.servers.fair_clock import fair_seconds

WITHIN_SECONDS = 1.0


def test_move_from_a_stale_screen_is_refused_with_the_current_card(
    net: Network, shop: RunningShop, mona: Visitor
) -> None:
    """Falls over without `version != job.version` in rules._stale_or_closed."""
    job = shop.receive("京E10001")
    proxy = net.proxy(("127.0.0.1", shop.port))
    board = follower_of(net, mona, "board", proxy).start()
    until(lambda: board.read(lambda told: f"job-{job}" in told.regions))
    proxy.swallow()
    shop.do("dispatch_job", job=job, bay="1", technicians=["tom"])
    card = board.read(lambda told: told.regions[f"job-{job}"])
    version = re.search(r'data-version="(\d+)"', card)
    assert version
    proxy.heal()
    stale = {"job": job, "to": "reception_check", "version": int(version[1])}
    status, answer = shop.attempt("move_job", **stale)
    assert (status, answer["code"]) == (409, "stale")
    assert answer["current"] == shop.job("京E10001")
    assert answer["current"]["bay"] == "1"


def session_of(shop: RunningShop, person: str) -> tuple[Visitor, str]:
    """Somebody signed in, and the name of the session on the manager's page."""
    manager = Visitor(shop).sign_in("mona")

    def sessions() -> set[str]:
        page = manager.request("GET", "/admin/set-up")[1]
        return set(re.findall(r"/admin/sessions/(\w+)/revoke", page))

    before = sessions()
    visitor = Visitor(shop).sign_in(person)
    (session,) = sessions() - before
    return visitor, session


def revoke(shop: RunningShop, session: str) -> float:
    """The manager ends a session; when that was answered."""
    manager = Visitor(shop).sign_in("mona")
    csrf = re.search(r'name="csrf"[^>]*value="([^"]+)"', manager.request("GET", "/admin/set-up")[1])
    assert csrf
    path = f"/admin/sessions/{session}/revoke"
    status, text = manager.request("POST", path, {"csrf": csrf[1]})
    assert status in (200, 303), text
    return fair_seconds()


def test_session_revoked_while_connected_is_closed_on_every_process(net: Network, two: Two) -> None:
    """Falls over without `self._spawn(self.recheck())` in Showing._changed."""
    one, other = two
    lee, session = session_of(one, "lee")
    screens: list[Follower] = []
    for shop in two:
        there = Visitor(shop, lee.cookies)
        screens += [follower_of(net, there, each).start() for each in ("board", "tablet")]
    until(lambda: all(each.read(lambda told: told.frames) for each in screens))
    granted = revoke(one, session)
    until(lambda: all(each.read(lambda told: told.revoked) for each in screens))
    other.receive("京E10002")
    for screen in screens:
        told = screen.read(lambda told: told)
        assert told.heard_at < granted + WITHIN_SECONDS
        assert told.dials == 1
