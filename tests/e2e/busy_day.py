"""Commands as a busy shop asks them: many cars, always something to do next."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle
from threading import Event, Thread

from tests.e2e.running import RunningShop

BAYS = ("1", "2", "3", "4", "5", "6")
Deed = Callable[[], object]


class BusyDay:
    """`cars` orders: dispatched, promised, held, resumed, parked, taken back, round and round."""

    def __init__(self, shop: RunningShop, cars: int, began: datetime) -> None:
        self.shop = shop
        self._began = began
        self._promises = 0
        self.jobs = [shop.receive(f"京A{number:05d}") for number in range(10_000, 10_000 + cars)]
        self._deeds = self._endless()

    def one(self) -> None:
        """Ask for the next command; it must be granted."""
        next(self._deeds)()

    def _endless(self) -> Iterator[Deed]:
        for bay, technician in cycle(zip(BAYS, cycle(("tom", "tina", "lee")), strict=False)):
            rounds = [self._round(job, bay, technician) for job in self.jobs]
            for steps in zip(*rounds, strict=True):
                yield from steps

    def _round(self, job: str, bay: str, technician: str) -> Iterator[Deed]:
        ask = self.shop.do
        yield lambda: ask("dispatch_job", job=job, bay=bay, technicians=[technician])
        yield lambda: ask("promise_job", job=job, at=self._promise(), reason="busy")
        yield lambda: ask("hold_job", job=job, hold="equipment")
        yield lambda: ask("resume_job", job=job)
        yield lambda: ask("place_car", job=job, where="parking", spot=f"P{job[-3:]}")
        yield lambda: ask("move_job", job=job, to="awaiting_dispatch")

    def _promise(self) -> str:
        self._promises += 1
        return (self._began + timedelta(hours=5, minutes=self._promises % 200)).isoformat()


class Storm:
    """A thread that asks `a_second` commands a second until it is over."""

    def __init__(self, day: BusyDay, a_second: int) -> None:
        self._day = day
        self._pause_seconds = 1 / a_second
        self._over = Event()
        self.asked = 0
        self.fault: BaseException | None = None
        self._thread = Thread(target=self._blow, daemon=True)

    def _blow(self) -> None:
        due = time.monotonic()
        try:
            while not self._over.wait(max(0.0, due - time.monotonic())):
                self._day.one()
                self.asked += 1
                due += self._pause_seconds
        except BaseException as fault:
            self.fault = fault

    def __enter__(self) -> "Storm":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        if self.fault is not None:
            raise self.fault
