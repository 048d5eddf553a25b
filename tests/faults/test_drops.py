"""A screen whose connection drops: it gets what it lacks, in one frame, and nothing else."""

from itertools import count

from displays.channel import TOMBSTONES
from tests.e2e.running import RunningShop
from tests.e2e.watching import Visitor
from tests.faults.follower import Follower, Told, follower_of
from tests.faults.proxy import Network
from tests.hub.live_server import BOARD, LiveServer, until

PLATES = (f"京B{number}" for number in count(10_000))


def test_drop_inside_window_brings_a_delta_only(
    net: Network, shop: RunningShop, mona: Visitor
) -> None:
    """Falls over without `usable(boot, rev)` in Fanout.join: the screen would get a snapshot."""
    others = [shop.receive(next(PLATES)) for _ in range(3)]
    proxy = net.proxy(("127.0.0.1", shop.port))
    board = follower_of(net, mona, "board", proxy).start()
    until(lambda: board.read(lambda told: f"job-{others[-1]}" in told.regions))
    before: Told = board.read(lambda told: Told(rev=told.rev, deltas=told.deltas))
    proxy.refuse()
    proxy.cut()
    job = shop.receive(next(PLATES))
    shop.do("cancel_job", job=others[0], reason="customer left")
    proxy.heal()
    until(lambda: board.read(lambda told: f"job-{job}" in told.regions))
    after = board.read(lambda told: told)
    assert (after.snapshots, after.deltas) == (1, before.deltas + 1)
    assert f"job-{others[0]}" not in after.regions
    assert after.faults == []


def test_drop_beyond_window_brings_one_snapshot_on_the_same_socket(
    net: Network, live: LiveServer
) -> None:
    """Falls over without `self._floor =` in Channel._drop: removed regions would stay for ever."""
    live.show({"job-a": "<li>a</li>", "job-b": "<li>b</li>"})
    proxy = net.proxy(("127.0.0.1", live.port))
    board = Follower(net, f"ws://127.0.0.1:{proxy.port}/live").start()
    until(lambda: board.read(lambda told: told.snapshots == 1))
    proxy.refuse()
    proxy.cut()
    crowd = {f"x{number}": "<i></i>" for number in range(TOMBSTONES + 1)}
    live.publish(crowd, "job-a")
    live.publish({}, *crowd)
    proxy.heal()
    until(lambda: board.read(lambda told: told.regions == {"job-b": "<li>b</li>"}))
    live.publish({"job-c": "<li>c</li>"})
    until(lambda: board.read(lambda told: "job-c" in told.regions))
    told = board.read(lambda told: told)
    assert told.regions == live.do(lambda: live.hub.shown(BOARD).regions)
    assert (told.snapshots, told.deltas, told.dials) == (2, 1, 2)
