"""Screens that stop reading, sleep, or vanish: nobody else notices, and they find back."""

import random
import string

from displays.fanout import STUCK_SECONDS
from displays.protocol import UNSENT_BYTES
from tests.faults.follower import Follower
from tests.faults.proxy import Network, Proxy
from tests.hub.live_server import BOARD, LiveServer, until

CHANGE_BYTES = 60_000
HOUR_OF_CHANGES = 720


def large(mark: str) -> str:
    """A region that does not compress."""
    letters = random.Random(mark).choices(string.ascii_letters + string.digits, k=CHANGE_BYTES)
    return f"<li>{mark} " + "".join(letters) + "</li>"


def screen(net: Network, live: LiveServer, through: Proxy | None = None) -> Follower:
    """A screen that has heard its first frame."""
    port = through.port if through else live.port
    started = Follower(net, f"ws://127.0.0.1:{port}/live").start()
    until(lambda: bool(started.read(lambda told: told.frames)))
    return started


def fill(live: LiveServer, other: Follower) -> int:
    """Publish until a screen is behind, each change seen by the other one; how many it took."""
    for number in range(100):
        rev = live.publish({"job-a": large(str(number))})
        until(lambda: bool(other.read(lambda told: told.rev >= rev)))  # noqa: B023
        if live.figure("behind"):
            return number + 1
    raise AssertionError("nothing held it back")


def test_stuck_reader_gets_the_latest_in_one_frame_when_it_reads_on(
    net: Network, live: LiveServer
) -> None:
    """Falls over without `not wire.takes` in Fanout._bring: it would queue every frame."""
    live.show({"job-a": "<li>a</li>"})
    proxy = net.proxy(("127.0.0.1", live.port))
    stuck, other = screen(net, live, proxy), screen(net, live)
    proxy.stall()
    before = fill(live, other)
    for number in range(20):
        live.publish({"job-a": large(f"later {number}")})
    assert live.figure("unsent_bytes") < UNSENT_BYTES + CHANGE_BYTES + 1000
    proxy.heal()
    until(lambda: bool(stuck.read(lambda told: told.regions == other.told.regions)))
    told = stuck.read(lambda told: told)
    assert told.dials == 1
    assert told.deltas <= before + 1
    assert live.figure("cut_off") == 0


def test_stuck_reader_that_never_reads_on_is_dropped(net: Network, live: LiveServer) -> None:
    """Falls over without `screen.deadline =` in Fanout._stuck."""
    live.show({"job-a": "<li>a</li>"})
    proxy = net.proxy(("127.0.0.1", live.port))
    stuck, other = screen(net, live, proxy), screen(net, live)
    proxy.stall()
    fill(live, other)
    until(lambda: live.figure("cut_off") == 1, STUCK_SECONDS + 1)
    assert live.figure("unsent_bytes") == 0
    proxy.heal()
    until(lambda: bool(stuck.read(lambda told: told.regions == other.told.regions)))
    assert live.figure("screens") == 2


def test_tablet_asleep_for_an_hour_wakes_with_one_frame_and_left_no_queue(
    net: Network, live: LiveServer
) -> None:
    """Falls over without `self._hub.leave(…)` in displays/socket.py: its place would be kept."""
    live.show({f"job-{number}": "<li></li>" for number in range(60)})
    tablet, other = screen(net, live), screen(net, live)
    tablet.sleep()
    until(lambda: live.figure("screens") == 1)
    for number in range(HOUR_OF_CHANGES):
        live.publish({f"job-{number % 60}": f"<li>{number}</li>"})
    assert live.figure("unsent_bytes") == 0
    tablet.start()
    shown = live.do(lambda: live.hub.shown(BOARD).regions)
    until(lambda: bool(tablet.read(lambda told: told.regions == shown)))
    assert tablet.read(lambda told: (told.snapshots, told.deltas)) == (1, 1)
    until(lambda: bool(other.read(lambda told: told.regions == shown)))
