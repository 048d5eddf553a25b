"""What an idle screen costs the serving process: resident bytes of `baylight serve`.

python -m bench.memory

Screens of a real shop, signed in or paired, each joined, current, pinged and beaten. The first
crowd warms the process up; what the second adds is counted.
"""

import sys
import time
from pathlib import Path

from bench.crowd import Shop, crowd_of, shop_of
from bench.table import Row, show

JOBS = 300
SCREENS = 2000
MOST_KB, AIM_KB = 32.0, 12.0
IDLE_SECONDS = 12.0
"""Two heartbeats and two or three pings."""


def rows() -> list[Row]:
    """One row."""
    with shop_of(JOBS) as shop:
        seats = shop.seeded.seats
        with crowd_of(shop, seats):
            time.sleep(IDLE_SECONDS)
            before = _resident_kb(shop)
            with crowd_of(shop, seats * (SCREENS // len(seats))):
                time.sleep(IDLE_SECONDS)
                each = (_resident_kb(shop) - before) / SCREENS
    return [
        Row(
            f"Memory per idle socket, {SCREENS} screens of `baylight serve` with {JOBS} jobs",
            f"≤ {MOST_KB:.0f} KB, aim {AIM_KB:.0f}",
            f"{each:.1f} KB",
            each <= MOST_KB,
        )
    ]


def _resident_kb(shop: Shop) -> float:
    pages = int(Path(f"/proc/{shop.pid}/statm").read_text().split()[1])
    return pages * 4096 / 1024


if __name__ == "__main__":
    sys.exit(show(rows()))
