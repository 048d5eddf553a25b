"""SIGHUP to a server of one process: a service starts again, one in a closed window ends."""

import os
import signal
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from tests.e2e.running import RunningShop, until
from tests.e2e.watching import Visitor, Watcher

COME_BACK = 1012
ON_A_TERMINAL = "import os\nos.dup2(os.openpty()[1], 0)"


def code_of_the_end(watcher: Watcher) -> int | None:
    """The code with which a screen's socket is closed."""
    with suppress(ConnectionClosed):
        while True:
            watcher.line.recv(timeout=20)
    return watcher.line.close_code


def starts(shop: RunningShop) -> int:
    """How often the log greets."""
    return shop.log.read_text().count("/lounge")


def answers(shop: RunningShop) -> bool:
    """Whether the shop answers now."""
    try:
        return shop.get("/healthz")[0] == 200
    except OSError:
        return False


def test_a_service_sends_its_screens_away_and_serves_again(shop: RunningShop) -> None:
    """Falls over without `loop.add_signal_handler(signal.SIGHUP, self._hang_up)` in
    `cli_server.py`."""
    watcher = Watcher(Visitor(shop).sign_in("mona"), "board").dial()
    greeted = starts(shop)
    os.kill(shop.pid, signal.SIGHUP)
    assert code_of_the_end(watcher) == COME_BACK
    until(lambda: starts(shop) > greeted)
    until(lambda: answers(shop))
    assert shop.board()["bays"]
    shop.stop()


def test_a_closed_window_ends_the_server_in_order(shop: RunningShop) -> None:
    """Falls over without `not os.isatty(STANDARD_INPUT)` in `cli_server.py`."""
    shop.stop()
    shop.prelude = ON_A_TERMINAL
    shop.start()
    os.kill(shop.pid, signal.SIGHUP)
    ended = os.waitid(os.P_PID, shop.pid, os.WEXITED | os.WNOWAIT)
    assert ended is not None
    assert (ended.si_code, ended.si_status) == (os.CLD_EXITED, 0)
