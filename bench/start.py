"""Whether a long history makes the start longer: a million events against ten thousand.

python -m bench.start

Both servers are killed, so that they start from the last snapshot taken while running and the
1,999 events after it: as far behind as it ever is. Then the same after an orderly end.
"""

import shutil
import signal
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.cores import CLIENT_CORE, stay_on
from bench.crowd import HOME, Shop
from bench.long_history import OPEN_JOBS, write_history
from bench.table import Row, show, spread
from tests.servers.processes import free_port

SHORT, LONG, ROUNDS, MOST_TIMES = 10_000, 1_000_000, 5, 2.0


def rows() -> list[Row]:
    """From the start of the process to /readyz, after a kill and after an orderly end."""
    stay_on(CLIENT_CORE)
    with _shop(SHORT) as short, _shop(LONG) as long:
        killed = _starts(short, long, signal.SIGKILL)
        for shop in (short, long):
            shop.start()
            shop.stop()
        ended = _starts(short, long, signal.SIGKILL)
        sizes = [shop.snapshot_bytes() for shop in (short, long)]
    told = f"; snapshots {sizes[0] // 1024} and {sizes[1] // 1024} KB"
    return [
        _row(
            f"Start with {LONG:,} events against {SHORT:,}, {OPEN_JOBS} jobs open, killed", killed
        ),
        _row("The same after an orderly end", ended, told),
    ]


def _row(name: str, pairs: list[tuple[float, float]], more: str = "") -> Row:
    times = [long / short for short, long in pairs]
    short, long = (statistics.median(found) for found in zip(*pairs, strict=True))
    told = f"{spread(times, '×')}; {short:.2f} and {long:.2f} s{more}"
    return Row(name, f"≤ {MOST_TIMES:.0f} ×", told, statistics.median(times) <= MOST_TIMES)


def _starts(short: Shop, long: Shop, end: signal.Signals) -> list[tuple[float, float]]:
    return [(_start(short, end), _start(long, end)) for _ in range(ROUNDS)]


def _start(shop: Shop, end: signal.Signals) -> float:
    seconds = shop.start()
    shop.stop(end)
    return seconds


@contextmanager
def _shop(events: int) -> Iterator[Shop]:
    folder = Path(tempfile.mkdtemp(prefix="baylight-bench-"))
    environment = {
        "BAYLIGHT_DATA": str(folder / "data"),
        "BAYLIGHT_PORT": str(free_port()),
        "MQTT_URL": "off",
        "PYTHONPATH": str(HOME),
    }
    try:
        yield Shop(environment, folder, write_history(environment, events))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(show(rows()))
