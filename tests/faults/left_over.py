"""What a process must not keep: descriptors and threads of screens that have gone."""

import re
from contextlib import suppress
from pathlib import Path

from tests.e2e.running import RunningShop, until
from tests.faults.cluster import Cluster
from tests.faults.ledger import Broken
from tests.faults.seats import PLACES, Seats

REDIALS = 6
MORE_AFTER_REDIALS = 12
"""What pools may still fill up by; one for each socket would be 30 with five screens."""


def left_by_redials(cluster: Cluster, seats: Seats) -> list[Broken]:
    """Descriptors and threads that stay when every screen has dialled anew some times."""
    _redial(cluster, seats)
    held = {process.shop.pid: held_by(process.shop) for process in cluster.processes}
    for _ in range(REDIALS):
        _redial(cluster, seats)
    left = {process.shop.pid: held_by(process.shop) for process in cluster.processes}
    return [
        Broken("left over", f"{left[pid]} descriptors and threads, {held[pid]} before redials")
        for pid in held
        if any(
            now > once + MORE_AFTER_REDIALS for now, once in zip(left[pid], held[pid], strict=True)
        )
    ]


def _redial(cluster: Cluster, seats: Seats) -> None:
    before = {id(seat): seat.follower.read(lambda told: told.dials) for seat in seats.all}
    for seat in seats.all:
        seat.line.cut()
    for seat in seats.all:
        until(lambda: seat.follower.read(lambda told: told.dials) > before[id(seat)])  # noqa: B023
    for process in cluster.processes:
        until(lambda: figures_of(process.shop).get("screens") == len(PLACES))  # noqa: B023


def held_by(shop: RunningShop) -> tuple[int, int]:
    """How many descriptors and threads a process has."""
    there = Path(f"/proc/{shop.pid}")
    return len(list((there / "fd").iterdir())), len(list((there / "task").iterdir()))


def figures_of(shop: RunningShop) -> dict[str, float]:
    """The numbers of the metrics page; none when it does not answer."""
    with suppress(OSError):
        page = shop.get("/metrics")[1].decode()
        return {
            name: float(value) for name, value in re.findall(r"^baylight_(\w+) (\S+)$", page, re.M)
        }
    return {}
