"""A process that ends, by force or in order: every screen comes back and shows the present."""

from tests.e2e.building_anew import FreshBuilder, changed_regions
from tests.e2e.running import RunningShop, shop_file, until
from tests.e2e.watching import Visitor
from tests.faults.follower import Follower, follower_of
from tests.faults.proxy import Network
from tests.faults.test_publishing import Two
from tests.faults.truth import fresh_at

AUDIENCES = ("board", "tv", "lounge")
CROWD = 110
COME_BACK = 1012
BATCHES_APART_SECONDS = 0.15


def test_hub_sigkill_and_restart_leaves_no_screen_behind(
    net: Network, shop: RunningShop, mona: Visitor, builder: FreshBuilder
) -> None:
    """Falls over when Workshop gives every run the same `self.boot`: equal revs would fit."""
    shop.kill()
    shop.start()
    screens = {each: follower_of(net, mona, each).start() for each in AUDIENCES}
    for screen in screens.values():
        until(lambda: screen.read(lambda told: told.beats))  # noqa: B023
    shop.kill()
    file = shop.folder / "larger.toml"
    file.write_text(shop_file().partition("[pins]")[0] + '\n[[bays]]\nid = "12"\nname = "12"\n')
    shop.command_line("shop", "import", str(file))
    shop.start()
    for screen in screens.values():
        until(lambda: screen.read(lambda told: told.dials == 2 and told.beats > 1))  # noqa: B023
    for audience, screen in screens.items():
        told = screen.read(lambda told: told)
        assert told.snapshots == 2
        assert changed_regions(told.regions, fresh_at(builder, told.at)[f"{audience}:"]) == []


def test_deploy_drains_in_batches_and_nobody_stays_stale(net: Network, two: Two) -> None:
    """Falls over without `await self._send_away()` in ShopServer.shutdown: all at one moment."""
    leaving, staying = two
    people = [Visitor(leaving).sign_in(name) for name in ("mona", "anna")]
    balancer = net.proxy(("127.0.0.1", leaving.port))
    crowd = [
        follower_of(net, each, "board", balancer).start()
        for each in people * (CROWD // len(people))
    ]
    until(lambda: all(each.read(lambda told: told.frames) for each in crowd))
    balancer.lead_to(("127.0.0.1", staying.port))
    leaving.stop()
    job = staying.receive("京G10001")
    until(lambda: all(_shows(each, job) for each in crowd), 5)
    assert {code for each in crowd for code in each.told.codes} == {COME_BACK}
    ends = sorted(each.told.closed_at for each in crowd)
    assert ends[-1] - ends[0] > BATCHES_APART_SECONDS
    assert {each.told.dials for each in crowd} == {2}


def _shows(screen: Follower, job: str) -> bool:
    return bool(screen.read(lambda told: f"job-{job}" in told.regions))
