"""A restore that dies at any moment leaves the old shop or the restored one, never a mixture."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress

from tests.keeping.conftest import KeptShop

TRIES = 7


def killed_after(seconds: float, work: Callable[[], object]) -> None:
    """Do `work` in a process that is killed after so long, unless it is done before."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            work()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_restore_that_is_killed_leaves_the_old_or_the_new(kept: KeptShop) -> None:
    """Falls over when `put_in_place` copies table by table, or moves the epoch afterwards."""
    older = kept.shop().jobs
    file = kept.backup()
    began = time.monotonic()
    kept.restore(file)
    whole = time.monotonic() - began
    kept.receive(2)
    seen = set()
    for step in range(TRIES):
        place, jobs = kept.place(), kept.shop().jobs
        kept.close()
        killed_after(whole * (step + 0.5) / (TRIES - 1), lambda: kept.restore(file))
        kept.open()
        if kept.place() == place:
            assert kept.shop().jobs == jobs
            seen.add("old")
        else:
            assert kept.shop().jobs == older
            assert kept.place()[0] != place[0]
            seen.add("new")
            kept.receive(2)
        if kept.engine.dialect.name == "sqlite":
            with sqlite3.connect(kept.folder / "baylight.db") as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert "old" in seen
    kept.restore(file)
    assert kept.shop().jobs == older
