"""Plays a schedule on a cluster, heals everything, says what does not hold five seconds later."""

import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from tests.e2e.building_anew import Fresh, FreshBuilder
from tests.e2e.running import RunningShop
from tests.e2e.watching import Regions, state_hash
from tests.faults.cluster import Cluster, ShopProcess
from tests.faults.deeds import Cars
from tests.faults.follower import Told
from tests.faults.ledger import Broken, Ledger, broken_promises
from tests.faults.left_over import figures_of, held_by
from tests.faults.seats import HOLDERS, Seat, Seats
from tests.faults.steps import Schedule
from tests.faults.truth import fresh_at
from tests.servers.fair_clock import fair_seconds

WITHIN_SECONDS = 5.0
LOOK_SECONDS = 0.05
MORE_DESCRIPTORS = 24
MORE_THREADS = 16
"""Above what a process had after its first schedule: pools fill up to their size."""


class Player:
    """One cluster with its screens, kept from schedule to schedule."""

    def __init__(self, cluster: Cluster, builder: FreshBuilder) -> None:
        self.cluster = cluster
        self.seats = Seats(cluster)
        self.cars = Cars(cluster.shops[0])
        self._builder = builder
        self._runs = count(1)
        self._usual: dict[int, tuple[int, int]] = {}
        self._acts: dict[str, Callable[..., None]] = {
            name.removeprefix("_do_"): getattr(self, name)
            for name in dir(self)
            if name.startswith("_do_")
        }

    def play(self, schedule: Schedule) -> list[Broken]:
        """What does not hold within five seconds after all faults have ended; usually nothing."""
        self._began = self.cluster.head()
        self._ledger = Ledger(f"run{next(self._runs)}")
        try:
            for step in schedule:
                self._acts[step.name](*step.numbers)
                self.seats.note_who_is_out()
            return self._after()
        finally:
            self._ledger.close()

    def _after(self) -> list[Broken]:
        self.cluster.heal()
        self.seats.heal()
        healed = fair_seconds()
        self._revoke_pending()
        self._ledger.settle(self.cluster.shops, WITHIN_SECONDS)
        faults = self._wait_for(lambda: self._stale() + self._unrested(), healed)
        faults += self._ledger.faults + self._broken() + self._looked_on()
        if not faults:
            self.seats.sit_down_again()
            self.cars.look()
        return faults

    def _wait_for(self, look: Callable[[], list[Broken]], since: float) -> list[Broken]:
        while True:
            is_last = fair_seconds() > since + WITHIN_SECONDS
            found = look()
            self.seats.note_who_is_out()
            if is_last or not found:
                return found
            time.sleep(LOOK_SECONDS)

    # What must hold.

    def _stale(self) -> list[Broken]:
        truth: dict[int, Fresh] = {}
        found = []
        for seat in self.seats.all:
            told = seat.follower.read(lambda told: replace(told, faults=list(told.faults)))
            found += [Broken("stale", f"{seat.truth}: {fault}") for fault in told.faults]
            if seat.revoked_at is None:
                found += _differs(seat, told, self._fresh(truth, seat.process)[seat.truth])
            elif not told.revoked:
                found.append(Broken("looked on", f"{seat.truth} is still connected: {told.codes}"))
        return found

    def _fresh(self, known: dict[int, Fresh], process: ShopProcess) -> Fresh:
        off = process.off_seconds
        if off not in known:
            known[off] = fresh_at(self._builder, (time.time() + off) * 1000, HOLDERS)
        return known[off]

    def _unrested(self) -> list[Broken]:
        found = []
        for process in self.cluster.processes:
            figures = figures_of(process.shop)
            here = [seat for seat in self.seats.all if seat.process is process]
            expected = sum(seat.revoked_at is None for seat in here)
            for name, wanted in {"behind": 0, "unsent_bytes": 0, "screens": expected}.items():
                if figures.get(name) != wanted:
                    text = f"{name} is {figures.get(name)} instead of {wanted}"
                    found.append(Broken("left over", text))
            found += self._grown(process.shop, int(figures.get("screens", 0)))
        return found

    def _grown(self, shop: RunningShop, screens: int) -> list[Broken]:
        descriptors, threads = held_by(shop)
        held = descriptors - screens
        usual = self._usual.setdefault(shop.pid, (held, threads))
        if held <= usual[0] + MORE_DESCRIPTORS and threads <= usual[1] + MORE_THREADS:
            return []
        now = f"{held} descriptors and {threads} threads, once {usual[0]} and {usual[1]}"
        return [Broken("left over", now)]

    def _broken(self) -> list[Broken]:
        with self.cluster.engine.connect() as connection:
            return broken_promises(connection, self._began, self._ledger.asked)

    def _looked_on(self) -> list[Broken]:
        said = ((seat, seat.looked_on()) for seat in self.seats.all)
        return [Broken("looked on", f"{seat.truth} {what}") for seat, what in said if what]

    # What happens.

    def _do_command(self, server: int, kind: int, number: int) -> None:
        self._ledger.ask(self.cluster.shops[server], *self.cars.deed(kind, number))

    def _do_duplicate(self, server: int) -> None:
        if self._ledger.asked:
            self._ledger.again(self.cluster.shops[server], self._ledger.asked[-1])

    def _do_pause(self, milliseconds: int) -> None:
        time.sleep(milliseconds / 1000)

    def _do_kill(self, server: int) -> None:
        self.cluster.kill(server)

    def _do_freeze(self, server: int) -> None:
        if self.cluster.serves(server):
            self._cover(server)
            self.cluster.processes[server].freeze()

    def _do_restart_redis_empty(self) -> None:
        self.cluster.restart_redis_empty()

    def _do_pause_redis(self) -> None:
        self.cluster.pause_redis()

    def _do_lose_rings(self) -> None:
        for process in self.cluster.processes:
            process.redis.swallow()

    def _do_cut_database(self, server: int) -> None:
        self._cover(server)
        self.cluster.processes[server].database.cut()

    def _do_stall_database(self, server: int) -> None:
        self._cover(server)
        self.cluster.processes[server].database.stall()

    def _do_cut(self, screen: int) -> None:
        self.seats.all[screen].line.cut()

    def _do_half_open(self, screen: int) -> None:
        self._seat(screen).line.swallow()

    def _do_stop_reading(self, screen: int) -> None:
        self._seat(screen).line.stall()

    def _do_sleep(self, screen: int) -> None:
        seat = self._seat(screen)
        seat.away = True
        seat.follower.sleep()

    def _do_wake(self, screen: int) -> None:
        seat = self._seat(screen)
        seat.line.heal()
        seat.away = False
        seat.follower.start()

    def _do_revoke(self, server: int, screen: int) -> None:
        seat, process = self.seats.all[screen], self.cluster.processes[server]
        if not self.cluster.serves(server) or seat.revoked_at is not None:
            return
        if not self.seats.manager.revoke(process, seat):
            self.seats.manager.pending.append(seat)

    def _do_restore(self) -> None:
        self.cluster.restore(self._began)
        self._ledger.excuse()

    def _do_jump(self, server: int, seconds: int) -> None:
        self.cluster.processes[server].jump(seconds)

    def _seat(self, screen: int) -> Seat:
        seat = self.seats.all[screen]
        seat.disturb()
        return seat

    def _cover(self, server: int) -> None:
        for seat in self.seats.all:
            if seat.process is self.cluster.processes[server]:
                seat.cover()

    def _revoke_pending(self) -> None:
        manager = self.seats.manager
        pending, manager.pending = manager.pending, []
        for seat in pending:
            while not manager.revoke(self.cluster.processes[0], seat):
                time.sleep(LOOK_SECONDS)


def _differs(seat: Seat, told: Told, fresh: Regions) -> list[Broken]:
    if told.revoked:
        return [Broken("stale", f"{seat.truth} was sent away for no reason")]
    if state_hash(told.regions) == state_hash(fresh):
        return []
    keys = told.regions.keys() | fresh.keys()
    ids = sorted(key for key in keys if told.regions.get(key) != fresh.get(key))
    where = f"dials {told.dials}, codes {told.codes[-3:]}, seq {told.seq}"
    return [Broken("stale", f"{seat.truth} differs in {ids} ({where})")]
